"""File, pass, return and accept reports (填报)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.cadence.cycle import Cycle, CycleState, state_of
from luoshi.delivery import report
from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.issue import Issued
from luoshi.delivery.judging import cycles_for, expected_for, extended_for
from luoshi.delivery.report import Figure, Report, Tick
from luoshi.ledger.entry import Entry
from luoshi_web.audit.action import Action
from luoshi_web.frame.clock import now
from luoshi_web.reporting import store
from luoshi_web.reporting.selectors import ground_of, version_of
from luoshi_web.reporting.services.writing import Writing, writing
from luoshi_web.rights import Actor, Right


@dataclass(frozen=True, slots=True)
class Stated:
    """What a unit states for a commitment and a period.

    Attributes:
        lineage: The commitment.
        period: Key of the period.
        figures: Figures of targets that are asked.
        ticks: Deliverables newly done.
        is_unchanged: "No change".
        progress: What was done, in words.
        obstacles: What blocks, in words.
    """

    lineage: str
    period: str
    figures: Sequence[Figure] = ()
    ticks: Sequence[Tick] = ()
    is_unchanged: bool = False
    progress: str = ""
    obstacles: str = ""


def save_report(
    actor: Actor, plan_year: int, *, unit: str, lineage: str, period: str, content: dict[str, Any]
) -> None:
    """Keep a report that the unit is still writing.

    Raises:
        RefusedError: The person does not prepare papers of that unit.
    """
    actor.require_for(Right.PREPARE, plan_year, unit)
    store.keep_unfiled(
        plan_year,
        store.REPORT,
        unit=unit,
        lineage=lineage,
        period=period,
        content=content,
        by=actor.name,
        at=now(),
    )


def file_reports(actor: Actor, plan_year: int, *, unit: str, stated: Sequence[Stated]) -> list[Entry]:
    """File reports in the name of a unit, all or none.

    Raises:
        RefusedError: The person does not prepare papers of that unit.
        DeliveryError: One does not fit (L201, L23x, L24x), or its period cannot be filed now (L257).
    """
    actor.require_for(Right.PREPARE, plan_year, unit)
    with writing(actor, plan_year) as ledger:
        ground = ground_of(version_of(plan_year, ledger.year.version))
        proposals = []
        for one in stated:
            issued = ledger.year.issued_of(one.lineage)
            cycle = _open_cycle(ledger, issued, cycles_for(ledger.year, issued, ground), one.period)
            proposals.append(
                report.file(
                    ledger.year.report(one.lineage, one.period),
                    issued,
                    expected_for(ledger.year, issued, ground, before=cycle.period.end),
                    period=one.period,
                    end=cycle.period.end,
                    figures=one.figures,
                    ticks=one.ticks,
                    is_unchanged=one.is_unchanged,
                    progress=ledger.note_or_none(one.progress, lineage=one.lineage),
                    obstacles=ledger.note_or_none(one.obstacles, lineage=one.lineage),
                    unit=unit,
                    on=ledger.on,
                )
            )
        if not proposals:
            return []
        entries = list(ledger.add(*proposals, action=Action.REPORT_FILED, about=unit))
        for one in stated:
            store.drop_unfiled(plan_year, store.REPORT, unit=unit, lineage=one.lineage, period=one.period)
    return entries


def _open_cycle(ledger: Writing, issued: Issued, cycles: Sequence[Cycle], period: str) -> Cycle:
    cycle = next((cycle for cycle in cycles if cycle.period.key == period), None)
    if cycle is None:
        raise DeliveryError("L259", {"period": period})
    until = extended_for(ledger.year, issued).get(period)
    state = state_of(cycle, ledger.on, until=until)
    before = ledger.year.report(issued.lineage, period)
    is_returned = before is not None and not before.last.state.has_left_unit
    # What was returned may be filed again after the lock: the unit must be able to mend it.
    if not (state.takes_reports or (is_returned and state is CycleState.LOCKED)):
        raise DeliveryError("L257" if state is CycleState.NOT_OPEN else "L258", {"period": cycle.period.key})
    return cycle


def _report_of(ledger: Writing, filing: int) -> Report:
    key = ledger.year.filings.get(filing)
    found = ledger.year.report(*key) if key is not None else None
    if found is None:
        raise DeliveryError("L251")
    return found


def pass_reports(actor: Actor, plan_year: int, *, unit: str, filings: Sequence[int]) -> list[Entry]:
    """Let reports leave the unit, all or none; its head does.

    Raises:
        RefusedError: The person is no head of that unit.
        DeliveryError: One does not wait for the head, is not the newest, or was filed by himself (L25x).
    """
    actor.require_for(Right.APPROVE, plan_year, unit)
    with writing(actor, plan_year) as ledger:
        proposals = []
        for filing in filings:
            found = _report_of(ledger, filing)
            _require_unit(ledger, found, unit)
            proposals.append(report.let_pass(found, filing=filing, who=ledger.who, unit=unit, on=ledger.on))
        return list(ledger.add(*proposals, action=Action.REPORT_PASSED, about=unit)) if proposals else []


def hold_report(actor: Actor, plan_year: int, *, unit: str, filing: int, reason: str) -> Entry:
    """Return a report to the unit's liaison; its head does.

    Raises:
        RefusedError: The person is no head of that unit.
        DeliveryError: It does not wait for the head, is not the newest, or the reason is missing (L25x, L207).
    """
    actor.require_for(Right.APPROVE, plan_year, unit)
    with writing(actor, plan_year) as ledger:
        found = _report_of(ledger, filing)
        _require_unit(ledger, found, unit)
        proposal = report.hold(
            found,
            filing=filing,
            reason=ledger.note(reason, lineage=found.lineage),
            unit=unit,
            on=ledger.on,
        )
        (entry,) = ledger.add(proposal, action=Action.REPORT_HELD, about=unit)
    return entry


def _require_unit(ledger: Writing, found: Report, unit: str) -> None:
    issued = ledger.year.issued_of(found.lineage)
    if issued.lead_unit != unit:
        raise DeliveryError("L201", {"title": issued.title, "unit": issued.lead_unit})


def accept_reports(actor: Actor, plan_year: int, *, filings: Sequence[int]) -> list[Entry]:
    """Accept reports, all or none.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: One does not wait for the supervisor, or is not the newest (L251, L252).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        proposals = [
            report.accept(_report_of(ledger, filing), filing=filing, on=ledger.on) for filing in filings
        ]
        return list(ledger.add(*proposals, action=Action.REPORT_ACCEPTED)) if proposals else []


def return_report(actor: Actor, plan_year: int, *, filing: int, reason: str) -> Entry:
    """Return a report to its unit; one that was accepted can still be returned.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It has not left the unit, is not the newest, or the reason is missing (L251, L252, L207).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        found = _report_of(ledger, filing)
        proposal = report.give_back(
            found, filing=filing, reason=ledger.note(reason, lineage=found.lineage), on=ledger.on
        )
        (entry,) = ledger.add(proposal, action=Action.REPORT_RETURNED)
    return entry


def give_more_time(
    actor: Actor, plan_year: int, *, unit: str, lineage: str, period: str, until: date, reason: str
) -> Entry:
    """Let a unit file a period later, by name and for a reason.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: Unit or reason is missing, or the day is past (L255, L256, L207).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        proposal = report.extend(
            period=period,
            until=until,
            reason=ledger.note(reason, lineage=lineage),
            unit=unit,
            lineage=lineage,
            on=ledger.on,
        )
        (entry,) = ledger.add(proposal, action=Action.CYCLE_EXTENDED, about=unit)
    return entry


def figures_from(values: Mapping[str, Any]) -> list[Figure]:
    """Return figures from decimals by target."""
    return [Figure(target=target, value=value) for target, value in values.items()]
