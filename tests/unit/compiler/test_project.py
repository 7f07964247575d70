"""Named projects with their promised acts. All places, firms and works are invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from laying import outline_of, work

from luoshi.compiler.project import from_outline
from luoshi.kernel.identity import Minter
from luoshi.kernel.span import Span
from luoshi.plan.model import (
    Comparator,
    Course,
    Deadline,
    JudgedAs,
    Project,
    ProjectKind,
    ProjectStage,
    Role,
    Target,
    TargetKind,
)


def read(text: str) -> tuple[Project, ...]:
    return from_outline(work(text), (), 2026, Minter())


def pairs(text: str) -> list[tuple[str, str]]:
    return [(project.name, project.action) for project in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an act behind the list belongs to every name in it
        ("推进鹤鸣药业新厂区、蓝湾物流园等项目开工。", [("鹤鸣药业新厂区", "推进开工"), ("蓝湾物流园", "推进开工")]),
        ("实现云岭纸业二期、石桥电子厂等项目竣工投产。", [("云岭纸业二期", "实现竣工投产"), ("石桥电子厂", "实现竣工投产")]),
        ("加快柳河大桥、东岗大桥建设。", [("柳河大桥", "加快建设"), ("东岗大桥", "加快建设")]),
        ("推进白鹭隧道、环湖大道二期等建设。", [("白鹭隧道", "推进建设"), ("环湖大道二期", "推进建设")]),
        ("支持杏林制药、大禹水泵等企业做大做强。", [("杏林制药", "支持做大做强"), ("大禹水泵", "支持做大做强")]),
        # a work shared by several is an act, that of one thing is its name
        ("加快推进市中医院、市三院改造。", [("市中医院", "加快推进改造"), ("市三院", "加快推进改造")]),
        ("实施桂湖环境综合改造。", [("桂湖环境综合改造", "实施")]),
        # names completed with what they share
        ("新建青石至双塔等二级公路。", [("青石至双塔二级公路", "新建")]),
        ("完成芦河、沙河治理工程。", [("芦河治理工程", "完成"), ("沙河治理工程", "完成")]),
        # 、 and 和 inside a name do not cut it
        ("开展农药、化肥减量增效行动。", [("农药、化肥减量增效行动", "开展")]),
        ("设置水质和噪声自动监测站。", [("水质和噪声自动监测站", "设置")]),
        ("用好“百企联农”行动和“惠企码”平台。", [("“百企联农”行动", "用好"), ("“惠企码”平台", "用好")]),
        # a subject and what it is to do
        ("支持松风园创建国家4A级景区。", [("松风园", "支持创建国家4A级景区")]),
        ("加快推动杏林药业主板上市。", [("杏林药业", "加快推动主板上市")]),
        ("支持双河镇争创“剪纸之乡”。", [("双河镇", "支持争创“剪纸之乡”")]),
        # what a name serves for
        ("发挥翠峰产业园集聚作用。", [("翠峰产业园", "发挥集聚作用")]),
        ("推广北渡创新中心模式。", [("北渡创新中心", "推广模式")]),
        # titles
        ("争创全国水土保持示范县。", [("全国水土保持示范县", "争创")]),
        ("积极迎接国家卫生城市复审。", [("国家卫生城市", "积极迎接复审")]),
        # the clause begins with the name
        ("新职教中心投入使用。", [("新职教中心", "投入使用")]),
        ("力争南屏水库年内开工建设。", [("南屏水库", "力争开工建设")]),
        ("占地90亩的云溪体育公园建成开放。", [("云溪体育公园", "建成开放")]),
        ("春水三桥国庆节前建成通车。", [("春水三桥", "建成通车")]),
        ("青川公路货运作业场所年内投入使用。", [("青川公路货运作业场所", "投入使用")]),
        # money and means stand before the verb or the name
        ("投资3.2亿元新建松江职业技术学院东校区。", [("松江职业技术学院东校区", "新建")]),
        ("建成总投资12亿元的云石轴承测试基地。", [("云石轴承测试基地", "建成")]),
        ("依托鹤鸣药业建设丹参加工基地。", [("丹参加工基地", "建设")]),
        # a list as long as the number behind it
        ("春节前建成石桥老街、南门夜市、纸坊文创园3条特色休闲街区。", [("石桥老街", "建成"), ("南门夜市", "建成"), ("纸坊文创园", "建成")]),
        # what is led, and what is to be won
        ("支持云石轴承公司牵头创建省级轴承产业创新中心。", [("省级轴承产业创新中心", "支持牵头创建")]),
        ("实施柳河干流堤岸提升、东岗水厂扩建等项目。", [("柳河干流堤岸提升", "实施"), ("东岗水厂扩建", "实施")]),
        ("办好云石企业家日活动。", [("云石企业家日活动", "办好")]),
        # programmes, systems, events
        ("深入推进“亮街净巷”行动。", [("“亮街净巷”行动", "深入推进")]),
        ("推进“健康云州”建设。", [("“健康云州”", "推进建设")]),
        ("建设水库群联合调度平台。", [("水库群联合调度平台", "建设")]),
        ("办好柑橘采摘节、江岸马拉松等节会。", [("柑橘采摘节", "办好"), ("江岸马拉松", "办好")]),
        ("加快“数字城管”向“智慧城管”转变。", [("智慧城管", "加快转变")]),
        ("对城东中学、柳荫小学等6所学校进行改扩建。", [("城东中学", "改扩建"), ("柳荫小学", "改扩建")]),
        ("打造以禾田植保、春雨农机为代表的服务平台。", [("禾田植保", "打造服务平台"), ("春雨农机", "打造服务平台")]),
        ("抓好青禾化纤、北辰电力、东篱电器3个项目建设。", [("青禾化纤", "抓好建设"), ("北辰电力", "抓好建设"), ("东篱电器", "抓好建设")]),
        ("加大对青禾、北辰等企业的扶持力度。", [("青禾", "扶持"), ("北辰", "扶持")]),
        ("鼓励有条件的乡镇争创国家森林城市。", [("国家森林城市", "争创")]),
        ("建成城市运营中心。", [("城市运营中心", "建成")]),
        ("确保投资3亿元的石桥铸造项目7月底建成投产。", [("石桥铸造项目", "确保建成投产")]),
        # two lists in one clause, and a verb that reaches into the next
        ("加快东岭公司等育苗基地、西岭公司等加工基地建设。", [("东岭公司", "加快建设"), ("西岭公司", "加快建设")]),
        ("抓好鹿鸣谷、青羊岭等营地，云间谷、雾里坪等特色小镇建设。", [("鹿鸣谷", "抓好"), ("青羊岭", "抓好"), ("云间谷", "抓好建设"), ("雾里坪", "抓好建设")]),
    ],
)  # fmt: skip
def test_names_and_acts(text: str, expected: list[tuple[str, str]]) -> None:
    found = [
        (name.strip("“”") if (name.strip("“”"), act) in expected else name, act) for name, act in pairs(text)
    ]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "新建幼儿园12所，改造老旧小区8个。",
        "推进30个重点项目建设。",
        "完善公共服务体系，优化营商环境。",
        "加快发展特色商业街区。",
        "加强基础设施建设。",
        "做好高校毕业生、退役军人等群体就业工作。",
        "加强与东港、西港等港口合作。",
        "推动家政、健康等服务业发展。",
        "抓好关键环节改革。",
        "培育一批文旅融合项目。",
        "增强“四个意识”、做到“两个维护”。",
        "严格落实安全生产责任制。",
    ],
)
def test_what_names_nothing_is_no_project(text: str) -> None:
    assert pairs(text) == []


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("谋划云岭抽水蓄能电站项目。", ProjectStage.PLANNED),
        ("加快南环高速公路前期工作。", ProjectStage.PREPARED),
        ("启动城北污水处理厂建设。", ProjectStage.STARTED),
        ("续建环城水系连通工程。", ProjectStage.BUILDING),
        ("建成市民广场地下停车场。", ProjectStage.COMPLETED),
        ("完成东岗大桥主体工程。", ProjectStage.BUILDING),
        ("推广“清风模式”。", ProjectStage.UNSTATED),
    ],
)
def test_act_promises_a_stage(text: str, stage: ProjectStage) -> None:
    (project,) = read(text)
    assert project.stage is stage


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("建设城西污水处理厂。", ProjectKind.PROJECT),
        ("实施名师引育行动。", ProjectKind.PROGRAMME),
        ("建设翠峰科技园。", ProjectKind.FACILITY),
        ("支持杏林制药等企业扩能。", ProjectKind.ENTERPRISE),
        ("创建国家森林城市。", ProjectKind.TITLE),
        ("建设防汛指挥信息系统。", ProjectKind.SYSTEM),
        ("举办稻香文化节。", ProjectKind.EVENT),
    ],
)
def test_kinds(text: str, kind: ProjectKind) -> None:
    assert [project.kind for project in read(text)] == [kind]


def test_next_clause_says_how_far_it_is_to_come() -> None:
    bridge, dam = read("续建柳河大桥，年内实现通车；加快南屏水库建设，完成主体工程。")
    assert (bridge.action, bridge.stage) == ("续建、实现通车", ProjectStage.COMPLETED)
    assert (bridge.deadline.written, bridge.deadline.day) == ("年内", date(2026, 12, 31))
    assert (dam.action, dam.stage) == ("加快建设、完成主体工程", ProjectStage.BUILDING)


def test_deadline_is_the_texts_or_the_years_end() -> None:
    first, second = read("6月底前开工建设柳河大桥。推进东岗大桥建设。")
    assert (first.deadline.written, first.deadline.day) == ("6月底前", date(2026, 6, 30))
    assert (second.deadline.written, second.deadline.day) == ("", date(2026, 12, 31))


def test_amount_and_place_are_read() -> None:
    (project,) = read("开工建设总投资12.5亿元的双河镇冷链物流园。")
    assert (project.amount, project.amount_unit) == (Decimal("12.5"), "亿元")
    assert project.place == "双河镇"


def count_target(start: int, end: int) -> Target:
    return Target(
        id="t-1",
        spans=(Span("S1", 0, end),),
        text="",
        commitment="",
        indicator="重点技改项目",
        comparator=Comparator.EQ,
        value=Decimal(20),
        unit="个",
        kind=TargetKind.COUNT,
        judged_as=JudgedAs.AT_LEAST,
        course=Course.CUMULATIVE,
        deadline=Deadline(day=date(2026, 12, 31)),
        number=Span("S1", start, end),
    )


def test_names_before_a_counted_noun_are_members_of_the_count() -> None:
    text = "抓好云岭纸业二期、石桥智能工厂等20个重点技改项目，推进柳河大桥建设。"
    start = text.index("20个")
    members = from_outline(work(text), [count_target(start, start + 3)], 2026, Minter())
    assert [(one.name, one.member_of) for one in members] == [
        ("云岭纸业二期", "t-1"),
        ("石桥智能工厂", "t-1"),
        ("柳河大桥", ""),
    ]


def test_only_forward_sections_promise() -> None:
    assert from_outline(outline_of((Role.REVIEW, "建成柳河大桥。")), (), 2026, Minter()) == ()


def test_spans_quote_the_name_and_the_clause() -> None:
    text = "一是抓交通。推进柳河大桥、东岗大桥等项目建设，提升水平。"
    outline = work(text)
    for project in from_outline(outline, (), 2026, Minter()):
        assert project.clause is not None
        assert project.text == project.spans[0].quote(text)
        assert project.clause.quote(text) == "推进柳河大桥、东岗大桥等项目建设"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("抓好云石轴承二期、东岗水厂等12个重点项目。", ProjectStage.UNSTATED),
        ("抓好云石轴承二期、东岗水厂等项目建设。", ProjectStage.BUILDING),
        ("办好第二届云石登山公开赛。", ProjectStage.UNSTATED),
    ],
)
def test_care_for_a_project_promises_no_stage_by_itself(text: str, stage: ProjectStage) -> None:
    assert {project.stage for project in read(text)} == {stage}
