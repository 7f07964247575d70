"""Figures that registers give (登记簿观测): what a pack counted over the cases of a register, as of a day, in the year's own ledger.

The cases themselves lie in the chain of their register; the entry here names the end of that chain, so that anyone can count again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from luoshi.catalogue.measure import COUNTED, dimension_of
from luoshi.ledger.entry import Entry, Proposal
from luoshi.ledger.fact import Fact
from luoshi.ledger.observation import Attestation, Computed, Observation
from luoshi.register.statistics import converted


class CountedFigure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure: its source, value and unit, numerator and denominator of a rate, how many cases, end of the chain counted over."""

    source: str
    value: Decimal
    unit: str
    cases: int
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    head: str = ""


class RegistersObserved(Fact, frozen=True, kw_only=True, tag="registers_observed"):
    """What registers gave as of a day, as far as it differs from before or a month ended."""

    day: date
    figures: tuple[CountedFigure, ...]


class KnownCount(msgspec.Struct, frozen=True, kw_only=True):
    """A figure as known: for which day, what was counted, its entry, day on which it was known."""

    day: date
    figure: CountedFigure
    entry: int
    known: date


Observed = Mapping[str, tuple[KnownCount, ...]]


def source_name(pack: str, indicator: str, parameter: str = "") -> str:
    """Return the name of a source.

    Example:
        >>> source_name("projects", "new_starts", "10000")
        'projects/new_starts:10000'
    """
    return f"{pack}/{indicator}:{parameter}" if parameter else f"{pack}/{indicator}"


def parts_of(name: str) -> tuple[str, str, str]:
    """Return pack, indicator and parameter of a source.

    Example:
        >>> parts_of("projects/new_starts:10000")
        ('projects', 'new_starts', '10000')
    """
    place, _colon, parameter = name.partition(":")
    pack, _slash, indicator = place.partition("/")
    return pack, indicator, parameter


def applied(
    before: Observed, fact: RegistersObserved, entry: Entry, on: date
) -> dict[str, tuple[KnownCount, ...]]:
    """Return every figure after some more were given."""
    after = dict(before)
    for figure in fact.figures:
        known = KnownCount(day=fact.day, figure=figure, entry=entry.number, known=on)
        after[figure.source] = (*after.get(figure.source, ()), known)
    return after


def observe(before: Observed, figures: Sequence[CountedFigure], *, day: date, on: date) -> Proposal | None:
    """Return the entry with the figures that say something new; None where none does.

    A figure is given again when it changed, and once a month where it did not, so that a register at rest is not taken for silence.

    Args:
        before: What was given so far.
        figures: What the registers give now.
        day: Day as of which they do.
        on: Today.
    """
    fresh = tuple(figure for figure in figures if _says_something(before.get(figure.source, ()), figure, day))
    if not fresh:
        return None
    return Proposal(fact=RegistersObserved(day=day, figures=fresh), day=on)


def _says_something(known: tuple[KnownCount, ...], figure: CountedFigure, day: date) -> bool:
    if not known:
        return True
    last = known[-1]
    if last.day > day:
        return False
    told = (last.figure.value, last.figure.unit, last.figure.numerator, last.figure.denominator)
    if told != (figure.value, figure.unit, figure.numerator, figure.denominator):
        return True
    return (last.day.year, last.day.month) != (day.year, day.month)


def observations(known: Sequence[KnownCount], unit: str, on: date) -> tuple[Observation, ...]:
    """Return the figures of a source in the unit of a target, the oldest day first; of one day the last given counts.

    Time that clocks measured is measured, everything else is counted; the units that handle the cases attest it. A figure that cannot be given in the unit of the target is
    left out, so that a wrong binding shows as silence.
    """
    newest: dict[date, Observation] = {}
    for one in known:
        if one.day > on:
            continue
        value = converted(one.figure.value, one.figure.unit, unit)
        if value is None and {dimension_of(one.figure.unit), dimension_of(unit)} <= COUNTED:
            value = (
                one.figure.value
            )  # counts have units of their own (个, 家, 项), none of which converts into another
        if value is None:
            continue
        newest[one.day] = Observation(
            day=one.day,
            value=value,
            computed=Computed.MEASURED if "工作日" in one.figure.unit else Computed.COUNTED,
            attestation=Attestation.UNIT,
            is_accepted=True,
            entry=one.entry,
            known=one.known,
        )
    return tuple(newest[day] for day in sorted(newest))
