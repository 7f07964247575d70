"""A plan with what its screens look up again and again: items by identity, by commitment, by section."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import TypeVar

from luoshi.kernel.span import Span
from luoshi.plan.items import Contents, ItemKind, by_id, commitment_of
from luoshi.plan.model import (
    Commitment,
    Deliverable,
    Item,
    Plan,
    Project,
    ReviewState,
    Section,
    Target,
    Term,
)

SomeItem = TypeVar("SomeItem", bound=Item)


class PlanIndex:
    """Look-ups in one immutable plan, each made when first asked for.

    Attributes:
        plan: The plan.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @cached_property
    def items(self) -> dict[str, tuple[ItemKind, Item]]:
        """Every item and its kind by identity."""
        return by_id(self.plan)

    @cached_property
    def contents(self) -> Contents:
        """Sections with their paths."""
        return Contents(self.plan)

    @cached_property
    def unit_names(self) -> dict[str, str]:
        """Names of units by identity."""
        return {unit.id: unit.name for unit in self.plan.units}

    @cached_property
    def commitments(self) -> dict[str, Commitment]:
        """Commitments by identity."""
        return {commitment.id: commitment for commitment in self.plan.commitments}

    @cached_property
    def targets_of(self) -> dict[str, list[Target]]:
        """Targets by the commitment that they belong to."""
        return _by_commitment(self.plan.targets)

    @cached_property
    def deliverables_of(self) -> dict[str, list[Deliverable]]:
        """Deliverables by commitment."""
        return _by_commitment(self.plan.deliverables)

    @cached_property
    def projects_of(self) -> dict[str, list[Project]]:
        """Projects by commitment."""
        return _by_commitment(self.plan.projects)

    @cached_property
    def terms_by_name(self) -> dict[str, Term]:
        """Terms by name."""
        return {term.name: term for term in self.plan.terms}

    @cached_property
    def _uses(self) -> dict[str, list[tuple[Span, str]]]:
        """Uses of terms in each source, in text order."""
        found: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        for term in shown(self.plan.terms):
            for span in term.uses:
                found[span.source].append((span, term.id))
        return {source: sorted(uses) for source, uses in found.items()}

    def term_uses(self, source: str, start: int, end: int) -> list[tuple[Span, str]]:
        """Return the uses of terms that begin in a stretch of text, each with the term's identity."""
        uses = self._uses.get(source, [])
        first = bisect_left(uses, start, key=lambda use: use[0].start)
        last = bisect_left(uses, end, key=lambda use: use[0].start)
        return uses[first:last]

    def path(self, section_id: str) -> tuple[Section, ...]:
        """Return a section with those above it, the outermost first."""
        return self.contents.path(section_id)

    def path_of(self, item: Item) -> tuple[Section, ...]:
        """Return the sections that an item stands in, the outermost first."""
        return self.contents.path(self.contents.section_of(item))

    def unit_of(self, item: Item) -> str:
        """Return the name of the lead unit that answers for an item, or ""."""
        commitment = self.commitments.get(commitment_of(item))
        return self.unit_names.get(commitment.lead_unit, "") if commitment else ""


def _by_commitment(found: Iterable[SomeItem]) -> dict[str, list[SomeItem]]:
    sorted_out: dict[str, list[SomeItem]] = defaultdict(list)
    for item in found:
        sorted_out[commitment_of(item)].append(item)
    return dict(sorted_out)


def shown(found: Iterable[SomeItem]) -> list[SomeItem]:
    """Return the items that a reading screen shows: those that review has not rejected."""
    return [item for item in found if item.state is not ReviewState.REJECTED]
