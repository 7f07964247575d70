"""Figures that stand before their noun (数在名前): 新建50个示范园, 在7个社区开展试点, 55%以上的村实现分红."""

from __future__ import annotations

import re
from dataclasses import replace

from luoshi.catalogue.measure import COUNTED
from luoshi.catalogue.wording import wording
from luoshi.compiler.target import assemble, phrase, qualifier, relation, role, spend
from luoshi.compiler.target.figure import Figure, Reason
from luoshi.compiler.target.item import Item
from luoshi.compiler.target.relation import Relation
from luoshi.compiler.target.scene import Context
from luoshi.compiler.target.site import Site

_LOCATIVE = re.compile(
    r"(?:在|对|为|向|于|给|与)(?P<where>全[省市县区州]|主城区|城区|农村|[^，。；、]{1,3}[市县区乡镇])?$"
)
_PLACE_ACT = re.compile(
    r"(?P<place>.{1,18}?)(?P<act>(?:开展|推行|推广|试点|实施|建设|建立|进行|设立|设置|启动|推进|铺设|安装|新建|改造|创建|全面|建成|提供|发放|配备|举办|组建|实行|免费|办理|购买|给予|落实).+)$"
)
_ACT = re.compile(
    r"(?P<noun>.{1,16}?)(?P<act>(?:实现|达到|(?<![交普互畅流沟联贯卡开精打变])通(?!道|信|用|讯|村|过)|用上|开通|建成|享受|喝上|纳入|进入|免征|减免|列入|入选|获评|获批|入围|晋级|申报列入|成功申报|达标|上市|挂牌|取消|开展|完成|转型|通过|落户|入驻|报(?=省|国|请|批|审|备)|在(?=.{2,10}(?:上市|挂牌|开工|投产|落户|入驻)))[^，。；]{0,14})$"
)
_LIFTED = re.compile(r".{2,20}?(?:全部|稳定|如期|顺利|实现|高质量)*(?:脱贫|出列|摘帽|销号|退出|致富)")
_ALL_DO = re.compile(
    r"(?P<noun>[^的]{2,12}?)(?:全部|均|都)(?P<act>(?:建成|达到|实现|完成|纳入|通过|接入|配备|配齐|用上|设立|建立).{2,14})$"
)
_SHARE = re.compile(
    r"的?(?P<noun>.+?)(?P<act>(?:实现|达到|完成|建成|经营|年收入|收入|纳入|通过|享受|具备|具有|拥有|建有|用上|得到|实行|开展|推行|建立|配备|开通|接入|成为).*)$"
)
_TOTAL = re.compile(r"(?:总投资|计划投资|投资额?)[约达超过]*[\d.,]+[百千万亿]*元?(?:的|、|，)?")
_HANGING = re.compile(r"(?:由|在|对|为|将|把|向|的|各|每|等|及|和|、)$")
LAND = re.compile(
    r"(?:面积|区域|厂房|住房|用房|(?:农|良|梯|稻|林|粮|高产|基本|高标准)田|(?:土|用|耕|绿|林|草|湿|荒|沙)地|草原|造林)$"
)
"""Nouns that say by themselves that an area is meant."""


def fits(site: Site, stated: Relation, words: phrase.Phrase) -> bool:
    """Tell whether the noun that a number counts stands after it."""
    right = site.right
    if site.mention.word or not right or right[0] in "，并、；" or right == "等":
        return False
    if right.startswith(("迈进", "挺进", "冲刺", "进军")):
        return False
    if right in ("目标", "任务", "规模") or right.startswith(
        ("的增长", "的增幅", "的增速", "的目标", "的任务", "的速度", "的要求", "的标准", "的水平")
    ):
        return False
    if qualifier.is_share(site.mention, right, is_bound=site.suffix is not None):
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
    verb, possessor = _possessor(words)
    if site.left.endswith("等") or role.counts_list(site.left, site.mention):
        possessor = ""
    if site.left.endswith("等"):
        verb = phrase.read(site.left).verb
    verb, indicator, reasons = _indicator(context, item, stated, words, verb, possessor)
    if site.mention.dimension == "area" and not LAND.search(indicator):
        indicator += "面积"
    figure = assemble.figure(context, item, replace(stated, words=()), indicator, verb, reasons)
    if words.verb or words.dropped or possessor:
        carry.verb = "" if words.verb in wording().nounlike else words.verb
    carry.noun = indicator[len(verb) :]
    carry.unit = figure.unit
    carry.is_counted = figure.dimension != "money"
    carry.last = indicator
    carry.measure = carry.noun
    carry.topic = carry.noun
    carry.subject = possessor or carry.subject
    return figure


_MADE_UP = re.compile(r"(?<=..)(?:构成|组成)的.*$")
_OF_AIM = re.compile(r"(?:的目标|的(?:年度|攻坚|阶段性|硬|目标)*(?:目标|任务)|(?<=..)(?<!工作)任务)$")
_CARRIED_OUT = re.compile(r"(?<=..)(?:集中|全面)?进行(?=[^，。；、]{2,8}$)")
_PLAIN = ("项目", "工程", "企业")
_PREDICATE = re.compile(
    r"(?P<noun>项目|工程|企业)(?:尽早|早日|尽快|加快|顺利|如期|按期|全部|年内|基本|全面)*(?P<act>(?:建成|开工|投产|竣工|达产|达效|投用|投入使用|落地|签约|入库|完工|复工|投运|运营|建设|上市|挂牌)+)"
)
_HELP = ("扶持", "帮扶", "支持", "带动", "引导", "帮助", "助力")
_HELPED = re.compile(r"(?P<noun>.{0,10}?(?:户|企业|人|者|员|农民|群众|合作社))(?:发展|开展)")
_NEXT_ITEM = re.compile(r"、[^、]*\d.*$")
_AIM_FRONT = re.compile(
    r"^(?:对|用于|为|支持|给)?(?:\d[\d.]*[万亿]?[个座条所家处户栋]?|[两三四五六七八九十]+[个座条所家处])?"
)


def _aim(context: Context, item: Item) -> str:
    """Return what money is spent on (投资2亿元对58个小区改造: 小区改造)."""
    scene, mention = context.scene, item.site.mention
    words = scene.words(mention.end, context.part.end)
    words = phrase.read(
        _AIM_FRONT.sub("", relation.SUFFIX.sub("", words, count=1) if item.site.suffix else words)
    ).noun
    return phrase.clean(phrase.after_list(_AIM_FRONT.sub("", words)))


_DONE = re.compile(r"实现|完成|达到|开展|稳定脱贫|脱贫(?![户人县村攻地成])|就业|转移就业|再就业")
_THERE_ARE = re.compile(r"(?:再|要|将|能|会|各|都)*有$")
_CLASSES = re.compile(r"(?:\d+|[一二三四五六七八九十]+)(?:大类|类|大)$")
_PLACE = re.compile(r"(?:区|县|市|镇|乡|村|地|内|线|省|院|校|站|处|）)$")


def _possessor(words: phrase.Phrase) -> tuple[str, str]:
    """Return the verb and the words between verb and number that belong to what is counted.

    Where a place does the act (甲区、乙区各建2所, 每个县至少新建1个), the verb stands after it; 每… is kept.
    """
    noun = _THERE_ARE.sub("", _CLASSES.sub("", _TOTAL.sub("", words.noun)))
    if "等" in noun:
        return words.verb, ""
    match = wording().verb_end.search(noun)
    if match and match.start() > 0:
        before = noun[: match.start()]
        if before.startswith("每"):
            return "", re.sub(r"(?:至少|都要|要|各)$", "", before) + match[0]
        if before.endswith("各") or _PLACE.search(before):
            return match[0], ""
    return words.verb, "" if _HANGING.search(noun) or len(noun) > 14 else noun


def _indicator(
    context: Context, item: Item, stated: Relation, words: phrase.Phrase, verb: str, possessor: str
) -> tuple[str, str, list[Reason]]:
    """Return the verb, the indicator and its reasons."""
    site, carry = item.site, context.carry
    right = phrase.clean(_MADE_UP.sub("", _OF_AIM.sub("", _NEXT_ITEM.sub("", site.right))))
    reasons = [Reason("indicator", 0.85, "C306")]
    locative = _LOCATIVE.search(site.left) if stated.comparator is None else None
    is_place = locative is not None or (site.left.endswith("等") and site.left.startswith(("对", "在", "为")))
    place = _PLACE_ACT.match(right) if is_place else None
    if place:
        possessor = (locative["where"] if locative else "") or ""
        if place["act"].startswith("进行"):
            return "", possessor + place["place"] + place["act"].removeprefix("进行"), reasons
        return "", place["act"] + possessor + place["place"], reasons
    if not carry.topic and (aim := spend.aim(context, item)):
        return "", aim, [Reason("indicator", 0.6, "C302", aim)]
    if site.mention.dimension == "money" and site.left.endswith(("投资", "投入", "安排")):
        return "", _aim(context, item) + site.left[-2:], reasons
    if site.mention.dimension == "ratio":
        is_bound = site.suffix is not None
        if stated.changes and right.startswith("的"):
            return "", right.removeprefix("的"), reasons
        if site.left.endswith("的") and right.startswith(("用于", "投入", "用在", "投向")):
            return "", phrase.read(site.left[:-1]).words + right + "占比", reasons
        share = _SHARE.match(right) if right.startswith("的") or is_bound else None
        if share:
            return "", f"{possessor}{share['act']}的{share['noun']}占比", reasons
        return "", f"{possessor}{right.removeprefix('的')}占比", reasons
    if not possessor and _DONE.match(right):
        return verb, verb + phrase.read(right).words, reasons
    if not verb and not possessor and _LIFTED.fullmatch(right):
        return "", right.replace("在现行标准下", "").replace("全部", ""), reasons
    whole = _ALL_DO.match(right) if not verb and not possessor else None
    if whole:
        return "", whole["noun"] + whole["act"], reasons
    act = _ACT.match(right)
    if (
        act
        and not possessor
        and act["noun"].count("“") == act["noun"].count("”")
        and not phrase.before_onset(act["noun"])[1]
        and not phrase.is_nominal(act["act"])
    ):
        return verb, verb + act["act"] + act["noun"], reasons
    noun = right if right.endswith("开放") else phrase.before_onset(right)[0]
    helped = _HELPED.match(right) if (words.verb or words.dropped).startswith(_HELP) else None
    if not (verb or possessor) and right.startswith(_PLAIN) and (done := _PREDICATE.fullmatch(right)):
        return "", done["act"] + done["noun"], reasons
    noun = _CARRIED_OUT.sub("", helped["noun"] if helped else noun)
    if not verb and not site.left.strip("、，和及与") and carry.verb and len(noun) < 12:
        verb = carry.verb
        reasons.append(Reason("indicator", 0.85, "C301", verb))
    return verb, verb + possessor + noun.removeprefix("的"), reasons
