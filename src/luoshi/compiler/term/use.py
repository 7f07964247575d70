"""Uses of terms (用语的使用): where the text outside the glossary says them, quoted or not."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from luoshi.catalogue.term import words
from luoshi.compiler.reading import Reading
from luoshi.compiler.term.entry import Entry

_QUOTES = "“”‘’"
_LONGEST = 40
_MOST_HOMONYMS = 8  # entries that one spelling may name; a text that repeats one endlessly stays linear
_QUOTED = re.compile(r"“([^“”\n]{2,40})”")
_IN_BRACKETS = re.compile(r"（([^（）\n]{3,20})）")
_MARKER = re.compile(r"([\[［【〔])(\d{1,3})[\]］】〕]")


@dataclass(slots=True)
class _Spelling:
    """Entries that a spelling names, and whether it is one without quotes too."""

    entries: list[int] = field(default_factory=list)
    is_free: bool = False


def uses_of(reading: Reading, entries: tuple[Entry, ...]) -> list[list[tuple[int, int]]]:
    """Find the uses of every entry's term outside of all entries, longest match first.

    A term counts with quotes, without, and with quotes anywhere inside it (“四好”农村路). A name of two
    characters and a shortened name count only in quotes or before a noun such as 工程. A number in brackets
    (``[3]``) is a use of entry 3 where the glossary is numbered in these brackets.

    Returns:
        For each entry its places, in offsets of the reading text and in text order.
    """
    found: list[list[tuple[int, int]]] = [[] for _ in entries]
    if not entries:
        return found
    outside = _Outside(entries)
    spellings = _spellings(entries)
    lengths = _lengths(spellings)
    text = _Plain(reading.text)
    here, size = 0, len(text.plain)
    while here < size:
        step = 1
        for length in lengths.get(text.plain[here : here + 2], ()):
            spelling = spellings.get(text.plain[here : here + length])
            if spelling and here + length <= size and outside.holds(text.origin[here]):
                start, end = text.origin[here], text.origin[here + length - 1] + 1
                if text.is_use(start, end, spelling.is_free):
                    for index in spelling.entries:
                        found[index].append((start, end))
                    step = length
                    break
        here += step
    _add_markers(reading.text, entries, outside, found)
    return found


class _Outside:
    """Tells whether an offset lies outside of all entries."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._starts = [entry.start for entry in entries]
        self._ends = [entry.end for entry in entries]

    def holds(self, offset: int) -> bool:
        index = bisect_right(self._starts, offset) - 1
        return index < 0 or offset >= self._ends[index]


class _Plain:
    """A text without its quotes, which still knows where each character stood and what was quoted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.origin = array("l", (index for index, mark in enumerate(text) if mark not in _QUOTES))
        self.plain = "".join(_fold(text[index]) for index in self.origin)
        self._quoted = bytearray(len(text) + 1)
        is_open = 0
        for index, mark in enumerate(text):
            if mark in "“‘":
                is_open = 1
            elif mark in "”’\n":
                is_open = 0
            self._quoted[index] = is_open

    def is_use(self, start: int, end: int, is_free: bool) -> bool:
        """Tell whether the characters stand as a word of their own."""
        before = self.text[start - 1] if start else "\n"
        after = self.text[end] if end < len(self.text) else "\n"
        if _joins(before, self.text[start]) or _joins(self.text[end - 1], after):
            return False
        if is_free:
            return before != "第"
        if self._quoted[start] and before in "“‘、，" and after in "”’、，":
            return True
        return (
            end - start == 2 and before not in "第" + _NUMERALS and self.text.startswith(words().nouns, end)
        )


_NUMERALS = "0123456789零一二三四五六七八九十百千万亿两"


def _fold(mark: str) -> str:
    """Fold the case of a letter without changing the number of characters."""
    lower = mark.lower()
    return lower if len(lower) == 1 else mark


def _joins(left: str, right: str) -> bool:
    """Tell whether two characters belong to one number or one Latin word."""
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _spellings(entries: tuple[Entry, ...]) -> dict[str, _Spelling]:
    spellings: dict[str, _Spelling] = {}
    for index, entry in enumerate(entries):
        for name, is_free in _names(entry.name):
            plain = "".join(_fold(mark) for mark in name if mark not in _QUOTES)
            if 2 <= len(plain) <= _LONGEST:
                spelling = spellings.setdefault(plain, _Spelling())
                spelling.is_free = spelling.is_free or (is_free and len(plain) > 2)
                if index not in spelling.entries[-1:] and len(spelling.entries) < _MOST_HOMONYMS:
                    spelling.entries.append(index)
    return spellings


def _names(name: str) -> Iterator[tuple[str, bool]]:
    """Yield the ways to say a name, and whether each is one without quotes too."""
    yield name, True
    for match in _QUOTED.finditer(name):
        yield match[1], False
    bare = _IN_BRACKETS.sub("", name)
    if bare != name:
        yield bare, True
        yield from ((match[1], True) for match in _IN_BRACKETS.finditer(name))
    parts = re.split(r"(?<=”)[、和及与]?(?=“)|、", name)
    if len(parts) > 1 and not any(mark.isdigit() for mark in name):
        yield from ((part, len(part) > 3) for part in parts)
    for tail in words().tails:
        if name.endswith(tail) and len(name) > len(tail) + 1:
            yield name[: -len(tail)], False
            break


def _lengths(spellings: dict[str, _Spelling]) -> dict[str, tuple[int, ...]]:
    """Return, for the first two characters of spellings, the lengths that occur, longest first."""
    lengths: dict[str, set[int]] = {}
    for spelling in spellings:
        lengths.setdefault(spelling[:2], set()).add(len(spelling))
    return {opening: tuple(sorted(known, reverse=True)) for opening, known in lengths.items()}


def _add_markers(
    text: str, entries: tuple[Entry, ...], outside: _Outside, found: list[list[tuple[int, int]]]
) -> None:
    """Add footnote marks in the text, where the words before one are not already the use."""
    numbered = {(entry.bracket, entry.number): index for index, entry in enumerate(entries) if entry.bracket}
    if not numbered:
        return
    ends = {end for places in found for _, end in places}
    marked = False
    for match in _MARKER.finditer(text):
        index = numbered.get((match[1], int(match[2])))
        if index is None or not outside.holds(match.start()):
            continue
        if not ends & {match.start(), match.start() - 1}:
            found[index].append((match.start(), match.end()))
            marked = True
    if marked:
        for places in found:
            places.sort()
