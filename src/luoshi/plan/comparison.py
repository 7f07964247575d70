"""Differences between two plans as values (差异), once it is known which items correspond."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from luoshi.kernel.label import Labelled
from luoshi.kernel.span import Span
from luoshi.plan.items import Contents, ItemKind, label_of, of_kind
from luoshi.plan.match import Matching
from luoshi.plan.model import Commitment, Item, Plan


class Difference(Labelled):
    """What happened to an item."""

    ADDED = "added", "新增", "added"
    REMOVED = "removed", "删去", "removed"
    CHANGED = "changed", "修改", "changed"
    MOVED = "moved", "移动", "moved"
    SPLIT = "split", "拆分", "split"
    MERGED = "merged", "合并", "merged"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field whose value differs.

    Attributes:
        field: Its name.
        old: Value before, as the model types it; of a reference, the name of what it refers to.
        new: Value after, likewise.
        kept: Whether the old value stays because it is reviewed; in a recompilation alone.
    """

    field: str
    old: Any
    new: Any
    kept: bool = False


@dataclass(frozen=True, slots=True)
class ItemDiff:
    """What happened to one item, or to the several that were split or merged.

    Attributes:
        kind: What it is.
        what: What happened.
        old: Items before: none where added, several where merged.
        new: Items after: none where removed, several where split.
        fields: What changed, field by field; for one old and one new item.
        kept: Whether all stays as it was, because it is reviewed; in a recompilation alone.
    """

    kind: ItemKind
    what: Difference
    old: tuple[Item, ...]
    new: tuple[Item, ...]
    fields: tuple[FieldChange, ...] = ()
    kept: bool = False

    @property
    def label(self) -> str:
        """Short words that name the item."""
        return label_of((self.new or self.old)[0])


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """Differences between two plans, kind by kind in the order of the old text, what was added last."""

    items: tuple[ItemDiff, ...]

    def of(self, kind: ItemKind | None = None, what: Difference | None = None) -> tuple[ItemDiff, ...]:
        """Return the differences of a kind of item or a sort of change."""
        return tuple(d for d in self.items if kind in (None, d.kind) and what in (None, d.what))

    def counts(self) -> dict[Difference, int]:
        """Return how many there are of each sort of change; 0 included."""
        return {what: len(self.of(what=what)) for what in Difference}


HISTORY = frozenset(
    {"id", "spans", "origin", "state", "bases", "reviewed", "lineage", "parent", "merged_from", "split_rule"}
)
"""Fields that tell how an item came to be, rather than what it says."""
_REFERENCES = ("commitment", "member_of", "procedure", "supersedes")


class Comparison:
    """Two plans and which of their items correspond.

    Attributes:
        old: The earlier plan.
        new: The later one.
        matchings: Which items correspond, by kind.
    """

    def __init__(self, old: Plan, new: Plan, matchings: dict[ItemKind, Matching], *, same_text: bool) -> None:
        self.old, self.new, self.matchings = old, new, matchings
        self._same_text = same_text
        self._contents = Contents(old), Contents(new)
        self._units = _names(old.units), _names(new.units)
        self._labels = _labels(old), _labels(new)

    def of_kind(self, kind: ItemKind) -> Iterator[ItemDiff]:
        """Yield the differences of one kind."""
        olds = {item.id: item for item in of_kind(self.old, kind)}
        news = {item.id: item for item in of_kind(self.new, kind)}
        matching = self.matchings[kind]
        merged_at = {names[0]: new for new, names in matching.merged.items()}
        for name, item in olds.items():
            if name in matching.pairs:
                yield from self._of_pair(kind, item, news[matching.pairs[name]])
            elif name in matching.split:
                parts = tuple(news[part] for part in matching.split[name])
                yield ItemDiff(kind, Difference.SPLIT, (item,), parts)
            elif name in merged_at:
                one = merged_at[name]
                yield ItemDiff(
                    kind, Difference.MERGED, tuple(olds[n] for n in matching.merged[one]), (news[one],)
                )
            elif not any(name in names for names in matching.merged.values()):
                yield ItemDiff(kind, Difference.REMOVED, (item,), ())
        for name, item in news.items():
            if name not in matching.new:
                yield ItemDiff(kind, Difference.ADDED, (), (item,))

    def fields(self, old: Item, new: Item) -> tuple[FieldChange, ...]:
        """Return the fields that say something else in `new`."""
        changes = []
        for name in old.__struct_fields__:
            if name not in HISTORY and name != "section":
                before, after = getattr(old, name), getattr(new, name)
                if not self._is_same(name, before, after):
                    changes.append(
                        FieldChange(name, self._shown(0, name, before), self._shown(1, name, after))
                    )
        return tuple(changes)

    def _of_pair(self, kind: ItemKind, old: Item, new: Item) -> Iterator[ItemDiff]:
        changes = self.fields(old, new)
        moves = self._moves(old, new)
        if changes or moves:
            what = Difference.CHANGED if changes else Difference.MOVED
            yield ItemDiff(kind, what, (old,), (new,), (*changes, *moves))

    def _moves(self, old: Item, new: Item) -> tuple[FieldChange, ...]:
        if isinstance(old, Commitment) and isinstance(new, Commitment):
            before, after = self._heading(0, old.section), self._heading(1, new.section)
            if before != after:
                return (FieldChange("section", before, after),)
        if self._same_text and old.spans and new.spans and not old.spans[0].overlaps(new.spans[0]):
            return (FieldChange("spans", old.spans, new.spans),)
        return ()

    def _heading(self, side: int, section: str) -> str:
        return " ".join(f"{part.number}{part.title}" for part in self._contents[side].path(section))

    def _is_same(self, name: str, before: Any, after: Any) -> bool:
        if before == after and name not in _REFERENCES:
            return True
        match name:
            case "lead_unit":
                return bool(self._shown(0, name, before) == self._shown(1, name, after))
            case "supporting_units":
                return set(self._shown(0, name, before)) == set(self._shown(1, name, after))
            case _ if name in _REFERENCES:
                if not before or not after:
                    return bool(before == after)
                news = next((m.news_of(before) for m in self.matchings.values() if before in m.old), ())
                return after in news
        return bool(_without_places(before) == _without_places(after))

    def _shown(self, side: int, name: str, value: Any) -> Any:
        if name == "lead_unit":
            return self._units[side].get(value, "")
        if name == "supporting_units":
            return tuple(self._units[side].get(unit, "") for unit in value)
        if name in _REFERENCES:
            return self._labels[side].get(value, "")
        return value


def _names(units: Iterable[Any]) -> dict[str, str]:
    return {unit.id: unit.name for unit in units}


def _labels(plan: Plan) -> dict[str, str]:
    return {item.id: label_of(item) for kind in ItemKind for item in of_kind(plan, kind)}


def _without_places(value: Any) -> Any:
    """Return a value with its places left out: an offset that shifted says nothing new."""
    if isinstance(value, Span):
        return None
    if isinstance(value, tuple):
        return tuple(_without_places(part) for part in value if not isinstance(part, Span))
    if hasattr(value, "__struct_fields__"):
        return tuple(_without_places(getattr(value, name)) for name in value.__struct_fields__)
    return value
