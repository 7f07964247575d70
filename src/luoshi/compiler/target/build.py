"""From figures to the plan's targets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from luoshi.catalogue.indicator import indicators
from luoshi.compiler import deadline, indicator, mention, strength
from luoshi.compiler.outline import Outline, Sentence
from luoshi.compiler.reading import Reading
from luoshi.compiler.target import judge, limit
from luoshi.compiler.target.calibration import calibrated
from luoshi.compiler.target.figure import Figure, Other, Reason
from luoshi.compiler.target.read import sentence
from luoshi.compiler.target.reference import references
from luoshi.compiler.target.scene import Scene
from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.kernel.identity import Minter
from luoshi.plan.model import Basis, Deadline, OtherNumber, Role, Target, Term


@dataclass(frozen=True, slots=True)
class TargetReading:
    """What a report's numbers are.

    Attributes:
        targets: Targets in text order, not yet linked to a commitment.
        numbers: Numbers of the forward part that are no targets.
        diagnostics: Numbers that are neither, and other doubts.
    """

    targets: tuple[Target, ...]
    numbers: tuple[OtherNumber, ...]
    diagnostics: tuple[Diagnostic, ...]


def from_outline(outline: Outline, terms: Sequence[Term], year: int, minter: Minter) -> TargetReading:
    """Read every target of the forward sections, and what each other number is.

    Args:
        outline: The outline.
        terms: Glossary terms, which resolve short forms such as “75、40、35”.
        year: Year of the plan.
        minter: Gives identities.
    """
    reading = outline.reading
    figures: list[Figure] = []
    others: list[Other] = []
    limits, short = limit.from_terms(reading, terms)
    for scene in scenes(outline, year):
        read, rest = sentence(scene)
        resolved, unknown = limit.short_forms(scene, short)
        taken = {figure.number for figure in resolved}
        figures.extend(read)
        figures.extend(resolved)
        figures.extend(references(scene))
        others.extend(other for other in rest if other.start not in taken)
        others.extend(Other(start, end, None) for start, end in unknown)
    figures.extend(limits)
    figures.sort(key=lambda figure: (figure.number, figure.number_end))
    return TargetReading(
        targets=tuple(target(reading, figure, year, minter) for figure in figures),
        numbers=tuple(
            OtherNumber(span=reading.span(other.start, other.end), kind=other.kind)
            for other in others
            if other.kind is not None
        ),
        diagnostics=tuple(_unexplained(reading, other) for other in others if other.kind is None),
    )


def scenes(outline: Outline, year: int, *, forward: bool = True) -> Iterator[Scene]:
    """Yield the sentences of the forward sections, or of the review, with what holds for each."""
    reading = outline.reading
    headings = {section.heading.start for section in outline.sections}
    head = _Head()
    for place in outline.sentences:
        section = outline.sections[place.section]
        if not (section.role.is_forward if forward else section.role is Role.REVIEW):
            continue
        text, start, end = reading.text, place.start, place.end
        limits = deadline.mentions(text, start=start, end=end, year=year)
        strengths = strength.mentions(text, start=start, end=end)
        if reading.origin[start] in headings:
            head = _Head(place.paragraph)
        elif place.paragraph != head.paragraph:
            head = _Head(place.paragraph, _head_limit(text, place, limits))
        elif head.strong is not None and not _GOES_ON.match(text, start, end):
            head = _Head(place.paragraph, head.opening)
        yield Scene(
            text=text,
            start=start,
            end=end,
            numbers=mention.mentions(text, start=start, end=end),
            limits=limits,
            strengths=strengths,
            heading=head.limit,
            strong=head.strong,
            is_past=not forward,
        )
        head = _after(head, limits, strengths)


@dataclass(frozen=True, slots=True)
class _Head:
    """What the head of a paragraph sets for its later sentences.

    Attributes:
        paragraph: The paragraph.
        opening: Time limit that opens the paragraph.
        listed: Time limit of a list of aims that goes on.
        strong: Word of strength of that list.
    """

    paragraph: int = -1
    opening: deadline.DeadlineMention | None = None
    listed: deadline.DeadlineMention | None = None
    strong: strength.StrengthMention | None = None

    @property
    def limit(self) -> deadline.DeadlineMention | None:
        """The limit that holds."""
        return self.listed or self.opening


_GOES_ON = re.compile(r"(?!为|要|我们|围绕|实现|完成|做好|落实|按照)[^。]*\d%")
"""A sentence that goes on with the figures of a list of aims."""


def _after(
    head: _Head,
    limits: Sequence[deadline.DeadlineMention],
    strengths: Sequence[strength.StrengthMention],
) -> _Head:
    """Return the head after a sentence, which may itself open a list of aims (今年主要预期目标是：…。…)."""
    heading = next((mention for mention in strengths if mention.is_head), None)
    if heading is None:
        return head
    limit = next((mention for mention in reversed(limits) if mention.end <= heading.start), None)
    return _Head(head.paragraph, head.opening, limit, heading)


_AIMS = ("目标", "任务", "指标", "要求", "预期")


def _head_limit(
    text: str, place: Sentence, limits: Sequence[deadline.DeadlineMention]
) -> deadline.DeadlineMention | None:
    """Return the time limit that opens a paragraph and holds for all of it (今年，全市…；“十四五”时期主要目标是…)."""
    if not limits:
        return None
    first = limits[0]
    if first.start - place.start > 2 or first.written in ("全年", "年内"):
        return None
    words = text[first.end : place.end]
    if words.startswith("，") or any(aim in words for aim in _AIMS):
        return first
    return None


def target(reading: Reading, figure: Figure, year: int, minter: Minter) -> Target:
    """Make a target of the plan from a figure."""
    key, sure = indicator.link(figure.indicator, figure.unit, figure.kind)
    known = indicators().get(key)
    judged, judged_reason = judge.judged_as(figure, known)
    course, course_reason = judge.course(figure, known)
    reasons = [*figure.reasons, course_reason]
    if judged_reason is not None:
        reasons.append(judged_reason)
    if key and sure < 1:
        reasons.append(Reason("indicator_key", sure, "C350", known.name if known else ""))
    due = figure.deadline
    if due is not None and due.confidence < 0.9:
        reasons.append(Reason("deadline", due.confidence, "C351", due.written))
    if figure.strength is not None and figure.strength.confidence < 0.9:
        reasons.append(Reason("strength", figure.strength.confidence, "C352", figure.strength.written))
    if not any(reason.field == "indicator" for reason in reasons):
        reasons.append(Reason("indicator", calibrated("indicator", None), "C307"))
    clause = reading.span(figure.start, figure.end)
    number = reading.span(figure.number, figure.number_end)
    return Target(
        id=minter.mint("t", figure.indicator, reading.text[figure.start : figure.end]),
        spans=(clause,),
        text=clause.quote(reading.delivered),
        bases=tuple(_basis(reason) for reason in reasons),
        commitment="",
        indicator=figure.indicator,
        indicator_key=key,
        comparator=figure.comparator,
        value=figure.value,
        upper=figure.upper,
        reference=figure.reference,
        unit=figure.unit,
        kind=figure.kind,
        base_period=figure.base,
        judged_as=judged,
        course=course,
        deadline=_deadline(reading, due, year),
        strength=figure.strength.written if figure.strength else "",
        number=number,
    )


def _basis(reason: Reason) -> Basis:
    parameters = {"words": reason.words} if reason.words else {}
    is_stated = reason.code == "C307"
    confidence = reason.confidence if is_stated else calibrated(reason.field, reason.confidence)
    return Basis(field=reason.field, confidence=confidence, code=reason.code, parameters=parameters)


def _deadline(reading: Reading, due: deadline.DeadlineMention | None, year: int) -> Deadline:
    if due is None:
        return deadline.default(year)
    return Deadline(day=due.day, written=due.written, span=reading.span(due.start, due.end))


def _unexplained(reading: Reading, other: Other) -> Diagnostic:
    span = reading.span(other.start, other.end)
    return Diagnostic(
        code="C390",
        severity=Severity.WARNING,
        span=span,
        parameters={"number": span.quote(reading.delivered)},
    )
