"""How far review has come (审定进度), and what is in doubt (存疑)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.plan.items import Contents, ItemKind, every
from luoshi.plan.model import ADVICE, SURE, Basis, Item, Plan, ReviewState


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of items: all, accepted, rejected, still to review, and of these in doubt."""

    total: int = 0
    accepted: int = 0
    rejected: int = 0
    proposed: int = 0
    in_doubt: int = 0

    @property
    def reviewed(self) -> int:
        """How many are accepted or rejected."""
        return self.accepted + self.rejected


@dataclass(frozen=True, slots=True)
class Progress:
    """How far review has come.

    Attributes:
        overall: Of all items that need review.
        kinds: By kind, past results included.
        sections: By section identity, each with those inside it; "" for what stands in none.
    """

    overall: Tally
    kinds: dict[ItemKind, Tally]
    sections: dict[str, Tally]


@dataclass(frozen=True, slots=True)
class Doubt:
    """An item to look at, and why.

    Attributes:
        kind: What it is.
        item: The item.
        confidence: Least confidence of its fields that no person has set.
        bases: The doubtful fields, the most doubtful first.
        diagnostics: What the compiler has to say about it, errors and warnings.
    """

    kind: ItemKind
    item: Item
    confidence: float
    bases: tuple[Basis, ...]
    diagnostics: tuple[Diagnostic, ...]


def progress(plan: Plan) -> Progress:
    """Return how far the review of `plan` has come."""
    contents = Contents(plan)
    counters: dict[object, Counter[str]] = {section.id: Counter() for section in plan.sections}
    for kind, item in every(plan):
        inside = [section.id for section in contents.path(contents.section_of(item))] or [""]
        groups = [kind, *inside, None] if kind.needs_review else [kind]
        for group in groups:
            counter = counters.setdefault(group, Counter())
            counter["total"] += 1
            counter[item.state.value] += 1
            if kind.needs_review and item.state is ReviewState.PROPOSED and not item.is_sure:
                counter["in_doubt"] += 1
    tallies = {group: Tally(**counter) for group, counter in counters.items()}
    return Progress(
        overall=tallies.get(None, Tally()),
        kinds={kind: tallies.get(kind, Tally()) for kind in ItemKind},
        sections={str(group): tally for group, tally in tallies.items() if isinstance(group, str)},
    )


def doubts(plan: Plan) -> tuple[Doubt, ...]:
    """Return the items still to review that are in doubt (past results need no review), the most doubtful first, then in text order."""
    said: dict[str, list[Diagnostic]] = {}
    for diagnostic in plan.diagnostics:
        if diagnostic.item and diagnostic.severity is not Severity.NOTE:
            said.setdefault(diagnostic.item, []).append(diagnostic)
    found = [
        Doubt(
            kind=kind,
            item=item,
            confidence=item.confidence,
            bases=_doubtful(item),
            diagnostics=tuple(said.get(item.id, ())),
        )
        for kind, item in every(plan)
        if kind.needs_review and item.state is ReviewState.PROPOSED and (not item.is_sure or item.id in said)
    ]
    return tuple(sorted(found, key=lambda doubt: (doubt.confidence, _place(doubt.item))))


def _doubtful(item: Item) -> tuple[Basis, ...]:
    doubtful = (b for b in item.bases if b.field not in {*item.reviewed, *ADVICE} and b.confidence < SURE)
    return tuple(sorted(doubtful, key=lambda basis: basis.confidence))


def _place(item: Item) -> tuple[bool, str, int]:
    return (not item.spans, item.spans[0].source, item.spans[0].start) if item.spans else (True, "", 0)
