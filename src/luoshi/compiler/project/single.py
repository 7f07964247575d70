"""Names without 等 (单列项目): a title to win, a subject and what it is to do, a name and its service, a plain list."""

from __future__ import annotations

import re
from dataclasses import replace

from luoshi.catalogue.project import words
from luoshi.compiler.listing import Range, split
from luoshi.compiler.project.act import Tail, tail
from luoshi.compiler.project.lexeme import HEADS, SECOND_VERBS
from luoshi.compiler.project.name import (
    is_completed_one,
    is_subject,
    is_title,
    kind_of,
    names_in,
    shared_work,
)
from luoshi.compiler.project.named import Clause, Named
from luoshi.compiler.project.series import COUNT, SUPPORTING, joined
from luoshi.plan.model import ProjectKind, ProjectStage

_WORDS = words()


def title(clause: Clause, begin: int) -> list[Named]:
    """Read 争创国家某某示范市, 迎接国家某某城市复审."""
    if clause.verb not in _WORDS.title_verbs:
        return []
    act = tail(clause.text, begin, clause.end)
    for stop, more in ((clause.end, ""), (act.begins, act.words)):
        if is_title(clause.text, begin, stop):
            return [clause.named((begin, stop), ProjectKind.TITLE, more, act.stage, confidence=0.85)]
    return []


_FIRM_VERBS = frozenset(
    [
        "打造成", "打造", "创建为", "创建", "争创", "申报", "申创", "建设成", "投入运营", "投入使用", "做大做强", "做强做优",
        "做优做强", "发展壮大", "上市", "主板上市", "升格为", "晋升", "入选", "列入", "纳入", "落户", "获批",
    ]
)  # fmt: skip
_TITLE_ACTS = ("创建", "争创", "申报", "申创")
_FARTHEST = 30


def supported(clause: Clause, begin: int) -> list[Named]:
    """Read 支持甲园创建乙区, 推动丙公司上市: a subject and what it is to do."""
    text, end = clause.text, clause.end
    if clause.verb not in SUPPORTING:
        return []
    for here in range(begin + 2, min(end - 1, begin + _FARTHEST)):
        after = SECOND_VERBS.prefix(text, here, end)
        if after == here:
            continue
        subjects = [half for piece in split(text, begin, here) for half in joined(text, *piece)]
        is_firm = text[here:after] in _FIRM_VERBS or (
            after == end and clause.verb in ("支持", "鼓励", "推动")
        )
        if not subjects or not all(is_subject(text, *one) for one in subjects):
            continue
        if text.startswith("牵头", here) and (led := _led(clause, here, after)):
            return led
        act = text[here:end]
        if (is_firm or not kind_of(text, begin, end)) and not COUNT.search(act) and not act[-1].isdigit():
            other = ProjectKind.TITLE if act.startswith(_TITLE_ACTS) else ProjectKind.OTHER
            stage = tail(text, here, end).stage
            return [clause.named(one, kind_of(text, *one) or other, act, stage) for one in subjects]
    return []


def _led(clause: Clause, here: int, after: int) -> list[Named]:
    """Read 支持甲公司牵头创建乙中心: what is led is the project."""
    text, end = clause.text, clause.end
    act = text[here:after]
    wins = act.endswith(_TITLE_ACTS) and is_title(text, after, end)
    kind = ProjectKind.TITLE if wins else kind_of(text, after, end)
    if kind is None:
        return []
    said = replace(clause, opened=replace(clause.opened, words=clause.opened.words + act))
    return [said.named((after, end), kind, confidence=0.75)]


_FIRMS = ("集团", "公司")


def plain(clause: Clause, begin: int) -> list[Named]:
    """Read a list without 等, or a single name."""
    text, end = clause.text, clause.end
    if found := _quoted(clause, begin) or _serving(clause, begin):
        return found
    several = len(split(text, begin, end)) > 1 or "和" in text[begin:end]
    for act in _ends(text, begin, end, several):
        names = names_in(text, begin, act.begins, shortest=4 if act.words in _WORDS.works else 0)
        names = [
            one for one in names if one[1] is not ProjectKind.ENTERPRISE or text.endswith(_FIRMS, *one[0])
        ]
        if len(names) > 1 or (
            names and (not several or not act.words or act.stage is not ProjectStage.UNSTATED)
        ):
            work = shared_work(text, [place for place, _ in names])
            sure = 0.85 if len(names) > 1 else 0.8
            return [
                replace(
                    clause.named(place, kind, act.words, act.stage, confidence=sure),
                    shared=work if place != names[-1][0] else "",
                )
                for place, kind in names
            ]
    if clause.opened.stage is ProjectStage.COMPLETED and not several and is_completed_one(text, begin, end):
        return [clause.named((begin, end), ProjectKind.PROJECT, confidence=0.65)]
    return []


def _ends(text: str, begin: int, end: int, several: bool) -> list[Tail]:
    """Return the ways to end the names: before a work that several share, before an act, at the clause's end."""
    act = tail(text, begin, end)
    ways = [act]
    if several:
        works = tail(text, begin, end, shared=True)
        if works.begins < act.begins and all(kind_of(text, *one) for one in split(text, begin, end)[:-1]):
            ways.insert(0, works)
    if act.begins < end:
        ways.append(Tail("", ProjectStage.UNSTATED, end))
    return ways


_BARE_QUOTE = re.compile(r"(?P<name>“[^“”]{2,14}”)建设$")


def _quoted(clause: Clause, begin: int) -> list[Named]:
    """Read 推进“健康某城”建设."""
    match = _BARE_QUOTE.match(clause.text, begin, clause.end)
    if not match:
        return []
    stage = ProjectStage.BUILDING
    return [clause.named(match.span("name"), ProjectKind.PROGRAMME, "建设", stage, confidence=0.7)]


_SERVING = frozenset(
    ["发挥", "推广", "扩大", "利用", "依托", "擦亮", "拓展", "完善", "提升", "借鉴", "放大", "用好"]
)
_SERVICE = re.compile(
    rf"(?P<act>[\u4e00-\u9fff]{{0,4}}?(?:{'|'.join(sorted(_WORDS.attributes, key=len, reverse=True))}))(?:[，和、]|$)"
)


def _serving(clause: Clause, begin: int) -> list[Named]:
    """Read 发挥甲园集聚作用, 推广乙中心模式, 扩大丙工程规模: a name and what it serves for."""
    if clause.verb not in _SERVING:
        return []
    text = clause.text
    for match in _SERVICE.finditer(text, begin + 2, clause.end):
        stops: list[Range] = [
            (abs(match.end("act") - stop - 4), stop)
            for stop in range(match.start("act"), match.end("act") - 1)
        ]
        for _, stop in sorted(stops):  # the service has most often four characters: 集聚作用
            kind = kind_of(text, begin, stop)
            if kind and kind is not ProjectKind.ENTERPRISE and HEADS.suffix(text, begin, stop) < stop - 1:
                return [clause.named((begin, stop), kind, text[stop : match.end("act")])]
    return []
