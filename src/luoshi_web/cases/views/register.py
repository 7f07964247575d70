from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.register.case import table
from luoshi.register.case.act import Act
from luoshi.register.case.model import CaseState
from luoshi.register.fault import RegisterError
from luoshi_web.cases import posted, selectors, services
from luoshi_web.cases.opened import Register, open_register, units_of
from luoshi_web.cases.selectors import Wanted, case_of
from luoshi_web.frame.fields import choice
from luoshi_web.frame.language import reading_language
from luoshi_web.frame.spreadsheet import csv_answer, xlsx_answer
from luoshi_web.plans.services import record_export

_PAGE = 50
_MOST_TOGETHER = 200
_MOST_ON_BOARD = 30


def _wanted(request: HttpRequest) -> Wanted:
    return Wanted(**posted.wanted_from(request.GET.dict()))


@require_GET
def cases(request: HttpRequest, plan_year_id: int, procedure: str) -> HttpResponse:
    register = open_register(request, plan_year_id, procedure)
    return _list(request, register)


def _list(
    request: HttpRequest, register: Register, *, faults: list[str] | None = None, status: int = 200
) -> HttpResponse:
    wanted = _wanted(request)
    every = selectors.visible(request.actor, register.pk).filter(procedure=register.procedure.key)
    counts = selectors.open_by_stage(every)
    closed = selectors.closed_up_to_most(every)
    rows = wanted.of(every, register.at).order_by("due_at", "id")
    page = selectors.CappedPaginator(rows, _PAGE).get_page(request.GET.get("page"))
    stages = [(stage, counts.get(stage.key, 0)) for stage in register.procedure.stages]
    query = {name: value for name, value in request.GET.items() if name != "page" and value}
    context = register.context(request) | {
        "page": page,
        "rows": [(row, case_of(row)) for row in page.object_list],
        "wanted": wanted,
        "stages": stages,
        "stage_names": {stage.key: stage for stage in register.procedure.stages},
        "class_names": {one.key: one for one in register.procedure.classes},
        "outcome_names": {one.key: one for one in register.procedure.outcomes},
        "state_names": {str(state.value): state for state in CaseState},
        "open_count": sum(counts.values()),
        "closed_count": str(closed) if closed <= selectors.MOST_COUNTED else f"{selectors.MOST_COUNTED}+",
        "query": urlencode(query),
        "at": register.at,
        "faults": faults or [],
    }
    return render(request, "cases/cases.html", context, status=status)


@require_GET
def board(request: HttpRequest, plan_year_id: int, procedure: str) -> HttpResponse:
    register = open_register(request, plan_year_id, procedure)
    every = selectors.visible(request.actor, register.pk).filter(procedure=procedure)
    counts = selectors.open_by_stage(every)
    funnel = selectors.funnel_counts(request.actor, register.pk, procedure)
    total = sum(funnel.values())
    columns = []
    for place, stage in enumerate(register.procedure.stages):
        rows = Wanted(stage=stage.key).of(every, register.at).order_by("due_at", "id")[:_MOST_ON_BOARD]
        reached = sum(n for furthest, n in funnel.items() if furthest >= place)
        columns.append(
            {
                "stage": stage,
                "count": counts.get(stage.key, 0),
                "rows": [(row, case_of(row)) for row in rows],
                "reached": reached,
                "share": round(100 * reached / total) if total else None,
            }
        )
    context = register.context(request) | {"columns": columns, "total": total, "at": register.at}
    return render(request, "cases/board.html", context)


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest, plan_year_id: int, procedure: str) -> HttpResponse:
    register = open_register(request, plan_year_id, procedure)
    if not register.desks:
        raise Http404
    if request.method == "GET":
        name = f"{register.procedure.name}{_('导入模板')}"
        return xlsx_answer(name, table.columns_of(register.procedure), [])
    upload = request.FILES.get("file")
    desk = request.POST.get("desk", register.desks[0])
    try:
        if upload is None or upload.size is None or upload.size > settings.MAX_UPLOAD_BYTES:
            raise RegisterError("R201")
        found = services.import_cases(
            request.actor,
            plan_year_id,
            procedure=procedure,
            data=upload.read(),
            desk=desk,
            units=units_of(register.delivery),
        )
    except RegisterError as error:
        return _list(request, register, faults=[error.describe(reading_language())], status=422)
    if found.faults:
        faults = [fault.describe(reading_language()) for fault in found.faults]
        return _list(request, register, faults=faults, status=422)
    told = {"new": found.new, "changed": found.changed, "same": found.same}
    messages.success(request, _("已导入：新增 %(new)s，修改 %(changed)s，未变 %(same)s。") % told)
    return redirect("cases:cases", plan_year_id, procedure)


@require_GET
def export(request: HttpRequest, plan_year_id: int, procedure: str, form: str) -> HttpResponse:
    register = open_register(request, plan_year_id, procedure)
    if form not in ("xlsx", "csv"):
        raise Http404
    every = selectors.visible(request.actor, register.pk).filter(procedure=procedure)
    rows = _wanted(request).of(every, register.at).order_by("id")
    versions: dict[int, Any] = {register.version: register.procedure}
    lines = []
    for row in rows.iterator(chunk_size=2000):
        if row.version not in versions:
            versions[row.version] = selectors.procedure_of(plan_year_id, procedure, row.version)
        lines.append(table.row_of(case_of(row), versions[row.version]))
    record_export(request.actor, plan_year_id, f"cases.{form}", procedure=procedure, rows=len(lines))
    name = f"{register.delivery.plan_year.place}-{register.procedure.name}{register.delivery.mark}"
    head = table.columns_of(register.procedure)
    if form == "csv":
        return csv_answer(name, head, lines)
    return xlsx_answer(name, head, lines, marked=register.delivery.mark)


@require_POST
def together(request: HttpRequest, plan_year_id: int, procedure: str) -> HttpResponse:
    """Do one act on several cases: dispatch, take over or move on; what does not fit one is told and leaves the others done."""
    register = open_register(request, plan_year_id, procedure)
    act = choice(Act, request.POST.get("act", ""))
    if act not in (Act.DISPATCH, Act.TAKE_OVER, Act.MOVE):
        raise Http404
    done = 0
    for case in request.POST.getlist("case")[:_MOST_TOGETHER]:
        if selectors.row_visible(request.actor, register.pk, case) is None:
            continue
        try:
            given = {} if act is Act.TAKE_OVER else {"to": request.POST.get("to", "")}
            services.perform(request.actor, plan_year_id, case=case, act=act, **given)
            done += 1
        except RegisterError as error:
            messages.error(request, error.describe(reading_language()))
    if done:
        messages.success(request, ngettext("已办理 %(n)s 件。", "已办理 %(n)s 件。", done) % {"n": done})
    return redirect("cases:cases", plan_year_id, procedure)
