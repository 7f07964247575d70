"""Write mails: queue them, claim one to send it, say what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from luoshi_web.mail.models import MailRefusal, Message
from luoshi_web.mail.state import MailState


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it is queued: to whom, what it tells of, subject and words."""

    user: int
    key: str
    subject: str
    body: str


def add(plan_year: int, letters: Iterable[Letter], *, at: datetime) -> None:
    """Queue mails in the transaction of the caller; one that was queued before stays as it is."""
    Message.objects.bulk_create(
        [
            Message(
                plan_year_id=plan_year,
                user_id=one.user,
                key=one.key[:80],
                subject=one.subject[:200],
                body=one.body,
                queued_at=at,
                next_at=at,
            )
            for one in letters
        ],
        ignore_conflicts=True,
        batch_size=200,
    )


def claim(at: datetime) -> Message | None:
    """Take the mail that has waited longest, and keep others from it; None where none is due.

    What is claimed is written down before anything is sent: whoever dies afterwards leaves a row that says so.
    """
    with transaction.atomic():
        waiting = Message.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            state=MailState.QUEUED.value, next_at__lte=at
        )
        row = waiting.order_by("next_at", "id").first()
        if row is None:
            return None
        row.state, row.claimed_at, row.attempts = MailState.SENDING.value, at, row.attempts + 1
        row.save(update_fields=["state", "claimed_at", "attempts"])
        return row


def end(row: Message, state: MailState, *, at: datetime, reason: str = "") -> None:
    """Say what became of a claimed mail, unless a later attempt began meanwhile."""
    changes: dict[str, object] = {"state": state.value, "ended_at": at, "reason": reason[:300]}
    if state is MailState.SENT:
        changes["body"] = ""
    Message.objects.filter(pk=row.pk, attempts=row.attempts).exclude(state=MailState.SENT.value).update(
        **changes
    )


def put_back(row: Message, *, until: datetime, reason: str) -> None:
    """Let a mail that was certainly not accepted wait."""
    Message.objects.filter(pk=row.pk, attempts=row.attempts, state=MailState.SENDING.value).update(
        state=MailState.QUEUED.value, next_at=until, reason=reason[:300]
    )


def give_up_on(before: datetime, *, at: datetime) -> int:
    """Mark mails that were claimed before a moment and about which nothing was said since; return how many."""
    lost = Message.objects.filter(state=MailState.SENDING.value, claimed_at__lt=before)
    return lost.update(state=MailState.UNCERTAIN.value, ended_at=at, reason="")


def doubt_all(*, at: datetime) -> int:
    """Mark every mail that waits or is being sent as uncertain, as after a backup was restored: it may have been sent since; return how many."""
    open_ones = (MailState.QUEUED.value, MailState.SENDING.value)
    return Message.objects.filter(state__in=open_ones).update(
        state=MailState.UNCERTAIN.value, ended_at=at, reason=""
    )


def queue_again(plan_year: int, pk: int, *, at: datetime) -> bool:
    """Queue a mail again that failed or whose outcome is unknown; tell whether there was one."""
    again = (MailState.UNCERTAIN.value, MailState.FAILED.value)
    rows = Message.objects.filter(plan_year_id=plan_year, pk=pk, state__in=again)
    return bool(rows.update(state=MailState.QUEUED.value, next_at=at, reason="", ended_at=None))


def forget(before: datetime, *, keep: timedelta) -> int:
    """Forget mails that came to an end long ago; return how many rows."""
    return Message.objects.filter(ended_at__lt=before - keep).delete()[0]


def set_refusal(user: int, *, refuses: bool) -> None:
    """Remember whether a person wants no mails."""
    if refuses:
        MailRefusal.objects.get_or_create(user_id=user)
    else:
        MailRefusal.objects.filter(user_id=user).delete()
