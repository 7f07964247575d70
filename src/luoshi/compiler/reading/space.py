"""Spaces (空格): dropped inside Chinese text and around lines, one kept where it parts two words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.compiler.reading.draft import Range

_BLANKS = re.compile(r"[ \t\n]+")
_WIDE = re.compile(r"[⺀-〿㇀-㇣㐀-䶿一-鿿豈-﫿，：；！？（）“”‘’…—①-⓿Ⅰ-ↈ%‰℃\U00020000-\U0003ffff]")
_CELL = re.compile(r"[一-鿿A-Za-z0-9）%]")
_NUMBER_OF_TITLE = re.compile(
    # “三  重点工作”, “1 扩大投资”; neither “一 年” nor “12 月底前”
    r"(?m)^(?:[一二三四五六七八九十]{1,3}(?=[ \t]+[^年是个批些般方面定直次月季路带天度亿万千百])"
    r"|\d{1,2}(?=[ \t]+[^年月日个家万亿千百十吨公平米元名人所户条项次辆套台座处种类批倍成度分小时天周以至到余多左]))"
)
_SPREAD = re.compile(
    r"(?<![\d.])\d(?: +\d){2,}(?![\d.])"  # 1 9 9 8
    r"|(?<![\d ])\d{1,3}(?: +\d{3})+(?= *[一-鿿])"  # 34 753套
    r"|(?<![A-Za-z])PM +[\d.]*\d"  # PM 2.5
)


def ranges(text: str) -> Iterator[Range]:
    """Yield the ranges of blanks to drop; one of several that part two words, cells or paragraphs stays."""
    titles = {match.end() for match in _NUMBER_OF_TITLE.finditer(text)}
    spread = {at for match in _SPREAD.finditer(text) for at in range(*match.span()) if text[at] == " "}
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        kept = _kept(text, start, end, start in titles, start in spread)
        if kept > start:
            yield start, kept
        if kept + 1 < end:
            yield kept + 1, end


def _kept(text: str, start: int, end: int, is_after_number: bool, is_in_number: bool) -> int:
    """Return the offset of the blank to keep; `end` where none is."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if not start:
        return end
    line_end = text.find("\n", start, end)
    if line_end >= 0:
        return line_end
    if not after or is_in_number:
        return end
    tab = text.find("\t", start, end)
    if tab >= 0 and _CELL.match(before) and _CELL.match(after):
        return tab
    if is_after_number and _CELL.match(after):
        return start
    return end if _WIDE.match(before) or _WIDE.match(after) else start
