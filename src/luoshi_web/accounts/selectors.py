"""Read users and roles."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from luoshi_web.accounts.models import LinkedIdentity, RoleGrant, SignInFailure, User
from luoshi_web.rights import Actor, Grant, RefusedError, Right, Role

LOCK_MINUTES = 15
FAILURES_BEFORE_LOCK = 5
FAILURES_OF_ADDRESS_BEFORE_LOCK = 30


def user_linked(issuer: str, subject: str) -> User | None:
    """Return the user who is a subject of an identity provider."""
    return User.objects.filter(linked_identity__issuer=issuer, linked_identity__subject=subject).first()


def is_linked(user: User) -> bool:
    """Tell whether a user is linked to a subject of an identity provider."""
    return LinkedIdentity.objects.filter(user=user).exists()


def subject_of(user: User) -> str:
    """Return who a user is at the identity provider, or ""."""
    return LinkedIdentity.objects.filter(user=user).values_list("subject", flat=True).first() or ""


def user_named(username: str) -> User | None:
    """Return the user with this name; names differ whatever the case of their letters is."""
    return User.objects.filter(username__iexact=username).first()


def user_with_id(user_id: int) -> User | None:
    """Return the user with this identity."""
    return User.objects.filter(pk=user_id).first()


def may_sign_in(user: User) -> bool:
    """Tell whether an account is open; demonstration users only where the site is a demonstration."""
    return user.is_active and (settings.DEMO or not user.is_demo)


def _in_force(day: date) -> Q:
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


def actor_of(user: User, *, day: date, address: str = "") -> Actor:
    """Return the user as one who acts, with the roles in force on `day`."""
    rows = RoleGrant.objects.filter(_in_force(day), user=user).values_list("role", "plan_year_id", "unit")
    grants = tuple(Grant(Role(role), plan_year, unit) for role, plan_year, unit in rows)
    return Actor(user.pk, f"{user.display_name}（{user.username}）", grants, address)


def users_visible_to(actor: Actor, *, day: date) -> QuerySet[User]:
    """Return all users with the roles in force on `day` as ``held``; for the two administrations of people.

    Raises:
        RefusedError: The person is neither system administrator nor security administrator.
    """
    if not (actor.may(Right.MANAGE_USERS) or actor.may(Right.GRANT_ROLES)):
        raise RefusedError("W101")
    held = RoleGrant.objects.filter(_in_force(day)).select_related("plan_year")
    return User.objects.prefetch_related(Prefetch("grants", queryset=held, to_attr="held"))


def people_of(plan_year: int, *, day: date) -> list[User]:
    """Return the people who hold a role in a plan-year, or in all, on a day; by name."""
    held = RoleGrant.objects.filter(_in_force(day)).filter(
        Q(plan_year_id=plan_year) | Q(plan_year__isnull=True)
    )
    people = User.objects.filter(pk__in=held.values("user_id"), is_active=True)
    return list(people.order_by("display_name", "pk"))


def grants_visible_to(actor: Actor, user_id: int) -> QuerySet[RoleGrant]:
    """Return every grant a user has or had, newest first; for security administrators.

    Raises:
        RefusedError: The person is no security administrator.
    """
    actor.require(Right.GRANT_ROLES)
    found = RoleGrant.objects.filter(user_id=user_id).select_related("plan_year", "granted_by", "user")
    return found.order_by("-since", "-id")


def grant_with_id(actor: Actor, grant_id: int) -> RoleGrant | None:
    """Return one grant; for security administrators."""
    actor.require(Right.GRANT_ROLES)
    return RoleGrant.objects.select_related("user").filter(pk=grant_id).first()


def roles_held(user_id: int, *, day: date) -> frozenset[Role]:
    """Return the roles that a user holds on `day` or will hold later."""
    rows = RoleGrant.objects.filter(Q(until__isnull=True) | Q(until__gt=day), user_id=user_id)
    return frozenset(Role(role) for role in rows.values_list("role", flat=True))


def is_role_held(role: Role, *, day: date) -> bool:
    """Tell whether any open account holds `role` on `day`."""
    return RoleGrant.objects.filter(_in_force(day), role=role.value, user__is_active=True).exists()


def is_locked(username: str, address: str, *, moment: datetime) -> bool:
    """Tell whether signing in is refused for a while after too many failures."""
    recent = SignInFailure.objects.filter(at__gt=moment - timedelta(minutes=LOCK_MINUTES))
    if recent.filter(username=username.lower()[:60]).count() >= FAILURES_BEFORE_LOCK:
        return True
    return bool(address) and recent.filter(address=address).count() >= FAILURES_OF_ADDRESS_BEFORE_LOCK


def is_granted(user_id: int, role: Role, *, plan_year: int | None, day: date) -> bool:
    """Tell whether a user holds exactly this role in exactly this scope on `day`."""
    return RoleGrant.objects.filter(
        _in_force(day), user_id=user_id, role=role.value, plan_year_id=plan_year
    ).exists()


def plan_years_to_grant(actor: Actor) -> list[tuple[int, str]]:
    """Return the plan-years that roles can be granted for, by identity and name; for security administrators."""
    actor.require(Right.GRANT_ROLES)
    related = RoleGrant._meta.get_field("plan_year").related_model
    return [(row.pk, str(row)) for row in related._default_manager.order_by("-year", "place")]
