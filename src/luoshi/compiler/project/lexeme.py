"""Longest words at the beginning or the end of a stretch of text (最长匹配)."""

from __future__ import annotations

from collections.abc import Iterable

from luoshi.catalogue.project import words


class Lexicon:
    """A set of words that finds the longest of them at a place.

    Example:
        >>> known = Lexicon(["公路", "高速公路"])
        >>> known.suffix("甲至乙高速公路", 0, 7), known.prefix("公路养护", 0, 4), known.suffix("公园", 0, 2)
        (3, 2, 2)
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._words = frozenset(known)
        self._by_first = _lengths(self._words, 0)
        self._by_last = _lengths(self._words, -1)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def prefix(self, text: str, start: int, end: int) -> int:
        """Return where the longest word that begins at `start` ends, or `start`."""
        if start < end:
            for size in self._by_first.get(text[start], ()):
                if start + size <= end and text[start : start + size] in self._words:
                    return start + size
        return start

    def suffix(self, text: str, start: int, end: int) -> int:
        """Return where the longest word that ends at `end` begins, or `end`."""
        if start < end:
            for size in self._by_last.get(text[end - 1], ()):
                if end - size >= start and text[end - size : end] in self._words:
                    return end - size
        return end

    def makes_up(self, text: str, start: int, end: int) -> bool:
        """Tell whether a stretch is nothing but words, one after the other."""
        reached = {start}
        for here in range(start, end):
            if here in reached:
                for size in self._by_first.get(text[here], ()):
                    if here + size <= end and text[here : here + size] in self._words:
                        reached.add(here + size)
        return end in reached


def _lengths(known: frozenset[str], place: int) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for word in known:
        lengths.setdefault(word[place], set()).add(len(word))
    return {mark: tuple(sorted(sizes, reverse=True)) for mark, sizes in lengths.items()}


_WORDS = words()
ADVERBS, VERBS, CHAINED = Lexicon(_WORDS.adverbs), Lexicon(_WORDS.verbs), Lexicon(_WORDS.chained)
TAILS, TAIL_ENDS, WORKS = Lexicon(_WORDS.tails), Lexicon(_WORDS.tail_ends), Lexicon(_WORDS.works)
HEADS, TITLES, NEVER = Lexicon(_WORDS.heads), Lexicon(_WORDS.titles), Lexicon(_WORDS.never)
QUOTED_HEADS, QUOTED_TAILS = Lexicon(_WORDS.quoted_heads), Lexicon(_WORDS.quoted_tails)
LIST_NOUNS, STRICT_NOUNS = Lexicon(_WORDS.list_nouns), Lexicon(_WORDS.strict_nouns)
GENERIC, SLIGHT = Lexicon(_WORDS.generic), Lexicon(_WORDS.slight)
TITLE_OPENINGS, SECOND_VERBS = Lexicon(_WORDS.title_openings), Lexicon(_WORDS.second_verbs)
PLACE_ENDS = Lexicon(_WORDS.place_ends)
