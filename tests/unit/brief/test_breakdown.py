"""责任分解表: one row builder, three forms, and nothing in them that runs, breaks or is cut."""

import csv
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from luoshi.brief import cell, decomposition
from luoshi.brief.form import Form, UnknownFormError, make, name_of
from luoshi.brief.wording import day_text, figure_text, plain
from luoshi.plan import review
from luoshi.plan.items import ItemKind
from luoshi.plan.model import Comparator, Plan, TargetKind
from luoshi.plan.publish import publish

HEADINGS = ["序号", "目标任务", "量化指标", "成果", "牵头领导", "牵头单位", "责任单位", "完成时限", "出处"]


def published(plan: Plan) -> Plan:
    draft = review.apply(
        plan, review.Assign(items=("c-elder",), official="李副市长", supporting=("市住建局", "市财政局"))
    )
    return publish(review.apply(draft, review.AcceptSure(least=0)), version=1, reason="", baseline=None)


def titled(plan: Plan, title: str) -> Plan:
    return review.apply(plan, review.Edit(item="c-industry", changes={"title": title}))


def sheet(plan: Plan, number: int = 0, **options: Any) -> Any:
    return load_workbook(io.BytesIO(make(plan, Form.XLSX, **options))).worksheets[number]


def table(plan: Plan, **options: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(make(plan, Form.CSV, **options).decode("utf-8-sig"), newline="")))


def test_rows_say_what_the_plan_says(plan: Plan) -> None:
    rows = table(published(plan))
    assert rows[0] == HEADINGS
    assert rows[1] == [
        "1",
        "力争规模以上工业增加值增长6.5%左右，新增规上工业企业20家以上。",
        "规模以上工业增加值：增长6.5%左右\n新增规上工业企业：20家以上",
        "",
        "",
        "市经信局",
        "",
        "12月底",
        "二、（一）",
    ]
    assert rows[4] == [
        "4",
        "6月底前建成青杉社区养老服务中心。",
        "",
        "养老服务中心竣工验收",
        "李副市长",
        "市民政局",
        "市住建局、市财政局",
        "6月底",
        "二、（二）",
    ]
    assert len(rows) == 6


def test_labels_are_in_the_language_asked_for_and_words_in_that_of_the_report(plan: Plan) -> None:
    rows = table(published(plan), language="en")
    assert rows[0][:3] == ["No.", "Commitment", "Targets"]
    assert rows[1][2].split("\n") == ["规模以上工业增加值: up about 6.5%", "新增规上工业企业: ≥ 20家"]
    assert rows[4][7] == "2026-06-30"


def test_a_draft_says_that_it_is_one(plan: Plan) -> None:
    draft = review.apply(plan, review.Accept(items=("c-school",)))
    made = decomposition.from_plan(draft)
    assert made.title == "云川市2026年政府工作报告目标任务责任分解表"
    assert made.status == "草案（未审定） · 共5项，已审定1项"
    assert sheet(draft)["A2"].value == made.status
    paragraphs = [p.text for p in Document(io.BytesIO(make(draft, Form.DOCX))).paragraphs]
    assert paragraphs[:2] == [made.title, made.status]
    assert decomposition.from_plan(published(plan)).status == "第1版 · 共5项"
    assert (
        decomposition.from_plan(msgspec.structs.replace(published(plan), reason="年中调整")).status
        == "第1版（年中调整） · 共5项"
    )


def test_what_was_rejected_is_left_out(plan: Plan) -> None:
    draft = review.apply(plan, review.Reject(items=("c-station", "t-places"), reason="重复"))
    rows = table(draft)
    assert [row[1][:4] for row in rows[1:]] == ["力争规模", "新建改扩", "6月底前", "推行项目"]
    assert rows[2][2] == "新建改扩建学校：3所"


def test_a_title_that_a_person_set_stands_for_the_sentence(plan: Plan) -> None:
    assert table(titled(plan, "工业稳增长"))[1][1] == "工业稳增长"
    by_hand = review.apply(plan, review.Add(kind=ItemKind.COMMITMENT, fields={"title": "建设口袋公园"}))
    assert table(by_hand)[6][1::7] == ["建设口袋公园", "人工添加"]


def test_a_deliverable_due_on_another_day_says_so(plan: Plan) -> None:
    edited = review.apply(plan, review.Edit(item="d-school", changes={"due": "2026-08-15"}))
    assert table(edited)[3][3] == "3所学校竣工验收（8月15日）\n2400个学位投入使用"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "增长6.5%左右"),
        ({"indicator": "工业增加值增速"}, "6.5%左右"),
        ({"kind": TargetKind.CUT, "comparator": Comparator.GE}, "下降6.5%以上"),
        ({"kind": TargetKind.CUT, "comparator": Comparator.EQ, "indicator": "单位能耗下降"}, "6.5%"),
        ({"kind": TargetKind.RATIO, "comparator": Comparator.GE, "value": Decimal(100)}, "达到100%"),
        ({"kind": TargetKind.RATIO, "comparator": Comparator.GE, "value": Decimal("95.50")}, "95.5%以上"),
        (
            {
                "kind": TargetKind.LEVEL,
                "comparator": Comparator.OVER,
                "value": Decimal("1E+3"),
                "unit": "亿元",
            },
            "超过1000亿元",
        ),
        ({"kind": TargetKind.RATIO, "comparator": Comparator.UNDER}, "低于6.5%"),
        ({"comparator": Comparator.RANGE, "upper": Decimal(7)}, "增长6.5%—7%"),
        ({"value": None, "reference": "不低于省下达任务"}, "不低于省下达任务"),
    ],
)
def test_figures_are_written_as_reports_write_them(plan: Plan, fields: dict[str, Any], expected: str) -> None:
    assert figure_text(msgspec.structs.replace(plan.targets[0], **fields), "zh") == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 6, 30), "6月底"),
        (date(2026, 2, 28), "2月底"),
        (date(2026, 3, 15), "3月15日"),
        (date(2028, 2, 29), "2028年2月底"),
        (date(2028, 2, 28), "2028年2月28日"),
    ],
)
def test_days(day: date, expected: str) -> None:
    assert day_text(day, "zh", year=2026) == expected


def test_line_breaks_of_the_source_are_not_words() -> None:
    assert plain("推动\n  云川东站\u3000开工。") == "推动云川东站开工。"
    assert plain("GDP \n growth\x0b\x00 6%") == "GDP growth 6%"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1", "\t=1", "\r=1", '=HYPERLINK("x")']
)
def test_nothing_in_a_spreadsheet_runs(plan: Plan, text: str) -> None:
    draft = titled(plan, text)
    shown = text.strip()
    found = sheet(draft)["B4"]
    assert (found.value, found.data_type, found.quotePrefix) == (shown, "s", True)
    assert table(draft)[1][1] == "'" + shown
    raw = zipfile.ZipFile(io.BytesIO(make(draft, Form.XLSX))).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in raw


def test_names_and_reasons_are_neutral_too(plan: Plan) -> None:
    bad = msgspec.structs.replace(plan, place=msgspec.structs.replace(plan.place, name="=1+1"))
    bad = review.apply(
        bad, review.Assign(items=("c-industry",), lead="=unit()", official="@me", supporting=("+x",))
    )
    bad = review.apply(bad, review.Edit(item="t-growth", changes={"indicator": "-i", "unit": "=u"}))
    book = load_workbook(io.BytesIO(make(bad, Form.XLSX)))
    assert [
        found for page in book for row in page.iter_rows() for found in row if found.data_type == "f"
    ] == []
    assert all(not cell.is_formula(field) for row in table(bad) for field in row)
    # A cell of several lines begins with its first.
    assert table(bad)[1][2].startswith("'-i：")


def test_a_cell_is_never_longer_than_excel_takes(plan: Plan) -> None:
    long = msgspec.structs.replace(plan.deliverables[1], done_when="长" * 40_000)
    large = msgspec.structs.replace(plan, deliverables=(plan.deliverables[0], long))
    assert len(sheet(large)["D6"].value) == 32_767
    assert len(table(large)[3][3]) == 32_767


def test_characters_that_office_files_cannot_hold_are_left_out(plan: Plan) -> None:
    words = "建设\x0b口袋\x1f公园\ufffe"
    draft = titled(plan, words)
    assert sheet(draft)["B4"].value == "建设口袋公园"
    assert Document(io.BytesIO(make(draft, Form.DOCX))).tables[0].rows[2].cells[1].text == "建设口袋公园"


def test_the_workbook_is_ready_to_filter_and_print(plan: Plan) -> None:
    first = sheet(published(plan))
    assert [found.value for found in first[3]] == HEADINGS
    assert first.freeze_panes == "C4"
    assert first.auto_filter.ref == "A3:I8"
    assert (first.page_setup.orientation, first.page_setup.paperSize) == ("landscape", 9)
    assert first.print_title_rows == "$3:$3"
    assert first.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert first["B4"].alignment.wrap_text
    assert [page.title for page in first.parent] == ["责任分解表", "量化指标"]


def test_the_second_sheet_has_the_targets_as_numbers(plan: Plan) -> None:
    second = sheet(published(plan), 1)
    assert [found.value for found in second[3]][:5] == ["序号", "任务序号", "指标", "比较关系", "数值"]
    rows = [[found.value for found in row] for row in second.iter_rows(min_row=4)]
    assert rows[0][:8] == [1, 1, "规模以上工业增加值", "左右", 6.5, None, "%", "增长"]
    assert rows[4][1:7] == [5, "审批时限", "以内（不超过）", 30, None, "个工作日"]
    assert second["E4"].data_type == "n"


def test_the_word_document_is_grouped_and_set_for_print(plan: Plan) -> None:
    document = Document(io.BytesIO(make(published(plan), Form.DOCX, made_at=datetime(2026, 3, 1, 8))))  # noqa: DTZ001
    page = document.sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (29.7, 21.0)
    rows = document.tables[0].rows
    assert [found.text for found in rows[0].cells] == HEADINGS
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [row.cells[0].text for row in rows] == [
        "序号",
        "二、2026年重点工作  （一）稳住工业经济",
        "1",
        "2",
        "二、2026年重点工作  （二）办好民生实事",
        "3",
        "4",
        "5",
    ]
    assert [p.text for p in rows[2].cells[2].paragraphs] == [
        "规模以上工业增加值：增长6.5%左右",
        "新增规上工业企业：20家以上",
    ]
    fonts = {
        run._element.rPr.rFonts.get(qn("w:eastAsia"))
        for row in rows
        for c in row.cells
        for p in c.paragraphs
        for run in p.runs
    }
    assert fonts == {"仿宋", "黑体"}
    assert "PAGE" in page.footer._element.xml
    assert (document.core_properties.author, document.core_properties.created.year) == ("Luoshi", 2026)


def test_markup_stays_text(plan: Plan) -> None:
    words = "<script>alert(1)</script> & <w:p/>"
    draft = titled(plan, words)
    assert sheet(draft)["B4"].value == words
    assert Document(io.BytesIO(make(draft, Form.DOCX))).tables[0].rows[2].cells[1].text == words


def test_a_plan_without_commitments_makes_an_empty_table(plan: Plan) -> None:
    empty = Plan(place=plan.place, year=2026, sources=plan.sources)
    assert len(table(empty)) == 1
    assert sheet(empty).max_row == 3
    assert len(Document(io.BytesIO(make(empty, Form.DOCX))).tables[0].rows) == 1


def test_the_form_comes_from_the_name() -> None:
    assert Form.of_name("/tmp/分解表.XLSX") is Form.XLSX
    with pytest.raises(UnknownFormError) as caught:
        Form.of_name("x.pdf")
    assert caught.value.describe("zh") == "不能导出“.pdf”格式。可用的格式：.xlsx .docx .csv。"


def test_file_names_hold_place_year_and_version(plan: Plan) -> None:
    assert name_of(plan, Form.DOCX) == "云川市2026年责任分解表（草案）.docx"
    assert name_of(published(plan), Form.XLSX) == "云川市2026年责任分解表（第1版）.xlsx"
    odd = msgspec.structs.replace(plan, place=msgspec.structs.replace(plan.place, name="../a\r\nb"))
    assert name_of(odd, Form.CSV) == "ab2026年责任分解表（草案）.csv"
