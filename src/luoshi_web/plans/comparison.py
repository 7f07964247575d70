"""Differences between two plans as a page shows them (比较)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from luoshi.plan.diff import Difference, PlanDiff
from luoshi.plan.items import ItemKind, label_of
from luoshi.plan.model import Item
from luoshi_web.plans.detail import FIELD_NAMES
from luoshi_web.plans.wording import value_text


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A field before and after."""

    field: Any
    old: str
    new: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """What happened to an item: its words, the items before and after, the fields that changed."""

    what: Difference
    name: str
    identity: str
    old: list[str]
    new: list[str]
    changes: list[ShownChange]
    is_kept: bool


@dataclass(frozen=True, slots=True)
class KindDifferences:
    """Differences of one kind of item."""

    kind: ItemKind
    differences: list[ShownDifference]


@dataclass(frozen=True, slots=True)
class Compared:
    """All differences between two plans, with their counts."""

    kinds: list[KindDifferences]
    counts: list[tuple[Difference, int]]
    total: int


def compared(difference: PlanDiff) -> Compared:
    """Put the differences into the words of the page."""
    kinds = [
        KindDifferences(kind, [_shown(found) for found in difference.of(kind)])
        for kind in ItemKind
        if difference.of(kind)
    ]
    counts = [(what, count) for what, count in difference.counts().items() if count]
    return Compared(kinds, counts, sum(count for _what, count in counts))


def _shown(found: Any) -> ShownDifference:
    return ShownDifference(
        found.what,
        found.label,
        found.new[0].id if found.new else "",
        _names(found.old),
        _names(found.new),
        [
            ShownChange(
                FIELD_NAMES.get(change.field, change.field),
                value_text(change.old),
                value_text(change.new),
                change.kept,
            )
            for change in found.fields
        ],
        found.kept,
    )


def _names(items: tuple[Item, ...]) -> list[str]:
    return [label_of(item) for item in items]
