"""Settle the year (结总账): confirm a verdict for each commitment, lock the whole, correct what turns out to be wrong."""

from __future__ import annotations

from datetime import date

from luoshi.delivery import verdict as verdicts
from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.verdict import Verdict
from luoshi.delivery.year import Year
from luoshi.kernel.diagnostic import Diagnostic
from luoshi.settle.settlement import act as acts
from luoshi.settle.settlement.baseline import baseline_of
from luoshi.settle.settlement.statement import Statement, check_lock, corrected, statement_of
from luoshi_web.audit.action import Action
from luoshi_web.ledger import selectors as ledger_selectors
from luoshi_web.reporting.selectors import ground_of, version_of, year_at, year_of
from luoshi_web.reporting.services.writing import writing
from luoshi_web.rights import Actor, Right


def statement_on(plan_year: int, year: Year, on: date) -> Statement:
    """Return the statement that the ledger gives on a day."""
    plans = [version_of(plan_year, number).plan for number in range(1, year.version + 1)]
    ground = ground_of(version_of(plan_year, year.version))
    head = ledger_selectors.head_of(plan_year)
    return statement_of(year, head, ground, baseline_of(plans), on=on)


def locked_statement(plan_year: int, year: Year) -> tuple[Statement, tuple[Diagnostic, ...]]:
    """Return the statement that was locked, computed anew from the ledger up to the lock, and what does not agree with it; corrections stand in it where it does.

    Raises:
        DeliveryError: Nothing is locked (L306).
    """
    lock = year.settling.lock
    if lock is None:
        raise DeliveryError("L306")
    before = year_at(plan_year, lock.fact.number)
    entries = ledger_selectors.entries_after(plan_year, 0, up_to=lock.fact.number)
    plans = [version_of(plan_year, number).plan for number in range(1, before.version + 1)]
    ground = ground_of(version_of(plan_year, before.version))
    last = entries[-1]
    head = ledger_selectors.head_at(plan_year, last)
    statement = statement_of(before, head, ground, baseline_of(plans), on=lock.fact.on)
    faults = check_lock(lock.fact, statement, entries)
    return (statement if faults else corrected(statement, year)), faults


def confirm_verdict(
    actor: Actor, plan_year: int, *, lineage: str, verdict: Verdict, basis: str = "", reason: str = ""
) -> None:
    """Settle one commitment.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It cannot be settled so (L301 to L305), or there is no such commitment (L264).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        statement = statement_on(plan_year, ledger.year, ledger.on)
        row = next((one for one in statement.rows if one.proposal.lineage == lineage), None)
        if row is None:
            raise DeliveryError("L307")
        proposal = acts.confirm(
            ledger.year.settling,
            row.proposal,
            verdict=verdict,
            basis=ledger.note_or_none(basis, lineage=lineage),
            reason=ledger.note_or_none(reason, lineage=lineage),
            on=ledger.on,
        )
        ledger.add(proposal, action=Action.VERDICT_CONFIRMED, about=row.proposal.title)


def lock_settlement(actor: Actor, plan_year: int) -> None:
    """Lock the settlement, which cannot be undone.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It is locked already (L301).
        UnsettledError: Commitments are not settled (L309).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        statement = statement_on(plan_year, ledger.year, ledger.on)
        proposal = acts.lock(ledger.year.settling, statement, on=ledger.on)
        ledger.add(proposal, action=Action.SETTLEMENT_LOCKED, about=ledger.on.isoformat())


def correct_verdict(actor: Actor, plan_year: int, *, lineage: str, verdict: Verdict, reason: str) -> None:
    """Correct a verdict after the lock; the locked one stays beside it.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It cannot be corrected (L207, L306 to L308).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        proposal = verdicts.correct(
            ledger.year.settling,
            lineage=lineage,
            verdict=verdict,
            reason=ledger.note(reason, lineage=lineage),
            on=ledger.on,
        )
        ledger.add(proposal, action=Action.VERDICT_CORRECTED, about=lineage)


def verified(plan_year: int) -> tuple[Diagnostic, ...]:
    """Return what does not agree with the locked settlement of a plan-year; nothing where none is locked."""
    year = year_of(plan_year)
    return locked_statement(plan_year, year)[1] if year.settling.lock is not None else ()
