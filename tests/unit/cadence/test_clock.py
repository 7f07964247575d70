# ruff: noqa: DTZ001 -- clocks reckon with the wall-clock times of the place
"""Clocks against cases worked by hand from the calendars of 2021 and 2026."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from luoshi.cadence.array import WorkdayTable
from luoshi.cadence.clock import Clock, Extension, Pause, reckon
from luoshi.cadence.limit import Limit, PeriodType, office_hours, pausings
from luoshi.cadence.notice import Notice
from luoshi.cadence.workday import WorkCalendar

CALENDAR = WorkCalendar()


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text if "T" in text else f"{text}T09:00")


def clock(amount: str, kind: PeriodType, since: str, at: str, **more: Any) -> Clock:
    limit = Limit(amount=Decimal(amount), type=kind, counts_first_day=more.pop("counts_first_day", False))
    return reckon(limit, moment(since), at=moment(at), calendar=CALENDAR, **more)


def pause(since: str, until: str | None, reason: str = "supplement") -> Pause:
    return Pause(since=moment(since), until=moment(until) if until else None, reason=reason)


WORKING = PeriodType.WORKING_DAY


@pytest.mark.parametrize(
    ("since", "length", "due"),
    [
        ("2021-02-08", 20, "2021-03-12"),
        ("2021-04-23", 5, "2021-04-29"),
        ("2021-09-17", 20, "2021-10-21"),
        ("2021-09-30", 1, "2021-10-08"),
        ("2021-04-30", 3, "2021-05-08"),
    ],
)
def test_working_days_end_on_the_published_day(since: str, length: int, due: str) -> None:
    assert clock(str(length), WORKING, since, since).due_day == date.fromisoformat(due)


def test_what_is_used_and_left_leaves_out_the_first_day_and_days_off() -> None:
    # After 02-08: 02-09, 02-10; 18, 19 and Saturday the 20th; 22 to 26; 03-01.
    found = clock("20", WORKING, "2021-02-08", "2021-03-01")
    assert (found.elapsed, found.left, found.paused) == (11, 9, 0)


def test_a_pause_moves_the_end_by_the_working_days_after_its_first() -> None:
    # 23, 24, 25 and 26 February stand still; four working days after 12 March is the 18th.
    found = clock("20", WORKING, "2021-02-08", "2021-03-01", pauses=[pause("2021-02-22", "2021-02-26")])
    assert (found.due_day, found.paused, found.elapsed, found.left) == (date(2021, 3, 18), 4, 7, 13)


def test_a_pause_over_days_off_costs_its_working_days_alone() -> None:
    # 10 to 18 February: of the days after the 10th only the 18th is worked.
    found = clock("20", WORKING, "2021-02-08", "2021-03-01", pauses=[pause("2021-02-10", "2021-02-18")])
    assert (found.due_day, found.paused) == (date(2021, 3, 15), 1)


def test_a_pause_lifted_on_its_own_day_costs_nothing() -> None:
    one = Pause(since=datetime(2021, 2, 22, 9), until=datetime(2021, 2, 22, 16), reason="notice")
    found = clock("20", WORKING, "2021-02-08", "2021-03-01", pauses=[one])
    assert (found.due_day, found.paused) == (date(2021, 3, 12), 0)


def test_pauses_that_overlap_count_once() -> None:
    both = [pause("2021-02-22", "2021-02-25", "hearing"), pause("2021-02-24", "2021-02-26", "notice")]
    found = clock("20", WORKING, "2021-02-08", "2021-03-01", pauses=both)
    assert (found.due_day, found.paused) == (date(2021, 3, 18), 4)


def test_while_it_stands_still_nothing_is_due() -> None:
    found = clock("20", WORKING, "2021-02-08", "2021-06-01", pauses=[pause("2021-02-22", None)])
    assert (found.due, found.is_paused, found.is_over) == (None, True, False)
    # 02-09, 02-10, 18, 19, 20 and 22 February were used before it stood still.
    assert (found.elapsed, found.left) == (6, 14)


def test_an_extension_adds_working_days_to_the_end() -> None:
    found = clock(
        "20",
        WORKING,
        "2021-02-08",
        "2021-03-01",
        extensions=[Extension(amount=Decimal(10), basis="行政许可法第四十二条")],
    )
    assert (found.due_day, found.limit.amount, found.left) == (date(2021, 3, 26), 30, 19)
    assert "行政许可法第四十二条" in found.reasons[-1].describe("zh")


def test_the_first_day_counts_where_the_limit_says_so() -> None:
    # 23 April, Sunday the 25th (a make-up day), 26, 27, 28.
    found = clock("5", WORKING, "2021-04-23", "2021-04-23", counts_first_day=True)
    assert (found.due_day, found.elapsed) == (date(2021, 4, 28), 1)


def test_it_is_over_on_the_day_after_its_last() -> None:
    assert not clock("20", WORKING, "2021-02-08", "2021-03-12T17:00").is_over
    late = clock("20", WORKING, "2021-02-08", "2021-03-15")
    assert late.is_over
    assert late.left == -1


def test_nothing_is_used_after_it_is_done() -> None:
    found = clock("20", WORKING, "2021-02-08", "2021-12-01", closed=moment("2021-03-01"))
    assert (found.elapsed, found.is_over) == (11, False)


def test_calendar_days_end_on_a_working_day() -> None:
    # Fifteen days after 18 September is 3 October; work begins again on the 8th.
    found = clock("15", PeriodType.CALENDAR_DAY, "2021-09-18", "2021-09-20")
    assert (found.due_day, found.elapsed, found.left) == (date(2021, 10, 8), 2, 13)
    assert "第二百零三条" in found.reasons[-1].describe("zh")


def test_calendar_days_of_a_pause_are_added_before_the_end_moves() -> None:
    # 3 October and five days more: the 8th, which is worked.
    found = clock(
        "15", PeriodType.CALENDAR_DAY, "2021-09-18", "2021-09-30", pauses=[pause("2021-09-20", "2021-09-25")]
    )
    assert (found.due_day, found.paused) == (date(2021, 10, 8), 5)


@pytest.mark.parametrize(
    ("since", "months", "due"),
    [
        ("2021-01-31", 3, date(2021, 4, 30)),
        ("2021-11-30", 3, date(2022, 2, 28)),
        ("2021-03-15", 3, date(2021, 6, 15)),
        ("2021-01-03", 1, date(2021, 2, 3)),
        ("2020-11-13", 3, date(2021, 2, 18)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(since: str, months: int, due: date) -> None:
    assert clock(str(months), PeriodType.MONTH, since, since).due_day == due


def test_hours_run_through_the_night() -> None:
    found = clock("24", PeriodType.HOUR, "2021-05-01T10:00", "2021-05-02T09:00")
    assert (found.due, found.left, found.is_over) == (datetime(2021, 5, 2, 10), 1, False)
    assert clock("24", PeriodType.HOUR, "2021-05-01T10:00", "2021-05-02T10:01").is_over


def test_hours_of_a_pause_do_not_run() -> None:
    one = Pause(since=datetime(2021, 5, 1, 12), until=datetime(2021, 5, 1, 15, 30), reason="inspection")
    found = clock("24", PeriodType.HOUR, "2021-05-01T10:00", "2021-05-01T18:00", pauses=[one])
    assert (found.due, found.paused, found.elapsed) == (
        datetime(2021, 5, 2, 13, 30),
        Decimal("3.5"),
        Decimal("4.5"),
    )


def test_working_hours_go_on_on_the_next_working_day() -> None:
    # Half an hour on Friday, an hour and a half from 8:30 on Monday.
    found = clock("2", PeriodType.WORKING_HOUR, "2026-07-03T17:00", "2026-07-06T09:00")
    assert (found.due, found.elapsed) == (datetime(2026, 7, 6, 10), 1)


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ("2026-07-03T14:00", datetime(2026, 7, 3, 17, 30)),
        ("2026-07-03T10:00", datetime(2026, 7, 3, 15, 30)),
        ("2026-07-03T16:00", datetime(2026, 7, 6, 10, 30)),
        ("2026-07-04T10:00", datetime(2026, 7, 6, 12, 0)),
    ],
)
def test_half_a_working_day_is_half_its_hours(since: str, due: datetime) -> None:
    assert office_hours(date(2026, 7, 3)).minutes == 420
    assert clock("0.5", WORKING, since, since).due == due


def test_beyond_the_last_published_year_the_end_is_provisional() -> None:
    found = clock("20", WORKING, "2026-12-25", "2026-12-25")
    assert found.is_provisional
    assert found.reasons[-1].code == "D110"


def test_a_notice_moves_the_end() -> None:
    closed = Notice("甲政办发〔2021〕1号", date(2021, 2, 20), frozenset({date(2021, 3, 12)}), frozenset())
    found = reckon(
        Limit(amount=Decimal(20)),
        moment("2021-02-08"),
        at=moment("2021-03-01"),
        calendar=WorkCalendar([closed]),
    )
    assert found.due_day == date(2021, 3, 15)


def test_an_end_explains_itself_in_both_languages() -> None:
    limit = Limit(amount=Decimal(20), basis="行政许可法第四十二条")
    found = reckon(
        limit,
        moment("2021-02-08"),
        at=moment("2021-03-01"),
        calendar=CALENDAR,
        pauses=[pause("2021-02-22", "2021-02-26")],
    )
    told = [reason.describe("zh") for reason in found.reasons]
    assert told[0] == "从 2021-02-08 起算，时限20个工作日，依据：行政许可法第四十二条。"
    assert "第二百零一条" in told[1]
    assert any("申请人补正" in one and "2021-02-22" in one for one in told)
    assert any("20 working days" in reason.describe("en") for reason in found.reasons)


def test_reasons_of_the_law_for_a_pause_are_the_eight_of_article_45() -> None:
    of_the_law = {one.zh for one in pausings().values() if one.basis == "行政许可法第四十五条"}
    assert of_the_law == {"听证", "招标", "拍卖挂牌", "检验", "检测", "检疫", "鉴定", "专家评审"}


def test_for_every_day_of_the_published_years_adding_and_counting_are_inverse() -> None:
    table = WorkdayTable(CALENDAR, 2003, 2028)
    days = np.arange(np.datetime64("2004-01-01"), np.datetime64("2027-01-01"))
    for length in (1, 5, 20, 75, 250):
        ends = table.add(days, length)
        assert (table.count(days, ends) == length).all()
    # Day by day, the table says what the calendar says.
    first = date(2004, 1, 1)
    for step in range(0, days.size):
        day = first + timedelta(days=step)
        due = CALENDAR.add(day, 20).day
        assert CALENDAR.count(day, due).days == 20
        assert table.add(days[step : step + 1], 20)[0] == np.datetime64(due)


def test_the_table_counts_back_and_refuses_days_that_it_does_not_hold() -> None:
    table = WorkdayTable(CALENDAR, 2026, 2026)
    since, until = (
        np.array(["2026-07-08"], dtype="datetime64[D]"),
        np.array(["2026-07-03"], dtype="datetime64[D]"),
    )
    assert table.count(since, until)[0] == CALENDAR.count(date(2026, 7, 8), date(2026, 7, 3)).days == -3
    assert table.add(until, 0)[0] == until[0]
    with pytest.raises(ValueError, match="outside"):
        table.add(np.array(["2025-12-31"], dtype="datetime64[D]"), 1)
    with pytest.raises(ValueError, match="negative"):
        table.add(until, -1)
