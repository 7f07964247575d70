"""Figures that stand after their noun (名在数前): 新增企业30家, 收集率达到85%, 收入增长6%左右."""

from __future__ import annotations

import re

from luoshi.catalogue.measure import COUNTED
from luoshi.catalogue.wording import wording
from luoshi.compiler.target import assemble, phrase, role, spend, spread, subject
from luoshi.compiler.target.figure import Figure, Reason
from luoshi.compiler.target.item import Item
from luoshi.compiler.target.numberfirst import LAND
from luoshi.compiler.target.relation import Relation
from luoshi.compiler.target.scene import Carry, Context
from luoshi.compiler.target.site import Site
from luoshi.plan.model import Comparator

_PHYSICAL = COUNTED | {"length", "area", "volume", "power", "mass"}
_CLEARED = re.compile(r"(?:保持|实现|动态|基本|全部|全面|持续|达到|整改|办理)+$")
_OWN = ("投资", "消费", "出口", "产业投资", "工业投资", "民间投资", "项目投资")
"""Measures that need no subject where they grow."""
_OF_WHOLE = re.compile(r"占.+(?:投资|收入|产值|总量|总数)$")
_DOING = re.compile(
    r"(?:培养|培训|就业|创业|脱贫|改造|建设|治理|修复|转化|交易|销售|实现|达到|接待|提升|完成|盘活|整治|搬迁|安置|流转|种植|养殖)$"
)
_SPENT = re.compile(r"(?:计划)?完成(?:年度|总)?投资")
_INVESTED_IN = re.compile(
    r"项目|工程|园区?|改造|公路|铁路|机场|水利|交通|城建|工业|产业|基础设施|建设|能源|枢纽|技改|企业"
)
_WHOLE = re.compile(r"^全[省市县区州国]")
_LEFT_OVER = re.compile(r"^.*\d[\d.]*[百千万亿]*(?:元|个|家|亩|%|公里|人|户|项|平方米|吨)[^、]*、(?=.)")
_LISTED = re.compile(r"^.*等(?:\d+|[两三四五六七八九十]+)[个家条项处座所](?=.{2})")
_TOWN_OR_COUNTRY = ("城镇", "城市", "农村", "乡村")
_CAUSE = re.compile(r"^.*?(?:可使|使得|将使|使(?!用|命|馆|领)|可让|让(?!利|渡)|可为)(?=.{3})")
_ACT_BEFORE = re.compile(r"(?<=..)(?:新开工|开工|竣工|投产|建成|签约)$")
_COUNTED_FRONT = re.compile(r"^[两三四五六七八九十]+[个条家项大所座](?=.{3})")


def read(
    context: Context,
    item: Item,
    stated: Relation,
    words: phrase.Phrase,
    *,
    shared: Comparator | None = None,
) -> Figure:
    """Read a figure whose noun comes before it.

    Args:
        context: Sentence, clause and earlier items.
        item: The number and its words.
        stated: Relation between noun and number.
        words: The noun phrase.
        shared: What 以上, 以内 after the last figure of the list states.
    """
    site, carry = item.site, context.carry
    named = _COUNTED_FRONT.sub("", phrase.after_list(phrase.clean(words.words)))
    named = _LISTED.sub("", _LEFT_OVER.sub("", _CAUSE.sub("", named)))
    if words.verb and not named.startswith(words.verb) and named in words.words:
        named = words.verb + named
    if named in ("人", "人均") and "人均" in site.left:
        named = "人均" + _WHOLE.sub("", carry.measure)
    if named == "资金" and words.dropped.endswith(("安排", "争取", "落实")):
        named = words.dropped[-2:] + named
    named = named.removesuffix("向").removesuffix("朝着")
    verb = words.verb if named.startswith(words.verb) else ""
    is_part = site.left.lstrip("，、 ").startswith("其中")
    verb, noun, reasons = _completed(site, stated, words, named, verb, carry, is_part=is_part)
    indicator = noun if is_part or noun.startswith(verb) else verb + noun
    if _lacks_subject(site, stated, indicator, verb):
        indicator, reason = _with_subject(site, stated, indicator, verb, carry)
        reasons += reason
    if not carry.topic and (aim := spend.aim(context, item)):
        indicator = aim
        reasons.append(Reason("indicator", 0.6, "C302", aim))
    indicator = _in_full(site, indicator, verb, carry, words)
    figure = assemble.figure(context, item, stated, indicator, verb, reasons, suffix=shared)
    _remember(context, figure, words, noun[len(verb) :] if noun.startswith(verb) else noun, is_part=is_part)
    return figure


def _completed(
    site: Site, stated: Relation, words: phrase.Phrase, named: str, verb: str, carry: Carry, *, is_part: bool
) -> tuple[str, str, list[Reason]]:
    """Take over from the item before what this one leaves out; return verb, phrase and reasons."""
    if is_part:
        is_counted = site.mention.dimension in COUNTED
        noun = subject.among(
            named,
            carry,
            is_measured=spread.is_measured(named),
            is_counted=is_counted,
            same_unit=carry.unit == site.mention.unit,
        )
        verb = carry.verb if carry.verb in wording().increments else verb
        return verb, noun, [Reason("indicator", 0.7, "C303", carry.last)]
    if not verb and carry.unit == site.mention.unit and carry.measure:
        named = subject.elsewhere(named, carry)
    if verb or stated.is_stated:
        return verb, named, []
    if not words.dropped and _inherits(site, named, carry):
        noun = subject.fill(named, carry)
        return carry.verb, carry.verb + noun, [Reason("indicator", 0.85, "C301", carry.verb)]
    named = subject.fill(named, carry) if named else named
    return verb, named, []


def _inherits(site: Site, named: str, carry: Carry) -> bool:
    """Tell whether an item without a verb takes over that of the item before."""
    if not carry.verb or not named or "达到" in named or named.startswith("年"):
        return False
    if carry.unit == site.mention.unit or (carry.is_counted and site.mention.dimension in _PHYSICAL):
        return not (site.mention.dimension == "people" and _DOING.search(named))
    return False


def _lacks_subject(site: Site, stated: Relation, indicator: str, verb: str) -> bool:
    if not indicator:
        return True
    if indicator == verb:
        return verb not in wording().complete
    if indicator.startswith("占") or indicator in _TOWN_OR_COUNTRY:
        return True
    return subject.needs_subject(indicator) and not (stated.changes and indicator in _OWN)


def _with_subject(
    site: Site, stated: Relation, indicator: str, verb: str, carry: Carry
) -> tuple[str, list[Reason]]:
    """Put what the sentence is about before a phrase that lacks it, or after a lone verb.

    A change without a subject is one of what the item before measured (产值3亿元，增长5%).
    """
    is_same = not indicator or indicator.startswith("占")
    topic = carry.measure if is_same and carry.measure else carry.topic
    if not topic or topic in indicator:
        return indicator, []
    if indicator in _TOWN_OR_COUNTRY and "城乡" in topic:
        return topic.replace("城乡", indicator, 1), [Reason("indicator", 0.6, "C302", topic)]
    if _SPENT.fullmatch(indicator) and not _INVESTED_IN.search(topic):
        return indicator, []
    if topic.endswith(indicator):
        indicator = topic
    elif indicator == verb and verb and site.mention.dimension != "people":
        # 开工7万套、建成8万套: the act before belongs to the figure before.
        indicator += _ACT_BEFORE.sub("", topic)
    else:
        indicator = topic + indicator
    return indicator, [Reason("indicator", 0.6, "C302", topic)]


def _in_full(site: Site, indicator: str, verb: str, carry: Carry, words: phrase.Phrase) -> str:
    """Say what kind of measure is meant where the words leave it to the unit."""
    mention = site.mention
    if mention.word == "clear":
        return _CLEARED.sub("", indicator) or indicator
    if mention.dimension == "rank":
        indicator = role.RANKED.sub("", indicator).strip("，、") or carry.topic
        return indicator if indicator.endswith(("排名", "位次", "位", "名次")) else indicator + "排名"
    if mention.word == "zero":
        return (indicator if words.words else carry.subject) + phrase.clean(site.right or "数")
    if mention.dimension == "ratio" and "占" in indicator:
        is_whole = _OF_WHOLE.search(indicator) or not spread.is_measured(indicator)
        indicator += "比重" if is_whole and not indicator.endswith(("占比", "比重", "比例")) else ""
    if mention.word == "cover" and not indicator.endswith("率"):
        indicator += "覆盖率"
    if mention.dimension == "area" and not verb and indicator and not LAND.search(indicator):
        indicator += "面积"
    return indicator


def _remember(context: Context, figure: Figure, words: phrase.Phrase, noun: str, *, is_part: bool) -> None:
    carry = context.carry
    if words.verb:
        is_own = words.verb in wording().nounlike or words.verb in wording().complete
        carry.verb = "" if is_own else words.verb
    elif words.dropped:
        carry.verb = ""
    carry.noun = noun
    carry.unit = figure.unit
    carry.is_counted = figure.dimension in _PHYSICAL
    carry.last = figure.indicator
    carry.measure = noun or carry.measure
    if noun and not subject.needs_subject(noun):
        if is_part and not carry.whole:
            carry.whole = carry.topic
        carry.topic = subject.owner(noun)
