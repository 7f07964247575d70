"""A year goes on through HTTP: chasing, notices, instructions, a dispatch meeting, a drill, an assessment with an objection, settlement, lock, verification."""

import json
import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from delivery_cast import Cast, text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from icalendar import Calendar

from luoshi.delivery.chasing.notice import NoticeState
from luoshi.delivery.chasing.task import TaskOrigin, TaskState
from luoshi.delivery.verdict import Verdict
from luoshi_web.ledger import selectors as ledger
from luoshi_web.ledger.models import LedgerEntry
from luoshi_web.ledger.store import person_key
from luoshi_web.reporting import selectors as reporting
from luoshi_web.reporting import services
from luoshi_web.supervision.services import chasing, settling

PUBLISHED = date(2026, 1, 20)


@pytest.fixture
def cast(plan_year, plan):
    found = Cast(plan_year)
    found.publish(PUBLISHED, plan)
    return found


def page(cast, name, path=""):
    return cast.client(name).get(f"/plans/{cast.pk}/supervision/{path}")


def act(cast, name, what, **data):
    answer = cast.client(name).post(f"/plans/{cast.pk}/supervision/acts/{what}/", data, follow=True)
    return text_of(answer)


def test_what_is_owed_stands_on_one_page_and_units_see_their_own(cast):
    # Published on Tuesday 20 January; ten working days later is Tuesday 3 February 2026.
    with cast.on(date(2026, 1, 30)):
        words = text_of(page(cast, "supervisor"))
        assert "办理方案" in words
        assert "2026年2月3日" in words
        own = text_of(page(cast, "civil-liaison"))
        assert "市民政局" in own
        assert "市教育局" not in own.replace("模拟", "")
    with cast.on(date(2026, 2, 11)):
        # Six working days after the third (4, 5, 6, 9, 10, 11 February), and five are enough for a notice.
        late = text_of(page(cast, "supervisor", "?late=1"))
        assert "逾期 6 个工作日" in late
        assert "建议升级" in late
        assert "建议升级" not in text_of(page(cast, "civil-liaison", "?late=1"))


def test_reminders_go_out_once_a_day_whoever_runs_them(cast):
    with cast.on(date(2026, 1, 29)):
        # Three working days before 3 February.
        first = chasing.remind_units(cast.pk)
        assert first > 0
        assert chasing.remind_units(cast.pk) == 0
    assert LedgerEntry.objects.filter(fact="reminders_sent").count() == 1
    with cast.on(date(2026, 1, 31)):
        assert chasing.remind_units(cast.pk) == 0


def test_a_notice_from_issue_over_a_returned_answer_to_close_out(cast):
    with cast.on(date(2026, 2, 11)):
        told = act(
            cast, "supervisor", "issue-notice", unit="市民政局", request="请三日内报办理方案", days="3"
        )
        assert "督办单已发出" in told
        notice = cast.year.chasing.notices[1]
        # Three working days after Wednesday 11 February: 12, 13 and Saturday 14, which is worked.
        assert notice.due == date(2026, 2, 14)
        words = text_of(page(cast, "civil-liaison", "notices/1/"))
        assert "请三日内报办理方案" in words
        assert page(cast, "education-liaison", "notices/1/").status_code == 404
        act(cast, "education-liaison", "reply-notice", number=1, words="不是我们的")
        assert cast.year.chasing.notices[1].state is NoticeState.ISSUED
    with cast.on(date(2026, 2, 24)):
        assert "逾期" in text_of(page(cast, "supervisor", "notices/1/"))
        act(cast, "supervisor", "circulate", number=1, reason="至今未复")
        act(cast, "civil-liaison", "reply-notice", number=1, words="已报")
        act(cast, "supervisor", "return-notice", number=1, reason="没有附件")
        assert cast.year.chasing.notices[1].state is NoticeState.RETURNED
        act(
            cast,
            "civil-liaison",
            "reply-notice",
            number=1,
            words="已补",
            file=SimpleUploadedFile("方案.txt", "方案".encode()),
        )
        act(cast, "supervisor", "close-notice", number=1, finding="属实")
    notice = cast.year.chasing.notices[1]
    assert notice.state is NoticeState.CLOSED
    assert notice.rounds[0].circulated
    with cast.on(date(2026, 2, 25)):
        words = text_of(page(cast, "supervisor", "notices/1/"))
        for one in ("至今未复", "没有附件", "已补", "方案.txt", "属实"):
            assert one in words


def test_a_look_back_opens_a_closed_notice_again(cast):
    with cast.on(date(2026, 2, 11)):
        act(cast, "supervisor", "issue-notice", unit="市民政局", request="请报办理方案")
        act(cast, "civil-liaison", "reply-notice", number=1, words="已报")
        act(cast, "supervisor", "close-notice", number=1, finding="属实")
        assert "待回头看" in text_of(page(cast, "supervisor", "notices/"))
        assert "没有督办单" not in text_of(page(cast, "supervisor", "notices/?state=look-back"))
    with cast.on(date(2026, 4, 20)):
        assert "回头看" in text_of(page(cast, "supervisor", "notices/1/"))
        act(cast, "civil-liaison", "look-back", number=1, finding="好", outcome="holds")
        assert cast.year.chasing.notices[1].waits_for_look_back
        told = act(cast, "supervisor", "look-back", number=1, finding="又停了", outcome="came_back", days="3")
        assert "重新交单位办理" in told
    notice = cast.year.chasing.notices[1]
    # 21, 22 and 23 April.
    assert (notice.state, notice.due) == (NoticeState.RETURNED, date(2026, 4, 23))
    with cast.on(date(2026, 4, 21)):
        act(cast, "civil-liaison", "reply-notice", number=1, words="已复工")
        act(cast, "supervisor", "close-notice", number=1, finding="属实")
        told = act(cast, "supervisor", "look-back", number=1, finding="在建", outcome="holds")
        assert "没有反弹" in told
        assert "待回头看" not in text_of(page(cast, "supervisor", "notices/"))
    assert not cast.year.chasing.notices[1].waits_for_look_back


def test_tasks_are_listed_by_state(cast):
    lineage = cast.lineage("学校建设")
    with cast.on(date(2026, 3, 2)):
        data = {
            "instruction": "抓紧",
            "lineage": lineage,
            "unit": "市教育局",
            "words": "倒排工期",
            "due": "2026-03-20",
        }
        act(cast, "leader", "instruct", **data)
        assert "倒排工期" in text_of(page(cast, "supervisor", "tasks/"))
        assert "倒排工期" not in text_of(page(cast, "supervisor", "tasks/?state=closed"))


def test_a_notice_that_says_nothing_is_refused_with_a_sentence(cast):
    with cast.on(date(2026, 2, 11)):
        words = act(cast, "supervisor", "issue-notice", unit="市民政局", request=" ")
    assert not cast.year.chasing.notices
    assert "督办单已发出" not in words


def test_an_instruction_becomes_tasks_that_are_tracked(cast):
    lineage = cast.lineage("学校建设")
    with cast.on(date(2026, 3, 2)):
        data = {
            "instruction": "抓紧开工",
            "lineage": lineage,
            "unit": ["市教育局", ""],
            "words": ["本周到现场", ""],
            "due": ["2026-03-09", "2026-03-09"],
        }
        assert "批示已登记" in act(cast, "leader", "instruct", **data)
        refused = cast.client("civil-liaison").post(f"/plans/{cast.pk}/supervision/acts/instruct/", data)
        assert refused.status_code == 403
        act(cast, "education-liaison", "accept-task", number=1)
        act(cast, "education-liaison", "reply-task", number=1, words="已到现场")
        act(cast, "supervisor", "return-task", number=1, reason="请附照片", due="2026-03-12")
        act(cast, "education-liaison", "reply-task", number=1, words="见附件")
        act(cast, "supervisor", "close-task", number=1, finding="核实")
    (task,) = cast.year.chasing.tasks.values()
    assert (task.state, task.fact.origin, task.due) == (
        TaskState.CLOSED,
        TaskOrigin.INSTRUCTION,
        date(2026, 3, 12),
    )
    with cast.on(date(2026, 3, 3)):
        words = text_of(page(cast, "supervisor", "tasks/1/"))
        assert "抓紧开工" in words
        assert page(cast, "civil-liaison", "tasks/1/").status_code == 404


def test_a_dispatch_meeting_has_an_agenda_and_its_decisions_become_tasks(cast):
    with cast.on(date(2026, 4, 20)):
        services.catch_up(cast.pk)
        words = text_of(page(cast, "supervisor", "meetings/"))
        assert "未报" in words
        told = act(
            cast,
            "supervisor",
            "hold-meeting",
            minutes="会议要求补报",
            unit=["市教育局"],
            words=["三天内补报"],
            due=["2026-04-24"],
        )
        assert "调度会已登记" in told
        again = act(cast, "supervisor", "hold-meeting", minutes="再开一次")
        assert len(cast.year.meetings) == 1
        assert "调度会已登记" not in again
        act(cast, "supervisor", "correct-minutes", number=1, minutes="会议要求三天内补报", reason="漏记")
    with cast.on(date(2026, 4, 27)):
        words = text_of(page(cast, "leader", "meetings/1/"))
        for one in ("会议要求三天内补报", "会议要求补报", "三天内补报"):
            assert one in words
        assert "上次议定、还没办结的" in text_of(page(cast, "leader", "meetings/"))
        assert page(cast, "civil-liaison", "meetings/").status_code == 404


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


def status_of(answer):
    """The status of a file that is handed out; it is read to its end, which closes it."""
    assert b"".join(answer.streaming_content)
    return answer.status_code


def test_photographs_stand_on_the_sheet_for_the_panel_and_the_office(cast):
    lineage = cast.lineage("学校建设")
    with cast.on(date(2026, 5, 18)):
        panel = [person_key(cast.users[one].pk) for one in ("leader", "civil-head")]
        act(
            cast,
            "supervisor",
            "plan-drill",
            quarter="2026-Q2",
            about=[lineage],
            site=["城南学校"],
            member=panel,
        )
        (site,) = cast.year.drills["2026-Q2"].plan.sites
        scheme = page(cast, "leader", f"drills/2026-Q2/{site.id}/").context["criteria"]
        points = {f"points-{one.key}": str(one.most) for one, _given in scheme}

        def file(name, *uploads, keep=()):
            return act(
                cast,
                name,
                "file-sheet",
                quarter="2026-Q2",
                site=site.id,
                photo=list(uploads),
                keep=list(keep),
                **points,
            )

        told = file("leader", SimpleUploadedFile("a.txt", "不是照片".encode()))
        assert "不是照片" in told
        assert not cast.year.drills["2026-Q2"].sheets
        assert "已提交" in file(
            "leader", SimpleUploadedFile("工地.png", PNG), SimpleUploadedFile("b.png", PNG + b"1")
        )
        first, second = cast.year.drills["2026-Q2"].sheets[site.id, panel[0]].photos
        address = f"drills/2026-Q2/{site.id}/photos/{first.removeprefix('sha256:')}/"
        for name in ("leader", "civil-head", "supervisor"):
            assert status_of(page(cast, name, address)) == 200
        # A unit that is visited sees no pictures of the panel, and nobody one that stands on no sheet.
        assert page(cast, "education-head", address).status_code == 404
        assert page(cast, "leader", address.replace(first[-4:], "0000")).status_code == 404
        # Filed again: what is not kept is gone from the sheet.
        file("leader", keep=[second])
        assert cast.year.drills["2026-Q2"].sheets[site.id, panel[0]].photos == (second,)
        assert page(cast, "leader", address).status_code == 404
        assert page(cast, "supervisor", "drills/?quarter=2026-Q2").content.decode().count("/photos/") == 2


def test_a_drill_is_scored_on_sheets_and_frozen_when_all_came(cast):
    lineage = cast.lineage("学校建设")
    panel = [person_key(cast.users[name].pk) for name in ("leader", "civil-head")]
    with cast.on(date(2026, 5, 20)):
        act(
            cast,
            "supervisor",
            "plan-drill",
            quarter="2026-Q2",
            about=[lineage],
            site=["柳湾学校工地"],
            member=panel,
        )
        drill = cast.year.drills["2026-Q2"]
        (site,) = drill.plan.sites
        assert (site.name, site.unit) == ("柳湾学校工地", "市教育局")
        sheet = page(cast, "leader", f"drills/2026-Q2/{site.id}/")
        keys = re.findall(r'name="(points-[^"]+)"', sheet.content.decode())
        assert keys
        given = dict.fromkeys(keys, "4")
        data = {"quarter": "2026-Q2", "site": site.id, "remark": "工地整洁"}
        assert "评分表已提交" in act(cast, "leader", "file-sheet", **data, **given)
        # A member of another unit sees the drill but not the points of others.
        seen = text_of(page(cast, "civil-head", "drills/?quarter=2026-Q2"))
        assert "柳湾学校工地" in seen
        assert "拉练结果已固定" not in act(cast, "supervisor", "freeze-drill", quarter="2026-Q2")
        act(cast, "education-liaison", "file-sheet", **data, **given)
        assert len(cast.year.drills["2026-Q2"].sheets) == 1
        act(cast, "civil-head", "file-sheet", **data, **dict.fromkeys(keys, "8"))
        assert "拉练结果已固定" in act(cast, "supervisor", "freeze-drill", quarter="2026-Q2")
    frozen = cast.year.drills["2026-Q2"].frozen
    # Two sheets of 4 and of 8 points for each of the criteria: the mean is 6 for each.
    assert frozen.fact.places[0].total == Decimal(6 * len(keys))


def test_an_assessment_is_announced_objected_to_answered_and_frozen(cast):
    half = "2026-H1"
    with cast.on(date(2026, 7, 15)):
        services.catch_up(cast.pk)
        assert "结果还没有公布" in text_of(page(cast, "education-head", f"assessment/?half={half}"))
        assert "试算" in text_of(page(cast, "supervisor", f"assessment/?half={half}"))
        assert "申诉" in act(cast, "supervisor", "announce", half=half)
    with cast.on(date(2026, 7, 20)):
        own = text_of(page(cast, "education-head", f"assessment/?half={half}"))
        assert "市教育局" in own
        assert "市民政局" not in own
        score = page(cast, "education-head", f"assessment/{half}/score/?unit=市教育局")
        component = re.search(r'name="component" value="([^"]+)"', score.content.decode())[1]
        assert page(cast, "education-head", f"assessment/{half}/score/?unit=市民政局").status_code == 404
        told = act(
            cast,
            "education-head",
            "object",
            half=half,
            unit="市教育局",
            component=component,
            reason="三月份报过",
        )
        assert "申诉已提交" in told
        early = act(cast, "supervisor", "freeze", half=half)
        assert "考核结果已固定" not in early
        entry = cast.year.assessments[half].objections[0].entry
        act(
            cast,
            "supervisor",
            "answer-objection",
            half=half,
            objection=entry,
            upheld="0",
            reason="台账里没有",
        )
        assert "台账里没有" in text_of(page(cast, "education-head", f"assessment/?half={half}"))
    with cast.on(date(2026, 9, 20)):
        assert "考核结果已固定" in act(cast, "supervisor", "freeze", half=half)
    with cast.on(date(2026, 10, 20)):
        words = text_of(page(cast, "supervisor", f"assessment/?half={half}"))
        assert "不一致" not in words
        assert "结果已固定" in words


def test_the_year_is_settled_one_by_one_locked_and_verified(cast):
    with cast.on(date(2027, 1, 12)):
        services.catch_up(cast.pk)
        assert page(cast, "civil-liaison", "settlement/").status_code == 404
        statement = settling.statement_on(cast.pk, cast.year, date(2027, 1, 12))
        same = settling.statement_on(cast.pk, cast.year, date(2027, 1, 12))
        assert statement.content() == same.content()
        school = cast.lineage("学校建设")
        first, *others = sorted(statement.rows, key=lambda row: row.proposal.lineage != school)
        refused = act(cast, "supervisor", "confirm", lineage=first.proposal.lineage, verdict="withdrawn")
        assert "结论已确认" not in refused
        for row in (first, *others):
            data = {"lineage": row.proposal.lineage, "verdict": "not_met", "reason": "没有报送，也没有数据"}
            assert "结论已确认" in act(cast, "supervisor", "confirm", basis="督查室现场核查", **data)
            if row is first:
                assert "结账已锁定" not in act(cast, "supervisor", "lock")
                assert cast.year.settling.lock is None
        assert "结账已锁定" in act(cast, "supervisor", "lock")
        locked = cast.year.settling.lock.fact
        assert locked.settled == len(others) + 1
        again = act(
            cast, "supervisor", "confirm", lineage=first.proposal.lineage, verdict="met", reason="改一改"
        )
        assert "结论已确认" not in again
    with cast.on(date(2027, 2, 1)):
        data = {"lineage": first.proposal.lineage, "verdict": "partly", "reason": "复核发现两所已开工"}
        assert "已更正" in act(cast, "supervisor", "correct", **data)
        words = text_of(page(cast, "supervisor", "settlement/"))
        assert "更正为 部分完成" in words
        assert locked.statement in words
        assert settling.verified(cast.pk) == ()
        answer = page(cast, "supervisor", "settlement/statement.json")
        told = json.loads(answer.content)
        assert [row["verdict"] for row in told["rows"]] == ["not_met"] * len(statement.rows)
        corrected = [row for row in told["rows"] if row["corrections"]]
        assert [row["proposal"]["lineage"] for row in corrected] == [school]
        assert corrected[0]["corrections"][0]["verdict"] == "partly"
        assert page(cast, "supervisor", "settlement/statement.xlsx").status_code == 200
        assert "更正为" in text_of(page(cast, "education-liaison", "settlement/"))
    assert cast.year.settling.verdicts[first.proposal.lineage].verdict is Verdict.PARTLY
    head = ledger.head_of(cast.pk)
    assert reporting.year_of(cast.pk).number == head.number


def test_a_calendar_feed_is_read_by_another_reader_until_it_is_closed(cast, client):
    with cast.on(date(2026, 1, 30)):
        web = cast.client("civil-liaison")
        base = f"/plans/{cast.pk}/supervision/"
        answer = web.post(f"{base}acts/open-feed/", {"next": base}, follow=True)
        address = re.search(r'value="http://testserver(/calendar/[^"]+\.ics)"', answer.content.decode())[1]
        assert address not in web.get(base).content.decode()
        found = client.get(address)
        assert found.status_code == 200
        assert found["Content-Type"] == "text/calendar; charset=utf-8"
        lines = found.content.decode().split("\r\n")
        assert all(len(line.encode()) <= 75 for line in lines)
        calendar = Calendar.from_ical(found.content)
        # RFC 5545, 3.6: VERSION and PRODID; 3.6.1: UID and DTSTAMP, and DTSTART where there is no METHOD.
        assert calendar["version"] == "2.0"
        assert calendar["prodid"]
        events = calendar.walk("VEVENT")
        assert events
        for event in events:
            assert event["uid"]
            assert isinstance(event["dtstamp"].dt, datetime)
            assert event["dtstart"].dt <= event["dtend"].dt
        assert date(2026, 2, 3) in {event["dtstart"].dt for event in events}
        assert len({event["uid"] for event in events}) == len(events)
        assert "市教育局" not in found.content.decode()
        web.post(f"{base}acts/close-feed/")
        assert client.get(address).status_code == 404
        assert client.get(f"/calendar/{cast.pk}/none.ics").status_code == 404
