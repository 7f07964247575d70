from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.cadence.limit import PeriodType, pausings
from luoshi.packs import packs
from luoshi.register.fault import RegisterError
from luoshi.register.procedure import bpmn
from luoshi.register.procedure.check import faults_of
from luoshi.register.procedure.drafting import can_be_drafted, drafted
from luoshi_web.cases import posted, selectors, services
from luoshi_web.cases.opened import units_of
from luoshi_web.frame.language import reading_language
from luoshi_web.frame.spreadsheet import attachment
from luoshi_web.reporting.opened import open_delivery
from luoshi_web.rights import Right


@require_GET
def procedures(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    return _procedures(request, plan_year_id)


def _procedures(
    request: HttpRequest, plan_year_id: int, *, faults: list[str] | None = None, status: int = 200
) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    known = selectors.published(plan_year_id)
    drafts = selectors.drafts_of(plan_year_id)
    made = {row.key for row in drafts} | set(known)
    context = delivery.context(request) | {
        "published": [(procedure, version) for version, procedure in known.values()],
        "drafts": drafts,
        "mechanisms": [
            one
            for one in delivery.opened.plan.procedures
            if can_be_drafted(one) and f"m-{one.id}" not in made
        ],
        "offered": [
            (pack, one)
            for pack in packs().values()
            for one in pack.procedures.values()
            if one.key not in made
        ],
        "may_prepare": request.actor.may(Right.SUPERVISE, plan_year_id),
        "faults": faults or [],
    }
    return render(request, "cases/procedures.html", context, status=status)


@require_POST
def draft_from_report(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    wanted = request.POST.get("mechanism", "")
    mechanism = next((one for one in delivery.opened.plan.procedures if one.id == wanted), None)
    if mechanism is None or not can_be_drafted(mechanism):
        raise Http404
    procedure = drafted(mechanism)
    services.draft(request.actor, plan_year_id, procedure)
    messages.success(request, _("已按报告原文生成草案。请补上承办单位和时限，再发布。"))
    return redirect("cases:procedure", plan_year_id, procedure.key)


@require_POST
def adopt(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    open_delivery(request, plan_year_id)
    pack, _slash, key = request.POST.get("procedure", "").partition("/")
    if pack not in packs() or key not in packs()[pack].procedures:
        raise Http404
    procedure = services.adopt(request.actor, plan_year_id, pack=pack, procedure=key)
    messages.success(request, _("已采用业务包的流程作为草案。请补上承办单位，核对时限，再发布。"))
    return redirect("cases:procedure", plan_year_id, procedure.key)


@require_POST
def upload_drawing(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    open_delivery(request, plan_year_id)
    request.actor.require(Right.SUPERVISE, plan_year_id)
    upload = request.FILES.get("file")
    try:
        if upload is None or upload.size is None or upload.size > settings.MAX_UPLOAD_BYTES:
            raise RegisterError("R320")
        procedure, wrong = services.import_drawing(
            request.actor, plan_year_id, name=(upload.name or "")[:100], data=upload.read()
        )
    except RegisterError as error:
        return _procedures(request, plan_year_id, faults=[error.describe(reading_language())], status=422)
    if procedure is None:
        faults = [fault.describe(reading_language()) for fault in wrong]
        return _procedures(request, plan_year_id, faults=faults, status=422)
    messages.success(request, _("已读入流程图。请核对环节、单位和时限，再发布。"))
    return redirect("cases:procedure", plan_year_id, procedure.key)


@require_http_methods(["GET", "POST"])
def procedure(request: HttpRequest, plan_year_id: int, procedure: str) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    may_prepare = request.actor.may(Right.SUPERVISE, plan_year_id)
    draft = selectors.draft_of(plan_year_id, procedure) if may_prepare else None
    known = selectors.published(plan_year_id).get(procedure)
    if draft is None and known is None:
        raise Http404
    if request.method == "POST":
        before = draft or (known[1] if known else None)
        assert before is not None
        services.draft(request.actor, plan_year_id, posted.procedure_from(request.POST, before))
        messages.success(request, _("草案已保存。"))
        return redirect("cases:procedure", plan_year_id, procedure)
    shown = draft if draft is not None else known[1] if known else None
    assert shown is not None
    context = delivery.context(request) | {
        "shown": shown,
        "is_draft": draft is not None,
        "version": known[0] if known else 0,
        "versions": selectors.versions_of(plan_year_id, procedure),
        "faults": [fault.describe(reading_language()) for fault in faults_of(shown)] if draft else [],
        "may_prepare": may_prepare,
        "is_edited": may_prepare and (draft is not None or request.GET.get("edit") == "1"),
        "periods": list(PeriodType),
        "pausings": [pausings()[code] for code in shown.pauses if code in pausings()],
        "units": units_of(delivery),
    }
    return render(request, "cases/procedure.html", context)


@require_POST
def publish(request: HttpRequest, plan_year_id: int, procedure: str) -> HttpResponse:
    open_delivery(request, plan_year_id)
    number, _faults = services.publish(request.actor, plan_year_id, procedure)
    if number:
        messages.success(request, _("已发布第 %(n)s 版。已经在办的仍按原来的版本办。") % {"n": number})
    else:
        messages.error(request, _("还不能发布，请先处理下面列出的问题。"))
    return redirect("cases:procedure", plan_year_id, procedure)


@require_GET
def drawing(request: HttpRequest, plan_year_id: int, procedure: str) -> HttpResponse:
    open_delivery(request, plan_year_id)
    known = selectors.published(plan_year_id).get(procedure)
    if known is None:
        raise Http404
    response = HttpResponse(bpmn.write(known[1]), content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = attachment(known[1].name, "bpmn")
    return response
