from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.delivery.handling import ContestKind
from luoshi.delivery.source import SourceKind
from luoshi.register.roster import ItemState
from luoshi.status.light import Colour
from luoshi_web.ledger import selectors as ledger
from luoshi_web.plans.detail import quote_at
from luoshi_web.reporting import page
from luoshi_web.reporting.duty import duty_of
from luoshi_web.reporting.opened import open_delivery
from luoshi_web.reporting.wording import register_sources
from luoshi_web.rights import Right


@require_GET
def show(request: HttpRequest, plan_year_id: int, lineage: str) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    issued = delivery.year.issued.get(lineage)
    if issued is None or not delivery.concerns(issued):
        raise Http404
    year = delivery.year
    commitment = delivery.commitments[lineage]
    may_prepare = delivery.actor.may_for(Right.PREPARE, plan_year_id, issued.lead_unit)
    context = delivery.context(request) | {
        "issued": issued,
        "commitment": commitment,
        "light": delivery.lights[lineage],
        "override": year.overrides.get(lineage),
        "quotes": [quote_at(delivery.index, span) for span in commitment.spans],
        "targets": page.targets_of(delivery, issued),
        "deliverables": page.deliverables_shown(delivery, issued),
        "handling": year.handling_of(lineage),
        "reports": list(reversed(year.reports_of(lineage))),
        "rosters": [
            (roster, len(roster.with_state(ItemState.ACCEPTED)), len(roster.items))
            for roster in year.rosters_of(lineage)
        ],
        "texts": page.notes_of(delivery, issued),
        "people": page.people_of(delivery, issued),
        "files": ledger.evidence_of(plan_year_id, lineage),
        "released_files": {file.digest for file in year.files.get(lineage, ())},
        "is_released": lineage in year.released,
        "duty": duty_of(delivery, issued),
        "may_prepare": may_prepare and not delivery.is_past,
        "may_head": delivery.actor.may_for(Right.APPROVE, plan_year_id, issued.lead_unit)
        and not delivery.is_past,
        "colours": list(Colour),
        "contest_kinds": list(ContestKind),
        "source_kinds": list(SourceKind),
        "register_sources": register_sources(),
        "all_series": sorted(year.series),
        "lights_given": list(reversed(year.lights.get(lineage, ())))[:12],
        "unit_names": {unit.id: unit.name for unit in delivery.opened.plan.units},
    }
    return render(request, "reporting/commitment.html", context)
