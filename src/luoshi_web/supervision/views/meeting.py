from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.delivery.dispatch.agenda import Group
from luoshi.ledger.note import NoteRef
from luoshi_web.ledger import selectors as ledger
from luoshi_web.reporting.opened import Delivery, open_delivery
from luoshi_web.rights import Right
from luoshi_web.supervision.services.meetings import agenda_on

_DECISIONS = 5
"""Rows for decisions on the form; more are added by recording a task."""


@require_GET
def meetings(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    """The agenda of the next dispatch meeting, and the meetings that were held."""
    delivery = open_delivery(request, plan_year_id)
    if not request.actor.may(Right.VIEW_EVERY_UNIT, plan_year_id):
        raise Http404
    agenda = agenda_on(plan_year_id, delivery.year, delivery.day)
    context = delivery.context(request) | {
        "agenda": agenda,
        "groups": [(group, agenda.of(group)) for group in Group],
        "meetings": list(reversed(delivery.year.meetings)),
        "units": sorted({one.lead_unit for one in delivery.year.issued.values() if one.lead_unit}),
        "decisions": range(_DECISIONS),
        "soon": delivery.day + timedelta(days=14),
        "texts": ledger.texts_of(
            note.digest for item in agenda.items if (note := _said(delivery, item.obstacles)) is not None
        ),
        "obstacles": {
            item.lineage: note
            for item in agenda.items
            if (note := _said(delivery, item.obstacles)) is not None
        },
    }
    return render(request, "supervision/meetings.html", context)


def _said(delivery: Delivery, entry: int) -> NoteRef | None:
    key = delivery.year.filings.get(entry)
    report = delivery.year.report(*key) if key else None
    if report is None or report.valid is None or report.valid.entry != entry:
        return None
    return report.valid.fact.obstacles


@require_GET
def meeting(request: HttpRequest, plan_year_id: int, number: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    found = next((one for one in delivery.year.meetings if one.fact.number == number), None)
    if found is None or not request.actor.may(Right.VIEW_EVERY_UNIT, plan_year_id):
        raise Http404
    tasks = [one for one in delivery.year.chasing.tasks.values() if one.fact.source == found.key]
    context = delivery.context(request) | {
        "meeting": found,
        "called": [delivery.year.issued[one] for one in found.fact.items if one in delivery.year.issued],
        "tasks": tasks,
        "texts": ledger.texts_of(
            [*(one.digest for one in found.minutes), *(one.fact.words.digest for one in tasks)]
        ),
        "minutes": found.minutes[-1],
        "earlier": found.minutes[:-1],
    }
    return render(request, "supervision/meeting.html", context)
