"""Chase (催办督办): reminders, supervision notices, instructions and the tasks that they become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from luoshi.cadence.limit import Limit, PeriodType
from luoshi.delivery.chasing import notice as notices
from luoshi.delivery.chasing import task as tasks
from luoshi.delivery.chasing.notice import LookBack, NoticeIssued, SupervisionNotice
from luoshi.delivery.chasing.owing import owed_in
from luoshi.delivery.chasing.reminder import remind, reminders_on
from luoshi.delivery.chasing.rule import rule_on
from luoshi.delivery.chasing.task import Order, Task
from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.judging import Ground
from luoshi.ledger.entry import Entry
from luoshi_web.audit.action import Action
from luoshi_web.mail import services as mail
from luoshi_web.reporting.selectors import ground_of, version_of
from luoshi_web.reporting.services.writing import Writing, writing
from luoshi_web.rights import Actor, Right, machine

_AHEAD = timedelta(days=60)
"""How far ahead due days are looked at for reminders; no rule reminds earlier."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a unit: which, what in words, by when, about which commitment or ""."""

    unit: str
    words: str
    due: date
    lineage: str = ""


def limit_on(day: date, working_days: Decimal | None = None) -> Limit:
    """Return how long a unit has to answer a notice: so many working days, as many as the rule says where None is given."""
    rule = rule_on(day)
    amount = working_days if working_days is not None else Decimal(rule.notice_limit)
    return Limit(amount=amount, type=PeriodType.WORKING_DAY, basis=rule.name)


def issue_notice(
    actor: Actor,
    plan_year: int,
    *,
    unit: str,
    request: str,
    lineage: str = "",
    about: Sequence[str] = (),
    working_days: Decimal | None = None,
) -> Entry:
    """Send a supervision notice to a unit.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It cannot be sent as it is (L255, L341 to L343).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        proposal = notices.issue(
            ledger.year.chasing.notices,
            unit=unit,
            lineage=lineage,
            about=about,
            request=ledger.note(request, lineage=lineage),
            limit=limit_on(ledger.on, working_days),
            calendar=_ground(ledger).calendar,
            on=ledger.on,
        )
        (entry,) = ledger.add(proposal, action=Action.NOTICE_ISSUED, about=unit)
        issued = proposal.fact
        assert isinstance(issued, NoticeIssued)
        mail.queue_notice(
            ledger.plan_year, unit=unit, number=issued.number, due=issued.due, on=ledger.on, at=ledger.at
        )
    return entry


def _ground(ledger: Writing) -> Ground:
    return ground_of(version_of(ledger.plan_year.pk, ledger.year.version))


def _notice(ledger: Writing, number: int) -> SupervisionNotice:
    found = ledger.year.chasing.notices.get(number)
    if found is None:
        raise DeliveryError("L358", {"number": number})
    return found


def reply_to_notice(
    actor: Actor, plan_year: int, *, number: int, words: str, evidence: Sequence[str] = ()
) -> None:
    """Answer a notice; the people of the unit do.

    Raises:
        RefusedError: The person does not work for the unit.
        DeliveryError: There is no such notice (L358), it does not wait for an answer (L345), or the answer has no words (L346).
    """
    with writing(actor, plan_year) as ledger:
        found = _notice(ledger, number)
        actor.require_for(Right.PREPARE, plan_year, found.unit)
        words_kept = ledger.note(words, lineage=found.lineage)
        proposal = notices.reply(found, words=words_kept, evidence=evidence, unit=found.unit, on=ledger.on)
        ledger.add(proposal, action=Action.NOTICE_ANSWERED, about=str(number))


def return_notice(
    actor: Actor, plan_year: int, *, number: int, reason: str, working_days: Decimal | None = None
) -> None:
    """Return the answer to a notice.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It cannot be returned (L358, L347, L207, L342).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        found = _notice(ledger, number)
        proposal = notices.give_back(
            found,
            reason=ledger.note(reason, lineage=found.lineage),
            limit=limit_on(ledger.on, working_days),
            calendar=_ground(ledger).calendar,
            on=ledger.on,
        )
        ledger.add(proposal, action=Action.NOTICE_RETURNED, about=str(number))


def close_notice(actor: Actor, plan_year: int, *, number: int, finding: str) -> None:
    """Check the answer to a notice and close it out.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It cannot be closed (L358, L347, L348).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        found = _notice(ledger, number)
        proposal = notices.close(found, finding=ledger.note(finding, lineage=found.lineage), on=ledger.on)
        ledger.add(proposal, action=Action.NOTICE_CLOSED, about=str(number))


def look_back_at_notice(
    actor: Actor,
    plan_year: int,
    *,
    number: int,
    finding: str,
    outcome: LookBack,
    working_days: Decimal | None = None,
) -> None:
    """Say what a look-back at a closed notice found; where the matter came back, the notice opens again.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It cannot be looked back at (L358, L364, L348, L342).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        found = _notice(ledger, number)
        proposal = notices.look_back(
            found,
            finding=ledger.note(finding, lineage=found.lineage),
            limit=None if outcome is LookBack.HOLDS else limit_on(ledger.on, working_days),
            calendar=_ground(ledger).calendar,
            on=ledger.on,
        )
        ledger.add(proposal, action=Action.NOTICE_LOOKED_BACK, about=str(number))


def circulate_notice(actor: Actor, plan_year: int, *, number: int, reason: str) -> None:
    """Circulate that a notice is overdue.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It cannot be circulated (L358, L349, L350, L207).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        found = _notice(ledger, number)
        proposal = notices.circulate(found, reason=ledger.note(reason, lineage=found.lineage), on=ledger.on)
        ledger.add(proposal, action=Action.NOTICE_CIRCULATED, about=str(number))


def instruct(
    actor: Actor, plan_year: int, *, words: str, wanted: Sequence[Wanted], lineage: str = ""
) -> None:
    """Record an instruction and make tasks of it; a leader does, or a supervisor for him.

    Raises:
        RefusedError: The person is neither.
        DeliveryError: It is not complete (L351 to L355).
    """
    actor.require(Right.INSTRUCT, plan_year)
    with writing(actor, plan_year) as ledger:
        proposals = tasks.instruct(
            ledger.year.chasing.instructions,
            ledger.year.chasing.tasks,
            leader=ledger.who,
            words=ledger.note(words, lineage=lineage),
            lineage=lineage,
            orders=orders_of(ledger, wanted),
            on=ledger.on,
        )
        ledger.add(*proposals, action=Action.INSTRUCTION_GIVEN)


def orders_of(ledger: Writing, wanted: Sequence[Wanted]) -> list[Order]:
    """Keep the words of what is asked and return the orders."""
    return [
        Order(
            unit=one.unit, words=ledger.note(one.words, lineage=one.lineage), due=one.due, lineage=one.lineage
        )
        for one in wanted
    ]


def _task(ledger: Writing, number: int) -> Task:
    found = ledger.year.chasing.tasks.get(number)
    if found is None:
        raise DeliveryError("L359", {"number": number})
    return found


def accept_task(actor: Actor, plan_year: int, *, number: int) -> None:
    """Take a task on; the people of the unit do.

    Raises:
        RefusedError: The person does not work for the unit.
        DeliveryError: There is no such task (L359), or it was taken on already (L356).
    """
    with writing(actor, plan_year) as ledger:
        found = _task(ledger, number)
        actor.require_for(Right.PREPARE, plan_year, found.unit)
        proposal = tasks.accept(found, unit=found.unit, on=ledger.on)
        ledger.add(proposal, action=Action.TASK_ACCEPTED, about=str(number))


def reply_to_task(
    actor: Actor, plan_year: int, *, number: int, words: str, evidence: Sequence[str] = ()
) -> None:
    """Say what was done about a task; the people of the unit do.

    Raises:
        RefusedError: The person does not work for the unit.
        DeliveryError: There is no such task (L359), it does not wait for an answer (L357), or the answer has no words (L346).
    """
    with writing(actor, plan_year) as ledger:
        found = _task(ledger, number)
        actor.require_for(Right.PREPARE, plan_year, found.unit)
        kept = ledger.note(words, lineage=found.lineage)
        proposal = tasks.reply(found, words=kept, evidence=evidence, unit=found.unit, on=ledger.on)
        ledger.add(proposal, action=Action.TASK_ANSWERED, about=str(number))


def return_task(actor: Actor, plan_year: int, *, number: int, reason: str, due: date) -> None:
    """Return the answer to a task.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It cannot be returned (L359, L347, L207, L355).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        found = _task(ledger, number)
        kept = ledger.note(reason, lineage=found.lineage)
        proposal = tasks.give_back(found, reason=kept, due=due, on=ledger.on)
        ledger.add(proposal, action=Action.TASK_RETURNED, about=str(number))


def close_task(actor: Actor, plan_year: int, *, number: int, finding: str) -> None:
    """Close a task.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It cannot be closed (L359, L347, L348).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        found = _task(ledger, number)
        proposal = tasks.close(found, finding=ledger.note(finding, lineage=found.lineage), on=ledger.on)
        ledger.add(proposal, action=Action.TASK_CLOSED, about=str(number))


def remind_units(plan_year: int) -> int:
    """Remind the units of what is due and overdue today, once each; return of how many things.

    The ledger holds what was sent, and is locked meanwhile: two processes that run this at once remind nobody twice.
    """
    with writing(machine("luoshi reminders"), plan_year) as ledger:
        if not ledger.year.version:
            return 0
        rule, ground, on = rule_on(ledger.on), _ground(ledger), ledger.on
        owed = owed_in(ledger.year, ground, rule, on=on, until=on + _AHEAD)
        found = reminders_on(owed, ledger.year.chasing, on=on, calendar=ground.calendar, rule=rule)
        proposal = remind(found, rule=rule, on=on)
        if proposal is not None:
            (entry,) = ledger.add(proposal, action=Action.REMINDERS_SENT, about=on.isoformat())
            owed_now = [one for one, _sent in found]
            mail.queue_reminders(ledger.plan_year, owed_now, entry=entry.number, on=on, at=ledger.at)
        return len(found)
