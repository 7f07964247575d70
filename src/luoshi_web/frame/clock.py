"""The clock of the site: the only place that asks what day it is."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return this moment."""
    return timezone.now()


def today() -> date:
    """Return the day in the place's time zone (Asia/Shanghai)."""
    return timezone.localdate(now())
