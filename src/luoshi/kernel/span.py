"""Place in a source text (出处)."""

from __future__ import annotations

import msgspec


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """Half-open range of characters in one source text as delivered.

    Attributes:
        source: Identity of the source document inside its plan, such as ``S1``.
        start: First character, counted in Unicode code points from 0.
        end: One past the last character.
    """

    source: str
    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a range that cannot be one.

        Raises:
            ValueError: The range is empty, reversed or negative.
        """
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got {self.start}:{self.end}")

    def quote(self, text: str) -> str:
        """Return the characters that the span covers in its source's text."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span, in the same source."""
        return self.source == other.source and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character of the same source."""
        return self.source == other.source and self.start < other.end and other.start < self.end
