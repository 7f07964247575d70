"""What next year's report says of the year (对应表述的候选): claims with their numbers, and clauses of the review."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from luoshi.kernel.span import Span
from luoshi.plan.model import Claim, Plan, ReviewState, Role, TargetKind

_SENTENCE = re.compile(r"[^。；！？\n]+")
_CLAUSE = re.compile(r"[^，,：:]+")
_NEAR = 40
_GROWING = frozenset({TargetKind.GROWTH, TargetKind.CUT})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report with its clauses."""

    span: Span
    text: str
    clauses: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that a claim states: its level, or the growth beside it.

    Attributes:
        claim: The claim.
        value: The number.
        unit: Its unit; ``%`` for a growth.
        kind: Sort of quantity.
        span: Words that state it: the claim's, and those up to the growth where that stands beside.
        sentence: The sentence that it stands in, or None.
    """

    claim: Claim
    value: Decimal
    unit: str
    kind: TargetKind
    span: Span
    sentence: Sentence | None

    @property
    def is_beside(self) -> bool:
        """Whether it is the growth that stands beside a level."""
        return self.kind is TargetKind.GROWTH and self.claim.kind not in _GROWING


def sentences_of(plan: Plan, *, forward: bool) -> tuple[Sentence, ...]:
    """Return the sentences of the review of a plan's sources, or of what it promises, in text order; headings are left out.

    Args:
        plan: The plan.
        forward: Whether the sentences of the promises are wanted, in place of the review's.
    """
    wanted = [one for one in plan.sections if (one.role.is_forward if forward else one.role is Role.REVIEW)]
    found: dict[Span, Sentence] = {}
    for source in plan.sources:
        headings = [one.heading for one in plan.sections if one.heading.source == source.id]
        for section in wanted:
            if section.span.source == source.id:
                for sentence in _within(source.id, source.text, section.span, headings):
                    found.setdefault(sentence.span, sentence)
    return tuple(found[span] for span in sorted(found))


def _within(source: str, text: str, part: Span, headings: list[Span]) -> Iterator[Sentence]:
    for match in _SENTENCE.finditer(text, part.start, part.end):
        span = _trimmed(source, text, match.start(), match.end())
        if span is None or any(heading.covers(span) for heading in headings):
            continue
        clauses = (
            _trimmed(source, text, one.start(), one.end())
            for one in _CLAUSE.finditer(text, span.start, span.end)
        )
        yield Sentence(span, span.quote(text), tuple(clause for clause in clauses if clause is not None))


def _trimmed(source: str, text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(source, start, end) if start < end else None


def stated_in(plan: Plan, sentences: tuple[Sentence, ...]) -> tuple[Stated, ...]:
    """Return the numbers that a plan's claims state, in text order."""
    found = []
    for claim in plan.claims:
        if claim.value is None or claim.state is ReviewState.REJECTED or not claim.spans:
            continue
        home = _home(claim, sentences)
        found.append(Stated(claim, claim.value, claim.unit, claim.kind, claim.spans[0], home))
        if claim.growth_percent is not None:
            span = _up_to(claim.spans[0], claim.growth_percent, plan)
            found.append(Stated(claim, claim.growth_percent, "%", TargetKind.GROWTH, span, home))
    return tuple(sorted(found, key=lambda one: (one.claim.spans[0], one.is_beside, one.claim.id)))


def _up_to(claim: Span, growth: Decimal, plan: Plan) -> Span:
    """Return the words of a claim up to the growth that stands beside it; the claim's own where the growth is written otherwise."""
    text = plan.source(claim.source).text
    after = text[claim.end : claim.end + _NEAR]
    match = re.search(rf"(?<![\d.]){re.escape(f'{abs(growth):f}')}\s*[%％]", after)
    return Span(claim.source, claim.start, claim.end + match.end()) if match else claim


def _home(claim: Claim, sentences: tuple[Sentence, ...]) -> Sentence | None:
    place = claim.spans[0]
    return next((sentence for sentence in sentences if sentence.span.overlaps(place)), None)
