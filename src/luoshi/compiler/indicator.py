"""Linking what a target measures to the catalogue of indicators (指标对应)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.catalogue.indicator import Indicator, find
from luoshi.catalogue.measure import dimension_of
from luoshi.catalogue.wording import wording
from luoshi.kernel.quantity import split_unit
from luoshi.plan.model import TargetKind

_REGION = re.compile(
    r"^(?:全市|全省|全区|全县|全州|全国|我市|我省|我县|我区|市域|市属|全域|市区|城区|主城区|中心城区|市本级|县城|累计|年度|全年)+"
)
_GRADE = re.compile(
    r"^(?:国家|省|市|县|区|自治区|州|部|乡镇)?级?(?:及|和|、)?(?:省|市|县)?级?(?:及以上|以上|及以下)?(?:规模)?(?=.{3})"
)
_TAIL = re.compile(r"(?:建设|项目|工程|工作|任务|总数|总量|数量|数|人数|总规模|面积)$")
_BRACKET = re.compile(r"（[^）]*）")
_CONFIDENCE = {"whole": 0.95, "end": 0.8, "start": 0.65}


def link(words: str, unit: str, kind: TargetKind) -> tuple[str, float]:
    """Return the key of the indicator that words name, or "", and how sure the link is.

    Args:
        words: What is measured.
        unit: Unit of the figure, multiplier included.
        kind: Sort of quantity; a change may be stated of any indicator.

    Example:
        >>> link("全县城镇新增就业", "人", TargetKind.INCREMENT)
        ('employment.urban_jobs', 0.95)
    """
    best: tuple[str, float] = ("", 1.0)
    for form, loss in _forms(words):
        match = find(form)
        if match is None:
            continue
        sure = _CONFIDENCE[match.how] - loss
        if not _unit_fits(match.indicator, unit, kind):
            sure -= 0.35
        if match.how != "whole" and len(match.name) * 2 < len(form):
            sure -= 0.15
        if sure >= 0.5 and (not best[0] or sure > best[1]):
            best = (match.indicator.key, round(sure, 2))
        if match.how == "whole" and sure >= 0.85:
            break
    return best


def _forms(words: str) -> Iterator[tuple[str, float]]:
    """Yield ever plainer forms of the words, with what each costs in confidence."""
    yield words, 0.0
    plain = _REGION.sub("", _BRACKET.sub("", words)) or words
    if plain != words:
        yield plain, 0.0
    verb = wording().kept.match(plain)
    noun = plain[verb.end() :] if verb and verb.end() < len(plain) - 1 else plain
    if noun != plain:
        yield noun, 0.05
    graded = _GRADE.sub("", noun) or noun
    if graded != noun:
        yield graded, 0.08
    short = _TAIL.sub("", graded)
    if short != graded and len(short) > 2:
        yield short, 0.1


def _unit_fits(indicator: Indicator, unit: str, kind: TargetKind) -> bool:
    """Tell whether an indicator can be given in a unit."""
    plain = split_unit(unit)[1]
    if plain in indicator.units or (plain in ("百分点", "个百分点") and "%" in indicator.units):
        return True
    if plain in ("%", "倍", "番"):
        return kind in (TargetKind.GROWTH, TargetKind.CUT)
    if not plain:
        return True
    dimensions = {dimension_of(known) for known in indicator.units if known}
    dimension = dimension_of(plain)
    if dimension in dimensions:
        return True
    counted = {"thing", "household", "event", "people"}
    return dimension in counted and bool(dimensions & counted)
