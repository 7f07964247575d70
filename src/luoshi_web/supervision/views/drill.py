from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi_web.accounts.selectors import people_of
from luoshi_web.frame.clock import today
from luoshi_web.ledger import selectors as ledger
from luoshi_web.ledger.evidence import Medium
from luoshi_web.ledger.store import person_key
from luoshi_web.reporting.opened import open_delivery
from luoshi_web.reporting.views.evidence import hand_out
from luoshi_web.rights import Right
from luoshi_web.supervision.services import drilling

_SITES = 8
"""Rows for sites on the form."""


@require_GET
def drills(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    """The drill of a quarter: where it goes, whose sheets came, what they gave."""
    delivery = open_delivery(request, plan_year_id)
    quarters = drilling.quarters_of(delivery.plan_year.year)
    now = next((one for one in quarters if one.start <= delivery.day <= one.end), quarters[-1])
    key = request.GET.get("quarter", now.key)
    if key not in {one.key for one in quarters}:
        raise Http404
    drill = delivery.year.drills.get(key)
    me = person_key(request.actor.id)
    sees_all = request.actor.may(Right.VIEW_EVERY_UNIT, plan_year_id)
    if not sees_all and (drill is None or me not in drill.plan.panel):
        drill = None
    context: dict[str, Any] = delivery.context(request) | {
        "quarters": quarters,
        "quarter": next(one for one in quarters if one.key == key),
        "drill": drill,
        "me": me,
        "is_panel": drill is not None and me in drill.plan.panel,
        "sees_all": sees_all,
    }
    if drill is not None:
        results = drilling.results_now(plan_year_id, delivery.year, drill)
        context |= {
            "results": results,
            "places": {one.key: one for one in results.places},
            "names": ledger.names_of(drill.plan.panel),
            "mine": {site for site, member in drill.sheets if member == me},
            "photos": {
                one.id: _shown(
                    photo
                    for (place, member), filed in drill.sheets.items()
                    if place == one.id and (sees_all or member == me)
                    for photo in filed.photos
                )
                for one in drill.plan.sites
            },
        }
    if sees_all and not (drill and drill.sheets):
        people = people_of(plan_year_id, day=today())
        context |= {
            "people": [(person_key(user.pk), user.display_name) for user in people],
            "rows": range(_SITES),
            "commitments": [one for one in delivery.year.issued.values() if one.lead_unit],
        }
    return render(request, "supervision/drills.html", context)


def _shown(photos: Iterable[str]) -> list[tuple[str, str]]:
    """Return digests with how they stand in addresses."""
    return [(one, one.removeprefix("sha256:")) for one in photos]


@require_GET
def photo(request: HttpRequest, plan_year_id: int, quarter: str, site: str, digest: str) -> HttpResponseBase:
    """A photograph of a sheet: for the panel, and for those who see the results."""
    delivery = open_delivery(request, plan_year_id)
    drill = delivery.year.drills.get(quarter)
    is_panel = drill is not None and person_key(request.actor.id) in drill.plan.panel
    if drill is None or not (is_panel or request.actor.may(Right.VIEW_EVERY_UNIT, plan_year_id)):
        raise Http404
    wanted = f"sha256:{digest}"
    if not any(wanted in one.photos for (place, _member), one in drill.sheets.items() if place == site):
        raise Http404
    room = drilling.room_of(quarter, site)
    row = ledger.evidence_by_digest(plan_year_id, room, [wanted]).get(wanted)
    if row is None:
        raise Http404
    return hand_out(row.digest, row.name.rpartition(".")[0] or row.name, Medium(row.medium))


@require_GET
def sheet(request: HttpRequest, plan_year_id: int, quarter: str, site: str) -> HttpResponse:
    """The score sheet of a site, for a member of the panel, made for a phone."""
    delivery = open_delivery(request, plan_year_id)
    drill = delivery.year.drills.get(quarter)
    me = person_key(request.actor.id)
    if drill is None or me not in drill.plan.panel:
        raise Http404
    found = next((one for one in drill.plan.sites if one.id == site), None)
    if found is None:
        raise Http404
    filed = drill.sheets.get((site, me))
    given = {mark.criterion: mark.points for mark in filed.fact.marks} if filed else {}
    scheme = drilling.scheme_of(drill)
    context = delivery.context(request) | {
        "site": found,
        "quarter": quarter,
        "issued": delivery.year.issued.get(found.lineage),
        "criteria": [(one, given.get(one.key)) for one in scheme.criteria],
        "filed": filed,
        "is_frozen": drill.frozen is not None,
        "photos": _shown(filed.photos if filed else ()),
        "most": drilling.MOST_PHOTOS,
        "texts": ledger.texts_of([filed.fact.remark.digest]) if filed and filed.fact.remark else {},
    }
    return render(request, "supervision/sheet.html", context)
