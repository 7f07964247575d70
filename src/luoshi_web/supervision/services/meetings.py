"""Hold dispatch meetings (调度): the agenda that was before one, its minutes, and the tasks that its decisions become."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from luoshi.delivery.dispatch import meeting as meetings
from luoshi.delivery.dispatch.agenda import Agenda, agenda_of
from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.source import SourceKind
from luoshi.delivery.year import Year
from luoshi.packs import packs
from luoshi.register.observed import parts_of
from luoshi_web.audit.action import Action
from luoshi_web.cases import selectors as cases
from luoshi_web.reporting.services.writing import writing
from luoshi_web.rights import Actor, Right
from luoshi_web.supervision.services.chasing import Wanted, orders_of


def agenda_on(plan_year: int, year: Year, day: date) -> Agenda:
    """Return the agenda of a meeting on a day, as the ledger and the registers know it."""
    last = year.meetings[-1].day if year.meetings else None
    return agenda_of(year, on=day, last=last, blocked_cases=_blocked(plan_year, year))


def _blocked(plan_year: int, year: Year) -> Mapping[str, int]:
    """Return by lineage how many cases are blocked in the registers behind its targets."""
    counts = cases.blocked_by_procedure(plan_year)
    found: Counter[str] = Counter()
    for lineage, issued in year.issued.items():
        procedures = set()
        for target in issued.targets:
            source = year.sources.get(target)
            if source is not None and source.kind is SourceKind.REGISTER:
                pack, indicator, _parameter = parts_of(source.name)
                if pack in packs() and indicator in packs()[pack].indicators:
                    procedures.add(packs()[pack].indicators[indicator].procedure)
        if blocked := sum(counts.get(one, 0) for one in procedures):
            found[lineage] = blocked
    return found


def hold_meeting(
    actor: Actor, plan_year: int, *, minutes: str, decisions: Sequence[Wanted], day: date
) -> None:
    """Record a dispatch meeting that was held, and make tasks of its decisions.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: The minutes are missing (L361), a meeting of that day or a later one is there (L362), or a decision is not complete (L354, L355).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        agenda = agenda_on(plan_year, ledger.year, day)
        proposals = meetings.hold(
            ledger.year.meetings,
            ledger.year.chasing.tasks,
            agenda=agenda.digest,
            items=[item.lineage for item in agenda.items],
            minutes=ledger.note(minutes),
            orders=orders_of(ledger, decisions),
            on=day,
        )
        ledger.add(*proposals, action=Action.MEETING_HELD, about=day.isoformat())


def correct_minutes(actor: Actor, plan_year: int, *, number: int, minutes: str, reason: str) -> None:
    """Correct the minutes of a meeting; those before stay.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: There is no such meeting (L363), or minutes (L361) or reason (L207) are missing.
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        found = next((one for one in ledger.year.meetings if one.fact.number == number), None)
        if found is None:
            raise DeliveryError("L363", {"number": number})
        proposal = meetings.correct(
            found, minutes=ledger.note(minutes), reason=ledger.note(reason), on=ledger.on
        )
        ledger.add(proposal, action=Action.MINUTES_CORRECTED, about=str(number))
