"""Mechanisms from the glossary and from the body. All texts are invented."""

from __future__ import annotations

from decimal import Decimal

import pytest
from laying import outline_of, work

from luoshi.compiler import procedure, term
from luoshi.kernel.identity import Minter
from luoshi.plan.model import Beat, Comparator, DayType, Procedure, ProcedureKind, Role


def compiled(body: str, glossary: str = "") -> tuple[Procedure, ...]:
    parts = [(Role.WORK, body)] + ([(Role.GLOSSARY, glossary)] if glossary else [])
    outline, minter = outline_of(*parts), Minter()
    return procedure.from_outline(outline, term.from_outline(outline, minter), minter)


def only(body: str, glossary: str = "") -> Procedure:
    (made,) = compiled(body, glossary)
    return made


def stages(made: Procedure) -> list[str]:
    return [stage.name for stage in made.stages]


def members(made: Procedure) -> list[str]:
    return [member.name for member in made.members]


def limits(made: Procedure) -> list[tuple[str, Comparator, Decimal, str, DayType]]:
    return [(one.subject, one.comparator, one.value, one.unit, one.day_type) for one in made.limits]


def test_steps_become_a_pipeline_joined_with_its_use() -> None:
    body = "引进工作实行“五步走”，确保落地。"
    made = only(body, "五步走：项目收集、项目比选、项目洽谈、合同签订、跟踪服务。")
    assert (made.kind, made.declared_count) == (ProcedureKind.PIPELINE, 5)
    assert stages(made) == ["项目收集", "项目比选", "项目洽谈", "合同签订", "跟踪服务"]
    assert [body[span.start : span.end] for span in made.spans] == ["五步走"]
    assert made.definition is not None
    assert made.definition.start == len(body) + 1
    assert made.scope == "项目"  # the word that most stages share


def test_registers_take_up_what_the_body_says_of_their_working() -> None:
    body = "充实“三库”，形成谋划一批、开工一批、投产一批的滚动机制。"
    made = only(body, "三库：谋划库、在建库、投产库。")
    assert (made.kind, stages(made)) == (ProcedureKind.STATE_SET, ["谋划库", "在建库", "投产库"])
    assert len(made.spans) == 2


def test_limits_in_a_name_become_a_clock() -> None:
    glossary = (
        "工程许可“60、30”：政府项目从立项到验收，审批时间压缩至60个工作日以内；企业项目压缩至30个工作日以内。"
    )
    made = only("许可时间压减至“60、30”。", glossary)
    assert (made.kind, made.declared_count, made.scope) == (ProcedureKind.CLOCK, 2, "工程许可")
    assert limits(made) == [
        ("政府项目从立项到验收审批时间", Comparator.LE, Decimal(60), "工作日", DayType.WORKING_DAY),
        ("企业项目审批时间", Comparator.LE, Decimal(30), "工作日", DayType.WORKING_DAY),
    ]
    assert members(made) == ["政府项目", "企业项目"]


def test_digits_of_a_name_are_its_limits() -> None:
    glossary = (
        "开店“210”：开店2个环节（网上申请、现场领证）、1天内办结、零费用；其中，登记时限压缩至0.5个工作日内。"
    )
    made = only("推行开店“210”标准。", glossary)
    assert (made.kind, made.declared_count) == (ProcedureKind.CLOCK, 3)
    assert limits(made) == [
        ("开店环节", Comparator.EQ, Decimal(2), "个", DayType.NONE),
        ("开店办结", Comparator.LE, Decimal(1), "天", DayType.CALENDAR_DAY),
        ("开店费用", Comparator.EQ, Decimal(0), "元", DayType.NONE),
        ("登记时限", Comparator.LE, Decimal("0.5"), "工作日", DayType.WORKING_DAY),
    ]
    assert (stages(made), members(made)) == (["网上申请", "现场领证"], ["登记"])
    assert "C415" in {basis.code for basis in made.bases}  # 天: working days or not?


def test_numbers_that_differ_from_the_definition_are_in_doubt() -> None:
    made = only("稳中求进。", "办证“9、3”：甲类证件压缩至8个工作日以内；乙类证件压缩至3个工作日以内。")
    assert "C414" in {basis.code for basis in made.bases}


def test_the_newer_standard_replaces_the_older() -> None:
    glossary = (
        "审批“60、30”：甲类项目压缩至60个工作日以内；乙类项目压缩至30个工作日以内。\n"
        "审批“50、20”：甲类项目压缩至50个工作日以内；乙类项目压缩至20个工作日以内。"
    )
    made = {one.name: one for one in compiled("审批时间由“60、30”压减至“50、20”。", glossary)}
    assert made["审批“50、20”"].supersedes == made["审批“60、30”"].id
    assert made["审批“60、30”"].supersedes == ""


def test_cadence_has_beats_and_scope() -> None:
    made = only("实行“一月一碰头、一季一观摩、半年一评比、年终算总账”重点工程推进机制，抓好落实。")
    assert made.kind is ProcedureKind.CADENCE
    assert [(strike.beat, strike.act) for strike in made.strikes] == [
        (Beat.MONTH, "碰头"),
        (Beat.QUARTER, "观摩"),
        (Beat.HALF_YEAR, "评比"),
        (Beat.YEAR, "算总账"),
    ]
    assert made.scope == "重点工程"


@pytest.mark.parametrize(
    ("body", "beats"),
    [
        ("坚持每周例会、每月通报，压实责任。", [(Beat.WEEK, "例会"), (Beat.MONTH, "通报")]),
        (
            "建立“周会商、月分析、季考评”工作机制。",
            [(Beat.WEEK, "会商"), (Beat.MONTH, "分析"), (Beat.QUARTER, "考评")],
        ),
        (
            "实行一月一督办一通报、一季一评议。",
            [(Beat.MONTH, "督办"), (Beat.MONTH, "通报"), (Beat.QUARTER, "评议")],
        ),
    ],
)
def test_beats_are_read_with_and_without_quotes(body: str, beats: list[tuple[Beat, str]]) -> None:
    assert [(strike.beat, strike.act) for strike in only(body).strikes] == beats


@pytest.mark.parametrize(
    "body",
    [
        "一年接着一年干、一年更比一年好。",
        "月均收入增加、年均收入翻番。",
        "每年召开一次大会。",
        "一季度开工、二季度建成。",
    ],
)
def test_no_cadence_where_nothing_strikes(body: str) -> None:
    assert all(one.kind is not ProcedureKind.CADENCE for one in compiled(body))


def test_services_are_joined_with_their_definitions() -> None:
    glossary = "一门通办：把窗口集中到一处。\n一号联办：实现关联事项“一张表单申请、一套流程办理”。\n一次评价：办完即评。"
    made = {one.name: one for one in compiled("推进“一门通办、一号联办”改革。", glossary)}
    assert made["一门通办"].kind is made["一号联办"].kind is ProcedureKind.SERVICE
    assert stages(made["一号联办"]) == ["一张表单申请", "一套流程办理"]
    assert [limit[:4] for limit in limits(made["一号联办"])] == [
        ("表单", Comparator.EQ, Decimal(1), "张"),
        ("流程", Comparator.EQ, Decimal(1), "套"),
    ]


def test_members_of_a_set_are_checked_against_its_name() -> None:
    exact = only("稳中求进。", "四旁：村旁、宅旁、水旁、路旁。")
    assert (exact.kind, members(exact), exact.bases) == (
        ProcedureKind.MEMBER_SET,
        ["村旁", "宅旁", "水旁", "路旁"],
        (),
    )
    short = only("稳中求进。", "五旁：村旁、宅旁、水旁、路旁。")
    (basis,) = short.bases
    assert (basis.code, basis.parameters) == ("C412", {"declared": "5", "found": "4"})
    assert basis.confidence < 0.8


def test_questions_to_check_become_a_checklist() -> None:
    made = only("稳中求进。", "两谈两看：谈规划、谈资金；看厂房、看设备。")
    assert (made.kind, members(made)) == (ProcedureKind.CHECKLIST, ["谈规划", "谈资金", "看厂房", "看设备"])


def test_words_of_art_are_no_mechanisms() -> None:
    assert compiled("建设海绵公园。", "海绵公园：能够吸水、蓄水的公园，下雨时起缓冲作用。") == ()


@pytest.mark.parametrize(
    ("body", "name", "parts"),
    [
        ("按照“墙面净、地面平、路面畅”要求整治街巷。", "墙面净、地面平、路面畅要求", ["墙面净", "地面平", "路面畅"]),
        ("推行“网格员+志愿者”模式。", "网格员+志愿者", ["网格员", "志愿者"]),
        ("健全“吹哨、报到、办结”闭环。", "吹哨、报到、办结", ["吹哨", "报到", "办结"]),
        ("完善巡查、预警、抢修等保障体系。", "巡查、预警、抢修保障体系", ["巡查", "预警", "抢修"]),
        ("坚持新建和改造并举，改善住房。", "新建和改造并举", ["新建", "改造"]),
        ("对完工项目开展“回头看”和随机抽检。", "完工项目“回头看”", ["回头看", "随机抽检"]),
        ("实施“三大行动”（净水、净土、净气）。", "三大行动", ["净水", "净土", "净气"]),
        ("全力推进净水、净土、净气“三大行动”。", "三大行动", ["净水", "净土", "净气"]),
        ("健全“绿卡”“蓝卡”等用工服务机制。", "用工服务机制", ["绿卡", "蓝卡"]),
    ],
)  # fmt: skip
def test_the_body_alone_states_mechanisms(body: str, name: str, parts: list[str]) -> None:
    made = only(body)
    assert (made.name, stages(made) + members(made)) == (name, parts)
    assert made.definition is None


def test_what_must_come_before_a_start_at_once_is_its_stages() -> None:
    made = only("对民生类项目，加强选址论证、立项审批等前期工作，确保资金到位即可开工。")
    assert (made.name, made.scope) == ("民生类项目资金到位即可开工", "民生类项目")
    assert stages(made) == ["选址论证", "立项审批"]


def test_one_for_each_sets_a_limit() -> None:
    made = only("实行“一村一策”，补齐短板。")
    assert (made.name, limits(made)[0][2:4]) == ("一村一策", (Decimal(1), "策/村"))


def test_a_mechanism_named_twice_is_one_with_two_places() -> None:
    made = only("推行“揭榜竞赛”制度。完善“揭榜竞赛”制度。")
    assert len(made.spans) == 2


def test_only_forward_sections_state_mechanisms() -> None:
    outline, minter = outline_of((Role.REVIEW, "推行了“网格员+志愿者”模式。")), Minter()
    assert procedure.from_outline(outline, (), minter) == ()


def test_every_span_quotes_its_words() -> None:
    outline, minter = work("按照“墙面净、地面平”要求，实行“周会商、月分析”机制。"), Minter()
    for made in procedure.from_outline(outline, (), minter):
        assert made.text == made.spans[0].quote(outline.reading.delivered)
        for stage in (*made.stages, *made.members):
            assert stage.span is not None
            assert stage.name == stage.span.quote(outline.reading.delivered)
