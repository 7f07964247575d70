from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.delivery.handling import HandlingState
from luoshi.delivery.report import ReportState
from luoshi.register.roster import ItemState
from luoshi.status.light import Colour
from luoshi_web.ledger import selectors as ledger
from luoshi_web.reporting.duty import Need, duties_of
from luoshi_web.reporting.opened import Delivery, open_delivery
from luoshi_web.reporting.selectors import unfiled_keys
from luoshi_web.rights import Right


@require_GET
def show(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    context = delivery.context(request)
    if delivery.actor.may(Right.SUPERVISE, plan_year_id):
        return render(request, "reporting/supervision.html", context | _supervision(delivery))
    units = delivery.actor.units_with(Right.PREPARE, plan_year_id)
    wanted = request.GET.get("show", "todo")
    duties = duties_of(delivery, units)
    counts = Counter(duty.need for duty in duties)
    heads = delivery.actor.units_with(Right.APPROVE, plan_year_id)
    waiting = [duty for duty in duties if duty.need is Need.HEAD and duty.issued.lead_unit in heads]
    texts = ledger.texts_of(
        note.digest
        for duty in duties
        if duty.report is not None and duty.need in (Need.HEAD, Need.RETURNED)
        for note in (duty.report.last.fact.progress, duty.report.last.reason)
        if note is not None
    )
    shown = [duty for duty in duties if wanted == "all" or duty.need.is_for_unit]
    return render(
        request,
        "reporting/work.html",
        context
        | {
            "units": sorted(units),
            "duties": shown,
            "all_count": len(duties),
            "todo_count": sum(duty.need.is_for_unit for duty in duties),
            "counts_by_need": [(need, counts[need]) for need in Need if counts[need]],
            "show": wanted,
            "waiting": waiting,
            "names": ledger.names_of(duty.report.last.who for duty in waiting if duty.report),
            "texts": texts,
            "unfiled": unfiled_keys(delivery.actor, plan_year_id),
            "rosters": [
                (roster, len(roster.with_state(ItemState.DONE)))
                for roster in delivery.year.rosters.values()
                if roster.unit in delivery.own_units
            ],
            "is_head": bool(heads),
        },
    )


def _supervision(delivery: Delivery) -> dict[str, object]:
    year = delivery.year
    records = [(year.issued[one], record) for one, record in year.handling.items() if one in year.issued]
    contested = [pair for pair in records if pair[1].state is HandlingState.CONTESTED]
    filed = [pair for pair in records if pair[1].state is HandlingState.FILED]
    passed = [
        (year.issued[lineage], report)
        for lineage, reports in year.reports.items()
        if lineage in year.issued
        for report in reports.values()
        if report.last.state is ReportState.PASSED
    ]
    silent = [
        issued for lineage, issued in year.issued.items() if delivery.lights[lineage].colour is Colour.SILENT
    ]
    by_unit = Counter(issued.lead_unit for issued in silent)
    references = [
        (target, year.issued[lineage])
        for lineage in year.issued
        for one in year.issued[lineage].targets
        if (target := delivery.ground.targets.get(one)) is not None
        and target.value is None
        and target.id not in year.references
    ]
    refs = [record.open_contest.reason for _issued, record in contested if record.open_contest]
    refs += [report.last.fact.progress for _issued, report in passed if report.last.fact.progress]
    return {
        "contested": contested,
        "filed": filed,
        "passed": passed,
        "waiting_handling": sum(
            year.handling_of(one).state in (HandlingState.WAITING, HandlingState.RETURNED)
            for one in year.issued
        ),
        "silent": by_unit.most_common(),
        "silent_count": len(silent),
        "references": references,
        "samples": [
            (roster, roster.samples[-1])
            for roster in year.rosters.values()
            if roster.samples and not roster.samples[-1].is_finished
        ],
        "texts": ledger.texts_of(ref.digest for ref in refs),
        "approved_count": sum(bool(record.approvals) for _issued, record in records),
        "issued_count": len(year.issued),
    }
