"""The time of the place (当地时间): days end at its midnight, clocks run by its wall clock."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

PLACE_TIME = ZoneInfo("Asia/Shanghai")
"""Time zone of every place: day D ends at its 24:00."""


def wall_clock(moment: datetime) -> datetime:
    """Return what the clock on the wall of the place shows at a moment, without a zone."""
    return moment.astimezone(PLACE_TIME).replace(tzinfo=None)


def day_of(moment: datetime) -> date:
    """Return the day of the place at a moment."""
    return moment.astimezone(PLACE_TIME).date()
