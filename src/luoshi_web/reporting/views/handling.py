from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.brief.handling import handling_document
from luoshi.cadence.cycle import Frequency, periods_of
from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.handling import ContestKind, Handling, HandlingState
from luoshi.delivery.issue import Issued
from luoshi.delivery.judging import deliverables_of
from luoshi_web.frame.fields import choice
from luoshi_web.frame.language import reading_language
from luoshi_web.frame.spreadsheet import attachment
from luoshi_web.ledger import selectors as ledger
from luoshi_web.plans.services import record_export
from luoshi_web.reporting import forms, services, store
from luoshi_web.reporting.opened import Delivery, open_delivery
from luoshi_web.reporting.selectors import unfiled_of
from luoshi_web.rights import Right


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, plan_year_id: int, lineage: str) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    issued = delivery.year.issued.get(lineage)
    if issued is None or not delivery.concerns(issued):
        raise Http404
    unit = issued.lead_unit
    request.actor.require_for(Right.PREPARE, plan_year_id, unit)
    if request.method == "POST":
        return _posted(request, delivery, issued)
    kept = unfiled_of(request.actor, plan_year_id, store.HANDLING, unit=unit, lineage=lineage)
    return _form(request, delivery, issued, kept.content if kept else None)


def _posted(request: HttpRequest, delivery: Delivery, issued: Issued) -> HttpResponse:
    pk, unit, lineage = delivery.plan_year.pk, issued.lead_unit, issued.lineage
    act = request.POST.get("act", "save")
    content = forms.plain(request.POST)
    if act in ("save", "file"):
        services.save_handling(request.actor, pk, unit=unit, lineage=lineage, content=content)
    try:
        if act == "file":
            services.file_handling(
                request.actor,
                pk,
                unit=unit,
                lineage=lineage,
                content=_handling(delivery, issued, content),
                persons=str(content.get("persons", ""))[:2000],
                reason=str(content.get("reason", ""))[:2000],
            )
            messages.success(request, _("办理方案已报送，等待督查室审批。"))
        elif act == "contest":
            services.contest(
                request.actor,
                pk,
                unit=unit,
                lineage=lineage,
                about=choice(ContestKind, request.POST.get("about", "unit")),
                proposed=request.POST.get("proposed", "")[:500],
                reason=request.POST.get("contest_reason", "")[:2000],
            )
            messages.success(request, _("异议已提交，等待督查室裁定。"))
        else:
            messages.success(request, _("已保存，尚未报送。"))
            return redirect("reporting:handling", pk, lineage)
    except DeliveryError as error:
        context_error = error.describe(reading_language())
        return _form(request, delivery, issued, content, error=context_error, status=422)
    return redirect("reporting:commitment", pk, lineage)


def _quarters(delivery: Delivery) -> dict[int, Any]:
    periods = periods_of(delivery.ground.year, Frequency.QUARTER)
    return {place: period.end for place, period in enumerate(periods, 1)}


def _handling(delivery: Delivery, issued: Issued, content: dict[str, Any]) -> Handling:
    return forms.handling_from(
        content,
        targets=list(issued.targets),
        quarters=_quarters(delivery),
        deadline=issued.deadline,
    )


def _form(
    request: HttpRequest,
    delivery: Delivery,
    issued: Issued,
    content: dict[str, Any] | None,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    record = delivery.year.handling_of(issued.lineage)
    values = content if content is not None else _values(delivery, issued, record.filed)
    if content is None and record.filed is not None and record.filed.persons is not None:
        texts = ledger.texts_of([record.filed.persons.digest])
        values["persons"] = texts.get(record.filed.persons.digest) or ""
    refs = [contest.decided for contest in record.contests if contest.decided]
    refs += [record.returned] if record.returned else []
    quarters = _quarters(delivery)
    rows = _deliverable_rows(values)
    targets = [delivery.ground.targets[one] for one in issued.targets]
    context = delivery.context(request) | {
        "issued": issued,
        "commitment": delivery.commitments[issued.lineage],
        "record": record,
        "values": values,
        "rows": rows,
        "next_row": max((int(row["at"]) for row in rows), default=-1) + 1,
        "targets": [
            (
                target,
                [
                    (quarter, end, values.get(f"milestone-{target.id}-{quarter}", ""))
                    for quarter, end in quarters.items()
                ],
                values.get(f"base-{target.id}", ""),
                values.get(f"base-origin-{target.id}", ""),
            )
            for target in targets
        ],
        "steps": [(quarter, values.get(f"step-{quarter}", "")) for quarter in quarters],
        "shares": [(name, values.get(f"share-{name}", "")) for name in issued.supporting_units],
        "error": error,
        "texts": ledger.texts_of(ref.digest for ref in refs),
        "contest_kinds": list(ContestKind),
        "may_head": request.actor.may_for(Right.APPROVE, delivery.plan_year.pk, issued.lead_unit),
        "can_file": record.state not in (HandlingState.FILED, HandlingState.CONTESTED),
        "is_kept": content is not None and not error,
    }
    return render(request, "reporting/handling.html", context, status=status)


def _values(delivery: Delivery, issued: Issued, filed: Handling | None) -> dict[str, Any]:
    """Return the fields of a form that nobody has touched: what was filed last, else what the compiler proposed."""
    values: dict[str, Any] = {}
    handling = filed or Handling()
    planned = deliverables_of(delivery.year, issued)
    evidence = {one.id: one.evidence for one in (*handling.deliverables, *issued.deliverables)}
    for at, (one, (words, due, weight)) in enumerate(planned.items()):
        values |= {
            f"deliverable-{at}-id": one,
            f"deliverable-{at}-words": words,
            f"deliverable-{at}-evidence": evidence.get(one, ""),
            f"deliverable-{at}-due": due.isoformat(),
            f"deliverable-{at}-weight": format((weight * 100).normalize(), "f"),
        }
    values["measures"] = handling.measures
    quarter_of = {end: quarter for quarter, end in _quarters(delivery).items()}
    for milestone in handling.milestones:
        if milestone.day in quarter_of:
            key = f"milestone-{milestone.target}-{quarter_of[milestone.day]}"
            values[key] = format(milestone.value.normalize(), "f")
    for base in handling.bases:
        values[f"base-{base.target}"] = format(base.value.normalize(), "f")
        values[f"base-origin-{base.target}"] = base.origin
    for step in handling.steps:
        values[f"step-{step.quarter}"] = step.text
    for share in handling.shares:
        values[f"share-{share.unit}"] = share.task
    return values


def _deliverable_rows(values: dict[str, Any]) -> list[dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for key, value in values.items():
        parts = str(key).split("-")
        if len(parts) == 3 and parts[0] == "deliverable" and parts[1].isdigit():
            found.setdefault(int(parts[1]), {"at": parts[1]})[parts[2]] = str(value)
    return [row for _at, row in sorted(found.items())]


@require_GET
def document(request: HttpRequest, plan_year_id: int, form: str) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    if not delivery.sees_every_unit:
        raise Http404
    persons = [
        record.in_force.persons.digest
        for record in delivery.year.handling.values()
        if record.in_force is not None and record.in_force.persons is not None
    ]
    made = handling_document(
        delivery.opened.plan,
        delivery.year,
        form,
        language=reading_language(),
        as_of=delivery.day,
        persons={digest: text or "" for digest, text in ledger.texts_of(persons).items()},
    )
    record_export(request.actor, plan_year_id, f"handling.{form}", day=delivery.day.isoformat())
    response = HttpResponse(made.data, content_type=made.media_type)
    response["Content-Disposition"] = attachment(made.name, form)
    return response
