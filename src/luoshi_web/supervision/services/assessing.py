"""Assess the units every half-year (考核): grant and revoke points, announce, object, answer, freeze."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from luoshi.cadence.cycle import Frequency, Period, periods_of
from luoshi.delivery.assessment import act as acts
from luoshi.delivery.assessment.fact import Assessment, CorrectedFigure
from luoshi.delivery.assessment.result import Results, results_of
from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.year import Year
from luoshi.status.score.scheme import Scheme, scheme_on
from luoshi_web.audit.action import Action
from luoshi_web.ledger import selectors as ledger_selectors
from luoshi_web.reporting.selectors import ground_of, version_of
from luoshi_web.reporting.services.writing import Writing, writing
from luoshi_web.rights import Actor, Right


def halves_of(year: int) -> list[Period]:
    """Return the half-years of a year."""
    return list(periods_of(year, Frequency.HALF_YEAR))


def half_of(year: int, key: str) -> Period:
    """Return a half-year.

    Raises:
        DeliveryError: There is none of this key (L334).
    """
    for half in halves_of(year):
        if half.key == key:
            return half
    raise DeliveryError("L334", {"half": key})


def assessment_of(year: Year, half: Period) -> Assessment:
    """Return what was done in the assessment of a half-year."""
    return year.assessments.get(half.key) or Assessment(half=half.key)


def results_on(plan_year: int, year: Year, half: Period, on: date) -> tuple[Scheme, Results]:
    """Return the results of a half-year that the ledger gives on a day, which is also the trial run."""
    scheme = scheme_on(half.end)
    head = ledger_selectors.head_of(plan_year)
    ground = ground_of(version_of(plan_year, year.version))
    return scheme, results_of(year, head, ground, scheme, half, on=on)


def results_at(plan_year: int, year: Year, half: Period, on: date) -> tuple[Scheme, Results]:
    """Return the results that the ledger gave when a past year ended with its entry, for what was frozen then."""
    scheme = scheme_on(half.end)
    last = ledger_selectors.entries_of(plan_year, [year.number])[year.number]
    head = ledger_selectors.head_at(plan_year, last)
    ground = ground_of(version_of(plan_year, year.version))
    return scheme, results_of(year, head, ground, scheme, half, on=on)


def grant_points(
    actor: Actor,
    plan_year: int,
    *,
    half: str,
    unit: str,
    key: str,
    points: Decimal,
    reason: str,
    evidence: Sequence[str],
) -> None:
    """Grant a unit points of a bonus or a deduction.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: They cannot be granted (L207, L255, L321 to L324, L334).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        period = half_of(ledger.plan_year.year, half)
        proposal = acts.grant(
            assessment_of(ledger.year, period),
            scheme_on(period.end),
            period,
            unit=unit,
            key=key,
            points=points,
            reason=ledger.note(reason),
            evidence=evidence,
            on=ledger.on,
        )
        ledger.add(proposal, action=Action.POINTS_GRANTED, about=unit)


def revoke_points(actor: Actor, plan_year: int, *, half: str, granted: int, reason: str) -> None:
    """Let points no longer count.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: They cannot be revoked (L207, L321, L325, L334).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        period = half_of(ledger.plan_year.year, half)
        proposal = acts.revoke(
            assessment_of(ledger.year, period), granted=granted, reason=ledger.note(reason), on=ledger.on
        )
        ledger.add(proposal, action=Action.POINTS_REVOKED, about=str(granted))


def _results(ledger: Writing, half: Period) -> tuple[Scheme, Results]:
    return results_on(ledger.plan_year.pk, ledger.year, half, ledger.on)


def announce(actor: Actor, plan_year: int, *, half: str) -> None:
    """Tell the units their results.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: They cannot be announced (L321, L326, L334).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        period = half_of(ledger.plan_year.year, half)
        scheme, results = _results(ledger, period)
        proposal = acts.announce(assessment_of(ledger.year, period), results, scheme, on=ledger.on)
        ledger.add(proposal, action=Action.RESULTS_ANNOUNCED, about=half)


def object_to(actor: Actor, plan_year: int, *, half: str, unit: str, component: str, reason: str) -> None:
    """Object to a component of a unit's score; its head does.

    Raises:
        RefusedError: The person does not head the unit.
        DeliveryError: It cannot be objected to (L207, L321, L327 to L330, L334).
    """
    actor.require_for(Right.APPROVE, plan_year, unit)
    with writing(actor, plan_year) as ledger:
        period = half_of(ledger.plan_year.year, half)
        proposal = acts.raise_objection(
            assessment_of(ledger.year, period),
            scheme_on(period.end),
            unit=unit,
            component=component,
            reason=ledger.note(reason),
            on=ledger.on,
        )
        ledger.add(proposal, action=Action.OBJECTION_RAISED, about=unit)


def answer_objection(
    actor: Actor,
    plan_year: int,
    *,
    half: str,
    objection: int,
    is_upheld: bool,
    reason: str,
    corrected: Sequence[CorrectedFigure] = (),
) -> None:
    """Answer an objection.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It cannot be answered (L207, L331, L332, L334).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        period = half_of(ledger.plan_year.year, half)
        proposal = acts.answer(
            assessment_of(ledger.year, period),
            objection=objection,
            is_upheld=is_upheld,
            reason=ledger.note(reason),
            corrected=corrected,
            on=ledger.on,
        )
        ledger.add(proposal, action=Action.OBJECTION_ANSWERED, about=str(objection))


def freeze(actor: Actor, plan_year: int, *, half: str) -> None:
    """Freeze the results of a half-year.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: They cannot be frozen (L321, L326, L327, L333, L334).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        period = half_of(ledger.plan_year.year, half)
        _scheme, results = _results(ledger, period)
        proposal = acts.freeze(assessment_of(ledger.year, period), results, on=ledger.on)
        ledger.add(proposal, action=Action.RESULTS_FROZEN, about=half)
