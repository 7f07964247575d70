"""What may be done with a case (办件操作): each act is checked against case and procedure and gives the entry that records it.

Nothing here writes; whoever holds the lock of the case appends what is returned. So a case cannot stand in two stages, and an act that came too late is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from luoshi.kernel.label import Labelled
from luoshi.ledger.entry import Proposal
from luoshi.ledger.fact import Fact
from luoshi.ledger.note import NoteRef
from luoshi.register.case import fact as facts
from luoshi.register.case.follow import awaited
from luoshi.register.case.model import Case, CaseState, Channel
from luoshi.register.case.value import value_fault
from luoshi.register.fault import RegisterError
from luoshi.register.procedure.model import Procedure, Stage, Task


class Act(Labelled):
    """What may be done with a case (操作)."""

    DISPATCH = "dispatch", "分派", "dispatch"
    TAKE_OVER = "take_over", "接办", "take over"
    RETURN = "return", "退回", "return"
    TRANSFER = "transfer", "转办", "transfer"
    PAUSE = "pause", "暂停计时", "pause"
    RESUME = "resume", "恢复计时", "resume"
    EXTEND = "extend", "延长时限", "extend"
    MOVE = "move", "转入下一环节", "move on"
    FINISH_TASK = "finish_task", "办结并联事项", "finish a task"
    FILL = "fill", "填写", "fill in"
    STATE_AMOUNT = "state_amount", "填按月数据", "state an amount"
    CHECK = "check", "核查", "answer a check"
    ADD_PAPER = "add_paper", "收件", "add a paper"
    BLOCK = "block", "登记堵点", "record an obstacle"
    UNBLOCK = "unblock", "解除堵点", "remove an obstacle"
    CLOSE = "close", "办结", "close"
    REOPEN = "reopen", "重新打开", "open again"
    RATE = "rate", "评价", "rate"


_IN_STATE: dict[Act, tuple[CaseState, ...]] = {
    Act.DISPATCH: (CaseState.RECEIVED, CaseState.DISPATCHED),
    Act.TAKE_OVER: (CaseState.DISPATCHED,),
    Act.RETURN: (CaseState.DISPATCHED, CaseState.UNDER_WAY),
    Act.TRANSFER: (CaseState.DISPATCHED, CaseState.UNDER_WAY),
    Act.PAUSE: (CaseState.UNDER_WAY,),
    Act.RESUME: (CaseState.PAUSED,),
    Act.EXTEND: (CaseState.UNDER_WAY, CaseState.PAUSED),
    Act.MOVE: (CaseState.UNDER_WAY,),
    Act.FINISH_TASK: (CaseState.UNDER_WAY,),
    Act.FILL: (CaseState.RECEIVED, CaseState.DISPATCHED, CaseState.UNDER_WAY, CaseState.PAUSED),
    Act.STATE_AMOUNT: (CaseState.UNDER_WAY, CaseState.PAUSED),
    Act.CHECK: (CaseState.UNDER_WAY, CaseState.PAUSED),
    Act.ADD_PAPER: (CaseState.RECEIVED, CaseState.DISPATCHED, CaseState.UNDER_WAY, CaseState.PAUSED),
    Act.BLOCK: (CaseState.UNDER_WAY, CaseState.PAUSED),
    Act.UNBLOCK: (CaseState.UNDER_WAY, CaseState.PAUSED),
    Act.CLOSE: (CaseState.UNDER_WAY,),
    Act.REOPEN: (CaseState.CLOSED,),
    Act.RATE: (CaseState.CLOSED,),
}


class Party(Labelled):
    """Who may do an act (操作人)."""

    HANDLER = "handler", "承办单位人员", "people of the handling unit"
    HEAD = "head", "承办单位负责人或督查员", "head of the handling unit or a supervisor"
    DESK = "desk", "受理单位人员或督查员", "people of the receiving unit or a supervisor"
    TASK_UNIT = "task_unit", "并联事项承办单位人员", "people of the task's unit"
    APPLICANT = "applicant", "申请人", "the applicant"


def party_of(act: Act) -> Party:
    """Return who may do an act."""
    match act:
        case Act.DISPATCH:
            return Party.DESK
        case Act.TRANSFER | Act.EXTEND | Act.REOPEN:
            return Party.HEAD
        case Act.FINISH_TASK:
            return Party.TASK_UNIT
        case Act.RATE:
            return Party.APPLICANT
        case _:
            return Party.HANDLER


def units_for(case: Case, act: Act, procedure: Procedure, task: str = "") -> frozenset[str]:
    """Return the units whose people may do an act."""
    if act is Act.DISPATCH:
        return frozenset({case.desk})
    if act is Act.FINISH_TASK:
        found = [one.unit for one in procedure.stage(case.stage).tasks if not task or one.key == task]
        return frozenset(unit or case.unit for unit in found)
    if act in (Act.FILL, Act.ADD_PAPER) and not case.unit:
        return frozenset({case.desk})
    return frozenset({case.unit}) if case.unit else frozenset()


def units_of(case: Case, procedure: Procedure) -> frozenset[str]:
    """Return every unit that a case concerns, which are the ones that may see it."""
    stage = procedure.stage(case.stage)
    named = (case.desk, case.unit, *(stay.unit for stay in case.stays), *(task.unit for task in stage.tasks))
    blocking = (one.unit for one in case.obstacles)
    return frozenset(unit for unit in (*named, *blocking) if unit)


def allowed(case: Case, procedure: Procedure) -> tuple[Act, ...]:
    """Return what may be done with a case as it stands, whoever does it."""
    found = [act for act, states in _IN_STATE.items() if case.state in states]
    stage = procedure.stage(case.stage)
    out = {
        Act.PAUSE: not procedure.pauses,
        Act.EXTEND: procedure.extension is None,
        Act.MOVE: not procedure.moves_from(case.stage),
        Act.CLOSE: not procedure.outcomes_from(case.stage),
        Act.FINISH_TASK: not [task for task in stage.tasks if task.key not in case.done],
        Act.STATE_AMOUNT: not procedure.series,
        Act.CHECK: not stage.checks,
        Act.ADD_PAPER: not stage.papers,
        Act.UNBLOCK: not case.blocked_by,
        Act.RATE: bool(case.rating),
        Act.RETURN: not procedure.is_dispatched,
    }
    return tuple(act for act in found if not out.get(act, False))


def _require(case: Case, procedure: Procedure, act: Act) -> None:
    if act not in allowed(case, procedure):
        raise RegisterError("R401", {"number": case.number, "act": act.zh, "state": case.state.zh})


def _propose(case: Case, fact: Fact, on: date, *evidence: str) -> Proposal:
    return Proposal(fact=fact, day=on, lineage=case.id, unit=case.unit or case.desk, evidence=evidence)


def receive(
    procedure: Procedure,
    version: int,
    *,
    case: str,
    number: str,
    title: str,
    channel: Channel,
    desk: str,
    case_class: str = "",
    unit: str = "",
    fields: Mapping[str, str] | None = None,
    personal: NoteRef | None = None,
    given: Sequence[str] = (),
    parent: str = "",
    stage: str = "",
    on: date,
) -> Proposal:
    """Return the entry with which a case comes in.

    Args:
        procedure: Its procedure.
        version: Version of the procedure.
        case: Identity.
        number: Receipt number.
        title: What it is about.
        channel: How it came in.
        desk: Unit that receives it.
        case_class: Class; the first of the procedure where "" is given.
        unit: Unit that handles it; that of the stage where "" is given.
        fields: Values of fields that name no person.
        personal: Digest of the values that do.
        given: Keys of the fields that name persons and were given.
        parent: Case from which it comes.
        stage: Stage in which it begins; the first where "" is given, another one for work that began before it was entered.
        on: Day.

    Raises:
        RegisterError: The title is missing (R402), the class or stage is not of the procedure (R403), a field is not of it or does not hold its kind
            (R404, R405), a required one is missing (R406).
    """
    if not title.strip():
        raise RegisterError("R402", {"noun": procedure.noun})
    classes = [one.key for one in procedure.classes]
    case_class = case_class or (classes[0] if classes else "")
    if case_class and case_class not in classes:
        raise RegisterError("R403", {"name": case_class})
    try:
        begins = procedure.stage(stage) if stage else procedure.stages[0]
    except KeyError as error:
        raise RegisterError("R403", {"name": stage}) from error
    values = _checked(procedure, fields or {})
    for field in procedure.fields:
        is_given = field.key in given if field.kind.is_personal else bool(values.get(field.key))
        if field.is_required and not is_given:
            raise RegisterError("R406", {"name": field.name})
    handling = unit or begins.unit
    fact = facts.CaseReceived(
        number=number,
        procedure=procedure.key,
        version=version,
        stage=begins.key,
        case_class=case_class,
        title=title.strip(),
        channel=channel,
        desk=desk,
        unit=handling if handling or procedure.is_dispatched else desk,
        waits=procedure.is_dispatched,
        fields=values,
        personal=personal,
        parent=parent,
    )
    return Proposal(fact=fact, day=on, lineage=case, unit=fact.unit or desk)


def _checked(procedure: Procedure, fields: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for key, text in fields.items():
        field = procedure.field(key)
        if field is None or field.kind.is_personal:
            raise RegisterError("R404", {"name": key})
        plain = text.strip()
        if plain and (fault := value_fault(field, plain)):
            raise RegisterError("R405", {"name": field.name, "text": plain, "wanted": fault})
        found[key] = plain
    return found


def dispatch(case: Case, procedure: Procedure, *, to: str, on: date) -> Proposal:
    """Return the entry that sends a case to a unit.

    Raises:
        RegisterError: It cannot be dispatched now (R401), or no unit is named (R407).
    """
    _require(case, procedure, Act.DISPATCH)
    if not to:
        raise RegisterError("R407")
    return _propose(case, facts.CaseDispatched(to=to), on)


def take_over(case: Case, procedure: Procedure, *, on: date) -> Proposal:
    """Return the entry with which somebody of the unit takes a case over.

    Raises:
        RegisterError: It does not wait for that (R401).
    """
    _require(case, procedure, Act.TAKE_OVER)
    return _propose(case, facts.CaseTakenOver(), on)


def send_back(case: Case, procedure: Procedure, *, reason: NoteRef, on: date) -> Proposal:
    """Return the entry that sends a case back to the desk.

    Raises:
        RegisterError: It cannot be returned now (R401), or the reason is missing (R408).
    """
    _require(case, procedure, Act.RETURN)
    return _propose(case, facts.CaseReturned(reason=_said(reason)), on)


def _said(reason: NoteRef | None) -> NoteRef:
    if reason is None or not reason.length:
        raise RegisterError("R408")
    return reason


def transfer(case: Case, procedure: Procedure, *, to: str, reason: NoteRef, on: date) -> Proposal:
    """Return the entry that gives a case to another unit.

    Raises:
        RegisterError: It cannot be transferred now (R401), no other unit is named (R407), or the reason is missing (R408).
    """
    _require(case, procedure, Act.TRANSFER)
    if not to or to == case.unit:
        raise RegisterError("R407")
    return _propose(case, facts.CaseTransferred(to=to, reason=_said(reason)), on)


def pause(
    case: Case, procedure: Procedure, *, reason: str, note: NoteRef | None = None, on: date
) -> Proposal:
    """Return the entry that lets the clock stand still.

    Raises:
        RegisterError: It cannot be paused now (R401), or not for this reason (R409).
    """
    _require(case, procedure, Act.PAUSE)
    if reason not in procedure.pauses:
        raise RegisterError("R409", {"reason": reason})
    return _propose(case, facts.CasePaused(reason=reason, note=note), on)


def resume(case: Case, procedure: Procedure, *, on: date) -> Proposal:
    """Return the entry that lets the clock run again.

    Raises:
        RegisterError: It does not stand still (R401).
    """
    _require(case, procedure, Act.RESUME)
    return _propose(case, facts.CaseResumed(), on)


def extend(case: Case, procedure: Procedure, *, amount: Decimal, reason: NoteRef, on: date) -> Proposal:
    """Return the entry that makes the limit of the whole longer.

    Raises:
        RegisterError: The procedure allows none (R401), it is more than it allows altogether (R410), or the reason is missing (R408).
    """
    _require(case, procedure, Act.EXTEND)
    most = procedure.extension or Decimal(0)
    so_far = sum((one.amount for one in case.extensions), Decimal(0))
    if not amount.is_finite() or amount <= 0 or so_far + amount > most:
        raise RegisterError("R410", {"most": format(most, "f"), "left": format(most - so_far, "f")})
    fact = facts.CaseExtended(amount=amount, basis=procedure.extension_basis, reason=_said(reason))
    return _propose(case, fact, on)


def missing(case: Case, procedure: Procedure, children: Sequence[Case] = ()) -> tuple[str, ...]:
    """Return the names of what the stage asks for and is not there: tasks, papers, checks, fields, cases that came from it and are not closed."""
    stage = procedure.stage(case.stage)
    fields = [field for key in stage.needs if (field := procedure.field(key)) and not case.fields.get(key)]
    return (
        *(task.name for task in stage.tasks if task.key not in case.done),
        *(paper.name for paper in stage.papers if paper.is_required and paper.key not in case.papers),
        *(check.name for check in stage.checks if check.is_required and not case.checks.get(check.key)),
        *(field.name for field in fields if not field.kind.is_personal),
        *awaited(case, procedure, children),
    )


def move(
    case: Case,
    procedure: Procedure,
    *,
    to: str,
    unit: str = "",
    reason: NoteRef | None = None,
    children: Sequence[Case] = (),
    on: date,
) -> Proposal:
    """Return the entry that moves a case to another stage.

    Args:
        case: The case.
        procedure: Its procedure, in the version of the case.
        to: Key of the stage.
        unit: Unit that handles it there, where the stage names none; the one that has it now where "" is given.
        reason: Why, where the way needs a reason.
        children: Cases that came from it.
        on: Day.

    Raises:
        RegisterError: It cannot be moved now (R401) or not there (R411), the way needs a reason (R408), or on the way on something of the stage is missing (R412).
    """
    _require(case, procedure, Act.MOVE)
    way = next((one for one in procedure.moves_from(case.stage) if one.target == to), None)
    if way is None:
        raise RegisterError("R411", {"number": case.number, "stage": procedure.stage(case.stage).name})
    if way.needs_reason:
        _said(reason)
    target = procedure.stage(to)
    is_onward = procedure.place_of(to) > procedure.place_of(case.stage)
    if is_onward and (lacking := missing(case, procedure, children)):
        raise RegisterError("R412", {"names": "、".join(lacking)})
    handling = target.unit or unit or case.unit
    fact = facts.CaseMoved(
        source=case.stage,
        to=to,
        unit=handling,
        waits=procedure.is_dispatched and handling != case.unit,
        reason=reason,
    )
    return _propose(case, fact, on)


def _task(stage: Stage, key: str) -> Task:
    found = next((task for task in stage.tasks if task.key == key), None)
    if found is None:
        raise RegisterError("R413")
    return found


def finish_task(case: Case, procedure: Procedure, *, task: str, on: date) -> Proposal:
    """Return the entry that finishes a parallel task.

    Raises:
        RegisterError: No task waits (R401), there is none of this key (R413), or it is finished (R414).
    """
    _require(case, procedure, Act.FINISH_TASK)
    found = _task(procedure.stage(case.stage), task)
    if task in case.done:
        raise RegisterError("R414", {"name": found.name})
    return _propose(case, facts.CaseTaskFinished(task=task), on)


def fill(
    case: Case,
    procedure: Procedure,
    *,
    fields: Mapping[str, str],
    personal: NoteRef | None = None,
    on: date,
) -> Proposal | None:
    """Return the entry that fills fields in; None where nothing differs.

    Raises:
        RegisterError: It is closed (R401), a field is not of the procedure or does not hold its kind (R404, R405), or a required one would be emptied (R406).
    """
    _require(case, procedure, Act.FILL)
    values = _checked(procedure, fields)
    for key, text in values.items():
        field = procedure.field(key)
        if field is not None and field.is_required and not text:
            raise RegisterError("R406", {"name": field.name})
    changed = {key: text for key, text in values.items() if case.fields.get(key, "") != text}
    if not changed and personal is None:
        return None
    return _propose(case, facts.CaseFieldsSet(fields=changed, personal=personal), on)


_MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")


def state_amount(
    case: Case,
    procedure: Procedure,
    *,
    series: str,
    month: str,
    value: Decimal,
    evidence: Sequence[str] = (),
    on: date,
) -> Proposal | None:
    """Return the entry that states an amount of a month; None where it is stated already.

    Raises:
        RegisterError: It is closed (R401), there is no such series (R404), the month is none or has not begun (R415), the value is no number (R416), or proof
            is missing (R417).
    """
    _require(case, procedure, Act.STATE_AMOUNT)
    found = next((one for one in procedure.series if one.key == series), None)
    if found is None:
        raise RegisterError("R404", {"name": series})
    if not _MONTH.fullmatch(month) or month > f"{on:%Y-%m}":
        raise RegisterError("R415", {"text": month})
    if not value.is_finite() or value < 0:
        raise RegisterError("R416", {"name": found.name})
    if found.needs_evidence and value and not evidence:
        raise RegisterError("R417", {"name": found.name})
    known = case.amounts.get(series, {}).get(month)
    if known is not None and known.value == value and (not evidence or set(evidence) <= set(known.evidence)):
        return None
    return _propose(case, facts.CaseAmountSet(series=series, month=month, value=value), on, *evidence)


def answer(
    case: Case, procedure: Procedure, *, check: str, is_yes: bool, note: NoteRef | None = None, on: date
) -> Proposal:
    """Return the entry that answers a check of the stage.

    Raises:
        RegisterError: The stage asks nothing (R401), or not this (R404).
    """
    _require(case, procedure, Act.CHECK)
    if check not in {one.key for one in procedure.stage(case.stage).checks}:
        raise RegisterError("R404", {"name": check})
    return _propose(case, facts.CaseChecked(check=check, is_yes=is_yes, note=note), on)


def add_paper(case: Case, procedure: Procedure, *, paper: str, digest: str, on: date) -> Proposal:
    """Return the entry that takes a paper in.

    Raises:
        RegisterError: The stage asks for none (R401), or not for this one (R404).
    """
    _require(case, procedure, Act.ADD_PAPER)
    if paper not in {one.key for one in procedure.stage(case.stage).papers}:
        raise RegisterError("R404", {"name": paper})
    return _propose(case, facts.CasePaperAdded(paper=paper), on, digest)


def block(
    case: Case, procedure: Procedure, *, kind: str, note: NoteRef, unit: str, due: date, on: date
) -> Proposal:
    """Return the entry that records what blocks a case, who removes it and by when.

    Raises:
        RegisterError: It is closed (R401); what blocks it, or who removes it, is not said (R418); or the day is over (R419).
    """
    _require(case, procedure, Act.BLOCK)
    if not kind.strip() or not unit or not note.length:
        raise RegisterError("R418")
    if due < on:
        raise RegisterError("R419", {"day": due})
    key = f"o{len(case.obstacles) + 1}"
    fact = facts.CaseBlocked(obstacle=key, kind=kind.strip(), note=note, unit=unit, due=due)
    return _propose(case, fact, on)


def unblock(case: Case, procedure: Procedure, *, obstacle: str, on: date) -> Proposal:
    """Return the entry that removes an obstacle.

    Raises:
        RegisterError: Nothing blocks it (R401), or not this (R404).
    """
    _require(case, procedure, Act.UNBLOCK)
    if obstacle not in {one.key for one in case.blocked_by}:
        raise RegisterError("R404", {"name": obstacle})
    return _propose(case, facts.CaseUnblocked(obstacle=obstacle), on)


def close(
    case: Case,
    procedure: Procedure,
    *,
    outcome: str,
    reason: NoteRef | None = None,
    children: Sequence[Case] = (),
    on: date,
) -> Proposal:
    """Return the entry that ends a case.

    Raises:
        RegisterError: It cannot be closed now (R401) or not so (R420), a failure has no reason (R408), or on success something of the stage is missing (R412).
    """
    _require(case, procedure, Act.CLOSE)
    found = next((one for one in procedure.outcomes_from(case.stage) if one.key == outcome), None)
    if found is None:
        raise RegisterError("R420")
    if not found.is_success:
        _said(reason)
    elif lacking := missing(case, procedure, children):
        raise RegisterError("R412", {"names": "、".join(lacking)})
    return _propose(case, facts.CaseClosed(outcome=outcome, reason=reason), on)


def reopen(case: Case, procedure: Procedure, *, reason: NoteRef, on: date) -> Proposal:
    """Return the entry that opens a case again.

    Raises:
        RegisterError: It is open (R401), or the reason is missing (R408).
    """
    _require(case, procedure, Act.REOPEN)
    return _propose(case, facts.CaseReopened(reason=_said(reason)), on)


def rate(case: Case, procedure: Procedure, *, rating: int, on: date) -> Proposal:
    """Return the entry with which the applicant rates how a case was handled.

    Raises:
        RegisterError: It is open or rated already (R401), or the rating is not 1 to 5 (R421).
    """
    _require(case, procedure, Act.RATE)
    if not 1 <= rating <= 5:
        raise RegisterError("R421")
    return _propose(case, facts.CaseRated(rating=rating), on)


def number_for(prefix: str, at: datetime, serial: int) -> str:
    """Return a receipt number: letters of the procedure, day, serial number of the day.

    Example:
        >>> number_for("XM", datetime(2026, 3, 1, 9, 0), 7)
        'XM20260301-0007'
    """
    return f"{prefix}{at:%Y%m%d}-{serial:04d}"
