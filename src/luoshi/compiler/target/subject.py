"""Subjects that a figure's own words leave out (省略主语): from the item before, the clause before, the list's head."""

from __future__ import annotations

import re

from luoshi.catalogue.indicator import find
from luoshi.catalogue.wording import wording
from luoshi.compiler.target import phrase
from luoshi.compiler.target.scene import Carry

_TAIL = re.compile(
    r"(?:等)?(?:项目建设|建设项目|工程建设|工作|建设|行动|工程|力度|步伐|质效|水平|能力|体系|机制|制度|服务|管理|政策|措施)$"
)
_QUALIFIER = re.compile(
    r"^(?:过|超|超过|达|逾)?(?:\d[\d.]*)?[十百千万亿]+(?:元|级|亩|吨)?(?:以上|级)?(?:的)?$"
)
_GRADE = re.compile(r"(?:国家|省部?|市|县|州|自治区|区|镇|村)级(?:及?以上)?")
_LEADING_GRADE = re.compile(r"^(?:国家级|省级|市级|省部级|县级|自治区级|州级|国家|省|市)(?:及以上|以上)?")


def topic_of(clause: str) -> str:
    """Return the object that a clause without a figure is about, or "".

    Example:
        >>> topic_of("大力发展优质学前教育")
        '优质学前教育'
    """
    if _ADVERBIAL.match(clause.lstrip("，、 ")):
        return ""
    state = _STATE.match(clause)
    if state and not phrase.read(clause).verb and not phrase.read(clause).dropped:
        clause = state["subject"]
    read = phrase.read(clause)
    words = read.noun if read.verb else read.words
    inner = phrase.read(words) if read.verb else read
    words = inner.words or words
    words = phrase.clean(words)
    front, listed, rest = words.rpartition("等")
    if listed and len(rest) >= 4 and len(front) > 4:
        words = rest
    if words.find("“") >= _SHORTEST and _DEGREE.search(words):
        words = words[: words.index("“")]
    words = _SHELL.sub("", _ORDINAL.sub("", _DEGREE.sub("", words))) or words
    return words if 2 <= len(words) <= 24 and not _NO_NOUN.search(words) else ""


_SHORTEST = 2
_ADVERBIAL = re.compile(
    r"根据|按照|通过|以|围绕|坚持|在|为|立足|针对|聚焦|依托|结合|充分|着眼|按|本着|对标|瞄准|紧扣|对(?!外)|抓住|发挥|借助|利用|力争|确保|努力|从|当|把|将"
)
_STATE = re.compile(
    r"(?P<subject>.{2,12}?)(?:重点(?=推|抓|加|实|建|打|做|发|支)|保持|稳定|持续|稳步|平稳|快速|加快|不断|明显|进一步|大幅|较快)"
)
_ORDINAL = re.compile(
    r"^第[一二三四五六七八九十]+[个批期轮]|(?:\d[\d.]*[十百千万]*|(?<![十百千万])[十百千万]+)亩"
)
_DEGREE = re.compile(
    r"(?:市场)?(?:竞争力|影响力|知名度|美誉度)$|(?:服务|管理|治理)(?:能力|水平|质量|质效)$|的(?:积极性|能力|水平|力度|步伐|质量|比例|问题|作用)$"
)
_SHELL = re.compile(
    r"(?<=..)(?:“[^”]{1,8}”|(?<!”))(?:工程|行动|计划|攻坚战|活动|工作|任务|建设|专项行动|三年行动|战略)$"
)
_NO_NOUN = re.compile(r"则|将.+?到|不|要|让|就[^业近医地学]|都|是|更[^新]|的$|我们|如何")


def needs_subject(noun: str) -> bool:
    """Tell whether a phrase measures something that it does not name (产值, 公办率)."""
    return wording().relational.fullmatch(noun) is not None


_YEARLY = re.compile(r"^(?:形成)?年产")


def owner(noun: str) -> str:
    """Return whom a measured noun belongs to (产业链 of 产业链营业收入), or the noun itself.

    Example:
        >>> owner("主导产业链营业收入"), owner("示范村")
        ('主导产业链', '示范村')
    """
    match = wording().relational_end.search(noun)
    return _YEARLY.sub("", noun[: match.start()] if match and match.start() >= 2 else noun)


def fill(noun: str, carry: Carry) -> str:
    """Complete a noun phrase from the item before it in a list.

    A qualifier alone takes the noun (过千万元 after 税收过亿元企业); a phrase that begins like a part of the
    one before takes what stands before that part (示范社区 after 省级生活垃圾分类示范村).
    """
    if not carry.noun or not noun:
        return noun
    if _QUALIFIER.match(noun):
        match = re.match(r"(.*?)(?:过|超过|超|达)?(?:\d[\d.]*)?[十百千万亿]+元?(?:以上|级)?(.*)$", carry.noun)
        if match and match[2]:
            return match[1] + noun + match[2]
    if _GRADE.fullmatch(noun):
        return _GRADE.sub(noun, carry.noun, count=1) if _GRADE.search(carry.noun) else noun + carry.noun
    if len(noun) >= 3:
        place = carry.noun.rfind(noun[:2])
        if (
            place > 2
            and len(carry.noun) - place > 2
            and carry.noun[place:][:4] != noun[:4]
            and not _LEADING_GRADE.match(noun)
        ):
            return carry.noun[:place] + noun
    return noun


_ELSEWHERE = re.compile(
    r"(?:其他|其余|其它).{0,6}|[^，、]{1,6}?(?:地区|自治州|新区|开发区|高新区)|[州市县区]直|[州市县区]本级|旗县区|县市区"
)
_RATED = ("%", "亿元", "万元", "元")
_SOME_PLACE = re.compile(r"[^，、\d]{0,4}(?:[县区市镇乡村]|山区|平原|城镇|农村|园区|小区)")
_PLACE_FRONT = re.compile(
    r"[州市县区]直|[州市县区]本级|(?!城镇居|城乡居|农村居)[^，、]{0,4}?(?:县城|城区|镇区|村庄|山区|城镇|农村|县|区|市|镇|乡|村)(?![城区镇庄级])"
)


def elsewhere(noun: str, carry: Carry) -> str:
    """Complete a place that has its own figure by what the item before measured (其他县 after 县城绿化覆盖率).

    Example:
        >>> elsewhere("其他县", Carry(measure="县城绿化覆盖率", unit="%"))
        '其他县绿化覆盖率'
    """
    if not (_ELSEWHERE.fullmatch(noun) or (carry.unit in _RATED and _SOME_PLACE.fullmatch(noun))):
        return noun
    place = _PLACE_FRONT.match(carry.measure)
    rest = carry.measure[place.end() if place else 0 :]
    if "、" in rest:
        known = find(rest)
        rest = known.name if known is not None and known.how == "end" else rest
    return noun + rest


_AMOUNT = re.compile(r"(?:超|过|超过|投资)?(?:\d[\d.]*)?[十百千万亿]+元?(?:以上|级)?")


def among(noun: str, carry: Carry, *, is_measured: bool, is_counted: bool, same_unit: bool) -> str:
    """Complete a phrase after 其中: its last word says which part of the item before is meant.

    A phrase that measures something is complete; one that ends as the item before takes its front; any other is a part of
    what the item before measures (其中工业 after 协议引资额: 工业协议引资额).
    """
    if not carry.last or is_measured:
        return noun
    own, other = _AMOUNT.match(noun), _AMOUNT.search(carry.last)
    if own and other and carry.last.endswith(noun[own.end() :]):
        return carry.last[: other.start()] + own[0] + carry.last[other.end() :]
    tail = noun[-2:]
    if carry.last.endswith(tail):
        return carry.last[: -len(tail)] + noun if carry.last != noun else noun
    if len(noun) > 6 or (is_counted and (not same_unit or len(noun) > 5)):
        return noun
    return noun + carry.last if same_unit or not carry.is_counted else noun
