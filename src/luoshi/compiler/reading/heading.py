"""Shapes of lines (行首形态) that begin a new paragraph whatever stands before them."""

from __future__ import annotations

import re

_NUMERAL = "[一二三四五六七八九十百]{1,3}"
_NUMBERED = re.compile(
    rf"第{_NUMERAL}[章节篇]|第{_NUMERAL}部分|{_NUMERAL}、|[（(]{_NUMERAL}[）)]"
    r"|\d{1,3}(?:[.．](?!\d)|、)|[（(]\d{1,3}[）)]|[①-⑳●■◆▲★◇•▶]|[\[［〔【]\d{1,3}[\]］〕】]|[—─―]{1,2}(?=[一-鿿\d])"
)
_TITLE = re.compile(
    r"(?:\d{4}年|“十.五”|过去|今后|未来|今年|明年|主要|重点|名词|用语|有关|部分|相关|附件)[^，。]{0,20}(?:回顾|安排|任务|要求|目标|部署|建议|解释|说明|注释|工作)$"
)
_ADDRESS = re.compile(r"(?:各位|同志们|附件|附[:：]|注[:：]|名词解释|[一-鿿]{2}(?:单位|领导|部门|时限)[:：])")


def is_numbered(line: str) -> bool:
    """Tell whether `line` begins with the number of a heading or a list item; 一是 and 第一， may stand inside a paragraph."""
    return _NUMBERED.match(line) is not None


def is_title(line: str) -> bool:
    """Tell whether `line` is a title without a number (2025年工作回顾)."""
    return _TITLE.fullmatch(line) is not None


def is_fresh(line: str) -> bool:
    """Tell whether `line` begins something new: a numbered line, an address (各位代表), an annex, a label."""
    return is_numbered(line) or _ADDRESS.match(line) is not None
