"""Working days against the published calendar, and what notices change."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from luoshi.cadence.notice import Notice, NoticeError, read_notices
from luoshi.cadence.workday import Ground, WorkCalendar, last_published_year

VECTORS = Path(__file__).parents[2] / "standards" / "workday"
CALENDAR = WorkCalendar()


def vectors(name: str) -> Any:
    return yaml.safe_load((VECTORS / name).read_text(encoding="utf-8"))


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


MONTHS = [(year, entry["months"], entry["year"]) for year, entry in vectors("months.yaml").items()]


@pytest.mark.parametrize(("year", "months", "total"), MONTHS)
def test_months_have_their_published_number_of_working_days(year: int, months: list[int], total: int) -> None:
    firsts = [date(year, month, 1) for month in range(1, 13)] + [date(year + 1, 1, 1)]
    lasts = [first - timedelta(days=1) for first in firsts]
    assert [CALENDAR.count(since, until).days for since, until in pairwise(lasts)] == months
    assert CALENDAR.count(lasts[0], lasts[-1]).days == total


@pytest.mark.parametrize("day", [day for year in vectors("days.yaml")["make_up"] for day in year])
def test_make_up_days_are_worked(day: date) -> None:
    status = CALENDAR.status(day)
    assert day.weekday() >= 5
    assert (status.is_workday, status.ground, status.is_provisional) == (True, Ground.MAKE_UP, False)


@pytest.mark.parametrize("run", [run for year in vectors("days.yaml")["rest"] for run in year], ids=str)
def test_days_off_of_the_notices_are_off(run: list[date]) -> None:
    assert not any(CALENDAR.is_workday(day) for day in days(*run))


@pytest.mark.parametrize(("since", "length", "until"), vectors("days.yaml")["periods"], ids=str)
def test_periods_end_on_their_day(since: date, length: int, until: date) -> None:
    assert CALENDAR.add(since, length).day == until
    assert CALENDAR.count(since, until).days == length
    assert CALENDAR.add(until, -length).day == since


def test_counting_back_is_the_negative_of_counting_on() -> None:
    # Friday 2026-07-03 to Wednesday 2026-07-08: Monday, Tuesday and Wednesday.
    assert CALENDAR.count(date(2026, 7, 3), date(2026, 7, 8)).days == 3
    assert CALENDAR.count(date(2026, 7, 8), date(2026, 7, 3)).days == -3


def test_a_day_off_moves_to_the_nearest_working_day() -> None:
    national_day = date(2026, 10, 3)
    assert CALENDAR.next_workday(national_day).day == date(2026, 10, 8)
    assert CALENDAR.last_workday(national_day).day == date(2026, 9, 30)
    assert CALENDAR.next_workday(date(2026, 7, 3)).day == date(2026, 7, 3)


def test_past_the_last_published_year_answers_are_provisional() -> None:
    year = last_published_year() + 1
    wednesday = next(day for day in days(date(year, 7, 1), date(year, 7, 7)) if day.weekday() == 2)
    assert CALENDAR.status(wednesday).is_workday
    assert CALENDAR.status(wednesday).is_provisional
    assert CALENDAR.add(date(year, 7, 1), 5).is_provisional
    assert CALENDAR.count(date(year - 1, 12, 1), date(year, 1, 31)).is_provisional
    assert not CALENDAR.count(date(year - 1, 11, 1), date(year - 1, 11, 30)).is_provisional


def test_statutory_days_are_certain_before_the_notice_is_out() -> None:
    # 2030: labour day is a Wednesday, and 2 February to 5 February begin the lunar year.
    for day in (date(2030, 5, 1), date(2030, 2, 5), date(2030, 9, 12)):
        status = CALENDAR.status(day)
        assert (status.is_workday, status.ground, status.is_provisional) == (False, Ground.STATUTORY, False)


def test_before_the_first_published_year_answers_are_provisional() -> None:
    assert CALENDAR.status(date(2003, 5, 1)).is_provisional


LOCAL = Notice(
    "某市〔2026〕1号", date(2026, 6, 1), frozenset({date(2026, 7, 8)}), frozenset({date(2026, 7, 11)})
)


def test_a_notice_overrides_the_published_calendar() -> None:
    calendar = WorkCalendar([LOCAL])
    wednesday, saturday = calendar.status(date(2026, 7, 8)), calendar.status(date(2026, 7, 11))
    assert (wednesday.is_workday, saturday.is_workday) == (False, True)
    assert wednesday.notice == saturday.notice == "某市〔2026〕1号"
    assert CALENDAR.is_workday(date(2026, 7, 8))


def test_the_later_issued_notice_counts() -> None:
    revoked = Notice("某市〔2026〕2号", date(2026, 6, 20), frozenset(), frozenset({date(2026, 7, 8)}))
    for notices in ([LOCAL, revoked], [revoked, LOCAL]):
        assert WorkCalendar(notices).is_workday(date(2026, 7, 8))


def test_a_notice_for_a_year_makes_its_days_certain() -> None:
    year = last_published_year() + 1
    text = f"notices:\n- number: 甲\n  issued: {year - 1}-11-04\n  year: {year}\n  rest: [[{year}-10-01, {year}-10-07]]\n  work: []\n"
    calendar = WorkCalendar(read_notices(text))
    assert not calendar.status(date(year, 7, 1)).is_provisional
    assert not calendar.is_workday(date(year, 10, 6))
    assert calendar.status(date(year + 1, 7, 1)).is_provisional


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "notices: 3",
        "notices: [{number: 甲}]",
        "notices: [{number: 甲, issued: 明天, rest: [], work: []}]",
        "notices: [{number: 甲, issued: 2026-01-01, rest: 2026-01-02}]",
        "notices: [{number: 甲, issued: 2026-01-01, rest: [[2026-01-05, 2026-01-02]]}]",
        "notices: [",
    ],
)
def test_a_file_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(NoticeError) as raised:
        read_notices(text)
    assert raised.value.code == "D101"
    assert "放假通知" in raised.value.describe("zh")


def test_a_day_cannot_be_both_off_and_worked() -> None:
    with pytest.raises(NoticeError) as raised:
        Notice("甲", date(2026, 1, 1), frozenset({date(2026, 7, 8)}), frozenset({date(2026, 7, 8)}))
    assert raised.value.code == "D102"
