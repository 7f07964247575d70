"""Items of a plan (计划条目) by kind and identity, whatever list they stand in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import cast

import msgspec

from luoshi.kernel.label import Labelled
from luoshi.kernel.span import Span
from luoshi.plan.model import (
    Claim,
    Commitment,
    Deliverable,
    Item,
    Plan,
    Procedure,
    Project,
    Section,
    Target,
    Term,
)


class ItemKind(Labelled):
    """Sort of a plan's item; `type` is its class and `list_name` the plan's field that holds it."""

    COMMITMENT = "commitment", "目标任务", "commitment"
    TARGET = "target", "量化指标", "target"
    DELIVERABLE = "deliverable", "成果", "deliverable"
    PROJECT = "project", "项目", "project"
    PROCEDURE = "procedure", "机制流程", "mechanism"
    TERM = "term", "用语", "term"
    CLAIM = "claim", "成效", "past result"

    @property
    def type(self) -> type[Item]:
        """The class of these items."""
        return _TYPES[self.value]

    @property
    def list_name(self) -> str:
        """Name of the field of `Plan` that lists them."""
        return f"{self.value}s"

    @property
    def prefix(self) -> str:
        """First letters of identities that are minted for items added by hand."""
        return _PREFIXES[self.value]

    @property
    def needs_review(self) -> bool:
        """Whether each must be accepted or rejected before publication; past results need not."""
        return self is not ItemKind.CLAIM


_TYPES: dict[str, type[Item]] = {
    "commitment": Commitment,
    "target": Target,
    "deliverable": Deliverable,
    "project": Project,
    "procedure": Procedure,
    "term": Term,
    "claim": Claim,
}

_PREFIXES = {
    "commitment": "c",
    "target": "t",
    "deliverable": "d",
    "project": "p",
    "procedure": "m",
    "term": "g",
    "claim": "r",
}


def of_kind(plan: Plan, kind: ItemKind) -> tuple[Item, ...]:
    """Return the plan's items of `kind`, in text order."""
    return cast("tuple[Item, ...]", getattr(plan, kind.list_name))


def kind_of(item: Item) -> ItemKind:
    """Return the kind of `item`."""
    return next(kind for kind in ItemKind if kind.type is type(item))


def every(plan: Plan) -> Iterator[tuple[ItemKind, Item]]:
    """Yield each item with its kind, list by list."""
    for kind in ItemKind:
        for item in of_kind(plan, kind):
            yield kind, item


def by_id(plan: Plan) -> dict[str, tuple[ItemKind, Item]]:
    """Return each item and its kind by identity."""
    return {item.id: (kind, item) for kind, item in every(plan)}


def commitment_of(item: Item) -> str:
    """Return the identity of the commitment that the item belongs to (its own for one), or ""."""
    if isinstance(item, Commitment):
        return item.id
    return cast("str", getattr(item, "commitment", ""))


def label_of(item: Item) -> str:
    """Return the short words by which a list names the item."""
    match item:
        case Commitment(title=title):
            return title
        case Target(indicator=indicator) | Claim(indicator=indicator):
            return indicator
        case Deliverable(done_when=done_when):
            return done_when
        case Project(name=name) | Procedure(name=name) | Term(name=name):
            return name
        case _:
            return item.text


def with_lists(plan: Plan, lists: dict[ItemKind, tuple[Item, ...]]) -> Plan:
    """Return the plan with these lists in the place of its own."""
    return msgspec.structs.replace(plan, **{kind.list_name: items for kind, items in lists.items()})


class Contents:
    """Sections of a plan by identity, with their paths (目录).

    Attributes:
        sections: Sections by identity.
    """

    def __init__(self, plan: Plan) -> None:
        self.sections: dict[str, Section] = {section.id: section for section in plan.sections}
        self._of_commitment = {commitment.id: commitment.section for commitment in plan.commitments}
        self._by_place: dict[str, list[Section]] = {}
        # A section that holds others begins with or before them, so the last that covers a place is the innermost.
        for section in sorted(plan.sections, key=lambda s: (s.span.start, -s.span.end)):
            self._by_place.setdefault(section.span.source, []).append(section)

    def path(self, section_id: str) -> tuple[Section, ...]:
        """Return the section and those above it, the outermost first; nothing for an unknown identity."""
        found: list[Section] = []
        while section_id in self.sections and len(found) < len(self.sections):
            section = self.sections[section_id]
            found.append(section)
            section_id = section.parent
        return tuple(reversed(found))

    def at(self, span: Span) -> str:
        """Return the identity of the innermost section that covers `span`, or ""."""
        sections = self._by_place.get(span.source, [])
        last = bisect_right(sections, span.start, key=lambda section: section.span.start)
        return next((s.id for s in reversed(sections[:last]) if s.span.covers(span)), "")

    def section_of(self, item: Item) -> str:
        """Return the identity of the innermost section that holds the item, or ""."""
        if isinstance(item, Commitment):
            return item.section
        return (self.at(item.spans[0]) if item.spans else "") or self._of_commitment.get(
            commitment_of(item), ""
        )


def path_label(path: tuple[Section, ...]) -> str:
    """Return the numbers of a section's path as the report writes them: ``三（二）一是``, else the innermost title."""
    numbers = "".join(section.number for section in path)
    return numbers or (path[-1].title if path else "")
