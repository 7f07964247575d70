"""Read the audit log; for auditors alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from luoshi_web.audit.models import AuditEntry
from luoshi_web.rights import Actor, Right


@dataclass(frozen=True, slots=True)
class Filter:
    """What an auditor looks for; empty fields do not restrict."""

    text: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None


def entries_visible_to(actor: Actor, wanted: Filter) -> QuerySet[AuditEntry]:
    """Return the entries that match, newest first.

    Raises:
        RefusedError: The person is no auditor.
    """
    actor.require(Right.READ_AUDIT)
    entries = AuditEntry.objects.all()
    if wanted.text:
        entries = entries.filter(
            Q(actor_name__icontains=wanted.text)
            | Q(subject__icontains=wanted.text)
            | Q(address__startswith=wanted.text)
        )
    if wanted.action:
        entries = entries.filter(action=wanted.action)
    if wanted.since:
        entries = entries.filter(at__gte=_start_of(wanted.since))
    if wanted.until:
        entries = entries.filter(at__lt=_start_of(wanted.until + timedelta(days=1)))
    return entries


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
