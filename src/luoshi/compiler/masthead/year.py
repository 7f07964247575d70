"""The year that a report plans (计划年度), which is often not the year in its title or on its date line."""

from __future__ import annotations

import re
from collections import Counter

from luoshi.compiler.masthead.delivery import HEAD, Delivery
from luoshi.compiler.outline.role import role_of_title
from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.kernel.quantity import parse_numeral
from luoshi.plan.model import Role

_YEAR = "(?:19|20)[0-9]{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2}"
_LINE = re.compile(rf"^[^\n。；！]{{0,12}}(?P<year>{_YEAR})年[^\n。；！]{{0,24}}$", re.MULTILINE)
_PLANNED = re.compile(
    rf"(?<![到至])(?P<year>{_YEAR})年(?:全[市省县区州国]|我[市省县区州]|政府|经济社会发展|国民经济和社会发展|经济|的)*(?:工作)?的?(?:主要|总体|预期|基本)+"
    rf"(?:预期)?(?:目标|要求|思路|任务)|做好(?P<doing>{_YEAR})年(?:的|政府|各项|经济|全年)*工作"
)
_TITLE_YEAR = re.compile(rf"(?P<year>{_YEAR})(?:年|[^\d]|$)")
_ANY_YEAR = re.compile(rf"(?<![到至比较—\d])(?:{_YEAR})(?=年(?!代))")
_FIRST_MONTH_OF_NEXT_PLAN = 10
_FIRST_MONTH_OF_DOUBT = 7
_OFTEN = 2
_ROUND = str.maketrans("○零", "〇〇")


def read(text: str, delivery: Delivery, name: str) -> tuple[int, list[Diagnostic]]:
    """Return the plan year, and what was assumed.

    A report of January to September plans its own year; one of the last quarter plans the next. Where the
    report has no date, its headings say the year: the one whose work they announce, or the one after the
    reviewed. A year in the title alone is taken for the plan year.
    """
    heading = _from_headings(text)
    day = delivery.day
    if day is not None:
        dated = day.year + (day.month >= _FIRST_MONTH_OF_NEXT_PLAN)
        if heading is None or heading == dated:
            return dated, []
        chosen = heading if heading == day.year + 1 and day.month >= _FIRST_MONTH_OF_DOUBT else dated
        parameters = {"year": str(chosen), "dated": str(dated), "heading": str(heading)}
        return chosen, [Diagnostic(code="C206", severity=Severity.WARNING, parameters=parameters)]
    stated = heading or _from_goals(text)
    if stated is not None:
        return stated, []
    for written in (delivery.title, text[:HEAD].partition("\n")[0], name):
        found = _TITLE_YEAR.search(written)
        if found:
            year = _value(found["year"])
            parameters = {"year": str(year), "title": written}
            return year, [Diagnostic(code="C205", severity=Severity.NOTE, parameters=parameters)]
    return _most_named(text)


def _from_headings(text: str) -> int | None:
    """Return the year whose work a heading announces, else the year after the one that a heading reviews."""
    planned: list[int] = []
    reviewed: list[int] = []
    for match in _LINE.finditer(text):
        if "报告" in match.group():  # a title, whose year may be the reviewed one
            continue
        role = role_of_title(re.sub(r"^[一二三四五六七八九十、（）\s第部分]+", "", match.group()))
        if role is Role.WORK:
            planned.append(_value(match["year"]))
        elif role is Role.REVIEW:
            reviewed.append(_value(match["year"]))
    if planned and (not reviewed or max(planned) > max(reviewed)):
        return max(planned)
    return max(reviewed) + 1 if reviewed else None


def _from_goals(text: str) -> int | None:
    years = Counter(_value(match["year"] or match["doing"]) for match in _PLANNED.finditer(text))
    return max(years, key=lambda year: (years[year], year)) if years else None


def _most_named(text: str) -> tuple[int, list[Diagnostic]]:
    """Return the year after the latest that the first part names often, because nothing better is known."""
    divide = len(text) * 2 // 5
    first = Counter(_value(match.group()) for match in _ANY_YEAR.finditer(text, 0, divide))
    rest = Counter(_value(match.group()) for match in _ANY_YEAR.finditer(text, divide))
    if not first and not rest:
        return 0, [Diagnostic(code="C208", severity=Severity.ERROR)]
    reviewed = max((year for year, count in first.items() if count >= _OFTEN), default=None)
    if reviewed is None:
        year = max(rest or first, key=lambda key: ((rest or first)[key], key))
    else:
        year = reviewed + 1 if rest[reviewed + 1] or not rest[reviewed] else reviewed
    return year, [Diagnostic(code="C207", severity=Severity.WARNING, parameters={"year": str(year)})]


def _value(written: str) -> int:
    return int(parse_numeral(written.translate(_ROUND)) or 0)
