"""Deliverables proposed from the acts of commitments."""

from datetime import date
from decimal import Decimal

import pytest
from reports import outline_of

from luoshi.compiler import commitment, deliverable
from luoshi.kernel.identity import Minter
from luoshi.kernel.span import Span
from luoshi.plan.model import (
    Comparator,
    Course,
    Deadline,
    Deliverable,
    JudgedAs,
    Target,
    TargetKind,
)

HEADING = "一、2031年工作安排\n"


def propose(sentence: str, *numbers: str) -> list[Deliverable]:
    """Return the deliverables of a sentence in which targets stand at the given words."""
    text = f"{HEADING}{sentence}\n"
    outline = outline_of(text)
    rows = commitment.from_outline(outline, 2031, Minter()).commitments
    targets = [target(rows[0].id, text, words) for words in numbers]
    return list(deliverable.from_commitments(rows, targets, outline.reading, Minter()))


def target(commitment_id: str, text: str, words: str) -> Target:
    start = text.index(words)
    span = Span("S1", start, start + len(words))
    return Target(
        id="t-1",
        spans=(span,),
        text=words,
        commitment=commitment_id,
        indicator="指标",
        comparator=Comparator.EQ,
        value=Decimal(1),
        kind=TargetKind.LEVEL,
        judged_as=JudgedAs.AT_LEAST,
        course=Course.ANNUAL,
        deadline=Deadline(day=date(2031, 12, 31)),
        number=span,
    )


@pytest.mark.parametrize(
    ("sentence", "done_when"),
    [
        ("建成滨河公园。", "滨河公园建成并投入使用"),
        ("推动甲厂二期开工。", "甲厂二期开工"),
        ("出台养老服务办法。", "养老服务办法印发实施"),
        ("建立河湖巡查制度。", "河湖巡查制度建立并运行"),
        ("争创国家卫生城市。", "取得国家卫生城市命名或认定"),
        ("支持甲镇创建曲艺之乡。", "甲镇创建曲艺之乡，取得命名或认定"),
        ("开展“清河”行动。", "“清河”行动按方案开展并完成"),
        ("推进强链工程。", "强链工程按年度计划建设到位"),
        ("落实河长制度。", "河长制度建立并运行"),
        ("续建城北大桥，年内实现通车。", "城北大桥实现通车"),
        ("推进环城高速前期工作，力争年内开工建设。", "环城高速开工建设"),
        ("加快城东水库建设，完成主体工程。", "城东水库完成主体工程"),
        ("加强质量监管。", "加强质量监管：有实施方案、季度进展和年度成效"),
    ],
)
def test_what_counts_as_done(sentence: str, done_when: str) -> None:
    (made,) = propose(sentence)
    assert made.done_when == done_when
    assert made.evidence
    assert made.weight == 1


def test_a_result_that_a_target_measures_needs_no_deliverable() -> None:
    assert propose("森林覆盖率达到41%。", "41%") == []


def test_a_result_without_a_target_keeps_one() -> None:
    (made,) = propose("空气优良天数不低于省下达任务。")
    assert made.done_when == "空气优良天数不低于省下达任务"


def test_an_act_with_a_number_keeps_a_deliverable_for_its_evidence() -> None:
    (made,) = propose("新建学校3所。", "3所")
    assert made.done_when == "学校3所按年度计划建设到位"


def test_an_effort_beside_a_measured_result_is_shown() -> None:
    (made,) = propose("加强水源保护，确保达标率达到100%。", "100%")
    assert made.done_when.startswith("加强水源保护")


def test_the_words_that_a_deliverable_comes_from_are_quoted() -> None:
    sentence = "围绕民生关切，建成滨河公园。"
    (made,) = propose(sentence)
    assert made.text == "建成滨河公园"
    assert made.spans[0].quote(HEADING + sentence) == made.text


def test_several_deliverables_share_the_weight() -> None:
    made = propose("建成甲公园，并建立养护制度，并出台收费办法。")
    assert [item.weight for item in made] == [Decimal("0.33"), Decimal("0.33"), Decimal("0.34")]
    assert {item.commitment for item in made} == {made[0].commitment}


def test_a_deliverable_is_due_when_its_commitment_is() -> None:
    (made,) = propose("上半年建成滨河公园。")
    assert made.due.day == date(2031, 6, 30)


def test_hard_acts_are_surer_than_efforts() -> None:
    (hard,) = propose("建成滨河公园。")
    (soft,) = propose("加强质量监管。")
    assert hard.confidence > soft.confidence
