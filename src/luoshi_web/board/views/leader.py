from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.status.rollup import ORDER
from luoshi_web.board import summary
from luoshi_web.reporting.opened import open_delivery


@require_GET
def show(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    before = summary.month_before(delivery.day)
    moved = summary.moved_since(delivery, before)
    found = summary.overall(delivery)
    units = summary.by_unit(delivery)
    context = delivery.context(request) | {
        "tally": found,
        "tiles": [(colour, found.count(colour), found.share(colour)) for colour in ORDER],
        "slices": summary.slices_of(found),
        "sections": summary.by_section(delivery),
        "units": units[:12],
        "more_units": max(0, len(units) - 12),
        "moved": moved[:12],
        "moved_count": len(moved),
        "worse": sum(one.is_worse for one in moved),
        "before": before,
        "worst": summary.worst(delivery),
        "unlikely": summary.unlikely(delivery),
        "silent": summary.silent_units(delivery)[:12],
        "colours": ORDER,
    }
    return render(request, "board/leader.html", context)
