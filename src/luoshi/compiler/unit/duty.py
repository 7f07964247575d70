"""Words of duties in a text (职责词): which of them occur, and whose they are.

Where two words overlap and one lies wholly inside the other, the longer one speaks alone: 残疾人就业 is not also 就业.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from luoshi.catalogue.bureau import bureaus

STRENGTHS = ("own", "usual", "part")
"""How closely a word belongs to a bureau, the closest first (see `luoshi.catalogue.bureau`)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An occurrence of a word.

    Attributes:
        start: First character in the text.
        word: The word.
        owners: Bureaus that the word belongs to, and the index of its strength in `STRENGTHS`.
    """

    start: int
    word: str
    owners: tuple[tuple[str, int], ...]


class Words:
    """Words that can be found in a text, each with what it stands for."""

    def __init__(self, owners: dict[str, tuple[tuple[str, int], ...]]) -> None:
        self._owners = owners
        lengths: dict[str, set[int]] = {}
        for word in owners:
            lengths.setdefault(word[:2], set()).add(len(word))
        longest = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}
        self._single = {head: found for head, found in longest.items() if len(head) == 1}
        self._pair = {
            head: found + self._single.get(head[0], ()) for head, found in longest.items() if len(head) == 2
        }

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the words that occur, in text order, the longest at each place."""
        owners, reached = self._owners, 0
        for start, character in enumerate(text):
            for length in self._pair.get(text[start : start + 2]) or self._single.get(character, ()):
                word = text[start : start + length]
                if len(word) == length and word in owners:
                    if start + length > reached:
                        reached = start + length
                        yield Hit(start, word, owners[word])
                    break


@cache
def duties() -> Words:
    """Return the words of what bureaus lead."""
    owners: dict[str, list[tuple[str, int]]] = {}
    for bureau in bureaus().values():
        for strength, name in enumerate(STRENGTHS):
            for word in getattr(bureau, name):
                owners.setdefault(word, []).append((bureau.key, strength))
    return Words({word: tuple(found) for word, found in owners.items()})


@cache
def supports() -> Words:
    """Return the words of what bureaus support."""
    owners: dict[str, list[tuple[str, int]]] = {}
    for bureau in bureaus().values():
        for word in bureau.supports:
            owners.setdefault(word, []).append((bureau.key, 0))
    return Words({word: tuple(found) for word, found in owners.items()})
