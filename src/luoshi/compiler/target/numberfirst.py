"""Figures that stand before their noun (数在名前): 新建50个示范园, 在7个社区开展试点, 55%以上的村实现分红."""

from __future__ import annotations

import re

from luoshi.catalogue.measure import COUNTED
from luoshi.catalogue.wording import wording
from luoshi.compiler.target import assemble, phrase, role
from luoshi.compiler.target.figure import Figure, Reason
from luoshi.compiler.target.item import Item
from luoshi.compiler.target.relation import Relation
from luoshi.compiler.target.role import Site
from luoshi.compiler.target.scene import Context

_LOCATIVE = re.compile(r"(?:在|对|为|向|于|给|与)$")
_PLACE_ACT = re.compile(
    r"(?P<place>.{1,12}?)(?P<act>(?:开展|推行|推广|试点|实施|建设|建立|进行|设立|设置|启动|推进|铺设|安装|新建|改造|创建|全面|建成|提供|发放|配备|举办|组建|实行).+)$"
)
_ACT = re.compile(
    r"(?P<noun>.{2,16}?)(?P<act>(?:实现|达到|通(?!道|信|用|讯|村)|用上|开通|建成|享受|喝上|纳入|进入).+)$"
)
_SHARE = re.compile(
    r"的?(?P<noun>.+?)(?P<act>(?:实现|达到|完成|建成|经营|年收入|收入|纳入|通过|享受|具备|有).*)$"
)
_TOTAL = re.compile(r"(?:总投资|计划投资|投资额?)[约达超过]*[\d.,]+[百千万亿]*元?(?:的|、|，)?")
_HANGING = re.compile(r"(?:在|对|为|将|把|向|的|各|每|等|及|和|、)$")
LAND = (
    "面积",
    "农田",
    "土地",
    "区域",
    "用地",
    "耕地",
    "绿地",
    "林地",
    "草原",
    "湿地",
    "厂房",
    "田",
    "地",
    "林",
    "房",
    "草",
)
"""Nouns that say by themselves that an area is meant."""


def fits(site: Site, stated: Relation, words: phrase.Phrase) -> bool:
    """Tell whether the noun that a number counts stands after it."""
    right = site.right
    if site.mention.word or not right or right[0] in "，并、；" or right == "等":
        return False
    if right.startswith(("的目标", "的任务", "的速度", "的要求", "的标准", "的水平")):
        return False
    if role.is_share(site.mention, right):
        return True
    if not stated.is_stated or stated.words[-1] in ("新增", "完成", "实现", "建设"):
        return True
    if not words.noun:
        return True
    bound = stated.comparator is not None and not stated.changes and not stated.holds
    return bound and site.mention.dimension in COUNTED and wording().verb_end.search(words.words) is not None


def read(context: Context, item: Item, stated: Relation, words: phrase.Phrase) -> Figure:
    """Read a figure whose noun comes after it."""
    carry, site = context.carry, item.site
    verb = words.verb
    possessor = (
        "" if site.left.endswith("等") or role.counts_list(site.left, site.mention) else _possessor(words)
    )
    if site.left.endswith("等"):
        verb = phrase.read(site.left).verb
    verb, indicator, reasons = _indicator(context, item, stated, words, verb, possessor)
    if site.mention.dimension == "area" and not indicator.endswith(LAND):
        indicator += "面积"
    figure = assemble.figure(context, item, stated, indicator, verb, reasons)
    carry.verb = "" if words.verb in wording().nounlike else words.verb
    carry.noun = indicator[len(verb) :]
    carry.unit = figure.unit
    carry.is_counted = figure.dimension in COUNTED
    carry.last = indicator
    carry.measure = carry.noun
    carry.topic = carry.noun
    carry.subject = possessor or carry.subject
    return figure


def _possessor(words: phrase.Phrase) -> str:
    """Return the words between verb and number that belong to what is counted."""
    noun = _TOTAL.sub("", words.noun)
    if wording().verb_end.search(noun):
        return ""
    return "" if _HANGING.search(noun) or len(noun) > 14 else noun


def _indicator(
    context: Context, item: Item, stated: Relation, words: phrase.Phrase, verb: str, possessor: str
) -> tuple[str, str, list[Reason]]:
    """Return the verb, the indicator and its reasons."""
    site, carry = item.site, context.carry
    right = phrase.clean(site.right)
    reasons = [Reason("indicator", 0.85, "C306")]
    place = _PLACE_ACT.match(right) if _LOCATIVE.search(stated.rest) else None
    if place:
        return "", place["act"] + place["place"], reasons
    if site.mention.dimension == "money" and site.left.endswith(("投资", "投入", "安排")):
        return "", phrase.read(right).noun + site.left[-2:], reasons
    if site.mention.dimension == "ratio":
        share = _SHARE.match(right)
        if share:
            return "", f"{possessor}{share['act']}的{share['noun']}占比", reasons
        return "", f"{possessor}{right.removeprefix('的')}占比", reasons
    act = _ACT.match(right)
    if (
        act
        and verb in ("", "新增")
        and not possessor
        and not words.dropped
        and item.start == context.part.start
    ):
        return verb, verb + act["act"] + act["noun"], reasons
    noun, _ = phrase.before_onset(right)
    if not verb and not words.dropped and not words.words and carry.verb and len(noun) < 12:
        verb = carry.verb
        reasons.append(Reason("indicator", 0.85, "C301", verb))
    return verb, verb + possessor + noun, reasons
