"""Facts of a drill (拉练事实): the visit list, sheets of panel members, sheets that will not come, frozen results."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec

from luoshi.ledger.entry import Entry
from luoshi.ledger.fact import Fact
from luoshi.ledger.note import NoteRef


class Site(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place to visit: identity inside the drill, name, unit that is scored, commitment that it shows or ""."""

    id: str
    name: str
    unit: str
    lineage: str = ""


class DrillPlanned(Fact, frozen=True, kw_only=True, tag="drill_planned"):
    """A drill was planned, or planned anew before its first sheet.

    Attributes:
        quarter: Key of the quarter (``2026-Q2``); identifies the drill.
        scheme: Scheme of its sheets, by name.
        sites: Places, in the order in which they are visited.
        panel: Panel members, as opaque identities.
    """

    quarter: str
    scheme: str
    sites: tuple[Site, ...]
    panel: tuple[str, ...]


class Mark(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Points for a criterion."""

    criterion: str
    points: Decimal


class SheetFiled(Fact, frozen=True, kw_only=True, tag="drill_sheet_filed"):
    """A panel member filed the sheet of a site; the photographs are the entry's evidence, by digest."""

    quarter: str
    site: str
    member: str
    marks: tuple[Mark, ...]
    remark: NoteRef | None = None


class SheetExcused(Fact, frozen=True, kw_only=True, tag="drill_sheet_excused"):
    """A sheet will not come, and why."""

    quarter: str
    site: str
    member: str
    reason: NoteRef


class FrozenPlace(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A site's total and place; None for both where no sheet came."""

    site: str
    total: Decimal | None
    place: int | None


class DrillFrozen(Fact, frozen=True, kw_only=True, tag="drill_frozen"):
    """The results of a drill stand: their digest, the last entry that they follow from and its digest, the places."""

    quarter: str
    results: str
    number: int
    head: str
    places: tuple[FrozenPlace, ...]


DRILL_FACTS: tuple[type[Fact], ...] = (DrillPlanned, SheetFiled, SheetExcused, DrillFrozen)


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet: what was filed, entry, photographs by digest, entries of sheets that it took the place of."""

    fact: SheetFiled
    entry: int
    photos: tuple[str, ...]
    earlier: tuple[int, ...] = ()

    @property
    def total(self) -> Decimal:
        """Sum of its points."""
        return sum((one.points for one in self.fact.marks), Decimal(0))


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """Frozen results: what, entry, day."""

    fact: DrillFrozen
    entry: int
    day: date


class Drill(msgspec.Struct, frozen=True, kw_only=True):
    """A drill.

    Attributes:
        plan: The visit list in force.
        entry: Its entry.
        sheets: Sheets by site and member.
        excused: Entries by which sheets were excused, by site and member.
        frozen: The frozen results once there are.
    """

    plan: DrillPlanned
    entry: int
    sheets: Mapping[tuple[str, str], Sheet] = {}
    excused: Mapping[tuple[str, str], int] = {}
    frozen: Frozen | None = None

    def missing(self, site: str) -> tuple[str, ...]:
        """Return the members whose sheet of a site neither came nor was excused, in the panel's order."""
        return tuple(
            one for one in self.plan.panel if (site, one) not in self.sheets and (site, one) not in self.excused
        )  # fmt: skip


Drills = Mapping[str, Drill]


def applied(drills: Drills, fact: Fact, entry: Entry, on: date) -> Drills:
    """Return the drills by quarter after one of `DRILL_FACTS`.

    Args:
        drills: Before.
        fact: The fact.
        entry: Its entry.
        on: Day on which it was known.
    """
    if isinstance(fact, DrillPlanned):
        return {**drills, fact.quarter: Drill(plan=fact, entry=entry.number)}
    before = drills.get(getattr(fact, "quarter", ""))
    if before is None:
        return drills
    replace = msgspec.structs.replace
    after = before
    match fact:
        case SheetFiled(site=site, member=member):
            known = before.sheets.get((site, member))
            earlier = (*known.earlier, known.entry) if known is not None else ()
            sheet = Sheet(fact=fact, entry=entry.number, photos=entry.evidence, earlier=earlier)
            excused = {key: one for key, one in before.excused.items() if key != (site, member)}
            after = replace(before, sheets={**before.sheets, (site, member): sheet}, excused=excused)
        case SheetExcused(site=site, member=member):
            after = replace(before, excused={**before.excused, (site, member): entry.number})
        case DrillFrozen():
            after = replace(before, frozen=Frozen(fact=fact, entry=entry.number, day=on))
    return {**drills, before.plan.quarter: after}
