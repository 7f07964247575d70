"""Projects as the plan has them (项目): names completed, dated, joined with the counts whose members they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from luoshi.compiler import deadline
from luoshi.compiler.deadline import DeadlineMention
from luoshi.compiler.outline import Outline, Sentence
from luoshi.compiler.project.named import Named
from luoshi.compiler.project.read import projects_of
from luoshi.compiler.reading import Reading
from luoshi.kernel.identity import Minter
from luoshi.plan.model import Basis, Deadline, Project, Section, Target

_LONGEST_SENTENCE = 3000
_MONEY = re.compile(
    r"(?:总投资|计划投资|完成投资|投资|投入|安排资金|投资额)(?:额|约|达|近|超过|超|为)?(?P<amount>\d+(?:\.\d+)?)(?P<unit>[万百千]?[亿万](?:美)?元)"
)
_FOOTNOTE = re.compile(r"[\[［【〔]\d{1,3}[\]］】〕]")
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,4}?(?:市|县|镇|乡|街道|村)(?=[\u4e00-\u9fff])|[\u4e00-\u9fff]{2,3}区(?=[\u4e00-\u9fff]{2})"
)
_NO_PLACE = re.compile(
    r"^(?:城|园|社|景|校|院|库|新|开发|示范|保税|工业|产业|高新|山|矿|灌|小|片|街|农村|乡村|城市|全|都市|县|乡|镇|市)"
)


def from_outline(
    outline: Outline, targets: Sequence[Target], year: int, minter: Minter
) -> tuple[Project, ...]:
    """Read the projects that the forward sections name.

    Args:
        outline: The outline.
        targets: Targets, for the counts whose named members projects are.
        year: Year of the plan.
        minter: Gives identities.

    Returns:
        Projects in text order. `commitment` is left "".
    """
    reading = outline.reading
    counts = _Counts(targets)
    projects: list[Project] = []
    for sentence in outline.sentences:
        section = outline.sections[sentence.section]
        if not section.role.is_forward or _is_heading(reading, section, sentence):
            continue
        end = min(sentence.end, sentence.start + _LONGEST_SENTENCE)
        found = projects_of(reading.text, sentence.start, end)
        mentions = deadline.mentions(reading.text, start=sentence.start, end=end, year=year) if found else ()
        for named in found:
            due = _due(reading, named, mentions, sentence.start, end, year)
            projects.append(_project(reading, named, due, counts, minter))
    return tuple(projects)


def _is_heading(reading: Reading, section: Section, sentence: Sentence) -> bool:
    """Tell whether a sentence is its section's heading (实施某某工程): that says what the section is about."""
    return section.heading.start <= reading.origin[sentence.start] and reading.origin[sentence.end] <= (
        section.heading.end + 1
    )


class _Counts:
    """Targets by where their numbers stand."""

    def __init__(self, targets: Sequence[Target]) -> None:
        placed = sorted((target.number.start, target.id) for target in targets if target.number)
        self._starts = [start for start, _ in placed]
        self._ids = [identity for _, identity in placed]

    def inside(self, start: int, end: int) -> str:
        """Return the first target whose number stands between two offsets of the source, or ""."""
        index = bisect_left(self._starts, start)
        return self._ids[index] if index < len(self._starts) and self._starts[index] < end else ""


def _due(
    reading: Reading, named: Named, mentions: Sequence[DeadlineMention], start: int, end: int, year: int
) -> Deadline:
    for at in (named.place[0], named.clause[0], named.until - 1):
        mention = deadline.governing(mentions, reading.text, start, at, end)
        if mention:
            return Deadline(
                day=mention.day, written=mention.written, span=reading.span(mention.start, mention.end)
            )
    return deadline.default(year)


def _project(reading: Reading, named: Named, due: Deadline, counts: _Counts, minter: Minter) -> Project:
    text = reading.text
    span, clause = reading.span(*named.place), reading.span(*named.clause)
    name = _FOOTNOTE.sub("", text[slice(*named.place)]).replace("\n", "") + named.shared
    money = _MONEY.search(text, named.clause[0], named.clause[1])
    bases = [Basis(field="name", confidence=named.confidence, code="C450", parameters={"name": name})]
    if named.shared:
        parameters = {"name": name, "shared": named.shared}
        bases.append(Basis(field="name", confidence=0.85, code="C451", parameters=parameters))
    return Project(
        id=minter.mint("p", name, named.action),
        spans=(span,),
        text=span.quote(reading.delivered),
        bases=tuple(bases),
        name=name,
        kind=named.kind,
        action=named.action,
        stage=named.stage,
        place=_place(name),
        amount=Decimal(money["amount"]) if money else None,
        amount_unit=money["unit"] if money else "",
        deadline=due,
        clause=clause,
        member_of=counts.inside(span.end, clause.end) if named.is_counted else "",
    )


def _place(name: str) -> str:
    """Return the place that a name opens with (岳山镇, 甲村), or ""."""
    match = _PLACE.match(name)
    if not match:
        return ""
    stem = match[0].rstrip("市县镇乡村区").removesuffix("街道")
    return (
        "" if len(stem) < 2 or _NO_PLACE.match(match[0]) or stem[-1] in "城园社景校新小灌片山矿" else match[0]
    )
