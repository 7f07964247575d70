"""Every address of the site × every role: who may, who may not, and that no address is forgotten."""

from dataclasses import dataclass, field
from datetime import date

import case_cast_web as case_cast
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from luoshi.brief.drafting.letterhead import Letterhead
from luoshi.brief.official.model import DocumentKind
from luoshi.delivery.drill.fact import Site
from luoshi.register.case.model import Channel
from luoshi_web.briefs import services as briefs
from luoshi_web.cases import services
from luoshi_web.ledger.services import keep_evidence
from luoshi_web.ledger.store import person_key
from luoshi_web.plans import store
from luoshi_web.plans.models import Import, ImportState
from luoshi_web.reconciliation import services as reconciliation
from luoshi_web.reporting import services as reporting
from luoshi_web.reporting.selectors import year_of
from luoshi_web.rights import Actor, Grant, Role
from luoshi_web.supervision.services import chasing, drilling, meetings

NOBODY = None
EVERYBODY = frozenset({NOBODY, *Role})
NOBODY_AT_ALL = frozenset()
SIGNED_IN = frozenset(Role)
WORKERS = frozenset({Role.LIAISON, Role.UNIT_HEAD, Role.OPERATOR, Role.SUPERVISOR, Role.LEADER})
DRAFT_READERS = frozenset({Role.SUPERVISOR, Role.LEADER})
PREPARERS = frozenset({Role.LIAISON, Role.UNIT_HEAD})
KEEPERS = frozenset({Role.LIAISON, Role.UNIT_HEAD, Role.OPERATOR})
HEAD = frozenset({Role.UNIT_HEAD})
SUPERVISOR = frozenset({Role.SUPERVISOR})
AUDITOR = frozenset({Role.AUDITOR})
SYSTEM = frozenset({Role.SYSTEM_ADMINISTRATOR})
SECURITY = frozenset({Role.SECURITY_ADMINISTRATOR})


@dataclass(frozen=True)
class Address:
    """How an address is asked for, and who may."""

    who: frozenset
    args: dict = field(default_factory=dict)
    data: dict | None = None
    query: str = ""


def in_plan(who, data=None, query="", **args):
    return Address(who, {"plan_year_id": "PLAN_YEAR", **args}, data, query)


def of_roster(who, data=None):
    return in_plan(who, data, roster_id="r-schools")


def read_draft(query="", **args):
    return in_plan(DRAFT_READERS, query=query, edition="draft", **args)


TABLE = {
    "frame:health": Address(EVERYBODY),
    "frame:language": Address(EVERYBODY, data={"language": "en", "next": "/"}),
    "frame:settings": Address(SYSTEM),
    "accounts:sign_in": Address(EVERYBODY),
    # Without an identity provider these are not there; with one, tests/web/test_oidc.py asks for them.
    "accounts:oidc_begin": Address(NOBODY_AT_ALL),
    "accounts:oidc_finish": Address(NOBODY_AT_ALL),
    "accounts:sign_out": Address(EVERYBODY, data={}),
    "accounts:password": Address(SIGNED_IN),
    "accounts:users": Address(SYSTEM | SECURITY),
    "accounts:new_user": Address(SYSTEM),
    "accounts:user": Address(SYSTEM, {"user_id": "OTHER"}),
    "accounts:set_active": Address(SYSTEM, {"user_id": "OTHER"}, {"active": "1"}),
    "accounts:reset_password": Address(SYSTEM, {"user_id": "OTHER"}, {}),
    "accounts:roles": Address(SECURITY, {"user_id": "OTHER"}),
    "accounts:end_role": Address(SECURITY, {"user_id": "OTHER", "grant_id": "GRANT"}, {}),
    "ledger:erasure": Address(SECURITY),
    "audit:entries": Address(AUDITOR),
    "audit:export": Address(AUDITOR),
    "plans:home": Address(SIGNED_IN),
    "plans:new_import": Address(SUPERVISOR),
    "plans:import": Address(SUPERVISOR, {"import_id": "IMPORT"}),
    "plans:answer_import": Address(SUPERVISOR, {"import_id": "IMPORT"}, {"choice": "cancel"}),
    "plans:import_document": Address(SUPERVISOR),
    "plans:save_view": Address(WORKERS, data={"name": "一", "screen": "targets", "query": "", "next": "/"}),
    "plans:delete_view": Address(WORKERS, {"view_id": 1}, {"next": "/"}),
    "plans:open": in_plan(WORKERS),
    "plans:doubts": in_plan(WORKERS),
    "plans:overview": read_draft(),
    "plans:calendar": read_draft(),
    "plans:print_style": in_plan(WORKERS, edition="v1"),
    "plans:report": read_draft(),
    "plans:search": read_draft(query="q=学校"),
    "plans:mechanisms": read_draft(),
    "plans:commitments": read_draft(),
    "plans:targets": read_draft(),
    "plans:projects": read_draft(),
    "plans:terms": read_draft(),
    "plans:claims": read_draft(),
    "plans:export": read_draft(screen="targets", form="csv"),
    "plans:versions": read_draft(),
    "plans:compare": read_draft(query="old=v1&new=draft"),
    "plans:breakdown": read_draft(form="xlsx"),
    "plans:download": read_draft(form="json"),
    "plans:item": read_draft(item_id="c-station"),
    "desk:show": in_plan(SUPERVISOR),
    "desk:undo": in_plan(SUPERVISOR, data={"revision": 2}),
    "desk:history": in_plan(SUPERVISOR),
    "desk:units": in_plan(SUPERVISOR),
    "desk:publish": in_plan(SUPERVISOR),
    "desk:new": in_plan(SUPERVISOR, kind="commitment"),
    "desk:form": in_plan(SUPERVISOR, item_id="c-station"),
    "desk:decide": in_plan(SUPERVISOR, act="accept", data={"revision": 2, "items": "c-station"}),
    "board:leader": in_plan(WORKERS),
    "board:lights": in_plan(WORKERS),
    "board:export": in_plan(WORKERS, form="xlsx"),
    "board:months": in_plan(WORKERS),
    "board:units": in_plan(WORKERS),
    "board:unit": in_plan(WORKERS, query="unit=市教育局"),
    "board:wall": in_plan(WORKERS),
    "reporting:work": in_plan(WORKERS),
    "reporting:commitment": in_plan(WORKERS, lineage="SCHOOL"),
    "reporting:handling": in_plan(PREPARERS, lineage="SCHOOL"),
    "reporting:report": in_plan(PREPARERS, lineage="SCHOOL", period="2026-03"),
    "reporting:handling_document": in_plan(DRAFT_READERS, form="xlsx"),
    "reporting:evidence": in_plan(WORKERS, file_id="FILE"),
    "reporting:ledger": in_plan(SUPERVISOR),
    "reporting:bulk_sheet": in_plan(PREPARERS),
    "reporting:bulk": in_plan(PREPARERS),
    "reporting:act": in_plan(SUPERVISOR, {"lineage": "SCHOOL"}, what="release"),
    "portal:years": Address(EVERYBODY),
    "portal:released": in_plan(EVERYBODY),
    "portal:export": in_plan(EVERYBODY, form="json"),
    "portal:counter": in_plan(EVERYBODY),
    "portal:track": in_plan(EVERYBODY),
    "portal:apply": in_plan(EVERYBODY, procedure="service_cases"),
    "portal:reconciled": in_plan(EVERYBODY),
    "portal:commitment": in_plan(EVERYBODY, lineage="STATION"),
    "portal:file": in_plan(EVERYBODY, lineage="STATION", digest="SHOWN"),
    "registers:rosters": in_plan(WORKERS),
    "registers:new_roster": in_plan(KEEPERS | SUPERVISOR, target_id="t-schools"),
    "registers:roster": of_roster(WORKERS),
    "registers:save_item": of_roster(KEEPERS, {"name": "柳湾小学", "state": "planned"}),
    "registers:import_items": of_roster(KEEPERS, {}),
    "registers:accept_items": of_roster(HEAD, {"item": "i-1"}),
    "registers:withdraw_item": of_roster(HEAD, {"item": "i-2", "reason": "并校"}),
    "registers:draw": of_roster(SUPERVISOR, {"seed": "7"}),
    "registers:check": of_roster(SUPERVISOR, {"item": "i-1", "sample": "1", "is_right": "1"}),
    "registers:sheet": of_roster(WORKERS),
    "registers:statistics": in_plan(WORKERS),
    "registers:statistics_sheet": in_plan(WORKERS),
    "supervision:owed": in_plan(WORKERS),
    "supervision:notices": in_plan(WORKERS),
    "supervision:notice": in_plan(WORKERS, number=1),
    "supervision:tasks": in_plan(WORKERS),
    "supervision:task": in_plan(WORKERS, number=1),
    "supervision:meetings": in_plan(DRAFT_READERS),
    "supervision:meeting": in_plan(DRAFT_READERS, number=1),
    "supervision:drills": in_plan(WORKERS),
    "supervision:sheet": in_plan(SUPERVISOR, quarter="2026-Q4", site="s1"),
    "supervision:photo": in_plan(DRAFT_READERS, quarter="2026-Q4", site="s1", digest="PHOTO"),
    "supervision:assessment": in_plan(WORKERS),
    "supervision:score": in_plan(DRAFT_READERS, half="2026-H1", query="unit=市教育局"),
    "supervision:settlement": in_plan(DRAFT_READERS),
    "supervision:statement": in_plan(DRAFT_READERS, form="json"),
    "supervision:act": in_plan(SUPERVISOR, {"half": "2026-H1"}, what="announce"),
    "supervision:calendar": in_plan(NOBODY_AT_ALL, secret="none"),
    "workdays:workdays": Address(SYSTEM),
    "workdays:withdraw": Address(SYSTEM, {"notice": "OTHER"}, {"reason": "有误"}),
    "mail:own": Address(SIGNED_IN),
    "mail:messages": in_plan(SUPERVISOR),
    "mail:again": in_plan(SUPERVISOR, {}, message="OTHER"),
    "reconciliation:reconciliation": in_plan(DRAFT_READERS),
    "reconciliation:table": in_plan(DRAFT_READERS, form="xlsx"),
    "reconciliation:act": in_plan(SUPERVISOR, {"reason": "有误"}, what="withdraw"),
    "briefs:briefs": in_plan(WORKERS),
    "briefs:draft": in_plan(SUPERVISOR, {"kind": "month", "unit": "督查室"}),
    "briefs:ledger_sheet": in_plan(DRAFT_READERS),
    "briefs:brief": in_plan(DRAFT_READERS, brief="BRIEF"),
    "briefs:edit": in_plan(SUPERVISOR, {"block": "none", "text": "好"}, brief="BRIEF"),
    "briefs:step": in_plan(SUPERVISOR, {"serial": "1"}, brief="BRIEF", step="issue"),
    "briefs:file": in_plan(DRAFT_READERS, brief="BRIEF", form="docx"),
    "cases:desk": in_plan(WORKERS),
    "cases:procedures": in_plan(WORKERS),
    "cases:coverage": in_plan(WORKERS),
    "cases:coverage_sheet": in_plan(WORKERS),
    "cases:adopt": in_plan(NOBODY_AT_ALL, {"procedure": "none/none"}),
    "cases:draft_from_report": in_plan(NOBODY_AT_ALL, {"mechanism": "none"}),
    "cases:upload_drawing": in_plan(SUPERVISOR, {}),
    "cases:procedure": in_plan(WORKERS, procedure="permit"),
    "cases:publish": in_plan(SUPERVISOR, {}, procedure="permit"),
    "cases:drawing": in_plan(WORKERS, procedure="permit"),
    "cases:cases": in_plan(WORKERS, procedure="permit"),
    "cases:board": in_plan(WORKERS, procedure="permit"),
    "cases:places": in_plan(WORKERS, procedure="projects"),
    "cases:days": in_plan(WORKERS, procedure="permit"),
    "cases:new_case": in_plan(KEEPERS, procedure="permit"),
    "cases:import": in_plan(KEEPERS, procedure="permit"),
    "cases:together": in_plan(WORKERS, {"act": "take_over"}, procedure="permit"),
    "cases:export": in_plan(WORKERS, procedure="permit", form="xlsx"),
    "cases:case": in_plan(WORKERS, procedure="permit", case="CASE"),
    "cases:contact": in_plan(KEEPERS, {}, procedure="permit", case="CASE"),
    "cases:follow": in_plan(KEEPERS, {}, procedure="joint_matters", case="MATTER", key="part"),
    "cases:act": in_plan(
        HEAD | SUPERVISOR,
        {"to": "市交通局", "reason": "职责不符"},
        procedure="permit",
        case="CASE",
        act="transfer",
    ),
}


def every_name(patterns=None, prefix=""):
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from every_name(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_the_table_names_every_address_and_no_other():
    assert sorted(set(every_name())) == sorted(TABLE)


def test_every_address_has_a_name():
    assert not [name for name in every_name() if name.endswith("None")]


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
NEXT_REPORT = """云川市人民政府工作报告
（2027年1月8日）
各位代表：
一、2026年工作回顾
过去一年，全市上下团结一心。
二、2027年重点工作
（一）办好民生实事
新建公园5个。
"""


@pytest.fixture
def places(issued, people):
    """Identities that stand in the table as words."""
    from luoshi_web.accounts.models import RoleGrant, User

    other = User.objects.get(username=people[Role.LIAISON].username)
    file = store.add_source_file(
        name="a.txt", medium="", digest="sha256:" + "0" * 64, size=1, by="测试", at=other.created_at
    )
    job = Import.objects.create(
        file=file,
        requested_name="测试",
        state=ImportState.FAILED.value,
        beat_at=other.created_at,
        created_at=other.created_at,
    )
    unit = "市教育局"
    school = year_of(issued.plan_year_id).lineage_of_target("t-schools")
    liaison = Actor(other.pk, "联络员", (Grant(Role.LIAISON, issued.plan_year_id, unit),))
    station = next(
        one.lineage for one in year_of(issued.plan_year_id).issued.values() if one.title == "云川东站开工"
    )
    builder = Actor(other.pk, "联络员", (Grant(Role.LIAISON, issued.plan_year_id, "市交通局"),))
    at_the_station = keep_evidence(
        builder,
        issued.plan_year_id,
        lineage=station,
        unit="市交通局",
        name="b.txt",
        data="开工".encode(),
        limit=99,
    )
    evidence = keep_evidence(
        liaison, issued.plan_year_id, lineage=school, unit=unit, name="a.txt", data="好".encode(), limit=99
    )
    supervisor = Actor(None, "督查员", (Grant(Role.SUPERVISOR),))
    reporting.release_commitment(supervisor, issued.plan_year_id, lineage=station)
    shown = reporting.release_evidence(
        supervisor, issued.plan_year_id, lineage=station, file_id=at_the_station.pk, name="开工令"
    )
    operator = Actor(other.pk, "操作员", (Grant(Role.OPERATOR, issued.plan_year_id, unit),))
    with_case = case_cast.received(supervisor, operator, issued.plan_year_id)
    case_cast.offered(supervisor, issued.plan_year_id, "services", "service_cases", "joint_matters")
    case_cast.offered(supervisor, issued.plan_year_id, "projects", "projects")
    matter = services.receive(
        operator,
        issued.plan_year_id,
        services.Intake(
            title="开一家餐饮店",
            channel=Channel.WINDOW,
            stage="together",
            fields={"matter": "开一家餐饮店", "applicant": "柳某某", "telephone": "13900001111"},
        ),
        procedure="joint_matters",
        desk=unit,
    ).case
    by_role = {
        role: User.objects.get(username=people[role].username) for role in (Role.LEADER, Role.SUPERVISOR)
    }
    chasing.issue_notice(supervisor, issued.plan_year_id, unit=unit, request="请报送进度")
    asked = chasing.Wanted(unit=unit, words="现场办公", due=date(2099, 1, 5))
    chasing.instruct(
        Actor(by_role[Role.LEADER].pk, "领导", (Grant(Role.LEADER),)),
        issued.plan_year_id,
        words="抓紧",
        wanted=[asked],
    )
    meetings.hold_meeting(
        supervisor, issued.plan_year_id, minutes="纪要", decisions=[], day=other.created_at.date()
    )
    drilling.plan_drill(
        supervisor,
        issued.plan_year_id,
        quarter="2026-Q4",
        sites=[Site(id="s1", name="学校工地", unit=unit, lineage=school)],
        panel=[person_key(by_role[Role.SUPERVISOR].pk)],
    )
    panelist = Actor(by_role[Role.SUPERVISOR].pk, "督查员", (Grant(Role.SUPERVISOR),))
    photo = drilling.keep_photo(
        panelist, issued.plan_year_id, quarter="2026-Q4", site="s1", name="a.png", data=PNG, limit=999
    )
    scheme = drilling.scheme_of(year_of(issued.plan_year_id).drills["2026-Q4"])
    drilling.file_sheet(
        panelist, issued.plan_year_id, quarter="2026-Q4", site="s1", points={one.key: one.most for one in scheme.criteria},
        photos=[photo],
    )  # fmt: skip
    reconciliation.add_report(supervisor, issued.plan_year_id, name="2027.txt", data=NEXT_REPORT.encode())
    reconciliation.confirm_unmentioned(supervisor, issued.plan_year_id)
    reconciliation.release(supervisor, issued.plan_year_id)
    letterhead = Letterhead(unit="云川市人民政府督查室")
    brief = briefs.draft(
        supervisor, issued.plan_year_id, briefs.Wanted(kind=DocumentKind.MONTH, letterhead=letterhead)
    )
    return {
        "BRIEF": brief.pk,
        "CASE": with_case.id,
        "MATTER": matter.id,
        "STATION": station,
        "PHOTO": photo.removeprefix("sha256:"),
        "SHOWN": shown.evidence[1].removeprefix("sha256:"),
        "FILE": evidence.pk,
        "SCHOOL": school,
        "PLAN_YEAR": issued.plan_year_id,
        "OTHER": other.pk,
        "GRANT": RoleGrant.objects.get(user=other).pk,
        "IMPORT": job.pk,
    }


def ask(client, name, places):
    address = TABLE[name]
    args = {key: places.get(value, value) for key, value in address.args.items()}
    path = reverse(name, kwargs=args)
    if address.data is not None:
        return client.post(path, {key: places.get(value, value) for key, value in address.data.items()})
    return client.get(f"{path}?{address.query}" if address.query else path)


def is_refused(answer):
    to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
    return answer.status_code in {403, 404} or to_sign_in


@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_address_is_open_to_its_roles_alone(name, places, client_of):
    for who in [NOBODY, *Role]:
        client = Client() if who is NOBODY else client_of(who)
        answer = ask(client, name, places)
        leads_to_sign_in = name == "accounts:sign_out"  # where signing out leads
        refused = is_refused(answer) and not leads_to_sign_in
        assert refused == (who not in TABLE[name].who), f"{who} at {name}: {answer.status_code}"
        assert answer.status_code < 500
        if answer.streaming:
            assert b"".join(answer.streaming_content)


READ_ONLY = [name for name, address in TABLE.items() if address.args.get("edition") == "draft"]


@pytest.mark.parametrize("name", sorted(READ_ONLY))
def test_what_is_published_is_open_to_all_who_work_and_to_no_administrator(name, places, client_of):
    address = TABLE[name]
    args = {key: places.get(value, value) for key, value in address.args.items()} | {"edition": "v1"}
    query = address.query.replace("new=draft", "new=v1")
    for who in Role:
        answer = client_of(who).get(f"{reverse(name, kwargs=args)}?{query}")
        assert is_refused(answer) == (who not in WORKERS), f"{who} at {name}: {answer.status_code}"


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_what_changes_something_takes_posts_only(method, places, supervisor):
    for name, address in TABLE.items():
        if address.data is None or name.startswith(("accounts:", "frame:")):
            continue
        args = {key: places.get(value, value) for key, value in address.args.items()}
        assert getattr(supervisor, method)(reverse(name, kwargs=args)).status_code == 405, name


def test_a_role_for_another_plan_year_opens_nothing_here(places, people, client_of, plan):
    """A liaison of one plan-year asks for another one."""
    import msgspec

    from luoshi_web.frame.clock import now

    elsewhere = store.add_plan_year(
        msgspec.structs.replace(plan.place, name="青浦县"), 2026, by="测试", at=now()
    )
    store.add_draft(elsewhere.pk, plan, by="测试", at=now())
    liaison = client_of(Role.LIAISON)
    assert liaison.get(f"/plans/{places['PLAN_YEAR']}/v1/targets/").status_code == 200
    assert liaison.get(f"/plans/{elsewhere.pk}/").status_code == 404
    assert "青浦县" not in liaison.get("/").content.decode()
