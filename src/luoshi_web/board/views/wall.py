from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.status.rollup import ORDER
from luoshi_web.board import summary
from luoshi_web.reporting.opened import open_delivery

_ON_WALL = 12


@require_GET
def show(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    found = summary.overall(delivery)
    context = delivery.context(request) | {
        "tiles": [(colour, found.count(colour), found.share(colour)) for colour in ORDER],
        "slices": summary.slices_of(found),
        "units": summary.by_unit(delivery)[:_ON_WALL],
        "sections": summary.by_section(delivery)[:_ON_WALL],
        "worst": summary.worst(delivery, 8),
        "silent": summary.silent_units(delivery)[:8],
        "total": found.total,
    }
    return render(request, "board/wall.html", context)
