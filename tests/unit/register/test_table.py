"""Rosters and statistics as sheets: what is read, what is refused by row and cell, and that the same file changes nothing."""

import io
from datetime import date
from decimal import Decimal as D

import pytest
from openpyxl import Workbook

from luoshi.register import statistics, table
from luoshi.register.fault import RegisterError
from luoshi.register.roster import ItemState, Measure, Roster
from luoshi.register.sheet import day_in, sheet_of
from luoshi.register.statistics import converted, period_end, series_of

DAY = date(2026, 5, 6)
ROSTER = Roster(
    id="r", lineage="L-1", title="公路", unit="市交通局", target="t", measure=Measure.SUM,
    quantity_unit="公里", definition="交工验收", changed=DAY,
)  # fmt: skip


def csv(*rows):
    return "\n".join(",".join(row) for row in rows).encode()


def test_a_roster_comes_back_from_its_sheet():
    data = csv(
        ("名称", "状态", "计划完成", "实际完成", "数量"),
        ("东环路", "已完成", "2026-03-31", "2026年3月30日", "12.5"),
        ("西环路", "进行中", "2026/6/30", "", ""),
    )
    items, faults = table.read(data, ROSTER, on=DAY, evidence="sha256:f")
    assert faults == ()
    done, going = items
    assert (done.name, done.state, done.done, done.quantity) == (
        "东环路", ItemState.DONE, date(2026, 3, 30), D("12.5"),
    )  # fmt: skip
    assert done.evidence == ("sha256:f",)
    assert (going.state, going.planned, going.quantity) == (ItemState.UNDER_WAY, date(2026, 6, 30), None)
    again, _ = table.read(data, ROSTER, on=DAY, evidence="sha256:f")
    assert again == items


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (("", "", "", "", ""), None, ""),
        (("", "已完成", "", "2026-03-01", "1"), "R210", "A3"),
        (("甲", "快了", "", "", ""), "R211", "B3"),
        (("甲", "进行中", "下月", "", ""), "R212", "C3"),
        (("甲", "已完成", "", "", "1"), "R213", "D3"),
        (("甲", "已完成", "", "2026-06-01", "1"), "R214", "D3"),
        (("甲", "已完成", "", "2026-03-01", "很多"), "R215", "E3"),
        (("甲", "已完成", "", "2026-03-01", ""), "R215", "E3"),
        (("甲", "已完成", "", "2026-03-01", "-1"), "R215", "E3"),
        (("好路", "进行中", "", "", ""), "R216", "A3"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_taken(row, code, cell):
    data = csv(("名称", "状态", "计划完成", "实际完成", "数量"), ("好路", "未开始", "", "", ""), row)
    items, faults = table.read(data, ROSTER, on=DAY)
    if code is None:
        assert len(items) == 1
        return
    assert items == ()
    assert [(fault.code, fault.parameters["cell"]) for fault in faults] == [(code, cell)]
    assert cell in faults[0].describe("zh")


def test_a_key_of_another_roster_is_refused():
    _, faults = table.read(csv(("编号", "名称"), ("i-1", "甲")), ROSTER, on=DAY)
    assert [fault.code for fault in faults] == ["R217"]


def test_a_workbook_gives_days_and_numbers_as_they_were_typed():
    book = Workbook()
    book.active.append(["清单：公路"])
    book.active.append(["名称", "状态", "实际完成", "数量"])
    book.active.append(["东环路", "已完成", date(2026, 3, 30), 0.1])
    buffer = io.BytesIO()
    book.save(buffer)
    (item,), faults = table.read(buffer.getvalue(), ROSTER, on=DAY)
    assert (faults, item.done, item.quantity) == ((), date(2026, 3, 30), D("0.1"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 no workbook", "R201"),
        (b"\xff\xfe\x00\x01\x81", "R201"),
        ("甲,乙\n1,2".encode(), "R203"),
        (b"", "R203"),
    ],
)
def test_a_file_that_is_none_is_refused(data, code):
    with pytest.raises(RegisterError) as caught:
        sheet_of(data, needed=("名称",))
    assert caught.value.code == code


def test_a_formula_mark_that_an_export_added_is_taken_off():
    assert sheet_of("名称\n'=甲".encode(), needed=("名称",)).rows[0].text("名称") == "=甲"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-03", date(2026, 3, 31)),
        ("2026年2月", date(2026, 2, 28)),
        ("2026年1-3月", date(2026, 3, 31)),
        ("2026年1—11月", date(2026, 11, 30)),
        ("2026年一季度", date(2026, 3, 31)),
        ("2026年第二季度", date(2026, 6, 30)),
        ("2026Q3", date(2026, 9, 30)),
        ("2026年上半年", date(2026, 6, 30)),
        ("2026年前三季度", date(2026, 9, 30)),
        ("2026年", date(2026, 12, 31)),
        ("2026年全年", date(2026, 12, 31)),
        ("2026-13", None),
        ("三月", None),
        ("", None),
    ],
)
def test_periods(text, wanted):
    assert period_end(text) == wanted


@pytest.mark.parametrize(
    ("value", "unit", "into", "wanted"),
    [
        ("30000", "万元", "亿元", "3"),
        ("1.5", "万亩", "亩", "15000"),
        ("12", "", "家", "12"),
        ("7", "%", "%", "7"),
        ("7", "公里", "亩", None),
    ],
)
def test_units_are_converted(value, unit, into, wanted):
    assert converted(D(value), unit, into) == (D(wanted) if wanted else None)


def test_names_lead_to_the_catalogue():
    assert series_of("全市地区生产总值") == series_of("GDP") == "地区生产总值"
    assert series_of("大棚 面积") == "大棚面积"


def test_statistics_are_taken_once_and_a_revision_is_a_correction():
    data = csv(("指标", "时期", "数值", "单位"), ("城镇新增就业", "2026-03", "1.2", "万人"))
    figures, faults = statistics.read(data)
    assert faults == ()
    first = statistics.take_in({}, figures, file="sha256:f", name="一季度.csv", on=DAY)
    assert first is not None
    from luoshi.ledger.chain import Author, Head, extend

    def written(proposal, number, all_series):
        from datetime import UTC, datetime

        (entry,) = extend(
            Head(scope="s", number=number),
            [proposal],
            author=Author(),
            known_at=datetime(2026, 5, 6, tzinfo=UTC),
        )
        return statistics.applied(all_series, proposal.fact, entry, DAY)

    known = written(first, 0, {})
    assert statistics.take_in(known, figures, file="sha256:f", name="一季度.csv", on=DAY) is None
    revised, _ = statistics.read(
        csv(("指标", "时期", "数值", "单位"), ("城镇新增就业", "2026-03", "1.3", "万人"))
    )
    second = statistics.take_in(known, revised, file="sha256:g", name="修订.csv", on=DAY)
    known = written(second, 1, known)
    figure = known["城镇新增就业"].figures[date(2026, 3, 31)]
    assert (figure.value, figure.earlier) == (D("1.3"), (1,))
    (seen,) = statistics.observations(known["城镇新增就业"], "人")
    assert seen.value == 13000


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("", "2026-03", "1", ""), "R220"),
        (("就业", "三月", "1", ""), "R221"),
        (("就业", "2026-03", "—", ""), "R222"),
        (("就业", "2026-03", "1", "光年"), "R223"),
        (("好", "2026-02", "1", ""), "R224"),
    ],
)
def test_a_bad_row_of_statistics_is_named(row, code):
    figures, faults = statistics.read(csv(("指标", "时期", "数值", "单位"), ("好", "2026-02", "1", ""), row))
    assert figures == ()
    assert [fault.code for fault in faults] == [code]


def test_days():
    assert day_in("2026.3.1") == date(2026, 3, 1)
    assert day_in("2026-02-30") is None
