"""How well a reconciliation agrees with what people read (兑现核对的评测)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from luoshi.settle.reconcile.model import Outcome, Pair, Reconciliation


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a report by offsets: year of the plan, path of the text, its digest (SHA-256 of UTF-8), first character and one past the last."""

    year: int
    path: str
    digest: str
    start: int
    end: int


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """Passages of the later report that a reader accepts as the answer; none where it does not speak of the matter."""

    path: str
    digest: str
    spans: tuple[tuple[int, int], ...]


class Annotation(msgspec.Struct, frozen=True, kw_only=True):
    """What a person read: a pair of reports, what the earlier one promised, what the later one answers, how that reads, and whether a number was promised."""

    pair: str
    promised: Place
    claimed: Answers
    outcome: Outcome
    value: bool


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """An annotation beside the pair of the reconciliation that speaks of it; None where no subject stands at its words."""

    annotation: Annotation
    pair: Pair | None
    is_found: bool


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """Counts: annotations, those with an answer, those whose answer was found; pairs read as fulfilled, and those that a person reads otherwise; readings by (person, program)."""

    annotated: int
    answered: int
    found: int
    fulfilled: int
    wrongly: int
    readings: dict[tuple[Outcome, Outcome], int]

    @property
    def found_share(self) -> float:
        """Share of the answers that were found."""
        return self.found / self.answered if self.answered else 0.0

    @property
    def wrong_share(self) -> float:
        """Share of the readings “fulfilled” that are wrong."""
        return self.wrongly / self.fulfilled if self.fulfilled else 0.0


def compared(annotations: Iterable[Annotation], result: Reconciliation) -> list[Compared]:
    """Return each annotation of a pair of reports beside the pair that speaks of it.

    Where several subjects stand at the words, the one whose passage is right counts, then the one whose words fit best.
    """
    return [_beside(annotation, result) for annotation in annotations]


def _beside(annotation: Annotation, result: Reconciliation) -> Compared:
    promised = annotation.promised
    here = [
        pair
        for pair in result.pairs
        if pair.subject.span is not None
        and pair.subject.span.start < promised.end
        and promised.start < pair.subject.span.end
    ]
    if not here:
        return Compared(annotation=annotation, pair=None, is_found=False)
    best = max(here, key=lambda pair: (_is_answer(annotation, pair), _fit(annotation, pair)))
    return Compared(annotation=annotation, pair=best, is_found=_is_answer(annotation, best))


def _is_answer(annotation: Annotation, pair: Pair) -> bool:
    if pair.finding is None:
        return False
    span = pair.finding.span
    return any(start < span.end and span.start < end for start, end in annotation.claimed.spans)


def _fit(annotation: Annotation, pair: Pair) -> float:
    """Return how much the words of a subject and of an annotation have in common, 0 to 1."""
    span, promised = pair.subject.span, annotation.promised
    assert span is not None
    shared = min(span.end, promised.end) - max(span.start, promised.start)
    return shared / max(span.end - span.start, promised.end - promised.start)


def score(rows: Iterable[Compared]) -> Score:
    """Count how well the pairs agree with the annotations."""
    rows = list(rows)
    read = [
        (row.annotation, row.pair.outcome if row.pair is not None else Outcome.NOT_MENTIONED) for row in rows
    ]
    fulfilled = [row for row in rows if row.pair is not None and row.pair.outcome is Outcome.FULFILLED]
    return Score(
        annotated=len(rows),
        answered=sum(bool(row.annotation.claimed.spans) for row in rows),
        found=sum(row.is_found for row in rows),
        fulfilled=len(fulfilled),
        wrongly=sum(row.annotation.outcome is not Outcome.FULFILLED for row in fulfilled),
        readings=dict(Counter((annotation.outcome, outcome) for annotation, outcome in read)),
    )
