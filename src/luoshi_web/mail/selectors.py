"""Read mails, and who gets them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q, QuerySet

from luoshi_web.accounts.models import RoleGrant, User
from luoshi_web.mail.models import MailRefusal, Message
from luoshi_web.mail.state import MailState
from luoshi_web.rights import Actor, Right, Role

_OF_UNITS = (Role.LIAISON.value, Role.UNIT_HEAD.value)


def readers_of(plan_year: int, units: Collection[str], on: date) -> dict[str, list[User]]:
    """Return the people of units who have an address and want mails, by unit: those who prepare and those who answer for it."""
    refusing = MailRefusal.objects.values("user_id")
    grants = (
        RoleGrant.objects.filter(
            Q(until__isnull=True) | Q(until__gt=on),
            Q(plan_year_id=plan_year) | Q(plan_year__isnull=True),
            role__in=_OF_UNITS,
            unit__in=units,
            since__lte=on,
            user__is_active=True,
        )
        .exclude(user__email="")
        .exclude(user_id__in=refusing)
        .select_related("user")
        .order_by("user_id")
    )
    found: dict[str, dict[int, User]] = defaultdict(dict)
    for grant in grants:
        found[grant.unit][grant.user_id] = grant.user
    return {unit: list(people.values()) for unit, people in found.items()}


def refuses(user: int) -> bool:
    """Tell whether a person wants no mails."""
    return MailRefusal.objects.filter(user_id=user).exists()


def messages_of(actor: Actor, plan_year: int) -> QuerySet[Message]:
    """Return the mails of a plan-year that a person may see: the supervising office all, others none."""
    rows = Message.objects.filter(plan_year_id=plan_year)
    return rows.select_related("user") if actor.may(Right.SUPERVISE, plan_year) else rows.none()


def counts(rows: QuerySet[Message]) -> dict[MailState, int]:
    """Return how many mails are in each state."""
    found = dict(rows.order_by().values_list("state").annotate(n=Count("id")))
    return {state: found.get(state.value, 0) for state in MailState}


def address_of(row: Message) -> str:
    """Return the address that a mail goes to as it is now; "" where the person has none any more."""
    return User.objects.filter(pk=row.user_id, is_active=True).values_list("email", flat=True).first() or ""
