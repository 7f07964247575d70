"""Queue mails, send them once, send again what a person decides (邮件提醒)."""

from __future__ import annotations

import smtplib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luoshi.delivery.chasing.owing import Owed
from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.mail import selectors, store
from luoshi_web.mail.models import Message
from luoshi_web.mail.state import MailState
from luoshi_web.mail.store import Letter
from luoshi_web.plans.models import PlanYear
from luoshi_web.plans.store import together
from luoshi_web.rights import Actor, Right, RuleError

_LATER = (60, 300, 1800, 7200)
"""Seconds after which a mail is tried again that was refused; then it has failed."""
_KEPT = timedelta(days=90)
_MOST_TOLD = 40


def is_configured() -> bool:
    """Tell whether a mail server is named; without one nothing is queued."""
    return bool(settings.EMAIL_HOST)


def queue_reminders(plan_year: PlanYear, owed: Sequence[Owed], *, entry: int, on: date, at: datetime) -> None:
    """Queue one mail a person for what his units were reminded of by an entry of the ledger, in the transaction that writes it.

    There is one such entry a day, and another one where something new was published during the day.
    """
    by_unit: dict[str, list[Owed]] = defaultdict(list)
    for one in owed:
        by_unit[one.unit].append(one)
    _queue(plan_year, by_unit, key=f"reminders:{entry}", on=on, at=at, heading="reminders")


def queue_notice(plan_year: PlanYear, *, unit: str, number: int, due: date, on: date, at: datetime) -> None:
    """Queue a mail to the people of a unit that got a supervision notice; what it asks stands in the site alone."""
    if not is_configured() or plan_year.stands_at is not None:
        return
    letters = []
    for person in selectors.readers_of(plan_year.pk, [unit], on).get(unit, []):
        subject, body = _written(
            plan_year, "notice", {"number": number, "due": due, "address": f"supervision/notices/{number}/"}
        )
        letters.append(Letter(person.pk, f"notice:{number}:{due.isoformat()}", subject, body))
    store.add(plan_year.pk, letters, at=at)


def _queue(
    plan_year: PlanYear, by_unit: dict[str, list[Owed]], *, key: str, on: date, at: datetime, heading: str
) -> None:
    # A simulated year writes to nobody.
    if not is_configured() or plan_year.stands_at is not None:
        return
    things: dict[int, list[Owed]] = defaultdict(list)
    for unit, people in selectors.readers_of(plan_year.pk, list(by_unit), on).items():
        for person in people:
            things[person.pk] += by_unit[unit]
    letters = []
    for user, found in sorted(things.items()):
        ordered = sorted(found, key=lambda one: (one.due, one.key))
        subject, body = _written(
            plan_year,
            heading,
            {
                "late": [one for one in ordered if one.due < on][:_MOST_TOLD],
                "soon": [one for one in ordered if one.due >= on][:_MOST_TOLD],
                "count": len(ordered),
                "most": _MOST_TOLD,
                "address": "supervision/",
            },
        )
        letters.append(Letter(user, key, subject, body))
    store.add(plan_year.pk, letters, at=at)


def _written(plan_year: PlanYear, kind: str, values: dict[str, object]) -> tuple[str, str]:
    """Return subject and words of a mail, in the language of the site."""
    link = (
        f"{settings.SITE_ADDRESS}/plans/{plan_year.pk}/{values['address']}" if settings.SITE_ADDRESS else ""
    )
    with translation.override(settings.LANGUAGE_CODE):
        context = values | {"plan_year": plan_year, "link": link}
        subject = " ".join(render_to_string(f"mail/{kind}_subject.txt", context).split())
        return subject, render_to_string(f"mail/{kind}.txt", context)


def send_waiting(*, most: int = 500) -> int:
    """Send the mails that wait, one after the other, each claimed before; return how many were sent.

    Several processes may do so at once: a mail is claimed by one of them. One whose sender died is not sent again, because it may have arrived.
    """
    if not is_configured():
        return 0
    store.give_up_on(timezone.now() - timedelta(seconds=settings.MAIL_PATIENCE), at=timezone.now())
    store.forget(timezone.now(), keep=_KEPT)
    sent = 0
    for _turn in range(most):
        row = store.claim(timezone.now())
        if row is None:
            break
        try:
            sent += _send(row)
        except _NoServerError as error:
            # Whoever else waits would find nobody either; the next turn tries again.
            _refused(row, error.cause)
            break
    return sent


class _NoServerError(Exception):
    """The mail server does not answer, or does not let us in."""

    def __init__(self, cause: Exception) -> None:
        self.cause = cause
        super().__init__(str(cause))


def _send(row: Message) -> bool:
    address = selectors.address_of(row)
    if not address:
        store.end(row, MailState.FAILED, at=timezone.now(), reason=_("这个人没有邮箱，或已停用"))
        return False
    connection = get_connection(timeout=settings.EMAIL_TIMEOUT)
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise _NoServerError(error) from error
    message = EmailMultiAlternatives(
        row.subject, row.body, settings.DEFAULT_FROM_EMAIL, [address], connection=connection,
        headers={"Message-ID": message_id(row), "Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    message.attach_alternative(render_to_string("mail/letter.html", {"body": row.body}), "text/html")
    try:
        message.send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        # The server said no: it did not take the mail.
        _refused(row, error)
        return False
    except (OSError, smtplib.SMTPException) as error:
        # The connection broke; whether the server had taken it is not known.
        store.end(row, MailState.UNCERTAIN, at=timezone.now(), reason=_plain(error))
        return False
    finally:
        _closed(connection)
    store.end(row, MailState.SENT, at=timezone.now())
    return True


def _closed(connection: object) -> None:
    try:
        connection.close()  # type: ignore[attr-defined]
    except (OSError, smtplib.SMTPException):
        return


def _refused(row: Message, error: Exception) -> None:
    if row.attempts > len(_LATER):
        store.end(row, MailState.FAILED, at=timezone.now(), reason=_plain(error))
        return
    until = timezone.now() + timedelta(seconds=_LATER[row.attempts - 1])
    store.put_back(row, until=until, reason=_plain(error))


def _plain(error: Exception) -> str:
    """Return the error without the address of the person, which servers like to repeat."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _text in error.recipients.values()})
        return f"recipient refused ({', '.join(map(str, codes))})"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    return type(error).__name__


def message_id(row: Message) -> str:
    """Return the Message-ID of a mail: always the same, so that whoever gets it twice can tell."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    return f"<luoshi-{row.plan_year_id}-{row.pk}@{host}>"


def send_again(actor: Actor, plan_year: int, message: int) -> None:
    """Queue a mail again that failed or whose outcome is unknown; a person answers for that it may arrive twice.

    Raises:
        RefusedError: The person is no supervisor there.
        RuleError: There is no such mail in such a state (W631).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with together():
        if not store.queue_again(plan_year, message, at=timezone.now()):
            raise RuleError("W631")
        record(actor, Action.MAIL_SENT_AGAIN, str(message), plan_year=plan_year)


def choose(actor: Actor, *, wants: bool) -> None:
    """Let a person choose whether he gets mails."""
    if actor.id is not None:
        with together():
            store.set_refusal(actor.id, refuses=not wants)
            record(actor, Action.MAIL_CHOSEN, "+" if wants else "-")
