"""Lists that end with 等 (甲、乙等35个重点项目建设): names, the noun that they share, the act that all of them share."""

from __future__ import annotations

import re
from dataclasses import replace

from luoshi.catalogue.project import words
from luoshi.compiler.listing import Range, split, trim
from luoshi.compiler.project.act import Tail, tail
from luoshi.compiler.project.lexeme import HEADS, LIST_NOUNS, STRICT_NOUNS
from luoshi.compiler.project.name import JOIN, is_item, kind_of
from luoshi.compiler.project.named import Clause, Named
from luoshi.plan.model import ProjectKind

_WORDS = words()
_KINDS = {kind.value: kind for kind in ProjectKind}

AND_SO_ON = re.compile(
    r"(?<![同平均甲乙优特何])(?<![高中初](?=等(?:教育|职业|专业|院校|收入|学历)))等(?!级|待|同于|候|为|额|次|等|量|高线|离子)"
)
COUNT = re.compile(
    r"(?:\d[\d.]*万?|[一二两三四五六七八九十百]+)(?:余|多)?(?:个|家|条|座|处|所|项|大|批|段|片|支|户|万?平方米|公里|亩|套)"
)
SUPPORTING = frozenset(
    [
        "支持", "推动", "鼓励", "引导", "帮助", "促进", "促成", "扶持", "力争", "确保", "启动", "争取", "推进", "实现",
        "支持推动", "推动支持", "加快推动", "加快推进", "完成", "做好", "解决",
    ]
)  # fmt: skip
_SUPPORTED = re.compile(
    r"[\u4e00-\u9fff]{0,10}?(?:企业|公司|集团|银行|园区|景区)(?P<act>[\u4e00-\u9fff、“”]{2,20})$"
)
_AFTER_NOUN = re.compile(
    r"(?:不少于|不低于|超过|达到)?\d[\d,.]*[\u4e00-\u9fff]{0,4}$|的(?P<act>[\u4e00-\u9fff]{2,10})$"
)
_MAKING = ("打造", "整合", "集中打造")
_MADE = (ProjectKind.PROJECT, ProjectKind.ENTERPRISE, ProjectKind.TITLE)
_MOST_LISTS = 4
_BRIEF = (
    ProjectKind.PROJECT,
    ProjectKind.ENTERPRISE,
    ProjectKind.OTHER,
)  # whose names may have two characters


def listed(clause: Clause, begin: int, mark: re.Match[str], end: int, depth: int = 0) -> list[Named]:
    """Read a list.

    Args:
        clause: The clause.
        begin: Where the list begins.
        mark: The 等 that ends its names.
        end: Where the words behind it end.
        depth: How many lists of the clause stand before it.

    Returns:
        The names; none where the noun behind 等 is not of a thing that is built, run or held.
    """
    text = clause.text
    count = COUNT.match(text, mark.end(), end)
    noun_start = count.end() if count else mark.end()
    pieces = split(text, noun_start, end)
    if not pieces:
        return []
    act = _act(clause, noun_start, pieces[0][1], end)
    items = [half for piece in split(text, begin, mark.start()) for half in joined(text, *piece)]
    kind = _kind(text, noun_start, act, items)
    if kind is None:
        return []
    words_behind = act.words
    if clause.verb in _MAKING and kind not in _MADE:
        words_behind = (
            text[noun_start : act.begins] + act.words
        )  # 打造甲、乙等旅游线路: what they are made into
    found = [
        replace(
            clause.named(item, _own_kind(text, item, kind), words_behind, act.stage, confidence=sure),
            shared=_shared_tail(text, item, text[noun_start : act.begins]),
            is_counted=count is not None,
            shares_verb=True,
        )
        for item, sure in _names(text, items, kind)
    ]
    for piece in pieces[1:]:
        if (again := AND_SO_ON.search(text, *piece)) and depth < _MOST_LISTS:
            further = listed(clause, piece[0], again, end, depth + 1)
            if further and not act.words:  # 甲等企业、乙等基地建设: the act is of both
                found = [replace(one, action=further[0].action, stage=further[0].stage) for one in found]
            return found + further
        if more := kind_of(text, *piece):
            found.append(clause.named(piece, more, act.words, act.stage))
    return found


def joined(text: str, start: int, end: int) -> list[Range]:
    """Split a member at 和 where it joins two names."""
    for match in JOIN.finditer(text, start, end):
        left, right = (start, match.start()), (match.end(), end)
        if match[0] != "、" and kind_of(text, *left) and is_item(text, *right):
            return [left, *joined(text, *right)]
    start, end = trim(text, start, end)
    return [(start, end)] if start < end else []


def represented(clause: Clause, match: re.Match[str]) -> list[Named]:
    """Read 打造以甲、乙为代表的某某平台."""
    text = clause.text
    return [
        clause.named(piece, kind_of(text, *piece) or ProjectKind.ENTERPRISE, match["noun"], confidence=0.7)
        for piece in split(text, *match.span("list"))
        if is_item(text, *piece)
    ]


def _act(clause: Clause, noun_start: int, stop: int, end: int) -> Tail:
    """Return the act behind the noun: 等项目|开工, 等企业|做大做强, 等企业的|竞争力."""
    text = clause.text
    match = _AFTER_NOUN.search(text, noun_start, stop)
    act = tail(text, noun_start, match.start() if match else stop, shared=True, least=0)
    if match and match["act"]:
        return replace(act, words=match["act"])
    supported = _SUPPORTED.match(text, noun_start, end) if clause.verb in SUPPORTING else None
    if not match and supported:
        begins = supported.start("act")
        return Tail(supported["act"], tail(text, begins, end, least=0).stage, begins)
    return act


def _kind(text: str, noun_start: int, act: Tail, items: list[Range]) -> ProjectKind | None:
    """Return what the noun behind 等 says that the members are."""
    known = LIST_NOUNS.suffix(text, noun_start, act.begins)
    strict = STRICT_NOUNS.suffix(text, noun_start, act.begins)
    if strict < known and any(kind_of(text, *item) for item in items):
        return _KINDS[_WORDS.strict_nouns[text[strict : act.begins]]]
    if known < act.begins:
        return _KINDS[_WORDS.list_nouns[text[known : act.begins]]]
    if act.begins - noun_start < 2 and items and all(kind_of(text, *item) for item in items):
        return ProjectKind.PROJECT
    return None


def _names(text: str, items: list[Range], kind: ProjectKind) -> list[tuple[Range, float]]:
    are_specific = any(kind_of(text, *item) for item in items)
    long_enough = 6 if kind is ProjectKind.PROJECT and are_specific else 99
    return [
        (item, 0.9 if kind_of(text, *item) else 0.8)
        for item in items
        if is_item(text, *item, long_enough=long_enough) and (item[1] - item[0] > 2 or kind in _BRIEF)
    ]


def _own_kind(text: str, item: Range, kind: ProjectKind) -> ProjectKind:
    """Return what a member is; a list of projects or firms makes all its members such."""
    if kind in (ProjectKind.PROJECT, ProjectKind.TITLE, ProjectKind.ENTERPRISE, ProjectKind.EVENT):
        return kind
    return kind_of(text, *item) or kind


_GRADE = re.compile(r"(?:[一二三四]级)?(?:高速)?(?:公路|铁路|大桥|道路|快速路)$")


def _shared_tail(text: str, item: Range, noun: str) -> str:
    """Return the noun that completes a name without one of its own (甲桥至乙线等一级公路)."""
    grade = _GRADE.search(noun)
    if not grade or text.endswith((noun, grade[0]), *item):
        return ""
    own = HEADS.suffix(text, *item)
    return grade[0] if own == item[1] or text[own : item[1]] in ("连接线", "线", "段") else ""
