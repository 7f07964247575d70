"""What people post about rosters, as values of the domain."""

from __future__ import annotations

from django.http import QueryDict

from luoshi.register.roster import ItemEntry, ItemState, Roster
from luoshi.register.sheet import day_in, decimal_in
from luoshi.register.table import item_key
from luoshi_web.frame.fields import choice


def item_from(posted: QueryDict, roster: Roster, evidence: tuple[str, ...]) -> ItemEntry:
    """Return the item that a form states.

    Args:
        posted: The form.
        roster: Its roster.
        evidence: Digests of the files that came with it.
    """
    name = posted.get("name", "").strip()[:200]
    key = posted.get("item", "") or item_key(roster.id, name)
    before = roster.items.get(key)
    state = choice(ItemState, posted.get("state", ItemState.PLANNED.value))
    kept = before.stated.evidence if before is not None else ()
    return ItemEntry(
        id=key,
        name=name,
        owner=posted.get("owner", "").strip()[:100],
        place=posted.get("place", "").strip()[:200],
        state=state,
        planned=day_in(posted.get("planned", "")),
        done=day_in(posted.get("done", "")) if state is ItemState.DONE else None,
        quantity=decimal_in(posted.get("quantity", "")) if posted.get("quantity", "").strip() else None,
        evidence=tuple(dict.fromkeys((*kept, *evidence))),
    )
