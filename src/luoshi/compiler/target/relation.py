"""Relation between a subject and its figure (比较关系): what the words before and after a figure say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luoshi.catalogue.relation import relation_words
from luoshi.plan.model import Comparator

_SIDES = {
    "at_least": Comparator.GE,
    "above": Comparator.OVER,
    "at_most": Comparator.LE,
    "below": Comparator.UNDER,
}
_WORDS = relation_words()
_FILLER = "|".join(_WORDS.filler)
_APPROXIMATE = re.compile(r"(?:(?<![节集签预合公履大邀])约|近|大约|接近|大致|将近)$")
_PREDICATE = re.compile(rf"(?P<word>{'|'.join(_WORDS.classes)})(?:了|为)?(?:{_FILLER})*$")
_BETWEEN = re.compile(
    r"(?:(?:由|从)[^由从，。；]{0,10}\d[\d.]*[万亿]?(?:元|%|个百分点|户|人|个?工作日|小时|分钟|天|个月|个|家|亩)?|(?:每[人户名生年月亩天日次床学期平方米千克公斤吨]{1,3})+|按[^，。；]{1,6}(?:口径|计算|价格?))$"
)
_OF = re.compile(
    r"^(?P<before>.{2,}?)(?P<word>不低于|不少于|达到|超过|不超过|占|高于|低于|达|约占|占到)(?P<tail>[^，。；达占]{2,14})的$"
)
_THAN = re.compile(
    r"(?:比|较)(?:全[国省市区县州]|上级|经济|GDP|城镇|城市|地区|省|国家)[^，。；]{0,10}?(?:高出|高|快|低|多)$"
)
_AGAIN = re.compile(r"(?:分别|再)$")
_AIMED = re.compile(r"的?(?:目标)?(?:初步)?(?:安排|确定|设定)(?:为|在)$")
_REACHES_EACH = re.compile(r"(?P<before>.+?)(?:达到|达)(?P<after>每.+)")
_FILLERS = re.compile(rf"(?:{_FILLER})+$")
_LONGEST = 9
SUFFIX = re.compile(
    r"(?:及|或|（含）|\(含\)|（以上含\d+）)?(?P<word>以上|之上|以内|以下|之内|及以下|左右|上下|内(?![部容外在陆需蒙地]))|(?P<more>多|余)(?![元种样方])"
)
_SUFFIXES = {
    "以上": Comparator.GE, "之上": Comparator.GE, "以内": Comparator.LE, "以下": Comparator.LE, "之内": Comparator.LE,
    "及以下": Comparator.LE, "内": Comparator.LE, "左右": Comparator.ABOUT, "上下": Comparator.ABOUT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """What stands between a subject and its figure.

    Attributes:
        rest: The words before the figure without the relation.
        comparator: What the relation states, or None where it states none.
        changes: ``growth`` or ``cut`` where the figure is a change, else "".
        holds: Whether it must stay (稳定在, 保持在, 控制在).
        words: The words of the relation, from left to right.
    """

    rest: str
    comparator: Comparator | None
    changes: str
    holds: bool
    words: tuple[str, ...]

    @property
    def is_stated(self) -> bool:
        """Whether any word of relation stands there."""
        return bool(self.words)


def read(left: str) -> Relation:
    """Split the words before a figure into subject and relation.

    Example:
        >>> relation = read("规上工业增加值增长不低于")
        >>> relation.rest, relation.comparator, relation.changes
        ('规上工业增加值', <Comparator.GE: 'ge'>, 'growth')
    """
    inner = _REACHES_EACH.fullmatch(left)
    if inner:
        return Relation(inner["before"] + inner["after"], Comparator.GE, "", False, ("达到",))
    share = _OF.search(left)
    if share:
        before = read(share["before"])
        spoken = (*before.words, share["word"])
        side = _SIDES.get(_WORDS.classes.get(share["word"], ""), before.comparator)
        return Relation(before.rest + share["tail"], side, "", before.holds, spoken)
    left = _THAN.sub("增长", _AIMED.sub("", left))
    rest, comparator, changes, holds = left, None, "", False
    words: list[str] = []
    about = bool(_APPROXIMATE.search(rest))
    for _ in range(4):
        rest = _BETWEEN.sub("", rest)
        match = _PREDICATE.search(rest, max(0, len(rest) - _LONGEST - 8))
        if match is None or (
            match.start() == 0
            and not words
            and match["word"]
            in ("新增", "净增", "减少", "增加", "压减", "降低", "控制", "在", "扩大", "提升")
        ):
            break
        word = match["word"]
        if word == "过" and rest[match.start() - 1 : match.start()] in ("经", "通", "度", "路"):
            break
        if word in ("新增", "净增") or (
            word in ("增加", "减少", "提升", "减排", "节约") and match.start() == 0
        ):
            break
        name = _WORDS.classes[word]
        stated = _SIDES.get(name)
        if name == "plain" and words and word not in ("实现", "为", "完成"):
            break
        rest = rest[: match.start()]
        words.insert(0, word)
        if stated is not None:
            comparator = comparator or stated
        if name in ("growth", "cut") and not changes:
            changes = name
        if word in ("控制在", "控制", "控制到") or name == "hold":
            holds = True
    rest = _FILLERS.sub("", rest) if words else _AGAIN.sub("", rest)
    if about:
        comparator = Comparator.ABOUT if comparator is None or comparator is Comparator.GE else comparator
        rest = _APPROXIMATE.sub("", rest)
    return Relation(rest, comparator, changes, holds, tuple(words))


def suffix(text: str, at: int, stop: int) -> tuple[int, Comparator | None]:
    """Read 以上, 以内, 左右 … at a position; return where it ends and what it states."""
    match = SUFFIX.match(text, at, stop)
    if match is None or not match["word"]:
        return at, None
    return match.end(), _SUFFIXES[match["word"]]
