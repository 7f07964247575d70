"""The report's text with every recognised place marked (原文标注).

Places overlap: a commitment's sentence holds a target's clause, and that holds a number. So the text is cut at every
border, and each piece knows all items that cover it; the shortest is the one that a click opens.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from luoshi.kernel.span import Span
from luoshi.plan.model import Item, Section
from luoshi_web.plans.index import PlanIndex, shown


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to mark: its kind (a style) and the item that a click opens, or ""."""

    start: int
    end: int
    kind: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text between two borders.

    Attributes:
        text: The words.
        kinds: Kinds of all marks that cover it, the widest first.
        item: Item that a click opens, or "".
        inside: Identities of all items that cover it, with spaces.
        is_first: Whether the item's mark begins here, so that the keyboard stops here once.
        is_focus: Whether it lies in the place that the address asks for.
        is_focus_start: Whether that place begins here.
    """

    text: str
    kinds: tuple[str, ...] = ()
    item: str = ""
    inside: str = ""
    is_first: bool = False
    is_focus: bool = False
    is_focus_start: bool = False


@dataclass(slots=True)
class Line:
    """A line of the source: a heading of a section, or a paragraph."""

    pieces: list[Piece] = field(default_factory=list)
    section: Section | None = None


def marks_of(index: PlanIndex, source: str) -> list[Mark]:
    """Return every place of one source that the plan knows, by kind."""
    plan = index.plan
    found: list[tuple[Span | None, str, str]] = []

    def add(items: tuple[Item, ...], kind: str) -> None:
        for item in shown(items):
            found.extend((span, kind, item.id) for span in item.spans)

    add(plan.commitments, "commitment")
    add(plan.targets, "target")
    add(plan.projects, "project")
    add(plan.procedures, "procedure")
    add(plan.claims, "claim")
    add(plan.terms, "term")
    for term in shown(plan.terms):
        found.extend((span, "term", term.id) for span in term.uses)
    for target in shown(plan.targets):
        found.append((target.number, "number", target.id))
    for item in [*shown(plan.commitments), *shown(plan.targets), *shown(plan.projects)]:
        found.append((item.deadline.span, "deadline", item.id))
    found.extend((passage.span, "passage", "") for passage in plan.passages)
    found.extend((number.span, "other", "") for number in plan.numbers)
    return [
        Mark(s.start, s.end, kind, item) for s, kind, item in found if s is not None and s.source == source
    ]


def lines_of(index: PlanIndex, source: str, focus: tuple[int, int] | None = None) -> list[Line]:
    """Return a source line by line, cut and marked.

    Args:
        index: The plan.
        source: Identity of the source.
        focus: Place that the address asks for.
    """
    text = index.plan.source(source).text
    headings = {s.heading.start: s for s in index.plan.sections if s.heading.source == source}
    marks = marks_of(index, source)
    if focus is not None:
        marks.append(Mark(*focus, "focus"))
    borders = {0, len(text)} | {m.start for m in marks} | {m.end for m in marks}
    ends = {s.heading.end for s in headings.values()}
    cuts = sorted(cut for cut in borders | set(headings) | ends if 0 <= cut <= len(text))
    lines: list[Line] = []
    start = 0
    covering = _Covering(marks)
    for line_text in text.splitlines(keepends=True):
        end = start + len(line_text)
        lines.extend(_lines(text, start, end, cuts, headings, covering))
        start = end
    return [line for line in lines if "".join(piece.text for piece in line.pieces).strip()]


def _lines(
    text: str, start: int, end: int, cuts: list[int], headings: dict[int, Section], covering: _Covering
) -> Iterator[Line]:
    """Yield a line of the source; a heading that shares its line with other words becomes a line of its own."""
    line = Line()
    until = -1
    for left, right in _stretches(start, end, cuts):
        if left in headings:
            if line.pieces:
                yield line
            line = Line(section=headings[left])
            until = headings[left].heading.end
        elif line.section is not None and left >= until:
            yield line
            line = Line()
        words = text[left:right].rstrip("\r\n")
        if words:
            line.pieces.append(covering.piece(left, right, words))
    if line.pieces:
        yield line


def _stretches(start: int, end: int, cuts: list[int]) -> Iterator[tuple[int, int]]:
    place = bisect_right(cuts, start)
    left = start
    while place < len(cuts) and cuts[place] < end:
        yield left, cuts[place]
        left = cuts[place]
        place += 1
    if left < end:
        yield left, end


class _Covering:
    """Tells which marks cover a stretch; stretches are asked for from left to right."""

    def __init__(self, marks: list[Mark]) -> None:
        self._starting: dict[int, list[Mark]] = defaultdict(list)
        for mark in marks:
            self._starting[mark.start].append(mark)
        self._starts = sorted(self._starting)
        self._next = 0
        self._open: list[Mark] = []
        self._begun: set[str] = set()

    def piece(self, left: int, right: int, words: str) -> Piece:
        while self._next < len(self._starts) and self._starts[self._next] <= left:
            self._open.extend(self._starting[self._starts[self._next]])
            self._next += 1
        self._open = [mark for mark in self._open if mark.end > left]
        if not self._open:
            return Piece(words)
        widest_first = sorted(self._open, key=lambda mark: mark.start - mark.end)
        kinds = tuple(dict.fromkeys(mark.kind for mark in widest_first if mark.kind != "focus"))
        owner = next((mark for mark in reversed(widest_first) if mark.item), None)
        focus = next((mark for mark in self._open if mark.kind == "focus"), None)
        item = owner.item if owner else ""
        is_first = bool(item) and item not in self._begun
        self._begun.add(item)
        return Piece(
            text=words,
            kinds=kinds,
            item=item,
            inside=" ".join(dict.fromkeys(mark.item for mark in widest_first if mark.item)),
            is_first=is_first,
            is_focus=focus is not None,
            is_focus_start=focus is not None and focus.start == left,
        )
