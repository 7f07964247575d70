"""Adds rows to the audit log; the database refuses everything else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from luoshi_web.audit.models import AuditEntry


def append(
    *,
    at: datetime,
    actor_id: int | None,
    actor_name: str,
    address: str,
    action: str,
    subject: str,
    plan_year: int | None,
    detail: dict[str, Any],
) -> None:
    """Add one row."""
    AuditEntry.objects.create(
        at=at,
        actor_id=actor_id,
        actor_name=actor_name[:150],
        address=address[:45],
        action=action,
        subject=subject[:200],
        plan_year_id=plan_year,
        detail=detail,
    )
