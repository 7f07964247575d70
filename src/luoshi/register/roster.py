"""Rosters (清单): the named things behind a number, and the number that follows from them.

The value of a target is the count, the sum or the rate over what was accepted by the unit's head and not refused by a check.
A unit that fills its own roster attests it itself; a supervisor's check of a drawn sample raises the attestation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from luoshi.kernel.label import Labelled
from luoshi.ledger.entry import Entry, Proposal
from luoshi.ledger.fact import Fact
from luoshi.ledger.note import NoteRef
from luoshi.ledger.observation import Attestation, Computed, Observation
from luoshi.register.fault import RegisterError


class Measure(Labelled):
    """How the number follows from the roster (算法)."""

    COUNT = "count", "计数", "count of what is done"
    SUM = "sum", "求和", "sum of the quantities of what is done"
    RATE = "rate", "完成率", "share of what is done, in percent"


class ItemState(Labelled):
    """How far an item of a roster is (条目状态)."""

    PLANNED = "planned", "未开始", "planned"
    UNDER_WAY = "under_way", "进行中", "under way"
    DONE = "done", "已完成待认定", "done, to be accepted"
    ACCEPTED = "accepted", "已认定", "accepted"
    REFUSED = "refused", "核查未认定", "refused by a check"
    WITHDRAWN = "withdrawn", "已取消", "withdrawn"


class ItemEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item as somebody states it.

    Attributes:
        id: Identity inside the roster.
        name: Name (花园小区, 东环路至西环路段).
        owner: Unit or company that does it.
        place: Where.
        state: Planned, under way or done; nothing else can be stated.
        planned: Day planned, or None.
        done: Day on which it was done; needed where it is done.
        quantity: How much it counts (公里, 户, 个学位); None in a roster that counts.
        evidence: Digests of the files that show it.
    """

    id: str
    name: str
    owner: str = ""
    place: str = ""
    state: ItemState = ItemState.PLANNED
    planned: date | None = None
    done: date | None = None
    quantity: Decimal | None = None
    evidence: tuple[str, ...] = ()


class RosterOpened(Fact, frozen=True, kw_only=True, tag="roster_opened"):
    """A roster was opened.

    Attributes:
        roster: Its identity.
        title: What it lists.
        unit: Responsible unit that keeps it.
        target: Target that it backs.
        measure: How the number follows.
        quantity_unit: Unit of the quantities, for a sum.
        definition: What counts as done (口径).
    """

    roster: str
    title: str
    unit: str
    target: str
    measure: Measure
    quantity_unit: str
    definition: str


class RosterItemsSet(Fact, frozen=True, kw_only=True, tag="roster_items_set"):
    """Items were added or changed; `reason` says why accepted ones change."""

    roster: str
    items: tuple[ItemEntry, ...]
    reason: NoteRef | None = None


class RosterItemsAccepted(Fact, frozen=True, kw_only=True, tag="roster_items_accepted"):
    """The unit's head accepted that these items are done."""

    roster: str
    items: tuple[str, ...]


class RosterItemWithdrawn(Fact, frozen=True, kw_only=True, tag="roster_item_withdrawn"):
    """An item no longer counts, and why."""

    roster: str
    item: str
    reason: NoteRef


class SampleDrawn(Fact, frozen=True, kw_only=True, tag="sample_drawn"):
    """A supervisor drew items to be checked; seed and population let anyone repeat the draw."""

    roster: str
    seed: str
    rule: str
    population: tuple[str, ...]
    drawn: tuple[str, ...]


class SampleChecked(Fact, frozen=True, kw_only=True, tag="sample_checked"):
    """A drawn item was looked at."""

    roster: str
    sample: int
    item: str
    is_right: bool
    finding: NoteRef | None = None


ROSTER_FACTS: tuple[type[Fact], ...] = (
    RosterOpened,
    RosterItemsSet,
    RosterItemsAccepted,
    RosterItemWithdrawn,
    SampleDrawn,
    SampleChecked,
)


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An item with what became of it: as stated, state, day of acceptance, entry of its last change, its entries."""

    stated: ItemEntry
    state: ItemState
    accepted: date | None = None
    entry: int = 0
    trail: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """Identity inside the roster."""
        return self.stated.id


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """A drawn sample: its entry, day, seed, rule, population, items, and what was found of each so far."""

    entry: int
    on: date
    seed: str
    rule: str
    population: tuple[str, ...]
    drawn: tuple[str, ...]
    findings: Mapping[str, bool] = {}

    @property
    def is_finished(self) -> bool:
        """Whether every drawn item was looked at."""
        return set(self.findings) == set(self.drawn)

    @property
    def is_clean(self) -> bool:
        """Whether every drawn item was looked at and found right."""
        return self.is_finished and all(self.findings.values())


class Roster(msgspec.Struct, frozen=True, kw_only=True):
    """A roster (清单).

    Attributes:
        id: Identity.
        lineage: Commitment.
        title: What it lists.
        unit: Responsible unit that keeps it.
        target: Target that it backs.
        measure: How the number follows.
        quantity_unit: Unit of the quantities.
        definition: What counts as done.
        items: Items by identity, in the order added.
        samples: Samples, oldest first.
        entry: Entry that opened it.
        last: Entry of its last change.
        changed: Day of its last change.
    """

    id: str
    lineage: str
    title: str
    unit: str
    target: str
    measure: Measure
    quantity_unit: str
    definition: str
    items: Mapping[str, Item] = {}
    samples: tuple[Sample, ...] = ()
    entry: int = 0
    last: int = 0
    changed: date

    def with_state(self, *states: ItemState) -> tuple[Item, ...]:
        """Return the items in these states."""
        return tuple(item for item in self.items.values() if item.state in states)


def applied(rosters: Mapping[str, Roster], fact: Fact, entry: Entry, on: date) -> Roster | None:
    """Return the roster that a fact is about, after it; None where it is about none that is known.

    Args:
        rosters: Rosters by identity.
        fact: One of `ROSTER_FACTS`.
        entry: Its entry.
        on: Day on which it was known.
    """
    if isinstance(fact, RosterOpened):
        return Roster(
            id=fact.roster,
            lineage=entry.lineage,
            title=fact.title,
            unit=fact.unit,
            target=fact.target,
            measure=fact.measure,
            quantity_unit=fact.quantity_unit,
            definition=fact.definition,
            entry=entry.number,
            last=entry.number,
            changed=on,
        )
    roster = rosters.get(getattr(fact, "roster", ""))
    if roster is None:
        return None
    roster = msgspec.structs.replace(roster, last=entry.number, changed=on)
    match fact:
        case RosterItemsSet(items=stated):
            items = dict(roster.items)
            for one in stated:
                before = items.get(one.id)
                trail = (*(before.trail if before else ()), entry.number)
                items[one.id] = Item(stated=one, state=one.state, entry=entry.number, trail=trail)
            return msgspec.structs.replace(roster, items=items)
        case RosterItemsAccepted(items=accepted):
            items = dict(roster.items)
            for item_id in accepted:
                items[item_id] = _moved(items[item_id], ItemState.ACCEPTED, entry, accepted=on)
            return msgspec.structs.replace(roster, items=items)
        case RosterItemWithdrawn(item=item_id):
            items = {
                **roster.items,
                item_id: _moved(roster.items[item_id], ItemState.WITHDRAWN, entry, accepted=None),
            }
            return msgspec.structs.replace(roster, items=items)
        case SampleDrawn(seed=seed, rule=rule, population=population, drawn=drawn):
            sample = Sample(
                entry=entry.number, on=on, seed=seed, rule=rule, population=population, drawn=drawn
            )
            return msgspec.structs.replace(roster, samples=(*roster.samples, sample))
        case SampleChecked():
            return _checked(roster, fact, entry)
        case _:
            return roster


def _moved(item: Item, state: ItemState, entry: Entry, *, accepted: date | None) -> Item:
    return msgspec.structs.replace(
        item, state=state, accepted=accepted, entry=entry.number, trail=(*item.trail, entry.number)
    )


def _checked(roster: Roster, fact: SampleChecked, entry: Entry) -> Roster:
    samples = tuple(
        msgspec.structs.replace(sample, findings={**sample.findings, fact.item: fact.is_right})
        if sample.entry == fact.sample
        else sample
        for sample in roster.samples
    )
    items = dict(roster.items)
    item = items[fact.item]
    if fact.is_right:
        items[fact.item] = msgspec.structs.replace(item, trail=(*item.trail, entry.number))
    else:
        items[fact.item] = _moved(item, ItemState.REFUSED, entry, accepted=None)
    return msgspec.structs.replace(roster, samples=samples, items=items)


def open_roster(
    rosters: Mapping[str, Roster],
    *,
    roster: str,
    lineage: str,
    title: str,
    unit: str,
    target: str,
    measure: Measure,
    quantity_unit: str,
    definition: str,
    on: date,
) -> Proposal:
    """Return the entry that opens a roster.

    Raises:
        RegisterError: Title or definition is missing (R101), or there is one of this identity (R102).
    """
    if not title.strip() or not definition.strip():
        raise RegisterError("R101")
    if roster in rosters:
        raise RegisterError("R102", {"title": rosters[roster].title})
    fact = RosterOpened(
        roster=roster,
        title=title.strip(),
        unit=unit,
        target=target,
        measure=measure,
        quantity_unit=quantity_unit.strip(),
        definition=definition.strip(),
    )
    return Proposal(fact=fact, day=on, lineage=lineage, unit=unit)


_STATED = (ItemState.PLANNED, ItemState.UNDER_WAY, ItemState.DONE)


def set_items(
    roster: Roster, items: Sequence[ItemEntry], *, on: date, reason: NoteRef | None = None
) -> Proposal | None:
    """Return the entry that adds or changes items; None where nothing differs.

    Raises:
        RegisterError: An item has no name (R110), a state that only follows from others (R111), is done without a day (R112) or on a day to
            come (R113), has no quantity in a roster that adds up (R114), a negative one (R115), is named twice (R116), is done without evidence
            (R118); an accepted or refused one changes without a reason (R117).
    """
    changed = [item for item in items if item.id not in roster.items or _differs(roster.items[item.id], item)]
    if not changed:
        return None
    names: dict[str, str] = {item.stated.name: item.id for item in roster.items.values()}
    for item in changed:
        _check(roster, item, on, reason)
        if names.setdefault(item.name, item.id) != item.id:
            raise RegisterError("R116", {"name": item.name})
    evidence = tuple(dict.fromkeys(digest for item in changed for digest in item.evidence))
    fact = RosterItemsSet(roster=roster.id, items=tuple(changed), reason=reason)
    return Proposal(fact=fact, day=on, lineage=roster.lineage, unit=roster.unit, evidence=evidence)


def _differs(item: Item, stated: ItemEntry) -> bool:
    settled = item.state in (ItemState.ACCEPTED, ItemState.REFUSED)
    return item.stated != stated or (item.state is ItemState.WITHDRAWN) or (settled and item.stated != stated)


def _check(roster: Roster, item: ItemEntry, on: date, reason: NoteRef | None) -> None:
    if not item.name.strip():
        raise RegisterError("R110")
    if item.state not in _STATED:
        raise RegisterError("R111", {"name": item.name})
    if item.state is ItemState.DONE:
        if item.done is None:
            raise RegisterError("R112", {"name": item.name})
        if item.done > on:
            raise RegisterError("R113", {"name": item.name, "day": item.done})
        if not item.evidence:
            raise RegisterError("R118", {"name": item.name})
        if roster.measure is Measure.SUM and item.quantity is None:
            raise RegisterError("R114", {"name": item.name, "unit": roster.quantity_unit})
    if item.quantity is not None and (not item.quantity.is_finite() or item.quantity < 0):
        raise RegisterError("R115", {"name": item.name})
    before = roster.items.get(item.id)
    is_settled = before is not None and before.state in (ItemState.ACCEPTED, ItemState.REFUSED)
    if is_settled and (reason is None or not reason.length):
        raise RegisterError("R117", {"name": item.name})


def accept_items(roster: Roster, items: Sequence[str], *, on: date) -> Proposal:
    """Return the entry with which the unit's head accepts items as done.

    Raises:
        RegisterError: None is named (R119), or one is not waiting for it (R120).
    """
    if not items:
        raise RegisterError("R119")
    for item_id in items:
        item = roster.items.get(item_id)
        if item is None or item.state is not ItemState.DONE:
            raise RegisterError("R120", {"name": item.stated.name if item else item_id})
    fact = RosterItemsAccepted(roster=roster.id, items=tuple(dict.fromkeys(items)))
    return Proposal(fact=fact, day=on, lineage=roster.lineage, unit=roster.unit)


def withdraw_item(roster: Roster, item: str, *, reason: NoteRef, on: date) -> Proposal:
    """Return the entry that takes an item out of the count.

    Raises:
        RegisterError: There is no such item, or it is withdrawn already (R121); the reason is missing (R122).
    """
    known = roster.items.get(item)
    if known is None or known.state is ItemState.WITHDRAWN:
        raise RegisterError("R121")
    if not reason.length:
        raise RegisterError("R122")
    fact = RosterItemWithdrawn(roster=roster.id, item=item, reason=reason)
    return Proposal(fact=fact, day=on, lineage=roster.lineage, unit=roster.unit)


def check_item(
    roster: Roster, *, sample: int, item: str, is_right: bool, finding: NoteRef | None, on: date
) -> Proposal:
    """Return the entry that tells what a check of a drawn item found.

    Raises:
        RegisterError: There is no such sample, or the item is not in it (R130); it was looked at already (R131); what was wrong is
            not said (R132).
    """
    found = next((one for one in roster.samples if one.entry == sample), None)
    if found is None or item not in found.drawn:
        raise RegisterError("R130")
    if item in found.findings:
        raise RegisterError("R131")
    if not is_right and (finding is None or not finding.length):
        raise RegisterError("R132")
    fact = SampleChecked(roster=roster.id, sample=sample, item=item, is_right=is_right, finding=finding)
    return Proposal(fact=fact, day=on, lineage=roster.lineage)


_HUNDRED = Decimal(100)
_PLACES = Decimal("0.01")


def value_on(roster: Roster, day: date) -> Decimal | None:
    """Return the number that follows from the roster for a day; None for a rate over nothing.

    A count or sum runs over the accepted items that were done by the day. A rate is their share of all items that were not
    withdrawn, in percent, rounded to two places (half to even).
    """
    accepted = [
        item
        for item in roster.with_state(ItemState.ACCEPTED)
        if item.stated.done is not None and item.stated.done <= day
    ]
    match roster.measure:
        case Measure.COUNT:
            return Decimal(len(accepted))
        case Measure.SUM:
            return sum((item.stated.quantity or Decimal(0) for item in accepted), Decimal(0))
        case Measure.RATE:
            whole = [item for item in roster.items.values() if item.state is not ItemState.WITHDRAWN]
            if not whole:
                return None
            return (len(accepted) * _HUNDRED / len(whole)).quantize(_PLACES)


def attestation_of(roster: Roster, day: date) -> Attestation:
    """Return who stands for the number of a day: the unit's head, or a clean sample drawn by then that was checked to its end."""
    is_checked = any(sample.is_clean and sample.on <= day for sample in roster.samples[-1:])
    return Attestation.SAMPLE if is_checked else Attestation.HEAD


def observation_on(roster: Roster, day: date) -> Observation | None:
    """Return the figure of a roster for a day; None where nothing follows from it yet."""
    value = value_on(roster, day)
    if value is None or not roster.items:
        return None
    return Observation(
        day=day,
        value=value,
        computed=Computed.COUNTED,
        attestation=attestation_of(roster, day),
        is_accepted=True,
        entry=roster.last,
        known=roster.changed,
    )
