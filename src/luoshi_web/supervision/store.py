"""Write the addresses of calendar feeds."""

from __future__ import annotations

from datetime import datetime

from luoshi_web.supervision.models import CalendarFeed


def put_feed(plan_year: int, user: int, secret: str, at: datetime) -> None:
    """Keep the digest of a feed's secret; an earlier address of the person no longer works."""
    CalendarFeed.objects.update_or_create(
        plan_year_id=plan_year, user_id=user, defaults={"secret": secret, "opened_at": at}
    )


def drop_feed(plan_year: int, user: int) -> bool:
    """Forget a feed; tell whether there was one."""
    return bool(CalendarFeed.objects.filter(plan_year_id=plan_year, user_id=user).delete()[0])
