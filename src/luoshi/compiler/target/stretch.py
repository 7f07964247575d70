"""Clauses of a sentence (小句), brackets and quotation marks kept whole."""

from __future__ import annotations

from dataclasses import dataclass

_OPEN = {"（": "）", "“": "”", "《": "》", "【": "】"}
_STOPS = frozenset("，；：。！？\n")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two marks, in offsets of the text.

    Attributes:
        start: First character.
        end: One past the last, the closing mark left out.
        mark: The closing mark, or "" at the end of the text.
        in_bracket: Whether it stands in brackets.
    """

    start: int
    end: int
    mark: str
    in_bracket: bool


def clauses(text: str, start: int, end: int) -> tuple[Clause, ...]:
    """Divide a sentence into clauses.

    Commas inside quotation marks do not divide. What stands in round brackets makes clauses of its own,
    after the clause that holds the bracket.
    """
    outer: list[Clause] = []
    inner: list[tuple[int, int]] = []
    begin, at = start, start
    while at < end:
        character = text[at]
        if character in _OPEN:
            close = text.find(_OPEN[character], at + 1, min(end, at + 400))
            if close >= 0:
                if character == "（":
                    inner.append((at + 1, close))
                at = close + 1
                continue
        if character in _STOPS:
            if at > begin:
                outer.append(Clause(begin, at, character, False))
                outer.extend(_bracketed(text, inner))
            inner.clear()
            begin = at + 1
        at += 1
    if end > begin:
        outer.append(Clause(begin, end, "", False))
        outer.extend(_bracketed(text, inner))
    return tuple(outer)


def _bracketed(text: str, brackets: list[tuple[int, int]]) -> list[Clause]:
    found: list[Clause] = []
    for start, end in brackets:
        begin = start
        for at in range(start, end + 1):
            if at == end or text[at] in _STOPS:
                if at > begin:
                    found.append(Clause(begin, at, text[at] if at < end else "）", True))
                begin = at + 1
    return found


def quoted(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the ranges inside quotation marks and book-title marks, marks included."""
    found: list[tuple[int, int]] = []
    at = start
    while at < end:
        close = {"“": "”", "《": "》", "‘": "’"}.get(text[at])
        if close is not None:
            place = text.find(close, at + 1, min(end, at + 60))
            if place >= 0:
                found.append((at, place + 1))
                at = place
        at += 1
    return tuple(found)
