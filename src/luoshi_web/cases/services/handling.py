"""Receive cases and act on them (受理与办理): one transaction, the case and the chain of its book locked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from luoshi.cadence.array import WorkdayTable
from luoshi.kernel.zone import day_of, wall_clock
from luoshi.ledger.chain import Author
from luoshi.ledger.entry import Proposal
from luoshi.ledger.note import NoteRef
from luoshi.register.case import act as acts
from luoshi.register.case import follow as follows
from luoshi.register.case.act import Act, Party
from luoshi.register.case.fold import applied
from luoshi.register.case.model import Case, Channel
from luoshi.register.case.timing import timing_of
from luoshi.register.case.value import normal
from luoshi.register.fault import RegisterError
from luoshi.register.procedure.model import Procedure
from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.cases import selectors, store
from luoshi_web.cases.models import CaseBook
from luoshi_web.ledger import selectors as ledger_selectors
from luoshi_web.ledger import store as ledger_store
from luoshi_web.plans.models import PlanYear
from luoshi_web.plans.selectors import plan_year_with_id
from luoshi_web.plans.store import together
from luoshi_web.rights import Actor, RefusedError, Right, RuleError
from luoshi_web.workdays.selectors import Edition, calendar, edition

_FIRST, _LAST = 2004, 2035


@lru_cache(maxsize=2)
def _table(days: Edition) -> WorkdayTable:
    return WorkdayTable(calendar(), _FIRST, _LAST)


def workday_table() -> WorkdayTable:
    """Return the working days of the years in which a case can be open, laid out for look-ups."""
    return _table(edition())


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an act: the case after it, and the code for the applicant where it just came in."""

    case: Case
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every act stands on: the person, the plan-year, this moment."""

    actor: Actor
    plan_year: PlanYear
    at: datetime

    @property
    def on(self) -> date:
        return day_of(self.at)

    @property
    def author(self) -> Author:
        role = self.actor.roles[0].value if self.actor.id is not None and self.actor.roles else ""
        return Author(who=ledger_store.person_key(self.actor.id), role=str(role))

    @property
    def is_simulated(self) -> bool:
        return self.plan_year.stands_at is not None

    def note(self, text: str, case: str) -> NoteRef:
        return ledger_store.keep_note(self.plan_year, text.strip(), lineage=case, at=self.at)

    def note_or_none(self, text: str, case: str) -> NoteRef | None:
        return self.note(text, case) if text.strip() else None

    def children_of(self, case: Case) -> list[Case]:
        return selectors.children_of(self.plan_year.pk, case.id)

    def due_of(self, case: Case, procedure: Procedure) -> datetime | None:
        if not case.is_open:
            return None
        return timing_of(case, procedure, at=wall_clock(self.at), calendar=calendar()).due


@contextmanager
def _ground(actor: Actor, plan_year: int) -> Iterator[_Ground]:
    with together():
        row = plan_year_with_id(plan_year)
        if row is None:
            raise RuleError("W601")
        yield _Ground(actor, row, ledger_selectors.moment_of(row))


def personal_of(procedure: Procedure, fields: Mapping[str, str]) -> dict[str, str]:
    """Return the values that name persons, of those given for a case."""
    return {
        one.key: text.strip()
        for one in procedure.fields
        if one.kind.is_personal and (text := fields.get(one.key, "")).strip()
    }


def _plain(procedure: Procedure, fields: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for key, text in fields.items():
        one = procedure.field(key)
        if one is None or not one.kind.is_personal:
            found[key] = normal(one, text) if one is not None else text
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A case that comes in: what it is about, how, its class, unit, values, where it comes from and where it begins.

    Attributes:
        title: What it is about.
        channel: How it came in.
        case_class: Class; the first where "" is given.
        unit: Unit that handles it; that of the stage where "" is given.
        fields: Values by key, those that name persons among them.
        parent: Case from which it comes.
        stage: Stage in which it begins, for work that began earlier.
    """

    title: str
    channel: Channel
    case_class: str = ""
    unit: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    parent: str = ""
    stage: str = ""


def receive(
    actor: Actor, plan_year: int, intake: Intake, *, procedure: str, desk: str, is_applicant: bool = False
) -> Done:
    """Take a case in under the newest version of its procedure; the people of the receiving unit do, or an applicant on line.

    Args:
        actor: Who takes it in; nobody for an applicant.
        plan_year: Identity of the plan-year.
        intake: What comes in.
        procedure: Key of the procedure.
        desk: Unit that receives it.
        is_applicant: Whether it comes from the public pages; the procedure must be open to them.

    Raises:
        RefusedError: The person does not handle cases of that unit, or the procedure is not open to applicants.
        RegisterError: There is no such procedure (R403), or something is missing or does not fit (R402 to R406).
    """
    (done,) = receive_all(
        actor, plan_year, [intake], procedure=procedure, desk=desk, is_applicant=is_applicant
    )
    return done


def receive_all(
    actor: Actor,
    plan_year: int,
    intakes: Sequence[Intake],
    *,
    procedure: str,
    desk: str,
    is_applicant: bool = False,
) -> list[Done]:
    """Take several cases in at once, all of them or none; as `receive` otherwise."""
    with _ground(actor, plan_year) as ground:
        known = selectors.published(plan_year).get(procedure)
        if known is None:
            raise RegisterError("R403", {"name": procedure})
        version, definition = known
        if is_applicant:
            if not definition.is_public:
                raise RefusedError("W101")
        else:
            actor.require_for(Right.HANDLE_CASES, plan_year, desk)
        book = store.lock_book(ground.plan_year, procedure)
        proposed = [_proposed(ground, book, definition, version, one, desk) for one in intakes]
        entries = store.append(
            book,
            [proposal for proposal, _code in proposed],
            author=ground.author,
            at=ground.at,
            is_simulated=ground.is_simulated,
        )
        done = []
        for entry, (_proposal, code) in zip(entries, proposed, strict=True):
            case = applied(None, entry)
            assert case is not None
            done.append(Done(case, code))
        store.add_cases(
            book,
            [(one.case, one.code, ground.due_of(one.case, definition)) for one in done],
            definition,
        )
        for one in done:
            record(
                actor,
                Action.CASE_RECEIVED,
                one.case.number,
                plan_year=plan_year,
                entries=str(one.case.entry),
                unit=desk,
            )
    return done


def _proposed(
    ground: _Ground, book: CaseBook, definition: Procedure, version: int, intake: Intake, desk: str
) -> tuple[Proposal, str]:
    case_id, code = store.new_case()
    personal = personal_of(definition, intake.fields)
    note = (
        ground.note(json.dumps(personal, ensure_ascii=False, sort_keys=True), case_id) if personal else None
    )
    proposal = acts.receive(
        definition,
        version,
        case=case_id,
        number=store.next_number(book, definition.prefix, ground.at),
        title=intake.title,
        channel=intake.channel,
        desk=desk,
        case_class=intake.case_class,
        unit=intake.unit,
        fields=_plain(definition, intake.fields),
        personal=note,
        given=list(personal),
        parent=intake.parent,
        stage=intake.stage,
        on=ground.on,
    )
    return proposal, code


def may(actor: Actor, plan_year: int, case: Case, procedure: Procedure, act: Act, *, task: str = "") -> bool:
    """Tell whether a person may do an act on a case, as far as his roles go."""
    units = acts.units_for(case, act, procedure, task)
    match acts.party_of(act):
        case Party.HEAD:
            return actor.may(Right.SUPERVISE, plan_year) or any(
                actor.may_for(Right.APPROVE, plan_year, unit) for unit in units
            )
        case Party.DESK:
            is_desk = any(actor.may_for(Right.HANDLE_CASES, plan_year, unit) for unit in units)
            return is_desk or actor.may(Right.SUPERVISE, plan_year)
        case Party.APPLICANT:
            return False
        case _:
            return any(actor.may_for(Right.HANDLE_CASES, plan_year, unit) for unit in units)


Given = Mapping[str, Any]
_Make = Callable[[_Ground, Case, Procedure, Given], Proposal | None]


def _reasoned(make: Callable[..., Proposal | None], *names: str) -> _Make:
    """Return an act whose free words become notes: ``reason`` where it is needed, other values as they are."""

    def made(ground: _Ground, case: Case, procedure: Procedure, given: Given) -> Proposal | None:
        values = {name: given[name] for name in names if name in given}
        reason = ground.note_or_none(str(given.get("reason", "")), case.id)
        return make(case, procedure, reason=reason, on=ground.on, **values)

    return made


def _plainly(make: Callable[..., Proposal | None], *names: str) -> _Make:
    def made(ground: _Ground, case: Case, procedure: Procedure, given: Given) -> Proposal | None:
        values = {name: given[name] for name in names if name in given}
        return make(case, procedure, on=ground.on, **values)

    return made


def _pause(ground: _Ground, case: Case, procedure: Procedure, given: Given) -> Proposal:
    note = ground.note_or_none(str(given.get("note", "")), case.id)
    return acts.pause(case, procedure, reason=str(given["reason"]), note=note, on=ground.on)


def _fill(ground: _Ground, case: Case, procedure: Procedure, given: Given) -> Proposal | None:
    fields: Mapping[str, str] = given["fields"]
    personal = personal_of(procedure, fields)
    note = (
        ground.note(json.dumps(personal, ensure_ascii=False, sort_keys=True), case.id) if personal else None
    )
    return acts.fill(case, procedure, fields=_plain(procedure, fields), personal=note, on=ground.on)


def _answer(ground: _Ground, case: Case, procedure: Procedure, given: Given) -> Proposal:
    note = ground.note_or_none(str(given.get("note", "")), case.id)
    return acts.answer(
        case, procedure, check=str(given["check"]), is_yes=bool(given["is_yes"]), note=note, on=ground.on
    )


def _block(ground: _Ground, case: Case, procedure: Procedure, given: Given) -> Proposal:
    return acts.block(
        case,
        procedure,
        kind=str(given["kind"]),
        note=ground.note(str(given["note"]), case.id),
        unit=str(given["unit"]),
        due=given["due"],
        on=ground.on,
    )


def _onward(make: Callable[..., Proposal | None], *names: str) -> _Make:
    """Return an act that leaves a stage, which may wait for cases that came from this one."""

    def made(ground: _Ground, case: Case, procedure: Procedure, given: Given) -> Proposal | None:
        children = ground.children_of(case) if procedure.follow_ups else []
        with_children = {**given, "children": children}
        return _reasoned(make, *names, "children")(ground, case, procedure, with_children)

    return made


def _extend(ground: _Ground, case: Case, procedure: Procedure, given: Given) -> Proposal:
    amount: Decimal = given["amount"]
    reason = ground.note(str(given.get("reason", "")), case.id)
    return acts.extend(case, procedure, amount=amount, reason=reason, on=ground.on)


_MAKE: dict[Act, _Make] = {
    Act.DISPATCH: _plainly(acts.dispatch, "to"),
    Act.TAKE_OVER: _plainly(acts.take_over),
    Act.RETURN: _reasoned(acts.send_back),
    Act.TRANSFER: _reasoned(acts.transfer, "to"),
    Act.PAUSE: _pause,
    Act.RESUME: _plainly(acts.resume),
    Act.EXTEND: _extend,
    Act.MOVE: _onward(acts.move, "to", "unit"),
    Act.FINISH_TASK: _plainly(acts.finish_task, "task"),
    Act.FILL: _fill,
    Act.STATE_AMOUNT: _plainly(acts.state_amount, "series", "month", "value", "evidence"),
    Act.CHECK: _answer,
    Act.ADD_PAPER: _plainly(acts.add_paper, "paper", "digest"),
    Act.BLOCK: _block,
    Act.UNBLOCK: _plainly(acts.unblock, "obstacle"),
    Act.CLOSE: _onward(acts.close, "outcome"),
    Act.REOPEN: _reasoned(acts.reopen),
    Act.RATE: _plainly(acts.rate, "rating"),
}


def perform(
    actor: Actor,
    plan_year: int,
    *,
    case: str,
    act: Act,
    seen: int | None = None,
    code: str = "",
    **given: Any,
) -> Done:
    """Do an act on a case.

    Args:
        actor: Who does it.
        plan_year: Identity of the plan-year.
        case: Identity of the case.
        act: What is done.
        seen: Last entry of the case as the person saw it; where somebody acted meanwhile, nothing is done.
        code: Code of the applicant, who alone rates.
        given: What the act needs (``to``, ``reason``, ``outcome`` …).

    Raises:
        RefusedError: The person may not.
        RegisterError: There is no such case (R422), somebody acted on it meanwhile (R423), or the act does not fit it (R4xx).
    """
    with _ground(actor, plan_year) as ground:
        row = store.lock_case(plan_year, case)
        if row is None:
            raise RegisterError("R422")
        before = selectors.case_of(row)
        procedure = selectors.procedure_of(plan_year, before.procedure, before.version)
        is_applicant = act is Act.RATE and bool(code) and code == row.code
        if not is_applicant and not may(
            actor, plan_year, before, procedure, act, task=str(given.get("task", ""))
        ):
            raise RefusedError("W101")
        if seen is not None and seen != before.entry:
            raise RegisterError("R423", {"number": before.number})
        proposal = _MAKE[act](ground, before, procedure, given)
        if proposal is None:
            return Done(before)
        book = store.lock_book(ground.plan_year, before.procedure)
        (entry,) = store.append(
            book, [proposal], author=ground.author, at=ground.at, is_simulated=ground.is_simulated
        )
        after = applied(before, entry)
        assert after is not None
        store.put_case(book, row, after, procedure, due=ground.due_of(after, procedure))
        if before.personal is not None and after.personal != before.personal:
            # What names a person is kept once: the part that was replaced is forgotten.
            ledger_store.erase_note(before.personal.digest, at=ground.at)
        record(
            actor,
            Action.CASE_ACTED,
            after.number,
            plan_year=plan_year,
            act=str(act.value),
            entries=str(entry.number),
            unit=after.unit,
        )
    return Done(after)


def follow(actor: Actor, plan_year: int, *, case: str, key: str, title: str = "", unit: str = "") -> Done:
    """Open what a case leads to in another register, with what is carried over; the people who handle the case do.

    Args:
        actor: Who does it.
        plan_year: Identity of the plan-year.
        case: Identity of the case that leads to it.
        key: Key of the follow-up.
        title: What the new case is about; as the old one where "" is given.
        unit: Unit that handles it; the one that has the old one where "" is given.

    Raises:
        RefusedError: The person does not handle the case.
        RegisterError: There is no such case (R422), it does not lead to this now (R425), or the other register takes it not as it is (R402 to R406).
    """
    with _ground(actor, plan_year) as ground:
        row = store.lock_case(plan_year, case)
        if row is None:
            raise RegisterError("R422")
        before = selectors.case_of(row)
        procedure = selectors.procedure_of(plan_year, before.procedure, before.version)
        desk = before.unit or before.desk
        actor.require_for(Right.HANDLE_CASES, plan_year, desk)
        person: dict[str, str] = {}
        if before.personal is not None:
            text = ledger_selectors.texts_of([before.personal.digest]).get(before.personal.digest)
            person = json.loads(text) if text else {}
        found, fields = follows.carried(before, procedure, key, ground.children_of(before), person)
        other = selectors.published(plan_year).get(found.procedure)
        is_dispatched = other is not None and other[1].is_dispatched
        intake = Intake(
            title=title or before.title,
            channel=Channel.OFFICE,
            unit=unit if unit or is_dispatched else desk,
            fields=fields,
            parent=before.id,
        )
        return receive(actor, plan_year, intake, procedure=found.procedure, desk=desk)


def show_person(actor: Actor, plan_year: int, *, case: str) -> dict[str, str]:
    """Return the part of a case that names persons; who handles it may see it, and the log says that he did.

    Raises:
        RefusedError: The person does not handle the case.
        RegisterError: There is no such case (R422).
    """
    with _ground(actor, plan_year):
        row = store.lock_case(plan_year, case)
        if row is None:
            raise RegisterError("R422")
        found = selectors.case_of(row)
        units = {found.unit or found.desk, found.desk}
        if not any(actor.may_for(Right.HANDLE_CASES, plan_year, unit) for unit in units):
            raise RefusedError("W101")
        if found.personal is None:
            return {}
        text = ledger_selectors.texts_of([found.personal.digest]).get(found.personal.digest)
        record(actor, Action.CASE_PERSON_SHOWN, found.number, plan_year=plan_year)
    return json.loads(text) if text else {}


def rejudge(plan_year: int) -> int:
    """Reckon the ends of all open cases anew, because a clock was lifted or the calendar changed; return how many moved."""
    row = plan_year_with_id(plan_year)
    if row is None:
        raise RuleError("W601")
    at = wall_clock(ledger_selectors.moment_of(row))
    moved: dict[tuple[int, int], datetime | None] = {}
    procedures: dict[tuple[str, int], Procedure] = {}
    for one in selectors.open_rows(plan_year):
        case = selectors.case_of(one)
        key = (case.procedure, case.version)
        if key not in procedures:
            procedures[key] = selectors.procedure_of(plan_year, *key)
        procedure = procedures[key]
        due = timing_of(case, procedure, at=at, calendar=calendar()).due
        if (selectors.local(one.due_at) if one.due_at else None) != due:
            moved[one.pk, one.entry] = due
    return store.set_due(moved) if moved else 0
