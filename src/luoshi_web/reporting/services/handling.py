"""File, contest, approve and return handling plans (办理方案)."""

from __future__ import annotations

from typing import Any

import msgspec

from luoshi.delivery import handling
from luoshi.delivery.handling import ContestKind, Handling
from luoshi.ledger.entry import Entry
from luoshi_web.audit.action import Action
from luoshi_web.frame.clock import now
from luoshi_web.reporting import store
from luoshi_web.reporting.services.writing import writing
from luoshi_web.rights import Actor, Right


def save_handling(actor: Actor, plan_year: int, *, unit: str, lineage: str, content: dict[str, Any]) -> None:
    """Keep a handling plan that the unit is still writing.

    Raises:
        RefusedError: The person does not prepare papers of that unit.
    """
    actor.require_for(Right.PREPARE, plan_year, unit)
    store.keep_unfiled(
        plan_year,
        store.HANDLING,
        unit=unit,
        lineage=lineage,
        period="",
        content=content,
        by=actor.name,
        at=now(),
    )


def file_handling(
    actor: Actor,
    plan_year: int,
    *,
    unit: str,
    lineage: str,
    content: Handling,
    persons: str = "",
    reason: str = "",
) -> Entry:
    """File a handling plan in the name of the lead unit; its head does.

    Args:
        actor: The head.
        plan_year: Identity of the plan-year.
        unit: The lead unit.
        lineage: The commitment.
        content: The plan, without persons.
        persons: Who answers for it by name; kept outside of the chain.
        reason: Why an approved plan is to change.

    Raises:
        RefusedError: The person is no head of that unit.
        DeliveryError: It does not fit (L20x, L21x).
    """
    actor.require_for(Right.APPROVE, plan_year, unit)
    with writing(actor, plan_year) as ledger:
        issued = ledger.year.issued_of(lineage)
        filed = msgspec.structs.replace(content, persons=ledger.note_or_none(persons, lineage=lineage))
        proposal = handling.file(
            ledger.year.handling_of(lineage),
            issued,
            filed,
            unit=unit,
            on=ledger.on,
            reason=ledger.note_or_none(reason, lineage=lineage),
        )
        (entry,) = ledger.add(proposal, action=Action.HANDLING_FILED, about=issued.title)
        store.drop_unfiled(plan_year, store.HANDLING, unit=unit, lineage=lineage)
    return entry


def contest(
    actor: Actor,
    plan_year: int,
    *,
    unit: str,
    lineage: str,
    about: ContestKind,
    proposed: str,
    reason: str,
) -> Entry:
    """Contest a commitment in the name of the lead unit; its head does.

    Raises:
        RefusedError: The person is no head of that unit.
        DeliveryError: It does not fit (L20x).
    """
    actor.require_for(Right.APPROVE, plan_year, unit)
    with writing(actor, plan_year) as ledger:
        issued = ledger.year.issued_of(lineage)
        proposal = handling.contest(
            ledger.year.handling_of(lineage),
            issued,
            about=about,
            proposed=proposed,
            reason=ledger.note(reason, lineage=lineage),
            unit=unit,
            on=ledger.on,
        )
        (entry,) = ledger.add(proposal, action=Action.CONTESTED, about=issued.title)
    return entry


def decide_contest(actor: Actor, plan_year: int, *, lineage: str, is_upheld: bool, reason: str) -> Entry:
    """Decide a contest; where it is upheld, the plan is amended next.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: There is nothing to decide, or no reason (L206, L207).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        issued = ledger.year.issued_of(lineage)
        proposal = handling.decide_contest(
            ledger.year.handling_of(lineage),
            is_upheld=is_upheld,
            reason=ledger.note(reason, lineage=lineage),
            on=ledger.on,
        )
        (entry,) = ledger.add(proposal, action=Action.CONTEST_DECIDED, about=issued.title)
    return entry


def approve_handling(actor: Actor, plan_year: int, *, filings: dict[str, int]) -> list[Entry]:
    """Approve handling plans, all or none.

    Args:
        actor: The supervisor.
        plan_year: Identity of the plan-year.
        filings: By lineage the filing that was looked at.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: One is not waiting, or was filed anew meanwhile (L208, L209).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        proposals = [
            handling.approve(ledger.year.handling_of(lineage), filing=filing, on=ledger.on)
            for lineage, filing in filings.items()
        ]
        if not proposals:
            return []
        return list(ledger.add(*proposals, action=Action.HANDLING_APPROVED))


def return_handling(actor: Actor, plan_year: int, *, lineage: str, filing: int, reason: str) -> Entry:
    """Return a handling plan to its unit.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It is not waiting, was filed anew meanwhile, or the reason is missing (L207 to L209).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        proposal = handling.give_back(
            ledger.year.handling_of(lineage),
            filing=filing,
            reason=ledger.note(reason, lineage=lineage),
            on=ledger.on,
        )
        (entry,) = ledger.add(proposal, action=Action.HANDLING_RETURNED)
    return entry
