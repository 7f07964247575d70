"""The working days of the place (工作日): the published calendar and the notices that were entered.

The calendar is kept by the process and looked after once in each request that counts days, and in each piece of background work, so that a notice that another process took in counts from the next one on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock, local

from luoshi.cadence.notice import Notice
from luoshi.cadence.workday import WorkCalendar
from luoshi_web.workdays.models import WorkdayNotice

Edition = tuple[int, datetime | None]
_NONE: Edition = (0, None)


@dataclass(slots=True)
class _Held:
    edition: Edition
    calendar: WorkCalendar


class _Thread(local):
    """What a thread has yet to do: look before it counts."""

    is_to_look = True


_lock = Lock()
_thread = _Thread()
_held = _Held(_NONE, WorkCalendar())


def look_when_counting() -> None:
    """Let this thread look again before it counts the next time, as a request does."""
    _thread.is_to_look = True


def look() -> None:
    """See whether notices were entered or withdrawn since; the calendar is made anew where they were."""
    _thread.is_to_look = False
    last = WorkdayNotice.objects.order_by("-id").values_list("id", "at").first() or _NONE
    with _lock:
        if last != _held.edition:
            _held.calendar = WorkCalendar(_notice(row) for row in in_force())
            _held.edition = last


def calendar() -> WorkCalendar:
    """Return the calendar with the notices in force."""
    if _thread.is_to_look:
        look()
    return _held.calendar


def edition() -> Edition:
    """Return what tells this calendar from another, for what is kept of its results."""
    if _thread.is_to_look:
        look()
    return _held.edition


def every_row() -> list[WorkdayNotice]:
    """Return what was entered and withdrawn, the newest first."""
    return list(WorkdayNotice.objects.order_by("-id").select_related("withdraws"))


def in_force() -> list[WorkdayNotice]:
    """Return the notices that were not withdrawn, the oldest first."""
    withdrawn = WorkdayNotice.objects.filter(withdraws__isnull=False).values("withdraws_id")
    return list(WorkdayNotice.objects.filter(withdraws__isnull=True).exclude(pk__in=withdrawn).order_by("id"))


def notice_in_force(pk: int) -> WorkdayNotice | None:
    """Return a notice that was not withdrawn."""
    return next((row for row in in_force() if row.pk == pk), None)


def _notice(row: WorkdayNotice) -> Notice:
    return Notice(
        number=row.number,
        issued=row.issued,
        rest=frozenset(map(date.fromisoformat, row.rest)),
        work=frozenset(map(date.fromisoformat, row.work)),
        year=row.year,
    )
