"""Words in a number's place (数词用语): 全覆盖, 清零, 翻番, 前十位, 三分之一."""

from __future__ import annotations

import re
from decimal import Decimal

from luoshi.compiler.mention.model import Mention
from luoshi.kernel.quantity import parse_numeral

_WORDS = {
    "清零": ("clear", 0, ""),
    "动态清零": ("clear", 0, ""),
    "全覆盖": ("cover", 100, "%"),
    "减半": ("half", 50, "%"),
}


def of_word(text: str, match: re.Match[str]) -> Mention:
    """Read 全覆盖, 清零, 减半, 翻番 and 零."""
    word = match["word"]
    begin = match.start() + (2 if word == "动态清零" else 0)
    if word in _WORDS:
        kind, value, unit = _WORDS[word]
        return Mention(
            begin,
            match.end(),
            match.end(),
            Decimal(value),
            unit=unit,
            dimension="ratio" if unit else "",
            word=kind,
        )
    if word == "零":
        return Mention(begin, match.end(), match.end(), Decimal(0), word="zero", is_chinese=True)
    times = {"两": 2, "三": 3}.get(word[1:2], int(match["times"]) if match["times"] else 1)
    return Mention(
        begin,
        match.end(),
        match.end(),
        Decimal(2**times),
        unit="倍",
        dimension="multiple",
        word="double",
        is_chinese=True,
    )


def of_rank(match: re.Match[str]) -> Mention:
    """Read a place in an order: 前10位, 第三名."""
    digits, unit = match["rn"] or match["pn"], match["ru"] or match["pu"] or ""
    return Mention(
        match.start(),
        match.end(),
        match.end() - len(unit),
        parse_numeral(digits),
        unit=unit,
        dimension="rank",
        is_chinese=not digits.isascii(),
    )


def of_fraction(text: str, match: re.Match[str], stop: int) -> Mention:
    """Read 百分之五 as 5 with %, 千分之八 as 8 with ‰, 三分之一 as a share of one."""
    words = match["fraction"]
    value = parse_numeral(words)
    if words[0] in "百千" and value is not None:
        scale, unit = (100, "%") if words[0] == "百" else (1000, "‰")
        return Mention(
            match.start(),
            match.end(),
            match.end(),
            _plain(value * scale),
            unit=unit,
            dimension="ratio",
            is_chinese=True,
        )
    if value is not None:
        value = round(value, 4)
    return Mention(
        match.start(), match.end(), match.end(), value, unit="比例", dimension="ratio", is_chinese=True
    )


def _plain(value: Decimal) -> Decimal:
    """Return a value without trailing zeros after its point."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
