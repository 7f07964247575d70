"""Reading one sentence: which of its numbers are targets, and what each of them counts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from luoshi.catalogue.measure import COUNTED
from luoshi.compiler.mention import Mention
from luoshi.compiler.target import (
    duration,
    item,
    nounfirst,
    numberfirst,
    phrase,
    relation,
    spread,
    stretch,
    subject,
)
from luoshi.compiler.target.figure import Figure, Other
from luoshi.compiler.target.item import Item
from luoshi.compiler.target.scene import Carry, Context, Scene
from luoshi.compiler.target.site import Site

_SPREAD = re.compile(
    r"(?:(?<![人户年月日平])均|分别|都|各)(?:比上年|同比|较上年|要|将|力争|实际)*(?:[^，。；、]{0,6})$"
)
_COMPARED = re.compile(
    r"(?:提前)?(?:比|较|在)(?:上年|去年|20\d\d年|上一年|“十.五”(?:末|时期)?)[^，。；、\d]{0,8}?(?:提前|实现|基本|再|力争)*(?=增|提|上升|下降|降|减|翻|压|达|$)"
)
_CHANGES = {"增加": "growth", "提升": "growth", "减少": "cut", "降低": "cut", "压减": "cut", "下降": "cut"}
_WORTH = re.compile(
    r"(?:计划)?(?:总?投资|产值|税收|年?营?收入)(?:额)?(?:约|近|超过|达到|超|达|过)?\d[\d.]*[百千万亿]*元(?:以上|左右)?的$"
)
_MORE = re.compile(r"、[^、]*等(?=[^级次级高待离额分])")
_SIZED = re.compile(
    r"(?:总?投资|产值|税收|年?收入)?(?<![超过])[超过]*(?<!\d)\d[\d.]*[百千万亿]*元(?:以上|以下)?的?"
)
_DIGIT = re.compile(r"\d")


LONGEST = 3000
"""Characters beyond which a sentence is read in pieces, so that the time stays in proportion to the text."""


def sentence(scene: Scene) -> tuple[list[Figure], list[Other]]:
    """Read the figures of a sentence, and say what its other numbers are."""
    if scene.end - scene.start <= LONGEST:
        return _piece(scene)
    figures: list[Figure] = []
    others: list[Other] = []
    for start, end in _pieces(scene.text, scene.start, scene.end):
        found, rest = _piece(scene.part(start, end))
        figures.extend(found)
        others.extend(rest)
    return figures, others


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Divide a very long sentence, where it can be between clauses."""
    while end - start > LONGEST:
        place = max(text.rfind(mark, start, start + LONGEST) for mark in "；，、")
        stop = place + 1 if place > start else start + LONGEST
        yield start, stop
        start = stop
    if start < end:
        yield start, end


def _piece(scene: Scene) -> tuple[list[Figure], list[Other]]:
    figures: list[Figure] = []
    others: list[Other] = []
    carry = Carry(topic=scene.topic)
    parts = stretch.clauses(scene.text, scene.start, scene.end)
    bracketed = {number.start for part in parts if part.in_bracket for number in _within(scene.numbers, part)}
    quotes = stretch.quoted(scene.text, scene.start, scene.end)
    mark = ""
    for part in parts:
        inside = [
            number
            for number in _within(scene.numbers, part)
            if part.in_bracket or number.start not in bracketed
        ]
        if mark == "；":
            carry = Carry(topic=scene.topic, timed=carry.timed, subject=carry.subject)
        mark = mark if part.in_bracket else part.mark
        if carry.whole and not part.in_bracket:
            carry.topic, carry.whole = carry.whole, ""
        items, rest = item.divide(scene, part, inside, quotes)
        others.extend(rest)
        context = Context(scene, part, replace(carry) if part.in_bracket else carry)
        found = [figure for group in item.groups(items) for figure in _group(context, group)]
        figures.extend(found)
        if not found and not part.in_bracket:
            _pass_over(scene, part, carry)
    figures.sort(key=lambda figure: (figure.number, figure.number_end))
    others.sort(key=lambda other: other.start)
    return figures, others


def _within(numbers: Sequence[Mention], part: stretch.Clause) -> Sequence[Mention]:
    """Return the numbers that begin inside a clause; they are in text order."""
    first = bisect_left(numbers, part.start, key=lambda number: number.start)
    return numbers[first : bisect_left(numbers, part.end, first, key=lambda number: number.start)]


def _pass_over(scene: Scene, part: stretch.Clause, carry: Carry) -> None:
    """Take from a clause without a figure what later ones may be about."""
    carry.verb = carry.noun = ""
    words = _SIZED.sub("", scene.words(part.start, part.end))
    topic = "" if _DIGIT.search(words) else subject.topic_of(words)
    carry.topic = topic or carry.topic
    carry.measure = "" if topic else carry.measure


def _group(context: Context, group: Sequence[Item]) -> list[Figure]:
    """Read figures that share their words before."""
    first = group[0]
    site = first.site
    stated = _relation(site)
    words = phrase.read(stated.rest, whole=bool(site.right))
    if site.mention.dimension == "time":
        names = _distributed(site, stated, words, len(group)) if len(group) > 1 else ()
        if not names:
            return [duration.read(context, first, stated, words)]
        return [
            duration.read(context, one, stated, name)
            for one, name in zip(group, names[-len(group) :], strict=True)
        ]
    if numberfirst.fits(site, stated, words):
        return [numberfirst.read(context, first, stated, words)]
    names = _distributed(site, stated, words, len(group))
    if names:
        return _spread(context, group, stated, names)
    return [nounfirst.read(context, one, stated, words) for one in group]


def _spread(
    context: Context, group: Sequence[Item], stated: relation.Relation, names: Sequence[phrase.Phrase]
) -> list[Figure]:
    """Read one figure for each subject of a list; none is the topic of the next."""
    topic = context.carry.topic
    shared = group[-1].site.suffix
    places = group if len(group) > 1 else [group[0]] * len(names)
    figures: list[Figure] = []
    for name, place in zip(names[-len(places) :], places, strict=True):
        context.carry.topic = topic
        figures.append(nounfirst.read(context, place, stated, name, shared=shared))
    return figures


def _relation(site: Site) -> relation.Relation:
    """Return the relation between subject and figure; a verb of growth that only acts on things is none (提升15个园区)."""
    left = _COMPARED.sub("", _WORTH.sub("", site.left))
    stated = relation.read(left)
    if site.right.startswith(("的增长", "的增幅", "的增速")) and not stated.changes:
        return relation.Relation(
            stated.rest, stated.comparator, "growth", stated.holds, (*stated.words, "增长")
        )
    change = _CHANGES.get(stated.rest.strip("，、 "), "")
    if change and (site.mention.dimension == "ratio" or left != site.left):
        return relation.Relation("", stated.comparator, change, stated.holds, (*stated.words, "增减"))
    is_act = stated.changes and site.right and site.mention.dimension in COUNTED
    if is_act and not phrase.read(stated.rest, whole=True).noun:
        return relation.Relation(site.left, stated.comparator, "", False, ())
    return stated


def _distributed(
    site: Site, stated: relation.Relation, words: phrase.Phrase, count: int
) -> tuple[phrase.Phrase, ...]:
    """Return one phrase for each subject of a list that shares the figure or has as many figures."""
    named = phrase.clean(words.words).removesuffix("各")
    names = () if "城、乡" in named or _MORE.search(named) else spread.members(named)
    if len(names) < 2 and (count == 2 or "分别" in site.left):
        names = spread.town_and_country(named)
    if len(names) < 2:
        return ()
    each = count == 1 and site.left.endswith("各") and len(names) < 6
    if each:
        names = tuple(name if name.startswith(words.verb) else words.verb + name for name in names)
    elif not _shares(site, stated, names, count):
        return ()
    return tuple(
        phrase.Phrase(name, words.verb if name.startswith(words.verb) else "", words.dropped, 0)
        for name in names
    )


def _shares(site: Site, stated: relation.Relation, names: tuple[str, ...], count: int) -> bool:
    """Tell whether a list of subjects shares one figure, or has as many figures as members."""
    if count > 1:
        return len(names) >= count
    is_rate = site.mention.dimension in ("ratio", "multiple")
    if _SPREAD.search(_COMPARED.sub("", site.left)):
        return is_rate or spread.is_list_of_measures(names)
    return is_rate and stated.is_stated and spread.is_list_of_measures(names)
