"""A roster as a spreadsheet (清单表): out, filled in, and back; all or nothing, and repeatable."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from luoshi.kernel.diagnostic import Diagnostic
from luoshi.register.roster import Item, ItemEntry, ItemState, Measure, Roster
from luoshi.register.sheet import Sheet, SheetRow, day_in, decimal_in, sheet_of

NAME, OWNER, PLACE, STATE, PLANNED, DONE, QUANTITY, KEY = (
    "名称", "责任单位", "地点", "状态", "计划完成", "实际完成", "数量", "编号",
)  # fmt: skip
COLUMNS = (KEY, NAME, OWNER, PLACE, STATE, PLANNED, DONE, QUANTITY)
"""Columns of the sheet; the key is empty for new items."""
_STATES = {
    state.zh: state
    for state in (ItemState.PLANNED, ItemState.UNDER_WAY, ItemState.DONE)
} | {"": ItemState.PLANNED, "已完成": ItemState.DONE, "完成": ItemState.DONE, "在建": ItemState.UNDER_WAY, "已认定": ItemState.DONE}  # fmt: skip


def item_key(roster: str, name: str) -> str:
    """Return the identity of an item by its name, the same whenever the name is the same."""
    return "i-" + hashlib.sha256(f"{roster}\x1f{name.strip()}".encode()).hexdigest()[:12]


def rows_of(roster: Roster) -> list[tuple[str, ...]]:
    """Return the rows of the sheet, in the order of `COLUMNS`."""
    return [_row(item) for item in roster.items.values() if item.state is not ItemState.WITHDRAWN]


def _row(item: Item) -> tuple[str, ...]:
    stated = item.stated
    return (
        stated.id,
        stated.name,
        stated.owner,
        stated.place,
        item.state.zh,
        stated.planned.isoformat() if stated.planned else "",
        stated.done.isoformat() if stated.done else "",
        format(stated.quantity, "f") if stated.quantity is not None else "",
    )


def read(
    data: bytes, roster: Roster, *, on: date, evidence: str = ""
) -> tuple[tuple[ItemEntry, ...], tuple[Diagnostic, ...]]:
    """Read a filled-in sheet.

    Args:
        data: The file.
        roster: The roster that it is for.
        on: Day of the import.
        evidence: Digest of the file itself, which shows what is done where an item has no evidence of its own.

    Returns:
        The items that it states; or what is wrong with every bad cell (R210 to R217), and then no items are to be taken.

    Raises:
        RegisterError: The file cannot be read (R20x).
    """
    sheet = sheet_of(data, needed=(NAME,))
    faults: list[Diagnostic] = []
    items: list[ItemEntry] = []
    seen: dict[str, int] = {}
    for row in sheet.rows:
        item = _item(sheet, row, roster, on, evidence, faults)
        if item is None:
            continue
        if item.id in seen:
            faults.append(sheet.fault("R216", row, NAME, other=seen[item.id]))
        seen[item.id] = row.number
        items.append(item)
    return (tuple(items) if not faults else (), tuple(faults))


def _item(
    sheet: Sheet, row: SheetRow, roster: Roster, on: date, evidence: str, faults: list[Diagnostic]
) -> ItemEntry | None:
    name = row.text(NAME)
    if not name:
        faults.append(sheet.fault("R210", row, NAME))
        return None
    key = row.text(KEY) or item_key(roster.id, name)
    before = roster.items.get(key)
    if row.text(KEY) and before is None:
        faults.append(sheet.fault("R217", row, KEY))
        return None
    wrong: list[Diagnostic] = []
    state = _STATES.get(row.text(STATE))
    if state is None:
        wrong.append(sheet.fault("R211", row, STATE, known="、".join(_STATES_SHOWN)))
    planned, done = _day(sheet, row, PLANNED, wrong), _day(sheet, row, DONE, wrong)
    if state is ItemState.DONE and not row.text(DONE):
        wrong.append(sheet.fault("R213", row, DONE))
    if done is not None and done > on:
        wrong.append(sheet.fault("R214", row, DONE))
    quantity = decimal_in(row.text(QUANTITY)) if row.text(QUANTITY) else None
    is_needed = roster.measure is Measure.SUM and state is ItemState.DONE
    if (
        (row.text(QUANTITY) and quantity is None)
        or (quantity is not None and quantity < 0)
        or (is_needed and quantity is None)
    ):
        wrong.append(sheet.fault("R215", row, QUANTITY))
    faults += wrong
    if wrong or state is None:
        return None
    kept = before.stated.evidence if before is not None else ()
    return ItemEntry(
        id=key,
        name=name,
        owner=row.text(OWNER),
        place=row.text(PLACE),
        state=state,
        planned=planned,
        done=done if state is ItemState.DONE else None,
        quantity=quantity,
        evidence=kept or ((evidence,) if evidence and state is ItemState.DONE else ()),
    )


_STATES_SHOWN: Sequence[str] = (ItemState.PLANNED.zh, ItemState.UNDER_WAY.zh, "已完成")


def _day(sheet: Sheet, row: SheetRow, column: str, faults: list[Diagnostic]) -> date | None:
    text = row.text(column)
    if not text:
        return None
    day = day_in(text)
    if day is None:
        faults.append(sheet.fault("R212", row, column))
    return day
