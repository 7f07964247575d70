"""What is different between two plans (版本比较), and what a new compilation says to a reviewed one (重新编译)."""

from __future__ import annotations

from luoshi.plan.comparison import Comparison, Difference, FieldChange, ItemDiff, PlanDiff
from luoshi.plan.items import ItemKind, of_kind
from luoshi.plan.match import match
from luoshi.plan.model import Plan
from luoshi.plan.recompilation import recompile

__all__ = ["Difference", "FieldChange", "ItemDiff", "PlanDiff", "between", "recompile"]


def between(old: Plan, new: Plan) -> PlanDiff:
    """Return what is different in `new`, item by item and field by field.

    Items correspond by lineage and identity, by the history of splits and merges, then by place (where the texts
    are the same) and by likeness of their words. A place that only shifted is no difference.
    """
    same_text = {s.id: s.digest for s in old.sources} == {s.id: s.digest for s in new.sources}
    matchings = {
        kind: match(of_kind(old, kind), of_kind(new, kind), same_text=same_text) for kind in ItemKind
    }
    comparison = Comparison(old, new, matchings, same_text=same_text)
    return PlanDiff(tuple(found for kind in ItemKind for found in comparison.of_kind(kind)))
