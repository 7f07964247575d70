"""Dispatch meetings that were held (调度会): minutes, the agenda that was before them, decisions that became tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from luoshi.delivery.chasing.task import Order, TaskOrigin, Tasks, assign
from luoshi.delivery.fault import DeliveryError
from luoshi.ledger.entry import Entry, Proposal
from luoshi.ledger.fact import Fact
from luoshi.ledger.note import NoteRef


class MeetingHeld(Fact, frozen=True, kw_only=True, tag="meeting_held"):
    """A dispatch meeting was held on the entry's day.

    Attributes:
        number: Its number in the plan-year.
        agenda: Digest of the agenda that was before it.
        items: Commitments that were called, in order.
        minutes: What was said and decided (会议纪要).
    """

    number: int
    agenda: str
    items: tuple[str, ...]
    minutes: NoteRef


class MinutesCorrected(Fact, frozen=True, kw_only=True, tag="minutes_corrected"):
    """The minutes of a meeting were corrected, and why; those before stay."""

    number: int
    minutes: NoteRef
    reason: NoteRef


MEETING_FACTS: tuple[type[Fact], ...] = (MeetingHeld, MinutesCorrected)


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting: what was recorded, entry, day, and the minutes, oldest first."""

    fact: MeetingHeld
    entry: int
    day: date
    minutes: tuple[NoteRef, ...]

    @property
    def key(self) -> str:
        """Key by which its tasks name it."""
        return meeting_key(self.fact.number)


def meeting_key(number: int) -> str:
    """Return the key by which tasks name a meeting."""
    return f"meeting-{number}"


Meetings = tuple[Meeting, ...]


def applied(meetings: Meetings, fact: Fact, entry: Entry) -> Meetings:
    """Return the meetings, oldest first, after one of `MEETING_FACTS`.

    Args:
        meetings: Before.
        fact: The fact.
        entry: Its entry.
    """
    match fact:
        case MeetingHeld(minutes=minutes):
            return (*meetings, Meeting(fact=fact, entry=entry.number, day=entry.day, minutes=(minutes,)))
        case MinutesCorrected(number=number, minutes=minutes):
            return tuple(
                msgspec.structs.replace(one, minutes=(*one.minutes, minutes)) if one.fact.number == number else one
                for one in meetings
            )  # fmt: skip
        case _:
            return meetings


def hold(
    meetings: Meetings, tasks: Tasks, *, agenda: str, items: Sequence[str], minutes: NoteRef, orders: Sequence[Order], on: date
) -> tuple[Proposal, ...]:  # fmt: skip
    """Return the entries that record a meeting and make tasks of its decisions.

    Args:
        meetings: Meetings so far.
        tasks: Tasks so far.
        agenda: Digest of the agenda (`luoshi.delivery.dispatch.agenda.Agenda.digest`).
        items: Commitments that were called.
        minutes: What was said and decided.
        orders: Decisions: what which unit is to do by when; none where nothing was decided.
        on: Day of the meeting.

    Raises:
        DeliveryError: The minutes are missing (L361); a meeting of that day or a later one is recorded already (L362); an order is not complete (L354, L355).
    """
    if not minutes.length:
        raise DeliveryError("L361")
    if meetings and on <= meetings[-1].day:
        raise DeliveryError("L362", {"day": meetings[-1].day})
    number = len(meetings) + 1
    fact = MeetingHeld(number=number, agenda=agenda, items=tuple(items), minutes=minutes)
    assigned = assign(tasks, orders, origin=TaskOrigin.MEETING, source=meeting_key(number), on=on)
    return (Proposal(fact=fact, day=on), *assigned)


def correct(meeting: Meeting, *, minutes: NoteRef, reason: NoteRef, on: date) -> Proposal:
    """Return the entry that corrects the minutes of a meeting.

    Raises:
        DeliveryError: The minutes (L361) or the reason (L207) are missing.
    """
    if not minutes.length:
        raise DeliveryError("L361")
    if not reason.length:
        raise DeliveryError("L207")
    fact = MinutesCorrected(number=meeting.fact.number, minutes=minutes, reason=reason)
    return Proposal(fact=fact, day=on, replaces=meeting.entry)
