"""The year of a plan as a calendar (全年日程): working days, beats of the mechanisms, deadlines."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from luoshi.cadence.schedule import Deadline, Event, EventKind, of_year
from luoshi.cadence.workday import DayStatus, Ground
from luoshi.plan.items import label_of
from luoshi.plan.model import Deadline as PlanDeadline
from luoshi_web.plans.index import PlanIndex, shown
from luoshi_web.workdays.selectors import calendar

_MONDAY_FIRST = Calendar(firstweekday=0)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar.

    Attributes:
        status: Whether it is worked, why, and whether that may change.
        strikes: How many beats of mechanisms fall on it.
        deadlines: How many written deadlines end on it.
        is_today: Whether it is the as-of day.
    """

    status: DayStatus
    strikes: int
    deadlines: int
    is_today: bool

    @property
    def is_special(self) -> bool:
        """Whether it differs from what its weekday suggests: a day off in the week, or work at a weekend."""
        return self.status.ground in (Ground.MAKE_UP, Ground.NOTICE) or (
            not self.status.is_workday and self.status.ground in (Ground.REST, Ground.STATUTORY)
        )


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its weeks from Monday (None outside of the month), its working days, what happens in it."""

    number: int
    weeks: list[list[Day | None]]
    workdays: int
    events: list[Event]


@dataclass(frozen=True, slots=True)
class Year:
    """The year of a plan.

    Attributes:
        months: Twelve months.
        workdays: Working days in all.
        is_provisional: Whether the year's notice about days off is not out.
        by_default: How many commitments are due at the year's end because the report states no time.
        later: Deadlines after the year.
        kinds: Number of events by kind.
    """

    months: list[Month]
    workdays: int
    is_provisional: bool
    by_default: int
    later: list[Deadline]
    kinds: dict[str, int] = field(default_factory=dict)


def year_of(index: PlanIndex, *, today: date) -> Year:
    """Lay out the plan's year."""
    plan = index.plan
    written = _written_deadlines(index)
    events = of_year(shown(plan.procedures), written, plan.year, calendar())
    on_day: dict[date, list[Event]] = defaultdict(list)
    for event in events:
        on_day[event.day].append(event)
    months = [_month(plan.year, number, on_day, today) for number in range(1, 13)]
    days = [day for month in months for week in month.weeks for day in week if day is not None]
    return Year(
        months=months,
        workdays=sum(month.workdays for month in months),
        is_provisional=any(day.status.is_provisional for day in days),
        by_default=sum(_is_default(c.deadline) for c in shown(plan.commitments)),
        later=[deadline for deadline in written if deadline.day.year > plan.year],
        kinds={str(kind.value): sum(event.kind is kind for event in events) for kind in EventKind},
    )


def _is_default(deadline: PlanDeadline) -> bool:
    return not deadline.written and deadline.span is None


def _written_deadlines(index: PlanIndex) -> list[Deadline]:
    """Return the deadlines that the report or a person states; a target's own where it differs from its commitment's."""
    plan = index.plan
    found = [
        Deadline(c.id, label_of(c), c.deadline.day)
        for c in shown(plan.commitments)
        if not _is_default(c.deadline)
    ]
    for item in [*shown(plan.targets), *shown(plan.projects)]:
        commitment = index.commitments.get(item.commitment)
        if not _is_default(item.deadline) and (
            commitment is None or commitment.deadline.day != item.deadline.day
        ):
            found.append(Deadline(item.id, label_of(item), item.deadline.day))
    return found


def _month(year: int, number: int, on_day: dict[date, list[Event]], today: date) -> Month:
    weeks = [
        [_day(day, on_day.get(day, []), today) if day.month == number else None for day in week]
        for week in _MONDAY_FIRST.monthdatescalendar(year, number)
    ]
    days = [day for week in weeks for day in week if day is not None]
    return Month(
        number,
        weeks,
        sum(day.status.is_workday for day in days),
        [event for day in days for event in on_day.get(day.status.day, [])],
    )


def _day(day: date, events: list[Event], today: date) -> Day:
    return Day(
        calendar().status(day),
        sum(event.kind is EventKind.STRIKE for event in events),
        sum(event.kind is EventKind.DEADLINE for event in events),
        day == today,
    )
