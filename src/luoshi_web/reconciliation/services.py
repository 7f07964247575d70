"""Add the next report, rule on pairs, release the result (兑现核对)."""

from __future__ import annotations

from luoshi.compiler.pipeline import compile_report
from luoshi.compiler.source import document, read_limited
from luoshi.delivery import reconciling
from luoshi.delivery.fault import DeliveryError
from luoshi.settle.reconcile import Outcome
from luoshi.settle.reconcile.reviewed import finding_with
from luoshi_web.audit.action import Action
from luoshi_web.reconciliation import selectors, store
from luoshi_web.reconciliation.selectors import Review
from luoshi_web.reporting.services.writing import Writing, writing
from luoshi_web.rights import Actor, Right


def add_report(actor: Actor, plan_year: int, *, name: str, data: bytes) -> None:
    """Add the report of the year after; it takes the place of one added before.

    Raises:
        RefusedError: The person is no supervisor there.
        UnreadableError: The file cannot be read as a report (C001, C002, C1xx).
        DeliveryError: It cannot be added (L391, L392, L398).
    """
    actor.require(Right.SUPERVISE, plan_year)
    # Reading and compiling come before the ledger is locked: others can write meanwhile.
    delivered = read_limited(data, name=name)
    plan = compile_report(document(delivered, name=name), notes=delivered.diagnostics)
    with writing(actor, plan_year) as ledger:
        proposal = reconciling.add_report(
            ledger.year.reconciling,
            plan_year=ledger.plan_year.year,
            year=plan.year,
            name=name,
            digest=plan.sources[0].digest,
            on=ledger.on,
        )
        store.keep_report(plan_year, plan, at=ledger.at)
        ledger.add(proposal, action=Action.NEXT_REPORT_ADDED, about=name)


def _review(ledger: Writing) -> Review:
    found = selectors.review_of(ledger.plan_year.pk, ledger.year)
    if found is None:
        raise DeliveryError("L393")
    return found


def rule_on_pair(
    actor: Actor, plan_year: int, *, subject: str, outcome: Outcome, passage: str, reason: str = ""
) -> None:
    """Rule on a pair.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It cannot be ruled so (L393 to L398), or there is no such pair (L264).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        row = next((one for one in _review(ledger).rows if one.pair.subject.key == subject), None)
        if row is None:
            raise DeliveryError("L264")
        pair = row.pair
        finding_with(pair, passage)
        proposal = reconciling.rule(
            ledger.year.reconciling,
            subject=subject,
            lineage=pair.subject.lineage,
            outcome=outcome,
            proposed=pair.outcome,
            passage=passage,
            proposed_passage=pair.finding.key if pair.finding is not None else "",
            reason=ledger.note_or_none(reason, lineage=pair.subject.lineage),
            on=ledger.on,
        )
        ledger.add(proposal, action=Action.PAIR_RULED, about=pair.subject.name)


def confirm_unmentioned(actor: Actor, plan_year: int) -> int:
    """Confirm for all subjects that are proposed as not mentioned, and not ruled on yet, that they are not; return of how many.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: Nothing is left to confirm (L399), or it is released (L398).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        subjects = [
            row.pair.subject.key
            for row in _review(ledger).rows
            if row.ruling is None and row.pair.outcome is Outcome.NOT_MENTIONED
        ]
        proposal = reconciling.confirm_unmentioned(ledger.year.reconciling, subjects=subjects, on=ledger.on)
        ledger.add(proposal, action=Action.UNMENTIONED_CONFIRMED, about=str(len(subjects)))
    return len(subjects)


def release(actor: Actor, plan_year: int) -> None:
    """Show the reviewed reconciliation to the public.

    Raises:
        RefusedError: The person may not release there.
        DeliveryError: Pairs are not ruled on (L400), or it is released already (L398).
    """
    actor.require(Right.RELEASE, plan_year)
    with writing(actor, plan_year) as ledger:
        found = _review(ledger)
        proposal = reconciling.release(
            ledger.year.reconciling,
            result=found.digest,
            pairs=len(found.rows),
            unruled=found.unruled,
            on=ledger.on,
        )
        ledger.add(proposal, action=Action.RECONCILIATION_RELEASED, about=found.digest)


def withdraw(actor: Actor, plan_year: int, *, reason: str) -> None:
    """Show the reconciliation to the public no longer.

    Raises:
        RefusedError: The person may not release there.
        DeliveryError: Nothing is released (L401), or the reason is missing (L207).
    """
    actor.require(Right.RELEASE, plan_year)
    with writing(actor, plan_year) as ledger:
        proposal = reconciling.withdraw(ledger.year.reconciling, reason=ledger.note(reason), on=ledger.on)
        ledger.add(proposal, action=Action.RECONCILIATION_WITHDRAWN)
