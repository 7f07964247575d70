"""A whole year through HTTP: plans published, contested and approved, twelve months of reports, two amendments; then verified."""

import html
import re
from datetime import date
from decimal import Decimal

import pytest
from delivery_cast import Cast, text_of

from luoshi.delivery.handling import HandlingState
from luoshi.delivery.report import ReportState
from luoshi.plan.decision import Edit
from luoshi.status.light import Colour
from luoshi_web.ledger.services import check
from luoshi_web.plans import services as plans
from luoshi_web.reporting import services as reporting
from luoshi_web.reporting.selectors import forget_folds, lights_on, year_of
from luoshi_web.rights import Actor, Grant, Role

# Schools built and places added, cumulative, as the unit files them month by month; None is never filed.
SCHOOLS = {1: 0, 2: 0, 3: 1, 4: 1, 5: 1, 6: 1, 7: None, 8: 2, 9: 2, 10: 2, 11: 3, 12: 3}
PLACES = {
    1: 0,
    2: 0,
    3: 800,
    4: 800,
    5: 800,
    6: 1200,
    7: None,
    8: 1600,
    9: 1600,
    10: 1700,
    11: 2400,
    12: 2400,
}


@pytest.fixture
def cast(plan_year):
    return Cast(plan_year)


def filing_of(cast, lineage, period):
    return cast.year.report(lineage, period).last.entry


def report(cast, day, month, schools, places, *, expect=302):
    """The liaison files a month's report."""
    lineage = cast.lineage("学校建设")
    with cast.on(day):
        answer = cast.post(
            "education-liaison",
            f"commitments/{lineage}/reports/2026-{month:02d}/",
            act="file",
            **{"value-t-schools": schools, "value-t-places": places},
            progress=f"{month}月进展",
        )
        assert answer.status_code == expect, text_of(answer)[:800]
    return answer


def passed_and_accepted(cast, day, month):
    lineage, period = cast.lineage("学校建设"), f"2026-{month:02d}"
    with cast.on(day):
        cast.act("education-head", "pass", unit="市教育局", filing=filing_of(cast, lineage, period))
        cast.act("supervisor", "accept", filing=filing_of(cast, lineage, period))
        assert cast.year.report(lineage, period).last.state is ReportState.ACCEPTED


def test_a_whole_year(cast, plan):
    recorded = {}

    def record(day):
        """Note what the pages say of a day, at its end."""
        with cast.on(day):
            page = text_of(cast.get("leader", f"commitments/{cast.lineage('学校建设')}/"))
            board = text_of(cast.get("leader"))
        recorded[day] = (
            re.search(r"现在 ([\d—]+)", page)[1],
            {lineage: light.colour for lineage, light in lights_on(cast.pk, day, day).items()},
            re.search(r"(\d+) 项目标任务", board)[1],
        )

    cast.publish(date(2026, 1, 20), plan)
    school, station = cast.lineage("学校建设"), cast.lineage("云川东站开工")
    assert len(cast.year.issued) == 5

    # Handling plans: one returned and filed again, one contested in vain, one approved at once, one never filed.
    with cast.on(date(2026, 1, 26)):
        fields = {
            "measures": "分三批建设",
            "deliverable-0-id": "d-school",
            "deliverable-0-words": "三所学校交付使用",
            "deliverable-0-evidence": "竣工验收备案表",
            "deliverable-0-due": "2026-12-20",
            "deliverable-0-weight": "100",
            "milestone-t-schools-2": "1",
            "milestone-t-schools-3": "2",
            "persons": "分管负责人：周某",
        }
        saved = cast.post("education-liaison", f"commitments/{school}/handling/", act="save", **fields)
        assert saved.status_code == 302
        refused = cast.post("education-liaison", f"commitments/{school}/handling/", act="file", **fields)
        assert refused.status_code == 403
        assert (
            cast.post("education-head", f"commitments/{school}/handling/", act="file", **fields).status_code
            == 302
        )
        assert cast.year.handling_of(school).state is HandlingState.FILED
        contest = cast.post(
            "transport-head", f"commitments/{station}/handling/", act="contest", about="unit", proposed="市发改委",
            contest_reason="立项由市发改委负责",
        )  # fmt: skip
        assert contest.status_code == 302
    with cast.on(date(2026, 1, 28)):
        filing = cast.year.handling_of(school).filing
        cast.act("supervisor", "return-handling", lineage=school, filing=filing, reason="请补季度安排")
        cast.act("supervisor", "decide-contest", lineage=station, upheld="0", reason="开工由交通局牵头")
        assert cast.year.handling_of(station).state is HandlingState.WAITING
        page = text_of(cast.get("education-head", f"commitments/{school}/handling/"))
        assert "请补季度安排" in page
    with cast.on(date(2026, 1, 30)):
        fields |= {"step-1": "完成选址", "step-2": "第一所交付"}
        cast.post("education-head", f"commitments/{school}/handling/", act="file", **fields)
        station_plan = {
            "measures": "倒排工期",
            "deliverable-0-id": "d-station",
            "deliverable-0-words": "取得施工许可证",
            "deliverable-0-due": "2026-10-31",
            "deliverable-0-weight": "100",
        }
        cast.post("transport-head", f"commitments/{station}/handling/", act="file", **station_plan)
        filings = [f"{cast.year.handling_of(one).filing}:{one}" for one in (school, station)]
        cast.client("supervisor").post(cast.address("acts/approve-handling/"), {"filing": filings})
        assert {cast.year.handling_of(one).state for one in (school, station)} == {HandlingState.APPROVED}

    # January to March: on time; February is returned inside the unit first; March is filed late.
    report(cast, date(2026, 2, 3), 1, 0, 0)
    passed_and_accepted(cast, date(2026, 2, 4), 1)
    record(date(2026, 2, 10))
    report(cast, date(2026, 3, 3), 2, 5, 0)
    with cast.on(date(2026, 3, 4)):
        held = cast.act(
            "education-head",
            "hold",
            unit="市教育局",
            filing=filing_of(cast, school, "2026-02"),
            reason="数不对，还没有交付",
        )
        assert held.status_code == 302
    report(cast, date(2026, 3, 5), 2, 0, 0)
    passed_and_accepted(cast, date(2026, 3, 6), 2)
    # The fifth working day of April is the 8th: on the 10th March is late, not locked.
    record(date(2026, 4, 9))
    assert recorded[date(2026, 4, 9)][1][school] is Colour.SILENT
    report(cast, date(2026, 4, 10), 3, 1, 800)
    passed_and_accepted(cast, date(2026, 4, 13), 3)
    record(date(2026, 4, 14))

    # April is returned by the supervisor and filed again.
    report(cast, date(2026, 5, 7), 4, 2, 900)
    with cast.on(date(2026, 5, 8)):
        cast.act("education-head", "pass", unit="市教育局", filing=filing_of(cast, school, "2026-04"))
        cast.act("supervisor", "return", filing=filing_of(cast, school, "2026-04"), reason="第二所没有备案表")
        assert cast.year.report(school, "2026-04").valid is None
    report(cast, date(2026, 5, 11), 4, 1, 800)
    passed_and_accepted(cast, date(2026, 5, 12), 4)
    report(cast, date(2026, 6, 3), 5, 1, 800)
    passed_and_accepted(cast, date(2026, 6, 4), 5)

    # The first amendment: the handling plan is changed with a reason; the baseline stays.
    with cast.on(date(2026, 6, 10)):
        again = cast.post("education-head", f"commitments/{school}/handling/", act="file", **fields)
        assert again.status_code == 422
        assert "写明理由" in text_of(again)
        changed = fields | {"milestone-t-schools-3": "1", "reason": "第二所用地调整"}
        cast.post("education-head", f"commitments/{school}/handling/", act="file", **changed)
        handling = cast.year.handling_of(school)
        cast.act("supervisor", "approve-handling", filing=f"{handling.filing}:{school}")
        assert [m.value for m in cast.year.handling_of(school).baseline.milestones] == [1, 2]
        assert [m.value for m in cast.year.handling_of(school).in_force.milestones] == [1, 1]

    report(cast, date(2026, 7, 2), 6, 1, 1200)
    passed_and_accepted(cast, date(2026, 7, 3), 6)
    record(date(2026, 7, 10))

    # The second amendment: a new version of the plan with another value.
    with cast.on(date(2026, 7, 20)):
        supervisor = Actor(cast.users["supervisor"].pk, "督查员", (Grant(Role.SUPERVISOR),))
        outcome = plans.decide(
            supervisor, cast.pk, Edit(item="t-places", changes={"value": "2500"}), revision=2
        )
        answer = cast.client("supervisor").post(
            f"/plans/{cast.pk}/desk/publish/", {"reason": "省里追加学位", "revision": outcome.revision}
        )
        assert answer.status_code == 302, text_of(answer)[:500]
        assert cast.year.version == 2
        assert cast.lineage("学校建设") == school

    # July is never filed. By the last working day to file it (25 August) it is locked.
    record(date(2026, 8, 27))
    assert recorded[date(2026, 8, 27)][1][school] is Colour.SILENT
    locked = report(cast, date(2026, 8, 28), 7, 1, 1200, expect=422)
    assert "已锁定" in text_of(locked)

    for month, day in ((8, date(2026, 9, 2)), (9, date(2026, 10, 9))):
        report(cast, day, month, SCHOOLS[month], PLACES[month])
        passed_and_accepted(cast, day, month)
    # September is corrected after it was accepted: the supervisor returns it, the unit files again.
    with cast.on(date(2026, 10, 12)):
        cast.act("supervisor", "return", filing=filing_of(cast, school, "2026-09"), reason="少算一个班")
    report(cast, date(2026, 10, 13), 9, 2, 1650)
    passed_and_accepted(cast, date(2026, 10, 13), 9)
    record(date(2026, 10, 20))
    for month, day in ((10, date(2026, 11, 3)), (11, date(2026, 12, 3)), (12, date(2027, 1, 5))):
        report(cast, day, month, SCHOOLS[month], PLACES[month])
        passed_and_accepted(cast, day, month)

    # Figures as of six past days are those recorded then, from a fold and from a fresh one.
    assert len(recorded) == 6
    reporting.catch_up(cast.pk, up_to=date(2027, 1, 9))
    with cast.on(date(2027, 1, 10)):
        reporting.catch_up(cast.pk)
        for _again in range(2):
            for day, (now, colours, count) in recorded.items():
                page = text_of(cast.get("leader", f"commitments/{school}/", on=day.isoformat()))
                assert re.search(r"现在 ([\d—]+)", page)[1] == now, day
                assert f"截至 {day.year}年{day.month}月{day.day}日" in page
                assert {
                    k: v.colour for k, v in lights_on(cast.pk, day, date(2027, 1, 10)).items()
                } == colours, day
                board = text_of(cast.get("leader", on=day.isoformat()))
                assert re.search(r"(\d+) 项目标任务", board)[1] == count
            forget_folds()
        # 3 of 3 schools, all accepted; 2,400 places of 2,500 promised since the amendment; the deliverable was never ticked.
        end = cast.year.report(school, "2026-12").valid
        assert {figure.target: figure.value for figure in end.fact.figures} == {
            "t-schools": Decimal(3),
            "t-places": Decimal(2400),
        }
        lights = lights_on(cast.pk, date(2027, 1, 10), date(2027, 1, 10))
        parts = {part.subject: part.colour for part in lights[school].parts}
        assert parts["t-schools"] is Colour.DONE
        assert parts["t-places"] is Colour.FAR_BEHIND
        assert lights[school].colour is Colour.FAR_BEHIND
        # Nobody of the civil affairs bureau ever reported: what was due on 30 June is red, not grey and never green.
        assert lights[cast.lineage("青杉社区养老服务中心建成")].colour is Colour.FAR_BEHIND
    assert check(cast.plan_year).faults == ()


def test_a_rebuilt_fold_gives_the_same_year(cast, plan):
    cast.publish(date(2026, 1, 20), plan)
    school = cast.lineage("学校建设")
    report(cast, date(2026, 2, 3), 1, 0, 0)
    stepwise = year_of(cast.pk)
    forget_folds()
    assert year_of(cast.pk) == stepwise
    assert year_of(cast.pk, date(2026, 2, 3)) == stepwise
    assert year_of(cast.pk, date(2026, 2, 2)).report(school, "2026-01") is None


def test_days_that_nobody_looked_at_get_their_lights_in_portions(cast, plan):
    """From 20 January to 30 April there are 12 + 28 + 31 + 30 = 101 days; each light is that of its own day."""
    cast.publish(date(2026, 1, 20), plan)
    with cast.on(date(2026, 5, 1)):
        assert reporting.catch_up(cast.pk, up_to=date(2026, 4, 30)) == 101
        given = year_of(cast.pk).lights
        days = sorted({one.day for lights in given.values() for one in lights})
        assert days[0] == date(2026, 1, 20)
        assert days[-1] > date(2026, 2, 28)
        school = cast.lineage("学校建设")
        # Nobody reported: what was due for January on 6 February is silent from the day after; before that it had not started.
        assert year_of(cast.pk).light_on(school, date(2026, 2, 5)).light.colour is Colour.NOT_STARTED
        assert year_of(cast.pk).light_on(school, date(2026, 2, 28)).light.colour is Colour.SILENT
    assert check(cast.plan_year).faults == ()


def test_the_foot_of_printed_sheets_names_the_day_that_is_shown(cast, plan):
    cast.publish(date(2026, 1, 20), plan)
    with cast.on(date(2026, 3, 2)):
        page = cast.get("leader", on="2026-02-10").content.decode()
        address = html.unescape(re.search(r'media="print" href="([^"]+)"', page)[1])
        assert "day=2026-02-10" in address
        style = cast.client("leader").get(address).content.decode()
        written = "".join(chr(int(code, 16)) for code in re.findall(r"\\([0-9a-f]{6})", style))
        assert written == "云川市 2026年 · 第1版 · 截至 2026年2月10日"
