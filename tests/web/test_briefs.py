"""Documents through HTTP: drafted from the ledger, edited without losing a figure, approved, issued, never changed after."""

import io
import json
from datetime import date

import pytest
from delivery_cast import Cast, text_of
from django.db import DatabaseError, transaction
from docx import Document as open_docx
from openpyxl import load_workbook

from luoshi.brief.official.model import Paragraph
from luoshi_web.briefs import selectors
from luoshi_web.briefs.models import Brief, BriefVersion
from luoshi_web.reporting import services

DAY = date(2026, 4, 20)


@pytest.fixture
def cast(plan_year, plan):
    found = Cast(plan_year)
    found.publish(date(2026, 1, 20), plan)
    with found.on(DAY):
        services.catch_up(found.pk)
    return found


def address(cast, path=""):
    return f"/plans/{cast.pk}/briefs/{path}"


def drafted(cast, **more):
    data = {
        "kind": "month",
        "unit": "云川市人民政府督查室",
        "sign": "云政督",
        "addressees": "各县区，市直各单位",
    }
    answer = cast.client("supervisor").post(address(cast, "draft/"), data | more)
    assert answer.status_code == 302, answer.content.decode()
    return Brief.objects.latest("pk")


def step(cast, name, brief, what, **data):
    return text_of(cast.client(name).post(address(cast, f"{brief.pk}/step/{what}/"), data, follow=True))


def test_a_monthly_brief_from_draft_to_issue(cast):
    with cast.on(DAY):
        brief = drafted(cast)
        page = cast.client("supervisor").get(address(cast, f"{brief.pk}/"))
        words = text_of(page)
        assert "数据来源" in words
        assert "各县区、市直各单位" in words
        version = selectors.newest_of(brief.pk)
        # Six commitments of the sample plan have no report: every one of them is counted in the text.
        paragraph = next(
            one for one in version.document.blocks if isinstance(one, Paragraph) and "{f" in one.text
        )
        told = text_of(
            cast.client("supervisor").post(
                address(cast, f"{brief.pk}/edit/"),
                {"block": paragraph.id, "text": "总的看，进展不快。", "seen": version.revision},
                follow=True,
            )
        )
        assert "已修改" not in told
        new = f"总的看，进展不快。{paragraph.text}"
        data = {"block": paragraph.id, "text": new, "seen": version.revision}
        client = cast.client("supervisor")
        assert "已修改" in text_of(client.post(address(cast, f"{brief.pk}/edit/"), data, follow=True))
        # The same form sent again was made from what is no longer there.
        assert "已修改" not in text_of(client.post(address(cast, f"{brief.pk}/edit/"), data, follow=True))
        assert cast.client("education-liaison").get(address(cast, f"{brief.pk}/")).status_code == 404
        assert "已签发" not in step(cast, "supervisor", brief, "issue", serial="1")
        assert "已审定" in step(cast, "leader", brief, "approve")
        assert "已签发" in step(cast, "supervisor", brief, "issue", serial="1")
        words = text_of(cast.client("education-liaison").get(address(cast, f"{brief.pk}/")))
        assert "云政督〔2026〕1号" in words
        assert "总的看，进展不快。" in words
        other = drafted(cast)
        step(cast, "supervisor", other, "approve")
        assert "已签发" not in step(cast, "supervisor", other, "issue", serial="1")
        assert "已签发" in step(cast, "supervisor", other, "issue", serial="2")
    issued = selectors.newest_of(brief.pk)
    with cast.on(date(2026, 4, 21)):
        client = cast.client("supervisor")
        data = {"block": paragraph.id, "text": new}
        assert "已修改" not in text_of(client.post(address(cast, f"{brief.pk}/edit/"), data, follow=True))
    assert selectors.newest_of(brief.pk) == issued
    assert selectors.newest_of(other.pk).document.since == DAY


def test_the_database_refuses_to_change_a_version(cast):
    with cast.on(DAY):
        brief = drafted(cast)
    for change in (
        lambda: BriefVersion.objects.filter(brief=brief).update(content="{}"),
        lambda: BriefVersion.objects.filter(brief=brief).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert json.loads(BriefVersion.objects.get().content)["document"]["title"]


def test_the_word_file_says_what_the_page_says(cast):
    with cast.on(DAY):
        brief = drafted(cast, kind="quarter")
        answer = cast.client("supervisor").get(address(cast, f"{brief.pk}/document.docx"))
    assert answer.status_code == 200
    file = open_docx(io.BytesIO(answer.content))
    words = "".join(paragraph.text for paragraph in file.paragraphs)
    assert "云川市" in words
    assert "数据来源" in words
    with cast.on(DAY):
        assert cast.client("civil-liaison").get(address(cast, f"{brief.pk}/document.docx")).status_code == 404


def test_a_supervision_notice_as_a_document_quotes_the_report(cast):
    lineage = cast.lineage("学校建设")
    with cast.on(DAY):
        brief = drafted(cast, kind="supervision", lineage=lineage, demand="请说明开工情况", days="5")
        words = text_of(cast.client("supervisor").get(address(cast, f"{brief.pk}/")))
        assert "请说明开工情况" in words
        # Five working days after Monday 20 April 2026.
        assert "2026年4月27日" in words
        count = Brief.objects.count()
        for wrong in ({"days": "0"}, {"demand": " "}, {"lineage": "none"}):
            data = {
                "kind": "supervision",
                "unit": "督查室",
                "lineage": lineage,
                "demand": "请说明",
                "days": "5",
            }
            cast.client("supervisor").post(address(cast, "draft/"), data | wrong)
        assert Brief.objects.count() == count
        other = drafted(cast, kind="circulation", demand="请立即整改")
        assert "请立即整改" in text_of(cast.client("supervisor").get(address(cast, f"{other.pk}/")))


def test_the_ledger_sheet_holds_every_commitment(cast):
    with cast.on(DAY):
        answer = cast.client("leader").get(address(cast, "ledger.xlsx"))
        assert cast.client("civil-liaison").get(address(cast, "ledger.xlsx")).status_code == 404
    sheet = load_workbook(io.BytesIO(answer.content)).active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    for issued in cast.year.issued.values():
        assert issued.title in cells


def test_units_draft_and_issue_nothing(cast):
    with cast.on(DAY):
        brief = drafted(cast)
        for who in ("civil-head", "leader"):
            client = cast.client(who)
            assert client.post(address(cast, "draft/"), {"kind": "month", "unit": "我"}).status_code == 403
        assert cast.client("civil-head").post(address(cast, f"{brief.pk}/step/approve/")).status_code == 404
        assert cast.client("leader").post(address(cast, f"{brief.pk}/step/issue/")).status_code == 403
        listed = text_of(cast.client("civil-head").get(address(cast)))
        assert brief.title not in listed
