"""Texts that look like reports and are none: the bundled example, cut up, shuffled and damaged."""

import random
from collections.abc import Callable

from hypothesis import strategies as st

from luoshi import examples

HEAD = "绫江市政府工作报告\n2026年1月12日在绫江市第五届人民代表大会第六次会议上\n"
_MARKS = "，。、；：！？“”‘’（）《》【】()[]{}\"'|*#\t\n\r \u3000\u200b…—-%％‰+·〇①⑴㈠"
_WORDS_OF_REPORTS = """
新建 3所 十 百分之 分别 均 以上 以内 不低于 增长 压减至 6月底前 到2025年 “十四五” 年内 上半年 八步走 名词解释 一是 （一） 第一， 1. 力争 确保
等 和 及 个百分点 亿元 翻番 清零 全覆盖 同比 其中 项目 推进 A、B &nbsp; <p> ** 99999999999999999999 0 1,234.5 -3 ½ 1/0 2026年2月30日
政府工作报告
"""
_WORDS = _WORDS_OF_REPORTS.split()

PIECES = [line for line in examples.text().split("\n") if line.strip()]

line = st.sampled_from(PIECES)
mark = st.sampled_from(list(_MARKS))
word = st.sampled_from(_WORDS)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Some lines of the example, in any order, each perhaps damaged at a few places."""
    lines = draw(st.lists(line, min_size=1, max_size=8))
    damaged = [_damage(text, draw) for text in lines]
    return draw(st.sampled_from([HEAD, ""])) + draw(st.sampled_from(["\n", "\n\n", "", " "])).join(damaged)


def _damage(text: str, draw: st.DrawFn) -> str:
    for _ in range(draw(st.integers(0, 3))):
        first = draw(st.integers(0, len(text)))
        last = min(len(text), first + draw(st.integers(0, 12)))
        inserted = draw(
            st.one_of(mark, word, st.text(max_size=3), st.just(text[first:last] * 3), st.just(""))
        )
        text = text[:first] + inserted + text[last:]
    return text


def mutant(chance: random.Random) -> str:
    """A damaged example, whole or in parts; for long runs, where Hypothesis keeps too much."""
    lines = chance.sample(PIECES, chance.randint(1, len(PIECES)))
    if chance.random() < 0.5:
        lines = sorted(lines, key=PIECES.index)
    text = HEAD + "\n".join(lines)
    for _ in range(chance.randint(0, 60)):
        first = chance.randrange(len(text) + 1)
        last = min(len(text), first + int(chance.expovariate(0.1)))
        text = text[:first] + chance.choice(_INSERTED)(chance, text[first:last]) + text[last:]
    return text


_INSERTED: list[Callable[[random.Random, str], str]] = [
    lambda chance, cut: "",
    lambda chance, cut: chance.choice(_MARKS),
    lambda chance, cut: chance.choice(_MARKS) * chance.randint(1, 300),
    lambda chance, cut: chance.choice(_WORDS),
    lambda chance, cut: chance.choice(_WORDS) * chance.randint(1, 100),
    lambda chance, cut: cut * chance.randint(1, 20),
    lambda chance, cut: cut[::-1],
    lambda chance, cut: "".join(chance.sample(cut, len(cut))),
    lambda chance, cut: chr(
        chance.choice((chance.randrange(0x20, 0xD800), chance.randrange(0xE000, 0x110000)))
    ),
]
