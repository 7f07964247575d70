"""From entries to cases (办件折叠): a case is what its entries say, in order, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from luoshi.cadence.clock import Extension, Pause
from luoshi.kernel.zone import wall_clock
from luoshi.ledger.entry import Entry
from luoshi.ledger.fact import Fact, tag_of
from luoshi.register.case import fact as facts
from luoshi.register.case.model import Amount, Case, CaseState, Obstacle, Stay

_BY_TAG = {tag_of(kind): kind for kind in facts.CASE_FACTS}


def fold(entries: Iterable[Entry]) -> dict[str, Case]:
    """Return the cases that entries tell of, by identity."""
    cases: dict[str, Case] = {}
    for entry in entries:
        after = applied(cases.get(entry.lineage), entry)
        if after is not None:
            cases[after.id] = after
    return cases


def applied(case: Case | None, entry: Entry) -> Case | None:
    """Return a case after one more of its entries; None for an entry that is of no case, or of one that never began."""
    if entry.fact not in _BY_TAG:
        return case
    fact = facts.decode(entry.body)
    if isinstance(fact, facts.CaseReceived):
        return _received(fact, entry)
    if case is None:
        return None
    after = _after(case, fact, entry)
    return msgspec.structs.replace(after, entry=entry.number, trail=(*case.trail, entry.number))


def _received(fact: facts.CaseReceived, entry: Entry) -> Case:
    at = wall_clock(entry.known_at)
    return Case(
        id=entry.lineage,
        number=fact.number,
        procedure=fact.procedure,
        version=fact.version,
        case_class=fact.case_class,
        title=fact.title,
        channel=fact.channel,
        desk=fact.desk,
        unit=fact.unit,
        state=_state(fact.unit, fact.waits),
        stays=(Stay(stage=fact.stage, since=at, unit=fact.unit, entry=entry.number),),
        fields=dict(fact.fields),
        personal=fact.personal,
        opened=at,
        parent=fact.parent,
        entry=entry.number,
        trail=(entry.number,),
    )


def _state(unit: str, waits: bool) -> CaseState:
    if not unit:
        return CaseState.RECEIVED
    return CaseState.DISPATCHED if waits else CaseState.UNDER_WAY


def _after(case: Case, fact: Fact, entry: Entry) -> Case:
    at = wall_clock(entry.known_at)
    change: dict[str, Any] = {}
    match fact:
        case facts.CaseDispatched(to=unit):
            change = {
                "unit": unit,
                "holder": "",
                "state": CaseState.DISPATCHED,
                "stays": _with_unit(case, unit),
            }
        case facts.CaseTakenOver():
            change = {"holder": entry.who, "state": CaseState.UNDER_WAY}
        case facts.CaseReturned():
            change = {"unit": "", "holder": "", "state": CaseState.RECEIVED}
        case facts.CaseTransferred(to=unit):
            change = {
                "unit": unit,
                "holder": "",
                "state": CaseState.DISPATCHED,
                "stays": _with_unit(case, unit),
            }
        case facts.CasePaused(reason=reason):
            change = {"state": CaseState.PAUSED, "pauses": (*case.pauses, Pause(since=at, reason=reason))}
        case facts.CaseResumed():
            change = {"state": CaseState.UNDER_WAY, "pauses": _ended(case.pauses, at)}
        case facts.CaseExtended(amount=amount, basis=basis):
            change = {"extensions": (*case.extensions, Extension(amount=amount, basis=basis))}
        case facts.CaseMoved():
            change = _moved(case, fact, entry)
        case facts.CaseTaskFinished(task=task):
            change = {"done": {**case.done, task: at}}
        case facts.CaseFieldsSet(fields=fields, personal=personal):
            change = {"fields": {**case.fields, **fields}, "personal": personal or case.personal}
        case facts.CaseAmountSet():
            change = {"amounts": _with_amount(case, fact, entry)}
        case facts.CaseChecked(check=check, is_yes=is_yes):
            change = {"checks": {**case.checks, check: is_yes}}
        case facts.CasePaperAdded(paper=paper):
            change = {"papers": {**case.papers, paper: entry.evidence[0]}}
        case facts.CaseBlocked(obstacle=key, kind=kind, note=note, unit=unit, due=due):
            one = Obstacle(key=key, kind=kind, note=note, unit=unit, due=due, raised=at, entry=entry.number)
            change = {"obstacles": (*case.obstacles, one)}
        case facts.CaseUnblocked(obstacle=key):
            change = {
                "obstacles": tuple(_unblocked(one, at) if one.key == key else one for one in case.obstacles)
            }
        case facts.CaseClosed(outcome=outcome):
            stays = (*case.stays[:-1], msgspec.structs.replace(case.stays[-1], until=at))
            change = {
                "state": CaseState.CLOSED,
                "closed": at,
                "outcome": outcome,
                "stays": stays,
                "pauses": _ended(case.pauses, at),
            }
        case facts.CaseReopened():
            change = _reopened(case, entry)
        case facts.CaseRated(rating=rating):
            change = {"rating": rating}
    return msgspec.structs.replace(case, **change)


def _with_unit(case: Case, unit: str) -> tuple[Stay, ...]:
    return (*case.stays[:-1], msgspec.structs.replace(case.stays[-1], unit=unit))


def _ended(pauses: tuple[Pause, ...], at: Any) -> tuple[Pause, ...]:
    return tuple(pause if pause.until else msgspec.structs.replace(pause, until=at) for pause in pauses)


def _unblocked(obstacle: Obstacle, at: Any) -> Obstacle:
    return msgspec.structs.replace(obstacle, removed=at)


def _moved(case: Case, fact: facts.CaseMoved, entry: Entry) -> dict[str, Any]:
    at = wall_clock(entry.known_at)
    left = msgspec.structs.replace(case.stays[-1], until=at)
    entered = Stay(stage=fact.to, since=at, unit=fact.unit, entry=entry.number)
    is_same = fact.unit == case.unit and not fact.waits
    return {
        "stays": (*case.stays[:-1], left, entered),
        "done": {},
        "unit": fact.unit,
        "holder": case.holder if is_same else "",
        "state": _state(fact.unit, fact.waits),
    }


def _with_amount(case: Case, fact: facts.CaseAmountSet, entry: Entry) -> Mapping[str, Mapping[str, Amount]]:
    months = case.amounts.get(fact.series, {})
    before = months.get(fact.month)
    amount = Amount(
        value=fact.value,
        evidence=entry.evidence,
        entry=entry.number,
        earlier=(*before.earlier, before.entry) if before else (),
    )
    return {**case.amounts, fact.series: {**months, fact.month: amount}}


def _reopened(case: Case, entry: Entry) -> dict[str, Any]:
    at = wall_clock(entry.known_at)
    assert case.closed is not None
    # The time while it was closed does not count; the stay that closing ended begins anew.
    again = Stay(stage=case.stage, since=at, unit=case.unit, entry=entry.number)
    return {
        "state": CaseState.UNDER_WAY,
        "closed": None,
        "outcome": "",
        "reopened": case.reopened + 1,
        "stays": (*case.stays, again),
        "pauses": (*case.pauses, Pause(since=case.closed, until=at, reason="closed")),
    }
