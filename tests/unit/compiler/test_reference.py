"""Promises that name a reference in a number's place."""

import pytest

from luoshi.compiler.pipeline import compile_report
from luoshi.compiler.source import document, read
from luoshi.plan.model import Comparator, JudgedAs

FRAME = "2026年青崖县政府工作报告\n\n一、2026年重点工作\n{sentence}\n新建泵站12座。\n"


def references(sentence):
    text = FRAME.format(sentence=sentence)
    plan = compile_report(document(read(text.encode(), name="青崖县.txt"), name="青崖县.txt"))
    return [(one.indicator, one.comparator, one.reference) for one in plan.targets if one.value is None]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("外出务工规模不低于上年。", ("外出务工规模", Comparator.GE, "上年")),
        ("粮食产量不低于去年水平。", ("粮食产量", Comparator.GE, "去年水平")),
        ("科技贷款增速高于各项贷款平均增速。", ("科技贷款", Comparator.OVER, "各项贷款平均增速")),
        ("空气优良天数比例不低于市下达任务。", ("空气优良天数比例", Comparator.GE, "市下达任务")),
        ("居民人均可支配收入与经济增长同步。", ("居民人均可支配收入", Comparator.EQ, "经济增长同步")),
    ],
)
def test_a_reference_stands_in_the_numbers_place(sentence, expected):
    assert references(sentence) == [expected]


@pytest.mark.parametrize("sentence", ["服务质量高于平均水平，群众满意。", "工作标准不低于上年。"])
def test_what_cannot_be_measured_is_no_reference(sentence):
    assert references(sentence) == []


def test_a_reference_is_judged_by_the_value_that_comes_later():
    text = FRAME.format(sentence="粮食产量不低于上年。")
    plan = compile_report(document(read(text.encode(), name="青崖县.txt"), name="青崖县.txt"))
    assert [one.judged_as for one in plan.targets if one.value is None] == [JudgedAs.REFERENCE]
