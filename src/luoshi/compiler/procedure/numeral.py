"""Counts that names declare (八步走 has eight parts, 四湖六河 four and six)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luoshi.catalogue.procedure import words
from luoshi.kernel.quantity import parse_numeral

_CHINESE = "[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九两双]"
_NUMERAL = re.compile(rf"第?(?:{_CHINESE}|\d+(?:\.\d+)?)|多|[NnXx](?![a-zA-Z])")
_PLAN_PERIOD = re.compile(r"[“]?十[一二三四五六]五[”]?")
_SUM = re.compile(r"\d+(?:[+＋](?:\d+|[NnXx]))+")
_DIGITS = re.compile(r"(?!19\d\d|20\d\d)[1-9]\d{2,3}(?![\d年号])")
_NUMBERS = re.compile(r"\d+(?:\.\d+)?(?:[、，/]\d+(?:\.\d+)?)+")
_QUOTED = re.compile(r"“([^“”]+)”")


@dataclass(frozen=True, slots=True)
class Group:
    """A numeral of a name and the word that it counts: 三区两通道 has (3, 区) and (2, 通道).

    Attributes:
        count: How many; None for 多 and N.
        unit: Characters after the numeral up to the next one.
    """

    count: int | None
    unit: str


def value(numeral: str) -> int:
    """Return the value of a whole number in Chinese numerals or digits.

    Example:
        >>> value("十二"), value("双"), value("323")
        (12, 2, 323)
    """
    return 2 if numeral == "双" else int(parse_numeral(numeral) or 0)


def core(name: str) -> str:
    """Return the part of a name that counts: its quoted words where these hold a numeral, else all of it."""
    quoted = [match[1] for match in _QUOTED.finditer(name) if _NUMERAL.search(match[1])]
    return "、".join(quoted) if quoted else name.replace("“", "").replace("”", "")


def groups_of(name: str) -> tuple[Group, ...]:
    """Return the numerals of a name with what they count; none where they count no parts.

    Example:
        >>> groups_of("三区两通道")
        (Group(count=3, unit='区'), Group(count=2, unit='通道'))
        >>> groups_of("三年行动计划"), groups_of("一网通办")
        ((), ())
    """
    text = _PLAN_PERIOD.sub("", core(name))
    if match := _SUM.search(text):
        tail = text[match.end() :]
        return tuple(
            Group(int(part) if part.isdecimal() else None, tail) for part in re.split(r"[+＋]", match[0])
        )
    if match := _DIGITS.match(text):
        return tuple(Group(int(digit), text[match.end() :]) for digit in match[0] if digit != "0")
    marks = [
        mark for mark in _NUMERAL.finditer(text) if text[mark.start() - 1 : mark.end()] != "个一"
    ]  # 四个一批
    groups: list[Group] = []
    for position, match in enumerate(marks):
        stop = marks[position + 1].start() if position + 1 < len(marks) else len(text)
        unit = text[match.end() : stop].strip("、，+＋")
        if match[0].startswith("第") or not unit or _counts_no_parts(match[0], unit, len(groups)):
            continue
        groups.append(Group(None if match[0] in "多NnXx" else value(match[0]), unit))
    if len(groups) < 3 and all(group.count in (1, None) for group in groups):
        return ()  # 一网通办 and 一师一档 are names, not sets
    return tuple(groups)


def declared(name: str) -> int | None:
    """Return how many parts a name says that its mechanism has, or None where it does not say.

    Example:
        >>> declared("八步走"), declared("三谈五看"), declared("办证“5、3、1”"), declared("揭榜挂帅")
        (8, 8, 3, None)
    """
    if numbers := numbers_of(name):
        return len(numbers)
    groups = groups_of(name)
    parts = core(name).split("、")
    if len(parts) > 1 and groups and not all(_NUMERAL.match(part) for part in parts):
        return len(parts)
    if not groups or any(group.count is None for group in groups):
        return None
    return sum(group.count or 0 for group in groups)


def accepts(name: str, found: int) -> bool:
    """Tell whether a name may have this many parts: the sum of its numerals, or one part for each of its numerals.

    Example:
        >>> accepts("三抓三促", 6), accepts("三抓三促", 3), accepts("“3331”行动", 4), accepts("八步走", 7)
        (True, True, True, False)
    """
    count, groups = declared(name), groups_of(name)
    if count is None or count == found:
        return True
    if len(groups) > 2 and found == len(groups):
        return True
    return len(groups) > 1 and all(group.count == found for group in groups)


def numbers_of(name: str) -> tuple[str, ...]:
    """Return the numbers of a name that is a list of them (“75、40、35”), as written."""
    match = _NUMBERS.search(core(name))
    return tuple(re.split("[、，/]", match[0])) if match else ()


def _counts_no_parts(numeral: str, unit: str, before: int) -> bool:
    if (numeral == "一" and unit.startswith("体")) or unit.startswith("世纪"):
        return True  # 五位一体, 一体化, 21世纪
    if "." in numeral:
        return True  # 5.0版
    if numeral.isdecimal() and (len(numeral) > 2 or not re.match("[\u4e00-\u9fff%]", unit)):
        return True  # 5G, 4A, 1000
    return numeral != "一" and not before and unit.startswith(words().not_parts)
