"""Bringing a reviewed draft up to a new compilation (重新编译).

What a person did stays: items accepted, rejected or added by hand stay whole, items still proposed keep the fields that a
person set, and a sentence that a person split or merged stays as it was cut. Of the rest the new compilation holds. What it newly
finds is a proposal; untouched proposals that it no longer finds go.
"""

from __future__ import annotations

from typing import Any

import msgspec

from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.kernel.errors import DecisionError
from luoshi.plan.anchor import Anchors, anchored
from luoshi.plan.carve import home_among
from luoshi.plan.comparison import Comparison, PlanDiff
from luoshi.plan.fate import Fates, is_decided
from luoshi.plan.items import Contents, ItemKind, every, label_of, of_kind, with_lists
from luoshi.plan.match import match
from luoshi.plan.model import Basis, Commitment, Item, Origin, Plan, ReviewState, Unit

_REFERENCES = ("commitment", "member_of", "procedure", "supersedes")
_ALWAYS_OLD = ("id", "origin", "state", "reviewed", "lineage", "parent", "merged_from", "split_rule")


def recompile(reviewed: Plan, fresh: Plan) -> tuple[Plan, PlanDiff]:
    """Return the reviewed draft brought up to `fresh`, and what `fresh` says differently.

    In the difference, `kept` marks what stays as a person decided although the new compilation says otherwise.
    Where the text changed, places are found again; an item whose words are gone stays as one by hand (P370).

    Raises:
        DecisionError: `reviewed` is a published version (P327).
    """
    if reviewed.version:
        raise DecisionError("P327", {"version": reviewed.version})
    old, lost = _reanchored(reviewed, fresh)
    new = _with_units_of(reviewed, fresh)
    same = {kind: match(of_kind(new, kind), of_kind(old, kind), same_text=True).turned() for kind in ItemKind}
    foreign = {s.id for s in reviewed.sources} - {s.id for s in fresh.sources}
    fates = Fates(old, new, same, foreign)
    plan = _Builder(old, new, fates, foreign).plan()
    said = [diagnostic for d in fresh.diagnostics if (diagnostic := fates.renamed(d)) is not None]
    notes = [_lost(item) for _, item in every(plan) if item.id in lost]
    plan = msgspec.structs.replace(plan, diagnostics=(*said, *notes))
    return plan, fates.differences(Comparison(old, new, same, same_text=True))


def _reanchored(reviewed: Plan, fresh: Plan) -> tuple[Plan, set[str]]:
    """Return the reviewed draft with its places in the texts of `fresh`, and the items not found there."""
    after = {source.id: source for source in fresh.sources}
    lost: set[str] = set()
    plan = reviewed
    for source in reviewed.sources:
        if source.id not in after or after[source.id].digest == source.digest:
            continue
        anchors = Anchors(source.text, after[source.id].text)
        lists: dict[ItemKind, tuple[Item, ...]] = {}
        for kind in ItemKind:
            moved = [anchored(item, source.id, anchors) for item in of_kind(plan, kind)]
            lists[kind] = tuple(item for item, _ in moved)
            lost |= {item.id for item, found in moved if not found}
        plan = with_lists(plan, lists)
    return plan, lost


def _lost(item: Item) -> Diagnostic:
    return Diagnostic(
        code="P370", severity=Severity.WARNING, item=item.id, parameters={"label": label_of(item)[:80]}
    )


def _with_units_of(reviewed: Plan, fresh: Plan) -> Plan:
    """Return `fresh` with the units of the review first: those have the names that this place uses."""
    units: list[Unit] = list(reviewed.units)
    known = {unit.name: unit.id for unit in units} | {unit.id: unit.id for unit in units}
    ids = {"": ""}
    for unit in fresh.units:
        ids[unit.id] = known.get(unit.id) or known.get(unit.name) or unit.id
        if unit.id not in known and unit.name not in known:
            units.append(unit)
    commitments = tuple(
        msgspec.structs.replace(
            commitment,
            lead_unit=ids[commitment.lead_unit],
            supporting_units=tuple(dict.fromkeys(ids[unit] for unit in commitment.supporting_units)),
        )
        for commitment in fresh.commitments
    )
    return msgspec.structs.replace(fresh, units=tuple(units), commitments=commitments)


class _Builder:
    """Builds the draft once the fate of every item is known."""

    def __init__(self, old: Plan, new: Plan, fates: Fates, foreign: set[str]) -> None:
        self._old, self._new, self._fates, self._foreign = old, new, fates, foreign
        sections = tuple(s for s in old.sections if s.span.source in foreign)
        self._base = msgspec.structs.replace(
            new,
            place=old.place,
            year=old.year,
            sources=(*new.sources, *(s for s in old.sources if s.id in foreign)),
            sections=(
                *new.sections,
                *(s for s in sections if all(s.id != other.id for other in new.sections)),
            ),
            passages=(*new.passages, *(p for p in old.passages if p.span.source in foreign)),
            numbers=(*new.numbers, *(n for n in old.numbers if n.span.source in foreign)),
        )
        self._contents = Contents(self._base)
        self._commitments: dict[str, Commitment] = {}

    def plan(self) -> Plan:
        """Return the draft."""
        lists: dict[ItemKind, tuple[Item, ...]] = {}
        for kind in ItemKind:  # Commitments come first: the others look for their homes among them.
            built = [self._built(fate.id, fate.old, fate.new) for fate in self._fates.kept[kind]]
            lists[kind] = tuple(sorted(built, key=_place))
            if kind is ItemKind.COMMITMENT:
                self._commitments = {item.id: item for item in built if isinstance(item, Commitment)}
        return with_lists(self._base, lists)

    def _built(self, identity: str, old: Item | None, new: Item | None) -> Item:
        if old is None:
            assert new is not None
            return self._proposal(identity, new)
        if new is None or is_decided(old):
            return self._placed(self._referring(old, dict.fromkeys(_REFERENCES, self._fates.of_old)))
        # Still proposed: what a person set stays, the rest is as compiled now.
        stays = {*_ALWAYS_OLD, *old.reviewed} | ({"text"} if "spans" in old.reviewed else set())
        fields = {name: getattr(old if name in stays else new, name) for name in old.__struct_fields__}
        homes = {n: self._fates.of_old if n in old.reviewed else self._fates.of_new for n in _REFERENCES}
        # Among the parts of a sentence that a person cut, an item stays where it is.
        stays_at = self._fates.of_old.get(getattr(old, "commitment", ""), ())
        return self._placed(self._referring(type(old)(**fields), homes, stays_at))

    def _proposal(self, identity: str, new: Item) -> Item:
        item = self._referring(new, dict.fromkeys(_REFERENCES, self._fates.of_new))
        item = msgspec.structs.replace(item, id=identity)
        home = self._commitments.get(getattr(item, "commitment", ""))
        if home is not None and home.state is ReviewState.REJECTED:
            reason = next((b.parameters.get("reason", "") for b in home.bases if b.field == "state"), "")
            why = Basis(field="state", confidence=1.0, code="P391", parameters={"reason": reason})
            item = msgspec.structs.replace(item, state=ReviewState.REJECTED, bases=(*item.bases, why))
        return item

    def _referring(
        self, item: Item, homes: dict[str, dict[str, tuple[str, ...]]], stays_at: tuple[str, ...] = ()
    ) -> Item:
        changes: dict[str, Any] = {}
        for name, of in homes.items():
            named = getattr(item, name, "")
            if named:
                changes[name] = self._home(item, name, of.get(named, ()), stays_at)
        return msgspec.structs.replace(item, **changes) if changes else item

    def _home(self, item: Item, name: str, homes: tuple[str, ...], stays_at: tuple[str, ...]) -> str:
        if name == "commitment" and len(homes) > 1:
            if len(stays_at) == 1 and stays_at[0] in homes:
                return stays_at[0]
            return home_among(item, [self._commitments[home] for home in homes])
        return homes[0] if homes else ""

    def _placed(self, item: Item) -> Item:
        """Return the item with what the texts have: a commitment's section; no place is one by hand."""
        if not item.spans and item.origin is Origin.COMPILED:
            item = msgspec.structs.replace(item, origin=Origin.HAND)
        if isinstance(item, Commitment) and item.section and item.section not in self._contents.sections:
            section = self._contents.at(item.spans[0]) if item.spans else ""
            return msgspec.structs.replace(item, section=section)
        return item


def _place(item: Item) -> tuple[bool, str, int]:
    return (False, item.spans[0].source, item.spans[0].start) if item.spans else (True, "", 0)
