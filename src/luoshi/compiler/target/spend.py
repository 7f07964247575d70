"""Money without an owner (投资2亿元，改造城北路): what it is spent on stands in the clause after it."""

from __future__ import annotations

import re

from luoshi.compiler.target import phrase, relation
from luoshi.compiler.target.item import Item
from luoshi.compiler.target.scene import Context

_BARE = re.compile(
    r"[、，\s]*(?P<who>(?:中央|各级|地方|[省市县区州]级?|本级|自治区)*财政(?=.))?(?:计划|预计|力争|再|另|还|将|拟|共|总共|全年|争取)*"
    r"(?P<act>投资|投入|安排|筹资|筹集|筹措|下达)(?P<fund>(?:专项|财政|各类|补助)?资金)?(?:总额)?(?:约|近|达|超过|不低于)?"
)
_PURPOSE = re.compile(
    r"(?:全部|主要|重点)?(?:用于|支持|对|为|把)?(?P<words>[^，。；：\d]*(?:\d[\d.]*)?[^，。；：\d]{2,40})"
)
_COUNT = re.compile(r"(?:剩余)?\d[\d.]*[百千万亿]*[多余]?(?:平方米|公里|[个家户人名所座条项处亩套栋村])?")
_TAKEN_IN = re.compile(r".+纳入(?P<into>.{2,12}?)(?:范围|体系|保障|序列)*$")
_LEAST = 3


def aim(context: Context, item: Item) -> str:
    """Return what bare money is for, with a word for spending at its end; "" where the words do not say.

    Example:
        投资1.2亿元，完成城北路改造: 城北路改造投资.
    """
    site = item.site
    bare = _BARE.fullmatch(site.left)
    if site.mention.dimension != "money" or bare is None:
        return ""
    text, at = context.scene.text, site.mention.end if site.right else item.end
    at, _ = relation.suffix(text, at, context.part.end)
    at += len("资金") if text.startswith("资金", at) else 0
    if text[at : at + 1] == "，":
        at += 1
    elif at == context.part.end:
        return ""
    match = _PURPOSE.match(text, at, context.scene.end)
    if match is None:
        return ""
    purpose = _COUNT.sub("", match["words"], count=1)
    taken = _TAKEN_IN.match(purpose)
    words = phrase.read(taken["into"] if taken else purpose)
    if not (words.verb or words.dropped or match.start("words") > match.start()):
        return ""
    noun = phrase.clean(phrase.after_list(words.noun))
    return (bare["who"] or "") + noun + _act(bare) if len(noun) >= _LEAST else ""


def _act(bare: re.Match[str]) -> str:
    fund = bare["fund"] or ("资金" if bare["act"] in ("安排", "筹集", "筹措", "下达") else "")
    return bare["act"] + fund
