"""Figures of approvals (工程审批指标).

Standard:
    国办发〔2019〕11号 and 行政许可法 art. 45: what a law leaves out, and construction itself, does not count. Which figure stands for a promise of so many working days is
    Luoshi's own rule, in ``docs/explanation/registers.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal

from luoshi.cadence.clock import Clock
from luoshi.register.case.model import Case
from luoshi.register.case.timing import timing_of
from luoshi.register.pack import Compute, RegisterFigure, Window
from luoshi.register.procedure.model import Procedure


def _clock(case: Case, procedure: Procedure, window: Window) -> Clock | None:
    at = datetime.combine(window.on, time(23, 59))
    return timing_of(case, procedure, at=at, calendar=window.calendar).whole


def _of_class(cases: Sequence[Case], case_class: str) -> list[Case]:
    return [case for case in cases if not case_class or case.case_class == case_class]


def _finished(cases: Sequence[Case], window: Window) -> list[Case]:
    """Return the projects that were accepted this year; what was withdrawn or refused says nothing about approval time."""
    return [
        case
        for case in cases
        if case.outcome == "accepted" and case.closed is not None and window.holds(case.closed.date())
    ]


def longest(cases: Sequence[Case], procedure: Procedure, window: Window, case_class: str) -> RegisterFigure:
    """Return the most counted working days of a project of a class."""
    mine = _of_class(cases, case_class)
    finished = _finished(mine, window)
    used = [clock.elapsed for case in finished if (clock := _clock(case, procedure, window))]
    if not used:
        return RegisterFigure(None, 0)
    most = max(used)
    going = [case for case in mine if case.is_open and case.opened.date() <= window.on]
    passed = [
        clock.elapsed for case in going if (clock := _clock(case, procedure, window)) and clock.elapsed > most
    ]
    return RegisterFigure(max([most, *passed]), len(finished) + len(passed))


def mean(cases: Sequence[Case], procedure: Procedure, window: Window, case_class: str) -> RegisterFigure:
    """Return the mean of the counted working days of the finished projects of a class."""
    finished = _finished(_of_class(cases, case_class), window)
    used = [clock.elapsed for case in finished if (clock := _clock(case, procedure, window))]
    if not used:
        return RegisterFigure(None, 0)
    total = sum(used, Decimal(0))
    value = (total / len(used)).quantize(Decimal("0.1"))
    return RegisterFigure(value, len(used), total, Decimal(len(used)))


def in_time(cases: Sequence[Case], procedure: Procedure, window: Window, case_class: str) -> RegisterFigure:
    """Return the share of the finished projects that stayed within their limit, in percent."""
    clocks = [
        clock
        for case in _finished(_of_class(cases, case_class), window)
        if (clock := _clock(case, procedure, window))
    ]
    if not clocks:
        return RegisterFigure(None, 0)
    kept = sum(not clock.is_over for clock in clocks)
    rate = (Decimal(100) * kept / len(clocks)).quantize(Decimal("0.01"))
    return RegisterFigure(rate, len(clocks), Decimal(kept), Decimal(len(clocks)))


COMPUTES: dict[str, Compute] = {"longest": longest, "mean": mean, "in_time": in_time}
