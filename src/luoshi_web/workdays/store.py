"""Write notices about days off."""

from __future__ import annotations

from datetime import datetime

from luoshi.cadence.notice import Notice
from luoshi_web.workdays.models import WorkdayNotice


def add(notice: Notice, *, issuer: str, by: str, at: datetime) -> WorkdayNotice:
    """Add a notice."""
    return WorkdayNotice.objects.create(
        number=notice.number,
        issuer=issuer,
        issued=notice.issued,
        rest=sorted(day.isoformat() for day in notice.rest),
        work=sorted(day.isoformat() for day in notice.work),
        year=notice.year,
        by=by,
        at=at,
    )


def withdraw(row: WorkdayNotice, *, reason: str, by: str, at: datetime) -> None:
    """Add the withdrawal of a notice."""
    WorkdayNotice.objects.create(
        number=row.number, issued=row.issued, withdraws=row, reason=reason[:300], by=by, at=at
    )
