"""Read the year of delivery, as far as the person may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from luoshi.delivery.issue import Issued
from luoshi.delivery.judging import Ground, forecasts_of, lights_of
from luoshi.delivery.year import Year, fold
from luoshi.status.forecast import Forecast
from luoshi.status.light import Light
from luoshi_web.ledger import selectors as ledger
from luoshi_web.plans import selectors as plans
from luoshi_web.plans.edition import Edition
from luoshi_web.plans.index import PlanIndex
from luoshi_web.reporting.models import Unfiled
from luoshi_web.rights import Actor, RefusedError, Right
from luoshi_web.workdays import selectors as workdays


@dataclass(frozen=True, slots=True)
class _Kept:
    """A fold that is kept: the year, and the digest of its last entry."""

    year: Year
    digest: str


_latest: dict[int, _Kept] = {}
_MOST_KEPT = 16


def year_of(plan_year: int, on: date | None = None) -> Year:
    """Return the year as known now, or as known at the end of a day.

    Args:
        plan_year: Identity of the plan-year.
        on: The day; None for all that is known.
    """
    head = ledger.head_of(plan_year)
    if on is not None:
        number = ledger.number_known_by(plan_year, on)
        if number != head.number:
            return _as_of(plan_year, number, ledger.digest_at(plan_year, number))
    return _now(plan_year, head.number, head.digest)


def _now(plan_year: int, number: int, digest: str) -> Year:
    kept = _latest.get(plan_year)
    if kept is not None and kept.digest == digest:
        return kept.year
    if kept is not None and kept.year.number < number:
        entries = ledger.entries_after(plan_year, kept.year.number)
        # A fold can go on only where these entries follow it: a database may have been put back from a backup.
        if entries and entries[0].previous == kept.digest:
            return _keep(plan_year, fold(entries, kept.year), entries[-1].digest)
    entries = ledger.entries_after(plan_year, 0)
    return _keep(plan_year, fold(entries), entries[-1].digest if entries else "")


def _keep(plan_year: int, year: Year, digest: str) -> Year:
    if len(_latest) >= _MOST_KEPT and plan_year not in _latest:
        _latest.pop(next(iter(_latest)), None)
    _latest[plan_year] = _Kept(year, digest)
    return year


@lru_cache(maxsize=24)
def _as_of(plan_year: int, number: int, digest: str) -> Year:
    return fold(ledger.entries_after(plan_year, 0, up_to=number))


def year_at(plan_year: int, number: int) -> Year:
    """Return the year as it was after an entry of its ledger."""
    return _as_of(plan_year, number, ledger.digest_at(plan_year, number))


def forget_folds() -> None:
    """Drop every fold that is kept, so that the next page is made from the ledger alone."""
    _latest.clear()
    _as_of.cache_clear()


def plan_in_force(actor: Actor, plan_year: int, year: Year) -> PlanIndex | None:
    """Return the published version that a year stands on; None where nothing is issued.

    Raises:
        RefusedError: The person may not see it.
    """
    if not year.version:
        return None
    for facts in plans.editions_visible_to(actor, plan_year):
        if facts.edition == Edition(year.version):
            return plans.plan_of(actor, plan_year, facts)
    raise RefusedError("W101")


@lru_cache(maxsize=24)
def _ground(index: PlanIndex, days: workdays.Edition) -> Ground:
    plan = index.plan
    return Ground({target.id: target for target in plan.targets}, workdays.calendar(), plan.year)


def ground_of(index: PlanIndex) -> Ground:
    """Return what judging needs of a version: its targets, the working days and its year."""
    return _ground(index, workdays.edition())


def version_of(plan_year: int, number: int) -> PlanIndex:
    """Return a published version, whoever asks: services check the right themselves."""
    return plans.version_index(plan_year, number)


@lru_cache(maxsize=16)
def _lights(plan_year: int, digest: str, day: date, days: workdays.Edition) -> dict[str, Light]:
    year = year_of(plan_year)
    return lights_of(year, ground_of(version_of(plan_year, year.version)), on=day)


def lights_on(plan_year: int, day: date, today: date) -> dict[str, Light]:
    """Return the lights of a day by lineage: for a past day as they were given, for today as they follow from what is known now.

    Args:
        plan_year: Identity of the plan-year.
        day: The day.
        today: The day that it is in the plan-year.
    """
    year = year_of(plan_year)
    if not year.version:
        return {}
    if day >= today or year.judged is None or day > year.judged:
        return _lights(plan_year, ledger.head_of(plan_year).digest, day, workdays.edition())
    found = {}
    for lineage in year.lights:
        given = year.light_on(lineage, day)
        if given is not None:
            found[lineage] = given.light
    return found


@lru_cache(maxsize=32)
def _forecasts(
    plan_year: int, digest: str, day: date, as_of: date | None, days: workdays.Edition
) -> dict[str, Forecast]:
    year = year_of(plan_year, as_of)
    return forecasts_of(year, ground_of(version_of(plan_year, year.version)), on=day)


def forecasts_on(plan_year: int, day: date, today: date) -> dict[str, Forecast]:
    """Return what the targets may come to, by target, from what was known on a day; reckoned when it is asked for and never stored.

    Args:
        plan_year: Identity of the plan-year.
        day: The day.
        today: The day that it is in the plan-year.
    """
    as_of = day if day < today else None
    year = year_of(plan_year, as_of)
    if not year.version:
        return {}
    return _forecasts(plan_year, ledger.digest_at(plan_year, year.number), day, as_of, workdays.edition())


def may_see(actor: Actor, plan_year: int, issued: Issued) -> bool:
    """Tell whether the person may see the papers of a commitment: its lead and supporting units, supervisors and leaders."""
    if actor.may(Right.VIEW_EVERY_UNIT, plan_year):
        return True
    if not actor.may(Right.VIEW_DELIVERY, plan_year):
        return False
    return bool(actor.units(plan_year) & {issued.lead_unit, *issued.supporting_units})


def require_see(actor: Actor, plan_year: int, issued: Issued) -> None:
    """Refuse to show the papers of a commitment to whom they do not concern.

    Raises:
        RefusedError: They do not concern the person.
    """
    if not may_see(actor, plan_year, issued):
        raise RefusedError("W101")


def unfiled_of(
    actor: Actor, plan_year: int, kind: str, *, unit: str, lineage: str, period: str = ""
) -> Unfiled | None:
    """Return what the person's own unit has written and not filed.

    Raises:
        RefusedError: It is another unit's.
    """
    actor.require_for(Right.PREPARE, plan_year, unit)
    return Unfiled.objects.filter(
        plan_year_id=plan_year, kind=kind, unit=unit, lineage=lineage, period=period
    ).first()


def unfiled_keys(actor: Actor, plan_year: int) -> set[tuple[str, str, str]]:
    """Return kind, lineage and period of everything that the person's own units have written and not filed."""
    units = actor.units_with(Right.PREPARE, plan_year)
    rows = Unfiled.objects.filter(plan_year_id=plan_year, unit__in=units)
    return set(rows.values_list("kind", "lineage", "period"))
