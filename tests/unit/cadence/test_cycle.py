"""Reporting cycles: when they open, fall due and lock, counted by hand on the notice for 2026."""

from datetime import date

import pytest

from luoshi.cadence.cycle import (
    CycleRule,
    CycleState,
    Frequency,
    cycle_of,
    frequency_of,
    last_due,
    period_with,
    periods_of,
    state_of,
)
from luoshi.cadence.workday import WorkCalendar

CALENDAR = WorkCalendar()


@pytest.mark.parametrize(
    ("key", "end", "due", "last"),
    [
        # January 2026: working days of February are 2–6 (5), 9–13, 14 (a Saturday worked), 24–28: the 15th is 27 February:
        # 2,3,4,5,6 | 9,10,11,12,13,14 | 24,25,26,27.
        ("2026-01", date(2026, 1, 31), date(2026, 2, 6), date(2026, 2, 27)),
        # March: April 1–3, 7–10 (the 6th is off), 13–17, 20–22: due 8 April, last 22 April.
        ("2026-03", date(2026, 3, 31), date(2026, 4, 8), date(2026, 4, 22)),
        ("2026-Q1", date(2026, 3, 31), date(2026, 4, 8), date(2026, 4, 22)),
        # September: October 8, 9, 10 (a Saturday worked), 12, 13: due 13 October; 14–16, 19–23, 26, 27: last 27 October.
        ("2026-09", date(2026, 9, 30), date(2026, 10, 13), date(2026, 10, 27)),
        # First half: July 1–3, 6, 7: due 7 July; 8–10, 13–17, 20, 21: last 21 July.
        ("2026-H1", date(2026, 6, 30), date(2026, 7, 7), date(2026, 7, 21)),
    ],
)
def test_due_and_last_days(key, end, due, last):
    cycle = cycle_of(period_with(key), CALENDAR)
    assert (cycle.period.end, cycle.due, cycle.last) == (end, due, last)


def test_where_a_cycle_stands():
    cycle = cycle_of(period_with("2026-03"), CALENDAR)
    assert state_of(cycle, date(2026, 3, 31)) is CycleState.NOT_OPEN
    assert state_of(cycle, date(2026, 4, 1)) is CycleState.OPEN
    assert state_of(cycle, date(2026, 4, 8)) is CycleState.OPEN
    assert state_of(cycle, date(2026, 4, 9)) is CycleState.LATE
    assert state_of(cycle, date(2026, 4, 22)) is CycleState.LATE
    assert state_of(cycle, date(2026, 4, 23)) is CycleState.LOCKED
    assert state_of(cycle, date(2026, 4, 30), until=date(2026, 4, 30)) is CycleState.OPEN
    assert state_of(cycle, date(2026, 5, 1), until=date(2026, 4, 30)) is CycleState.LOCKED


def test_a_report_is_overdue_only_after_its_due_day():
    def newest(on, **more):
        found = last_due(Frequency.MONTH, CALENDAR, on, year=2026, **more)
        return found.period.key if found else None

    assert newest(date(2026, 2, 6)) is None
    assert newest(date(2026, 2, 7)) == "2026-01"
    assert newest(date(2026, 4, 8)) == "2026-02"
    assert newest(date(2026, 4, 9)) == "2026-03"
    assert newest(date(2026, 4, 9), extended={"2026-03": date(2026, 4, 20)}) == "2026-02"


def test_periods_and_their_names():
    assert [period.key for period in periods_of(2026, Frequency.QUARTER)] == [
        "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4",
    ]  # fmt: skip
    assert period_with("2026-Q2").label("zh") == "2026年二季度"
    assert period_with("2026-H2").label("zh") == "2026年下半年"
    assert period_with("2026-02").label("en") == "Feb 2026"
    assert period_with("2026").end == date(2026, 12, 31)
    assert period_with("2026-13") is None
    assert period_with("x") is None


def test_the_edition_in_force_on_the_periods_last_day_counts():
    own = [
        CycleRule(date(2000, 1, 1), "a", 1, 5, 15),
        CycleRule(date(2026, 6, 30), "b", 1, 2, 3),
    ]
    assert cycle_of(period_with("2026-05"), CALENDAR, known=own).due == date(2026, 6, 5)
    assert cycle_of(period_with("2026-06"), CALENDAR, known=own).due == date(2026, 7, 2)
    with pytest.raises(ValueError, match="in force"):
        cycle_of(period_with("2026-05"), CALENDAR, known=own[1:])


def test_a_target_is_due_as_often_as_its_indicator_moves():
    assert frequency_of("daily", "hold") is Frequency.MONTH
    assert frequency_of("quarterly", "cumulative") is Frequency.QUARTER
    assert frequency_of("monthly", "annual") is Frequency.YEAR
    assert frequency_of(None, "cumulative") is Frequency.MONTH
