"""Figures of project libraries (项目库指标).

Standard:
    Definitions of 新开工, 在建 and 竣工投产 follow the statistical practice for fixed-asset investment; the conversion rate is Luoshi's own rule, written down in
    ``docs/explanation/registers.md``, because no published rule was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from luoshi.register.case.history import day_of_field, entered, stage_on
from luoshi.register.case.model import Case
from luoshi.register.pack import Compute, RegisterFigure, Window
from luoshi.register.procedure.model import Procedure
from luoshi.register.sheet import decimal_in

_RESERVE, _CONSTRUCTION, _EFFECTIVE = "reserve", "construction", "effective"


def _large(cases: Sequence[Case], least: str) -> list[Case]:
    """Return the projects whose total investment is at least so much (万元); all where nothing is asked."""
    if not least:
        return list(cases)
    return [
        case for case in cases if (decimal_in(case.fields.get("total", "")) or Decimal(0)) >= Decimal(least)
    ]


def _count(cases: Sequence[Case]) -> RegisterFigure:
    return RegisterFigure(Decimal(len(cases)), len(cases))


def in_library(cases: Sequence[Case], _procedure: Procedure, window: Window, least: str) -> RegisterFigure:
    """Return how many projects stand in a library on the day."""
    return _count([case for case in _large(cases, least) if stage_on(case, window.on) is not None])


def _conversion(cases: Sequence[Case], window: Window, source: str, target: str) -> RegisterFigure:
    before = window.start - timedelta(days=1)
    base = [case for case in cases if stage_on(case, before) == source or window.holds(entered(case, source))]
    converted = [case for case in base if window.holds(_first_after(case, source, target))]
    if not base:
        return RegisterFigure(None, 0)
    rate = (Decimal(100) * len(converted) / len(base)).quantize(Decimal("0.01"))
    return RegisterFigure(rate, len(base), Decimal(len(converted)), Decimal(len(base)))


def _first_after(case: Case, source: str, target: str) -> date | None:
    """Return the day on which a project first went from one library to the other."""
    for one, two in zip(case.stays, case.stays[1:], strict=False):
        if (one.stage, two.stage) == (source, target):
            return two.since.date()
    return None


def conversion_rate(
    cases: Sequence[Case], _procedure: Procedure, window: Window, least: str
) -> RegisterFigure:
    """Return the share of the reserve that went into construction this year, in percent."""
    return _conversion(_large(cases, least), window, _RESERVE, _CONSTRUCTION)


def completion_rate(
    cases: Sequence[Case], _procedure: Procedure, window: Window, least: str
) -> RegisterFigure:
    """Return the share of construction that became effective this year, in percent."""
    return _conversion(_large(cases, least), window, _CONSTRUCTION, _EFFECTIVE)


def new_starts(cases: Sequence[Case], _procedure: Procedure, window: Window, least: str) -> RegisterFigure:
    """Return how many projects started this year."""
    return _count([case for case in _large(cases, least) if window.holds(day_of_field(case, "started"))])


def under_construction(
    cases: Sequence[Case], _procedure: Procedure, window: Window, least: str
) -> RegisterFigure:
    """Return how many projects have been under construction this year."""

    def is_meant(case: Case) -> bool:
        started, completed = day_of_field(case, "started"), day_of_field(case, "completed")
        is_dropped = (
            case.outcome == "dropped" and case.closed is not None and case.closed.date() < window.start
        )
        return (
            started is not None
            and started <= window.on
            and (completed is None or completed >= window.start)
            and not is_dropped
        )

    return _count([case for case in _large(cases, least) if is_meant(case)])


def completed(cases: Sequence[Case], _procedure: Procedure, window: Window, least: str) -> RegisterFigure:
    """Return how many projects were completed this year."""
    return _count([case for case in _large(cases, least) if window.holds(day_of_field(case, "completed"))])


def invested(cases: Sequence[Case], _procedure: Procedure, window: Window, least: str) -> RegisterFigure:
    """Return what the projects invested in the months of this year, in 万元."""
    since, until = f"{window.start:%Y-%m}", f"{window.on:%Y-%m}"
    telling = [
        case
        for case in _large(cases, least)
        if any(since <= month <= until for month in case.amounts.get("invested", {}))
    ]
    if not telling:
        return RegisterFigure(None, 0)
    total = sum((case.total_of("invested", until, since) for case in telling), Decimal(0))
    return RegisterFigure(total, len(telling))


COMPUTES: dict[str, Compute] = {
    "in_library": in_library,
    "conversion_rate": conversion_rate,
    "completion_rate": completion_rate,
    "new_starts": new_starts,
    "under_construction": under_construction,
    "completed": completed,
    "invested": invested,
}
