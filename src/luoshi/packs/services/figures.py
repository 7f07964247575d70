"""Figures of one-window services (政务服务指标).

Standard:
    行政许可法 arts. 32, 42 and 44 for the limits; which items count for 一网通办 or 跨省通办 is what the catalogue of items says, see ``docs/explanation/registers.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal

from luoshi.cadence.clock import Clock
from luoshi.register.case.history import stage_on
from luoshi.register.case.model import Case
from luoshi.register.case.timing import timing_of
from luoshi.register.case.value import is_yes
from luoshi.register.pack import Compute, RegisterFigure, Window
from luoshi.register.procedure.model import Procedure
from luoshi.register.sheet import decimal_in


def items(cases: Sequence[Case], _procedure: Procedure, window: Window, channel: str) -> RegisterFigure:
    """Return how many items are offered on the day, through a channel where one is named."""
    found = [
        case
        for case in cases
        if stage_on(case, window.on) == "offered" and (not channel or is_yes(case.fields.get(channel, "")))
    ]
    return RegisterFigure(Decimal(len(found)), len(found))


def _finished(cases: Sequence[Case], window: Window) -> list[Case]:
    return [
        case
        for case in cases
        if case.closed is not None and case.outcome != "withdrawn" and window.holds(case.closed.date())
    ]


def _clocks(cases: Sequence[Case], procedure: Procedure, window: Window) -> list[Clock]:
    at = datetime.combine(window.on, time(23, 59))
    whole = (timing_of(case, procedure, at=at, calendar=window.calendar).whole for case in cases)
    return [clock for clock in whole if clock is not None]


def in_time(cases: Sequence[Case], procedure: Procedure, window: Window, _parameter: str) -> RegisterFigure:
    """Return the share of the finished cases that stayed within their limit, in percent."""
    clocks = _clocks(_finished(cases, window), procedure, window)
    if not clocks:
        return RegisterFigure(None, 0)
    kept = sum(not clock.is_over for clock in clocks)
    rate = (Decimal(100) * kept / len(clocks)).quantize(Decimal("0.01"))
    return RegisterFigure(rate, len(clocks), Decimal(kept), Decimal(len(clocks)))


def start_up_steps(
    _cases: Sequence[Case], procedure: Procedure, _window: Window, _parameter: str
) -> RegisterFigure:
    """Return how many stages a business goes through."""
    return RegisterFigure(Decimal(len(procedure.stages)), 0)


def start_up_time(
    cases: Sequence[Case], procedure: Procedure, window: Window, _parameter: str
) -> RegisterFigure:
    """Return the most time that was counted for a business started this year, in working days."""
    clocks = _clocks(_finished(cases, window), procedure, window)
    if not clocks:
        return RegisterFigure(None, 0)
    return RegisterFigure(max(clock.elapsed for clock in clocks), len(clocks))


def start_up_cost(
    cases: Sequence[Case], _procedure: Procedure, window: Window, _parameter: str
) -> RegisterFigure:
    """Return what was charged for the businesses started this year, in 元."""
    finished = _finished(cases, window)
    if not finished:
        return RegisterFigure(None, 0)
    charged = sum((decimal_in(case.fields.get("cost", "")) or Decimal(0) for case in finished), Decimal(0))
    return RegisterFigure(charged, len(finished))


COMPUTES: dict[str, Compute] = {
    "items": items,
    "in_time": in_time,
    "start_up_steps": start_up_steps,
    "start_up_time": start_up_time,
    "start_up_cost": start_up_cost,
}
