"""Supervision notices (督办单): numbered in a series, one matter each, to be answered in working days, returned, closed, circulated, looked back at.

The number runs through the plan-year without gaps. Every round (the notice, and each return of an answer) has its own limit; its clock explains itself (`luoshi.cadence.clock`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal

import msgspec

from luoshi.cadence.clock import Clock, reckon
from luoshi.cadence.limit import Limit, PeriodType
from luoshi.cadence.workday import WorkCalendar
from luoshi.delivery.chasing.rule import ChasingRule
from luoshi.delivery.fault import DeliveryError
from luoshi.kernel.label import Labelled
from luoshi.ledger.entry import Entry, Proposal
from luoshi.ledger.fact import Fact
from luoshi.ledger.note import NoteRef


class NoticeState(Labelled):
    """How far a notice has come (督办单状态)."""

    ISSUED = "issued", "待回复", "to be answered"
    REPLIED = "replied", "待核查", "answered, to be checked"
    RETURNED = "returned", "已退回", "answer returned"
    CLOSED = "closed", "已销号", "closed out"

    @property
    def waits_for_unit(self) -> bool:
        """Whether the unit has to act."""
        return self in (NoticeState.ISSUED, NoticeState.RETURNED)


class LookBack(Labelled):
    """What a look-back found (回头看结论)."""

    HOLDS = "holds", "没有反弹", "it holds"
    CAME_BACK = "came_back", "出现反弹", "it came back"


class NoticeIssued(Fact, frozen=True, kw_only=True, tag="notice_issued"):
    """A notice went to the unit of the entry.

    Attributes:
        number: Its number in the plan-year.
        about: Keys of what is owed (`luoshi.delivery.chasing.owing.Owed.key`); empty where a supervisor raises the matter himself.
        request: What is asked.
        limit: How long the unit has to answer.
        due: Last day in time.
    """

    number: int
    about: tuple[str, ...]
    request: NoteRef
    limit: Limit
    due: date


class NoticeReplied(Fact, frozen=True, kw_only=True, tag="notice_replied"):
    """The unit answered a notice."""

    number: int
    reply: NoteRef


class NoticeReturned(Fact, frozen=True, kw_only=True, tag="notice_returned"):
    """The supervisor returned an answer: why, how long the unit has now, until when."""

    number: int
    reason: NoteRef
    limit: Limit
    due: date


class NoticeClosed(Fact, frozen=True, kw_only=True, tag="notice_closed"):
    """The supervisor checked the answer and closed the notice out (销号)."""

    number: int
    finding: NoteRef


class NoticeCirculated(Fact, frozen=True, kw_only=True, tag="notice_circulated"):
    """That a notice is overdue was circulated (通报)."""

    number: int
    reason: NoteRef


class NoticeLookedBack(Fact, frozen=True, kw_only=True, tag="notice_looked_back"):
    """The supervisor looked back at a notice that was closed out (回头看).

    Attributes:
        number: Its number.
        finding: What he found.
        limit: How long the unit has to answer again where the matter came back; None where it holds.
        due: Last day in time of that; None where it holds.
    """

    number: int
    finding: NoteRef
    limit: Limit | None = None
    due: date | None = None


NOTICE_FACTS: tuple[type[Fact], ...] = (
    NoticeIssued,
    NoticeReplied,
    NoticeReturned,
    NoticeClosed,
    NoticeCirculated,
    NoticeLookedBack,
)


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """A round: day on which it began, limit, last day in time; day and entry of the answer, entry of the circulation, once there are."""

    since: date
    limit: Limit
    due: date
    replied: date | None = None
    reply_entry: int = 0
    circulated: int = 0

    def is_late(self, on: date) -> bool:
        """Tell whether the answer came late, or has not come and is overdue on a day."""
        return (self.replied or on) > self.due


class SupervisionNotice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice.

    Attributes:
        number: Its number in the plan-year.
        unit: Unit that it went to.
        lineage: Commitment that it is about, or "".
        fact: What was issued.
        entry: Its entry.
        day: Day of issue.
        state: How far it has come.
        rounds: Rounds, oldest first.
        closed: Day of the last close-out, or None; it stays where the matter came back.
        waits_for_look_back: Whether it is closed out and nobody has looked back at it since.
        trail: Entries about it, its own first.
    """

    number: int
    unit: str
    lineage: str
    fact: NoticeIssued
    entry: int
    day: date
    state: NoticeState = NoticeState.ISSUED
    rounds: tuple[Round, ...]
    closed: date | None = None
    waits_for_look_back: bool = False
    trail: tuple[int, ...]

    @property
    def running(self) -> Round:
        """The round that runs, or ran last."""
        return self.rounds[-1]

    @property
    def due(self) -> date:
        """Last day in time of the running round."""
        return self.running.due

    def is_late(self, on: date) -> bool:
        """Tell whether any round was answered late, or the running one is overdue on a day."""
        return any(one.is_late(on) for one in self.rounds)

    def label(self, year: int, prefix: str = "") -> str:
        """Return how people cite it: ``绫督〔2026〕3号``."""
        return f"{prefix}〔{year}〕{self.number}号"


Notices = Mapping[int, SupervisionNotice]


def applied(notices: Notices, fact: Fact, entry: Entry, on: date) -> Notices:
    """Return the notices by number after one of `NOTICE_FACTS`.

    Args:
        notices: Before.
        fact: The fact.
        entry: Its entry.
        on: Day on which it was known.
    """
    if isinstance(fact, NoticeIssued):
        notice = SupervisionNotice(
            number=fact.number, unit=entry.unit, lineage=entry.lineage, fact=fact, entry=entry.number, day=on,
            rounds=(Round(since=on, limit=fact.limit, due=fact.due),), trail=(entry.number,),
        )  # fmt: skip
        return {**notices, fact.number: notice}
    before = notices.get(getattr(fact, "number", 0))
    if before is None:
        return notices
    return {**notices, before.number: _after(before, fact, entry, on)}


def _after(before: SupervisionNotice, fact: Fact, entry: Entry, on: date) -> SupervisionNotice:
    replace = msgspec.structs.replace
    after = replace(before, trail=(*before.trail, entry.number))
    match fact:
        case NoticeReplied():
            running = replace(before.running, replied=on, reply_entry=entry.number)
            return replace(after, state=NoticeState.REPLIED, rounds=(*before.rounds[:-1], running))
        case NoticeReturned(limit=limit, due=due):
            rounds = (*before.rounds, Round(since=on, limit=limit, due=due))
            return replace(after, state=NoticeState.RETURNED, rounds=rounds)
        case NoticeClosed():
            return replace(after, state=NoticeState.CLOSED, closed=on, waits_for_look_back=True)
        case NoticeLookedBack(limit=limit, due=due):
            after = replace(after, waits_for_look_back=False)
            if limit is None or due is None:
                return after
            rounds = (*before.rounds, Round(since=on, limit=limit, due=due))
            return replace(after, state=NoticeState.RETURNED, rounds=rounds)
        case NoticeCirculated():
            running = replace(before.running, circulated=entry.number)
            return replace(after, rounds=(*before.rounds[:-1], running))
        case _:
            return after


def clock_of(notice: SupervisionNotice, on: date, calendar: WorkCalendar) -> Clock:
    """Return where the running round's limit stands at the end of a day, with the reckoning step by step."""
    running = notice.running
    closed = datetime.combine(running.replied, time()) if running.replied is not None else None
    return reckon(
        running.limit, datetime.combine(running.since, time()), at=datetime.combine(on, time()), calendar=calendar, closed=closed
    )  # fmt: skip


def issue(
    notices: Notices, *, unit: str, lineage: str, about: Sequence[str], request: NoteRef, limit: Limit, calendar: WorkCalendar,
    on: date,
) -> Proposal:  # fmt: skip
    """Return the entry with which a notice goes to a unit, with the next number of the series.

    Raises:
        DeliveryError: No unit is named (L255), it does not say what is asked (L341), the limit is not in whole working days (L342), or a notice about the same is open (L343).
    """
    if not unit:
        raise DeliveryError("L255")
    if not request.length:
        raise DeliveryError("L341")
    open_ones = [one for one in notices.values() if one.state is not NoticeState.CLOSED]
    same = next((one for one in open_ones if set(one.fact.about) & set(about)), None)
    if same is not None:
        raise DeliveryError("L343", {"number": same.number})
    fact = NoticeIssued(
        number=max(notices, default=0) + 1, about=tuple(about), request=request, limit=limit, due=_due(limit, on, calendar)
    )  # fmt: skip
    return Proposal(fact=fact, day=on, lineage=lineage, unit=unit)


def _due(limit: Limit, on: date, calendar: WorkCalendar) -> date:
    is_whole = limit.amount == limit.amount.to_integral_value() and limit.amount >= Decimal(1)
    if limit.type is not PeriodType.WORKING_DAY or not is_whole:
        raise DeliveryError("L342")
    begin = datetime.combine(on, time())
    due = reckon(limit, begin, at=begin, calendar=calendar).due_day
    assert due is not None  # a clock that no pause stops has an end
    return due


def reply(
    notice: SupervisionNotice, *, words: NoteRef, evidence: Sequence[str], unit: str, on: date
) -> Proposal:
    """Return the entry with which the unit answers.

    Raises:
        DeliveryError: It went to another unit (L344), does not wait for an answer (L345), or the answer has no words (L346).
    """
    if not unit or unit != notice.unit:
        raise DeliveryError("L344", {"unit": notice.unit})
    if not notice.state.waits_for_unit:
        raise DeliveryError("L345")
    if not words.length:
        raise DeliveryError("L346")
    fact = NoticeReplied(number=notice.number, reply=words)
    return Proposal(
        fact=fact, day=on, lineage=notice.lineage, unit=unit, evidence=tuple(dict.fromkeys(evidence))
    )


def give_back(
    notice: SupervisionNotice, *, reason: NoteRef, limit: Limit, calendar: WorkCalendar, on: date
) -> Proposal:
    """Return the entry with which the supervisor returns an answer.

    Raises:
        DeliveryError: No answer waits (L347), the reason is missing (L207), or the limit is not in whole working days (L342).
    """
    _require_replied(notice)
    _require_reason(reason)
    fact = NoticeReturned(number=notice.number, reason=reason, limit=limit, due=_due(limit, on, calendar))
    return Proposal(fact=fact, day=on, lineage=notice.lineage, unit=notice.unit)


def close(notice: SupervisionNotice, *, finding: NoteRef, on: date) -> Proposal:
    """Return the entry with which the supervisor closes a notice out.

    Raises:
        DeliveryError: No answer waits (L347), or it is not said what was found (L348).
    """
    _require_replied(notice)
    if not finding.length:
        raise DeliveryError("L348")
    fact = NoticeClosed(number=notice.number, finding=finding)
    return Proposal(fact=fact, day=on, lineage=notice.lineage, unit=notice.unit)


def look_back(
    notice: SupervisionNotice, *, finding: NoteRef, limit: Limit | None, calendar: WorkCalendar, on: date
) -> Proposal:
    """Return the entry with which the supervisor says what he found when he looked back at a notice that was closed out.

    Args:
        notice: The notice.
        finding: What he found.
        limit: How long the unit has to answer again where the matter came back, which opens the notice again; None where it holds.
        calendar: Calendar in which the limit counts.
        on: Day.

    Raises:
        DeliveryError: It is not closed out (L364), it is not said what was found (L348), or the limit is not in whole working days (L342).
    """
    if notice.state is not NoticeState.CLOSED:
        raise DeliveryError("L364")
    if not finding.length:
        raise DeliveryError("L348")
    due = _due(limit, on, calendar) if limit is not None else None
    fact = NoticeLookedBack(number=notice.number, finding=finding, limit=limit, due=due)
    return Proposal(fact=fact, day=on, lineage=notice.lineage, unit=notice.unit)


def look_backs_due(
    notices: Notices, rule: ChasingRule, *, calendar: WorkCalendar
) -> tuple[tuple[date, SupervisionNotice], ...]:
    """Return the notices that wait to be looked back at, each with the day by which the rule wants it, the first due first."""
    waiting = [one for one in notices.values() if one.waits_for_look_back and one.closed is not None]
    due = [(calendar.add(one.closed, rule.look_back).day, one) for one in waiting if one.closed is not None]
    return tuple(sorted(due, key=lambda pair: (pair[0], pair[1].number)))


def circulate(notice: SupervisionNotice, *, reason: NoteRef, on: date) -> Proposal:
    """Return the entry with which it is circulated that a notice is overdue.

    Raises:
        DeliveryError: It is not overdue (L349), was circulated in this round already (L350), or the reason is missing (L207).
    """
    if not notice.state.waits_for_unit or not notice.running.is_late(on):
        raise DeliveryError("L349")
    if notice.running.circulated:
        raise DeliveryError("L350")
    _require_reason(reason)
    fact = NoticeCirculated(number=notice.number, reason=reason)
    return Proposal(fact=fact, day=on, lineage=notice.lineage, unit=notice.unit)


def _require_replied(notice: SupervisionNotice) -> None:
    if notice.state is not NoticeState.REPLIED:
        raise DeliveryError("L347")


def _require_reason(reason: NoteRef) -> None:
    if not reason.length:
        raise DeliveryError("L207")
