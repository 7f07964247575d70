"""Read the addresses of calendar feeds."""

from __future__ import annotations

from luoshi_web.supervision.models import CalendarFeed


def feed_of(plan_year: int, user: int | None) -> CalendarFeed | None:
    """Return the feed of a person."""
    return CalendarFeed.objects.filter(plan_year_id=plan_year, user_id=user).first() if user else None


def feed_with(plan_year: int, secret: str) -> CalendarFeed | None:
    """Return the feed whose secret has this digest."""
    return CalendarFeed.objects.select_related("user").filter(plan_year_id=plan_year, secret=secret).first()
