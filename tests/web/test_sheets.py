"""Spreadsheets that go out and come back: a unit's reports, a roster, statistics; errors by row and cell, all or nothing."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from delivery_cast import Cast, text_of
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.register.roster import ItemEntry, ItemState, Measure
from luoshi_web.ledger import selectors as ledger
from luoshi_web.registers import services as registers
from luoshi_web.rights import Actor, Grant, Role

DAY = date(2026, 2, 4)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def cast(plan_year, plan):
    cast = Cast(plan_year)
    cast.publish(date(2026, 1, 20), plan)
    cast.school = cast.lineage("学校建设")
    return cast


def sheet_of(answer):
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content)).active


def sent_back(sheet, changes):
    """Return the file with cells changed, by column title and row."""
    titles = [cell.value for cell in sheet[1]]
    for (row, title), value in changes.items():
        sheet.cell(row, titles.index(title) + 1).value = value
    stream = io.BytesIO()
    sheet.parent.save(stream)
    return SimpleUploadedFile("填报表.xlsx", stream.getvalue(), XLSX)


def test_reports_go_out_and_come_back_by_spreadsheet(cast):
    with cast.on(DAY):
        sheet = sheet_of(cast.get("education-liaison", "reports.xlsx"))
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        assert [row[1] for row in rows] == ["学校建设", "学校建设"]
        assert [row[3] for row in rows] == ["新建改扩建学校（所）", "新增学位（个）"]
        file = sent_back(sheet, {(2, "本期数"): "1", (3, "本期数"): "1,200", (2, "进展情况"): "一所开工"})
        done = cast.post("education-liaison", "reports/", file=file)
        assert done.status_code == 302
        figures = cast.year.report(cast.school, "2026-01").last.fact.figures
        assert {figure.target: figure.value for figure in figures} == {
            "t-schools": Decimal(1),
            "t-places": Decimal(1200),
        }
        # Nothing is left to fill in now.
        assert sheet_of(cast.get("education-liaison", "reports.xlsx")).max_row == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        # The column of the figure is the seventh, that of the identity the first.
        ({(2, "本期数"): "一所", (3, "本期数"): "800"}, "G2：“一所”不是数"),
        (
            {(2, "本期数"): "1", (3, "编号"): "k-0|2026-01|t-0", (3, "本期数"): "800"},
            "A3：编号“k-0|2026-01|t-0”不是本单位现在可以填报的",
        ),
        ({(2, "本期数"): "1"}, "G3：“新增学位（个）”没有填数"),
    ],
)
def test_one_fault_and_nothing_is_filed(cast, changes, said):
    with cast.on(DAY):
        sheet = sheet_of(cast.get("education-liaison", "reports.xlsx"))
        answer = cast.post(
            "education-liaison",
            "reports/",
            file=sent_back(sheet, changes | {(3, "本期数"): changes.get((3, "本期数"), None)}),
        )
        assert answer.status_code == 422
        assert said in text_of(answer), text_of(answer)[-1500:]
        assert cast.year.report(cast.school, "2026-01") is None


def test_what_is_no_spreadsheet_is_refused_with_a_sentence(cast):
    with cast.on(DAY):
        for data in (b"", b"PK\x03\x04broken", b"%PDF-1.7", "标题\n1".encode()):
            answer = cast.post("education-liaison", "reports/", file=SimpleUploadedFile("a.xlsx", data))
            assert answer.status_code == 422, data
        assert cast.post("education-liaison", "reports/").status_code == 422


@pytest.fixture
def roster(cast):
    with cast.on(DAY):
        supervisor = Actor(None, "督查员", (Grant(Role.SUPERVISOR),))
        registers.open_roster(
            supervisor, cast.pk, roster="r-1", target="t-schools", title="学校清单", measure=Measure.COUNT, quantity_unit="所",
            definition="验收合格", items=[ItemEntry(id="i-1", name="青杉小学")],
        )  # fmt: skip
    return cast


def items(cast):
    return {item.stated.name: item for item in cast.year.rosters["r-1"].items.values()}


def test_a_roster_goes_out_and_comes_back_and_a_second_time_changes_nothing(roster):
    cast = roster
    with cast.on(DAY):
        sheet = sheet_of(cast.get("education-liaison", "rosters/r-1/sheet.xlsx"))
        titles = [cell.value for cell in sheet[1]]
        name = titles.index("名称") + 1
        assert sheet.cell(2, name).value == "青杉小学"
        for row, text in enumerate(("云溪中学", "柳湾小学"), 3):
            sheet.cell(row, name).value = text
        stream = io.BytesIO()
        sheet.parent.save(stream)
        for _time in range(2):
            file = SimpleUploadedFile("清单.xlsx", stream.getvalue(), XLSX)
            head = ledger.head_of(cast.pk).number
            assert cast.post("education-liaison", "rosters/r-1/import/", file=file).status_code == 302
            assert set(items(cast)) == {"青杉小学", "云溪中学", "柳湾小学"}
        assert ledger.head_of(cast.pk).number == head


def test_a_roster_with_a_fault_is_not_taken_at_all(roster):
    cast = roster
    with cast.on(DAY):
        file = SimpleUploadedFile(
            "a.csv", "名称,状态,计划完成\n云溪中学,未开始,2026-02-31\n,未开始,\n".encode()
        )
        answer = cast.post("education-liaison", "rosters/r-1/import/", file=file)
        assert answer.status_code == 422
        page = text_of(answer)
        assert "C2：“2026-02-31”不是日期" in page
        assert "A3：名称是空的" in page
        assert set(items(cast)) == {"青杉小学"}


def test_statistics_come_in_by_name_and_period_and_count_once_bound(cast):
    table = "指标,时期,数值,单位,出处\n新建改扩建学校,2026-01,2,所,教育统计快报1号\n"
    with cast.on(DAY):
        file = SimpleUploadedFile("快报.csv", table.encode())
        assert cast.post("supervisor", "statistics/", file=file).status_code == 302
        again = SimpleUploadedFile("快报.csv", table.encode())
        head = ledger.head_of(cast.pk).number
        assert cast.post("supervisor", "statistics/", file=again).status_code == 302
        assert ledger.head_of(cast.pk).number == head
        (name,) = cast.year.series
        bound = cast.act(
            "supervisor", "bind", target="t-schools", kind="import", series=name, method="统计快报"
        )
        assert bound.status_code == 302
        page = text_of(cast.get("leader", f"commitments/{cast.school}/"))
        assert "统计导入 · 第三方核实" in page
        assert "现在 2 所" in page
        # What is known is filled in and cannot be typed over.
        form = cast.get("education-liaison", f"commitments/{cast.school}/reports/2026-01/").content.decode()
        assert "已经知道的，不用填" in form
        assert 'name="value-t-schools"' not in form
        assert 'name="value-t-places"' in form
        typed = cast.post(
            "education-liaison", f"commitments/{cast.school}/reports/2026-01/", act="file",
            **{"value-t-schools": "3", "value-t-places": "800"}, progress="x",
        )  # fmt: skip
        assert typed.status_code in (302, 422)
        report = cast.year.report(cast.school, "2026-01")
        assert report is None or "t-schools" not in {figure.target for figure in report.last.fact.figures}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("指标,时期,数值,单位,出处\n新增学位,二〇二六,2,个,快报\n", "B2：时期“二〇二六”不认识"),
        ("指标,时期,数值,单位,出处\n新增学位,2026-01,很多,个,快报\n", "C2：“很多”不是数"),
        ("指标,时期\n新增学位,2026-01\n", "数值"),
        ("", ""),
    ],
)
def test_statistics_with_a_fault_are_not_taken_at_all(cast, table, said):
    with cast.on(DAY):
        answer = cast.post("supervisor", "statistics/", file=SimpleUploadedFile("快报.csv", table.encode()))
        assert answer.status_code == 422
        assert said in text_of(answer)
        assert not cast.year.series


def test_items_change_by_hand_and_only_the_head_accepts(roster):
    cast = roster
    with cast.on(DAY):
        proof = SimpleUploadedFile("验收单.pdf", b"%PDF-1.7 ok")
        done = cast.post(
            "education-liaison",
            "rosters/r-1/item/",
            item="i-1",
            name="青杉小学",
            state="done",
            done="2026-02-03",
            file=proof,
        )
        assert done.status_code == 302
        assert items(cast)["青杉小学"].state is ItemState.DONE
        assert cast.post("education-liaison", "rosters/r-1/accept/", item="i-1").status_code == 403
        assert cast.post("education-head", "rosters/r-1/accept/", item="i-1").status_code == 302
        assert items(cast)["青杉小学"].state is ItemState.ACCEPTED
        changed = cast.post(
            "education-liaison", "rosters/r-1/item/", item="i-1", name="青杉小学", state="planned"
        )
        assert changed.status_code == 422
        assert "理由" in text_of(changed)
