"""Clocks (时限计时): when a period that may be paused and extended ends, how much of it is used, and why.

Standard:
    民法典 arts. 201 to 203 and 行政许可法 arts. 42, 45 and 82, as dated data in ``clocks.yaml``. The day on which a period begins does not count. A pause begins to
    count on the day after it was ordered and ends with the day on which it is lifted, so that a pause lifted on its own day costs nothing.

Limits:
    Moments are wall-clock times of the place, without a zone: the caller converts. Past the last published year of days off an end is provisional.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import msgspec

from luoshi.cadence.limit import (
    CountingRule,
    Limit,
    OfficeHours,
    PeriodType,
    counting_rule,
    office_hours,
    pausings,
)
from luoshi.cadence.workday import WorkCalendar
from luoshi.kernel.label import Language
from luoshi.kernel.message import text_of

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_HOUR = Decimal(60)


class Pause(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time that does not count: since when, until when (None while it lasts), reason code."""

    since: datetime
    until: datetime | None = None
    reason: str


class Extension(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """More time: how much, in what the limit is counted in, and the text that allows it."""

    amount: Decimal
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the reckoning: code of its message, what fills it, and a name in both languages that fills ``{name}``."""

    code: str
    parameters: dict[str, str]
    zh: str = ""
    en: str = ""

    def describe(self, language: Language = "zh") -> str:
        """Return the step as a sentence."""
        name = self.zh if language == "zh" else self.en
        return text_of(self.code, self.parameters | {"name": name}, language)


@dataclass(frozen=True, slots=True)
class Clock:
    """A period as it stands at a moment.

    Attributes:
        limit: The limit, extensions included.
        due: Day on which it ends, or moment for hours and parts of a day; None while it is paused, because the end moves on.
        elapsed: How much is used, in what the limit is counted in; months in calendar days.
        paused: How much did not count, in the same.
        left: How much is left, negative once it is over; None for months.
        is_paused: Whether it stands still.
        is_over: Whether it ended before the moment.
        is_provisional: Whether the end may still move, because a year's notice of days off is not out.
        reasons: How the end was found, step by step.
    """

    limit: Limit
    due: datetime | None
    elapsed: Decimal
    paused: Decimal
    left: Decimal | None
    is_paused: bool
    is_over: bool
    is_provisional: bool
    reasons: tuple[Reason, ...]

    @property
    def due_day(self) -> date | None:
        """Day on which it ends."""
        return self.due.date() if self.due else None


def reckon(
    limit: Limit,
    since: datetime,
    *,
    at: datetime,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
    hours: OfficeHours | None = None,
    closed: datetime | None = None,
) -> Clock:
    """Return where a period stands.

    Args:
        limit: How long it is.
        since: When it began (receipt, acceptance, entry into a stage).
        at: The moment of asking.
        calendar: Working days of the place.
        pauses: When it stood still; pauses that overlap count once.
        extensions: More time that was given.
        hours: Hours at work of the place; the default where None is given.
        closed: When what was limited was done; nothing is used after it.
    """
    rule = counting_rule(since.date())
    whole = _extended(limit, extensions)
    stop = min(at, closed) if closed is not None else at
    stands = _merged(pauses, since, stop)
    is_paused = closed is None and any(pause.until is None or pause.until > at for pause in pauses)
    counting = _counting(whole, calendar, hours or office_hours(since.date()), rule)
    paused = sum((counting.length(*stand) for stand in stands), Decimal(0))
    elapsed = max(counting.length(counting.start(since), stop) - paused, Decimal(0))
    end = counting.end(since, stands)
    due = None if is_paused else end.due
    reasons = [
        *_beginning(limit, since, rule),
        *_pausing(pauses, stop),
        *_extending(extensions),
        *end.reasons,
    ]
    if end.is_provisional:
        reasons.append(Reason("D110", {}))
    is_over = due is not None and (
        stop > due if not whole.type.is_of_days or whole.is_part_of_a_day else stop.date() > due.date()
    )
    left = None if whole.type is PeriodType.MONTH else counting.total - elapsed
    return Clock(
        limit=whole, due=due, elapsed=elapsed, paused=paused, left=left, is_paused=is_paused, is_over=is_over,
        is_provisional=end.is_provisional, reasons=tuple(reasons),
    )  # fmt: skip


def _extended(limit: Limit, extensions: Sequence[Extension]) -> Limit:
    more = sum((one.amount for one in extensions), Decimal(0))
    return msgspec.structs.replace(limit, amount=limit.amount + more) if more else limit


def _merged(pauses: Sequence[Pause], since: datetime, stop: datetime) -> list[tuple[datetime, datetime]]:
    """Return when the clock stood still between two moments, without overlaps, in order."""
    found: list[tuple[datetime, datetime]] = []
    for pause in sorted(pauses, key=lambda pause: pause.since):
        begin, end = max(pause.since, since), min(pause.until or stop, stop)
        if end <= begin:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


@dataclass(frozen=True, slots=True)
class _End:
    due: datetime
    is_provisional: bool = False
    reasons: tuple[Reason, ...] = ()


class _Counting(ABC):
    """How one kind of period is measured: the length between two moments, and its end."""

    def __init__(self, limit: Limit, calendar: WorkCalendar, hours: OfficeHours, rule: CountingRule) -> None:
        self.limit, self.calendar, self.hours, self.rule = limit, calendar, hours, rule

    @property
    def total(self) -> Decimal:
        return self.limit.amount

    def start(self, since: datetime) -> datetime:
        """Return the moment after which time counts: the day before, where the first day counts."""
        counts = self.limit.counts_first_day or self.rule.first_day_counts
        return since - _DAY if counts and self.limit.type.is_of_days else since

    @abstractmethod
    def length(self, since: datetime, until: datetime) -> Decimal:
        """Return how much lies between two moments."""

    @abstractmethod
    def end(self, since: datetime, stands: list[tuple[datetime, datetime]]) -> _End:
        """Return when the period ends that began at a moment and stood still between others."""


class _WorkingDays(_Counting):
    def length(self, since: datetime, until: datetime) -> Decimal:
        return Decimal(max(self.calendar.count(since.date(), until.date()).days, 0))

    def end(self, since: datetime, stands: list[tuple[datetime, datetime]]) -> _End:
        paused = sum(self.length(*stand) for stand in stands)
        due = self.calendar.add(self.start(since).date(), int(self.limit.amount + paused))
        return _End(_last_moment(due.day), due.is_provisional)


class _CalendarDays(_Counting):
    def length(self, since: datetime, until: datetime) -> Decimal:
        return Decimal(max((until.date() - since.date()).days, 0))

    def _plain_end(self, since: datetime) -> tuple[date, tuple[Reason, ...]]:
        return self.start(since).date() + int(self.limit.amount) * _DAY, ()

    def end(self, since: datetime, stands: list[tuple[datetime, datetime]]) -> _End:
        day, reasons = self._plain_end(since)
        day += sum(int(self.length(*stand)) for stand in stands) * _DAY
        due = self.calendar.next_workday(day)
        if due.day != day:
            moved = {"day": day.isoformat(), "moved": due.day.isoformat(), "basis": self.rule.last_day}
            reasons = (*reasons, Reason("D124", moved))
        return _End(_last_moment(due.day), due.is_provisional, reasons)


class _Months(_CalendarDays):
    def _plain_end(self, since: datetime) -> tuple[date, tuple[Reason, ...]]:
        begin = self.start(since).date()
        months = begin.month - 1 + int(self.limit.amount)
        year, month = begin.year + months // 12, months % 12 + 1
        last = monthrange(year, month)[1]
        if begin.day <= last:
            return date(year, month, begin.day), ()
        day = date(year, month, last)
        return day, (Reason("D125", {"day": day.isoformat(), "basis": self.rule.month_end}),)


class _Hours(_Counting):
    def length(self, since: datetime, until: datetime) -> Decimal:
        return Decimal(max((until - since) // _MINUTE, 0)) / _HOUR

    def end(self, since: datetime, stands: list[tuple[datetime, datetime]]) -> _End:
        paused = sum((self.length(*stand) for stand in stands), Decimal(0))
        return _End(since + _MINUTE * int((self.limit.amount + paused) * _HOUR))


class _WorkingHours(_Counting):
    """Hours at work; a part of a working day is that part of its hours, and is shown in working days."""

    @property
    def _unit(self) -> Decimal:
        """Minutes of one unit of the limit."""
        return Decimal(self.hours.minutes) if self.limit.type is PeriodType.WORKING_DAY else _HOUR

    def start(self, since: datetime) -> datetime:
        return since

    def length(self, since: datetime, until: datetime) -> Decimal:
        minutes = sum(
            max((min(end, until) - max(begin, since)) // _MINUTE, 0)
            for begin, end in self._at_work(since.date(), until.date())
        )
        return Decimal(minutes) / self._unit

    def _at_work(self, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
        day = first
        while day <= last:
            if self.calendar.is_workday(day):
                for begin, end in self.hours.spans:
                    yield datetime.combine(day, begin), datetime.combine(day, end)
            day += _DAY

    def end(self, since: datetime, stands: list[tuple[datetime, datetime]]) -> _End:
        paused = sum((self.length(*stand) for stand in stands), Decimal(0))
        left = int((self.limit.amount + paused) * self._unit)
        day, is_provisional = since.date(), False
        while True:
            is_provisional |= self.calendar.status(day).is_provisional
            for begin, end in self._at_work(day, day):
                here = max(begin, since)
                room = max((end - here) // _MINUTE, 0)
                if left <= room:
                    return _End(here + left * _MINUTE, is_provisional)
                left -= room
            day += _DAY


def _counting(limit: Limit, calendar: WorkCalendar, hours: OfficeHours, rule: CountingRule) -> _Counting:
    if limit.is_part_of_a_day or limit.type is PeriodType.WORKING_HOUR:
        return _WorkingHours(limit, calendar, hours, rule)
    kinds: dict[PeriodType, type[_Counting]] = {
        PeriodType.WORKING_DAY: _WorkingDays,
        PeriodType.CALENDAR_DAY: _CalendarDays,
        PeriodType.MONTH: _Months,
        PeriodType.HOUR: _Hours,
    }
    return kinds[limit.type](limit, calendar, hours, rule)


def _last_moment(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59))


def _beginning(limit: Limit, since: datetime, rule: CountingRule) -> Iterator[Reason]:
    told = {"since": since.date().isoformat(), "basis": limit.basis or "—"}
    yield Reason("D120", told, limit.label("zh"), limit.label("en"))
    if limit.type.is_of_days and not limit.is_part_of_a_day:
        if limit.counts_first_day or rule.first_day_counts:
            yield Reason("D127", {})
        else:
            yield Reason("D121", {"basis": rule.first_day})
    if limit.type is PeriodType.WORKING_DAY:
        yield Reason("D126", {"basis": rule.working_days})


def _pausing(pauses: Iterable[Pause], stop: datetime) -> Iterator[Reason]:
    for pause in sorted(pauses, key=lambda pause: pause.since):
        if pause.since > stop:
            continue
        why = pausings().get(pause.reason)
        told = {
            "since": pause.since.date().isoformat(),
            "until": pause.until.date().isoformat() if pause.until and pause.until <= stop else "…",
            "basis": why.basis if why else "—",
        }
        yield Reason("D122", told, why.zh if why else pause.reason, why.en if why else pause.reason)


def _extending(extensions: Sequence[Extension]) -> Iterator[Reason]:
    for one in extensions:
        yield Reason("D123", {"amount": format(one.amount.normalize(), "f"), "basis": one.basis or "—"})
