from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.cadence.cycle import Period
from luoshi.delivery.fault import DeliveryError
from luoshi_web.ledger import selectors as ledger
from luoshi_web.reporting.opened import Delivery, open_delivery
from luoshi_web.reporting.selectors import year_at
from luoshi_web.rights import Right
from luoshi_web.supervision.services import assessing


def _half(delivery: Delivery, key: str) -> tuple[list[Period], Period]:
    halves = assessing.halves_of(delivery.plan_year.year)
    if key:
        try:
            return halves, assessing.half_of(delivery.plan_year.year, key)
        except DeliveryError as error:
            raise Http404 from error
    over = [one for one in halves if one.end < delivery.day]
    return halves, (over or halves)[-1] if over else halves[0]


@require_GET
def assessment(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    """The assessment of a half-year: a trial run until it is announced, the announced results after it."""
    delivery = open_delivery(request, plan_year_id)
    halves, half = _half(delivery, request.GET.get("half", ""))
    known = assessing.assessment_of(delivery.year, half)
    sees_all = request.actor.may(Right.VIEW_EVERY_UNIT, plan_year_id)
    if not sees_all and not known.announcements:
        context = delivery.context(request) | {"halves": halves, "half": half, "is_hidden": True}
        return render(request, "supervision/assessment.html", context)
    scheme, results = assessing.results_on(plan_year_id, delivery.year, half, delivery.day)
    if known.frozen is not None:
        before = year_at(plan_year_id, known.frozen.fact.number)
        scheme, results = assessing.results_at(plan_year_id, before, half, known.frozen.day)
    own = None if sees_all else frozenset(delivery.own_units)
    rows = [
        (place, score)
        for place in results.places
        if (score := results.score(place.key)) is not None and (own is None or place.key in own)
    ]
    objections = [one for one in known.objections if own is None or one.unit in own]
    grants = [one for one in known.grants if own is None or one.unit in own]
    context = delivery.context(request) | {
        "halves": halves,
        "half": half,
        "scheme": scheme,
        "results": results,
        "rows": rows,
        "items": scheme.items,
        "assessment": known,
        "objections": objections,
        "grants": grants,
        "extras": [*scheme.bonuses, *scheme.deductions],
        "labels": {one.key: one for one in (*scheme.items, *scheme.bonuses, *scheme.deductions)},
        "texts": ledger.texts_of(
            [
                *(one.fact.reason.digest for one in objections),
                *(one.answer.reason.digest for one in objections if one.answer),
                *(one.fact.reason.digest for one in grants),
            ]
        ),
        "may_freeze": bool(known.announcements)
        and known.frozen is None
        and delivery.day > known.announcements[-1].fact.until,
        "sees_all": sees_all,
        "is_over": half.end < delivery.day,
        "is_same": known.frozen is None or known.frozen.fact.results == results.digest,
    }
    return render(request, "supervision/assessment.html", context)


@require_GET
def score(request: HttpRequest, plan_year_id: int, half: str) -> HttpResponse:
    """The score of a unit, component by component, with the entries of the ledger that each rests on."""
    delivery = open_delivery(request, plan_year_id)
    _halves, period = _half(delivery, half)
    unit = request.GET.get("unit", "")
    known = assessing.assessment_of(delivery.year, period)
    sees_all = request.actor.may(Right.VIEW_EVERY_UNIT, plan_year_id)
    if not sees_all and (unit not in delivery.own_units or not known.announcements):
        raise Http404
    scheme, results = assessing.results_on(plan_year_id, delivery.year, period, delivery.day)
    if known.frozen is not None:
        before = year_at(plan_year_id, known.frozen.fact.number)
        scheme, results = assessing.results_at(plan_year_id, before, period, known.frozen.day)
    found = results.score(unit)
    if found is None:
        raise Http404
    context = delivery.context(request) | {
        "half": period,
        "unit": unit,
        "score": found,
        "scheme": scheme,
        "place": next(one for one in results.places if one.key == unit),
        "labels": {one.key: one for one in (*scheme.items, *scheme.bonuses, *scheme.deductions)},
        "may_object": request.actor.may_for(Right.APPROVE, plan_year_id, unit)
        and bool(known.announcements)
        and known.frozen is None
        and delivery.day <= known.announcements[-1].fact.until
        and not delivery.is_past,
        "may_open_entries": request.actor.may(Right.SUPERVISE, plan_year_id),
    }
    return render(request, "supervision/score.html", context)
