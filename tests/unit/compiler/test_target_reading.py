"""Targets of a whole report: heads, glossary, explanations, records."""

from datetime import date
from decimal import Decimal

import pytest
from reports import outline_of

from luoshi.compiler import claim, target, term
from luoshi.compiler.target import TargetReading
from luoshi.kernel.diagnostic import Severity
from luoshi.kernel.identity import Minter
from luoshi.plan.model import Course, JudgedAs, NumberKind, Place, Plan, Source, Target, TargetKind

YEAR = 2031
REPORT = """2031年云台市政府工作报告
各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议。
一、2030年工作回顾
过去一年，全市经济稳中向好。地区生产总值完成820亿元，增长6.1%。新建学校9所。各位代表，成绩来之不易。
二、2031年工作安排
今年，全市经济社会发展要稳中求进。地区生产总值增长6%左右，规上工业增加值增长8%以上。
（一）做强产业。
全年引进亿元项目30个。推动审批提速，工程审批时间压减至“60、35”。完成投资12亿元，空气优良天数比例不低于省下达任务。力争招商大会签约9000。
（二）办好实事。
新建口袋公园14个，居民消费价格涨幅控制在3%以内。
三、加强政府自身建设
确保建议办复率达到100%。
各位代表！蓝图已经绘就，奋斗正当其时。
名词解释
工程审批“60、35”：政府投资项目审批时间压缩至60个工作日以内；社会投资项目压缩至35个工作日以内。
口袋公园：面积400平方米以上的小型绿地。
"""


def read() -> tuple[TargetReading, Plan]:
    outline = outline_of(REPORT)
    minter = Minter()
    terms = term.from_outline(outline, minter)
    reading = target.from_outline(outline, terms, YEAR, minter)
    source = Source(id="S1", name="云台.txt", digest="sha256:0", text=REPORT)
    plan = Plan(
        place=Place(name="云台市"),
        year=YEAR,
        sources=(source,),
        sections=outline.sections,
        targets=reading.targets,
    )
    return reading, plan


def by_words(words: str) -> Target:
    (found,) = [item for item in read()[0].targets if words in item.text]
    return found


def test_every_number_span_quotes_the_report() -> None:
    reading, plan = read()
    for item in reading.targets:
        assert item.number is not None
        assert plan.quote(item.spans[0]) == item.text
        assert item.spans[0].covers(item.number)


def test_targets_are_in_text_order_and_have_identities_of_their_own() -> None:
    targets = read()[0].targets
    places = [item.number.start for item in targets if item.number]
    assert places == sorted(places)
    assert len({item.id for item in targets}) == len(targets)
    assert {item.commitment for item in targets} == {""}


def test_the_head_of_a_paragraph_sets_the_time_limit_of_its_sentences() -> None:
    item = by_words("规上工业增加值")
    assert (item.deadline.written, item.deadline.day) == ("今年", date(YEAR, 12, 31))


def test_a_target_without_words_is_due_at_the_years_end() -> None:
    item = by_words("口袋公园14个")
    assert (item.deadline.written, item.deadline.span) == ("", None)


def test_a_short_form_is_resolved_by_the_glossary() -> None:
    body = [item for item in read()[0].targets if "工程审批时间" in item.text]
    assert [(item.value, item.unit, item.indicator, item.kind) for item in body] == [
        (Decimal(60), "个工作日", "政府投资项目审批时间", TargetKind.DURATION),
        (Decimal(35), "个工作日", "社会投资项目审批时间", TargetKind.DURATION),
    ]
    assert all(any(basis.code == "C304" for basis in item.bases) for item in body)


def test_limits_of_the_glossary_are_targets_and_other_sizes_are_not() -> None:
    numbers = [record["num_text"] for record in records() if record["section"] == "glossary"]
    assert numbers == ["60个工作日", "35个工作日"]


def test_how_met_is_decided_follows_the_words() -> None:
    assert by_words("地区生产总值增长").judged_as is JudgedAs.WITHIN_BAND
    assert by_words("亿元项目30个").judged_as is JudgedAs.AT_LEAST
    assert by_words("居民消费价格").judged_as is JudgedAs.AT_MOST
    assert by_words("不低于省下达任务").judged_as is JudgedAs.REFERENCE


def test_the_course_comes_with_a_reason() -> None:
    item = by_words("亿元项目30个")
    assert item.course is Course.CUMULATIVE
    assert any(basis.field == "course" and basis.describe("zh") for basis in item.bases)
    assert by_words("建议办复率").course is Course.HOLD


def test_every_reason_has_a_text_in_both_languages() -> None:
    for item in read()[0].targets:
        for basis in item.bases:
            assert basis.describe("zh")
            assert basis.describe("en")
            assert 0 < basis.confidence <= 1


def test_a_number_that_nothing_explains_is_a_diagnostic() -> None:
    (diagnostic,) = read()[0].diagnostics
    assert (diagnostic.code, diagnostic.severity) == ("C390", Severity.WARNING)
    assert diagnostic.span is not None
    assert diagnostic.span.quote(REPORT) == "9000"


def test_other_numbers_of_the_forward_part_are_explained() -> None:
    numbers = {number.span.quote(REPORT): number.kind for number in read()[0].numbers}
    assert numbers["亿元"] is NumberKind.QUALIFIER
    assert "820亿元" not in numbers


def records() -> list[target.Record]:
    return target.records(read()[1])


def test_records_number_the_targets_that_have_a_number() -> None:
    rows = records()
    assert [row["id"] for row in rows] == [f"T{index:03d}" for index in range(1, len(rows) + 1)]
    assert all("省下达任务" not in str(row["num_text"]) for row in rows)
    for row in rows:
        assert REPORT[int(row["num_start"]) : int(row["num_end"])] == row["num_text"]
        assert REPORT[int(row["start"]) : int(row["end"])] == row["text"]


def test_a_record_has_the_fields_of_an_annotation() -> None:
    (row,) = [row for row in records() if row["num_text"] == "100%"]
    assert {
        key: row[key]
        for key in ("indicator", "comparator", "value", "unit", "kind", "modal", "deadline", "section")
    } == {
        "indicator": "建议办复率",
        "comparator": "ge",
        "value": 100,
        "unit": "%",
        "kind": "ratio",
        "modal": "确保",
        "deadline": "",
        "section": "body",
    }


def test_past_results_are_claims_and_never_targets() -> None:
    claims = claim.from_outline(outline_of(REPORT), YEAR, Minter())
    assert [(item.indicator, str(item.value), item.unit, item.year) for item in claims] == [
        ("地区生产总值", "820", "亿元", 2030),
        ("新建学校", "9", "所", 2030),
    ]
    assert claims[0].growth_percent == Decimal("6.1")
    assert claims[0].indicator_key == "economy.gdp"
    assert all("820" not in item.text for item in read()[0].targets)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "城乡居民人均可支配收入分别达到35014元和12368元，分别增长8.3%和9.4%。",
            [("城镇居民人均可支配收入", "35014", "8.3"), ("农村居民人均可支配收入", "12368", "9.4")],
        ),
        (
            "进口额、出口额分别达到20亿元、30亿元，同比分别下降1.5%、2%。",
            [("进口额", "20", "-1.5"), ("出口额", "30", "-2")],
        ),
        # A growth straight after its own level is shared out to nobody else.
        (
            "一般公共预算收入253亿元，增长8.9%；旅游总收入60亿元，增长12%。",
            [("一般公共预算收入", "253", "8.9"), ("旅游总收入", "60", "12")],
        ),
    ],
)
def test_growths_are_shared_out_to_the_levels_before_them(
    sentence: str, expected: list[tuple[str, str, str]]
) -> None:
    start = REPORT.index("\n", REPORT.index("一、")) + 1
    claims = claim.from_outline(outline_of(REPORT[:start] + sentence + "\n" + REPORT[start:]), YEAR, Minter())
    wanted = [
        (one.indicator, str(one.value), str(one.growth_percent)) for one in claims if one.text in sentence
    ]
    assert wanted == expected
