"""Fields that a person sets (字段修改): which may be set, and what each may hold."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, cast

import msgspec

from luoshi.kernel.errors import DecisionError
from luoshi.kernel.label import Labelled
from luoshi.kernel.span import Span
from luoshi.plan.consistency import is_usable
from luoshi.plan.items import ItemKind, kind_of, of_kind
from luoshi.plan.model import Comparator, Deadline, Item, Plan, Target

PROTECTED = frozenset(
    {"id", "origin", "state", "bases", "reviewed", "lineage", "parent", "merged_from", "split_rule"}
)
"""Fields that tell an item's history; decisions write them, people do not."""
NAMING = {
    ItemKind.COMMITMENT: "title",
    ItemKind.TARGET: "indicator",
    ItemKind.DELIVERABLE: "done_when",
    ItemKind.PROJECT: "name",
    ItemKind.PROCEDURE: "name",
    ItemKind.TERM: "name",
    ItemKind.CLAIM: "indicator",
}
"""The field that names an item of each kind; it is never empty."""
LONGEST = 5000
_YEARS_AHEAD = 30


def editable(kind: ItemKind) -> tuple[str, ...]:
    """Return the names of the fields of a kind that a person may set, in the model's order."""
    return tuple(name for name in kind.type.__struct_fields__ if name not in PROTECTED)


def edited(plan: Plan, item: Item, changes: Mapping[str, Any]) -> Item:
    """Return `item` with `changes`, which count as reviewed.

    Raises:
        DecisionError: A field may not be set, or may not hold this value (P304 to P310, P322 to P324, P329).
    """
    kind = kind_of(item)
    values = {name: converted(plan, kind, name, raw) for name, raw in changes.items()}
    if values.get("spans"):
        first: Span = values["spans"][0]
        values["text"] = plan.quote(first)
    elif "text" in values and values.get("spans", item.spans):
        raise DecisionError("P310")
    elif "spans" in values and item.spans:
        raise DecisionError("P322", {"field": "spans"})
    result = msgspec.structs.replace(
        item, **values, reviewed=tuple(dict.fromkeys((*item.reviewed, *sorted(changes))))
    )
    if isinstance(result, Target) and not {"value", "upper", "reference", "comparator"}.isdisjoint(changes):
        check_target(result)
    return result


def check_target(target: Target) -> None:
    """Refuse a target without a value or reference, or with a range that is none.

    Raises:
        DecisionError: P323 or P324.
    """
    if target.value is None and not target.reference.strip():
        raise DecisionError("P323")
    is_range = target.comparator is Comparator.RANGE
    rises = target.value is not None and target.upper is not None and target.value < target.upper
    if is_range != (target.upper is not None) or (is_range and not rises):
        raise DecisionError("P324")


def converted(plan: Plan, kind: ItemKind, name: str, raw: Any) -> Any:
    """Return the value that `raw` says for a field, typed and judged.

    Raises:
        DecisionError: See `edited`.
    """
    if name not in editable(kind):
        raise DecisionError("P304", {"field": name, "kind": kind.en, "options": ", ".join(editable(kind))})
    wanted = _hints(kind.type)[name]
    plain = msgspec.to_builtins(raw)
    if wanted is Deadline and isinstance(plain, str):
        # A person sets a day; the words of the text no longer stand behind it.
        plain = {"day": plain}
    if plain == "" and _takes_none(wanted):
        plain = None
    try:
        # Forms send numbers as texts, so texts are read as what the field wants.
        value = msgspec.convert(plain, wanted, strict=False)
    except (msgspec.ValidationError, ValueError, OverflowError):
        raise DecisionError(
            "P305", {"field": name, "found": str(plain)[:80], "wanted": _wanted(wanted)}
        ) from None
    _judge(plan, kind, name, value)
    return value


def _judge(plan: Plan, kind: ItemKind, name: str, value: Any) -> None:
    match value:
        case str():
            _judge_text(kind, name, value)
            _judge_reference(plan, kind, name, value)
        case Decimal():
            low, high = (0, 1) if name == "weight" else (-(10**15), 10**15)
            if not is_usable(value) or not low <= value <= high:
                raise DecisionError(
                    "P307", {"field": name, "found": str(value)[:40], "low": low, "high": high}
                )
        case Deadline(day=day):
            _judge_day(plan, day)
            if value.span is not None:
                check_span(plan, value.span)
        case Span():
            check_span(plan, value)
        case tuple():
            for part in value:
                for inner in (part, getattr(part, "span", None), getattr(part, "value", None)):
                    if isinstance(inner, Span | Decimal):
                        _judge(plan, kind, name, inner)
                if isinstance(part, str):
                    _judge_text(kind, name, part)
                    _judge_reference(plan, kind, name, part)


def _judge_text(kind: ItemKind, name: str, text: str) -> None:
    if name == NAMING[kind] and not text.strip():
        raise DecisionError("P322", {"field": name})
    if len(text) > LONGEST:
        raise DecisionError("P329", {"field": name, "limit": LONGEST})
    if "\x00" in text:
        raise DecisionError("P305", {"field": name, "found": "NUL", "wanted": "文本 (text)"})


def _judge_reference(plan: Plan, kind: ItemKind, name: str, named: str) -> None:
    parts: tuple[Any, ...]
    match name:
        case "commitment" | "procedure":
            parts = of_kind(plan, ItemKind(name))
        case "member_of":
            parts = plan.targets
        case "supersedes":
            parts = plan.procedures
        case "section":
            parts = plan.sections
        case "lead_unit" | "supporting_units":
            parts = plan.units
        case _:
            return
    may_be_empty = kind is not ItemKind.DELIVERABLE and name != "supporting_units"
    if not (named == "" and may_be_empty) and all(part.id != named for part in parts):
        raise DecisionError("P306", {"field": name, "found": named})


def _judge_day(plan: Plan, day: date) -> None:
    # A plan may carry goals for five years and more; a day before its year, or in another age, is a slip.
    if not plan.year <= day.year <= plan.year + _YEARS_AHEAD:
        raise DecisionError("P308", {"found": day, "low": plan.year, "high": plan.year + _YEARS_AHEAD})


def check_span(plan: Plan, span: Span) -> None:
    """Refuse a place that lies outside of the plan's texts.

    Raises:
        DecisionError: P309.
    """
    text = next((source.text for source in plan.sources if source.id == span.source), "")
    if span.end > len(text):
        raise DecisionError("P309", {"start": span.start, "end": span.end, "source": span.source})


@cache
def _hints(type_: Any) -> dict[str, Any]:
    return typing.get_type_hints(type_)


def _takes_none(wanted: Any) -> bool:
    return isinstance(wanted, types.UnionType) and type(None) in typing.get_args(wanted)


def _wanted(wanted: Any) -> str:
    if isinstance(wanted, type) and issubclass(wanted, Labelled):
        return " / ".join(f"{member.value} ({member.zh})" for member in wanted)
    if wanted is Deadline:
        return "2026-12-31"
    names = {str: "文本 (text)", bool: "true / false", int: "整数 (whole number)", Decimal: "数字 (number)"}
    inner = next((a for a in typing.get_args(wanted) if a is not type(None)), wanted)
    return cast("str", names.get(inner, getattr(inner, "__name__", str(inner))))
