"""Lists in definitions with words before and behind them. All texts are invented."""

from __future__ import annotations

from decimal import Decimal

import pytest
from laying import outline_of

from luoshi.compiler import procedure, term
from luoshi.kernel.identity import Minter
from luoshi.plan.model import Beat, DayType, Procedure, ProcedureKind, Role


def defined(name: str, definition: str) -> Procedure:
    outline, minter = (
        outline_of((Role.WORK, "稳中求进。"), (Role.GLOSSARY, f"{name}：{definition}")),
        Minter(),
    )
    (made,) = procedure.from_outline(outline, term.from_outline(outline, minter), minter)
    return made


def parts(made: Procedure) -> list[str]:
    return [stage.name for stage in (*made.stages, *made.members)]


@pytest.mark.parametrize(
    ("name", "definition", "expected"),
    [
        # a clause about the list stands behind it
        ("四净", "街面净、墙面净、水面净、檐面净，由沿街商户自己负责、自己维护。", ["街面净", "墙面净", "水面净", "檐面净"]),
        ("三稳", "稳就业、稳物价、稳预期，是今年守住底线的三件大事。", ["稳就业", "稳物价", "稳预期"]),
        ("四新一老", "新农机、新农具、新品种、新农艺，老把式，都要进田间课堂。", ["新农机", "新农具", "新品种", "新农艺", "老把式"]),
        ("三晒", "晒清单、晒进度、晒结果，逐步扩大到所有镇。", ["晒清单", "晒进度", "晒结果"]),
        # the last member ends as the others do, or before its noun
        ("三个一批", "对乙类货场分别采取疏导一批、整改一批、取缔一批的办法。", ["疏导一批", "整改一批", "取缔一批"]),
        ("“三链”融合", "茶叶链、竹木链、药材链三大农业链条。", ["茶叶链", "竹木链", "药材链"]),
        ("“两改”项目", "改厨、改圈项目。", ["改厨", "改圈"]),
        ("两无", "无垃圾、无违建的城中片区。", ["无垃圾", "无违建"]),
        # what was decided, and where, stands in front of it
        ("三个方向", "市里的发展纲要提出，要着力走好“三个方向”，即临港方向、临空方向、临铁方向，努力开创新局面。", ["临港方向", "临空方向", "临铁方向"]),
        ("两保", "全市粮食安全、重要水源地保护工程。", ["全市粮食安全", "重要水源地保护工程"]),
        # members that are clauses hold lists of their own
        ("三进", "调查、走访、座谈进村组，办事窗口进村组，讲堂进村组。", ["调查、走访、座谈进村组", "办事窗口进村组", "讲堂进村组"]),
        ("五个严防", "要严防山火，严防触电、中毒，严防坠落，严防冻伤，严防走失。", ["严防山火", "严防触电、中毒", "严防坠落", "严防冻伤", "严防走失"]),
        ("四个到家", "有人觉得事小，把服务、咨询送到家，把政策送到家，把岗位送到家，把培训送到家。", ["把服务、咨询送到家", "把政策送到家", "把岗位送到家", "把培训送到家"]),
        ("三品一牌", "绿色果品、有机蔬品、地方名品和果蔬品质认证商标。", ["绿色果品", "有机蔬品", "地方名品", "果蔬品质认证商标"]),
        ("三件大事", "以东山镇为重点，兴办百家合作社、联络千名技工、培训万名农户。", ["兴办百家合作社", "联络千名技工", "培训万名农户"]),
        ("两加一减", "加大投入、加快步伐，减轻负担。", ["加大投入", "加快步伐", "减轻负担"]),
    ],
)  # fmt: skip
def test_only_the_members_are_members(name: str, definition: str, expected: list[str]) -> None:
    assert parts(defined(name, definition)) == expected


def test_each_group_ends_before_its_noun() -> None:
    made = defined("2+3", "“2”是指茶叶、柑橘两大传统产业；“3”是指风电、算力、康养三个新产业。")
    assert parts(made) == ["茶叶", "柑橘", "风电", "算力", "康养"]


@pytest.mark.parametrize(
    ("name", "definition", "expected"),
    [
        ("稳快准实", "稳健决策、快速响应、准确研判、实效评估，是评价干部的四个方面。", ["稳健决策", "快速响应", "准确研判", "实效评估"]),
        ("一堤一坝", "青溪大堤和石门大坝。", ["青溪大堤", "石门大坝"]),
    ],
)  # fmt: skip
def test_names_without_a_count_are_spelt_out_by_their_members(
    name: str, definition: str, expected: list[str]
) -> None:
    made = defined(name, definition)
    assert (made.kind, parts(made)) == (ProcedureKind.MEMBER_SET, expected)


def test_the_case_is_limited_and_not_the_verb_before_it() -> None:
    made = defined("热线“4、8”", "96000热线受理后，停水类报修4小时内修复到位，漏水类报修8小时内修复到位。")
    assert made.kind is ProcedureKind.CLOCK
    assert [(one.subject, one.value, one.day_type) for one in made.limits] == [
        ("停水类报修", Decimal(4), DayType.HOUR),
        ("漏水类报修", Decimal(8), DayType.HOUR),
    ]
    assert parts(made) == ["停水类报修", "漏水类报修"]


def test_what_has_to_happen_within_a_limit_counts_from_the_step_before() -> None:
    made = defined("验收即投产", "设备与厂房一并验收，提交申请之日起7个工作日内取得许可。")
    (limit,) = made.limits
    assert (made.kind, limit.subject, limit.value) == (
        ProcedureKind.CLOCK,
        "提交申请之日起取得许可",
        Decimal(7),
    )


def test_steps_before_their_number_are_stages() -> None:
    made = defined(
        "过户“2+3”",
        "网上一次核验、窗口一次领证2个环节，3个工作日内办结；其中，登记、缴税并联办理，不超过1个工作日。",
    )
    assert [stage.name for stage in made.stages] == ["网上一次核验", "窗口一次领证"]
    assert [member.name for member in made.members] == ["登记", "缴税"]


@pytest.mark.parametrize(
    "definition",
    [
        "水务部门每周巡查所有堤段并记录水位变化情况，每月通报各镇（街道）隐患。",
        "每周到现场解决一批难题，每月公布进展。",
    ],
)
def test_a_cadence_strikes_as_its_name_says(definition: str) -> None:
    made = defined("一周一巡查、一月一通报", definition)
    assert (made.kind, made.members) == (ProcedureKind.CADENCE, ())
    assert [(strike.beat, strike.act) for strike in made.strikes] == [
        (Beat.WEEK, "巡查"),
        (Beat.MONTH, "通报"),
    ]


def test_a_cadence_of_the_body_is_named_by_its_beats() -> None:
    outline, minter = outline_of((Role.WORK, "完善“一周一碰头、一季一讲评”重点工程推进机制。")), Minter()
    (made,) = procedure.from_outline(outline, (), minter)
    assert (made.name, made.scope) == ("一周一碰头、一季一讲评", "重点工程")


def test_steps_of_a_service_that_begin_alike_are_its_stages() -> None:
    made = defined("一件事一次办", "把相关事项并在一起，做到一次申请、一窗受理、一套表格、一次办好。")
    assert (made.kind, made.limits) == (ProcedureKind.SERVICE, ())
    assert [stage.name for stage in made.stages] == ["一次申请", "一窗受理", "一套表格", "一次办好"]


def test_a_service_limits_what_one_needs() -> None:
    made = defined("一网通办", "申请人只需登录一个网站、出示一张证件，就能办完。")
    assert [(one.subject, one.value, one.unit) for one in made.limits] == [
        ("网站", Decimal(1), "个"),
        ("证件", Decimal(1), "张"),
    ]
