"""What becomes of each item in a recompilation (条目去留), before anything is built."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from luoshi.kernel.diagnostic import Diagnostic
from luoshi.plan.carve import new_id
from luoshi.plan.comparison import Comparison, Difference, FieldChange, ItemDiff, PlanDiff
from luoshi.plan.items import ItemKind, by_id, commitment_of, every, of_kind
from luoshi.plan.match import Matching
from luoshi.plan.model import Commitment, Item, Origin, Plan, ReviewState


def is_decided(item: Item) -> bool:
    """Tell whether a person decided on the whole item: accepted, rejected, added or cut it."""
    return item.state is not ReviewState.PROPOSED or item.origin is Origin.HAND or "spans" in item.reviewed


def is_touched(item: Item) -> bool:
    """Tell whether a person, or a publication, did anything to the item."""
    return is_decided(item) or bool(item.reviewed) or (isinstance(item, Commitment) and bool(item.lineage))


@dataclass(frozen=True, slots=True)
class Fate:
    """An item of the result: its identity, and the old and the new item that it is made of."""

    id: str
    old: Item | None
    new: Item | None


class Fates:
    """What becomes of each item.

    Attributes:
        kept: Items of the result, by kind.
        of_old: Identities in the result by those of the reviewed draft; nothing where the item is gone.
        of_new: Identities in the result by those of the new compilation.
    """

    def __init__(self, old: Plan, new: Plan, same: dict[ItemKind, Matching], foreign: set[str]) -> None:
        self.kept: dict[ItemKind, list[Fate]] = {}
        self.of_old: dict[str, tuple[str, ...]] = {}
        self.of_new: dict[str, tuple[str, ...]] = {}
        self._same = same
        # What a person touched must keep the commitment that it belongs to.
        self._needed = {commitment_of(item) for _, item in every(old) if is_touched(item)}
        self._foreign = foreign
        self._taken = set(by_id(old))
        for kind in ItemKind:
            olds = {item.id: item for item in of_kind(old, kind)}
            news = {item.id: item for item in of_kind(new, kind)}
            self.kept[kind] = self._fates(same[kind], olds, news)

    def renamed(self, diagnostic: Diagnostic) -> Diagnostic | None:
        """Return what the compiler said about an item with the item's identity in the result; None if it is gone."""
        if not diagnostic.item:
            return diagnostic
        homes = self.of_new.get(diagnostic.item, ())
        return msgspec.structs.replace(diagnostic, item=homes[0]) if homes else None

    def differences(self, comparison: Comparison) -> PlanDiff:
        """Return what the new compilation says differently, with what stays as reviewed marked `kept`."""
        found = []
        for kind in ItemKind:
            for diff in comparison.of_kind(kind):
                if diff.what is Difference.REMOVED and diff.old[0].origin is Origin.HAND:
                    continue
                if diff.what is Difference.REMOVED and self._is_foreign(diff.old[0]):
                    continue
                found.append(self._marked(diff))
        return PlanDiff(tuple(found))

    def _marked(self, diff: ItemDiff) -> ItemDiff:
        stays = any(item.id in self.of_old.get(item.id, ()) for item in diff.old)
        if diff.what in (Difference.CHANGED, Difference.MOVED):
            (old,) = diff.old
            fields = tuple(
                FieldChange(c.field, c.old, c.new, kept=is_decided(old) or c.field in old.reviewed)
                for c in diff.fields
            )
            stays = all(change.kept for change in fields)
            return ItemDiff(diff.kind, diff.what, diff.old, diff.new, fields, stays)
        return ItemDiff(diff.kind, diff.what, diff.old, diff.new, diff.fields, stays)

    def _fates(self, same: Matching, olds: dict[str, Item], news: dict[str, Item]) -> list[Fate]:
        found: list[Fate] = []
        for name, item in olds.items():
            if name in same.pairs:
                found.append(Fate(name, item, news[same.pairs[name]]))
                self.of_old[name] = self.of_new[same.pairs[name]] = (name,)
            elif name in same.split:
                found += self._cut_finer(item, [news[part] for part in same.split[name]])
            elif name not in same.old:
                stays = is_touched(item) or name in self._needed or self._is_foreign(item)
                found += [Fate(name, item, None)] if stays else []
                self.of_old[name] = (name,) if stays else ()
        for whole, parts in same.merged.items():
            found += self._cut_coarser([olds[part] for part in parts], news[whole])
        for name, item in news.items():
            if name not in same.new:
                found.append(self._found(item))
        return found

    def _cut_finer(self, old: Item, parts: list[Item]) -> list[Fate]:
        """One sentence is several now: as the person left it, or as compiled."""
        if is_touched(old):
            self.of_old[old.id] = (old.id,)
            self.of_new |= {part.id: (old.id,) for part in parts}
            return [Fate(old.id, old, None)]
        fates = [self._found(part) for part in parts]
        self.of_old[old.id] = tuple(fate.id for fate in fates)
        return fates

    def _cut_coarser(self, olds: list[Item], whole: Item) -> list[Fate]:
        """Several sentences are one now: as the person left them, or as compiled."""
        if any(is_touched(old) for old in olds):
            self.of_old |= {old.id: (old.id,) for old in olds}
            self.of_new[whole.id] = tuple(old.id for old in olds)
            return [Fate(old.id, old, None) for old in olds]
        fate = self._found(whole)
        self.of_old |= {old.id: (fate.id,) for old in olds}
        return [fate]

    def _found(self, new: Item) -> Fate:
        identity = new.id
        if identity in self._taken:
            # An old item has this identity and is another one.
            identity = new_id(self._taken, new.id.partition("-")[0], new.id, new.text)
        self._taken.add(identity)
        self.of_new[new.id] = (identity,)
        return Fate(identity, None, new)

    def _is_foreign(self, item: Item) -> bool:
        return any(span.source in self._foreign for span in item.spans)
