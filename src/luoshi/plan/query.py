"""Lists of a plan's items (条目查询): filtered, searched, sorted, with counts for what else there is; and the plan at a glance."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from luoshi.kernel.label import Labelled
from luoshi.plan.items import Contents, ItemKind, commitment_of, every, label_of
from luoshi.plan.model import (
    Claim,
    Commitment,
    Deliverable,
    Item,
    Plan,
    Procedure,
    Project,
    ReviewState,
    Target,
    Term,
)

NO_UNIT = "-"
"""Unit by which one asks for what nobody leads."""


class Sort(Labelled):
    """Order of a list; equal items stand in text order."""

    TEXT = "text", "原文顺序", "order of the text"
    DEADLINE = "deadline", "完成时限", "deadline"
    CONFIDENCE = "confidence", "存疑在前", "most doubtful first"
    NAME = "name", "名称", "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a list should hold. What is left empty or None does not narrow it.

    Attributes:
        kinds: Kinds of item.
        words: Words that must all occur, in any order, in name, text, detail or unit; full- and half-width are alike.
        section: Identity of a section; what stands inside it counts.
        unit: Identity of a lead or supporting unit, or `NO_UNIT`.
        states: States of review.
        in_doubt: Whether a field is in doubt.
        due_from: First day of the deadline.
        due_until: Last day of the deadline.
        has_number: Whether it promises a number.
        sort: Order.
        descending: Whether the order is turned round.
    """

    kinds: frozenset[ItemKind] = frozenset()
    words: str = ""
    section: str = ""
    unit: str = ""
    states: frozenset[ReviewState] = frozenset()
    in_doubt: bool | None = None
    due_from: date | None = None
    due_until: date | None = None
    has_number: bool | None = None
    sort: Sort = Sort.TEXT
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An item with what lists filter by.

    Attributes:
        kind: What it is.
        item: The item.
        sections: Identities of its sections, the outermost first.
        units: Identities of the units of its commitment, the lead first; `NO_UNIT` first where there is no lead.
        due: Deadline, or None for what has none.
        has_number: Whether it promises a number.
        words: Its words as searched.
    """

    kind: ItemKind
    item: Item
    sections: tuple[str, ...]
    units: tuple[str, ...]
    due: date | None
    has_number: bool
    words: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a query found.

    Attributes:
        rows: Items, in order.
        facets: Counts by facet (``kind section unit state month doubt number``) and key, each as if the query did
            not narrow by this facet.
    """

    rows: tuple[Row, ...]
    facets: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Summary:
    """A plan at a glance; commitments are counted, but for `kinds`.

    Attributes:
        kinds: Items by kind.
        sections: By section identity, with those inside.
        units: By lead unit, `NO_UNIT` for those without.
        months: By month of the deadline, ``2026-06``.
        with_number: How many have a target.
        in_doubt: How many items of any kind are still to review and in doubt.
    """

    kinds: dict[ItemKind, int]
    sections: dict[str, int]
    units: dict[str, int]
    months: dict[str, int]
    with_number: int
    in_doubt: int


def rows(plan: Plan) -> tuple[Row, ...]:
    """Return every item of the plan with what lists filter by; a list that is asked often keeps them."""
    contents = Contents(plan)
    paths = {section: tuple(s.id for s in contents.path(section)) for section in contents.sections}
    commitments = {commitment.id: commitment for commitment in plan.commitments}
    names = {unit.id: unit.name for unit in plan.units}
    counted = {target.commitment for target in plan.targets if target.value is not None}
    made = []
    for kind, item in every(plan):
        owner = commitments.get(commitment_of(item))
        units = (owner.lead_unit or NO_UNIT, *owner.supporting_units) if owner is not None else ()
        words = " ".join(
            (label_of(item), item.text, *_details(item), *(names.get(unit, "") for unit in units))
        )
        made.append(
            Row(
                kind=kind,
                item=item,
                sections=paths.get(contents.section_of(item), ()),
                units=units,
                due=_due(item),
                has_number=_has_number(item, counted),
                words=regular(words),
            )
        )
    return tuple(made)


def search(plan: Plan, query: Query, *, among: Iterable[Row] | None = None) -> Result:
    """Return the items that `query` asks for, sorted, and the counts of every facet.

    Args:
        plan: The plan.
        query: What to find.
        among: `rows(plan)`, where the caller has kept them.
    """
    conditions = _conditions(query)
    facets: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    found = []
    for row in rows(plan) if among is None else among:
        failed = [facet for facet, holds in conditions if not holds(row)]
        if not failed:
            found.append(row)
        if len(set(failed)) <= 1:
            for facet, keys_of in FACETS.items():
                if not failed or failed[0] == facet:
                    facets[facet].update(keys_of(row))
    return Result(tuple(_sorted(found, query)), {facet: dict(counts) for facet, counts in facets.items()})


def summary(plan: Plan) -> Summary:
    """Return the plan at a glance, without what was rejected."""
    kept = [row for row in rows(plan) if row.item.state is not ReviewState.REJECTED]
    promises = [row for row in kept if row.kind is ItemKind.COMMITMENT]

    def counted(facet: str) -> dict[str, int]:
        counts = Counter(key for row in promises for key in FACETS[facet](row))
        return dict(sorted(counts.items())) if facet == "month" else dict(counts)

    kinds = Counter(row.kind for row in kept)
    return Summary(
        kinds={kind: kinds[kind] for kind in ItemKind},
        sections=counted("section"),
        units=dict(Counter(row.units[0] for row in promises).most_common()),
        months=counted("month"),
        with_number=sum(row.has_number for row in promises),
        in_doubt=sum(row.item.state is ReviewState.PROPOSED and not row.item.is_sure for row in kept),
    )


def regular(text: str) -> str:
    """Return the text as it is searched: full- and half-width, large and small letters alike."""
    return unicodedata.normalize("NFKC", text).casefold()


FACETS: dict[str, Callable[[Row], Iterable[str]]] = {
    "kind": lambda row: (row.kind.value,),
    "section": lambda row: row.sections,
    "unit": lambda row: row.units,
    "state": lambda row: (row.item.state.value,),
    "month": lambda row: (f"{row.due:%Y-%m}",) if row.due is not None else (),
    "doubt": lambda row: ("sure" if row.item.is_sure else "doubt",),
    "number": lambda row: ("number" if row.has_number else "none",),
}
"""Keys under which each facet counts a row."""


def _conditions(query: Query) -> list[tuple[str, Callable[[Row], bool]]]:
    """Return the conditions of a query, each with the facet that it narrows."""
    conditions: list[tuple[str, Callable[[Row], bool]]] = []
    wanted = regular(query.words).split()
    since, until = query.due_from or date.min, query.due_until or date.max
    if wanted:
        conditions.append(("words", lambda row: all(word in row.words for word in wanted)))
    if query.kinds:
        conditions.append(("kind", lambda row: row.kind in query.kinds))
    if query.section:
        conditions.append(("section", lambda row: query.section in row.sections))
    if query.unit:
        conditions.append(("unit", lambda row: query.unit in row.units))
    if query.states:
        conditions.append(("state", lambda row: row.item.state in query.states))
    if query.in_doubt is not None:
        conditions.append(("doubt", lambda row: row.item.is_sure is not query.in_doubt))
    if query.due_from is not None or query.due_until is not None:
        conditions.append(("month", lambda row: row.due is not None and since <= row.due <= until))
    if query.has_number is not None:
        conditions.append(("number", lambda row: row.has_number is query.has_number))
    return conditions


def _sorted(found: list[Row], query: Query) -> list[Row]:
    # Items by hand have no place and stand last. Two stable sorts keep text order among equals, turned round or not.
    found.sort(key=lambda row: _place(row.item))
    match query.sort:
        case Sort.TEXT:
            return found[::-1] if query.descending else found
        case Sort.DEADLINE:
            return sorted(found, key=lambda row: row.due or date.max, reverse=query.descending)
        case Sort.CONFIDENCE:
            return sorted(found, key=lambda row: row.item.confidence, reverse=query.descending)
        case Sort.NAME:
            return sorted(found, key=lambda row: label_of(row.item), reverse=query.descending)
    raise ValueError(query.sort)


def _place(item: Item) -> tuple[bool, str, int]:
    return (False, item.spans[0].source, item.spans[0].start) if item.spans else (True, "", 0)


def _details(item: Item) -> tuple[str, ...]:
    """Return what a person may look for beside name and text, as shown on the item."""
    match item:
        case Commitment():
            return (item.strength, item.leading_official)
        case Target():
            return (item.strength, item.reference, item.unit, item.base_period)
        case Deliverable():
            return (item.evidence,)
        case Project():
            return (item.action, item.place)
        case Procedure():
            return (item.scope, *(part.name for part in (*item.stages, *item.members)))
        case Term():
            return (item.definition,)
        case _:
            return ()


def _due(item: Item) -> date | None:
    deadline = getattr(item, "deadline", None) or getattr(item, "due", None)
    return deadline.day if deadline is not None else None


def _has_number(item: Item, counted: set[str]) -> bool:
    match item:
        case Commitment():
            return item.id in counted
        case Target() | Claim():
            return item.value is not None
        case Project():
            return item.amount is not None
        case Procedure():
            return bool(item.limits)
        case _:
            return False
