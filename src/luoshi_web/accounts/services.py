"""Change users and roles: each with its permission and its line in the audit log (用户与授权)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from luoshi_web.accounts import selectors, store
from luoshi_web.accounts.models import RoleGrant, User
from luoshi_web.accounts.password import random_password
from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.frame.clock import now, today
from luoshi_web.rights import ADMINISTRATIONS, Actor, Right, Role, RuleError, machine

# Whoever could set the password of these could act as them, and the administrations would no longer be apart.
_PASSWORD_SET_ON_SERVER_ONLY = frozenset({Role.SECURITY_ADMINISTRATOR, Role.AUDITOR})


@transaction.atomic
def create_user(
    actor: Actor, *, username: str, display_name: str, phone: str = "", email: str = ""
) -> tuple[User, str]:
    """Create a user without any role, and return him with his first password, to be handed over and changed.

    Raises:
        RefusedError: The person is no system administrator.
        RuleError: The name is taken (W301).
    """
    actor.require(Right.MANAGE_USERS)
    return _create_user(actor, username, display_name, phone, email)


def _create_user(
    actor: Actor, username: str, display_name: str, phone: str = "", email: str = ""
) -> tuple[User, str]:
    if selectors.user_named(username) is not None:
        raise RuleError("W301", {"username": username})
    password = random_password()
    user = store.add_user(
        username=username, display_name=display_name, password=password, at=now(), must_change=True
    )
    if phone or email:
        store.set_person(user, display_name=display_name, phone=phone, email=email)
    record(actor, Action.USER_CREATED, username)
    return user, password


@transaction.atomic
def change_user(actor: Actor, user: User, *, display_name: str, phone: str, email: str) -> None:
    """Change how a user is called and reached.

    Raises:
        RefusedError: The person is no system administrator.
    """
    actor.require(Right.MANAGE_USERS)
    store.set_person(user, display_name=display_name, phone=phone, email=email)
    record(actor, Action.USER_CHANGED, user.username)


@transaction.atomic
def set_subject(actor: Actor, user: User, *, issuer: str, subject: str) -> None:
    """Say who a user is at the identity provider, or, with "", that he is nobody there.

    Raises:
        RefusedError: The person is no system administrator.
        RuleError: Another account has that subject (W306).
    """
    actor.require(Right.MANAGE_USERS)
    if subject == selectors.subject_of(user):
        return
    if not subject:
        store.unlink(user)
    else:
        other = selectors.user_linked(issuer, subject)
        if other is not None and other.pk != user.pk:
            raise RuleError("W306", {"name": other.username})
        store.link(user, issuer=issuer, subject=subject)
    record(actor, Action.USER_CHANGED, user.username, linked=issuer if subject else "")


@transaction.atomic
def set_user_active(actor: Actor, user: User, *, active: bool) -> None:
    """Open or close an account; it is never deleted, for the log names it.

    Raises:
        RefusedError: The person is no system administrator.
        RuleError: It is his own account (W302).
    """
    actor.require(Right.MANAGE_USERS)
    if user.pk == actor.id:
        raise RuleError("W302")
    store.set_active(user, active=active)
    record(actor, Action.USER_ENABLED if active else Action.USER_DISABLED, user.username)


@transaction.atomic
def reset_password(actor: Actor, user: User) -> str:
    """Set a random password that has to be changed at the next sign-in, and return it.

    Raises:
        RefusedError: The person is no system administrator.
        RuleError: The user is security administrator or auditor; then it is done on the server (W303).
    """
    actor.require(Right.MANAGE_USERS)
    if selectors.roles_held(user.pk, day=today()) & _PASSWORD_SET_ON_SERVER_ONLY:
        raise RuleError("W303")
    return _set_random_password(actor, user)


@transaction.atomic
def reset_password_on_server(user: User) -> str:
    """Set a random password for whomever; only for commands on the server itself."""
    return _set_random_password(machine("reset_password"), user)


def _set_random_password(actor: Actor, user: User) -> str:
    password = random_password()
    store.set_password(user, password, must_change=True)
    store.forget_failures(user.username)
    record(actor, Action.PASSWORD_RESET, user.username)
    return password


@transaction.atomic
def change_password(actor: Actor, user: User, *, password: str) -> None:
    """Set the person's own password.

    Raises:
        RuleError: It is the same as before (W304), or someone else's (W305).
        ValidationError: It breaks a rule for passwords.
    """
    if user.pk != actor.id:
        raise RuleError("W305")
    if user.check_password(password):
        raise RuleError("W304")
    validate_password(password, user)
    store.set_password(user, password, must_change=False)
    record(actor, Action.PASSWORD_CHANGED, user.username)


@transaction.atomic
def grant_role(
    actor: Actor,
    user: User,
    role: Role,
    *,
    plan_year: int | None = None,
    unit: str = "",
    since: date | None = None,
    until: date | None = None,
) -> RoleGrant:
    """Give a user a role, for one plan-year and unit or for all.

    Raises:
        RefusedError: The person is no security administrator.
        RuleError: To himself (W310); a unit is missing (W311); the role does not go with those
            held (W312); the days are the wrong way round (W313).
    """
    actor.require(Right.GRANT_ROLES)
    if user.pk == actor.id:
        raise RuleError("W310")
    return _grant_role(actor, user, role, plan_year=plan_year, unit=unit, since=since or today(), until=until)


def _grant_role(
    actor: Actor, user: User, role: Role, *, plan_year: int | None, unit: str, since: date, until: date | None
) -> RoleGrant:
    if role.needs_unit and not unit:
        raise RuleError("W311")
    held = selectors.roles_held(user.pk, day=today())
    if (role in ADMINISTRATIONS and held - {role}) or (
        role not in ADMINISTRATIONS and held & ADMINISTRATIONS
    ):
        raise RuleError("W312")
    if until is not None and until <= since:
        raise RuleError("W313")
    grant = store.add_grant(
        user=user,
        role=role,
        plan_year=None if role in ADMINISTRATIONS else plan_year,
        unit=unit if role.needs_unit else "",
        since=since,
        until=until,
        granted_by=actor.id,
        at=now(),
    )
    record(
        actor,
        Action.ROLE_GRANTED,
        user.username,
        plan_year=grant.plan_year_id,
        role=str(role.value),
        unit=grant.unit,
        since=since.isoformat(),
        until=until.isoformat() if until else "",
    )
    return grant


@transaction.atomic
def end_role(actor: Actor, grant: RoleGrant) -> None:
    """Take a role back from today on; the row stays.

    Raises:
        RefusedError: The person is no security administrator.
        RuleError: It is his own (W310), or it is over already (W314).
    """
    actor.require(Right.GRANT_ROLES)
    if grant.user_id == actor.id:
        raise RuleError("W310")
    if grant.until is not None and grant.until <= today():
        raise RuleError("W314")
    store.end_grant(grant, until=today())
    record(
        actor,
        Action.ROLE_ENDED,
        grant.user.username,
        plan_year=grant.plan_year_id,
        role=grant.role,
        unit=grant.unit,
    )


@transaction.atomic
def create_first_administrator(role: Role, *, username: str, display_name: str, password: str = "") -> str:
    """Create the first holder of one of the three administrations; only for commands on the server itself.

    Args:
        role: System administrator, security administrator or auditor.
        username: Name to sign in with.
        display_name: Name shown.
        password: Password; "" makes a random one that has to be changed.

    Returns:
        The password.

    Raises:
        RuleError: The role is no administration (W320) or somebody holds it already (W321); the name is taken (W301).
        ValidationError: The password breaks a rule.
    """
    if role not in ADMINISTRATIONS:
        raise RuleError("W320")
    if selectors.is_role_held(role, day=today()):
        raise RuleError("W321")
    actor = machine("create_first_administrator")
    user, made = _create_user(actor, username, display_name)
    if password:
        validate_password(password, user)
        store.set_password(user, password, must_change=False)
    _grant_role(actor, user, role, plan_year=None, unit="", since=today(), until=None)
    return password or made


@dataclass(frozen=True, slots=True)
class DemoUser:
    """A demonstration user with the password to be printed."""

    username: str
    display_name: str
    role: Role
    password: str


_DEMO_PEOPLE = (
    ("demo-supervisor", "演示·督查员 沈知行", Role.SUPERVISOR),
    ("demo-leader", "演示·领导 顾明远", Role.LEADER),
    ("demo-unit-head", "演示·单位负责人 陆清和", Role.UNIT_HEAD),
    ("demo-liaison", "演示·联络员 苏望舒", Role.LIAISON),
    ("demo-operator", "演示·业务操作员 江亦舟", Role.OPERATOR),
    ("demo-auditor", "演示·审计员 温如玉", Role.AUDITOR),
    ("demo-system", "演示·系统管理员 程子墨", Role.SYSTEM_ADMINISTRATOR),
    ("demo-security", "演示·安全管理员 秦若谷", Role.SECURITY_ADMINISTRATOR),
)
DEMO_UNIT = "演示单位"


@transaction.atomic
def create_demo_users(plan_year: int | None, *, unit: str = DEMO_UNIT) -> list[DemoUser]:
    """Make one invented user a role, or give those that are there new random passwords.

    Their accounts are open only where the site runs as a demonstration (``LUOSHI_DEMO``).

    Args:
        plan_year: Plan-year in which liaison, unit head and operator get their unit; the others see all.
        unit: That unit's name.
    """
    actor = machine("create_demo_users")
    made = []
    for username, display_name, role in _DEMO_PEOPLE:
        password = random_password()
        user = selectors.user_named(username)
        if user is None:
            user = store.add_user(
                username=username,
                display_name=display_name,
                password=password,
                at=now(),
                must_change=False,
                is_demo=True,
            )
        else:
            store.set_password(user, password, must_change=False)
        scope = plan_year if role.needs_unit else None
        if not selectors.is_granted(user.pk, role, plan_year=scope, day=today()):
            _grant_role(actor, user, role, plan_year=scope, unit=unit, since=today(), until=None)
        made.append(DemoUser(username, display_name, role, password))
    record(actor, Action.DEMO_CREATED, plan_year=plan_year)
    return made
