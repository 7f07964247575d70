"""Rows of the small plan, worked out from its text by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from sample_plan import TEXT

from luoshi.corpus import row
from luoshi.corpus.fault import CorpusError
from luoshi.corpus.table import NAMES, tables
from luoshi.kernel.identity import digest
from luoshi.plan.model import Plan


@pytest.fixture
def made(plan: Plan) -> dict[str, list[row.Row]]:
    return row.of_plan(plan, label="city/yunchuan.txt", key="k")


def one(rows: list[row.Row], name: str) -> row.Row:
    (found,) = [each for each in rows if each["id"] == name]
    return found


def holds(found: row.Row, **expected: Any) -> bool:
    return {name: found[name] for name in expected} == expected


@pytest.mark.parametrize("name", NAMES)
def test_the_columns_are_those_of_the_table(made: dict[str, list[row.Row]], name: str) -> None:
    wanted = [field.name for field in tables()[name].fields]
    assert made[name]
    assert all(sorted(each) == sorted(wanted) for each in made[name])


@pytest.mark.parametrize("name", NAMES)
def test_required_columns_are_filled(made: dict[str, list[row.Row]], name: str) -> None:
    required = [field.name for field in tables()[name].fields if field.required]
    assert all(each[column] not in (None, "") for each in made[name] for column in required)


def test_a_report_says_whose_it_is_and_what_it_holds(made: dict[str, list[row.Row]]) -> None:
    (report,) = made["reports"]
    assert holds(
        report,
        report="city/yunchuan.txt",
        place="云川市",
        level="city",
        year=2026,
        title="云川市人民政府工作报告",
    )
    assert holds(report, commitments=5, targets=5, claims=1, projects=1, diagnostics=0, error="", key="k")
    assert holds(report, digest=digest(TEXT), characters=len(TEXT))


def test_a_target_points_at_its_words(made: dict[str, list[row.Row]]) -> None:
    growth = one(made["targets"], "t-growth")
    assert holds(
        growth, report="city/yunchuan.txt", place="云川市", year=2026, indicator="规模以上工业增加值"
    )
    assert holds(
        growth, comparator="about", value=6.5, unit="%", plain_value=6.5, plain_unit="%", kind="growth"
    )
    assert holds(growth, strength="力争", deadline=date(2026, 12, 31), deadline_written="", confidence=1.0)
    assert TEXT[growth["start"] : growth["end"]] == growth["text"] == "规模以上工业增加值增长6.5%左右"
    assert TEXT[growth["number_start"] : growth["number_end"]] == growth["number"] == "6.5%"


def test_the_innermost_part_is_named(made: dict[str, list[row.Row]]) -> None:
    assert holds(one(made["targets"], "t-growth"), section="（一） 稳住工业经济", role="work")
    assert holds(one(made["targets"], "t-places"), section="（二） 办好民生实事", role="work", confidence=0.6)
    assert holds(one(made["claims"], "r-park"), section="一、 2025年工作回顾", role="review")


def test_a_claim_tells_its_own_year(made: dict[str, list[row.Row]]) -> None:
    park = one(made["claims"], "r-park")
    assert holds(park, year=2026, claim_year=2025, indicator="口袋公园", value=12.0, unit="个", number="12个")
    assert park["growth_percent"] is None


def test_a_project_points_at_its_name_and_its_clause(made: dict[str, list[row.Row]]) -> None:
    station = one(made["projects"], "p-station")
    assert holds(station, name="云川东站", kind="facility", action="开工", stage="started", amount=None)
    assert TEXT[station["name_start"] : station["name_end"]] == "云川东站"
    assert TEXT[station["start"] : station["end"]] == station["text"] == "推动云川东站年内开工"


def test_a_multiplier_is_taken_out_of_the_unit(plan: Plan) -> None:
    target = msgspec.structs.replace(plan.targets[0], value=Decimal("1.5"), unit="亿元")
    changed = msgspec.structs.replace(plan, targets=(target,))
    (found,) = row.of_plan(changed, label="a", key="k")["targets"]
    assert holds(found, value=1.5, unit="亿元", plain_value=150_000_000.0, plain_unit="元")


def test_a_reference_has_no_number(plan: Plan) -> None:
    target = msgspec.structs.replace(
        plan.targets[0], value=None, unit="", reference="全省平均水平", number=None
    )
    changed = msgspec.structs.replace(plan, targets=(target,))
    (found,) = row.of_plan(changed, label="a", key="k")["targets"]
    assert holds(found, value=None, plain_value=None, number="", number_start=None, reference="全省平均水平")


def test_a_number_beyond_all_measure_is_left_out(plan: Plan) -> None:
    target = msgspec.structs.replace(plan.targets[0], value=Decimal("9" * 5000), unit="万亿元")
    changed = msgspec.structs.replace(plan, targets=(target,))
    (found,) = row.of_plan(changed, label="a", key="k")["targets"]
    assert holds(found, value=None, plain_value=None)


def test_an_unknown_year_is_empty(plan: Plan) -> None:
    changed = msgspec.structs.replace(plan, year=0)
    assert row.of_plan(changed, label="a", key="k")["reports"][0]["year"] is None


def test_a_failure_is_a_row_of_the_same_shape() -> None:
    failed = row.of_failure(CorpusError("X011"), label="a", key="k", place=None, year=None, compiler="0.1.0")
    assert sorted(failed) == sorted(field.name for field in tables()["reports"].fields)
    assert holds(failed, report="a", place="", year=None, error="X011", targets=0)
    assert failed["error_text"].startswith("编译这份报告的进程意外终止")
