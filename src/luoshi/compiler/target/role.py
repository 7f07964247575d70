"""Role of a number in its clause (数字角色): target, or the reason why it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from luoshi.catalogue.measure import COUNTED
from luoshi.catalogue.wording import wording
from luoshi.compiler.mention import Mention
from luoshi.compiler.target import phrase, relation
from luoshi.plan.model import Comparator, NumberKind

_AMOUNTS = frozenset(
    {"money", "area", "mass", "power", "length", "volume", "time", "age", "concentration", "rate", "data"}
)
_SIZE = re.compile(
    r"(?:总投资|投资额|投资规模|计划投资|概算|估算|总规模|占地|占地面积|建筑面积|总建筑面积|总面积|规模|注册资本|投资|全长|总长|长|长度|库容|装机|年产|日产|产能|设计|规划面积|宽|高|深|面积|总长度|里程|价值|约|近|达|超|超过|过|总|容量|体量)$"
)
_GRADE = re.compile(r"级|期(?!间)|路|型|档|的?(?:[^，。；]{0,2})?(?:以上|以下)(?=[^，。；、]{1,})")
_STEP_UP = re.compile(
    r"(?:元)?(?:大关|台阶|门槛|规模|目标|行列|关口|俱乐部|级台阶|元台阶|级规模|级)?(?:的(?:崭新|新|历史性|发展|奋斗)*(?:目标|突破|跨越))?$"
)
_TIME_DONE = re.compile(
    r"[^，。；、]{0,4}?(?:办结|办理|完成|办好|办成|出证|答复|反馈|响应|到达|处置|拨付|到位|审结|取证|领取|核准)"
)
_QUANTIFIED = re.compile(
    r"(?:时间|时限|期限|周期|环节|用时|耗时|天数|日数|工期|学制|年限|寿命)[^，。；]{0,10}$"
)
_TOTAL = re.compile(
    r"(?<!完成)(?:总投资|计划总投资|概算总投资|项目投资总额)(?:额|约|近|达|超|超过|达到|过|为)?$"
)
_SHARE = re.compile(
    r"的[^，。；、]+?(?:实现|达到|完成|建成|经营|收入|纳入|通过|享受|具备|具有|拥有|建有|用上|得到)"
)
_COST = re.compile(r"费用|成本|收费")
_EVERY = re.compile(r"每(?:新增|万|千|百|隔)?$|人均不足$|不足$")
_DELIMITS = re.compile(r"[，、；。：]")
_JOINT = re.compile(r"(?:和|与|及|以及|或)?")


@dataclass(frozen=True, slots=True)
class Site:
    """A number among the words of its item.

    Attributes:
        mention: The number.
        left: Words before it in its item, time limits and words of strength left out.
        right: Words after it and its 以上, up to the end of the item.
        suffix: What 以上, 以内 … after it states, or None.
        following: Words up to the next number of the clause, where there is one before a mark.
        next_mention: That number, or None.
        next_right: Words after that number.
        clause: All words of the clause.
    """

    mention: Mention
    left: str
    right: str
    suffix: Comparator | None
    next_mention: Mention | None
    following: str
    next_right: str
    clause: str


def fixed(
    mention: Mention,
    text: str,
    ranges: Sequence[tuple[int, int]],
    dates: Sequence[tuple[int, int]],
    *,
    is_limit: bool = False,
) -> NumberKind | None:
    """Return the role of a number that its surroundings need not decide, or None.

    Args:
        mention: The number.
        text: Reading text.
        ranges: Ranges inside quotation marks.
        dates: Ranges of time limits.
        is_limit: Whether limits of a procedure are looked for in a glossary.
    """
    if any(start <= mention.start < end for start, end in dates):
        return NumberKind.DATE
    if any(start <= mention.start < end for start, end in ranges):
        return mention.label if mention.label is NumberKind.NAME else NumberKind.SLOGAN
    if mention.label is not None:
        return mention.label
    if mention.value is None or (mention.word == "zero" and not is_limit):
        return NumberKind.WORD
    if mention.dimension == "age" or _EVERY.search(text, max(0, mention.start - 4), mention.start):
        return NumberKind.QUALIFIER
    return None


@lru_cache(maxsize=16)
def _tells_past(clause: str) -> bool:
    # Asked for every number of a clause; a clause may be long and have many.
    return wording().past.search(clause) is not None


def of(site: Site, *, is_past: bool = False, is_limit: bool = False) -> NumberKind | None:
    """Return why a number is no target, or None where it is one.

    Args:
        site: The number and its item.
        is_past: Whether a past result is looked for, not a promise.
        is_limit: Whether limits of a procedure are looked for in a glossary.
    """
    mention = site.mention
    known = wording()
    if site.clause.startswith(("如", "例如", "比如", "包括")) and site.right:
        return NumberKind.BACKGROUND
    if not is_past and _tells_past(site.clause):
        return NumberKind.PAST
    if is_limit and mention.word == "zero":
        return None if _COST.match(site.right) else NumberKind.WORD
    if re.match(r"把|将", site.left) and re.search(r"放在|作为|摆在|当作", site.right):
        return NumberKind.BACKGROUND
    if (
        mention.dimension in COUNTED
        and site.right
        and re.search(r"(?:在|位居|跻身)(?:全国|全省|世界|全球|全市|全区|全州)$", site.left)
        and re.search(r"中|排|位|里|前列", site.right)
    ):
        return NumberKind.BACKGROUND
    if mention.word:
        return _of_word(site)
    if mention.dimension == "people" and site.right.startswith(known.populace):
        return NumberKind.BACKGROUND
    if mention.dimension == "rank" and not mention.unit.endswith("位次"):
        return None if RANKED.search(site.left) and _IN_ORDER.match(site.right) else NumberKind.NAME
    if mention.is_bare:
        return _of_bare(site)
    if qualifies(site):
        return NumberKind.QUALIFIER
    if not mention.unit:
        return None if relation.read(site.left).is_stated and not site.right else NumberKind.NAME
    if mention.dimension == "time":
        return _of_time(site)
    if mention.dimension in COUNTED and site.right and not is_limit and _is_scheme(site.right):
        return NumberKind.ENUMERATION
    if mention.is_chinese and mention.dimension in COUNTED:
        return _of_chinese(site)
    if (
        site.right
        and site.clause.startswith(known.aiming)
        and not relation.read(site.left).is_stated
        and not known.verb_end.search(site.left)
    ):
        return NumberKind.BACKGROUND
    return None


_MERIT = re.compile(r"(?:力度|作用|优势|积极性|影响力|需求|关系|效应|合力|主体责任)$")
_SCHEME_END = re.compile(r"$|[、，和的等与及为]|工作|任务|发力|入手|着力|下功夫|突破|建设|目标|开展|同时|齐")


def _is_scheme(right: str) -> bool:
    """Tell whether the noun after a number is a part of a scheme, not a result (三个方面)."""
    if right in ("目标", "任务", "规模"):
        return False
    if _MERIT.search(right):
        return True
    if right.startswith(("方面", "领域", "环节", "层面", "维度")):
        return True
    match = wording().schemes.match(right)
    return match is not None and _SCHEME_END.match(right, match.end()) is not None


_TAKES_AMOUNT = re.compile(
    r"(?:退出|淘汰|化解|压减|削减|新增|收储|完成|储备|投放|销售|处理|处置|消纳|减少|引进|生产|加工|转化|供应|清理|清运|调运|外送|输送|消化|增加|形成|关停|置换|收购|达到|突破|超过|提高|节约|新建|建成)$"
)
_ANIMALS = frozenset({"头", "只", "羽", "对", "尾", "箱", "匹", "头只", "羊单位"})
_MOVES = re.compile(
    r"(?:分别)?(?:提高|提升|增加|增长|扩大|上升|下降|降低|减少|压减|压缩|缩短|调整|提标|上调)(?:到|至|为)"
)
_ALLOWS = re.compile(
    r"(?:给予|发放|提供|补贴|补助|奖励|资助|享受)(?:不低于|不少于|每[人户年月]|一年|一次性|最高|人均|再)*$"
)
_ALLOWANCE = re.compile(r"的[^，。；]{0,12}(?:补贴|补助|津贴|奖励|救助|资助|护理|保险|补偿)")
_SPENDS = re.compile(r"(?:投资|投入|安排|筹资|筹集|筹措)(?:约|近|超|超过|不少于|不低于)?$")
_AIMS = re.compile(r"对(?!外)|用于|支持|为")
RANKED = re.compile(
    r"(?:进入|跻身|位居|稳居|居|排名|位列|列|升至|提升至|提升到|保持|保持在|巩固在|晋升|挺进|迈入|冲刺|进位|进到|前移至|达到)"
    r"(?:并稳定在|到|在)?(?:全国|全省|全市|全区|全州|世界|全球|西部|中部|东部|同类|中西部|国内|省内)?[^，。；、\d]{0,12}$"
)
_IN_ORDER = re.compile(r"$|行列|以内|之内|水平|方阵|左右")
_SOLVES = re.compile(r"(?:解决|改善|保障|满足|落实|完成|办理)[^，。；]{0,12}$")


def is_share(mention: Mention, right: str) -> bool:
    """Tell whether a ratio states how many of a noun do something (55%以上的村实现分红)."""
    return mention.dimension == "ratio" and _SHARE.match(right) is not None


def share_end(mention: Mention, text: str, stop: int) -> int:
    """Return where the words of a share end; the number's own end where it is none."""
    after, _ = relation.suffix(text, mention.end, stop)
    place = text.find("、", after, stop)
    end = stop if place < 0 else place
    return end if is_share(mention, text[after:end]) else mention.end


def qualifies(site: Site) -> bool:
    """Tell whether a number only describes the noun after it (过50亿元项目, 总投资3亿元的工程)."""
    mention, right = site.mention, site.right
    if (
        mention.dimension == "money"
        and right.startswith("的")
        and _ALLOWS.search(site.left)
        and _ALLOWANCE.match(right)
    ):
        return False
    if mention.dimension == "money" and _SPENDS.search(site.left) and _AIMS.match(site.following or right):
        return False
    if mention.dimension == "money" and _TOTAL.search(site.left):
        return True
    if is_share(mention, right):
        return False
    if mention.dimension in ("people", "household") and right.startswith("的") and _SOLVES.search(site.left):
        return False
    if mention.dimension == "length" and right.startswith("的") and wording().verb_end.search(site.left):
        return False
    if mention.dimension == "ratio" and right.startswith("的") and site.left.endswith(("覆盖", "惠及")):
        return False
    if right.startswith("的") and not relation.read(site.left).changes:
        return not right.startswith(("的目标", "的任务", "的速度", "的要求", "的标准", "的水平"))
    if (
        site.next_mention is not None
        and not _DELIMITS.search(site.following)
        and not _JOINT.fullmatch(site.following)
    ):
        is_counted = site.next_mention.dimension in COUNTED
        if site.following.endswith(("和", "与", "及")) and mention.dimension == site.next_mention.dimension:
            return mention.dimension == "money" and bool(right) and not _is_money_noun(right)
        if mention.dimension in _AMOUNTS and (is_counted or site.following):
            return True
        if site.next_mention.dimension == "money" and site.next_right and mention.dimension in COUNTED:
            return False
        if site.following and (is_counted or relation.read(site.following).is_stated):
            return True
    if mention.dimension in _AMOUNTS and right and site.suffix in (Comparator.GE, Comparator.LE):
        return mention.dimension != "time" or not _TIME_DONE.match(right)
    if (
        mention.dimension in ("power", "mass", "volume", "data")
        and right
        and not _TAKES_AMOUNT.search(site.left)
    ):
        return not re.search(r"(?:产能|能力)$", right)
    if (
        mention.unit.lstrip("万千百") in _ANIMALS
        and right
        and re.search(r"场|基地|项目|养殖|工程|厂|小区|牧场", right)
    ):
        return True
    if mention.is_chinese and not mention.is_bare and mention.dimension in _AMOUNTS and right:
        return phrase.read(site.left, whole=True).noun != ""
    if mention.dimension in _AMOUNTS and right and re.match(r"级|规模(?!$)", right):
        return True
    return mention.dimension == "money" and bool(right) and not _is_money_noun(right)


_MONEY_NOUN = re.compile(
    r"[^，。；、]{0,12}(?:资金|贷款|债券|补贴|补助|投资|债务|融资|授信|税费|税收|存款|信贷|奖补|产值|收入|经费|订单|消费券|利润|资本|外资|出口|专项债|建设|用于|支持|欠款|产能|基金)"
)


def _is_money_noun(right: str) -> bool:
    """Tell whether the words after an amount of money name money, or say what it is spent on."""
    if _MONEY_NOUN.match(right) or right.startswith(("用于", "支持", "对", "，")):
        return True
    return wording().verb_start.match(right) is not None


def _of_bare(site: Site) -> NumberKind | None:
    stated = relation.read(site.left)
    if re.search(r"(?:批|个|若干|等|的|家|一)$", stated.rest):
        return NumberKind.QUALIFIER
    if stated.comparator is not None and _STEP_UP.fullmatch(site.right) and stated.rest:
        return None
    if site.suffix is not None and not site.right and len(stated.rest) > 2:
        return None
    return NumberKind.QUALIFIER if site.mention.dimension == "money" else NumberKind.NAME


def _of_time(site: Site) -> NumberKind | None:
    stated = relation.read(site.left)
    if re.match(r"(?:左右)?(?:的)?(?:努力|时间|奋斗|攻坚|建设|持续)", site.right):
        return NumberKind.DATE
    if site.mention.unit.endswith("年") and stated.comparator is None and not _QUANTIFIED.search(stated.rest):
        return NumberKind.NAME
    if stated.is_stated and not site.right:
        return None
    if site.suffix is not None and _TIME_DONE.match(site.right):
        return None
    if _QUANTIFIED.search(site.left):
        return None
    return NumberKind.BACKGROUND if not site.right else NumberKind.NAME


_FORE = re.compile(r"(?:这|上述|以上|以下|下列|如下|那|前|后|其他|各|某|本|该)$")
_RULES = re.compile(
    r"(?:重要|具体|主要|基本)?(?:规定|禁令|准则|纪律|意见|全会|会议|决议|讲话|指示|条例|代表大会|文件|精神|铁律|要求)"
)
_ONE = re.compile(r"(?:新建|新增|建成|改扩建|续建|新改建|引进|新引进)$")


def _of_chinese(site: Site) -> NumberKind | None:
    """Small Chinese numerals count the parts of a list unless a verb of doing takes them."""
    mention, left, right = site.mention, site.left, site.right
    if mention.value == 1 and not mention.is_vague:
        return (
            None
            if right and _ONE.search(left) and mention.unit in ("所", "座", "家", "条", "处")
            else NumberKind.WORD
        )
    if mention.unit == "次" and right.startswith("产业"):
        return NumberKind.NAME
    if _FORE.search(left) or _RULES.match(right):
        return NumberKind.ENUMERATION
    if not right:
        stated = relation.read(left)
        return None if len(stated.rest) > 1 and mention.unit != "次" else NumberKind.ENUMERATION
    if site.clause.startswith(wording().aiming) and not wording().verb_end.search(left):
        return NumberKind.BACKGROUND
    if right.startswith("等"):
        return NumberKind.WORD
    if left.endswith("等") or phrase.read(left, whole=True).noun == "" or counts_list(left, mention):
        return None
    return NumberKind.WORD


def counts_list(left: str, mention: Mention) -> bool:
    """Tell whether the words before name as many members as the number says (甲、乙两所)."""
    members = re.split(r"、|和|及", phrase.read(left).words)
    return len(members) > 1 and len(members) == mention.value


def _of_word(site: Site) -> NumberKind | None:
    word, left, right = site.mention.word, site.left, site.right
    if right:
        return NumberKind.SLOGAN if word in ("cover", "clear", "double", "half") else NumberKind.WORD
    if word == "cover" and (len(left) < 3 or left.endswith(("巩固", "的"))):
        return NumberKind.SLOGAN
    if word == "clear" and len(left) < 3:
        return NumberKind.SLOGAN
    if word == "double" and not re.search(r"(?:比|较|在)(?:20|上|“)|实现|力争|翻[一两三]番", site.clause):
        return NumberKind.SLOGAN
    if word == "double" and re.search(r"实施|开展|推进|启动|深入", site.clause) and "番" not in site.clause:
        return NumberKind.SLOGAN
    return None
