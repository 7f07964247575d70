"""Plan drills, file score sheets, freeze what they gave (拉练)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from luoshi.cadence.cycle import Frequency, Period, periods_of
from luoshi.delivery.drill import act as acts
from luoshi.delivery.drill.fact import Drill, Mark, Site
from luoshi.delivery.drill.result import DrillResults, results_of
from luoshi.delivery.drill.scheme import DrillScheme, scheme_on, schemes
from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.year import Year
from luoshi_web.audit.action import Action
from luoshi_web.ledger import selectors as ledger_selectors
from luoshi_web.ledger.services import keep_picture
from luoshi_web.ledger.store import person_key
from luoshi_web.reporting.selectors import year_of
from luoshi_web.reporting.services.writing import Writing, writing
from luoshi_web.rights import Actor, RefusedError, Right


def quarters_of(year: int) -> list[Period]:
    """Return the quarters of a year."""
    return list(periods_of(year, Frequency.QUARTER))


def quarter_of(year: int, key: str) -> Period:
    """Return a quarter.

    Raises:
        DeliveryError: There is none of this key (L334).
    """
    for quarter in quarters_of(year):
        if quarter.key == key:
            return quarter
    raise DeliveryError("L334", {"half": key})


def scheme_of(drill: Drill) -> DrillScheme:
    """Return the scheme that a drill was planned with."""
    return next(one for one in schemes() if one.name == drill.plan.scheme)


def results_now(plan_year: int, year: Year, drill: Drill) -> DrillResults:
    """Return the results of a drill as far as its sheets came."""
    head = ledger_selectors.head_of(plan_year)
    return results_of(drill, head, scheme_of(drill), is_simulated=year.is_simulated)


def plan_drill(
    actor: Actor, plan_year: int, *, quarter: str, sites: Sequence[Site], panel: Sequence[str]
) -> None:
    """Plan the drill of a quarter.

    Args:
        actor: A supervisor.
        plan_year: Identity of the plan-year.
        quarter: Key of the quarter.
        sites: Places in the order in which they are visited.
        panel: Panel members, as the ledger names them.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It cannot be planned so (L371 to L374).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        period = quarter_of(ledger.plan_year.year, quarter)
        proposal = acts.plan(
            ledger.year.drills.get(quarter),
            period,
            scheme_on(ledger.on),
            sites=sites,
            panel=panel,
            on=ledger.on,
        )
        ledger.add(proposal, action=Action.DRILL_PLANNED, about=quarter)


def _drill(ledger: Writing, quarter: str) -> Drill:
    found = ledger.year.drills.get(quarter)
    if found is None:
        raise DeliveryError("L382")
    return found


def file_sheet(
    actor: Actor,
    plan_year: int,
    *,
    quarter: str,
    site: str,
    points: Mapping[str, Decimal],
    remark: str = "",
    photos: Sequence[str] = (),
) -> None:
    """File the score sheet of a site; a member of the panel does, for himself alone.

    Raises:
        RefusedError: The person may not see the delivery, or is not signed in.
        DeliveryError: It cannot be filed so (L375 to L379, L382).
    """
    actor.require(Right.VIEW_DELIVERY, plan_year)
    if actor.id is None:
        raise RefusedError("W101")
    with writing(actor, plan_year) as ledger:
        drill = _drill(ledger, quarter)
        proposal = acts.file_sheet(
            drill,
            scheme_of(drill),
            site=site,
            member=ledger.who,
            marks=[Mark(criterion=key, points=value) for key, value in points.items()],
            remark=ledger.note_or_none(remark),
            photos=photos,
            on=ledger.on,
        )
        ledger.add(proposal, action=Action.SHEET_FILED, about=site)


MOST_PHOTOS = 8
"""So many photographs stand on a sheet at most."""


def room_of(quarter: str, site: str) -> str:
    """Return what the photographs of a site belong to, in the place of a commitment."""
    return f"drill/{quarter}/{site}"


def keep_photo(
    actor: Actor, plan_year: int, *, quarter: str, site: str, name: str, data: bytes, limit: int
) -> str:
    """Keep a photograph that a member of the panel took at a site; return its digest.

    Raises:
        RefusedError: The person may not see the delivery, or is not of the panel.
        RuleError: It is empty, too large, or no picture (W610, W611, W632).
    """
    actor.require(Right.VIEW_DELIVERY, plan_year)
    drill = year_of(plan_year).drills.get(quarter)
    is_site = drill is not None and any(one.id == site for one in drill.plan.sites)
    if drill is None or not is_site or actor.id is None or person_key(actor.id) not in drill.plan.panel:
        raise RefusedError("W101")
    kept = keep_picture(actor, plan_year, about=room_of(quarter, site), name=name, data=data, limit=limit)
    return kept.digest


def excuse_sheet(actor: Actor, plan_year: int, *, quarter: str, site: str, member: str, reason: str) -> None:
    """Say that a sheet will not come.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It cannot be excused (L375 to L377, L380, L382, L207).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        drill = _drill(ledger, quarter)
        proposal = acts.excuse(drill, site=site, member=member, reason=ledger.note(reason), on=ledger.on)
        ledger.add(proposal, action=Action.SHEET_EXCUSED, about=site)


def freeze_drill(actor: Actor, plan_year: int, *, quarter: str) -> None:
    """Freeze the results of a drill.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: They cannot be frozen (L375, L381, L382).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        drill = _drill(ledger, quarter)
        results = results_now(plan_year, ledger.year, drill)
        ledger.add(acts.freeze(drill, results, on=ledger.on), action=Action.DRILL_FROZEN, about=quarter)
