"""Review a draft: make decisions and undo them (审定)."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.plan import review
from luoshi.plan.document import from_stored
from luoshi.plan.model import Plan
from luoshi.plan.review import Decision, Record
from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.frame.clock import now
from luoshi_web.plans import store
from luoshi_web.plans.models import DecisionEntry, Draft
from luoshi_web.rights import Actor, ConflictError, Right, RuleError


@dataclass(frozen=True, slots=True)
class Outcome:
    """The draft after a decision.

    Attributes:
        plan: The plan.
        revision: Revision of the draft, to be given with the next decision.
        entry: Identity of the decision's row, by which it can be undone; None where nothing changed.
        record: The decision and what it touched.
    """

    plan: Plan
    revision: int
    entry: int | None
    record: Record


def decide(actor: Actor, plan_year: int, decision: Decision, *, revision: int) -> Outcome:
    """Make a decision on the draft.

    Args:
        actor: Who decides.
        plan_year: Identity of the plan-year.
        decision: The decision.
        revision: Revision of the draft that the person looked at.

    Raises:
        RefusedError: The person may not decide there.
        ConflictError: Someone changed the draft meanwhile (W201).
        RuleError: There is no draft (W501).
        DecisionError: The decision does not fit the draft (P3xx).
    """
    actor.require(Right.DECIDE, plan_year)
    with store.together():
        draft = locked_draft(plan_year, revision)
        plan = from_stored(draft.document.encode())
        after, made = review.decide(plan, decision)
        if not made.touched:
            return Outcome(plan, draft.revision, None, made)
        store.set_draft(draft, after, by=actor.name, at=now())
        entry = store.add_decision(draft, made, by=actor.name, at=now())
        _record(actor, Action.DECIDED, entry, made)
    return Outcome(after, draft.revision, entry.pk, made)


def undo(actor: Actor, plan_year: int, *, revision: int, entry: int | None = None) -> Outcome:
    """Take a decision back; the last one that still holds, where none is named.

    Raises:
        RefusedError: The person may not decide there.
        ConflictError: Someone changed the draft meanwhile (W201).
        RuleError: There is nothing to undo (W202) or no draft (W501).
        DecisionError: A later decision rests on it (P320, P321).
    """
    actor.require(Right.DECIDE, plan_year)
    with store.together():
        draft = locked_draft(plan_year, revision)
        row = store.decision_in_force(draft, entry)
        if row is None:
            raise RuleError("W202")
        made = review.decode_record(row.record)
        plan = review.undo(from_stored(draft.document.encode()), made)
        store.set_draft(draft, plan, by=actor.name, at=now())
        store.mark_undone(row, by=actor.name, at=now())
        _record(actor, Action.DECISION_UNDONE, row, made)
    return Outcome(plan, draft.revision, row.pk, made)


def locked_draft(plan_year: int, revision: int) -> Draft:
    """Return the draft, kept from others until the transaction ends, if it is still at `revision`.

    Raises:
        ConflictError: Someone changed it meanwhile (W201).
        RuleError: There is none (W501).
    """
    draft = store.lock_draft(plan_year)
    if draft is None:
        raise RuleError("W501")
    if draft.revision != revision:
        raise ConflictError("W201", {"by": draft.changed_by, "revision": draft.revision})
    return draft


def _record(actor: Actor, action: Action, entry: DecisionEntry, made: Record) -> None:
    names = [touched.id for touched in made.touched]
    record(
        actor,
        action,
        entry.kind,
        plan_year=entry.plan_year_id,
        entry=entry.pk,
        items=names[:20],
        count=len(names),
    )
