"""Reporting cycles (填报周期): periods of a year, and when their reports open, fall due and lock.

Rule:
    Luoshi's own, dated data in ``cycles.yaml``: a report opens on the first day after its period, is due on the fifth working
    day and locks after the fifteenth. Published practice differs; Wuhan asks for the twentieth of the month after a quarter.

Limits:
    A period that ends beyond the last published year of working days is provisional.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib import resources

import yaml

from luoshi.cadence.workday import WorkCalendar
from luoshi.kernel.label import Labelled, Language

_ONE_DAY = timedelta(days=1)


class Frequency(Labelled):
    """How often a report is due (填报频次)."""

    MONTH = "month", "每月", "monthly"
    QUARTER = "quarter", "每季", "quarterly"
    HALF_YEAR = "half_year", "每半年", "half-yearly"
    YEAR = "year", "每年", "yearly"

    @property
    def months(self) -> int:
        """Months of a period."""
        return {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[str(self.value)]


class CycleState(Labelled):
    """Where a cycle stands on a day (周期状态)."""

    NOT_OPEN = "not_open", "未开启", "not open yet"
    OPEN = "open", "填报中", "open"
    LATE = "late", "逾期未锁定", "late"
    LOCKED = "locked", "已锁定", "locked"

    @property
    def takes_reports(self) -> bool:
        """Whether a report can be filed."""
        return self in (CycleState.OPEN, CycleState.LATE)


@dataclass(frozen=True, slots=True)
class Period:
    """A month, quarter, half-year or year: key (``2026-03``, ``2026-Q1``, ``2026-H1``, ``2026``), first and last day."""

    key: str
    frequency: Frequency
    start: date
    end: date

    def label(self, language: Language = "zh") -> str:
        """Return how people call it."""
        year = self.start.year
        place = (self.start.month - 1) // self.frequency.months + 1
        if language == "zh":
            return {
                Frequency.MONTH: f"{year}年{place}月",
                Frequency.QUARTER: f"{year}年{'一二三四'[place - 1] if place <= 4 else ''}季度",
                Frequency.HALF_YEAR: f"{year}年{'上下'[place - 1] if place <= 2 else ''}半年",
                Frequency.YEAR: f"{year}年",
            }[self.frequency]
        return {
            Frequency.MONTH: self.start.strftime("%b %Y"),
            Frequency.QUARTER: f"Q{place} {year}",
            Frequency.HALF_YEAR: f"H{place} {year}",
            Frequency.YEAR: str(year),
        }[self.frequency]


@cache
def periods_of(year: int, frequency: Frequency) -> tuple[Period, ...]:
    """Return the periods of a year, in order."""
    size = frequency.months
    return tuple(_period(year, frequency, first) for first in range(1, 13, size))


def _period(year: int, frequency: Frequency, first: int) -> Period:
    last = first + frequency.months - 1
    place = (first - 1) // frequency.months + 1
    key = {
        Frequency.MONTH: f"{year}-{first:02d}",
        Frequency.QUARTER: f"{year}-Q{place}",
        Frequency.HALF_YEAR: f"{year}-H{place}",
        Frequency.YEAR: str(year),
    }[frequency]
    return Period(key, frequency, date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def period_with(key: str) -> Period | None:
    """Return the period of a key; None where it is none."""
    head = key[:4]
    if not (head.isascii() and head.isdigit()):
        return None
    for frequency in Frequency:
        for period in periods_of(int(head), frequency):
            if period.key == key:
                return period
    return None


@dataclass(frozen=True, slots=True)
class CycleRule:
    """When reports open, fall due and lock, in working days after the period's end; from when it is in force, and where it stands.

    `opens` counts calendar days: a report of a month can be begun on the day after it.
    """

    since: date
    reference: str
    opens: int
    due: int
    locked: int


@cache
def rules() -> tuple[CycleRule, ...]:
    """Return the editions of the rule, the oldest first."""
    text = resources.files("luoshi.cadence").joinpath("cycles.yaml").read_text(encoding="utf-8")
    rows = yaml.safe_load(text)["editions"]
    return tuple(sorted((CycleRule(**row) for row in rows), key=lambda rule: rule.since))


@dataclass(frozen=True, slots=True)
class Cycle:
    """A period's report: first day on which it can be filed, day on which it is due, last day on which it is taken."""

    period: Period
    opens: date
    due: date
    last: date
    is_provisional: bool


def cycle_of(period: Period, calendar: WorkCalendar, *, known: Iterable[CycleRule] | None = None) -> Cycle:
    """Return the cycle of a period by the edition in force on the period's last day.

    Args:
        period: The period.
        calendar: Working days of the place.
        known: Editions; those of Luoshi where None is given.

    Raises:
        ValueError: No edition is in force then.
    """
    return _cycle_of(period, calendar, tuple(known) if known is not None else rules())


@lru_cache(maxsize=512)
def _cycle_of(period: Period, calendar: WorkCalendar, known: tuple[CycleRule, ...]) -> Cycle:
    editions = [rule for rule in known if rule.since <= period.end]
    if not editions:
        raise ValueError(f"no edition of the reporting rule is in force on {period.end}")
    rule = max(editions, key=lambda edition: edition.since)
    due, last = calendar.add(period.end, rule.due), calendar.add(period.end, rule.locked)
    return Cycle(
        period,
        period.end + rule.opens * _ONE_DAY,
        due.day,
        last.day,
        due.is_provisional or last.is_provisional,
    )


def state_of(cycle: Cycle, on: date, *, until: date | None = None) -> CycleState:
    """Return where a cycle stands on a day.

    Args:
        cycle: The cycle.
        on: The day.
        until: Day until which more time was given; None where none was.
    """
    if on < cycle.opens:
        return CycleState.NOT_OPEN
    if on <= max(cycle.due, until or cycle.due):
        return CycleState.OPEN
    return CycleState.LATE if on <= cycle.last else CycleState.LOCKED


def last_due(
    frequency: Frequency,
    calendar: WorkCalendar,
    on: date,
    *,
    year: int,
    extended: dict[str, date] | None = None,
) -> Cycle | None:
    """Return the newest cycle of a year whose due day has passed; None where none has.

    Args:
        frequency: How often reports are due.
        calendar: Working days of the place.
        on: The day.
        year: Year of the plan.
        extended: By period the day until which more time was given.
    """
    more = extended or {}
    for period in reversed(periods_of(year, frequency)):
        if period.end >= on:
            continue
        cycle = cycle_of(period, calendar)
        if max(cycle.due, more.get(period.key, cycle.due)) < on:
            return cycle
    return None


_BY_KNOWN = {
    "daily": Frequency.MONTH,
    "monthly": Frequency.MONTH,
    "quarterly": Frequency.QUARTER,
    "half_yearly": Frequency.HALF_YEAR,
    "yearly": Frequency.YEAR,
}


def frequency_of(indicator: str | None, course: str) -> Frequency:
    """Return how often a target is due: as often as its indicator moves.

    Args:
        indicator: How often the indicator is known (``monthly``, ``yearly`` …); None where the target has no indicator.
        course: Key of the target's course; what is known once a year is due once a year.
    """
    if course == "annual":
        return Frequency.YEAR
    return _BY_KNOWN.get(indicator or "", Frequency.MONTH)
