"""The days of a year on which cadences strike and deadlines fall."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from luoshi.cadence.schedule import Deadline, EventKind, of_year
from luoshi.cadence.workday import WorkCalendar
from luoshi.plan.model import Beat

CALENDAR = WorkCalendar()


@dataclass
class Blow:
    beat: Beat
    act: str


@dataclass
class Mechanism:
    strikes: tuple[Blow, ...]
    id: str = "q-1"
    name: str = "推进机制"
    scope: str = field(default="项目")


def days_of(beat: Beat, year: int) -> list[tuple[int, int]]:
    events = of_year([Mechanism((Blow(beat, "碰头"),))], [], year, CALENDAR)
    return [(event.day.month, event.day.day) for event in events]


def test_months_end_on_their_last_working_day() -> None:
    # 2026: 31 January, 28 February (worked), 31 May, 31 October are at a weekend.
    assert days_of(Beat.MONTH, 2026) == [
        (1, 30), (2, 28), (3, 31), (4, 30), (5, 29), (6, 30), (7, 31), (8, 31), (9, 30), (10, 30), (11, 30), (12, 31),
    ]  # fmt: skip


def test_quarters_half_years_and_years_end_on_their_last_working_day() -> None:
    assert days_of(Beat.QUARTER, 2024) == [(3, 29), (6, 28), (9, 30), (12, 31)]
    assert days_of(Beat.HALF_YEAR, 2024) == [(6, 28), (12, 31)]
    assert days_of(Beat.YEAR, 2022) == [(12, 30)]


def test_ten_days_strike_three_times_a_month_unless_all_are_off() -> None:
    october = [day for month, day in days_of(Beat.TEN_DAYS, 2026) if month == 10]
    assert october == [10, 20, 30]  # Saturday 10 October 2026 is worked
    assert len(days_of(Beat.TEN_DAYS, 2026)) == 36


def test_a_week_that_is_all_off_is_left_out() -> None:
    # The weeks of 2 to 6 October 2023 and 23 to 27 January 2023 were off.
    struck = days_of(Beat.WEEK, 2023)
    assert not [day for month, day in struck if month == 10 and day <= 6]
    assert (1, 20) in struck
    assert (9, 28) in struck  # Friday 29 September was off
    assert len(struck) == 50


def test_events_carry_scope_act_and_order() -> None:
    mechanism = Mechanism((Blow(Beat.HALF_YEAR, "考核"), Blow(Beat.YEAR, "结总账")))
    events = of_year([mechanism], [], 2026, CALENDAR)
    assert [(event.title, event.ordinal) for event in events] == [("考核", 1), ("考核", 2), ("结总账", 1)]
    assert {event.scope for event in events} == {"项目"}
    assert {event.kind for event in events} == {EventKind.STRIKE}


def test_deadlines_of_the_year_are_shown_on_a_working_day() -> None:
    deadlines = [
        Deadline("c-1", "建成学校", date(2026, 10, 5)),
        Deadline("c-2", "办结", date(2026, 6, 30)),
        Deadline("c-3", "五年目标", date(2030, 12, 31)),
    ]
    events = of_year([], deadlines, 2026, CALENDAR)
    assert [(event.item, event.day, event.nominal) for event in events] == [
        ("c-2", date(2026, 6, 30), date(2026, 6, 30)),
        ("c-1", date(2026, 9, 30), date(2026, 10, 5)),
    ]


def test_a_deadline_on_new_years_day_stays_in_its_year() -> None:
    (event,) = of_year([], [Deadline("c-1", "元旦前开业", date(2026, 1, 1))], 2026, CALENDAR)
    assert event.day == date(2026, 1, 1)


def test_reporting_beats_fall_with_the_strikes_of_a_day_first() -> None:
    events = of_year(
        [Mechanism((Blow(Beat.YEAR, "结总账"),))], [], 2026, CALENDAR, reporting=[Beat.HALF_YEAR]
    )
    assert [(event.day, event.kind) for event in events] == [
        (date(2026, 6, 30), EventKind.REPORT),
        (date(2026, 12, 31), EventKind.STRIKE),
        (date(2026, 12, 31), EventKind.REPORT),
    ]


def test_days_past_the_published_calendar_are_marked() -> None:
    assert all(
        event.is_provisional
        for event in of_year([Mechanism((Blow(Beat.MONTH, "调度"),))], [], 2035, CALENDAR)
    )
