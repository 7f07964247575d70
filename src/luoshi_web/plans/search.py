"""Search in one plan: items by their words, and places of the report's text (搜索)."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.kernel.span import Span
from luoshi.plan.items import ItemKind, label_of, of_kind
from luoshi_web.plans.detail import Quote, quote_at
from luoshi_web.plans.index import PlanIndex, shown
from luoshi_web.plans.listing import SCREENS

_MOST_OF_A_KIND = 50
_MOST_PLACES = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """An item found: its words, and what is said quietly beside it."""

    identity: str
    name: str
    aside: str


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind, or places of the text when `kind` is None."""

    kind: ItemKind | None
    count: int
    hits: list[Hit]
    places: list[Quote]


def search(index: PlanIndex, text: str) -> list[Group]:
    """Return what holds all words of `text`, by kind in the order of the modules, places of the report last."""
    parts = text.casefold().split()
    groups = []
    for kind in ItemKind:
        words_of = SCREENS[kind.list_name](index).words if kind.list_name in SCREENS else None
        found = [
            item
            for item in shown(of_kind(index.plan, kind))
            if _holds(words_of(item) if words_of else f"{label_of(item)}\n{item.text}", parts)
        ]
        if found:
            hits = [Hit(item.id, label_of(item), index.unit_of(item)) for item in found[:_MOST_OF_A_KIND]]
            groups.append(Group(kind, len(found), hits, []))
    places = _places(index, text.casefold())
    if places:
        groups.append(
            Group(None, len(places), [], [quote_at(index, place) for place in places[:_MOST_PLACES]])
        )
    return groups


def _holds(words: str, parts: list[str]) -> bool:
    folded = words.casefold()
    return all(part in folded for part in parts)


def _places(index: PlanIndex, text: str) -> list[Span]:
    places = []
    for source in index.plan.sources:
        folded = source.text.casefold()
        if len(folded) != len(source.text):  # a letter that folds into two would shift every place after it
            folded = source.text
        start = folded.find(text)
        while start >= 0:
            places.append(Span(source.id, start, start + len(text)))
            start = folded.find(text, start + len(text))
    return places
