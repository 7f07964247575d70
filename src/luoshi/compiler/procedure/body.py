"""Mechanisms that the body states by itself (正文中的机制): requirements, cadences, named rules with their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from luoshi.catalogue.procedure import alternatives, words
from luoshi.compiler.listing import Range, split
from luoshi.compiler.procedure.beat import Struck, runs_of
from luoshi.compiler.procedure.listing import items, without_opener
from luoshi.compiler.procedure.numeral import declared
from luoshi.plan.model import ProcedureKind

_WORDS = words()
_VERBS = alternatives(_WORDS.verbs)
_NOUNS = alternatives(_WORDS.mechanism_nouns)
_REQUIREMENTS = alternatives(_WORDS.requirement_nouns)
_TAILS = re.compile(rf"{alternatives(_WORDS.scope_tails)}$")

_REQUIRED = re.compile(
    rf"(?:按照|遵循|坚持|落实|围绕)[\u4e00-\u9fff]{{0,6}}“(?P<list>[^“”\n]{{5,80}})”的?(?P<noun>{_REQUIREMENTS})"
)
_NAMED = re.compile(
    rf"(?P<more>(?:“[^“”\n]{{2,20}}”[、和及与]?){{0,6}})“(?P<name>[^“”\n]{{2,60}})”(?P<scope>[\u4e00-\u9fff]{{0,8}}?)(?P<noun>{_NOUNS})"
)
_LISTED = re.compile(
    rf"{_VERBS}(?P<list>[\u4e00-\u9fff]{{2,12}}(?:、[\u4e00-\u9fff]{{2,12}}){{1,7}}(?:(?:和|及)[\u4e00-\u9fff]{{2,12}})?)等(?P<noun>[\u4e00-\u9fff]{{0,4}}(?:机制|制度|体系|流程|闭环))"
)
_BATCHES = re.compile(
    r"(?P<list>[\u4e00-\u9fff]{2,6}一批(?:[、，][\u4e00-\u9fff]{2,6}一批){1,6})(?P<end>”?的?[\u4e00-\u9fff]{0,10}?(?:机制|格局|态势|循环|体系|要求|思路|原则))"
)
_BOTH = re.compile(
    r"坚持(?P<list>[\u4e00-\u9fff、]{2,20}(?:和|与|、)[\u4e00-\u9fff]{2,14}?)(?:并举|并重|相结合|结合|并行)(?=[，。；、])"
)
_AT_ONCE = re.compile(rf"(?P<when>[\u4e00-\u9fff]{{2,8}})即可?(?:{'|'.join(_WORDS.at_once)})")
_FOR = re.compile(r"对于?(?P<scope>[\u4e00-\u9fff]{2,14})，")
_SERVICE = re.compile(rf"[\u4e00-\u9fff0-9+]{{0,8}}{alternatives(_WORDS.services)}")
_PLAIN_SERVICE = re.compile(alternatives(_WORDS.plain_services))
_ONE_EACH = re.compile(rf"一(?P<each>[\u4e00-\u9fff]{{1,3}})一(?P<thing>{alternatives(_WORDS.one_each)})")
_LOOK_BACK = re.compile(
    r"对(?P<scope>[^，。；“”\n]{2,20})开展(?P<list>“回头看”(?:(?:和|及|、)[\u4e00-\u9fff]{2,10})?)"
)
_QUOTED = re.compile(r"“(?P<name>[^“”\n]{2,40})”")
_LISTED_BEHIND = re.compile(r"(?:[\u4e00-\u9fff]{0,6})（(?P<list>[^（）\n]{4,150})）")
_SLOGANS = re.compile(r"^[0-9NnXx+＋、.]+$")


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A mechanism of the body, in offsets of the reading text.

    Attributes:
        name: Name.
        kind: What it is made into.
        use: Where it stands, with the words that set it up.
        stages: Stages in order.
        members: Members or items.
        strikes: Beats.
        scope: What it applies to, or "".
        confidence: How sure it is that this is a mechanism.
        one_each: Thing and holder of a rule such as 一师一档 (档, 师), or none.
    """

    name: str
    kind: ProcedureKind
    use: Range
    stages: tuple[Range, ...] = ()
    members: tuple[Range, ...] = ()
    strikes: tuple[Struck, ...] = field(default=())
    scope: str = ""
    confidence: float = 0.85
    one_each: tuple[str, str] | None = None


def mechanisms_of(text: str, start: int, end: int) -> list[Mechanism]:
    """Return the mechanisms that a sentence states, in text order, none inside another."""
    found: list[Mechanism] = []
    for read in (
        _cadences,
        _requirements,
        _slogans_with_lists,
        _named,
        _batches,
        _at_once,
        _look_backs,
        _lists,
        _both,
        _services,
        _one_each,
    ):
        for mechanism in read(text, start, end):
            if not any(_overlap(mechanism.use, other.use) for other in found):
                found.append(mechanism)
    return sorted(found, key=lambda mechanism: mechanism.use)


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _scope(residue: str) -> str:
    """Return what is left of the words before 机制 without 推进, 工作 and their like."""
    while match := _TAILS.search(residue):
        residue = residue[: match.start()]
    return residue.removeprefix("的").removeprefix("等")


_AFTER_RUN = re.compile(rf"”?(?P<scope>[\u4e00-\u9fff]{{0,10}}?)(?P<noun>{_NOUNS})")


def _cadences(text: str, start: int, end: int) -> Iterator[Mechanism]:
    for run in runs_of(text, start, end):
        first, last = run[0].place[0], run[-1].place[1]
        name, scope = text[first:last], ""
        if match := _AFTER_RUN.match(text, last, end):
            last, scope = match.end(), _scope(match["scope"])
        elif text[last : last + 1] == "”":
            last += 1
        first -= text[first - 1 : first] == "“"
        yield Mechanism(
            name, ProcedureKind.CADENCE, (first, last), strikes=tuple(run), scope=scope, confidence=0.9
        )


def _requirements(text: str, start: int, end: int) -> Iterator[Mechanism]:
    for match in _REQUIRED.finditer(text, start, end):
        pieces = split(text, *match.span("list"), "、，；")
        if len(pieces) > 1:
            name = match["list"] if len(match["list"]) <= 30 else text[slice(*pieces[0])] + "等"
            yield Mechanism(
                f"{name}{match['noun']}", ProcedureKind.CHECKLIST, match.span(), members=tuple(pieces)
            )


def _slogans_with_lists(text: str, start: int, end: int) -> Iterator[Mechanism]:
    """Find “三大工程”（A、B、C） and A、B、C“三大工程”, where the list is as long as the name says."""
    for match in _QUOTED.finditer(text, start, end):
        count = declared(match["name"])
        if not count or count < 2:
            continue
        behind = _LISTED_BEHIND.match(text, match.end(), end)
        pieces = items(text, *behind.span("list"), count) if behind else []
        last = behind.end() if behind and len(pieces) == count else match.end()
        first = match.start()
        if len(pieces) != count:
            begin = max(text.rfind(mark, start, match.start()) for mark in "，。；：")
            region = _list_before(text, max(begin + 1, start), match.start())
            pieces = items(text, *region, count)
            first = region[0]
        if len(pieces) == count and all(2 <= stop - begin <= 20 for begin, stop in pieces):
            kind = ProcedureKind.MEMBER_SET
            yield Mechanism(match["name"], kind, (first, last), members=tuple(pieces), confidence=0.8)


_BARE_LIST = re.compile(r"[\u4e00-\u9fff0-9A-Za-z、]+")
_OPENINGS = alternatives((*_WORDS.openers, *_WORDS.leads, *_WORDS.verbs))
_OPENER = re.compile(_OPENINGS)
_ENDS_OPEN = re.compile(_OPENINGS + "$")


def _list_before(text: str, start: int, end: int) -> Range:
    """Return the list that runs up to `end` without the verb before it; empty where a verb stands between."""
    if end - start > 120 or not _BARE_LIST.fullmatch(text, start, end) or _ENDS_OPEN.search(text, start, end):
        return end, end
    first = text.find("、", start, end)
    for match in _OPENER.finditer(text, start, first):
        if first - match.end() >= 2 and len(match[0]) > 1:
            start = match.end()
    return start, end


def _named(text: str, start: int, end: int) -> Iterator[Mechanism]:
    """Find “A、B、C”机制, “A+B”模式, “揭榜挂帅”制度."""
    for match in _NAMED.finditer(text, start, end):
        name = match["name"]
        if match["more"]:
            yield _several(text, match)
            continue
        pieces = split(text, *match.span("name"), "、，+＋→—")
        if len(pieces) < 2 or _SLOGANS.match(name) or any(stop - begin < 2 for begin, stop in pieces):
            pieces = []
        if not pieces and _SERVICE.search(name):
            continue
        staged = match["noun"] in ("流程", "闭环")
        kind = (
            ProcedureKind.PIPELINE
            if staged
            else ProcedureKind.CHECKLIST
            if pieces
            else ProcedureKind.MECHANISM
        )
        one_each = _ONE_EACH.fullmatch(name)
        yield Mechanism(
            name,
            kind,
            match.span(),
            stages=tuple(pieces) if staged else (),
            members=() if staged else tuple(pieces),
            scope=_scope(match["scope"]),
            confidence=0.85 if pieces else 0.7,
            one_each=(one_each["thing"], one_each["each"]) if one_each else None,
        )


def _several(text: str, match: re.Match[str]) -> Mechanism:
    """Read “甲”“乙”等某某机制: the quoted words are its members."""
    members = [quoted.span("name") for quoted in _QUOTED.finditer(text, match.start(), match.end("name") + 1)]
    scope = _scope(match["scope"].removeprefix("等"))
    name = "、".join(text[start:end] for start, end in members)
    name = text[match.start("scope") : match.end()].removeprefix("等").removeprefix("的") if scope else name
    return Mechanism(
        name, ProcedureKind.CHECKLIST, match.span(), members=tuple(members), scope=scope, confidence=0.7
    )


def _batches(text: str, start: int, end: int) -> Iterator[Mechanism]:
    for match in _BATCHES.finditer(text, start, end):
        pieces = split(text, *match.span("list"), "、，")
        yield Mechanism(
            match["list"], ProcedureKind.PIPELINE, match.span(), stages=tuple(pieces), confidence=0.8
        )


def _at_once(text: str, start: int, end: int) -> Iterator[Mechanism]:
    """Find 对某类项目，做A，做B，让企业拿地即开工: what has to come first are the stages."""
    for match in _AT_ONCE.finditer(text, start, end):
        opening = _FOR.match(text, start, match.start())
        when, _ = without_opener(text, match.start(), match.end())
        name = re.sub(r"^(?:确保|力争|让|使|推动|企业|项目|全面推行|推行)+", "", text[when : match.end()])
        if not opening:
            yield Mechanism(
                name, ProcedureKind.MECHANISM, (match.end() - len(name), match.end()), confidence=0.7
            )
            continue
        begin = max(opening.end(), text.rfind("，", start, match.start()) + 1)
        steps = split(text, opening.end(), begin, "，；")
        if len(steps) == 1 and "、" in text[slice(*steps[0])]:
            first = steps[0]
            stop = text.find("等", *first)
            listed = without_opener(text, first[0], stop if stop > 0 else first[1])
            steps = items(text, *_without_verb(text, *listed))
        scope = opening["scope"]
        yield Mechanism(
            scope + name,
            ProcedureKind.PIPELINE,
            (start, match.end()),
            stages=tuple(steps),
            scope=scope,
            confidence=0.75,
        )


_VERB = re.compile(rf"(?:加强|做好|抓好|完成|抓实|推进|加快|提前|同步|开展|{_VERBS})+")


def _without_verb(text: str, start: int, end: int) -> Range:
    match = _VERB.match(text, start, end)
    return (match.end(), end) if match and end - match.end() > 2 else (start, end)


def _look_backs(text: str, start: int, end: int) -> Iterator[Mechanism]:
    for match in _LOOK_BACK.finditer(text, start, end):
        pieces = items(text, *match.span("list"), 2)
        scope = match["scope"]
        yield Mechanism(
            scope + "“回头看”", ProcedureKind.CHECKLIST, match.span(), members=tuple(pieces), scope=scope
        )


def _lists(text: str, start: int, end: int) -> Iterator[Mechanism]:
    for match in _LISTED.finditer(text, start, end):
        pieces = items(text, *_without_verb(text, *match.span("list")))
        name = text[pieces[0][0] : match.end("list")] + match["noun"]
        yield Mechanism(name, ProcedureKind.MEMBER_SET, match.span(), members=tuple(pieces), confidence=0.65)


def _both(text: str, start: int, end: int) -> Iterator[Mechanism]:
    for match in _BOTH.finditer(text, start, end):
        pieces = items(text, *match.span("list"), match["list"].count("、") + 2)
        if len(pieces) > 1:
            name = text[match.start("list") : match.end()]
            yield Mechanism(
                name, ProcedureKind.CHECKLIST, match.span(), members=tuple(pieces), confidence=0.65
            )


def _services(text: str, start: int, end: int) -> Iterator[Mechanism]:
    for match in _QUOTED.finditer(text, start, end):
        for begin, stop in split(text, *match.span("name"), "、，"):
            if _SERVICE.fullmatch(text, begin, stop) and stop - begin > 2:
                yield Mechanism(text[begin:stop], ProcedureKind.SERVICE, (begin, stop))
    for match in _PLAIN_SERVICE.finditer(text, start, end):
        yield Mechanism(match[0], ProcedureKind.SERVICE, match.span(), confidence=0.8)


def _one_each(text: str, start: int, end: int) -> Iterator[Mechanism]:
    for match in _QUOTED.finditer(text, start, end):
        for begin, stop in split(text, *match.span("name"), "、，"):
            rule = _ONE_EACH.fullmatch(text, begin, stop)
            if rule and rule["each"] != rule["thing"]:
                one_each = rule["thing"], rule["each"]
                yield Mechanism(
                    rule[0], ProcedureKind.MECHANISM, (begin, stop), confidence=0.75, one_each=one_each
                )
