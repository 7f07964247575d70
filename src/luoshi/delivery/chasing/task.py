"""Tasks (交办事项): what a leader's instruction (批示), a meeting or a drill asks of a unit, tracked until it is closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from luoshi.delivery.fault import DeliveryError
from luoshi.kernel.label import Labelled
from luoshi.ledger.entry import Entry, Proposal
from luoshi.ledger.fact import Fact
from luoshi.ledger.note import NoteRef


class TaskOrigin(Labelled):
    """Where a task comes from (交办来源)."""

    INSTRUCTION = "instruction", "领导批示", "a leader's instruction"
    MEETING = "meeting", "调度会", "a dispatch meeting"
    DRILL = "drill", "拉练", "a drill"


class TaskState(Labelled):
    """How far a task has come (交办状态)."""

    ASSIGNED = "assigned", "待接收", "to be accepted"
    ACCEPTED = "accepted", "办理中", "being done"
    REPLIED = "replied", "待核查", "answered, to be checked"
    RETURNED = "returned", "已退回", "answer returned"
    CLOSED = "closed", "已办结", "closed"

    @property
    def waits_for_unit(self) -> bool:
        """Whether the unit has to act."""
        return self in (TaskState.ASSIGNED, TaskState.ACCEPTED, TaskState.RETURNED)


class InstructionGiven(Fact, frozen=True, kw_only=True, tag="instruction_given"):
    """A leader gave an instruction.

    Attributes:
        number: Its number in the plan-year.
        leader: Who gave it, as an opaque identity.
        words: The instruction.
    """

    number: int
    leader: str
    words: NoteRef


class TaskAssigned(Fact, frozen=True, kw_only=True, tag="task_assigned"):
    """A task went to the unit of the entry.

    Attributes:
        number: Its number in the plan-year.
        origin: Where it comes from.
        source: Key of the instruction, meeting or drill.
        words: What is to be done.
        due: By when.
    """

    number: int
    origin: TaskOrigin
    source: str
    words: NoteRef
    due: date


class TaskAccepted(Fact, frozen=True, kw_only=True, tag="task_accepted"):
    """The unit took a task on."""

    number: int


class TaskReplied(Fact, frozen=True, kw_only=True, tag="task_replied"):
    """The unit said what it did about a task."""

    number: int
    reply: NoteRef


class TaskReturned(Fact, frozen=True, kw_only=True, tag="task_returned"):
    """The supervisor returned an answer: why, and until when the unit has now."""

    number: int
    reason: NoteRef
    due: date


class TaskClosed(Fact, frozen=True, kw_only=True, tag="task_closed"):
    """The supervisor closed a task, and what he found."""

    number: int
    finding: NoteRef


TASK_FACTS: tuple[type[Fact], ...] = (
    InstructionGiven,
    TaskAssigned,
    TaskAccepted,
    TaskReplied,
    TaskReturned,
    TaskClosed,
)


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A task.

    Attributes:
        number: Its number in the plan-year.
        unit: Unit that it went to.
        lineage: Commitment that it is about, or "".
        fact: What was assigned.
        entry: Its entry.
        day: Day on which it was assigned.
        state: How far it has come.
        due: By when, as it stands.
        replied: Day of the newest answer; None before.
        trail: Entries about it, its own first.
    """

    number: int
    unit: str
    lineage: str
    fact: TaskAssigned
    entry: int
    day: date
    state: TaskState = TaskState.ASSIGNED
    due: date
    replied: date | None = None
    trail: tuple[int, ...]


class Instruction(msgspec.Struct, frozen=True, kw_only=True):
    """An instruction: what was given, commitment, entry, day."""

    fact: InstructionGiven
    lineage: str
    entry: int
    day: date

    @property
    def key(self) -> str:
        """Key by which its tasks name it."""
        return instruction_key(self.fact.number)


def instruction_key(number: int) -> str:
    """Return the key by which tasks name an instruction."""
    return f"instruction-{number}"


Tasks = Mapping[int, Task]


def applied(tasks: Tasks, fact: Fact, entry: Entry, on: date) -> Tasks:
    """Return the tasks by number after one of `TASK_FACTS`; an instruction changes none.

    Args:
        tasks: Before.
        fact: The fact.
        entry: Its entry.
        on: Day on which it was known.
    """
    if isinstance(fact, InstructionGiven):
        return tasks
    if isinstance(fact, TaskAssigned):
        task = Task(
            number=fact.number, unit=entry.unit, lineage=entry.lineage, fact=fact, entry=entry.number, day=on, due=fact.due,
            trail=(entry.number,),
        )  # fmt: skip
        return {**tasks, fact.number: task}
    before = tasks.get(getattr(fact, "number", 0))
    if before is None:
        return tasks
    replace = msgspec.structs.replace
    after = replace(before, trail=(*before.trail, entry.number))
    match fact:
        case TaskAccepted():
            after = replace(after, state=TaskState.ACCEPTED)
        case TaskReplied():
            after = replace(after, state=TaskState.REPLIED, replied=on)
        case TaskReturned(due=due):
            after = replace(after, state=TaskState.RETURNED, due=due)
        case TaskClosed():
            after = replace(after, state=TaskState.CLOSED)
    return {**tasks, before.number: after}


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be assigned: unit, commitment or "", what is to be done, by when."""

    unit: str
    words: NoteRef
    due: date
    lineage: str = ""


def instruct(
    instructions: Sequence[Instruction], tasks: Tasks, *, leader: str, words: NoteRef, lineage: str, orders: Sequence[Order],
    on: date,
) -> tuple[Proposal, ...]:  # fmt: skip
    """Return the entries with which an instruction is recorded and becomes tasks.

    Args:
        instructions: Instructions so far.
        tasks: Tasks so far.
        leader: Who gave it, as an opaque identity.
        words: The instruction.
        lineage: Commitment that it is about, or "".
        orders: What which unit is to do; at least one.
        on: Day.

    Raises:
        DeliveryError: It is not said who gave it (L351), it has no words (L352), nobody is to do anything (L353), or an order is not complete (L354, L355).
    """
    if not leader:
        raise DeliveryError("L351")
    if not words.length:
        raise DeliveryError("L352")
    number = max((one.fact.number for one in instructions), default=0) + 1
    given = Proposal(
        fact=InstructionGiven(number=number, leader=leader, words=words), day=on, lineage=lineage
    )
    assigned = assign(tasks, orders, origin=TaskOrigin.INSTRUCTION, source=instruction_key(number), on=on)
    if not assigned:
        raise DeliveryError("L353")
    return (given, *assigned)


def assign(
    tasks: Tasks, orders: Sequence[Order], *, origin: TaskOrigin, source: str, on: date
) -> tuple[Proposal, ...]:
    """Return the entries with which tasks go to units, with the next numbers of the series.

    Raises:
        DeliveryError: An order names no unit or does not say what is to be done (L354), or its day is past (L355).
    """
    first = max(tasks, default=0) + 1
    made = []
    for number, order in enumerate(orders, first):
        if not order.unit or not order.words.length:
            raise DeliveryError("L354")
        if order.due < on:
            raise DeliveryError("L355", {"day": order.due})
        fact = TaskAssigned(number=number, origin=origin, source=source, words=order.words, due=order.due)
        made.append(Proposal(fact=fact, day=on, lineage=order.lineage, unit=order.unit))
    return tuple(made)


def accept(task: Task, *, unit: str, on: date) -> Proposal:
    """Return the entry with which the unit takes a task on.

    Raises:
        DeliveryError: It went to another unit (L344), or was taken on already (L356).
    """
    _require_unit(task, unit)
    if task.state is not TaskState.ASSIGNED:
        raise DeliveryError("L356")
    return Proposal(fact=TaskAccepted(number=task.number), day=on, lineage=task.lineage, unit=unit)


def reply(task: Task, *, words: NoteRef, evidence: Sequence[str], unit: str, on: date) -> Proposal:
    """Return the entry with which the unit says what it did.

    Raises:
        DeliveryError: It went to another unit (L344), was not taken on or does not wait for an answer (L357), or the answer has no words (L346).
    """
    _require_unit(task, unit)
    if task.state not in (TaskState.ACCEPTED, TaskState.RETURNED):
        raise DeliveryError("L357")
    if not words.length:
        raise DeliveryError("L346")
    fact = TaskReplied(number=task.number, reply=words)
    return Proposal(
        fact=fact, day=on, lineage=task.lineage, unit=unit, evidence=tuple(dict.fromkeys(evidence))
    )


def give_back(task: Task, *, reason: NoteRef, due: date, on: date) -> Proposal:
    """Return the entry with which the supervisor returns an answer.

    Raises:
        DeliveryError: No answer waits (L347), the reason is missing (L207), or the new day is past (L355).
    """
    _require_replied(task)
    if not reason.length:
        raise DeliveryError("L207")
    if due < on:
        raise DeliveryError("L355", {"day": due})
    fact = TaskReturned(number=task.number, reason=reason, due=due)
    return Proposal(fact=fact, day=on, lineage=task.lineage, unit=task.unit)


def close(task: Task, *, finding: NoteRef, on: date) -> Proposal:
    """Return the entry with which the supervisor closes a task.

    Raises:
        DeliveryError: No answer waits (L347), or it is not said what was found (L348).
    """
    _require_replied(task)
    if not finding.length:
        raise DeliveryError("L348")
    fact = TaskClosed(number=task.number, finding=finding)
    return Proposal(fact=fact, day=on, lineage=task.lineage, unit=task.unit)


def _require_unit(task: Task, unit: str) -> None:
    if not unit or unit != task.unit:
        raise DeliveryError("L344", {"unit": task.unit})


def _require_replied(task: Task) -> None:
    if task.state is not TaskState.REPLIED:
        raise DeliveryError("L347")
