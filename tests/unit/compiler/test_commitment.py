"""Commitments: what stands on one row, and what stands on none."""

from datetime import date

import pytest
from reports import outline_of

from luoshi.compiler import commitment
from luoshi.compiler.commitment import CommitmentReading
from luoshi.kernel.identity import Minter
from luoshi.plan.model import PassageKind


def read(sentences: str, *, title: str = "2031年工作安排") -> CommitmentReading:
    return commitment.from_outline(outline_of(f"一、{title}\n{sentences}\n"), 2031, Minter())


def rows(sentences: str) -> list[tuple[str, str]]:
    """Return text and rule of each commitment."""
    return [(made.text, made.split_rule) for made in read(sentences).commitments]


def test_a_sentence_is_one_promise_where_no_rule_divides_it() -> None:
    assert rows("加强水源保护，完善监测网络，推进管网改造。") == [
        ("加强水源保护，完善监测网络，推进管网改造", "")
    ]


def test_semicolons_divide() -> None:
    assert rows("建成城北水厂；开展管网普查，消除漏损点。") == [
        ("建成城北水厂", ""),
        ("开展管网普查，消除漏损点", "C231"),
    ]


def test_inner_numbers_divide() -> None:
    assert rows("一是建成水厂，二是改造管网12公里，三是加强监测。") == [
        ("一是建成水厂", ""),
        ("二是改造管网12公里", "C232"),
        ("三是加强监测", "C232"),
    ]


def test_a_list_of_results_is_divided_and_its_head_is_framing() -> None:
    found = read(
        "全市经济社会发展主要预期目标是：地区生产总值增长6%，粮食总产量稳定在50万吨，城镇新增就业3万人，森林覆盖率达到41%。"
    )
    assert [(made.text, made.split_rule) for made in found.commitments] == [
        ("地区生产总值增长6%", ""),
        ("粮食总产量稳定在50万吨", "C233"),
        ("城镇新增就业3万人", "C233"),
        ("森林覆盖率达到41%", "C233"),
    ]
    assert [passage.kind for passage in found.passages] == [PassageKind.HEADING, PassageKind.FRAMING]


def test_two_hard_acts_are_two_promises() -> None:
    assert rows("改造城南客运站，开通城乡公交线路6条。") == [
        ("改造城南客运站", ""),
        ("开通城乡公交线路6条", "C234"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "建设城北大桥，确保年内通车。",  # what it leads to
        "实施强链工程，完成投资12亿元。",  # an amount of it
        "加快城东水库建设，完成主体工程。",  # a step of it
        "加快城乡公交一体化，新增通车村20个。",  # an effort and its number
        "安排资金900万元，改造农村公路30公里。",  # the money for it
        "出台惠企政策，并建立直达机制。",  # tied by 并
        "建成云汀图书馆，加强阅读推广，丰富市民生活。",  # efforts after it
        "开展技能提升行动，培训3000人次。",  # a bare count of it
    ],
)
def test_what_belongs_to_the_act_before_it_stays_with_it(sentence: str) -> None:
    assert rows(sentence) == [(sentence.removesuffix("。"), "")]


def test_a_premise_stays_with_the_act_that_follows() -> None:
    assert rows("围绕新能源产业，引进链主企业3家；围绕新材料产业，建成中试基地。") == [
        ("围绕新能源产业，引进链主企业3家", ""),
        ("围绕新材料产业，建成中试基地", "C231"),
    ]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("围绕上述目标，重点做好以下五个方面的工作。", PassageKind.FRAMING),
        ("今年工作的总体要求是：坚持稳中求进，加快转型。", PassageKind.FRAMING),
        ("2031年是全面完成“十六五”规划的开局之年。", PassageKind.FRAMING),
        ("各位代表！", PassageKind.SLOGAN),
        ("让我们携手并肩，建设美好家园！", PassageKind.SLOGAN),
        ("该办的事坚决办，决不能拖；能办的事马上办，决不能等。", PassageKind.SLOGAN),
        ("民生是最大的政治。", PassageKind.DESCRIPTION),
    ],
)
def test_sentences_that_promise_nothing_of_their_own(sentence: str, kind: PassageKind) -> None:
    found = read(f"{sentence}\n新建学校3所。")
    assert [made.text for made in found.commitments] == ["新建学校3所"]
    assert [passage.kind for passage in found.passages] == [PassageKind.HEADING, kind]


def test_the_short_first_sentence_of_a_paragraph_is_its_title() -> None:
    found = read("稳步壮大集体经济。培育示范社12家，改造冷库8座。")
    assert [made.text for made in found.commitments] == ["培育示范社12家", "改造冷库8座"]
    assert [passage.kind for passage in found.passages] == [PassageKind.HEADING] * 2


def test_the_review_promises_nothing() -> None:
    text = "一、2030年工作回顾\n建成学校三所，取得了明显成效。\n二、2031年工作安排\n新建医院1家，改造卫生院6所。\n"
    found = commitment.from_outline(outline_of(text), 2031, Minter())
    assert [made.text for made in found.commitments] == ["新建医院1家", "改造卫生院6所"]


def test_fields_of_a_row() -> None:
    (made,) = read("力争上半年建成城北水厂、城东水厂等5座水厂。").commitments
    assert (made.action, made.object) == ("建成", "城北水厂、城东水厂等5座水厂")
    assert made.title == "建成城北水厂、城东水厂等5座水厂"
    assert made.strength == "力争"
    assert (made.deadline.day, made.deadline.written) == (date(2031, 6, 30), "上半年")


def test_a_long_list_gives_a_title_with_its_first_item() -> None:
    (made,) = read(
        "加快云汀北站站前广场、城东综合客运枢纽、滨江快速路二期、西山隧道等12个重点交通工程建设。"
    ).commitments
    assert made.title == "加快云汀北站站前广场等12个重点交通工程建设"


def test_the_year_s_end_applies_by_default_and_five_year_goals_have_their_own() -> None:
    (made,) = read("新建学校3所。").commitments
    assert (made.deadline.day, made.deadline.written) == (date(2031, 12, 31), "")
    (goal,) = read("高速公路覆盖所有乡镇，力争突破300公里。", title="今后五年的目标任务").commitments
    assert goal.deadline.day == date(2035, 12, 31)


def test_a_row_too_long_is_reported() -> None:
    sentence = "加强" + "、".join(f"第{n}产业园区水网电网路网气网" for n in range(30)) + "建设。"
    found = read(sentence)
    assert [note.code for note in found.diagnostics] == ["C240"]
    assert found.diagnostics[0].item == found.commitments[0].id


def test_a_report_without_promises_says_so() -> None:
    found = commitment.from_outline(outline_of("一、2030年工作回顾\n取得了明显成效。\n"), 2031, Minter())
    assert [note.code for note in found.diagnostics] == ["C239"]


def test_the_same_words_twice_are_two_commitments() -> None:
    first, second = read("新建学校3所。\n新建学校3所。").commitments
    assert first.text == second.text
    assert first.id != second.id
