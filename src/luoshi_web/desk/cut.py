"""Where a commitment may be cut (拆分点), and its words with what they hold marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from luoshi.kernel.span import Span
from luoshi.plan.model import Commitment, Target
from luoshi_web.desk.queue import Entry
from luoshi_web.plans.index import PlanIndex

_PARTING = re.compile(r"[，、；。,;](?=\S)")
_AROUND_LINES = 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words between two possible cuts; `offset` is where they begin in the source, `can_cut` whether before them."""

    text: str
    source: str
    offset: int
    can_cut: bool


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words of the source pane with their style: "" plain, ``main`` the entry's own, ``number`` a figure in it."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the source with its offset, cut into fragments."""

    offset: int
    fragments: tuple[Fragment, ...]


def stretches_of(index: PlanIndex, commitment: Commitment) -> list[Stretch]:
    """Return a commitment's words cut wherever a person may cut them."""
    found: list[Stretch] = []
    for span in commitment.spans:
        text = index.plan.quote(span)
        left = 0
        for match in [*_PARTING.finditer(text), None]:
            right = match.end() if match else len(text)
            if right > left:
                found.append(Stretch(text[left:right], span.source, span.start + left, bool(found)))
            left = right
    return found


def source_lines(index: PlanIndex, entry: Entry) -> list[SourceLine]:
    """Return the lines of the source that hold an entry, with a line before and after."""
    if not entry.item.spans:
        return []
    first = entry.item.spans[0]
    text = index.plan.source(first.source).text
    start = _line_start(text, first.start)
    end = _line_end(text, max(span.end for span in entry.item.spans if span.source == first.source))
    for _step in range(_AROUND_LINES):
        start = _line_start(text, start - 1) if start else start
        end = _line_end(text, end + 1) if end < len(text) else end
    numbers = [part.number for _kind, part in entry.parts if isinstance(part, Target) and part.number]
    if isinstance(entry.item, Target) and entry.item.number:
        numbers.append(entry.item.number)
    lines = []
    at = start
    for line in text[start:end].split("\n"):
        if line.strip():
            lines.append(SourceLine(at, _fragments(line, at, first.source, entry.item.spans, numbers)))
        at += len(line) + 1
    return lines


def _fragments(
    line: str, at: int, source: str, mains: tuple[Span, ...], numbers: list[Span]
) -> tuple[Fragment, ...]:
    whole = Span(source, at, at + len(line))
    inside = [
        (span, style)
        for style, spans in (("main", mains), ("number", numbers))
        for span in spans
        if span.overlaps(whole)
    ]
    borders = {at, at + len(line)}
    borders |= {cut for span, _style in inside for cut in (span.start, span.end) if at < cut < at + len(line)}
    ordered = sorted(borders)
    found = []
    for left, right in pairwise(ordered):
        styles = [style for span, style in inside if span.start <= left and right <= span.end]
        found.append(
            Fragment(
                line[left - at : right - at], "number" if "number" in styles else "main" if styles else ""
            )
        )
    return tuple(found)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, max(at, 0)) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
