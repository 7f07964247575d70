"""SQL queries a page: a committed baseline, so that a page that begins to ask more is noticed.

``RECORD_QUERY_COUNTS=1`` writes the file anew; the reviewer reads the difference.
"""

import json
import os
from pathlib import Path

import case_cast_web as case_cast
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.brief.drafting.letterhead import Letterhead
from luoshi.brief.official.model import DocumentKind
from luoshi_web.briefs import services as briefs
from luoshi_web.reporting.selectors import year_of
from luoshi_web.rights import Actor, Grant, Role
from luoshi_web.supervision.services import chasing

BASELINE = Path(__file__).with_name("query_counts.json")
PAGES = {
    "home": (Role.SUPERVISOR, "/"),
    "new report": (Role.SUPERVISOR, "/imports/new/"),
    "overview": (Role.SUPERVISOR, "/plans/{}/draft/overview/"),
    "overview of a version": (Role.LIAISON, "/plans/{}/v1/overview/"),
    "calendar": (Role.SUPERVISOR, "/plans/{}/draft/calendar/"),
    "report": (Role.SUPERVISOR, "/plans/{}/draft/report/"),
    "commitments": (Role.SUPERVISOR, "/plans/{}/draft/commitments/"),
    "commitments with a drawer": (Role.SUPERVISOR, "/plans/{}/draft/commitments/?open=c-station"),
    "targets": (Role.SUPERVISOR, "/plans/{}/draft/targets/?q=学&sort=value"),
    "mechanisms": (Role.SUPERVISOR, "/plans/{}/draft/mechanisms/"),
    "search": (Role.SUPERVISOR, "/plans/{}/draft/search/?q=学校"),
    "item": (Role.SUPERVISOR, "/plans/{}/draft/items/c-station/"),
    "versions": (Role.SUPERVISOR, "/plans/{}/draft/versions/"),
    "comparison": (Role.SUPERVISOR, "/plans/{}/draft/versions/compare/?old=v1&new=draft"),
    "review desk": (Role.SUPERVISOR, "/plans/{}/desk/"),
    "users": (Role.SYSTEM_ADMINISTRATOR, "/users/"),
    "roles": (Role.SECURITY_ADMINISTRATOR, "/users/1/roles/"),
    "audit log": (Role.AUDITOR, "/audit/"),
    "health": (Role.AUDITOR, "/health/"),
    "year at a glance": (Role.LEADER, "/plans/{}/delivery/"),
    "lights": (Role.LEADER, "/plans/{}/delivery/lights/"),
    "months": (Role.LEADER, "/plans/{}/delivery/months/"),
    "units": (Role.LEADER, "/plans/{}/delivery/units/"),
    "unit": (Role.LEADER, "/plans/{}/delivery/unit/?unit=市教育局"),
    "wall": (Role.LEADER, "/plans/{}/delivery/wall/"),
    "work of a liaison": (Role.LIAISON, "/plans/{}/delivery/work/"),
    "work of a supervisor": (Role.SUPERVISOR, "/plans/{}/delivery/work/"),
    "commitment": (Role.LIAISON, "/plans/{}/delivery/commitments/<school>/"),
    "handling plan": (Role.LIAISON, "/plans/{}/delivery/commitments/<school>/handling/"),
    "report of a period": (Role.LIAISON, "/plans/{}/delivery/commitments/<school>/reports/2026-10/"),
    "rosters": (Role.LIAISON, "/plans/{}/delivery/rosters/"),
    "roster": (Role.LIAISON, "/plans/{}/delivery/rosters/r-schools/"),
    "statistics": (Role.SUPERVISOR, "/plans/{}/delivery/statistics/"),
    "ledger": (Role.SUPERVISOR, "/plans/{}/delivery/ledger/"),
    "coverage": (Role.SUPERVISOR, "/plans/{}/cases/coverage/"),
    "desk of cases": (Role.OPERATOR, "/plans/{}/cases/"),
    "procedures": (Role.SUPERVISOR, "/plans/{}/cases/procedures/"),
    "procedure": (Role.SUPERVISOR, "/plans/{}/cases/procedures/permit/"),
    "cases": (Role.OPERATOR, "/plans/{}/cases/permit/"),
    "board of cases": (Role.LEADER, "/plans/{}/cases/permit/board/"),
    "new case": (Role.OPERATOR, "/plans/{}/cases/permit/new/"),
    "case": (Role.OPERATOR, "/plans/{}/cases/permit/<case>/"),
    "where the days go": (Role.SUPERVISOR, "/plans/{}/cases/permit/days/"),
    "counter": (Role.LIAISON, "/public/{}/services/"),
    "application": (Role.LIAISON, "/public/{}/services/service_cases/apply/"),
    "reconciliation": (Role.SUPERVISOR, "/plans/{}/reconciliation/"),
    "working days": (Role.SYSTEM_ADMINISTRATOR, "/workdays/"),
    "mails": (Role.SUPERVISOR, "/plans/{}/mail/"),
    "what is owed": (Role.SUPERVISOR, "/plans/{}/supervision/"),
    "notices": (Role.SUPERVISOR, "/plans/{}/supervision/notices/"),
    "notice": (Role.LIAISON, "/plans/{}/supervision/notices/1/"),
    "tasks": (Role.LIAISON, "/plans/{}/supervision/tasks/"),
    "meetings": (Role.LEADER, "/plans/{}/supervision/meetings/"),
    "drills": (Role.SUPERVISOR, "/plans/{}/supervision/drills/"),
    "assessment": (Role.SUPERVISOR, "/plans/{}/supervision/assessment/?half=2026-H1"),
    "score of a unit": (Role.SUPERVISOR, "/plans/{}/supervision/assessment/2026-H1/score/?unit=市教育局"),
    "settlement": (Role.SUPERVISOR, "/plans/{}/supervision/settlement/"),
    "briefs": (Role.SUPERVISOR, "/plans/{}/briefs/"),
    "brief": (Role.SUPERVISOR, "/plans/{}/briefs/<brief>/"),
}


@pytest.fixture
def counts(issued, client_of):
    from luoshi_web.accounts.models import User

    clients = {role: client_of(role) for role in {role for role, _address in PAGES.values()}}
    first_user = User.objects.order_by("pk").first().pk
    school = year_of(issued.plan_year_id).lineage_of_target("t-schools")
    supervisor = Actor(None, "督查员", (Grant(Role.SUPERVISOR),))
    operator = Actor(None, "操作员", (Grant(Role.OPERATOR, issued.plan_year_id, case_cast.UNIT),))
    case = case_cast.received(supervisor, operator, issued.plan_year_id).id
    case_cast.offered(supervisor, issued.plan_year_id, "services", "service_cases")
    chasing.issue_notice(supervisor, issued.plan_year_id, unit=case_cast.UNIT, request="请报送进度")
    letterhead = Letterhead(unit="云川市人民政府督查室")
    wanted = briefs.Wanted(kind=DocumentKind.MONTH, letterhead=letterhead)
    brief = briefs.draft(supervisor, issued.plan_year_id, wanted).pk
    found = {}
    for name, (role, address) in PAGES.items():
        address = address.replace("<case>", case).replace("<brief>", str(brief))
        address = address.replace("/users/1/", f"/users/{first_user}/").replace("<school>", school)
        address = address.format(issued.plan_year_id)
        # The first request fills the memory of plans that all people share.
        assert clients[role].get(address).status_code == 200, name
        with CaptureQueriesContext(connection) as queries:
            clients[role].get(address)
        found[name] = len(queries)
    return found


def test_no_page_asks_the_database_more_or_less_than_it_did(counts):
    if os.environ.get("RECORD_QUERY_COUNTS"):
        BASELINE.write_text(json.dumps(counts, indent=2) + "\n", encoding="utf-8")
    assert counts == json.loads(BASELINE.read_text(encoding="utf-8"))


def test_a_list_does_not_ask_more_for_more_plan_years(published, client_of, plan):
    import msgspec

    from luoshi_web.frame.clock import now
    from luoshi_web.plans import store

    client = client_of(Role.SUPERVISOR)

    def asked():
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    before = asked()
    for number in range(5):
        place = msgspec.structs.replace(plan.place, name=f"第{number}县")
        row = store.add_plan_year(place, 2026, by="测试", at=now())
        store.add_draft(row.pk, plan, by="测试", at=now())
    assert asked() == before
