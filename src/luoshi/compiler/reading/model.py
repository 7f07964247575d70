"""The reading text and where each of its characters came from."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from luoshi.kernel.span import Span


@dataclass(frozen=True, slots=True)
class Reading:
    """Regular text and where each of its characters came from.

    Attributes:
        source: Identity of the source (``S1``).
        text: Regular text: full-width digits, letters and ``%`` are half-width; the punctuation ``，、；：。！？（）``
            and the quotes ``“”‘’`` have their Chinese forms; spaces inside Chinese text, line breaks inside a sentence, page
            numbers and traces of markup (``**``) are gone; cells of a table row stay apart by a tab; a paragraph ends with a
            line feed.
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
