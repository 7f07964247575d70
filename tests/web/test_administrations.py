"""Users and roles: three administrations apart, nobody grants himself rights, nothing without a trace."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from luoshi_web.accounts import services
from luoshi_web.accounts.models import RoleGrant, User
from luoshi_web.accounts.selectors import actor_of
from luoshi_web.audit.models import AuditEntry
from luoshi_web.frame.clock import today
from luoshi_web.rights import ADMINISTRATIONS, Actor, Grant, RefusedError, Right, Role, RuleError

pytestmark = pytest.mark.django_db


def make(username):
    return services.create_user(
        Actor(None, "系统", (Grant(Role.SYSTEM_ADMINISTRATOR),)), username=username, display_name=username
    )[0]


@pytest.fixture
def security():
    """A security administrator, as one who acts."""
    services.create_first_administrator(
        Role.SECURITY_ADMINISTRATOR, username="anquan", display_name="安全管理员"
    )
    return actor_of(User.objects.get(username="anquan"), day=today())


@pytest.fixture
def system():
    """A system administrator, as one who acts."""
    services.create_first_administrator(
        Role.SYSTEM_ADMINISTRATOR, username="xitong", display_name="系统管理员"
    )
    return actor_of(User.objects.get(username="xitong"), day=today())


def test_nobody_grants_himself_a_role(security):
    himself = User.objects.get(pk=security.id)
    with pytest.raises(RuleError, match="himself"):
        services.grant_role(security, himself, Role.SUPERVISOR)
    assert [grant.role for grant in himself.grants.all()] == ["security_administrator"]


def test_nobody_ends_his_own_role(security):
    with pytest.raises(RuleError):
        services.end_role(security, RoleGrant.objects.get(user_id=security.id))


def test_a_system_administrator_creates_users_and_grants_nothing(system):
    user, password = services.create_user(system, username="wang", display_name="王主任")
    assert user.check_password(password)
    assert user.must_change_password
    with pytest.raises(RefusedError):
        services.grant_role(system, user, Role.SUPERVISOR)


def test_a_security_administrator_grants_roles_and_touches_no_account(security):
    user = make("wang")
    services.grant_role(security, user, Role.SUPERVISOR)
    with pytest.raises(RefusedError):
        services.create_user(security, username="li", display_name="李科长")
    with pytest.raises(RefusedError):
        services.reset_password(security, user)
    with pytest.raises(RefusedError):
        services.set_user_active(security, user, active=False)


@pytest.mark.parametrize("first", sorted(ADMINISTRATIONS, key=lambda role: role.value))
@pytest.mark.parametrize("second", sorted(Role, key=lambda role: role.value))
def test_an_administration_goes_with_no_other_role(security, first, second):
    if first is second:
        return
    user = make("zhao")
    services.grant_role(security, user, first)
    with pytest.raises(RuleError, match="kept apart"):
        services.grant_role(security, user, second, unit="市教育局")
    other = make("qian")
    services.grant_role(security, other, second, unit="市教育局")
    with pytest.raises(RuleError, match="kept apart"):
        services.grant_role(security, other, first)


def test_a_system_administrator_cannot_take_over_the_other_administrations(security, system):
    with pytest.raises(RuleError, match="on the server"):
        services.reset_password(system, User.objects.get(pk=security.id))
    user = make("wang")
    password = services.reset_password(system, user)
    assert user.check_password(password)
    assert user.must_change_password


def test_a_role_begins_and_ends_on_its_days(security):
    user = make("wang")
    since, until = today() + timedelta(days=3), today() + timedelta(days=5)
    services.grant_role(security, user, Role.SUPERVISOR, since=since, until=until)
    held = [
        actor_of(user, day=today() + timedelta(days=offset)).may(Right.DECIDE, 1)
        for offset in (0, 2, 3, 4, 5, 6)
    ]
    assert held == [False, False, True, True, False, False]


def test_a_role_for_one_plan_year_is_none_for_another(security, plan_year):
    user = make("wang")
    services.grant_role(security, user, Role.SUPERVISOR, plan_year=plan_year.pk)
    actor = actor_of(user, day=today())
    assert actor.may(Right.DECIDE, plan_year.pk)
    assert not actor.may(Right.DECIDE, plan_year.pk + 1)
    assert not actor.may(Right.DECIDE)


def test_an_ended_role_stays_on_record(security):
    user = make("wang")
    grant = services.grant_role(security, user, Role.SUPERVISOR)
    services.end_role(security, grant)
    assert not actor_of(user, day=today()).may_somewhere(Right.DECIDE)
    assert RoleGrant.objects.filter(pk=grant.pk).exists()
    with pytest.raises(RuleError):
        services.end_role(security, grant)


@pytest.mark.parametrize("role", [Role.LIAISON, Role.UNIT_HEAD, Role.OPERATOR])
def test_a_role_in_a_unit_names_the_unit(security, role):
    with pytest.raises(RuleError):
        services.grant_role(security, make("wang"), role)


def test_days_the_wrong_way_round_are_refused(security):
    with pytest.raises(RuleError):
        services.grant_role(security, make("wang"), Role.LEADER, since=today(), until=today())


def test_a_taken_name_is_refused_whatever_its_case(system):
    services.create_user(system, username="wang", display_name="王主任")
    with pytest.raises(RuleError):
        services.create_user(system, username="Wang", display_name="王科长")


def test_a_disabled_account_is_closed_at_once(system, plan_year, client_of, people):
    client = client_of(Role.LEADER)
    assert client.get("/").status_code == 200
    services.set_user_active(system, User.objects.get(username=people[Role.LEADER].username), active=False)
    assert client.get("/").status_code == 302


def test_nobody_disables_himself(system):
    with pytest.raises(RuleError):
        services.set_user_active(system, User.objects.get(pk=system.id), active=False)


def test_there_is_one_first_administrator_of_each_kind(security):
    with pytest.raises(RuleError):
        services.create_first_administrator(
            Role.SECURITY_ADMINISTRATOR, username="other", display_name="另一位"
        )
    with pytest.raises(RuleError):
        services.create_first_administrator(Role.SUPERVISOR, username="other", display_name="督查员")


def test_the_command_prints_a_password_that_has_to_be_changed():
    out = StringIO()
    call_command("create_first_administrator", "system_administrator", "admin", "--name", "陈工", stdout=out)
    name, password = out.getvalue().split()
    user = User.objects.get(username=name)
    assert user.check_password(password)
    assert user.must_change_password
    with pytest.raises(CommandError):
        call_command("create_first_administrator", "system_administrator", "admin2", stdout=out)


def test_the_command_on_the_server_resets_any_password(security):
    out = StringIO()
    call_command("reset_password", "anquan", stdout=out)
    assert User.objects.get(username="anquan").check_password(out.getvalue().split()[1])
    with pytest.raises(CommandError):
        call_command("reset_password", "nobody", stdout=out)


def test_each_step_leaves_its_trace(security, system):
    user, _password = services.create_user(system, username="wang", display_name="王主任")
    grant = services.grant_role(security, user, Role.SUPERVISOR)
    services.end_role(security, grant)
    services.reset_password(system, user)
    services.set_user_active(system, user, active=False)
    found = AuditEntry.objects.filter(subject="wang").order_by("id").values_list("action", "actor_id")
    assert list(found) == [
        ("luoshi.account.user_created", system.id),
        ("luoshi.account.role_granted", security.id),
        ("luoshi.account.role_ended", security.id),
        ("luoshi.account.password_reset", system.id),
        ("luoshi.account.user_disabled", system.id),
    ]


def test_the_log_holds_no_password(security, system):
    _user, password = services.create_user(system, username="wang", display_name="王主任")
    for entry in AuditEntry.objects.all():
        assert password not in f"{entry.subject}{entry.detail}"


def test_demonstration_users_come_one_a_role_and_again_with_new_passwords(plan_year):
    first = services.create_demo_users(plan_year.pk)
    second = services.create_demo_users(plan_year.pk)
    assert [user.role for user in first] == [user.role for user in second]
    assert {user.role for user in first} == set(Role)
    assert all("演示" in user.display_name for user in first)
    assert not {user.password for user in first} & {user.password for user in second}
    assert RoleGrant.objects.count() == len(Role)
    assert User.objects.get(username=first[0].username).check_password(second[0].password)
