"""Sort of quantity (指标类型) that a figure promises."""

from __future__ import annotations

import re

from luoshi.catalogue.measure import COUNTED
from luoshi.catalogue.wording import wording
from luoshi.compiler.target.relation import Relation
from luoshi.plan.model import TargetKind

_TO = re.compile(r"(?:至|到|为|在)$")
_RATE_OF_CHANGE = re.compile(
    r"(?:增速|增幅|涨幅|(?<!自然)增长率|增长幅度|增长速度|增量|提升幅度|上涨率|消费价格(?:总)?(?:水平|指数))$"
)
_CHANGE_DOWN = re.compile(r"(?:降幅|下降率|降低率|减少率|削减率|下降幅度)$")
_LESS = re.compile(r"减轻|减负|削减|淘汰|退出|减免")
_NEWLY = re.compile(
    r"新(?:（[^）]*）)?(?:栽|种|植|封|修|铺|装|购|办|打|造|辟|引|培|创|认|增|建|改|扩|设|评|获|纳|入|拓|补)"
)
_STOCK = re.compile(r"(?:存栏|出栏|饲养|保有)量?$")
_NEW = re.compile(r"新增|净增")


def of(
    relation: Relation,
    indicator: str,
    verb: str,
    dimension: str,
    unit: str,
    *,
    word: str = "",
    is_duration: bool = False,
) -> tuple[TargetKind, float]:
    """Return the sort of quantity and how sure it is.

    Args:
        relation: Words between subject and figure.
        indicator: What is counted.
        verb: Verb that opens the indicator, or "".
        dimension: What the unit measures.
        unit: The unit.
        word: What kind of word stands in the number's place, or "".
        is_duration: Whether the figure is a limit on time.
    """
    if word == "clear":
        return TargetKind.COUNT, 0.7
    moves_to = any(_TO.search(word) for word in relation.words)
    if dimension in ("ratio", "multiple"):
        return _of_rate(relation, indicator, unit, moves_to)
    if dimension == "rank":
        return TargetKind.RANK, 0.9
    if dimension == "time" and is_duration:
        return (TargetKind.CUT if relation.changes == "cut" and not moves_to else TargetKind.DURATION), 0.9
    if relation.changes == "cut" and not moves_to:
        return TargetKind.CUT, 0.85
    if relation.changes == "growth" and not moves_to:
        return TargetKind.INCREMENT, 0.8
    return _of_amount(relation, indicator, verb, dimension)


def _of_rate(relation: Relation, indicator: str, unit: str, moves_to: bool) -> tuple[TargetKind, float]:
    if relation.changes == "cut" and not moves_to:
        return TargetKind.CUT, 0.95
    if _CHANGE_DOWN.search(indicator):
        return TargetKind.CUT, 0.9
    if (relation.changes == "growth" and not moves_to) or _RATE_OF_CHANGE.search(indicator):
        return TargetKind.GROWTH, 0.95
    if unit in ("倍", "番", "个百分点", "百分点"):
        return TargetKind.GROWTH, 0.8
    verb = next((word for word in wording().cutters if indicator.startswith(word)), "")
    if verb and not moves_to:
        return TargetKind.CUT, 0.8
    return TargetKind.RATIO, 0.95


def _of_amount(relation: Relation, indicator: str, verb: str, dimension: str) -> tuple[TargetKind, float]:
    known = wording()
    if indicator.startswith(("每千", "每万", "每百")) or re.search(r"每[千万百](?:名|人|户|老)", indicator):
        return TargetKind.RATIO, 0.85
    if indicator.startswith(("年产", "日产", "形成年产")):
        return TargetKind.LEVEL, 0.8
    reaches = any(
        word.startswith(("达", "突破", "超", "过", "稳定", "保持", "扩大到", "增加到", "发展到"))
        or _TO.search(word)
        for word in relation.words
    )
    is_new = verb.startswith("新") and verb[:2] not in ("新开", "新签", "新竣", "新投", "新启")
    if verb in known.increments or is_new or _NEWLY.match(indicator):
        return TargetKind.INCREMENT, 0.9
    if _NEW.search(indicator[:12]) and not indicator.endswith("缺口"):
        return TargetKind.INCREMENT, 0.85
    if dimension in COUNTED:
        if _STOCK.search(indicator):
            return TargetKind.LEVEL, 0.75
        if reaches and not verb:
            return TargetKind.LEVEL, 0.7
        return TargetKind.COUNT, 0.9
    if verb in known.cutters or _LESS.search(indicator):
        return TargetKind.CUT, 0.75
    if dimension in ("length", "area") and (
        verb.startswith(known.builders) or re.search(r"造林|绿化|种草|育林", indicator)
    ):
        return TargetKind.INCREMENT, 0.75
    return TargetKind.LEVEL, 0.85
