from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.cadence.cycle import Cycle, state_of
from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.issue import Issued
from luoshi.delivery.judging import cycles_for, deliverables_of, expected_for, extended_for, observations_of
from luoshi.status.light import latest
from luoshi.status.rule import rule_on
from luoshi_web.frame.language import reading_language
from luoshi_web.ledger import selectors as ledger
from luoshi_web.ledger.services import keep_evidence
from luoshi_web.reporting import forms, services, store
from luoshi_web.reporting.opened import Delivery, open_delivery
from luoshi_web.reporting.selectors import unfiled_of
from luoshi_web.reporting.services import Stated
from luoshi_web.reporting.wording import known_text, source_text
from luoshi_web.rights import Right, RuleError


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, plan_year_id: int, lineage: str, period: str) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    issued = delivery.year.issued.get(lineage)
    if issued is None or not delivery.concerns(issued):
        raise Http404
    request.actor.require_for(Right.PREPARE, plan_year_id, issued.lead_unit)
    cycles = cycles_for(delivery.year, issued, delivery.ground)
    cycle = next((cycle for cycle in cycles if cycle.period.key == period), None)
    if cycle is None:
        raise Http404
    if request.method == "POST":
        return _posted(request, delivery, issued, cycle)
    kept = unfiled_of(
        request.actor, plan_year_id, store.REPORT, unit=issued.lead_unit, lineage=lineage, period=period
    )
    return _form(request, delivery, issued, cycle, kept.content if kept else None)


def _posted(request: HttpRequest, delivery: Delivery, issued: Issued, cycle: Cycle) -> HttpResponse:
    pk, unit, lineage, period = (
        delivery.plan_year.pk,
        issued.lead_unit,
        issued.lineage,
        cycle.period.key,
    )
    act = request.POST.get("act", "save")
    content = forms.plain(request.POST)
    try:
        content |= _kept_files(request, pk, issued, content)
        services.save_report(request.actor, pk, unit=unit, lineage=lineage, period=period, content=content)
        if act == "keep":
            return JsonResponse({"ok": True})
        if act == "save":
            messages.success(request, _("草稿已保存，尚未提交。"))
            return redirect("reporting:report", pk, lineage, period)
        expected = expected_for(delivery.year, issued, delivery.ground, before=cycle.period.end)
        is_unchanged = act == "unchanged"
        stated = Stated(
            lineage,
            period,
            figures=[] if is_unchanged else forms.figures_from(content, list(expected.asked)),
            ticks=[]
            if is_unchanged
            else forms.ticks_from(
                content,
                sorted(expected.deliverables),
                _evidence(content),
                min(cycle.period.end, delivery.day),
            ),
            is_unchanged=is_unchanged,
            progress=str(content.get("progress", ""))[:4000],
            obstacles=str(content.get("obstacles", ""))[:4000],
        )
        services.file_reports(request.actor, pk, unit=unit, stated=[stated])
    except (DeliveryError, RuleError) as error:
        if act == "keep":
            return JsonResponse({"ok": False, "message": error.describe(reading_language())}, status=422)
        return _form(
            request, delivery, issued, cycle, content, error=error.describe(reading_language()), status=422
        )
    messages.success(request, _("已提交，等待本单位负责人审核。"))
    return redirect("reporting:work", pk)


def _kept_files(
    request: HttpRequest, plan_year: int, issued: Issued, content: dict[str, Any]
) -> dict[str, Any]:
    """Keep the files that came with the form, and return which deliverable each belongs to."""
    found: dict[str, Any] = {}
    for field in request.FILES:
        if not field.startswith("file-"):
            continue
        one = field.removeprefix("file-")
        digests = _listed(content.get(f"evidence-{one}"))
        for upload in request.FILES.getlist(field):
            kept = keep_evidence(
                request.actor,
                plan_year,
                lineage=issued.lineage,
                unit=issued.lead_unit,
                name=upload.name or "",
                data=upload.read(),
                limit=settings.MAX_UPLOAD_BYTES,
            )
            digests.append(kept.digest)
        found[f"evidence-{one}"] = list(dict.fromkeys(digests))
    return found


def _listed(value: Any) -> list[str]:
    if not value:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _evidence(content: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {
        key.removeprefix("evidence-"): tuple(_listed(value))
        for key, value in content.items()
        if key.startswith("evidence-")
    }


def _form(
    request: HttpRequest,
    delivery: Delivery,
    issued: Issued,
    cycle: Cycle,
    content: dict[str, Any] | None,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    year = delivery.year
    values = content or {}
    report = year.report(issued.lineage, cycle.period.key)
    if content is None and report is not None:
        fact = report.last.fact
        values = {f"value-{figure.target}": format(figure.value.normalize(), "f") for figure in fact.figures}
        texts = ledger.texts_of(note.digest for note in (fact.progress, fact.obstacles) if note)
        values |= {
            "progress": (texts.get(fact.progress.digest) or "") if fact.progress else "",
            "obstacles": (texts.get(fact.obstacles.digest) or "") if fact.obstacles else "",
        }
        for tick in fact.ticks:
            values |= {
                f"done-{tick.deliverable}": "1",
                f"done-day-{tick.deliverable}": tick.done.isoformat(),
                f"evidence-{tick.deliverable}": list(tick.evidence),
            }
    expected = expected_for(year, issued, delivery.ground, before=cycle.period.end)
    files = {file.digest: file for file in ledger.evidence_of(delivery.plan_year.pk, issued.lineage)}
    rule = rule_on(delivery.day)
    asked, given = [], []
    for target in (delivery.ground.targets[one] for one in issued.targets):
        if target.id in expected.asked:
            asked.append((target, values.get(f"value-{target.id}", ""), expected.last_figures.get(target.id)))
            continue
        source = year.source_of(target.id)
        newest = latest(observations_of(year, target, issued.lineage, delivery.day, rule), delivery.day)
        given.append((target, newest, source_text(source, year), known_text(newest) if newest else ""))
    planned = deliverables_of(year, issued)
    until = extended_for(year, issued).get(cycle.period.key)
    context = delivery.context(request) | {
        "issued": issued,
        "commitment": delivery.commitments[issued.lineage],
        "cycle": cycle,
        "state": state_of(cycle, delivery.day, until=until),
        "until": max(cycle.due, until or cycle.due),
        "report": report,
        "asked": asked,
        "given": given,
        "deliverables": [
            (
                one,
                planned[one][0],
                planned[one][1],
                bool(values.get(f"done-{one}")),
                values.get(f"done-day-{one}", ""),
                [files[digest] for digest in _listed(values.get(f"evidence-{one}")) if digest in files],
            )
            for one in planned
            if one in expected.deliverables
        ],
        "values": values,
        "error": error,
        "can_be_unchanged": expected.has_earlier,
        "texts": ledger.texts_of([report.last.reason.digest] if report and report.last.reason else []),
        "largest_mb": settings.MAX_UPLOAD_BYTES // (1024 * 1024),
    }
    return render(request, "reporting/report.html", context, status=status)
