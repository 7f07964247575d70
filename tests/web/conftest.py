"""Shared by the tests of the site: the sample plan in a plan-year, one person a role, signed-in clients."""

import os
import sys
from pathlib import Path

import django
import pytest
from django.db import connection
from django.test import Client

# Named here and not in pyproject.toml: the tests of the domain run where Django is not installed.
sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_settings")
django.setup()

import sample_plan  # noqa: E402

from luoshi.cadence.workday import WorkCalendar  # noqa: E402
from luoshi.plan.items import every  # noqa: E402
from luoshi.plan.review import Accept, Edit  # noqa: E402
from luoshi.register.roster import ItemEntry, Measure  # noqa: E402
from luoshi_web.accounts import services as accounts  # noqa: E402
from luoshi_web.frame.append_only import allow_changes, refuse_changes  # noqa: E402
from luoshi_web.frame.clock import now  # noqa: E402
from luoshi_web.plans import services, store  # noqa: E402
from luoshi_web.registers import services as registers  # noqa: E402
from luoshi_web.reporting import services as reporting  # noqa: E402
from luoshi_web.rights import Actor, Grant, Role  # noqa: E402
from luoshi_web.workdays import selectors as workdays  # noqa: E402

APPEND_ONLY = (
    "audit_entry",
    "plans_plan_version",
    "ledger_entry",
    "cases_entry",
    "cases_procedure_version",
    "briefs_version",
    "reconciliation_next_report",
    "workdays_notice",
)


def pytest_collection_modifyitems(config, items):
    """Leave out what is about PostgreSQL alone where the tests run on SQLite: it is part of the other run."""
    if os.environ.get("DATABASE_URL"):
        return
    alone = [item for item in items if item.get_closest_marker("postgres")]
    if alone:
        config.hook.pytest_deselected(items=alone)
        items[:] = [item for item in items if item not in alone]


@pytest.fixture(autouse=True)
def _working_days_of_this_test(request, monkeypatch):
    """Let what counts days look at the notices of this test's database; a test without one counts by the published calendar."""
    uses = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if uses or request.node.get_closest_marker("django_db"):
        workdays.look_when_counting()
        return
    monkeypatch.setattr(workdays._thread, "is_to_look", False)
    monkeypatch.setattr(workdays._held, "calendar", WorkCalendar())


@pytest.fixture
def plan():
    return sample_plan.draft()


@pytest.fixture
def plan_year(db, plan):
    """A plan-year with the sample plan as its draft."""
    row = store.add_plan_year(plan.place, plan.year, by="测试", at=now())
    store.add_draft(row.pk, plan, by="测试", at=now())
    return row


@pytest.fixture
def people(plan_year):
    """One demonstration user a role, by role, with the password."""
    return {user.role: user for user in accounts.create_demo_users(plan_year.pk, unit="市教育局")}


@pytest.fixture
def client_of(people):
    """Return a function that gives a client in which the person of a role is signed in."""

    def sign_in(role: Role) -> Client:
        client = Client()
        person = people[role]
        answer = client.post("/sign-in/", {"username": person.username, "password": person.password})
        assert answer.status_code == 302
        return client

    return sign_in


@pytest.fixture
def supervisor(client_of):
    return client_of(Role.SUPERVISOR)


@pytest.fixture
def acting():
    """Return a function that makes an actor with a role over everything."""

    def make(*roles: Role, id: int | None = None) -> Actor:
        return Actor(id, "测试员", tuple(Grant(role) for role in roles))

    return make


def _with_editor(step):
    for table in APPEND_ONLY:
        with connection.schema_editor() as editor:
            step(table)(None, editor)


@pytest.fixture
def _append_only_again(django_db_setup, django_db_blocker):
    """Set up before the database is opened, so that it comes last: the tables only grow again."""
    yield
    with django_db_blocker.unblock():
        _with_editor(refuse_changes)


@pytest.fixture
def transactional_db(_append_only_again, transactional_db):
    """Let the tables that only grow be emptied after a test that really commits."""
    yield
    _with_editor(allow_changes)


@pytest.fixture
def published(plan_year, plan, acting):
    """The sample plan, wholly accepted and published as version 1."""
    services.decide(
        acting(Role.SUPERVISOR),
        plan_year.pk,
        Accept(items=tuple(item.id for _kind, item in every(plan))),
        revision=1,
    )
    return services.publish(acting(Role.SUPERVISOR), plan_year.pk, reason="首版", revision=2)


@pytest.fixture
def issued(plan_year, plan, acting):
    """The sample plan, published as version 1 and issued to its units; a roster stands behind the schools; the station is meant for the public."""
    supervisor = acting(Role.SUPERVISOR)
    shown = Edit(item="c-station", changes={"publicity": "public"})
    services.decide(supervisor, plan_year.pk, shown, revision=1)
    every_item = tuple(item.id for _kind, item in every(plan))
    services.decide(supervisor, plan_year.pk, Accept(items=every_item), revision=2)
    version = reporting.publish(supervisor, plan_year.pk, reason="首版", revision=3)
    registers.open_roster(
        supervisor,
        plan_year.pk,
        roster="r-schools",
        target="t-schools",
        title="学校清单",
        measure=Measure.COUNT,
        quantity_unit="所",
        definition="验收合格",
        items=[ItemEntry(id="i-1", name="青杉小学"), ItemEntry(id="i-2", name="云溪中学")],
    )
    return version
