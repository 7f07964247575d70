"""Delivery (报告场合): the assembly, its session and the day, as the lines under a report's title state them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from luoshi.kernel.quantity import parse_numeral

HEAD = 4000
"""Characters from the start in which a report states its place, assembly and day."""

_COUNT = "[一二三四五六七八九十百零〇\\d]{1,4}"
_DAY = re.compile(
    "(?P<year>[12][09][0-9]{2}|[一二][九〇○零Ｏ0][〇○零一二三四五六七八九Ｏ0]{2})年"
    "(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
    "(?P<day>[12][0-9]|3[01]|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日"
)
_ASSEMBLY = re.compile(
    f"(?:(?:^|[\n）)日，：:—])在?|在|向)(?P<where>[\u4e00-\u9fff]{{0,18}}?)(?P<nth>第?{_COUNT}届)(?P<nation>全国)?"
    f"(?:人民代表大会|人大)(?P<session>第?{_COUNT}次(?:全体)?(?:会议|全会))(?!.{{0,3}}(?:以来|确定|通过|提出|批准|决定|审议|作出|召开|期间|闭幕))"
)
_VERBS = re.compile("[了的是由为和]|完成|落实|实现|执行|召开|通过|现在|根据|按照|[月日]$")
_TITLE = re.compile(r"^[^\n。；]{0,40}政府工作报告(?:（[^）\n]{1,16}）)?$", re.MULTILINE)
_ROUND = str.maketrans("○零Ｏ0", "〇〇〇〇")


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the head of a report says about its delivery; "" or None where it says nothing.

    Attributes:
        title: Title line (2021年政府工作报告).
        where: Words before the assembly (天门市, 市, 自治区).
        body: Assembly (天门市第八届人民代表大会).
        session: Session (第五次会议).
        day: Day of delivery.
        day_at: Offset of the day in the reading text; -1 without one.
    """

    title: str
    where: str
    body: str
    session: str
    day: date | None
    day_at: int


def read(text: str) -> Delivery:
    """Read title, assembly, session and day from the head of the reading text."""
    head = text[:HEAD]
    title = _TITLE.search(head)
    assembly = next((match for match in _ASSEMBLY.finditer(head) if not _VERBS.search(match["where"])), None)
    found = _day_near(head, assembly.start() if assembly else None)
    if assembly is None:
        return Delivery(title.group() if title else "", "", "", "", *found)
    where, nation = assembly["where"].rpartition("在")[2], assembly["nation"] or ""
    return Delivery(
        title=title.group() if title else "",
        where=nation or where,
        body=f"{where}{assembly['nth']}{nation}人民代表大会",
        session=assembly["session"],
        day=found[0],
        day_at=found[1],
    )


def _day_near(head: str, assembly: int | None) -> tuple[date | None, int]:
    """Return the day that stands beside the assembly, or alone on a line before the address."""
    days = [(match, day) for match in _DAY.finditer(head) if (day := _date(match)) is not None]
    for match, day in days:
        if assembly is not None and abs(assembly - match.end()) <= 40:
            return day, match.start()
    for match, day in days:
        line_end = head.find("\n", match.end())
        rest = head[match.end() : line_end if line_end >= 0 else len(head)]
        alone = match.start() == 0 or head[match.start() - 1] in "\n（(—"
        if alone and len(rest) <= 12 and assembly is None:
            return day, match.start()
    return None, -1


def _date(match: re.Match[str]) -> date | None:
    year = match["year"] if match["year"].isdecimal() else match["year"].translate(_ROUND)
    numbers = [parse_numeral(part) for part in (year, match["month"], match["day"])]
    if any(number is None for number in numbers):
        return None
    try:
        return date(*(int(number) for number in numbers if number is not None))
    except ValueError:
        return None
