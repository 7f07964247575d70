"""Items added by hand (人工添加): what is given, and the defaults for the rest."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from luoshi.kernel.errors import DecisionError
from luoshi.plan.carve import new_id, title_of, with_balanced_shares
from luoshi.plan.decision import Add
from luoshi.plan.field import NAMING, check_span, check_target, converted
from luoshi.plan.items import Contents, ItemKind, by_id, of_kind, with_lists
from luoshi.plan.model import (
    Comparator,
    Course,
    Deadline,
    Deliverable,
    Item,
    JudgedAs,
    Origin,
    Plan,
    ProjectKind,
    ProjectStage,
    ReviewState,
    Target,
    TargetKind,
)
from luoshi.plan.patch import place_for

JUDGED_AS = {
    Comparator.GE: JudgedAs.AT_LEAST,
    Comparator.EQ: JudgedAs.AT_LEAST,
    Comparator.OVER: JudgedAs.ABOVE,
    Comparator.LE: JudgedAs.AT_MOST,
    Comparator.UNDER: JudgedAs.BELOW,
    Comparator.ABOUT: JudgedAs.WITHIN_BAND,
    Comparator.RANGE: JudgedAs.BETWEEN,
}
"""How "met" is decided where a person who adds a target does not say."""


def added(plan: Plan, decision: Add) -> Plan:
    """Return the plan with one more item, accepted, at its place in the text.

    Raises:
        DecisionError: A field is missing (P319) or wrong (see `luoshi.plan.field`).
    """
    kind = decision.kind
    if decision.span is not None:
        check_span(plan, decision.span)
    given = {name: converted(plan, kind, name, raw) for name, raw in decision.fields.items()}
    if "spans" in given or ("text" in given and decision.span is not None):
        raise DecisionError("P310")
    quoted = plan.quote(decision.span) if decision.span is not None else ""
    values = _defaults(plan, decision, given, quoted) | given
    for name in (NAMING[kind], *_NEEDED.get(kind, ())):
        if not values.get(name):
            raise DecisionError("P319", {"kind": kind.zh, "field": name})
    name = str(values[NAMING[kind]])
    values |= {
        "id": new_id(by_id(plan), kind.prefix, kind.value, name, quoted),
        "spans": (decision.span,) if decision.span is not None else (),
        "text": quoted or given.get("text") or name,
        "origin": Origin.HAND,
        "state": ReviewState.ACCEPTED,
        "reviewed": tuple(sorted(given)),
    }
    item: Item = kind.type(**values)
    if isinstance(item, Target):
        check_target(item)
    items = list(of_kind(plan, kind))
    items.insert(place_for(items, item), item)
    grown = with_lists(plan, {kind: tuple(items)})
    return with_balanced_shares(grown, {item.commitment}) if isinstance(item, Deliverable) else grown


_NEEDED = {
    ItemKind.DELIVERABLE: ("commitment",),
    ItemKind.PROCEDURE: ("kind",),
    ItemKind.TERM: ("definition",),
}
"""Fields for which there is no honest default, beside the one that names the item."""


def _defaults(plan: Plan, decision: Add, given: dict[str, Any], quoted: str) -> dict[str, Any]:
    home = given.get("commitment") or _covering(plan, decision)
    owner = next((c for c in plan.commitments if c.id == home), None)
    due = owner.deadline if owner is not None else Deadline(day=plan.end_day)
    match decision.kind:
        case ItemKind.COMMITMENT:
            section = Contents(plan).at(decision.span) if decision.span is not None else ""
            return {"title": title_of(quoted), "section": section, "deadline": Deadline(day=plan.end_day)}
        case ItemKind.TARGET:
            comparator = given.get("comparator", Comparator.EQ)
            return {
                "commitment": home,
                "comparator": comparator,
                "value": None,
                "kind": TargetKind.COUNT,
                "judged_as": JUDGED_AS[comparator] if given.get("value") is not None else JudgedAs.REFERENCE,
                "course": Course.CUMULATIVE,
                "deadline": due,
                "number": None,
            }
        case ItemKind.DELIVERABLE:
            others = [d.weight for d in plan.deliverables if d.commitment == home]
            weight = sum(others, Decimal(0)) / len(others) if others else Decimal(1)
            return {"commitment": home, "evidence": "", "due": due, "weight": weight}
        case ItemKind.PROJECT:
            kinds = {"kind": ProjectKind.PROJECT, "stage": ProjectStage.UNSTATED}
            return {
                "commitment": home,
                "name": quoted,
                "action": "",
                "deadline": due,
                "clause": None,
                **kinds,
            }
        case ItemKind.CLAIM:
            return {"value": None, "comparator": Comparator.EQ, "kind": TargetKind.LEVEL, "number": None}
        case ItemKind.PROCEDURE | ItemKind.TERM:
            return {"name": quoted}


def _covering(plan: Plan, decision: Add) -> str:
    """Return the commitment in whose sentence the chosen place stands, or ""."""
    if decision.span is None:
        return ""
    span = decision.span
    return next((c.id for c in plan.commitments if any(place.covers(span) for place in c.spans)), "")
