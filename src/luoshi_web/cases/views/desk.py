from __future__ import annotations

from datetime import datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.kernel.zone import PLACE_TIME
from luoshi_web.cases import selectors
from luoshi_web.cases.opened import units_of
from luoshi_web.ledger import selectors as ledger
from luoshi_web.reporting.opened import open_delivery
from luoshi_web.rights import Right

_MOST = 50


@require_GET
def desk(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    """What an operator has to do today, and every register that he may see."""
    delivery = open_delivery(request, plan_year_id)
    at = ledger.moment_of(delivery.plan_year)
    tonight = datetime.combine(delivery.today + timedelta(days=1), time.min, tzinfo=PLACE_TIME)
    known = selectors.published(plan_year_id)
    rows = selectors.visible(request.actor, plan_year_id)
    counts = selectors.counts_by_procedure(rows, at)
    context = delivery.context(request) | {
        "at": at,
        "due": selectors.due_for(request.actor, plan_year_id, tonight, most=_MOST),
        "waiting": selectors.to_dispatch(request.actor, plan_year_id, most=_MOST),
        "registers": [
            (procedure, version, *counts.get(key, (0, 0, 0))) for key, (version, procedure) in known.items()
        ],
        "known": {key: procedure for key, (_version, procedure) in known.items()},
        "handles": bool(request.actor.units_with(Right.HANDLE_CASES, plan_year_id)),
        "units": units_of(delivery),
    }
    return render(request, "cases/desk.html", context)
