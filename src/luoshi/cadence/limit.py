"""Limits of time (时限): how much, counted in what, and on which text it rests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

import msgspec
import yaml

from luoshi.kernel.label import Labelled, Language


class PeriodType(Labelled):
    """What a period is counted in (期间单位)."""

    WORKING_DAY = "working_day", "工作日", "working days"
    CALENDAR_DAY = "calendar_day", "自然日", "calendar days"
    MONTH = "month", "个月", "months"
    HOUR = "hour", "小时", "hours"
    WORKING_HOUR = "working_hour", "工作小时", "working hours"

    @property
    def is_of_days(self) -> bool:
        """Whether it ends with a day and not at an hour."""
        return self in (PeriodType.WORKING_DAY, PeriodType.CALENDAR_DAY, PeriodType.MONTH)


class Limit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A limit of time.

    Attributes:
        amount: How much; whole for days, calendar days and months, except that a part of one working day (0.5) is allowed.
        type: What it is counted in.
        basis: Text that sets it, as a reader would look it up (行政许可法第四十二条).
        counts_first_day: Whether the day on which it begins is its first day; no by default.
    """

    amount: Decimal
    type: PeriodType = PeriodType.WORKING_DAY
    basis: str = ""
    counts_first_day: bool = False

    @property
    def is_part_of_a_day(self) -> bool:
        """Whether it is less than a whole working day, so that hours at work are counted."""
        return self.type is PeriodType.WORKING_DAY and self.amount != self.amount.to_integral_value()

    def label(self, language: Language = "zh") -> str:
        """Return the limit as a sentence says it: 20个工作日."""
        amount = format(self.amount.normalize(), "f")
        if language == "en":
            return f"{amount} {self.type.en}"
        between = "" if self.type in (PeriodType.MONTH, PeriodType.HOUR) else "个"
        return f"{amount}{between}{self.type.zh}"


class Pausing(msgspec.Struct, frozen=True, kw_only=True):
    """Why a clock may stand still (暂停原因): code, names, the text that allows it."""

    code: str
    zh: str
    en: str
    basis: str

    def label(self, language: Language = "zh") -> str:
        """Return its name."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class CountingRule:
    """How periods are counted: whether the first day counts, and the texts for first day, last day, months and working days."""

    since: date
    first_day_counts: bool
    first_day: str
    last_day: str
    month_end: str
    working_days: str


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Hours at work on a working day, as spans that do not overlap, in order."""

    spans: tuple[tuple[time, time], ...]
    basis: str = ""

    @property
    def minutes(self) -> int:
        """Minutes of a whole working day."""
        return sum(_minutes(until) - _minutes(since) for since, until in self.spans)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


@cache
def _data() -> dict[str, Any]:
    text = resources.files("luoshi.cadence").joinpath("clocks.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def counting_rule(on: date) -> CountingRule:
    """Return the rule of counting in force on a day."""
    rules = [msgspec.convert(one, CountingRule) for one in _data()["rules"]]
    return max((rule for rule in rules if rule.since <= on), key=lambda rule: rule.since)


@cache
def office_hours(on: date) -> OfficeHours:
    """Return the hours at work that hold on a day where a place gives none of its own."""
    newest = max((one for one in _data()["hours"] if one["since"] <= on), key=lambda one: one["since"])
    spans = tuple((time.fromisoformat(since), time.fromisoformat(until)) for since, until in newest["spans"])
    return OfficeHours(spans, newest["basis"])


@cache
def pausings() -> dict[str, Pausing]:
    """Return the reasons for which a clock may stand still, by code."""
    return {
        code: msgspec.convert({"code": code, **given}, Pausing) for code, given in _data()["pauses"].items()
    }
