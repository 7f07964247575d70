"""Give lights day by day (亮灯), and override them."""

from __future__ import annotations

from datetime import date, timedelta

from luoshi.delivery import given
from luoshi.delivery.given import GivenLight, LightsGiven
from luoshi.delivery.judging import lights_of
from luoshi.delivery.year import Year, day_of, fold
from luoshi.ledger.entry import Entry
from luoshi.status.light import Colour
from luoshi.status.rule import rule_on
from luoshi_web.audit.action import Action
from luoshi_web.ledger import selectors as ledger_selectors
from luoshi_web.plans.selectors import plan_year_with_id
from luoshi_web.reporting.selectors import ground_of, version_of, year_of
from luoshi_web.reporting.services.writing import Writing, writing
from luoshi_web.rights import Actor, Right, machine

_ONE_DAY = timedelta(days=1)
_MOST_DAYS = 31
"""Days whose lights are given in one transaction."""


def catch_up(plan_year: int, *, up_to: date | None = None) -> int:
    """Give the lights of every day that has ended and has none yet, as known at its end.

    Args:
        plan_year: Identity of the plan-year.
        up_to: Last day; yesterday where None is given. A day that has not ended gets no lights.

    Returns:
        For how many days lights were reckoned.
    """
    year = year_of(plan_year)
    if not year.version or year.known is None:
        return 0
    row = plan_year_with_id(plan_year)
    if row is None or (year.judged is not None and year.judged >= ledger_selectors.day_of(row) - _ONE_DAY):
        return 0
    days, begin = 0, None
    while True:
        done, begin = _portion(plan_year, begin, up_to)
        days += done
        if done < _MOST_DAYS:
            return days


def _portion(plan_year: int, begin: date | None, up_to: date | None) -> tuple[int, date]:
    """Give the lights of some days in one transaction, so that nobody waits long for the ledger; return how many, and the day to go on from."""
    days = 0
    with writing(machine("luoshi lights"), plan_year) as ledger:
        last = min(up_to or ledger.on - _ONE_DAY, ledger.on - _ONE_DAY)
        judged = ledger.year.judged
        entries = ledger_selectors.entries_after(plan_year, 0)
        first = judged + _ONE_DAY if judged is not None else day_of(entries[0])
        day = max(first, begin) if begin is not None else first
        before = dict(ledger.year.lights)
        known, place = Year(), 0
        while day <= last and days < _MOST_DAYS:
            stop = place
            while stop < len(entries) and day_of(entries[stop]) <= day:
                stop += 1
            known, place = fold(entries[place:stop], known), stop
            if known.version:
                _give(ledger, known, before, day)
            days += 1
            day += _ONE_DAY
    return days, day


def _give(ledger: Writing, known: Year, before: dict[str, tuple[GivenLight, ...]], day: date) -> None:
    """Give the lights of one day, as known at its end, where they differ from those before."""
    ground = ground_of(version_of(ledger.plan_year.pk, known.version))
    proposal = given.give(before, lights_of(known, ground, on=day), day=day, rule=rule_on(day).name)
    if proposal is None:
        return
    (entry,) = ledger.add(proposal, action=Action.LIGHTS_GIVEN, about=day.isoformat())
    assert isinstance(proposal.fact, LightsGiven)
    for new in proposal.fact.lights:
        before[new.lineage] = (*before.get(new.lineage, ()), new.as_given(day, entry))


def override_light(actor: Actor, plan_year: int, *, lineage: str, colour: Colour, reason: str) -> Entry:
    """Say that another colour is right, with a reason; the light that follows from the rule stays visible beside it.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: There is no such commitment (L265), or the reason is missing (L207).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        issued = ledger.year.issued_of(lineage)
        proposal = given.override(
            lineage=lineage, colour=colour, reason=ledger.note(reason, lineage=lineage), on=ledger.on
        )
        (entry,) = ledger.add(proposal, action=Action.LIGHT_OVERRIDDEN, about=issued.title)
    return entry


def end_override(actor: Actor, plan_year: int, *, lineage: str) -> Entry:
    """Let the light that follows from the rule stand again.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: There is no such commitment (L265) or no override (L280).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        issued = ledger.year.issued_of(lineage)
        proposal = given.end_override(
            lineage=lineage, is_overridden=lineage in ledger.year.overrides, on=ledger.on
        )
        (entry,) = ledger.add(proposal, action=Action.LIGHT_OVERRIDDEN, about=issued.title)
    return entry
