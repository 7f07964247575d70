"""Items (指标项): a clause divided at those of its numbers that are targets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from luoshi.catalogue.measure import COUNTED
from luoshi.catalogue.wording import wording
from luoshi.compiler.mention import Mention
from luoshi.compiler.target import qualifier, relation, role
from luoshi.compiler.target.figure import Other
from luoshi.compiler.target.scene import Scene
from luoshi.compiler.target.site import Site
from luoshi.compiler.target.stretch import Clause
from luoshi.plan.model import NumberKind

_JOIN = re.compile(r"(?:特别是|尤其是|、|和|及|以及|与|或|，)")
_JOINED = re.compile(r"(?:特别是|尤其是|和|及|与|以及)$")
_MANY = 40
"""Numbers in one clause from which it is no longer divided anew: no sentence has as many."""
_WEAK_JOIN = re.compile(r"和|及|并")


@dataclass(frozen=True, slots=True)
class Item:
    """A number that is a target, with the words of its item.

    Attributes:
        site: The number among its words.
        start: First character of the item.
        end: One past the last.
    """

    site: Site
    start: int
    end: int


def divide(
    scene: Scene, part: Clause, inside: Sequence[Mention], quotes: Sequence[tuple[int, int]]
) -> tuple[list[Item], list[Other]]:
    """Divide a clause at its numbers; those that are no targets are returned apart.

    The words of an item reach up to its neighbours, so the clause is divided anew without each number that was found to
    be none.
    """
    others: list[Other] = []
    live = _candidates(scene, part, inside, quotes, others)
    items = _sites(scene, part, live)
    index = 0
    while index < len(items):
        mention = items[index].site.mention
        reason = role.of(items[index].site, is_past=scene.is_past, is_limit=scene.is_limit)
        if reason is None:
            index += 1
            continue
        kind = None if reason is NumberKind.NAME and role.is_unexplained(mention) else reason
        others.append(Other(mention.start, mention.end, kind))
        del live[index]
        if len(live) > _MANY:
            del items[index]
        else:
            items = _sites(scene, part, live)
    return _with_tails(items), others


_TAIL = re.compile(
    r"(?P<tail>(?:全部|稳定|如期|顺利)*(?:脱贫|出列|摘帽|销号)|除险加固|(?:规划|开工|提升|升级)?(?:建设|改造|治理|整治|修复|改建|创建|编制))(?:任务|工程|项目|工作)?$"
)


_PLACE = re.compile(r"(?:村|乡镇|镇|乡|县|社区|小区|学校|企业|家庭)$")
_AFTER_PLACE = re.compile(
    r"[^村镇乡县区校企家]{0,6}(?:村|乡镇|镇|乡|县|社区|小区|学校|企业|家庭)(?P<tail>.{3,14})$"
)


def _with_tails(items: list[Item]) -> list[Item]:
    """Give the act after the last noun of a list to the nouns before it (3座大桥和5座小桥改造)."""
    for index in range(len(items) - 2, -1, -1):
        shared = _shared_noun(items[index], items[index + 1])
        if shared:
            items[index] = replace(items[index], site=replace(items[index].site, right=shared))
            continue
        right = items[index].site.right
        following = items[index + 1].site.right
        match = _AFTER_PLACE.match(following) if _PLACE.search(right) else None
        match = match or _TAIL.search(following)
        if match and right and items[index].end < items[index + 1].start + 1 and not _TAIL.search(right):
            items[index] = replace(items[index], site=replace(items[index].site, right=right + match["tail"]))
    return items


_SIZED = re.compile(r"[^\d、]{0,8}(?:超过|达到|超|过|达|突破)\d[\d.]*[百千万亿]*元(?:以上)?")
_SIZED_NOUN = re.compile(_SIZED.pattern + r"(?P<noun>[^、，]{2,12})$")
_GRADE = re.compile(r"(?:.{0,6}[型级类式]|A+|[甲乙丙一二三])$")
_GRADED = re.compile(r"(?:.{0,6}?[型级类式]|A+|[甲乙丙一二三])(?P<noun>.{2,12})$")


def _shared_noun(item: Item, following: Item) -> str:
    """Return the noun of an item whose noun stands after the next number of the same unit.

    全市25件和中心城区20件民生实事: 民生实事; 2个综合型、3个管护型林场: 综合型林场.
    """
    site, other = item.site, following.site
    if not site.is_counted or not other.right:
        return ""
    if not site.right and not site.following and site.next_mention is not None:
        return other.right
    if site.mention.unit != other.mention.unit:
        return ""
    if not site.right:
        is_divided = _PLACE_END.search(site.left) and _PLACE_END.search(other.left)
        return other.right if is_divided else ""
    sized, whole = _SIZED.fullmatch(site.right), _SIZED_NOUN.match(other.right)
    if sized and whole:
        return site.right + whole["noun"]
    graded = _GRADED.match(other.right)
    if graded and _GRADE.fullmatch(site.right) and not other.left.strip("、和及与"):
        return site.right + graded["noun"]
    return ""


_PLACE_END = re.compile(r"(?:全[省市县区]|[城区县省市镇乡湖河库区旗州级])$")


def _candidates(
    scene: Scene,
    part: Clause,
    inside: Sequence[Mention],
    quotes: Sequence[tuple[int, int]],
    others: list[Other],
) -> list[Mention]:
    """Return the numbers whose surroundings must decide; the rest goes to `others`."""
    dates = [(limit.start, limit.end) for limit in scene.limits]
    live: list[Mention] = []
    covered = -1
    for number in inside:
        fixed = role.fixed(number, scene.text, quotes, dates, is_limit=scene.is_limit)
        if fixed is None and number.start < covered:
            fixed = NumberKind.QUALIFIER
        if fixed is not None:
            others.append(Other(number.start, number.end, fixed))
            continue
        live.append(number)
        covered = max(covered, qualifier.share_end(number, scene.text, part.end))
    return live


def _sites(scene: Scene, part: Clause, live: Sequence[Mention]) -> list[Item]:
    """Give each number the words of its item."""
    items: list[Item] = []
    start = part.start
    clause = scene.words(part.start, part.end)
    for index, number in enumerate(live):
        following = live[index + 1] if index + 1 < len(live) else None
        after, stated = relation.suffix(scene.text, number.end, part.end)
        end, next_start = _edge(
            scene.text, after, part.end, following, is_spent=qualifier.is_spent(scene.text, start, number)
        )
        site = Site(
            mention=number,
            left=scene.words(start, number.start).rstrip(" \u3000"),
            right=_NOTE.sub("", scene.words(after, end).lstrip(" \u3000")),
            suffix=stated,
            next_mention=following,
            following=scene.text[after : following.start] if following is not None else "",
            next_right=_after(scene.text, following, part.end),
            sizes_count=index > 0 and _sizes(scene.text, live[index - 1], number),
            touches_count=index > 0
            and live[index - 1].end == number.start
            and live[index - 1].dimension in COUNTED,
            clause=clause,
        )
        items.append(Item(site, start, end))
        start = next_start
    return items


_NOTE = re.compile(r"^(?:\[\d+\]|【\d+】|〔\d+〕|［\d+］|（\d+）|(?<!.)[①②③④⑤⑥⑦⑧⑨⑩])+")
_STOP = re.compile(r"[，、；。和及与]")


def _sizes(text: str, before: Mention, number: Mention) -> bool:
    if before.dimension not in COUNTED or number.dimension != "money":
        return False
    return qualifier.SIZE.fullmatch(text, before.end, number.start) is not None


def _after(text: str, number: Mention | None, stop: int) -> str:
    """Return the words after a number and its 以上, up to a mark or a joint."""
    if number is None:
        return ""
    after, _ = relation.suffix(text, number.end, stop)
    match = _STOP.search(text, after, stop)
    return text[after : match.start() if match else stop]


def _edge(text: str, after: int, stop: int, following: Mention | None, *, is_spent: bool) -> tuple[int, int]:
    """Return where an item ends and where the next one begins."""
    if following is None:
        return (after, stop) if text[after : after + 1] in ("、", "，") else (stop, stop)
    between = text[after : following.start]
    join = _JOIN.match(between)
    if join:
        return after, after + join.end()
    ending = _JOINED.search(between)
    if ending and ending.start() > 0:
        return after + ending.start(), following.start
    place = between.rfind("、")
    if place < 0:
        place = max((match.start() for match in _WEAK_JOIN.finditer(between)), default=-1)
    if place > 0:
        return after + place, after + place + 1
    if is_spent and following.dimension in COUNTED and wording().verb_start.match(between):
        return after, after
    return following.start, following.start


def groups(items: Sequence[Item]) -> list[list[Item]]:
    """Put together figures that follow each other with nothing but a joint between them (7%和8%)."""
    found: list[list[Item]] = []
    for item in items:
        is_alone = not item.site.left.strip("、和及与") and not item.site.right
        if found and is_alone and not found[-1][-1].site.right:
            found[-1].append(item)
        else:
            found.append([item])
    return found
