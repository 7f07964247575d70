"""Review of a draft (审定): decisions applied purely, and each one reversible.

`apply` gives the draft after a decision. `decide` gives, beside it, the record that `undo` needs to reverse exactly that
decision: always in reverse order, and out of order where nothing later touched the same fields or refers to what would go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from luoshi.kernel.errors import DecisionError
from luoshi.plan import carve, patch
from luoshi.plan.decision import (
    Accept,
    AcceptSure,
    Add,
    Assign,
    Decision,
    Edit,
    Merge,
    Part,
    Reject,
    RenameUnit,
    Restore,
    Split,
    decode,
    encode,
)
from luoshi.plan.draft_item import added
from luoshi.plan.field import edited
from luoshi.plan.items import Contents, ItemKind, by_id, commitment_of, every, label_of, of_kind, with_lists
from luoshi.plan.model import Basis, Commitment, Item, Plan, ReviewState, Unit
from luoshi.plan.progress import Doubt, Progress, doubts, progress

__all__ = [
    "Accept",
    "AcceptSure",
    "Add",
    "Assign",
    "Decision",
    "Doubt",
    "Edit",
    "Merge",
    "Part",
    "Progress",
    "Record",
    "Reject",
    "RenameUnit",
    "Restore",
    "Split",
    "apply",
    "decide",
    "decode",
    "decode_record",
    "doubts",
    "encode",
    "encode_record",
    "progress",
    "undo",
]

_REJECTED = "P390"
_REJECTED_ALONG = "P391"


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision that was made, and what it touched (审定记录)."""

    decision: Decision
    touched: tuple[patch.Touched, ...]


_RECORDS = msgspec.json.Decoder(Record)


def encode_record(record: Record) -> bytes:
    """Return the stored form of a record: canonical JSON."""
    return msgspec.json.encode(record, order="sorted")


def decode_record(data: bytes | str) -> Record:
    """Return the record in its stored form.

    Raises:
        DecisionError: It is not one (P301).
    """
    try:
        return _RECORDS.decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise DecisionError("P301", {"detail": str(error)[:200]}) from None


def apply(plan: Plan, decision: Decision) -> Plan:
    """Return the draft after `decision`.

    Raises:
        DecisionError: The plan is a published version, or the decision does not fit it (P3xx).
    """
    if plan.version:
        raise DecisionError("P327", {"version": plan.version})
    match decision:
        case Accept():
            return _accept(plan, decision)
        case AcceptSure():
            return _accept_sure(plan, decision)
        case Edit():
            return _edit(plan, decision)
        case Split():
            return carve.split(plan, decision)
        case Merge():
            return carve.merge(plan, decision)
        case Reject():
            return _reject(plan, decision)
        case Restore():
            return _restore(plan, decision)
        case Assign():
            return _assign(plan, decision)
        case Add():
            return added(plan, decision)
        case RenameUnit():
            return _rename_unit(plan, decision)


def decide(plan: Plan, decision: Decision) -> tuple[Plan, Record]:
    """Return the draft after `decision`, and the record that reverses it.

    Raises:
        DecisionError: See `apply`.
    """
    after = apply(plan, decision)
    return after, Record(decision=decision, touched=patch.between(plan, after))


def undo(plan: Plan, record: Record) -> Plan:
    """Return the draft without what the recorded decision did (撤销).

    Raises:
        DecisionError: A later decision touched the same fields (P320) or rests on what would go (P321).
    """
    if plan.version:
        raise DecisionError("P327", {"version": plan.version})
    return patch.reverse(plan, record.touched)


def _named(plan: Plan, names: Iterable[str]) -> dict[str, tuple[ItemKind, Item]]:
    items = by_id(plan)
    found = {}
    for name in names:
        if name not in items:
            raise DecisionError("P302", {"id": name})
        found[name] = items[name]
    if not found:
        raise DecisionError("P317")
    return found


def _updated(plan: Plan, names: Iterable[str], change: Callable[[Item], Item]) -> Plan:
    """Return the plan with `change` made to the named items."""
    wanted = set(names)
    lists = {}
    for kind in ItemKind:
        items = of_kind(plan, kind)
        if any(item.id in wanted for item in items):
            lists[kind] = tuple(change(item) if item.id in wanted else item for item in items)
    return with_lists(plan, lists)


def _rejected_commitments(plan: Plan) -> set[str]:
    return {c.id for c in plan.commitments if c.state is ReviewState.REJECTED}


def _to_accepted(item: Item) -> Item:
    return msgspec.structs.replace(item, state=ReviewState.ACCEPTED)


def _accept(plan: Plan, decision: Accept) -> Plan:
    named = _named(plan, decision.items)
    rejected = _rejected_commitments(plan)
    for _, item in named.values():
        if item.state is ReviewState.REJECTED:
            raise DecisionError("P326", {"label": label_of(item)})
        if commitment_of(item) in rejected:
            raise DecisionError("P311", {"label": label_of(item)})
    return _updated(plan, named, _to_accepted)


def _accept_sure(plan: Plan, decision: AcceptSure) -> Plan:
    contents = Contents(plan)
    rejected = _rejected_commitments(plan)

    def is_meant(kind: ItemKind, item: Item) -> bool:
        return bool(
            item.state is ReviewState.PROPOSED
            and item.confidence >= decision.least
            and (not decision.kinds or kind in decision.kinds)
            and commitment_of(item) not in rejected
            # A target that belongs nowhere could not be published; a person has to choose its commitment.
            and (commitment_of(item) or kind not in (ItemKind.TARGET, ItemKind.DELIVERABLE))
            and (
                not decision.section
                or any(s.id == decision.section for s in contents.path(contents.section_of(item)))
            )
        )

    return _updated(plan, (item.id for kind, item in every(plan) if is_meant(kind, item)), _to_accepted)


def _edit(plan: Plan, decision: Edit) -> Plan:
    kind, item = _named(plan, [decision.item])[decision.item]
    if not decision.changes:
        raise DecisionError("P317")
    changed = edited(plan, item, decision.changes)
    result = _updated(plan, [item.id], lambda _: changed)
    if kind is ItemKind.DELIVERABLE and "commitment" in decision.changes:
        homes = {commitment_of(item), commitment_of(changed)}
        return carve.with_balanced_shares(result, homes) if len(homes) == 2 else result
    return result


def _reject(plan: Plan, decision: Reject) -> Plan:
    named = _named(plan, decision.items)
    reason = decision.reason.strip()
    if not reason:
        raise DecisionError("P325")
    along = {
        item.id
        for _, item in every(plan)
        if commitment_of(item) in named and item.id not in named and item.state is not ReviewState.REJECTED
    }

    def rejected(item: Item) -> Item:
        code = _REJECTED_ALONG if item.id in along else _REJECTED
        why = Basis(field="state", confidence=1.0, code=code, parameters={"reason": reason})
        bases = (*(basis for basis in item.bases if basis.field != "state"), why)
        return msgspec.structs.replace(item, state=ReviewState.REJECTED, bases=bases)

    return _updated(plan, {*named, *along}, rejected)


def _restore(plan: Plan, decision: Restore) -> Plan:
    named = _named(plan, decision.items)
    rejected = _rejected_commitments(plan) - set(named)
    for _, item in named.values():
        if commitment_of(item) in rejected:
            raise DecisionError("P311", {"label": label_of(item)})
    along = {
        item.id
        for _, item in every(plan)
        if commitment_of(item) in named and any(basis.code == _REJECTED_ALONG for basis in item.bases)
    }

    def restored(item: Item) -> Item:
        bases = tuple(basis for basis in item.bases if basis.field != "state")
        return msgspec.structs.replace(item, state=ReviewState.PROPOSED, bases=bases)

    return _updated(plan, {*named, *along}, restored)


def _assign(plan: Plan, decision: Assign) -> Plan:
    named = _named(plan, decision.items)
    for kind, item in named.values():
        if kind is not ItemKind.COMMITMENT:
            raise DecisionError(
                "P303", {"label": label_of(item), "found": kind.zh, "wanted": ItemKind.COMMITMENT.zh}
            )
    if decision.lead is None and decision.supporting is None and decision.official is None:
        raise DecisionError("P317")
    units = list(plan.units)
    changes: dict[str, Any] = {}
    if decision.lead is not None:
        changes["lead_unit"] = _unit(units, decision.lead) if decision.lead.strip() else ""
    if decision.supporting is not None:
        changes["supporting_units"] = tuple(dict.fromkeys(_unit(units, name) for name in decision.supporting))
    if decision.official is not None:
        changes["leading_official"] = decision.official.strip()
    with_units = msgspec.structs.replace(plan, units=tuple(units))

    def assigned(item: Item) -> Item:
        changed = edited(with_units, item, changes)
        # The lead unit does not support itself.
        if isinstance(changed, Commitment) and changed.lead_unit in changed.supporting_units:
            others = tuple(unit for unit in changed.supporting_units if unit != changed.lead_unit)
            changed = msgspec.structs.replace(changed, supporting_units=others)
        return changed

    return _updated(with_units, named, assigned)


def _unit(units: list[Unit], named: str) -> str:
    """Return the identity of the unit that is named by identity or name; add it where the name is new."""
    wanted = named.strip()
    for unit in units:
        if wanted in (unit.id, unit.name):
            return unit.id
    if not wanted or wanted.startswith("u-"):
        # What looks like an identity is a slip, not the name of a new unit.
        raise DecisionError("P318", {"id": wanted})
    added_unit = Unit(id=carve.new_id((unit.id for unit in units), "u", wanted), name=wanted[:200])
    units.append(added_unit)
    return added_unit.id


def _rename_unit(plan: Plan, decision: RenameUnit) -> Plan:
    name = decision.name.strip()
    if not name:
        raise DecisionError("P322", {"field": "name"})
    if all(unit.id != decision.unit for unit in plan.units):
        raise DecisionError("P318", {"id": decision.unit})
    if any(unit.name == name and unit.id != decision.unit for unit in plan.units):
        raise DecisionError("P328", {"name": name})
    units = tuple(
        msgspec.structs.replace(unit, name=name[:200]) if unit.id == decision.unit else unit
        for unit in plan.units
    )
    return msgspec.structs.replace(plan, units=units)
