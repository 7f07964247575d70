"""Marks (序号) that number the parts of a report: 一、 （一） 一是 1. 第一， ——."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}


class Rank(IntEnum):
    """Natural order of marks, outer first; an outer mark ends the parts of inner ones.

    `INNER_CHINESE` is 一、二、… that counts the parts of a part which is itself numbered 一、二、….
    """

    PART = 0
    CHINESE = 1
    INNER_CHINESE = 2
    BRACKETED = 3
    RUNNING = 4
    ARABIC = 5
    SMALL = 6
    DASH = 7
    PLAIN = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at the start of a paragraph or sentence.

    Attributes:
        rank: Kind of mark.
        number: As written, without the punctuation that only separates it (``三``, ``（一）``, ``二是``, ``——``).
        ordinal: The number as a value; 0 for a dash.
        end: Offset in the text where the words after the mark begin.
    """

    rank: Rank
    number: str
    ordinal: int
    end: int


_NUMERAL = "[一二三四五六七八九十]{1,3}"
_PATTERNS: tuple[tuple[Rank, re.Pattern[str]], ...] = (
    (Rank.PART, re.compile(rf"(?P<number>第(?P<value>{_NUMERAL})(?:部分|篇|章))[、，：:.\s]*")),
    (Rank.CHINESE, re.compile(rf"(?P<number>(?P<value>{_NUMERAL}))(?:[、，．.：:]|[ \t\u3000]+)\s*(?!是)")),
    (Rank.BRACKETED, re.compile(rf"(?P<number>[（(]\s*(?P<value>{_NUMERAL})\s*[)）])[、，．.\s]*")),
    (Rank.RUNNING, re.compile(rf"(?P<number>(?P<value>{_NUMERAL})(?:是|要(?!求)))[：:，]?")),
    (Rank.RUNNING, re.compile(rf"(?P<number>第(?P<value>{_NUMERAL}))[，、,：:]\s*")),
    (
        Rank.ARABIC,
        re.compile(
            r"(?P<number>(?P<value>\d{1,3}))(?:[、．：:]|\.(?!\d)|[ \t]+(?=[^\d\W]))\s*(?![\d年月日%])"
        ),
    ),
    (Rank.SMALL, re.compile(r"(?P<number>[（(]\s*(?P<value>\d{1,3})\s*[)）])[、．.\s]*")),
    (Rank.SMALL, re.compile(r"(?P<number>(?P<value>[①-⑳]))[、．.\s]*")),
    (Rank.DASH, re.compile(r"(?P<number>(?:[—–―─-]{1,4}))\s*(?=[^\d\s—–―─-])(?P<value>)")),
    (Rank.DASH, re.compile(r"(?P<number>[●■◆▲★△◇○•▶])\s*(?P<value>)")),
)
_FIRST_CHARACTERS = frozenset("第一二三四五六七八九十（(0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳—–―─-●■◆▲★△◇○•▶")


def at(text: str, start: int, end: int) -> Mark | None:
    """Return the mark that stands at `start`, or None.

    Args:
        text: Reading text.
        start: Offset where a paragraph or sentence begins.
        end: Where the paragraph ends; a mark with nothing after it is none.
    """
    if start >= end or text[start] not in _FIRST_CHARACTERS:
        return None
    for rank, pattern in _PATTERNS:
        found = pattern.match(text, start, end)
        if found and found.end() < end:
            ordinal = value(found["value"])
            if ordinal or rank is Rank.DASH:
                return Mark(rank, found["number"], ordinal, found.end())
    return None


def value(numeral: str) -> int:
    """Return the value of a small Chinese, Arabic or circled number (1 to 999); 0 where it is none.

    Example:
        >>> value("二十一"), value("十"), value("7"), value("③"), value("二二")
        (21, 10, 7, 3, 0)
    """
    if not numeral:
        return 0
    if numeral.isdecimal():
        return int(numeral)
    if "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return _DIGITS.get(numeral, 0)
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return 0
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
