"""Targets, numbers and time limits in any text."""

from __future__ import annotations

import time
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.compiler import deadline, indicator, mention, strength
from luoshi.compiler.target import phrase, relation, spread
from luoshi.compiler.target.read import sentence
from luoshi.compiler.target.reference import references
from luoshi.compiler.target.scene import Scene
from luoshi.kernel.quantity import parse_numeral, split_unit
from luoshi.plan.model import TargetKind

PIECES = [
    "新建", "新增", "改造", "力争", "确保", "全年", "年内", "到2035年", "增长", "达到", "不低于", "控制在", "下降", "压减至", "其中", "分别", "均",
    "以上", "以内", "左右", "项目", "企业", "高标准农田", "覆盖率", "人均可支配收入", "城镇", "农村", "和", "、", "，", "；", "。", "：", "“", "”", "（", "）",
    "12", "3.5", "1,000", "亿元", "万亩", "%", "个", "家", "公里", "两", "三十", "百分之", "分之", "全覆盖", "清零", "翻一番", "千亿", "零", "前十", "位",
    "2024年", "第", "5G", "总投资", "的", "比上年", "等", "在", "开展", "每", "省下达任务", "与经济增长", "同步",
]  # fmt: skip
report_like = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
any_text = st.text(max_size=200)


def scene(text: str) -> Scene:
    return Scene(
        text=text,
        start=0,
        end=len(text),
        numbers=mention.mentions(text),
        limits=deadline.mentions(text, year=2031),
        strengths=strength.mentions(text),
    )


class TestNumbers:
    """Every number has a place of its own, whatever surrounds it."""

    @given(st.one_of(report_like, any_text))
    def test_mentions_stand_in_order_without_overlap(self, text: str) -> None:
        last = 0
        for found in mention.mentions(text):
            assert last <= found.start < found.end <= len(text)
            assert found.start <= found.unit_start <= found.end
            last = found.end

    @given(st.text(alphabet="0123456789", min_size=1, max_size=12))
    def test_no_digit_is_lost(self, digits: str) -> None:
        text = f"新建{digits}座桥"
        assert any(found.start <= 2 < found.end for found in mention.mentions(text))

    @given(st.integers(min_value=0, max_value=99_999_999))
    def test_a_chinese_numeral_says_its_number(self, number: int) -> None:
        assert parse_numeral(chinese(number)) == Decimal(number)

    @given(st.one_of(report_like, any_text))
    def test_a_unit_is_its_multiplier_and_the_rest(self, text: str) -> None:
        for found in mention.mentions(text):
            size, rest = split_unit(found.unit)
            assert size >= 1
            assert found.unit.endswith(rest)


def chinese(number: int) -> str:
    """Write a number below 10^8 in Chinese numerals."""
    if number >= 10_000:
        above, below = divmod(number, 10_000)
        joint = "零" if 0 < below < 1000 else ""
        return chinese(above) + "万" + joint + (chinese(below) if below else "")
    words, zero = "", False
    for power, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            words += ("零" if zero and words else "") + "零一二三四五六七八九"[digit] + mark
            zero = False
        else:
            zero = True
    return words or "零"


class TestTargets:
    """Any sentence is read without a fault, and what is read points at it."""

    @given(st.one_of(report_like, any_text))
    @settings(max_examples=300, deadline=None)
    def test_figures_point_into_their_sentence(self, text: str) -> None:
        figures, others = sentence(scene(text))
        for figure in [*figures, *references(scene(text))]:
            assert 0 <= figure.start <= figure.number < figure.number_end <= len(text)
            assert figure.start < figure.end <= len(text)
            assert (figure.value is None) == bool(figure.reference)
        for other in others:
            assert 0 <= other.start < other.end <= len(text)

    @given(report_like)
    def test_the_same_text_gives_the_same_figures(self, text: str) -> None:
        assert sentence(scene(text)) == sentence(scene(text))

    @given(report_like)
    def test_a_number_is_a_target_or_another_number_not_both(self, text: str) -> None:
        figures, others = sentence(scene(text))
        taken = {figure.number for figure in figures}
        assert not taken & {other.start for other in others}

    @given(st.one_of(report_like, any_text))
    @settings(deadline=None)
    def test_helpers_of_reading_take_any_words(self, text: str) -> None:
        assert isinstance(relation.read(text).rest, str)
        assert text.endswith(phrase.read(text).words) or phrase.read(text).words in text
        assert spread.members(text)
        key, sure = indicator.link(text, "家", TargetKind.COUNT)
        assert 0 < sure <= 1
        assert key == "" or "." in key

    @given(st.one_of(report_like, any_text), st.integers(min_value=2003, max_value=2031))
    def test_time_limits_lie_in_the_text_and_not_before_the_plan(self, text: str, year: int) -> None:
        for found in deadline.mentions(text, year=year):
            assert text[found.start : found.end] == found.written
            assert found.day.year >= year - 1


class TestTime:
    """Ten times the text takes about ten times as long."""

    def test_long_sentences_are_read_in_linear_time(self) -> None:
        for piece in ("新增企业30家、", "12%和", "新建", "1", "（", "“三", "全市40%的村实现", "第一、"):
            short = min(elapsed(piece * 800) for _ in range(3))
            long = min(elapsed(piece * 8000) for _ in range(2))
            assert long < 20 * short + 0.2, piece


def elapsed(text: str) -> float:
    start = time.process_time()
    sentence(scene(text))
    references(scene(text))
    return time.process_time() - start
