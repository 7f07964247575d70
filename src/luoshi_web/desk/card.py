"""What the desk shows of one entry: its words, its fields, what belongs to it, and why the compiler is unsure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from luoshi.plan.items import ItemKind, label_of, path_label
from luoshi.plan.model import Commitment, Deliverable, Item, Procedure, Project, Target, Term
from luoshi_web.desk.cut import source_lines, stretches_of
from luoshi_web.desk.field_form import fields_of
from luoshi_web.desk.queue import Entry
from luoshi_web.frame.language import day_text, label, reading_language
from luoshi_web.plans.detail import Reason, reasons_of
from luoshi_web.plans.index import PlanIndex
from luoshi_web.plans.wording import figure_text


@dataclass(frozen=True, slots=True)
class Line:
    """A member of an entry on one line: its label, its figure or day, its state, and its doubtful reasons."""

    kind: ItemKind
    item: Item
    label: str
    aside: str
    reasons: tuple[Reason, ...]


def card_of(index: PlanIndex, entry: Entry) -> dict[str, Any]:
    """Return what the desk shows of an entry."""
    item = entry.item
    card: dict[str, Any] = {
        "head": _line(entry.kind, item),
        "lines": [_line(kind, part) for kind, part in entry.parts],
        "source_lines": source_lines(index, entry),
        "source": item.spans[0].source if item.spans else "",
        "where": path_label(index.path_of(item)),
        "path": index.path_of(item),
        "notes": [
            d.describe(reading_language())
            for d in index.plan.diagnostics
            if d.item in {m.id for m in entry.members}
        ],
        "fields": fields_of(index.plan, entry.kind, item),
        "proposed": len(entry.proposed),
    }
    if isinstance(item, Commitment):
        card |= {
            "stretches": stretches_of(index, item),
            "lead": index.unit_names.get(item.lead_unit, ""),
            "supporting": "、".join(index.unit_names.get(unit, unit) for unit in item.supporting_units),
            "unit_names": sorted(index.unit_names.values()),
        }
    return card


def form_of(
    index: PlanIndex, kind: ItemKind, item: Item | None, *, chosen: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return the form of an item, or of one to be added, with the place that was chosen in the text."""
    chosen = chosen or {}
    preset = {
        "commitment": chosen.get("commitment", ""),
        "judged_as": "at_least",
        "comparator": "eq",
        "kind": _USUAL_KIND.get(kind, ""),
    }
    preset |= {"course": "cumulative", "publicity": "internal", "stage": "unstated"}
    quoted = _quoted(index, chosen)
    if quoted and kind in (ItemKind.PROJECT, ItemKind.PROCEDURE, ItemKind.TERM):
        preset["name"] = quoted
    elif quoted and kind is ItemKind.COMMITMENT:
        preset["title"] = quoted[:60]
    return {
        "item": item,
        "item_kind": kind,
        "item_label": label_of(item) if item is not None else "",
        "fields": fields_of(index.plan, kind, item, preset=preset),
        "reasons": reasons_of(item) if item is not None else [],
        "chosen": {key: chosen.get(key, "") for key in ("source", "start", "end")} if quoted else {},
        "quoted": quoted,
    }


_USUAL_KIND = {ItemKind.TARGET: "count", ItemKind.PROJECT: "project", ItemKind.PROCEDURE: "pipeline"}


def _quoted(index: PlanIndex, chosen: Mapping[str, str]) -> str:
    """Return the words at the place that was chosen in the text; "" where there is none or it is not inside."""
    texts = {source.id: source.text for source in index.plan.sources}
    text = texts.get(chosen.get("source", ""), "")
    start, end = chosen.get("start", ""), chosen.get("end", "")
    if not (text and start.isdigit() and end.isdigit()):
        return ""
    return text[int(start) : int(end)] if int(start) < int(end) <= len(text) else ""


def _line(kind: ItemKind, item: Item) -> Line:
    reasons = tuple(
        reason
        for reason in reasons_of(item)
        if not reason.is_sure and not reason.is_reviewed and not reason.is_advice
    )
    return Line(kind, item, label_of(item), _aside(item), reasons)


def _aside(item: Item) -> str:
    match item:
        case Target():
            return figure_text(item)
        case Deliverable():
            return day_text(item.due.day)
        case Commitment():
            return day_text(item.deadline.day)
        case Project():
            return label(item.stage)
        case Procedure():
            return label(item.kind)
        case Term():
            return str(len(item.uses))
        case _:
            return ""
