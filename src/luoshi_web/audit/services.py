"""Record what was done (审计留痕)."""

from __future__ import annotations

from typing import Any

from luoshi_web.audit import store
from luoshi_web.audit.action import Action
from luoshi_web.frame.clock import now
from luoshi_web.rights import Actor


def record(
    actor: Actor, action: Action, subject: str = "", *, plan_year: int | None = None, **detail: Any
) -> None:
    """Write one line into the audit log, in the transaction of the change that it tells of.

    Args:
        actor: Who did it.
        action: What was done.
        subject: To what, in words.
        plan_year: In which plan-year, where it belongs to one.
        detail: More that an auditor should know; no secrets and no personal data.
    """
    store.append(
        at=now(),
        actor_id=actor.id,
        actor_name=actor.name,
        address=actor.address,
        action=str(action.value),
        subject=subject,
        plan_year=plan_year,
        detail=detail,
    )
