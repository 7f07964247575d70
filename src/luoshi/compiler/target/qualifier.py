"""Numbers that only describe the noun after them (限定条件): 过50亿元项目, 总投资3亿元的工程, 35蒸吨以下锅炉."""

from __future__ import annotations

import re

from luoshi.catalogue.measure import COUNTED
from luoshi.catalogue.wording import wording
from luoshi.compiler.mention import Mention
from luoshi.compiler.target import phrase, relation
from luoshi.compiler.target.site import AMOUNTS, Site
from luoshi.plan.model import Comparator

AIMS = ("目标", "任务", "规模")
"""Nouns after a figure that only repeat that it is a target."""
_OF_AIM = ("的目标", "的任务", "的速度", "的要求", "的标准", "的水平")
_TOTAL = re.compile(
    r"(?<!完成)(?:总投资|计划总投资|概算总投资|项目投资总额)(?:额|约|近|达|超|超过|达到|过|为)?$"
)
_REALISED = re.compile(r"(?:力争|确保|全年|努力|预计)*(?:实现|引进|达成|招引)")
_SHARE = re.compile(
    r"的[^，。；、]+?(?:实现|达到|完成|建成|经营|收入|纳入|通过|享受|具备|具有|拥有|建有|用上|得到|实行|开展|推行|建立|配备|开通|接入|成为)"
)
_DELIMITS = re.compile(r"[，、；。：]")
_JOINT = re.compile(r"(?:和|与|及|以及|或)?")
_MOVES = re.compile(
    r"(?:分别)?(?:提高|提升|增加|增长|扩大|上升|下降|降低|减少|压减|压缩|缩短|调整|提标|上调)(?:到|至|为)"
)
_ALLOWS = re.compile(
    r"(?:给予|发放|提供|补贴|补助|奖励|资助|享受)(?:不低于|不少于|每[人户年月]|一年|一次性|最高|人均|再)*$"
)
_ALLOWANCE = re.compile(r"的[^，。；]{0,12}(?:补贴|补助|津贴|奖励|救助|资助|护理|保险|补偿)")
_SPENDS = re.compile(r"(?:投资|投入|安排|筹资|筹集|筹措)(?:约|近|超|超过|不少于|不低于)?$")
_AIMED_AT = re.compile(r"对(?!外)|用于|支持|为")
_SOLVES = re.compile(r"(?:解决|改善|保障|满足|落实|完成|办理)[^，。；]{0,12}$")
_MONEY_NOUN = re.compile(
    r"[^，。；、]{0,12}(?:资金|贷款|债券|补贴|补助|投资|债务|融资|授信|税费|税收|存款|信贷|奖补|产值|收入|经费|订单|消费券|利润|资本|外资|出口|专项债|建设|用于|支持|欠款|产能|基金)"
)
_TIME_DONE = re.compile(
    r"[^，。；、]{0,4}?(?:办结|办理|完成|办好|办成|出证|答复|反馈|响应|到达|处置|拨付|到位|审结|取证|领取|核准)"
)
_TAKES = r"(?:退出|淘汰|化解|压减|削减|新增|收储|完成|储备|投放|销售|处理|处置|消纳|减少|引进|生产|加工|转化|供应|清理|清运|调运|外送|输送|消化|增加|形成|关停|置换|收购|达到|突破|超过|提高|节约|新建|建成)"
_TAKES_AMOUNT = re.compile(_TAKES + "$")
_TOOK_AMOUNT = re.compile(_TAKES + r"\d")
_CAPACITY = re.compile(r"(?:产能|能力)$")
_CAPACITY_OF = re.compile(r"的[^，。；]{1,16}(?:能力|产能)$")
_MONEY_OF = re.compile(r"的[^，。；]{0,10}(?:投资|收入|税收|利润|产值|增加值)(?:任务|目标)?$")
_FARM = re.compile(r"场|基地|项目|养殖|工程|厂|小区|牧场")
_ANIMALS = frozenset({"头", "只", "羽", "对", "尾", "箱", "匹", "头只", "羊单位"})
_YEARLY = re.compile(r"[年日](?:产|处理|加工|生产|出栏|供应)$")
_MEMBER = re.compile(r"^[^，。；、]{1,12}等(?:一批)?(?:重点|重大|产业|工业|新建|续建)?(?:项目|工程)")
_COUNTS = frozenset({"个", "项", "处", "所", "座", "家", "条", "户", "人", "名", "件", "栋", "公里"})
_SUMS = ("投资", "产值", "收入", "资金", "营收", "税收", "利润")
SIZE = re.compile(
    r"(?:预增|预计|年|总|主营)*(?:产值|收入|投资|税收|营收|营业收入|销售收入|业务收入|利润|规模|交易额|销售额)*(?:超过|达到|超|过|达|突破)"
)
"""Words between a count and an amount that says how large each of the things is."""
_PARALLEL = re.compile(r"和|与|以?及|特别是|尤其是")
_ALSO = re.compile(r"、[^，；。、]{2,14}的")
_GROUPS = ("类", "大类", "方面", "大项", "个方面", "大方面", "个类别")
_VOLTAGE = ("千伏", "kV", "KV", "kv")


def is_share(mention: Mention, right: str, *, is_bound: bool = False) -> bool:
    """Tell whether a ratio states how many of a noun do something (55%以上的村实现分红).

    Args:
        mention: The number.
        right: Words after it.
        is_bound: Whether 以上 stands between, after which 的 may be left out.
    """
    if mention.dimension != "ratio":
        return False
    return _SHARE.match(right) is not None or (is_bound and _SHARE.match("的" + right) is not None)


def share_end(mention: Mention, text: str, stop: int) -> int:
    """Return where the words of a share end; the number's own end where it is none."""
    if mention.dimension != "ratio":
        return mention.end
    after, _ = relation.suffix(text, mention.end, stop)
    place = text.find("、", after, stop)
    end = stop if place < 0 else place
    return end if is_share(mention, text[after:end], is_bound=after > mention.end) else mention.end


def is_spent(text: str, start: int, mention: Mention) -> bool:
    """Tell whether a number is money that a verb of spending takes (投入2亿元改造10条道路)."""
    return mention.dimension == "money" and _SPENDS.search(text, start, mention.start) is not None


def is_done_in(right: str) -> bool:
    """Tell whether the words after a time say what is done in it (3个工作日内办结)."""
    return _TIME_DONE.match(right) is not None


def qualifies(site: Site) -> bool:
    """Tell whether a number only describes the noun after it."""
    mention, right = site.mention, site.right
    if site.sizes_count or (site.touches_count and right and site.is_amount):
        return True
    if right.startswith("级") and not mention.dimension and mention.unit:
        return True
    if _MOVES.match(right) or _MOVES.match(site.following) or mention.unit.endswith(_VOLTAGE):
        return True
    if mention.dimension == "money" and (is_money := _of_money(site)) is not None:
        return is_money
    if is_share(mention, right, is_bound=site.suffix is not None):
        return False
    if right.startswith("的"):
        return _before_of(site)
    if site.next_mention is not None:
        beside = _beside(site, site.next_mention)
        if beside is not None:
            return beside
    return bool(right) and _before_noun(site)


def _of_money(site: Site) -> bool | None:
    """Decide for allowances, for money spent on something and for total investments."""
    if site.right.startswith("的") and _ALLOWS.search(site.left) and _ALLOWANCE.match(site.right):
        return False
    after = site.following or site.right
    if _SPENDS.search(site.left) and (_AIMED_AT.match(after) or _opens_act(after)):
        return False
    if not _TOTAL.search(site.left):
        return None
    return not (site.suffix is Comparator.GE and not site.right and _REALISED.match(site.clause))


def _opens_act(words: str) -> bool:
    return bool(wording().opener.match(words) or wording().verb_start.match(words))


def _before_of(site: Site) -> bool:
    """Decide for a number that 的 ties to a noun."""
    mention, right = site.mention, site.right
    if mention.dimension in ("people", "household") and _SOLVES.search(site.left):
        return False
    if mention.dimension == "length" and wording().verb_end.search(site.left):
        return False
    if mention.dimension == "ratio" and site.left.endswith(
        ("覆盖", "惠及", "压减", "减少", "压缩", "淘汰", "削减")
    ):
        return False
    if _CAPACITY_OF.match(right) and _TAKES_AMOUNT.search(site.left):
        return False
    if (
        mention.dimension == "money"
        and _MONEY_OF.match(right)
        and site.left.endswith(("完成", "实现", "落实"))
    ):
        return False
    if right.startswith(("的增长", "的增幅", "的增速")):
        return False
    return not relation.read(site.left).changes and not right.startswith(_OF_AIM)


def _beside(site: Site, following: Mention) -> bool | None:
    """Decide for a number with another one in its phrase (10亿元以上项目6个); None where they are apart."""
    words = site.following
    if not words and site.mention.dimension == "money" and following.dimension in COUNTED:
        return True
    if site.is_counted and following.dimension == "money" and SIZE.fullmatch(words):
        return False
    if site.left and len(words) > 2 and _PARALLEL.match(words) and phrase.read(site.left).noun:
        return None
    if words.endswith(("特别是", "尤其是")) or (
        site.mention.unit == following.unit and _PARALLEL.match(words)
    ):
        return None
    if not words and site.mention.unit in _GROUPS and site.is_counted:
        return True
    if site.is_amount and site.suffix is not None and _ALSO.fullmatch(words):
        return True
    if _DELIMITS.search(words) or _JOINT.fullmatch(words):
        return None
    if words.endswith(("和", "与", "及")) and site.mention.dimension == following.dimension:
        return site.mention.dimension == "money" and bool(site.right) and not _is_money_noun(site.right)
    if site.is_amount:
        return True
    if following.dimension == "money" and site.next_right and site.is_counted:
        return False
    if (site.left.endswith("等") or words.endswith(_SUMS)) and not site.next_right:
        return True
    if following.dimension in COUNTED or relation.read(words).is_stated:
        return True
    return None


def _before_noun(site: Site) -> bool:
    """Decide for a number right before a noun."""
    mention, right = site.mention, site.right
    if _YEARLY.search(site.left) and phrase.read(_YEARLY.sub("", site.left), whole=True).noun:
        return True
    if _MEMBER.search(right) and mention.unit.lstrip("万千百") not in _COUNTS:
        return True
    if site.is_amount and site.suffix in (Comparator.GE, Comparator.LE):
        return mention.dimension != "time" or not is_done_in(right)
    if mention.dimension in ("power", "mass", "volume", "data") and not _takes_amount(site):
        return _CAPACITY.search(right) is None
    if mention.unit.lstrip("万千百") in _ANIMALS and _FARM.search(right):
        return True
    if mention.is_chinese and mention.dimension in AMOUNTS:
        return phrase.read(site.left, whole=True).noun != ""
    if site.is_amount and re.match(r"级|规模(?!$)", right):
        return True
    return mention.dimension == "money" and not _is_money_noun(right)


def _takes_amount(site: Site) -> bool:
    """Tell whether a verb takes the amount itself (压减412万吨铁、170万吨钢), so that it does not describe the noun."""
    if site.left.strip("、和及与 "):
        return _TAKES_AMOUNT.search(site.left) is not None
    return _TOOK_AMOUNT.search(site.clause) is not None


def _is_money_noun(right: str) -> bool:
    """Tell whether the words after an amount of money name money, or say what it is spent on."""
    if _MONEY_NOUN.match(right) or right.startswith(("用于", "支持", "对", "，")):
        return True
    return wording().verb_start.match(right) is not None
