"""Roll-ups (汇总): how many lights of each colour a section, a unit or a leader has; silence is counted, never averaged away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from luoshi.status.light import Colour

ORDER = (
    Colour.FAR_BEHIND,
    Colour.SILENT,
    Colour.BEHIND,
    Colour.ON_COURSE,
    Colour.DONE,
    Colour.NOT_STARTED,
)
"""Colours in the order in which they are shown: what needs somebody first."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Lights counted by colour."""

    counts: dict[Colour, int]

    @property
    def total(self) -> int:
        """How many lights there are."""
        return sum(self.counts.values())

    def count(self, colour: Colour) -> int:
        """Return how many lights have a colour."""
        return self.counts.get(colour, 0)

    def share(self, colour: Colour) -> Decimal | None:
        """Return the percentage of a colour to one place; None where there are no lights."""
        if not self.total:
            return None
        return (Decimal(100) * self.count(colour) / self.total).quantize(Decimal("0.1"))

    @property
    def rank(self) -> tuple[int, ...]:
        """Key that puts what has most red first, then most grey, then most yellow."""
        return tuple(-self.count(colour) for colour in ORDER[:3])


def tally(colours: Iterable[Colour]) -> Tally:
    """Count lights."""
    found = Counter(colours)
    return Tally({colour: found[colour] for colour in ORDER if found[colour]})
