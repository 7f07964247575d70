"""The clock of the site: the only place that asks what day it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


def now() -> datetime:
    """Return this moment."""
    return _standing.get() or timezone.now()


def today() -> date:
    """Return the day in the place's time zone (Asia/Shanghai)."""
    return timezone.localdate(now())


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at a moment; for simulations and tests alone."""
    token = _standing.set(moment)
    try:
        yield
    finally:
        _standing.reset(token)


def is_standing() -> bool:
    """Tell whether the clock was made to stand."""
    return _standing.get() is not None
