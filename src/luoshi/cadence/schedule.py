"""The schedule of a year (年度日程): when cadences strike, when reports fall due, when deadlines end.

A beat falls on the last working day of its period, because a month's dispatch meeting (月调度) has to be held in the month;
a deadline is shown on its day, or the working day before, the last on which anything can still be filed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from luoshi.cadence.workday import WorkCalendar
from luoshi.kernel.label import Labelled


class EventKind(Labelled):
    """What falls on a day."""

    STRIKE = "strike", "机制节点", "beat of a mechanism"
    REPORT = "report", "填报", "report due"
    DEADLINE = "deadline", "完成时限", "deadline"


class Strike(Protocol):
    """One beat of a cadence, as a plan has it."""

    @property
    def beat(self) -> Labelled:
        """How often: week, ten_days, month, quarter, half_year or year."""

    @property
    def act(self) -> str:
        """What is done."""


class Cadence(Protocol):
    """A procedure with strikes, as a plan has it."""

    @property
    def id(self) -> str:
        """Identity."""

    @property
    def name(self) -> str:
        """Name."""

    @property
    def scope(self) -> str:
        """What it applies to."""

    @property
    def strikes(self) -> Sequence[Strike]:
        """Its beats."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline to put on the calendar: the item that it is of, a short title, the day."""

    item: str
    title: str
    day: date


@dataclass(frozen=True, slots=True)
class Event:
    """Something that falls on a working day of the year.

    Attributes:
        day: Working day on which it falls.
        kind: What it is.
        item: Identity of the procedure or the item whose deadline it is; "" for a report.
        title: What is done or due.
        scope: What it applies to, or "".
        nominal: Day before it was moved to a working day.
        is_provisional: Whether the day may still move, because the year's notice is not out.
        beat: Key of the beat (``month``), or "".
        ordinal: Which one in the year, from 1; 0 for a deadline.
    """

    day: date
    kind: EventKind
    item: str
    title: str
    scope: str
    nominal: date
    is_provisional: bool
    beat: str = ""
    ordinal: int = 0


def of_year(
    procedures: Iterable[Cadence],
    deadlines: Iterable[Deadline],
    year: int,
    calendar: WorkCalendar,
    *,
    reporting: Iterable[Labelled] = (),
) -> tuple[Event, ...]:
    """Lay out a year.

    Args:
        procedures: Mechanisms of the plan; those without strikes add nothing.
        deadlines: Deadlines; those of other years add nothing.
        year: The year.
        calendar: Working days of the place.
        reporting: Beats at which units report.

    Returns:
        Events by day; on one day strikes first, then reports, then deadlines, in the order given.
    """
    events: list[Event] = []
    for procedure in procedures:
        for strike in procedure.strikes:
            events += _beats(strike.beat.value, year, calendar, EventKind.STRIKE, procedure, strike.act)
    for beat in reporting:
        events += _beats(beat.value, year, calendar, EventKind.REPORT, None, "")
    for deadline in deadlines:
        if deadline.day.year == year:
            events.append(_deadline(deadline, calendar))
    order = list(EventKind)
    return tuple(sorted(events, key=lambda event: (event.day, order.index(event.kind))))


def _beats(
    beat: str, year: int, calendar: WorkCalendar, kind: EventKind, procedure: Cadence | None, act: str
) -> Iterator[Event]:
    ordinal = 0
    for first, last in _periods(beat, year):
        due = calendar.last_workday(last)
        if due.day < first:  # a week or ten days all off (春节, 国庆): nothing to hold it on
            continue
        ordinal += 1
        yield Event(
            day=due.day,
            kind=kind,
            item=procedure.id if procedure else "",
            title=act or (procedure.name if procedure else ""),
            scope=procedure.scope if procedure else "",
            nominal=last,
            is_provisional=due.is_provisional,
            beat=beat,
            ordinal=ordinal,
        )


_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def _periods(beat: str, year: int) -> Iterator[tuple[date, date]]:
    """Yield first and last day of the periods of a beat that end in `year`."""
    if beat == "week":
        friday = date(year, 1, 1) + timedelta(days=(4 - date(year, 1, 1).weekday()) % 7)
        while friday.year == year:
            yield max(friday - timedelta(days=4), date(year, 1, 1)), friday
            friday += timedelta(days=7)
        return
    for month in range(1, 13):
        end = date(year, month, monthrange(year, month)[1])
        if beat == "ten_days":
            yield date(year, month, 1), date(year, month, 10)
            yield date(year, month, 11), date(year, month, 20)
            yield date(year, month, 21), end
        elif month % _MONTHS[beat] == 0:
            yield date(year, month - _MONTHS[beat] + 1, 1), end


def _deadline(deadline: Deadline, calendar: WorkCalendar) -> Event:
    due = calendar.last_workday(deadline.day)
    day = due.day if due.day.year == deadline.day.year else deadline.day
    return Event(
        day=day,
        kind=EventKind.DEADLINE,
        item=deadline.item,
        title=deadline.title,
        scope="",
        nominal=deadline.day,
        is_provisional=due.is_provisional,
    )
