"""What a year knows about chasing (催办督办状态): reminders sent, notices, instructions and tasks."""

from __future__ import annotations

from datetime import date

import msgspec

from luoshi.delivery.chasing import notice, task
from luoshi.delivery.chasing.notice import NOTICE_FACTS, Notices
from luoshi.delivery.chasing.task import TASK_FACTS, Instruction, InstructionGiven, Tasks
from luoshi.ledger.entry import Entry
from luoshi.ledger.fact import Fact


class SentReminder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reminder: unit, key of what is owed, its due day, and working days from that day (negative before)."""

    unit: str
    key: str
    due: date
    offset: int


class RemindersSent(Fact, frozen=True, kw_only=True, tag="reminders_sent"):
    """Units were reminded, by a rule."""

    rule: str
    reminders: tuple[SentReminder, ...]


CHASING_FACTS: tuple[type[Fact], ...] = (RemindersSent, *NOTICE_FACTS, *TASK_FACTS)


class Chasing(msgspec.Struct, frozen=True, kw_only=True):
    """What is known.

    Attributes:
        reminded: Reminders that were sent.
        notices: Supervision notices by number.
        instructions: Instructions, oldest first.
        tasks: Tasks by number.
    """

    reminded: frozenset[SentReminder] = frozenset()
    notices: Notices = {}
    instructions: tuple[Instruction, ...] = ()
    tasks: Tasks = {}


def applied(chasing: Chasing, fact: Fact, entry: Entry, on: date) -> Chasing:
    """Return what is known after one of `CHASING_FACTS`.

    Args:
        chasing: Before.
        fact: The fact.
        entry: Its entry.
        on: Day on which it was known.
    """
    replace = msgspec.structs.replace
    match fact:
        case RemindersSent(reminders=reminders):
            return replace(chasing, reminded=chasing.reminded | frozenset(reminders))
        case InstructionGiven():
            given = Instruction(fact=fact, lineage=entry.lineage, entry=entry.number, day=on)
            return replace(chasing, instructions=(*chasing.instructions, given))
        case _ if isinstance(fact, NOTICE_FACTS):
            return replace(chasing, notices=notice.applied(chasing.notices, fact, entry, on))
        case _:
            return replace(chasing, tasks=task.applied(chasing.tasks, fact, entry, on))
