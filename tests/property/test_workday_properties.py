"""Counting working days and adding them are inverse, whatever the notices."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from luoshi.cadence.notice import Notice
from luoshi.cadence.workday import WorkCalendar

DAYS = st.dates(date(2002, 1, 1), date(2035, 12, 31))
LENGTHS = st.integers(-400, 400)


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    changed = draw(st.dictionaries(DAYS, st.booleans(), max_size=12))
    rest = frozenset(day for day, is_worked in changed.items() if not is_worked)
    return WorkCalendar([Notice("甲", date(2020, 1, 1), rest, frozenset(changed) - rest)])


@given(calendars(), DAYS, LENGTHS)
def test_counting_what_was_added_gives_it_back(calendar: WorkCalendar, day: date, length: int) -> None:
    """count(day, add(day, n)) == n."""
    assert calendar.count(day, calendar.add(day, length).day).days == length


@given(calendars(), DAYS, st.integers(0, 500))
def test_adding_what_was_counted_arrives_at_a_working_day(
    calendar: WorkCalendar, day: date, gap: int
) -> None:
    """add(day, count(day, until)) == until for every working day until after day."""
    until = calendar.next_workday(day + timedelta(days=gap + 1)).day
    assert calendar.add(day, calendar.count(day, until).days).day == until


@given(calendars(), DAYS, st.integers(0, 300), st.integers(0, 300))
def test_counts_add_up(calendar: WorkCalendar, day: date, first: int, second: int) -> None:
    """A period cut in two has as many working days as its halves together."""
    middle = day + timedelta(days=first)
    end = middle + timedelta(days=second)
    assert (
        calendar.count(day, end).days == calendar.count(day, middle).days + calendar.count(middle, end).days
    )


@given(calendars(), DAYS)
def test_nearest_working_days_are_working_days(calendar: WorkCalendar, day: date) -> None:
    """next_workday and last_workday end on working days on their side of the day."""
    after, before = calendar.next_workday(day).day, calendar.last_workday(day).day
    assert calendar.is_workday(after)
    assert calendar.is_workday(before)
    assert before <= day <= after


@given(calendars(), DAYS, st.integers(0, 1200))
def test_running_sums_count_like_counting_by_hand(calendar: WorkCalendar, day: date, length: int) -> None:
    """count(a, b) is the number of working days after a up to b, one by one, over any number of years."""
    last = day + timedelta(days=length)
    statuses = [calendar.status(day + timedelta(days=step)) for step in range(1, length + 1)]
    found = calendar.count(day, last)
    assert found.days == sum(status.is_workday for status in statuses)
    assert found.is_provisional == any(status.is_provisional for status in statuses)
