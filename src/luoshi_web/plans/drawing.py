"""Mechanisms as drawings (机制图): steps, states, bars of time, a strip of the year, cards.

A drawing holds numbers only; the template writes them as SVG. Nothing here decides what a mechanism is: that
stands in the plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.cadence.schedule import Event, of_year
from luoshi.plan.model import DayType, Limit, Procedure
from luoshi_web.plans.wording import limit_text
from luoshi_web.workdays.selectors import calendar

STRIP_WIDTH = 560
# Lengths for comparing bars of different units; a limit in hours is a part of a working day of eight.
_DAYS = {
    DayType.WORKING_DAY: Decimal("1.4"),
    DayType.CALENDAR_DAY: Decimal(1),
    DayType.MONTH: Decimal(30),
    DayType.YEAR: Decimal(365),
    DayType.HOUR: Decimal("0.175"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A limit as a bar.

    Attributes:
        limit: The limit.
        share: Its length as a share of the longest, in per cent; 0 where it is not a time.
        text: Its words.
        day_type: How it counts time, where its unit does not say so already.
    """

    limit: Limit
    share: int
    text: str
    day_type: DayType | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A beat on the strip of the year."""

    x: float
    y: int
    event: Event
    level: int


@dataclass(frozen=True, slots=True)
class Strip:
    """The year as a strip: borders of months with their names' places, and the beats."""

    width: int
    months: list[tuple[int, float, float]]
    ticks: list[Tick]
    rows: list[tuple[str, str, int]]
    height: int


def bars_of(procedure: Procedure) -> list[Bar]:
    """Return the limits of a mechanism as bars that can be compared."""
    lengths = [
        limit.value * _DAYS[limit.day_type] if limit.day_type in _DAYS else Decimal(0)
        for limit in procedure.limits
    ]
    most = max(lengths, default=Decimal(0))
    return [
        Bar(limit, round(100 * length / most) if most else 0, limit_text(limit), _unsaid(limit))
        for limit, length in zip(procedure.limits, lengths, strict=True)
    ]


def _unsaid(limit: Limit) -> DayType | None:
    is_said = limit.day_type is DayType.NONE or limit.day_type.zh in limit.unit
    return None if is_said else limit.day_type


def strip_of(procedure: Procedure, year: int) -> Strip | None:
    """Return the beats of a cadence in its year; nothing where it has none."""
    if not procedure.strikes:
        return None
    events = of_year([procedure], [], year, calendar())
    levels = {(strike.beat.value, strike.act): level for level, strike in enumerate(procedure.strikes)}
    ticks = [
        Tick(_x(event.day, year), _y(level), event, level)
        for event in events
        for level in [levels.get((event.beat, event.title), 0)]
    ]
    rows = [(strike.act, strike.beat, _y(level)) for level, strike in enumerate(procedure.strikes)]
    months = [(month, _x(date(year, month, 1), year), _middle(month, year)) for month in range(1, 13)]
    return Strip(STRIP_WIDTH, months, ticks, rows, _y(len(procedure.strikes)))


def _y(level: int) -> int:
    return 34 + 24 * level


def _x(day: date, year: int) -> float:
    days = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    return round(STRIP_WIDTH * (day - date(year, 1, 1)).days / days, 1)


def _middle(month: int, year: int) -> float:
    end = STRIP_WIDTH if month == 12 else _x(date(year, month + 1, 1), year)
    return round((_x(date(year, month, 1), year) + end) / 2, 1)


def drawing_of(procedure: Procedure, year: int) -> dict[str, Any]:
    """Return what the drawing of a mechanism needs."""
    return {"bars": bars_of(procedure), "strip": strip_of(procedure, year)}
