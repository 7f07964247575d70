"""Working days (工作日) with days off and make-up working days (放假调休).

Standard:
    The State Council's yearly notices, as `chinesecalendar` carries them (2004 to the last published
    year), corrected by `Notice`s. Beyond them, weekends and the statutory days of 国务院令第795号, art. 2. A period of
    days begins on the day after the first (民法典第二百零一条).

Checked with:
    Months, make-up days and worked examples of 2020 to 2026, typed a second time (tests/standards/workday/).

Limits:
    Past the last published year nobody knows which days are swapped: a statutory day is certain to be off, every
    other answer is provisional and says so. Before 2004 all answers are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from itertools import accumulate

import yaml
from chinese_calendar import constants

from luoshi.cadence.notice import Notice
from luoshi.kernel.label import Labelled

_DAY = timedelta(days=1)
_SATURDAY = 5


class Ground(Labelled):
    """Why a day is worked or off."""

    WEEKDAY = "weekday", "工作日", "weekday"
    WEEKEND = "weekend", "周末", "weekend"
    REST = "rest", "放假或补休", "day off by the yearly notice"
    MAKE_UP = "make_up", "调休上班", "make-up working day"
    STATUTORY = "statutory", "法定节日", "statutory day off"
    NOTICE = "notice", "另行通知", "by a further notice"


@dataclass(frozen=True, slots=True)
class DayStatus:
    """Whether a day is worked, why, and whether that may still change.

    Attributes:
        day: The day.
        is_workday: Whether it is worked.
        ground: Why.
        is_provisional: Whether the year's notice is not out, so that the answer may change (message D110).
        notice: Number of the notice that decides, where one was given to the calendar.
    """

    day: date
    is_workday: bool
    ground: Ground
    is_provisional: bool = False
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A day reached by counting working days, and whether the count crossed provisional days."""

    day: date
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class Count:
    """A number of working days, and whether the count crossed provisional days."""

    days: int
    is_provisional: bool


class WorkCalendar:
    """Working days of a place: the published calendar and what its notices add.

    Args:
        notices: Notices that add to or correct the published calendar; the later issued counts.

    Example:
        >>> calendar = WorkCalendar()
        >>> calendar.add(date(2021, 4, 30), 3)
        Due(day=datetime.date(2021, 5, 8), is_provisional=False)
        >>> calendar.count(date(2021, 4, 30), date(2021, 5, 8)).days
        3
    """

    def __init__(self, notices: Iterable[Notice] = ()) -> None:
        self._days: dict[date, DayStatus] = {}
        self._sums: dict[int, tuple[list[int], list[int]]] = {}
        self._published: set[int] = set(_published_years())
        for notice in sorted(notices, key=lambda notice: notice.issued):
            for day in notice.rest | notice.work:
                self._days[day] = DayStatus(day, day in notice.work, Ground.NOTICE, notice=notice.number)
            if notice.year is not None:
                self._published.add(notice.year)

    @property
    def published_years(self) -> frozenset[int]:
        """Years whose days off are published, by Luoshi's calendar or by a notice that arranges the year."""
        return frozenset(self._published)

    def status(self, day: date) -> DayStatus:
        """Return whether `day` is worked, why, and how sure that is."""
        status = self._days.get(day)
        if status is None:
            status = self._days[day] = _published_status(day, day.year in self._published)
        return status

    def is_workday(self, day: date) -> bool:
        """Tell whether `day` is a working day."""
        return self.status(day).is_workday

    def add(self, day: date, working_days: int) -> Due:
        """Return the day on which a period that starts on `day` ends; `day` itself does not count.

        Args:
            day: First day of the period.
            working_days: Length; a negative one counts back; 0 gives `day` itself, worked or not.
        """
        step = _DAY if working_days > 0 else -_DAY
        left, is_provisional = abs(working_days), self.status(day).is_provisional and working_days == 0
        while left:
            day += step
            status = self.status(day)
            is_provisional |= status.is_provisional
            left -= status.is_workday
        return Due(day, is_provisional)

    def count(self, since: date, until: date) -> Count:
        """Return how many working days lie after `since` up to and with `until`.

        The inverse of `add`: ``count(day, add(day, n).day).days == n``. Where `until` is earlier, the working days from
        `until` up to but without `since`, as a negative number.
        """
        if until < since:
            first, last, sign = until, since - _DAY, -1
        else:
            first, last, sign = since + _DAY, until, 1
        before = first - _DAY
        days, provisional = (
            end - begin for begin, end in zip(self._until(before), self._until(last), strict=True)
        )
        for year in range(before.year, last.year):
            worked_all_year, provisional_all_year = self._sums_of(year)
            days += worked_all_year[-1]
            provisional += provisional_all_year[-1]
        return Count(sign * days, provisional > 0)

    def _until(self, day: date) -> tuple[int, int]:
        """Return how many working days, and how many provisional days, its year has had by the end of `day`."""
        worked, provisional = self._sums_of(day.year)
        place = day.timetuple().tm_yday - 1
        return worked[place], provisional[place]

    def _sums_of(self, year: int) -> tuple[list[int], list[int]]:
        sums = self._sums.get(year)
        if sums is None:
            first = date(year, 1, 1)
            statuses = [
                self.status(first + step * _DAY) for step in range((date(year, 12, 31) - first).days + 1)
            ]
            sums = self._sums[year] = (
                list(accumulate(int(status.is_workday) for status in statuses)),
                list(accumulate(int(status.is_provisional) for status in statuses)),
            )
        return sums

    def next_workday(self, day: date) -> Due:
        """Return `day`, or the first working day after it (民法典第二百零三条)."""
        return self._nearest(day, _DAY)

    def last_workday(self, day: date) -> Due:
        """Return `day`, or the last working day before it."""
        return self._nearest(day, -_DAY)

    def _nearest(self, day: date, step: timedelta) -> Due:
        status = self.status(day)
        is_provisional = status.is_provisional
        while not status.is_workday:
            status = self.status(status.day + step)
            is_provisional |= status.is_provisional
        return Due(status.day, is_provisional)


@cache
def _published_years() -> range:
    return range(min(constants.holidays).year, max(constants.holidays).year + 1)


def last_published_year() -> int:
    """Return the last year whose notice the package carries."""
    return _published_years()[-1]


def _published_status(day: date, is_published: bool) -> DayStatus:
    is_weekend = day.weekday() >= _SATURDAY
    if day in constants.workdays:
        return DayStatus(day, True, Ground.MAKE_UP if is_weekend else Ground.WEEKDAY)
    if day in constants.holidays:
        return DayStatus(day, False, Ground.REST)
    if day.year not in _published_years() and _is_statutory(day):
        return DayStatus(day, False, Ground.STATUTORY)
    return DayStatus(day, not is_weekend, Ground.WEEKEND if is_weekend else Ground.WEEKDAY, not is_published)


@cache
def _statutory() -> tuple[date, frozenset[str], dict[int, frozenset[str]]]:
    text = resources.files("luoshi.cadence").joinpath("statutory.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    by_year = {year: frozenset(days) for year, days in data["by_year"].items()}
    return data["since"], frozenset(data["every_year"]), by_year


def _is_statutory(day: date) -> bool:
    since, every_year, by_year = _statutory()
    written = f"{day:%m-%d}"
    return day >= since and (written in every_year or written in by_year.get(day.year, ()))
