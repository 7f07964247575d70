"""Role of a number in its clause (数字角色): target, or the reason why it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from luoshi.catalogue.wording import wording
from luoshi.compiler.mention import Mention
from luoshi.compiler.target import phrase, relation
from luoshi.compiler.target.qualifier import AIMS, is_done_in, qualifies
from luoshi.compiler.target.site import Site
from luoshi.plan.model import NumberKind

RANKED = re.compile(
    r"(?:进入|跻身|位居|稳居|居|排名|位列|列|升至|提升至|提升到|保持|保持在|巩固在|晋升|挺进|迈入|冲刺|进位|进到|前移至|达到)"
    r"(?:并稳定在|到|在)?(?:全国|全省|全市|全区|全州|世界|全球|西部|中部|东部|同类|中西部|国内|省内)?[^，。；、\d]{0,12}$"
)
"""Words that lead to a place in an order (综合排名进入全国)."""
_IN_ORDER = re.compile(r"$|行列|以内|之内|水平|方阵|左右")
_STEP_UP = re.compile(
    r"(?:元)?(?:大关|台阶|门槛|规模|目标|行列|关口|俱乐部|级台阶|元台阶|级规模|级)?(?:的(?:崭新|新|历史性|发展|奋斗)*(?:目标|突破|跨越))?$"
)
_QUANTIFIED = re.compile(
    r"(?:时间|时限|期限|周期|环节|用时|耗时|天数|日数|工期|学制|年限|寿命)[^，。；]{0,10}$"
)
_COST = re.compile(r"费用|成本|收费")
_REACHES = re.compile(r"(?:达到?|到|至|超过|突破|在|寿命)$")
_EVERY = re.compile(r"每(?:新增|万|千|百|隔)?$|人均不足$|不足$")
_MERIT = re.compile(r"(?:力度|作用|优势|积极性|影响力|需求|关系|效应|合力|主体责任|品牌|名片|“金名片”|文化)$")
_BRAND = re.compile(r"(?:品牌|名片)$")
_MADE = re.compile(r"(?:打造|培育|创建|新增|争创|创响|叫响|申报|注册)$")
_SCHEME_END = re.compile(
    r"$|[、，和的等与及为]|工作|任务|发力|入手|着力|下功夫|(?:突破|建设|目标|开展)(?=$|[、，和的])|同时|齐"
)
_FORE = re.compile(r"(?:这|上述|以上|以下|下列|如下|那|前|后|其他|各|某|本|该)$")
_RULES = re.compile(
    r"(?:重要|具体|主要|基本)?(?:规定|禁令|准则|纪律|意见|全会|会议|决议|讲话|指示|条例|代表大会|文件|精神|铁律|要求)"
)
_ONE = re.compile(r"(?:新建|新增|建成|改扩建|续建|新改建|引进|新引进)$")
_EXAMPLES = ("如", "例如", "比如", "包括", "主要包括")
_PUT = re.compile(r"放在|作为|摆在|当作")
_AMONG_ALL = re.compile(r"(?:在|位居|跻身)(?:全国|全省|世界|全球|全市|全区|全州)$")
_STANDING = re.compile(r"中|排|位|里|前列")
_KEPT_RESULT = re.compile(r"(?:持续|不断|继续)?(?:巩固|拓展)[^，；。]{1,40}成果$")
_KNOWN_RULES = re.compile(
    r"(?:(?:用好|用足|用活|贯彻|执行|兑现|吃透)[^，；。]{2,20}|落实好?(?:国家|国务院|中央|省|市|自治区)[^，；。]{0,24})(?:政策|措施|意见|举措|规定)$"
)
_PEOPLE = re.compile(
    r"[^，。；、的]{0,4}(?:人民|父老|儿女|同胞)|(?:困难|人民|各族)?群众的(?:基本|切身|生活|利益|权益)"
)
_TASKS = re.compile(r"(?:重点|主要|具体|中心|基础|专项|基础性|几项)?(?:工作|任务|举措|措施)")
_TIMES = re.compile(r"分别[^，。；\d]{0,10}\d+[^，。；\d]{0,4}[、和]")
_INSTITUTIONS = re.compile(
    r"(?:制度|考核|机制|能力|职能|权利|原则|要求|纪律|规定|保障|保险|职责|功能)(?![^，、]{3})"
)
_POLICY = re.compile(r"的?(?:优惠|补贴|奖补|减免|扶持)?政策")
_EFFORT = re.compile(r"(?:左右)?(?:的)?(?:努力|时间|奋斗|攻坚|建设|持续)")


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
    if mention.dimension == "age" and not _REACHES.search(text, max(0, mention.start - 4), mention.start):
        return NumberKind.QUALIFIER
    if _EVERY.search(text, max(0, mention.start - 4), mention.start):
        return NumberKind.QUALIFIER
    return None


def of(site: Site, *, is_past: bool = False, is_limit: bool = False) -> NumberKind | None:
    """Return why a number is no target, or None where it is one.

    Args:
        site: The number and its item.
        is_past: Whether a past result is looked for, not a promise.
        is_limit: Whether limits of a procedure are looked for in a glossary.
    """
    mention = site.mention
    if not is_past and _tells_past(site.clause):
        return NumberKind.PAST
    if _KEPT_RESULT.match(site.clause) or (mention.unit in ("条", "项") and _KNOWN_RULES.search(site.clause)):
        return NumberKind.BACKGROUND
    if is_limit and mention.word == "zero":
        return None if _COST.match(site.right) else NumberKind.WORD
    if _is_background(site):
        return NumberKind.BACKGROUND
    if mention.word:
        return _of_word(site)
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
    is_made = _MADE.search(site.left) and _BRAND.search(site.right)
    if site.is_counted and site.right and not (is_limit or is_made) and _is_scheme(site.right):
        return NumberKind.ENUMERATION
    if mention.is_chinese and site.is_counted:
        return _of_chinese(site)
    return NumberKind.BACKGROUND if site.right and _is_aimed(site) else None


def is_unexplained(mention: Mention) -> bool:
    """Tell whether nothing but the lack of a unit speaks against a number; a person should look at it."""
    return not (mention.unit or mention.word or mention.is_chinese) and mention.label is None


@lru_cache(maxsize=16)
def _tells_past(clause: str) -> bool:
    # Asked for every number of a clause; a clause may be long and have many.
    return wording().past.search(clause) is not None


def _is_background(site: Site) -> bool:
    """Tell whether a number belongs to an example, to the people at large or to what something is compared with."""
    right = site.right
    if not right:
        return False
    if site.mention.dimension in ("ratio", "money") and _POLICY.fullmatch(right):
        return True
    if site.clause.startswith(_EXAMPLES) or (site.left.startswith(("把", "将")) and _PUT.search(right)):
        return True
    if site.mention.dimension in ("people", "") and (
        right.startswith(wording().populace) or _PEOPLE.match(right)
    ):
        return True
    return bool(site.is_counted and _AMONG_ALL.search(site.left) and _STANDING.search(right))


def _is_aimed(site: Site) -> bool:
    """Tell whether the clause only says what is aimed at (围绕12条产业链), with no verb of doing before the number."""
    aiming = next((verb for verb in wording().aiming if site.clause.startswith(verb)), "")
    if not aiming or wording().verb_end.search(site.left.removeprefix(aiming)):
        return False
    return not relation.read(site.left).is_stated


def _is_scheme(right: str) -> bool:
    """Tell whether the noun after a number is a part of a scheme, not a result (三个方面)."""
    if right in AIMS:
        return False
    if _MERIT.search(right) or right.startswith(("方面", "领域", "环节", "层面", "维度")):
        return True
    match = wording().schemes.match(right)
    return match is not None and _SCHEME_END.match(right, match.end()) is not None


def _of_bare(site: Site) -> NumberKind | None:
    """Decide for a multiplier without a digit: a target only where it is reached (突破千亿元, 迈上百亿台阶)."""
    stated = relation.read(site.left)
    if re.search(
        r"(?:批|个|若干|等|的|家|一)(?:年|总|主营)*(?:投资|产值|税收|营收|收入|利润|规模)*$", stated.rest
    ):
        return NumberKind.QUALIFIER
    if stated.comparator is not None and _STEP_UP.fullmatch(site.right) and stated.rest:
        return None
    if site.suffix is not None and not site.right and len(stated.rest) > 2:
        return None
    return NumberKind.QUALIFIER if site.mention.dimension == "money" else NumberKind.NAME


def _of_time(site: Site) -> NumberKind | None:
    """Decide for a time: a target only where it limits something."""
    stated = relation.read(site.left)
    if _EFFORT.match(site.right):
        return NumberKind.DATE
    if site.mention.unit.endswith("年") and stated.comparator is None and not _QUANTIFIED.search(stated.rest):
        return NumberKind.NAME
    if (stated.is_stated and not site.right) or _QUANTIFIED.search(site.left):
        return None
    if site.suffix is not None and is_done_in(site.right):
        return None
    if not (site.left.strip("、和及与 ") or site.right) and _TIMES.search(site.clause):
        return None
    if site.next_mention is not None and site.next_mention.unit == site.mention.unit and site.next_right:
        return (
            None if is_done_in(site.next_right) and site.following.startswith("、") else NumberKind.BACKGROUND
        )
    return NumberKind.BACKGROUND if not site.right else NumberKind.NAME


def _of_chinese(site: Site) -> NumberKind | None:
    """Decide for small Chinese numerals: they count the parts of a list unless a verb of doing takes them."""
    mention, left, right = site.mention, site.left, site.right
    if mention.value == 1 and not mention.is_vague:
        is_built = right and _ONE.search(left) and mention.unit in ("所", "座", "家", "条", "处")
        return None if is_built else NumberKind.WORD
    if _TASKS.fullmatch(right):
        return NumberKind.ENUMERATION
    if mention.unit == "次" and right.startswith("产业"):
        return NumberKind.NAME
    if (mention.unit == "项" and _INSTITUTIONS.match(right)) or _FORE.search(left) or _RULES.match(right):
        return NumberKind.ENUMERATION
    if not right:
        is_counted = len(relation.read(left).rest) > 1 and mention.unit != "次"
        return None if is_counted else NumberKind.ENUMERATION
    if _is_aimed(site):
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
    """Decide for 全覆盖, 清零, 翻番 and the like."""
    word, left = site.mention.word, site.left
    if site.right:
        return NumberKind.WORD if word == "zero" else NumberKind.SLOGAN
    if word == "cover" and (len(left) < 3 or left.endswith(("巩固", "的"))):
        return NumberKind.SLOGAN
    if word == "clear" and len(left) < 3:
        return NumberKind.SLOGAN
    if word == "double":
        is_measured = re.search(r"(?:比|较|在)(?:20|上|“)|实现|力争|翻[一两三]番", site.clause)
        is_name = "番" not in site.clause and re.search(r"实施|开展|推进|启动|深入", site.clause)
        return None if is_measured and not is_name else NumberKind.SLOGAN
    return None
