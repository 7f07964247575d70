"""Next year's report beside this year's commitments, through HTTP: add, rule, release, take back."""

import csv
import io
from datetime import date

import msgspec
import pytest
from delivery_cast import Cast, text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luoshi.delivery.reconciling import Outcome
from luoshi.plan.model import Publicity
from luoshi_web.frame.clock import now
from luoshi_web.ledger.models import LedgerEntry
from luoshi_web.plans import store as plan_store
from luoshi_web.reconciliation.models import NextReport
from luoshi_web.reconciliation.selectors import review_of
from luoshi_web.reporting.selectors import version_of

NEXT = """云川市人民政府工作报告
（2027年1月8日）
各位代表：
一、2026年工作回顾
过去一年，全市规模以上工业增加值增长6.6%，新增规上工业企业18家。
新建改扩建学校3所，新增学位2700个。青杉社区养老服务中心建成投用。
二、2027年重点工作
新建公园5个。
"""


@pytest.fixture
def cast(db, plan):
    """The commitment of the schools is meant for the public."""
    changed = msgspec.structs.replace(
        plan,
        commitments=tuple(
            msgspec.structs.replace(one, publicity=Publicity.PUBLIC) if one.id == "c-school" else one
            for one in plan.commitments
        ),
    )
    plan_year = plan_store.add_plan_year(plan.place, plan.year, by="测试", at=now())
    plan_store.add_draft(plan_year.pk, changed, by="测试", at=now())
    found = Cast(plan_year)
    found.publish(date(2026, 1, 20), changed)
    return found


def page(cast, name="supervisor", query=""):
    return cast.client(name).get(f"/plans/{cast.pk}/reconciliation/{query}")


def act(cast, name, what, **data):
    return text_of(cast.client(name).post(f"/plans/{cast.pk}/reconciliation/acts/{what}/", data, follow=True))


def add(cast, text=NEXT, name="supervisor", file="2027.txt"):
    return act(cast, name, "add", file=SimpleUploadedFile(file, text.encode()))


def review(cast):
    return review_of(cast.pk, cast.year)


def row(cast, words):
    return next(one for one in review(cast).rows if words in one.pair.subject.text)


def rule(cast, words, outcome, *, passage=None, reason="", name="supervisor"):
    pair = row(cast, words).pair
    key = pair.finding.key if passage is None and pair.finding is not None else passage or ""
    return act(cast, name, "rule", subject=pair.subject.key, outcome=outcome, passage=key, reason=reason)


def test_a_year_without_the_next_report_says_how_to_add_it(cast):
    with cast.on(date(2027, 1, 10)):
        words = text_of(page(cast))
        assert "还没有下一年的报告" in words
        assert "2027 年的政府工作报告" in words


def test_the_next_report_is_matched_with_the_commitments(cast):
    with cast.on(date(2027, 1, 10)):
        assert "核对建议已生成" in add(cast)
        words = text_of(page(cast))
    # 6.6 % meets 6.5 % 左右; 18 firms fall short of 20; 2700 places are 1.125 times 2400.
    assert row(cast, "规模以上工业增加值").outcome is Outcome.FULFILLED
    assert row(cast, "规上工业企业20家").outcome is Outcome.SHORT
    assert row(cast, "学位2400个").outcome is Outcome.EXCEEDED
    for said in ("新增规上工业企业18家", "未达到", "超额兑现", "2027.txt"):
        assert said in words
    # It is no source of this year's plan, and no draft takes it up.
    assert len(version_of(cast.pk, cast.year.version).plan.sources) == 1


def test_reports_that_do_not_follow_or_cannot_be_read_are_refused(cast):
    with cast.on(date(2027, 1, 10)):
        assert "要用下一年（2027 年）的报告" in add(
            cast, NEXT.replace("2027", "2028").replace("2026", "2027")
        )
        assert "核对建议已生成" not in add(cast, "随便写的几句话。")
        add(cast)
        assert "已经加入" in add(cast)
    assert NextReport.objects.count() == 1
    assert LedgerEntry.objects.filter(fact="next_report_added").count() == 1


def test_a_person_rules_and_a_departure_needs_a_reason(cast):
    with cast.on(date(2027, 1, 10)):
        add(cast)
        assert "已核定" in rule(cast, "规上工业企业20家", "short")
        assert "要写明理由" in rule(cast, "学位2400个", "fulfilled")
        assert row(cast, "学位2400个").ruling is None
        assert "已核定" in rule(cast, "学位2400个", "fulfilled", reason="口径含扩班")
        assert "已经这样核定" in rule(cast, "规上工业企业20家", "short")
        assert "不能仍是" in rule(cast, "规模以上工业增加值", "unclear", reason="看不出")
        assert "要选对应表述" in rule(cast, "规模以上工业增加值", "fulfilled", passage="S1:0-3")
        words = text_of(page(cast, query="?show=departs"))
    found = row(cast, "学位2400个")
    assert (found.outcome, found.departs) == (Outcome.FULFILLED, True)
    assert "口径含扩班" in words
    assert "新增规上工业企业18家" not in words


def test_it_is_released_only_when_every_pair_is_ruled_and_shows_what_is_public_alone(cast):
    public = Client()
    with cast.on(date(2027, 1, 10)):
        add(cast)
        cast.act("supervisor", "release", lineage=cast.lineage("学校建设"))
        assert public.get(f"/public/{cast.pk}/reconciliation/").status_code == 404
        assert "没有核定，不能公开" in act(cast, "supervisor", "release")
        act(cast, "supervisor", "confirm-unmentioned")
        for one in review(cast).rows:
            if one.ruling is None:
                outcome = one.pair.outcome if one.pair.outcome is not Outcome.UNCLEAR else Outcome.FULFILLED
                rule(cast, one.pair.subject.text, outcome.value, reason="已查")
        assert review(cast).unruled == 0
        assert public.get(f"/public/{cast.pk}/reconciliation/").status_code == 404
        assert "已公开" in act(cast, "supervisor", "release")
        shown = text_of(public.get(f"/public/{cast.pk}/reconciliation/"))
        assert "新增学位2700个" in shown
        # The other commitments are not released, nor is what the next report says of them.
        assert "规上工业企业" not in shown
        assert "先撤下" in rule(cast, "学位2400个", "fulfilled", reason="改判")
        assert "先撤下" in add(cast, NEXT + "\n补充")
        assert "已撤下" in act(cast, "supervisor", "withdraw", reason="有误")
        assert public.get(f"/public/{cast.pk}/reconciliation/").status_code == 404


def test_another_report_begins_anew_and_the_ledger_keeps_what_was_ruled(cast):
    with cast.on(date(2027, 1, 10)):
        add(cast)
        rule(cast, "规上工业企业20家", "short")
        add(cast, NEXT.replace("18家", "21家"))
        assert row(cast, "规上工业企业20家").ruling is None
        assert row(cast, "规上工业企业20家").outcome is Outcome.FULFILLED
    assert LedgerEntry.objects.filter(fact="pair_ruled").count() == 1


def test_units_and_strangers_neither_see_nor_rule(cast):
    with cast.on(date(2027, 1, 10)):
        add(cast, name="education-head")
        assert not NextReport.objects.exists()
        add(cast)
        assert page(cast, "education-liaison").status_code == 404
        assert page(cast, "leader").status_code == 200
        rule(cast, "规上工业企业20家", "short", name="leader")
    assert not LedgerEntry.objects.filter(fact="pair_ruled").exists()


def test_the_table_is_handed_out_with_rulings(cast):
    with cast.on(date(2027, 1, 10)):
        add(cast)
        rule(cast, "规上工业企业20家", "short")
        base = f"/plans/{cast.pk}/reconciliation/table"
        client = cast.client("supervisor")
        for form in ("xlsx", "docx"):
            assert client.get(f"{base}.{form}").content.startswith(b"PK")
        rows = list(csv.reader(io.StringIO(client.get(f"{base}.csv").content.decode("utf-8-sig"))))
        assert client.get(f"{base}.exe").status_code == 404
    ruled = [one for one in rows if "新增规上工业企业20家" in one[2]]
    assert [one[9] for one in ruled] == ["未达到"]


def test_the_ledgers_verdict_stands_beside(cast):
    with cast.on(date(2027, 1, 10)):
        lineage = cast.lineage("学校建设")
        cast.client("supervisor").post(
            f"/plans/{cast.pk}/supervision/acts/confirm/",
            {"lineage": lineage, "verdict": "not_met", "basis": "没有报送", "reason": "没有报送"},
        )
        add(cast)
        words = text_of(page(cast, query="?show=differs"))
    assert "新增学位2400个" in words
    assert "台账结论：未完成" in words
