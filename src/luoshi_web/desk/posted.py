"""A posted form as a review decision (表单 → 审定操作)."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, QueryDict

from luoshi.kernel.errors import DecisionError
from luoshi.kernel.span import Span
from luoshi.plan.items import ItemKind
from luoshi.plan.model import Item
from luoshi.plan.review import (
    Accept,
    AcceptSure,
    Add,
    Assign,
    Decision,
    Edit,
    Merge,
    Reject,
    RenameUnit,
    Restore,
    Split,
)
from luoshi_web.desk.field_form import changes_from
from luoshi_web.desk.queue import entry_of
from luoshi_web.plans.index import PlanIndex

_NAMES = re.compile(r"[、，,；;\n]+")


def decision_from(index: PlanIndex, act: str, posted: QueryDict) -> Decision:
    """Return the decision that a form asks for.

    Raises:
        Http404: There is no such act.
        DecisionError: The form names an item that the draft does not have, or changes nothing.
    """
    items = tuple(posted.getlist("item"))
    match act:
        case "accept":
            return Accept(items=_with_parts(index, items) if posted.get("with_parts") else items)
        case "accept_sure":
            return AcceptSure(section=posted.get("section", ""))
        case "reject":
            return Reject(items=items, reason=posted.get("reason", ""))
        case "restore":
            return Restore(items=items)
        case "merge":
            return Merge(items=items, title=posted.get("title", ""))
        case "split":
            return Split(
                item=_one(items), offsets=tuple(sorted(_whole(cut) for cut in posted.getlist("cut")))
            )
        case "assign":
            return _assign(items, posted)
        case "edit":
            return _edit(index, _one(items), posted)
        case "add":
            return _add(posted)
        case "rename_unit":
            return RenameUnit(unit=posted.get("unit", ""), name=posted.get("name", ""))
        case _:
            raise Http404


def names_in(written: str) -> tuple[str, ...]:
    """Return the names of a list written with 、 or commas, each once."""
    return tuple(dict.fromkeys(name.strip() for name in _NAMES.split(written) if name.strip()))


def _with_parts(index: PlanIndex, items: tuple[str, ...]) -> tuple[str, ...]:
    """Return the items and what is still to review of what belongs to them."""
    found: dict[str, None] = dict.fromkeys(items)
    for item in items:
        entry = entry_of(index, item)
        if entry is not None:
            found |= dict.fromkeys(member.id for member in entry.proposed)
    return tuple(found)


def _assign(items: tuple[str, ...], posted: QueryDict) -> Assign:
    # A field that the form does not have, or that is left empty for many items at once, stays as it is.
    is_bulk = bool(posted.get("keep_empty"))

    def said(name: str) -> str | None:
        value = posted.get(name)
        return None if value is None or (is_bulk and not value.strip()) else value.strip()

    supporting = said("supporting")
    return Assign(
        items=items,
        lead=said("lead"),
        supporting=None if supporting is None else names_in(supporting),
        official=said("official"),
    )


def _edit(index: PlanIndex, item_id: str, posted: QueryDict) -> Edit:
    kind, item = _known(index, item_id)
    changes: dict[str, Any] = changes_from(kind, item, posted)
    if not changes:
        raise DecisionError("P330")
    return Edit(item=item_id, changes=changes)


def _add(posted: QueryDict) -> Add:
    kinds = {str(kind.value): kind for kind in ItemKind if kind.needs_review}
    kind = kinds.get(posted.get("kind_of_item", ""))
    if kind is None:
        raise Http404
    span = None
    if posted.get("source") and posted.get("start") and posted.get("end"):
        start, end = _whole(posted["start"]), _whole(posted["end"])
        if start >= end:
            raise DecisionError("P309", {"start": start, "end": end, "source": posted["source"]})
        span = Span(posted["source"], start, end)
    return Add(kind=kind, fields=changes_from(kind, None, posted), span=span)


def _known(index: PlanIndex, item_id: str) -> tuple[ItemKind, Item]:
    if item_id not in index.items:
        raise DecisionError("P302", {"id": item_id})
    return index.items[item_id]


def _one(items: tuple[str, ...]) -> str:
    if len(items) != 1:
        raise DecisionError("P317")
    return items[0]


def _whole(written: str) -> int:
    if not re.fullmatch(r"\d{1,9}", written):
        raise DecisionError("P314", {"offset": written[:20], "label": ""})
    return int(written)
