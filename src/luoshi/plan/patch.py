"""What a decision touched (改动记录), with what is needed to reverse exactly it.

A patch holds, for each item or unit touched, the fields before and after. Reversing checks that each of these fields still has
the value that the decision left: so decisions may be undone in reverse order always, and in another
order where nothing later touched the same fields or refers to what would go.
"""

from __future__ import annotations

import typing
from functools import cache
from typing import Any

import msgspec

from luoshi.kernel.errors import DecisionError
from luoshi.plan.consistency import of_references
from luoshi.plan.items import ItemKind, label_of
from luoshi.plan.model import Item, Plan, Unit

_TYPES: dict[str, type[Item] | type[Unit]] = {kind.list_name: kind.type for kind in ItemKind} | {
    "units": Unit
}


class Touched(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One item or unit that a decision added, removed or changed.

    Attributes:
        list: Field of `Plan` that holds it.
        id: Its identity.
        before: Its fields before, in JSON form: only those that changed; None where it was added.
        after: Its fields after, likewise; None where it was removed.
        previous: Identity of what stood before it in its list, or "" for the first; for removed ones.
    """

    list: str
    id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    previous: str = ""


def between(old: Plan, new: Plan) -> tuple[Touched, ...]:
    """Return what is different in the items and units of `new`; the order of what stays is not looked at."""
    touched: list[Touched] = []
    for name in _TYPES:
        before, after = getattr(old, name), getattr(new, name)
        if before is after:
            continue
        now = {part.id: part for part in after}
        then = {part.id: part for part in before}
        previous = ""
        for part in before:
            if part.id not in now:
                touched.append(
                    Touched(list=name, id=part.id, before=_plain(part), after=None, previous=previous)
                )
            elif now[part.id] is not part and now[part.id] != part:
                touched.append(_changed(name, part, now[part.id]))
            previous = part.id
        touched.extend(
            Touched(list=name, id=part.id, before=None, after=_plain(part))
            for part in after
            if part.id not in then
        )
    return tuple(touched)


def reverse(plan: Plan, touched: tuple[Touched, ...]) -> Plan:
    """Return `plan` without what the patch did.

    Raises:
        DecisionError: Something that it touched was changed since (P320), or something that would go is
            referred to (P321).
    """
    lists: dict[str, Any] = {}
    for name in dict.fromkeys(touch.list for touch in touched):
        lists[name] = _reversed(
            getattr(plan, name), [touch for touch in touched if touch.list == name], _TYPES[name]
        )
    result: Plan = msgspec.structs.replace(plan, **lists)
    for broken in of_references(result):
        raise DecisionError("P321", broken.parameters)
    return result


def _reversed(parts: tuple[Any, ...], touched: list[Touched], type_: Any) -> tuple[Any, ...]:
    now = {part.id: part for part in parts}
    gone: set[str] = set()
    for touch in touched:
        part = now.get(touch.id)
        if touch.after is None:
            if part is not None:
                raise DecisionError("P320", {"label": _label(part)})
            continue
        if part is None or _with(part, touch.after) != part:
            raise DecisionError("P320", {"label": _label(part) if part is not None else touch.id})
        if touch.before is None:
            gone.add(touch.id)
        else:
            now[touch.id] = _with(part, touch.before)
    kept = [now[part.id] for part in parts if part.id not in gone]
    for touch in touched:
        if touch.before is not None and touch.after is None:
            _insert(kept, msgspec.convert(touch.before, type_), touch.previous)
    return tuple(kept)


def _insert(parts: list[Any], part: Any, previous: str) -> None:
    if not previous:
        parts.insert(0, part)
        return
    at = next((index for index, other in enumerate(parts) if other.id == previous), None)
    if at is None:
        at = place_for(parts, part) - 1
    parts.insert(at + 1, part)


def place_for(parts: typing.Sequence[Any], part: Any) -> int:
    """Return the index at which `part` stands in text order; the end for what has no place in the text."""
    spans = getattr(part, "spans", ())
    if spans:
        for index, other in enumerate(parts):
            if other.spans and other.spans[0] > spans[0]:
                return index
    return len(parts)


def _with(part: Any, fields: dict[str, Any]) -> Any:
    hints = _hints(part.__class__)
    return msgspec.structs.replace(
        part, **{name: msgspec.convert(value, hints[name]) for name, value in fields.items()}
    )


@cache
def _hints(type_: Any) -> dict[str, Any]:
    return typing.get_type_hints(type_)


def _changed(name: str, before: Any, after: Any) -> Touched:
    fields = [field for field in before.__struct_fields__ if getattr(before, field) != getattr(after, field)]
    return Touched(
        list=name,
        id=before.id,
        before={field: msgspec.to_builtins(getattr(before, field)) for field in fields},
        after={field: msgspec.to_builtins(getattr(after, field)) for field in fields},
    )


def _plain(part: Any) -> dict[str, Any]:
    return typing.cast("dict[str, Any]", msgspec.to_builtins(part))


def _label(part: Any) -> str:
    return part.name if isinstance(part, Unit) else label_of(part)
