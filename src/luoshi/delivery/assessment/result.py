"""Results of a half-year (考核结果): scores of all units and their ranking as plain data, with canonical bytes and a digest.

A trial run is the same reckoning, whose results are announced to nobody and stand in no ledger.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from luoshi.cadence.cycle import Period
from luoshi.delivery.assessment.figure import figures_of
from luoshi.delivery.judging import Ground
from luoshi.delivery.year import Year
from luoshi.ledger.canonical import canonical
from luoshi.ledger.chain import Head
from luoshi.status.score.ranking import Place, ranked
from luoshi.status.score.scheme import Scheme
from luoshi.status.score.score import UnitScore, score_of

SCHEMA: Literal["luoshi.assessment/1"] = "luoshi.assessment/1"


class Results(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The results.

    Attributes:
        schema: Name and number of this shape.
        scope: Plan-year.
        half: Key of the half-year.
        scheme: Scheme, by name.
        on: Day of the assessment.
        number: Number of the last entry of the ledger that they follow from.
        head: Its digest.
        scores: Scores, by unit.
        places: The ranking, the best first; units without a total last, without a place.
        is_simulated: Whether any of it is invented for a demonstration.
    """

    schema: Literal["luoshi.assessment/1"] = SCHEMA
    scope: str
    half: str
    scheme: str
    on: date
    number: int
    head: str
    scores: tuple[UnitScore, ...]
    places: tuple[Place, ...]
    is_simulated: bool = False

    def content(self) -> bytes:
        """Return the canonical bytes."""
        return canonical(self)

    @property
    def digest(self) -> str:
        """Digest of the canonical bytes."""
        return "sha256:" + hashlib.sha256(self.content()).hexdigest()

    def score(self, unit: str) -> UnitScore | None:
        """Return the score of a unit; None where it was not assessed."""
        return next((one for one in self.scores if one.unit == unit), None)


def results_of(
    year: Year,
    head: Head,
    ground: Ground,
    scheme: Scheme,
    half: Period,
    *,
    on: date,
    units: Iterable[str] | None = None,
) -> Results:
    """Return the results of a half-year that a ledger gives on a day.

    Args:
        year: The year folded from the ledger up to its head.
        head: The end of that ledger.
        ground: Targets in force, calendar, year of the plan.
        scheme: The scheme.
        half: The half-year.
        on: Day of the assessment.
        units: Units that are ranked with each other; all lead units where None is given.

    Raises:
        ValueError: The year was not folded up to the head.
        ScoreError: A component cannot be traced to entries of the ledger (S703).
    """
    if year.number != head.number:
        raise ValueError(f"the year is folded up to entry {year.number}, the ledger ends with {head.number}")
    wanted = (
        {issued.lead_unit for issued in year.issued.values() if issued.lead_unit}
        if units is None
        else {*units}
    )
    scores = tuple(
        score_of(unit, scheme, figures_of(year, unit, ground, half, granted=scheme.granted(), on=on))
        for unit in sorted(wanted)
    )
    return Results(
        scope=head.scope, half=half.key, scheme=scheme.name, on=on, number=head.number, head=head.digest, scores=scores,
        places=ranked({one.unit: one.total for one in scores}), is_simulated=year.is_simulated,
    )  # fmt: skip
