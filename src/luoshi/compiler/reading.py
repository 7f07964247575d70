"""Reading text (阅读文本): the source with half- and full-width, quotes, spaces and broken lines made regular.

The passes read this text and count in it. `Reading.span` leads back to the source as delivered, so
whatever was normalised, an offset in the plan points into what was delivered.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.compiler import glyph, punctuation
from luoshi.kernel.span import Span
from luoshi.plan.model import Source


@dataclass(frozen=True, slots=True)
class Reading:
    """Regular text and where each of its characters came from.

    Attributes:
        source: Identity of the source (``S1``).
        text: Regular text: full-width digits, letters and ``%`` are half-width; the punctuation ``，、；：。！？（）``
            and the quotes ``“”‘’`` have their Chinese forms; spaces inside Chinese text and line breaks inside a sentence are
            gone; a paragraph ends with a line feed.
        origin: ``(len(text) + 1,)``; offset in the source of each character, rising; the last is the source's length.
        delivered: The source's text.
    """

    source: str
    text: str
    origin: array[int]
    delivered: str

    def span(self, start: int, end: int) -> Span:
        """Return the place in the source of the reading text's characters from `start` up to `end`.

        Raises:
            ValueError: The range is empty or outside of the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no characters between {start} and {end} of {len(self.text)}")
        return Span(self.source, self.origin[start], self.origin[end - 1] + 1)

    def quote(self, start: int, end: int) -> str:
        """Return the delivered characters for a range of the reading text."""
        return self.span(start, end).quote(self.delivered)


def from_source(source: Source) -> Reading:
    """Make the reading text of `source`."""
    draft = _Draft(glyph.regular(source.text), array("i", range(len(source.text))))
    draft.drop(match.span() for match in re.finditer(f"{glyph.HIDDEN}+", draft.text))
    draft.drop(_indents(draft.text))
    draft.drop(_broken(draft.text))
    draft.drop(_spaces(draft.text))
    draft.drop(_empty_lines(draft.text))
    draft.origin.append(len(source.text))
    return Reading(source.id, punctuation.chinese(draft.text), draft.origin, source.text)


class _Draft:
    """Text on its way to a reading: characters are only ever dropped, never moved."""

    def __init__(self, text: str, origin: array[int]) -> None:
        self.text = text
        self.origin = origin

    def drop(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Drop the characters of `ranges`, which rise and do not overlap."""
        texts: list[str] = []
        origin: array[int] = array("i")
        kept = 0
        for start, end in ranges:
            texts.append(self.text[kept:start])
            origin.extend(self.origin[kept:start])
            kept = end
        if kept == 0:
            return
        texts.append(self.text[kept:])
        origin.extend(self.origin[kept:])
        self.text, self.origin = "".join(texts), origin


_SPACE = re.compile(r"[ \t]+")
_WIDE = re.compile(f"[{glyph.WIDE}]")
_OPEN_END = "，、（《〈“‘【"
_CLOSING_START = "，、。；：！？）》〉”’】%"


def _indents(text: str) -> Iterable[tuple[int, int]]:
    return (match.span() for match in re.finditer(r"(?m)^[ \t]+", text))


def _broken(text: str) -> Iterable[tuple[int, int]]:
    for match in re.finditer(r"\n+", text):
        before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
        if before and after and (before in _OPEN_END or after in _CLOSING_START):
            yield match.span()


def _spaces(text: str) -> Iterable[tuple[int, int]]:
    for match in _SPACE.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if (
            not before
            or not after
            or before == "\n"
            or after in "\n%‰"
            or _WIDE.match(before)
            or _WIDE.match(after)
        ):
            yield start, end
        elif end - start > 1:
            yield start + 1, end


def _empty_lines(text: str) -> Iterable[tuple[int, int]]:
    for match in re.finditer(r"\n+", text):
        start, end = match.span()
        if start == 0:
            yield start, end
        elif end - start > 1:
            yield start + 1, end
