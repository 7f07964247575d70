"""Papers of a commitment: every address and every act × role × own or other unit × publicity, allowed and refused."""

from dataclasses import dataclass
from datetime import date

import msgspec
import pytest
from delivery_cast import Cast
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.plan.model import Publicity
from luoshi.register.roster import ItemEntry, Measure
from luoshi_web.accounts import store as account_store
from luoshi_web.frame.clock import now
from luoshi_web.ledger import selectors as ledger
from luoshi_web.plans import store as plan_store
from luoshi_web.registers import services as registers
from luoshi_web.rights import Actor, Grant, Role

PUBLISHED, DAY = date(2026, 1, 20), date(2026, 2, 4)
HANDLING = {
    "measures": "分三批建设",
    "deliverable-0-id": "d-school",
    "deliverable-0-words": "三所学校交付使用",
    "deliverable-0-due": "2026-12-20",
    "deliverable-0-weight": "100",
}
OWN = ("education-liaison", "education-head", "education-operator")
OTHER = ("transport-liaison", "transport-head", "transport-operator")
ABOVE = ("supervisor", "leader")
ALL = (*OWN, *OTHER, *ABOVE)


@pytest.fixture(params=list(Publicity), ids=lambda publicity: publicity.value)
def cast(request, db, plan):
    """A published year in which every commitment has one publicity; the school has papers of every kind."""
    changed = msgspec.structs.replace(
        plan,
        commitments=tuple(msgspec.structs.replace(one, publicity=request.param) for one in plan.commitments),
    )
    plan_year = plan_store.add_plan_year(plan.place, plan.year, by="测试", at=now())
    plan_store.add_draft(plan_year.pk, changed, by="测试", at=now())
    cast = Cast(plan_year)
    for name, unit in (("education-operator", "市教育局"), ("transport-operator", "市交通局")):
        cast._add(name, Role.OPERATOR, unit, date(2026, 1, 1))
    cast.publicity = request.param
    with cast.on(PUBLISHED):
        cast.publish(PUBLISHED, changed)
        supervisor = Actor(cast.users["supervisor"].pk, "督查员", (Grant(Role.SUPERVISOR),))
        registers.open_roster(
            supervisor, cast.pk, roster="r-1", target="t-schools", title="学校清单", measure=Measure.COUNT,
            quantity_unit="所", definition="验收合格", items=[ItemEntry(id="i-1", name="青杉小学"), ItemEntry(id="i-2", name="云溪中学")],
        )  # fmt: skip
    cast.school = cast.lineage("学校建设")
    return cast


def report(cast, *, files=()):
    """The liaison files January, with evidence where files are given."""
    answer = cast.client("education-liaison").post(
        cast.address(f"commitments/{cast.school}/reports/2026-01/"),
        {"act": "file", "value-t-schools": "1", "value-t-places": "800", "progress": "开工"}
        | (
            {"done-d-school": "1", "done-day-d-school": "2026-01-30", "file-d-school": files[0]}
            if files
            else {}
        ),
    )
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return cast.year.report(cast.school, "2026-01").last.entry


def passed(cast):
    filing = report(cast)
    assert cast.act("education-head", "pass", unit="市教育局", filing=filing).status_code == 302
    return filing


def handling(cast):
    answer = cast.post("education-head", f"commitments/{cast.school}/handling/", act="file", **HANDLING)
    assert answer.status_code == 302
    return cast.year.handling_of(cast.school).filing


PAGES = {
    "commitments/{school}/": {*OWN, *ABOVE},
    "commitments/{school}/handling/": {"education-liaison", "education-head"},
    "commitments/{school}/reports/2026-01/": {"education-liaison", "education-head"},
    "rosters/r-1/": {*OWN, *ABOVE},
    "rosters/r-1/sheet.xlsx": {*OWN, *ABOVE},
    "rosters/new/t-places/": {*OWN, "supervisor"},
    "files/{file}/": {*OWN, *ABOVE},
    "reports.xlsx?unit=市教育局": {"education-liaison", "education-head"},
    "reports/?unit=市教育局": {"education-liaison", "education-head"},
    "handling.docx": set(ABOVE),
    "ledger/": {"supervisor"},
    "unit/?unit=市教育局": set(ALL),
    "lights/": set(ALL),
    "": set(ALL),
}


def test_a_unit_s_papers_are_seen_by_itself_and_by_those_above(cast):
    with cast.on(DAY):
        report(cast, files=[SimpleUploadedFile("验收单.txt", "三所学校".encode())])
        (file,) = ledger.evidence_of(cast.pk, cast.school)
        for path, allowed in PAGES.items():
            address = cast.address(path.format(school=cast.school, file=file.pk))
            for who in ALL:
                answer = cast.client(who).get(address)
                seen = answer.status_code == 200
                assert seen or answer.status_code in (403, 404), (path, who, answer.status_code)
                assert seen == (who in allowed), (cast.publicity, path, who, answer.status_code)
                if answer.streaming:
                    assert b"".join(answer.streaming_content)


def test_a_draft_is_seen_by_the_own_unit_alone(cast):
    with cast.on(DAY):
        kept = cast.post(
            "education-liaison",
            f"commitments/{cast.school}/reports/2026-01/",
            act="save",
            progress="还没想好的话",
        )
        assert kept.status_code == 302
        for who in ALL:
            pages = [
                cast.get(who, path)
                for path in (
                    f"commitments/{cast.school}/",
                    f"commitments/{cast.school}/reports/2026-01/",
                    "work/",
                    "",
                )
            ]
            seen = any("还没想好的话" in page.content.decode() for page in pages)
            assert seen == (who in ("education-liaison", "education-head")), who


@dataclass(frozen=True)
class Act:
    """An act of a page: what must have happened before, what is posted, and who may."""

    who: frozenset
    data: dict
    before: object = None


SUPERVISOR = frozenset({"supervisor"})
HEAD = frozenset({"education-head"})
ACTS = {
    "approve-handling": Act(SUPERVISOR, {"filing": "{before}:{school}"}, handling),
    "return-handling": Act(
        SUPERVISOR, {"lineage": "{school}", "filing": "{before}", "reason": "太笼统"}, handling
    ),
    "pass": Act(HEAD, {"unit": "市教育局", "filing": "{before}"}, report),
    "hold": Act(HEAD, {"unit": "市教育局", "filing": "{before}", "reason": "数不对"}, report),
    "accept": Act(SUPERVISOR, {"filing": "{before}"}, passed),
    "return": Act(SUPERVISOR, {"filing": "{before}", "reason": "缺材料"}, passed),
    "more-time": Act(
        SUPERVISOR,
        {
            "unit": "市教育局",
            "lineage": "{school}",
            "period": "2026-01",
            "until": "2026-02-12",
            "reason": "换系统",
        },
    ),
    "bind": Act(
        SUPERVISOR, {"target": "t-schools", "kind": "roster", "roster": "r-1", "method": "已认定的条目数"}
    ),
    "override": Act(SUPERVISOR, {"lineage": "{school}", "colour": "behind", "reason": "现场看过"}),
}


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_is_done_by_its_role_and_changes_nothing_for_others(cast, name):
    act = ACTS[name]
    with cast.on(DAY):
        before = act.before(cast) if act.before else ""
        data = {key: value.format(before=before, school=cast.school) for key, value in act.data.items()}
        for who in (*(one for one in ALL if one not in act.who), *act.who):
            head = ledger.head_of(cast.pk).number
            answer = cast.act(who, name, **data)
            grew = ledger.head_of(cast.pk).number > head
            assert grew == (who in act.who), (cast.publicity, who, answer.status_code)
            assert answer.status_code == (302 if who in act.who else 403), (who, answer.status_code)


ROSTER_ACTS = {
    "rosters/r-1/item/": ({"name": "柳湾小学", "state": "planned"}, {*OWN}),
    "rosters/r-1/accept/": ({"item": "i-1"}, {"education-head"}),
    "rosters/r-1/withdraw/": ({"item": "i-2", "reason": "并校"}, {"education-head"}),
    "rosters/r-1/draw/": ({"seed": "7"}, {"supervisor"}),
}


def test_a_roster_is_kept_by_its_unit_accepted_by_its_head_and_sampled_by_the_supervisor(cast):
    with cast.on(DAY):
        proof = {"name": "青杉小学", "item": "i-1", "state": "done", "done": "2026-02-03"}
        file = SimpleUploadedFile("验收单.txt", "验收合格".encode())
        assert cast.post("education-liaison", "rosters/r-1/item/", file=file, **proof).status_code == 302
        for path, (data, allowed) in ROSTER_ACTS.items():
            for who in (*(one for one in ALL if one not in allowed), *sorted(allowed)):
                head = ledger.head_of(cast.pk).number
                answer = cast.post(who, path, **(data | ({"name": f"{who}小学"} if "name" in data else {})))
                grew = ledger.head_of(cast.pk).number > head
                assert grew == (who in allowed), (cast.publicity, path, who, answer.status_code)
                assert answer.status_code == (302 if who in allowed else 404 if who in OTHER else 403), (
                    path,
                    who,
                )


def test_a_head_cannot_pass_another_unit_s_report_in_his_own_unit_s_name(cast):
    with cast.on(DAY):
        filing = report(cast)
        head = ledger.head_of(cast.pk).number
        answer = cast.act("transport-head", "pass", unit="市交通局", filing=filing)
        assert answer.status_code == 422
        assert ledger.head_of(cast.pk).number == head


def test_a_decision_on_a_contest_is_the_supervisor_s(cast):
    with cast.on(DAY):
        contest = cast.post(
            "education-head", f"commitments/{cast.school}/handling/", act="contest", about="unit",
            proposed="市民政局", contest_reason="职责在民政",
        )  # fmt: skip
        assert contest.status_code == 302
        for who in (*(one for one in ALL if one != "supervisor"), "supervisor"):
            answer = cast.act(who, "decide-contest", lineage=cast.school, upheld="0", reason="仍由教育牵头")
            assert answer.status_code == (302 if who == "supervisor" else 403), who


def test_only_what_is_meant_for_the_public_is_released_and_only_by_the_supervisor(cast):
    with cast.on(DAY):
        for who in (*OWN, *OTHER, "leader"):
            assert cast.act(who, "release", lineage=cast.school).status_code == 403
        answer = cast.act("supervisor", "release", lineage=cast.school)
        is_public = cast.publicity is Publicity.PUBLIC
        assert answer.status_code == (302 if is_public else 422)
        assert (cast.school in cast.year.released) == is_public
        for who in (*OWN, *OTHER, "leader"):
            assert cast.act(who, "withdraw", lineage=cast.school, reason="有误").status_code == 403
        withdrawn = cast.act("supervisor", "withdraw", lineage=cast.school, reason="有误")
        assert withdrawn.status_code == (302 if is_public else 422)
        assert cast.school not in cast.year.released


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("acts/bind/", {"target": "t-schools", "kind": "nonsense"}),
        ("acts/override/", {"lineage": "x", "colour": "purple", "reason": "r"}),
        ("acts/no-such-act/", {}),
    ],
)
def test_what_no_page_posts_is_refused_without_a_fault(plan_year, plan, path, data):
    cast = Cast(plan_year)
    cast.publish(PUBLISHED, plan)
    with cast.on(DAY):
        assert cast.client("supervisor").post(cast.address(path), data).status_code in (400, 404)


def test_a_role_that_has_ended_opens_nothing(plan_year, plan):
    """Roles are dated: from the day on which it ends the liaison is a stranger."""
    cast = Cast(plan_year)
    cast.publish(PUBLISHED, plan)
    user = account_store.add_user(
        username="gone",
        display_name="离岗某",
        password="Yunchuan-2026-gone",
        at=plan_year.created_at,
        must_change=False,
    )
    account_store.add_grant(
        user=user, role=Role.LIAISON, plan_year=cast.pk, unit="市教育局", since=date(2026, 1, 1),
        until=date(2026, 2, 4), granted_by=None, at=plan_year.created_at,
    )  # fmt: skip
    cast.users["gone"] = user
    school = cast.lineage("学校建设")
    for day, status in ((date(2026, 2, 3), 200), (date(2026, 2, 4), 404)):
        with cast.on(day):
            assert cast.get("gone", f"commitments/{school}/").status_code == status, day
