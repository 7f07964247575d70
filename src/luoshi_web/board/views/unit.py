from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.status.rollup import ORDER, tally
from luoshi_web.board import summary
from luoshi_web.reporting.duty import duty_of
from luoshi_web.reporting.opened import open_delivery


@require_GET
def every(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    context = delivery.context(request) | {"units": summary.by_unit(delivery), "colours": ORDER}
    return render(request, "board/units.html", context)


@require_GET
def show(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    unit = request.GET.get("unit", "")
    led = [issued for issued in delivery.year.issued.values() if issued.lead_unit == unit]
    supported = [
        issued for issued in delivery.year.issued.values() if unit and unit in issued.supporting_units
    ]
    if not led and not supported:
        raise Http404
    found = tally(summary.shown_colour(delivery, issued.lineage) for issued in led)
    rows = [
        (
            duty_of(delivery, issued),
            delivery.lights[issued.lineage],
            summary.shown_colour(delivery, issued.lineage),
        )
        for issued in led
    ]
    rows.sort(key=lambda row: -row[2].severity)
    context = delivery.context(request) | {
        "unit": unit,
        "rows": rows,
        "supported": [(issued, delivery.lights[issued.lineage]) for issued in supported],
        "slices": summary.slices_of(found),
        "tiles": [(colour, found.count(colour), found.share(colour)) for colour in ORDER],
        "may_open": delivery.sees_every_unit or unit in delivery.own_units,
    }
    return render(request, "board/unit.html", context)
