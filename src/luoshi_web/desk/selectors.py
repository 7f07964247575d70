"""Read the decisions made on a draft, as far as the person may."""

from __future__ import annotations

from luoshi_web.plans.models import DecisionEntry, Draft
from luoshi_web.rights import Actor, Right

_SHOWN = 300


def decisions_visible_to(actor: Actor, plan_year: int) -> list[DecisionEntry]:
    """Return the newest decisions on the draft as it is now, undone ones included.

    Raises:
        RefusedError: The person may not decide there.
    """
    actor.require(Right.DECIDE, plan_year)
    chapter = Draft.objects.filter(plan_year_id=plan_year).values_list("chapter", flat=True).first()
    return list(
        DecisionEntry.objects.filter(plan_year_id=plan_year, chapter=chapter).order_by("-id")[:_SHOWN]
    )


def last_decision_visible_to(actor: Actor, plan_year: int) -> DecisionEntry | None:
    """Return the decision that “undo” would take back.

    Raises:
        RefusedError: The person may not decide there.
    """
    actor.require(Right.DECIDE, plan_year)
    chapter = Draft.objects.filter(plan_year_id=plan_year).values_list("chapter", flat=True).first()
    return (
        DecisionEntry.objects.filter(plan_year_id=plan_year, chapter=chapter, undone_at__isnull=True)
        .order_by("-id")
        .first()
    )
