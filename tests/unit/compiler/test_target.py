"""Targets of single sentences, against `target_cases.yaml`."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from luoshi.compiler import deadline, mention, strength
from luoshi.compiler.target.figure import Figure
from luoshi.compiler.target.read import sentence
from luoshi.compiler.target.reference import references
from luoshi.compiler.target.scene import Scene

YEAR = 2024
CASES = yaml.safe_load((Path(__file__).parent / "target_cases.yaml").read_text(encoding="utf-8"))


def scene(text: str) -> Scene:
    return Scene(
        text=text,
        start=0,
        end=len(text),
        numbers=mention.mentions(text),
        limits=deadline.mentions(text, year=YEAR),
        strengths=strength.mentions(text),
    )


def row(text: str, figure: Figure) -> tuple[str, ...]:
    return (
        text[figure.number : figure.number_end],
        figure.indicator,
        figure.comparator.value,
        str(figure.value),
        figure.unit,
        figure.kind.value,
        figure.strength.written if figure.strength else "",
        figure.deadline.written if figure.deadline else "",
    )


def expected(target: str) -> tuple[str, ...]:
    fields = [field.strip().strip('"') for field in target.split("|")]
    fields += [""] * (8 - len(fields))
    fields[3] = str(Decimal(fields[3]))
    return tuple(fields)


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        pytest.param(case["text"], case["targets"], id=f"{group}: {case['text']}")
        for group, cases in CASES.items()
        for case in cases
    ],
)
def test_a_sentence_states_these_targets(text: str, targets: list[str]) -> None:
    figures, _ = sentence(scene(text))
    assert [row(text, figure) for figure in figures] == [expected(target) for target in targets]


@pytest.mark.parametrize(
    ("text", "indicator", "reference", "comparator"),
    [
        ("空气优良天数比例不低于省下达任务。", "空气优良天数比例", "省下达任务", "ge"),
        ("居民收入增长与经济增长基本同步。", "居民收入", "经济增长基本同步", "eq"),
        ("税收收入增速高于全省平均水平。", "税收收入", "全省平均水平", "over"),
        ("主要污染物排放总量控制在省定指标以内。", "主要污染物排放总量", "省定指标以内", "le"),
    ],
)
def test_a_reference_stands_in_a_numbers_place(
    text: str, indicator: str, reference: str, comparator: str
) -> None:
    (figure,) = references(scene(text))
    assert (figure.indicator, figure.reference, figure.comparator.value, figure.value) == (
        indicator,
        reference,
        comparator,
        None,
    )


def test_a_sentence_with_a_number_has_no_reference() -> None:
    assert references(scene("单位产值能耗下降3%，完成省下达任务5项。")) == []


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("引进投资过30亿元项目2个。", "30亿元", "qualifier"),
        ("重点做好以下八个方面的工作。", "八个", "enumeration"),
        ("落实“三项清单”制度。", "三", "slogan"),
        ("加快5G网络建设。", "5G", "name"),
        ("一是新建水厂2座。", "一", "enumerator"),
        ("2024年是关键一年。", "2024年", "date"),
        ("去年新建学校6所。", "6所", "past"),
    ],
)
def test_other_numbers_say_why_they_are_none(text: str, number: str, kind: str) -> None:
    _, others = sentence(scene(text))
    kinds = {text[other.start : other.end]: other.kind.value for other in others if other.kind}
    assert any(words.startswith(number) and kinds[words] == kind for words in kinds), kinds
