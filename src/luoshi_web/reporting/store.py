"""Keep what is not filed yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from luoshi_web.reporting.models import Unfiled

HANDLING = "handling"
REPORT = "report"


def keep_unfiled(
    plan_year: int,
    kind: str,
    *,
    unit: str,
    lineage: str,
    period: str,
    content: dict[str, Any],
    by: str,
    at: datetime,
) -> None:
    """Keep what a unit has written so far; the last one to save wins, for it is one unit's own paper."""
    Unfiled.objects.update_or_create(
        plan_year_id=plan_year,
        kind=kind,
        unit=unit,
        lineage=lineage,
        period=period,
        defaults={"content": content, "saved_by": by, "saved_at": at},
    )


def drop_unfiled(plan_year: int, kind: str, *, unit: str, lineage: str, period: str = "") -> None:
    """Forget it, because it was filed or thrown away."""
    Unfiled.objects.filter(
        plan_year_id=plan_year, kind=kind, unit=unit, lineage=lineage, period=period
    ).delete()
