"""Chasing: whatever days the machine runs on, a reminder goes out once, on a working day, and never before its time; deadlines of notices can be counted back."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))
from ledger_cast import note

from luoshi.cadence.limit import Limit
from luoshi.cadence.workday import WorkCalendar
from luoshi.delivery.chasing import notice as notices
from luoshi.delivery.chasing.owing import Owed
from luoshi.delivery.chasing.reminder import reminders_on, working_days_from
from luoshi.delivery.chasing.rule import OwedKind, rule_on
from luoshi.delivery.chasing.state import Chasing, SentReminder

CALENDAR = WorkCalendar()
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
RULE = rule_on(FIRST)
DAYS = st.dates(FIRST, LAST)


@st.composite
def debts(draw: st.DrawFn) -> list[Owed]:
    made = draw(st.lists(st.tuples(st.sampled_from(list(OwedKind)), DAYS), max_size=5))
    return [
        Owed(
            kind=kind, unit="甲", lineage="L-1", subject=str(number), title="t", detail="d", due=due, entry=1
        )
        for number, (kind, due) in enumerate(made)
    ]


@given(debts(), st.sets(DAYS, max_size=40))
def test_a_reminder_goes_out_once_on_a_working_day_and_not_before_its_time(
    owed: list[Owed], days: set[date]
) -> None:
    sent: set[SentReminder] = set()
    for day in sorted(days):
        found = reminders_on(owed, Chasing(reminded=frozenset(sent)), on=day, calendar=CALENDAR, rule=RULE)
        assert not found or CALENDAR.is_workday(day)
        for one, reminder in found:
            assert reminder not in sent
            now = working_days_from(one.due, day, CALENDAR)
            assert reminder.offset <= now
            assert (reminder.offset > 0) == (day > one.due)
            # Nothing newer was due.
            between = [offset for offset in RULE.offsets(one.kind) if reminder.offset < offset <= now]
            assert [offset for offset in between if (offset > 0) == (now > 0)] == []
            sent.add(reminder)


@given(debts(), DAYS)
def test_the_order_of_debts_does_not_matter(owed: list[Owed], day: date) -> None:
    def reminded(listed: list[Owed]) -> set[SentReminder]:
        return {
            reminder for _, reminder in reminders_on(listed, Chasing(), on=day, calendar=CALENDAR, rule=RULE)
        }

    assert reminded(owed) == reminded(owed[::-1])


@given(DAYS, st.integers(1, 30))
def test_a_notice_has_exactly_its_working_days(day: date, amount: int) -> None:
    made = notices.issue(
        {}, unit="甲", lineage="", about=(), request=note("办"), limit=Limit(amount=Decimal(amount)), calendar=CALENDAR, on=day
    )  # fmt: skip
    due = made.fact.due
    counted = [
        day + timedelta(days=step)
        for step in range(1, (due - day).days + 1)
        if CALENDAR.is_workday(day + timedelta(days=step))
    ]
    assert len(counted) == amount
    assert counted[-1] == due
