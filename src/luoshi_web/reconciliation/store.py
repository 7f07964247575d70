"""Keep reports of the year after."""

from __future__ import annotations

from datetime import datetime

from luoshi.plan.document import to_json
from luoshi.plan.model import Plan
from luoshi_web.reconciliation.models import NextReport


def keep_report(plan_year: int, plan: Plan, *, at: datetime) -> NextReport:
    """Keep a compiled report, unless the plan-year has this text already."""
    source = plan.sources[0]
    row, _made = NextReport.objects.get_or_create(
        plan_year_id=plan_year,
        digest=source.digest,
        defaults={"name": source.name[:200], "document": to_json(plan).decode(), "added_at": at},
    )
    return row
