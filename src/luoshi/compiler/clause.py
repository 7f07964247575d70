"""Clauses (分句): the stretches between commas, semicolons and colons of a sentence.

Nothing is divided inside quotes, brackets and titles, and an enumeration with 、 stays whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from luoshi.compiler.outline import Outline
from luoshi.compiler.outline.sentence import closed_ranges
from luoshi.kernel.label import Labelled


class Boundary(Labelled):
    """What ends a clause."""

    COMMA = "comma", "逗号", "comma"
    SEMICOLON = "semicolon", "分号", "semicolon"
    COLON = "colon", "冒号", "colon"
    STOP = "stop", "句末", "end of sentence"


_BOUNDARIES = {
    "，": Boundary.COMMA,
    ",": Boundary.COMMA,
    "；": Boundary.SEMICOLON,
    ";": Boundary.SEMICOLON,
    "：": Boundary.COLON,
}
_MARK = re.compile(r"[，,；;：“‘《（(「【〔]")
_MARKS = "，,；;：。！？!? \t\u3000"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, in offsets of the reading text, without the mark that ends it.

    Attributes:
        start: First character.
        end: One past the last.
        sentence: Index of its sentence in `Outline.sentences`.
        boundary: What ends it.
    """

    start: int
    end: int
    sentence: int
    boundary: Boundary


def from_outline(outline: Outline) -> tuple[Clause, ...]:
    """Divide every sentence of the outline into clauses, in text order."""
    text = outline.reading.text
    return tuple(
        clause
        for number, sentence in enumerate(outline.sentences)
        for clause in split(text, sentence.start, sentence.end, number)
    )


def split(text: str, start: int, end: int, sentence: int) -> list[Clause]:
    """Divide one sentence into clauses; one that is nothing but marks has none.

    Args:
        text: Reading text.
        start: Where the sentence begins.
        end: Where it ends, its closing mark included.
        sentence: Its index, which the clauses carry.
    """
    closed = closed_ranges(text, start, end)
    clauses: list[Clause] = []
    begin = resume = start
    for found in _MARK.finditer(text, start, end):
        position = found.start()
        if position < resume:
            continue
        boundary = _BOUNDARIES.get(found.group())
        if boundary is None:
            resume = closed.get(position, position)
        elif not _is_within_figure(text, position, end):
            _add(clauses, text, begin, position, sentence, boundary)
            begin = position + 1
    _add(clauses, text, begin, end, sentence, Boundary.STOP)
    return clauses


def _is_within_figure(text: str, position: int, end: int) -> bool:
    """Tell whether the mark stands between digits, as in 1,200 or 8：30."""
    return (
        0 < position < end - 1
        and text[position - 1].isdecimal()
        and text[position + 1].isdecimal()
        and text[position] in ",："
    )


def _add(clauses: list[Clause], text: str, start: int, end: int, sentence: int, boundary: Boundary) -> None:
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    if start < end:
        clauses.append(Clause(start, end, sentence, boundary))
