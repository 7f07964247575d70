"""Keep rosters, draw and check samples, take statistics in (清单、抽样、统计导入)."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.kernel.diagnostic import Diagnostic
from luoshi.ledger.entry import Entry
from luoshi.register import roster as rosters
from luoshi.register import sample, statistics, table
from luoshi.register.fault import RegisterError
from luoshi.register.roster import ItemEntry, Measure, Roster
from luoshi_web.audit.action import Action
from luoshi_web.frame import blob
from luoshi_web.reporting.services.writing import Writing, writing
from luoshi_web.rights import Actor, RefusedError, Right


def open_roster(
    actor: Actor,
    plan_year: int,
    *,
    roster: str,
    target: str,
    title: str,
    measure: Measure,
    quantity_unit: str,
    definition: str,
    items: Sequence[ItemEntry] = (),
) -> Entry:
    """Open a roster that backs a target; the lead unit keeps it. The supervisor or the unit itself may.

    Raises:
        RefusedError: The person may not.
        DeliveryError: There is no such target (L264).
        RegisterError: It is not complete, or there is one already (R101, R102).
    """
    with writing(actor, plan_year) as ledger:
        lineage = ledger.year.lineage_of_target(target)
        unit = ledger.year.issued_of(lineage).lead_unit
        _require_keeper(actor, plan_year, unit, or_supervisor=True)
        opening = rosters.open_roster(
            ledger.year.rosters,
            roster=roster,
            lineage=lineage,
            title=title,
            unit=unit,
            target=target,
            measure=measure,
            quantity_unit=quantity_unit,
            definition=definition,
            on=ledger.on,
        )
        (entry,) = ledger.add(opening, action=Action.ROSTER_CHANGED, about=title)
        if items:
            opened = rosters.applied({}, opening.fact, entry, ledger.on)
            assert opened is not None
            proposal = rosters.set_items(opened, items, on=ledger.on)
            if proposal is not None:
                ledger.add(proposal, action=Action.ROSTER_CHANGED, about=title)
    return entry


def _require_keeper(actor: Actor, plan_year: int, unit: str, *, or_supervisor: bool = False) -> None:
    if actor.may_for(Right.KEEP_ROSTER, plan_year, unit):
        return
    if not (or_supervisor and actor.may(Right.SUPERVISE, plan_year)):
        raise RefusedError("W101")


def _roster(ledger: Writing, roster: str) -> Roster:
    found = ledger.year.rosters.get(roster)
    if found is None:
        raise RegisterError("R103")
    return found


def set_items(
    actor: Actor, plan_year: int, *, roster: str, items: Sequence[ItemEntry], reason: str = ""
) -> Entry | None:
    """Add or change items; the unit that keeps the roster does.

    Raises:
        RefusedError: The person keeps no roster of that unit.
        RegisterError: An item does not fit (R11x), or there is no such roster (R103).
    """
    with writing(actor, plan_year) as ledger:
        found = _roster(ledger, roster)
        _require_keeper(actor, plan_year, found.unit)
        proposal = rosters.set_items(
            found, items, on=ledger.on, reason=ledger.note_or_none(reason, lineage=found.lineage)
        )
        if proposal is None:
            return None
        (entry,) = ledger.add(proposal, action=Action.ROSTER_CHANGED, about=found.title)
    return entry


def accept_items(actor: Actor, plan_year: int, *, roster: str, items: Sequence[str]) -> Entry:
    """Accept items as done; the unit's head does.

    Raises:
        RefusedError: The person is no head of that unit.
        RegisterError: One does not wait for it (R119, R120), or there is no such roster (R103).
    """
    with writing(actor, plan_year) as ledger:
        found = _roster(ledger, roster)
        actor.require_for(Right.APPROVE, plan_year, found.unit)
        (entry,) = ledger.add(
            rosters.accept_items(found, items, on=ledger.on),
            action=Action.ROSTER_CHANGED,
            about=found.title,
        )
    return entry


def withdraw_item(actor: Actor, plan_year: int, *, roster: str, item: str, reason: str) -> Entry:
    """Take an item out of the count, with a reason; the unit's head does.

    Raises:
        RefusedError: The person is no head of that unit.
        RegisterError: There is no such item, or the reason is missing (R121, R122).
    """
    with writing(actor, plan_year) as ledger:
        found = _roster(ledger, roster)
        actor.require_for(Right.APPROVE, plan_year, found.unit)
        proposal = rosters.withdraw_item(
            found, item, reason=ledger.note(reason, lineage=found.lineage), on=ledger.on
        )
        (entry,) = ledger.add(proposal, action=Action.ROSTER_CHANGED, about=found.title)
    return entry


def import_items(
    actor: Actor, plan_year: int, *, roster: str, data: bytes, reason: str = ""
) -> tuple[Entry | None, tuple[Diagnostic, ...]]:
    """Take a filled-in sheet in, all or nothing; the same sheet twice changes nothing.

    Returns:
        The entry, None where nothing differs; and what is wrong with every bad cell, and then nothing was taken.

    Raises:
        RefusedError: The person keeps no roster of that unit.
        RegisterError: The file cannot be read (R20x), or an item does not fit (R11x).
    """
    with writing(actor, plan_year) as ledger:
        found = _roster(ledger, roster)
        _require_keeper(actor, plan_year, found.unit)
        digest = blob.digest_of(data)
        items, faults = table.read(data, found, on=ledger.on, evidence=digest)
        if faults:
            return None, faults
        proposal = rosters.set_items(
            found, items, on=ledger.on, reason=ledger.note_or_none(reason, lineage=found.lineage)
        )
        if proposal is None:
            return None, ()
        blob.keep(data, room=blob.EVIDENCE)
        (entry,) = ledger.add(proposal, action=Action.ROSTER_CHANGED, about=found.title)
    return entry, ()


def draw_sample(actor: Actor, plan_year: int, *, roster: str, seed: str) -> Entry:
    """Draw the items to be checked; a supervisor does.

    Raises:
        RefusedError: The person is no supervisor there.
        RegisterError: Nothing can be drawn (R133 to R135), or there is no such roster (R103).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        found = _roster(ledger, roster)
        (entry,) = ledger.add(
            sample.draw_from(found, seed=seed, on=ledger.on),
            action=Action.SAMPLE_DRAWN,
            about=found.title,
        )
    return entry


def check_item(
    actor: Actor,
    plan_year: int,
    *,
    roster: str,
    sample_entry: int,
    item: str,
    is_right: bool,
    finding: str = "",
) -> Entry:
    """Tell what a check of a drawn item found; a supervisor does.

    Raises:
        RefusedError: The person is no supervisor there.
        RegisterError: It is not in the sample, was looked at already, or the finding is missing (R130 to R132).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        found = _roster(ledger, roster)
        proposal = rosters.check_item(
            found,
            sample=sample_entry,
            item=item,
            is_right=is_right,
            finding=ledger.note_or_none(finding, lineage=found.lineage),
            on=ledger.on,
        )
        (entry,) = ledger.add(proposal, action=Action.SAMPLE_CHECKED, about=found.title)
    return entry


def import_statistics(
    actor: Actor, plan_year: int, *, name: str, data: bytes
) -> tuple[Entry | None, int, tuple[Diagnostic, ...]]:
    """Take a file of statistics in, all or nothing; the same file twice changes nothing.

    Returns:
        The entry, None where nothing is new; how many figures were read; and what is wrong with every bad cell.

    Raises:
        RefusedError: The person is no supervisor there.
        RegisterError: The file cannot be read (R20x).
    """
    actor.require(Right.SUPERVISE, plan_year)
    figures, faults = statistics.read(data)
    if faults:
        return None, 0, faults
    digest = blob.keep(data, room=blob.EVIDENCE)
    with writing(actor, plan_year) as ledger:
        proposal = statistics.take_in(ledger.year.series, figures, file=digest, name=name, on=ledger.on)
        if proposal is None:
            return None, len(figures), ()
        (entry,) = ledger.add(proposal, action=Action.STATISTICS_IMPORTED, about=name)
    return entry, len(figures), ()
