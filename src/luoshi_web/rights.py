"""Who may do what: roles, rights, and the person who acts (权限).

Plain values without a database. `luoshi_web.accounts` makes an `Actor` from a user and a day; every
selector and every service takes it first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from luoshi.kernel.errors import LuoshiError
from luoshi.kernel.label import Labelled


class Role(Labelled):
    """What a person is for (角色)."""

    LIAISON = "liaison", "联络员", "liaison"
    UNIT_HEAD = "unit_head", "单位负责人", "unit head"
    OPERATOR = "operator", "业务操作员", "operator"
    SUPERVISOR = "supervisor", "督查员", "supervisor"
    LEADER = "leader", "领导", "leader"
    AUDITOR = "auditor", "审计员", "auditor"
    SYSTEM_ADMINISTRATOR = "system_administrator", "系统管理员", "system administrator"
    SECURITY_ADMINISTRATOR = "security_administrator", "安全管理员", "security administrator"

    @property
    def needs_unit(self) -> bool:
        """Whether the role is held for one responsible unit."""
        return self in (Role.LIAISON, Role.UNIT_HEAD, Role.OPERATOR)

    @property
    def is_administration(self) -> bool:
        """Whether the role is one of the three administrations, which see no plan."""
        return self in ADMINISTRATIONS


ADMINISTRATIONS = frozenset({Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR})
"""The three administrations; nobody holds two of them, or one beside a role in the work itself."""

_WORKERS = frozenset(Role) - ADMINISTRATIONS


class Right(Enum):
    """One thing that a person may do."""

    VIEW_PUBLISHED = "view_published"
    VIEW_DRAFT = "view_draft"
    IMPORT_REPORT = "import_report"
    DECIDE = "decide"
    PUBLISH = "publish"
    VIEW_DELIVERY = "view_delivery"
    VIEW_EVERY_UNIT = "view_every_unit"
    PREPARE = "prepare"
    APPROVE = "approve"
    KEEP_ROSTER = "keep_roster"
    HANDLE_CASES = "handle_cases"
    SUPERVISE = "supervise"
    INSTRUCT = "instruct"
    RELEASE = "release"
    MANAGE_USERS = "manage_users"
    GRANT_ROLES = "grant_roles"
    READ_AUDIT = "read_audit"
    ERASE = "erase"
    VIEW_SETTINGS = "view_settings"
    SET_WORKDAYS = "set_workdays"


RIGHTS: dict[Right, frozenset[Role]] = {
    Right.VIEW_PUBLISHED: _WORKERS,
    Right.VIEW_DRAFT: frozenset({Role.SUPERVISOR, Role.LEADER}),
    Right.IMPORT_REPORT: frozenset({Role.SUPERVISOR}),
    Right.DECIDE: frozenset({Role.SUPERVISOR}),
    Right.PUBLISH: frozenset({Role.SUPERVISOR}),
    Right.VIEW_DELIVERY: _WORKERS,
    Right.VIEW_EVERY_UNIT: frozenset({Role.SUPERVISOR, Role.LEADER}),
    Right.PREPARE: frozenset({Role.LIAISON, Role.UNIT_HEAD}),
    Right.APPROVE: frozenset({Role.UNIT_HEAD}),
    Right.KEEP_ROSTER: frozenset({Role.LIAISON, Role.UNIT_HEAD, Role.OPERATOR}),
    Right.HANDLE_CASES: frozenset({Role.LIAISON, Role.UNIT_HEAD, Role.OPERATOR}),
    Right.SUPERVISE: frozenset({Role.SUPERVISOR}),
    Right.INSTRUCT: frozenset({Role.LEADER, Role.SUPERVISOR}),
    Right.RELEASE: frozenset({Role.SUPERVISOR}),
    Right.MANAGE_USERS: frozenset({Role.SYSTEM_ADMINISTRATOR}),
    Right.GRANT_ROLES: frozenset({Role.SECURITY_ADMINISTRATOR}),
    Right.ERASE: frozenset({Role.SECURITY_ADMINISTRATOR}),
    Right.READ_AUDIT: frozenset({Role.AUDITOR}),
    Right.VIEW_SETTINGS: frozenset({Role.SYSTEM_ADMINISTRATOR}),
    Right.SET_WORKDAYS: frozenset({Role.SYSTEM_ADMINISTRATOR}),
}
"""Roles that give each right."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in force: for one plan-year, or for all when `plan_year` is None."""

    role: Role
    plan_year: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, with the roles in force on the day.

    Attributes:
        id: Identity of the user; None for the machine itself and for nobody.
        name: Name shown in the log.
        grants: Roles in force.
        address: Network address of the request, or "".
    """

    id: int | None
    name: str
    grants: tuple[Grant, ...] = ()
    address: str = field(default="", compare=False)

    @property
    def roles(self) -> tuple[Role, ...]:
        """Roles in force, each once, in the order of `Role`."""
        held = {grant.role for grant in self.grants}
        return tuple(role for role in Role if role in held)

    def may(self, right: Right, plan_year: int | None = None) -> bool:
        """Tell whether the person has `right`.

        Args:
            right: What is asked.
            plan_year: In which plan-year; None asks for the right over the whole installation.
        """
        return any(
            grant.role in RIGHTS[right] and (grant.plan_year is None or grant.plan_year == plan_year)
            for grant in self.grants
        )

    def may_for(self, right: Right, plan_year: int, unit: str) -> bool:
        """Tell whether the person has `right` in the name of a responsible unit.

        Args:
            right: What is asked.
            plan_year: In which plan-year.
            unit: Name of the unit.
        """
        return bool(unit) and unit in self.units_with(right, plan_year)

    def units_with(self, right: Right, plan_year: int) -> frozenset[str]:
        """Return the names of the units in whose name the person has `right` in a plan-year."""
        return frozenset(
            grant.unit
            for grant in self.grants
            if grant.unit and grant.role in RIGHTS[right] and grant.plan_year in (None, plan_year)
        )

    def may_somewhere(self, right: Right) -> bool:
        """Tell whether the person has `right` in any plan-year."""
        return any(grant.role in RIGHTS[right] for grant in self.grants)

    def plan_years(self, right: Right) -> frozenset[int] | None:
        """Return the plan-years in which the person has `right`; None means all."""
        found = [grant.plan_year for grant in self.grants if grant.role in RIGHTS[right]]
        if None in found:
            return None
        return frozenset(plan_year for plan_year in found if plan_year is not None)

    def units(self, plan_year: int) -> frozenset[str]:
        """Return the names of the units for which the person holds a role in a plan-year."""
        return frozenset(
            grant.unit for grant in self.grants if grant.unit and grant.plan_year in (None, plan_year)
        )

    def require(self, right: Right, plan_year: int | None = None) -> None:
        """Refuse to go on without `right`.

        Raises:
            RefusedError: The person does not have it.
        """
        if not self.may(right, plan_year):
            raise RefusedError("W101")

    def require_for(self, right: Right, plan_year: int, unit: str) -> None:
        """Refuse to go on without `right` in the name of a unit.

        Raises:
            RefusedError: The person does not have it.
        """
        if not self.may_for(right, plan_year, unit):
            raise RefusedError("W101")


NOBODY = Actor(None, "")
"""A person who has not signed in."""


def machine(name: str) -> Actor:
    """Return an actor for commands run on the server itself, which may do what a supervisor may."""
    return Actor(None, name, (Grant(Role.SUPERVISOR),))


class RefusedError(LuoshiError):
    """The person may not do this (W1xx)."""


class ConflictError(LuoshiError):
    """What the person wants to change was changed by someone else meanwhile (W2xx)."""


class RuleError(LuoshiError):
    """A rule of the site is against it; the sentence says which (W3xx)."""
