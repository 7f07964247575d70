"""Putting a figure together (指标合成): number, indicator, comparator, kind, time limit and strength."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luoshi.compiler import deadline, strength
from luoshi.compiler.target import kind
from luoshi.compiler.target.figure import Figure, Reason
from luoshi.compiler.target.item import Item
from luoshi.compiler.target.relation import Relation
from luoshi.compiler.target.scene import Context
from luoshi.plan.model import Comparator, TargetKind

_BASE = re.compile(
    r"同比|环比|(?:比|较|与)(?:上年|去年|上一年|20\d\d年|2000年|“?十.五”?末?|同期)(?:末|底|相比)?|在(?:上年|去年|20\d\d年)(?:的)?基础上"
)
_MONEY = re.compile(r"产值|投资|资金|收入|额$|贷款|税收|利润|规模|总量|值$|财政|融资|营收")
_INDEX = 90
"""From here a price index is given as such (102), not as a change (2)."""
_REACH = 40
"""Characters before a number within which its base of comparison is looked for."""
_AT_LEAST = re.compile(r"(?:至少|不少于|不低于)[^，。；、\d]{1,6}$")
_DAYS = re.compile(r"天数|日数$|年限$|寿命$")


def figure(
    context: Context,
    item: Item,
    stated: Relation,
    indicator: str,
    verb: str,
    reasons: Sequence[Reason],
    *,
    suffix: Comparator | None = None,
) -> Figure:
    """Put a figure together.

    Args:
        context: Sentence and clause.
        item: The number and its words.
        stated: Relation between subject and number.
        indicator: What is counted.
        verb: Verb that opens the indicator, or "".
        reasons: Why doubtful fields have their values.
        suffix: What 以上, 以内 after the number states, where it stands after a later number of the list.
    """
    scene, part, number = context.scene, context.part, item.site.mention
    is_duration = number.dimension == "time" and not _DAYS.search(indicator)
    dimension = number.dimension or ("thing" if number.unit and not _MONEY.search(indicator) else "")
    sort, sure = kind.of(
        stated, indicator, verb, dimension, number.unit, word=number.word, is_duration=is_duration
    )
    if (
        sort is TargetKind.GROWTH
        and not stated.changes
        and number.value is not None
        and number.value > _INDEX
    ):
        sort = TargetKind.RATIO
    doubts = list(reasons)
    if sure < 0.8:
        doubts.append(Reason("kind", sure, "C310", sort.label()))
    base = _BASE.search(scene.text, max(part.start, number.start - _REACH), number.start)
    return Figure(
        start=item.start + _leading(scene.text, item.start, item.end),
        end=item.end,
        number=number.start,
        number_end=number.end,
        indicator=indicator,
        verb=verb,
        comparator=_comparator(item, stated, suffix),
        value=number.value,
        upper=number.upper,
        unit=number.unit,
        dimension=number.dimension,
        kind=sort,
        holds=stated.holds,
        base=base[0] if base else "",
        deadline=_deadline(context, item, stated) or scene.heading,
        strength=strength.governing(scene.strengths, number.start) or scene.strong,
        reasons=tuple(doubts),
    )


def _leading(text: str, start: int, end: int) -> int:
    """Return how many marks stand before an item's first word."""
    words = text[start:end]
    return len(words) - len(words.lstrip("，、；： 　")) if words.strip("，、；： 　") else 0


def _comparator(item: Item, stated: Relation, suffix: Comparator | None) -> Comparator:
    number = item.site.mention
    if number.upper is not None:
        return Comparator.RANGE
    comparator = item.site.suffix or suffix or stated.comparator
    if comparator is None and _AT_LEAST.search(item.site.left):
        comparator = Comparator.GE
    if number.dimension == "rank" and not number.unit.endswith("位次"):
        return Comparator.LE
    if comparator is None:
        return Comparator.OVER if number.is_vague else Comparator.EQ
    return comparator


def _deadline(context: Context, item: Item, stated: Relation) -> deadline.DeadlineMention | None:
    """Return the time limit that governs a number; 全年 does not cover what has to stay so all year."""
    scene, number = context.scene, item.site.mention
    limit = deadline.governing(scene.limits, scene.text, scene.start, number.start, scene.end)
    if limit is None or limit.written != "全年" or not (stated.holds or number.word == "clear"):
        return limit
    return limit if "：" in scene.text[limit.end : number.start] else None
