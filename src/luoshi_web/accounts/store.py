"""Write users and roles."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from luoshi_web.accounts.models import LinkedIdentity, RoleGrant, SignInFailure, User
from luoshi_web.frame.clock import now, today
from luoshi_web.rights import Role


def add_user(
    *, username: str, display_name: str, password: str, at: datetime, must_change: bool, is_demo: bool = False
) -> User:
    """Add a user."""
    user = User(
        username=username,
        display_name=display_name,
        created_at=at,
        must_change_password=must_change,
        is_demo=is_demo,
    )
    user.set_password(password)
    user.save()
    return user


def set_password(user: User, password: str, *, must_change: bool) -> None:
    """Set a password."""
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])


def set_person(user: User, *, display_name: str, phone: str, email: str) -> None:
    """Set how a user is called and reached."""
    user.display_name, user.phone, user.email = display_name, phone, email
    user.save(update_fields=["display_name", "phone", "email"])


def link(user: User, *, issuer: str, subject: str) -> None:
    """Say who a user is at an identity provider."""
    LinkedIdentity.objects.update_or_create(user=user, defaults={"issuer": issuer, "subject": subject})


def unlink(user: User) -> None:
    """Forget who a user is at the identity provider."""
    LinkedIdentity.objects.filter(user=user).delete()


def set_active(user: User, *, active: bool) -> None:
    """Open or close an account."""
    user.is_active = active
    user.save(update_fields=["is_active"])


def add_person(display_name: str, *, role: Role, plan_year: int, unit: str) -> User:
    """Add an invented person of a simulated year, who has a role and can never sign in."""
    number = User.objects.filter(username__startswith="simulated-").count() + 1
    user = User(
        username=f"simulated-{number:03d}",
        display_name=display_name,
        created_at=now(),
        is_active=False,
        is_demo=True,
    )
    user.set_unusable_password()
    user.save()
    add_grant(
        user=user,
        role=role,
        plan_year=plan_year,
        unit=unit,
        since=today(),
        until=None,
        granted_by=None,
        at=now(),
    )
    return user


def add_grant(
    *,
    user: User,
    role: Role,
    plan_year: int | None,
    unit: str,
    since: date,
    until: date | None,
    granted_by: int | None,
    at: datetime,
) -> RoleGrant:
    """Add a role."""
    return RoleGrant.objects.create(
        user=user,
        role=role.value,
        plan_year_id=plan_year,
        unit=unit,
        since=since,
        until=until,
        granted_by_id=granted_by,
        granted_at=at,
    )


def end_grant(grant: RoleGrant, *, until: date) -> None:
    """Set the day from which a role is no longer held."""
    grant.until = max(until, grant.since)
    grant.save(update_fields=["until"])


def add_failure(username: str, address: str, *, at: datetime) -> None:
    """Remember a failed sign-in for a day."""
    SignInFailure.objects.filter(at__lt=at - timedelta(days=1)).delete()
    SignInFailure.objects.create(username=username.lower()[:60], address=address[:45], at=at)


def forget_failures(username: str) -> None:
    """Forget the failures of a user who has signed in."""
    SignInFailure.objects.filter(username=username.lower()[:60]).delete()
