"""Publish a version and issue it to the units (发布并下达)."""

from __future__ import annotations

from luoshi.delivery.issue import issue
from luoshi.plan.document import from_stored
from luoshi_web.audit.action import Action
from luoshi_web.plans import services as plans
from luoshi_web.plans.models import PlanVersion
from luoshi_web.reporting.services.writing import writing
from luoshi_web.rights import Actor


def publish(actor: Actor, plan_year: int, *, reason: str, revision: int) -> PlanVersion:
    """Publish the draft as the next version, and issue its commitments to their lead units.

    Raises:
        RefusedError: The person may not publish there.
        ConflictError: Someone changed the draft meanwhile (W201).
        RuleError: There is no draft (W501), or nothing changed since the last version (W502).
        DecisionError: Something stands against it (P35x).
    """
    with writing(actor, plan_year) as ledger:
        row = plans.publish(actor, plan_year, reason=reason, revision=revision)
        plan = from_stored(row.document.encode())
        ledger.add(
            issue(plan, plan_digest=row.digest, on=ledger.on), action=Action.ISSUED, about=str(row.number)
        )
    return row
