"""Saved views and exports: what people do while they read."""

from __future__ import annotations

from typing import Any

from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.plans import store
from luoshi_web.rights import Actor, RefusedError, Right


def save_view(actor: Actor, *, screen: str, name: str, query: str) -> None:
    """Keep a list as the person likes to see it; a view of the same name is replaced.

    Raises:
        RefusedError: The person may see no plan.
    """
    if actor.id is None or not actor.may_somewhere(Right.VIEW_PUBLISHED):
        raise RefusedError("W101")
    store.set_saved_view(actor.id, screen, name, query)


def delete_view(actor: Actor, view_id: int) -> None:
    """Drop a saved view of the person's own; another's is left alone.

    Raises:
        RefusedError: The person may see no plan.
    """
    if actor.id is None or not actor.may_somewhere(Right.VIEW_PUBLISHED):
        raise RefusedError("W101")
    store.delete_saved_view(actor.id, view_id)


def record_export(actor: Actor, plan_year: int, what: str, **detail: Any) -> None:
    """Note in the audit log that a file was taken out.

    Raises:
        RefusedError: The person may not see the plan-year.
    """
    actor.require(Right.VIEW_PUBLISHED, plan_year)
    record(actor, Action.EXPORTED, what, plan_year=plan_year, **detail)
