from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.cadence.limit import pausings
from luoshi.register.case import table
from luoshi.register.case.act import Act
from luoshi.register.case.model import Case, CaseState
from luoshi.register.case.place import laid_out
from luoshi.register.case.spent import spent
from luoshi.register.case.timing import timing_of
from luoshi.register.case.value import point_in
from luoshi.register.fault import RegisterError
from luoshi.register.procedure.model import FieldKind
from luoshi_web.cases import posted, selectors, services
from luoshi_web.cases.models import CaseRow
from luoshi_web.cases.opened import Register, open_register, units_of
from luoshi_web.cases.selectors import Wanted, case_of
from luoshi_web.cases.services.handling import workday_table
from luoshi_web.cases.store import unsaved_row
from luoshi_web.frame.fields import choice
from luoshi_web.frame.language import reading_language
from luoshi_web.frame.spreadsheet import csv_answer, xlsx_answer
from luoshi_web.plans.selectors import saved_views_of
from luoshi_web.plans.services import record_export
from luoshi_web.workdays.selectors import calendar

_PAGE = 50
_MOST_TOGETHER = 200
_MOST_ON_BOARD = 30
_CHUNK = 500
_MAP, _MAP_MARGIN, _MOST_ON_MAP = (960.0, 600.0), 24.0, 2000
_MOST_COUNTED = 5000
"""So many of the newest cases are looked at for where the days go; a million would take a minute."""


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
    context = register.context(request) | {
        "wanted": wanted,
        "screen": f"cases:{register.procedure.key}",
        "stage_names": {stage.key: stage for stage in register.procedure.stages},
        "class_names": {one.key: one for one in register.procedure.classes},
        "outcome_names": {one.key: one for one in register.procedure.outcomes},
        "state_names": {str(state.value): state for state in CaseState},
        "query": urlencode({name: text for name, text in request.GET.items() if name != "page" and text}),
        "saved_views": saved_views_of(request.actor, f"cases:{register.procedure.key}"),
        "at": register.at,
        "faults": faults or [],
    }
    shown = (
        _past(request, register, every, wanted) if register.end else _now(request, register, every, wanted)
    )
    return render(request, "cases/cases.html", context | shown, status=status)


def _now(
    request: HttpRequest, register: Register, every: QuerySet[CaseRow], wanted: Wanted
) -> dict[str, Any]:
    counts = selectors.open_by_stage(every)
    closed = selectors.closed_up_to_most(every)
    rows = selectors.sought(wanted.of(every, register.at), wanted.words).order_by("due_at", "id")
    known = sum(counts.values()) if wanted == Wanted() else None
    page = selectors.CappedPaginator(rows, _PAGE, known=known).get_page(request.GET.get("page"))
    return {
        "page": page,
        "rows": [(row, case_of(row)) for row in page.object_list],
        "stages": [(stage, counts.get(stage.key, 0)) for stage in register.procedure.stages],
        "open_count": sum(counts.values()),
        "closed_count": str(closed) if closed <= selectors.MOST_COUNTED else f"{selectors.MOST_COUNTED}+",
    }


def _past(
    request: HttpRequest, register: Register, every: QuerySet[CaseRow], wanted: Wanted
) -> dict[str, Any]:
    """Return a page of the cases as they were at the end of a past day; what was filled in later is not shown."""
    assert register.end is not None
    rows = wanted.lasting(every).filter(opened_at__lt=register.end).order_by("opened_at", "id")
    page = selectors.CappedPaginator(rows, _PAGE).get_page(request.GET.get("page"))
    return {"page": page, "rows": list(_as_of(register, list(page.object_list), register.end))}


def _as_of(register: Register, rows: list[CaseRow], end: datetime) -> Iterator[tuple[CaseRow, Case]]:
    known = selectors.as_of([row.case for row in rows], end)
    for row in rows:
        if case := known.get(row.case):
            procedure = selectors.procedure_of(register.pk, case.procedure, case.version)
            due = (
                timing_of(case, procedure, at=register.wall, calendar=calendar()).due
                if case.is_open
                else None
            )
            yield unsaved_row(case, procedure, due), case


@require_GET
def board(request: HttpRequest, plan_year_id: int, procedure: str) -> HttpResponse:
    register = open_register(request, plan_year_id, procedure)
    if register.end:
        # What a board counts is known for today alone; the list can be read as of any day.
        return redirect(
            f"{reverse('cases:cases', args=[plan_year_id, procedure])}?on={register.delivery.day}"
        )
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
    versions: dict[int, Any] = {register.version: register.procedure}
    lines = []
    for case in _exported(register, every, _wanted(request)):
        if case.version not in versions:
            versions[case.version] = selectors.procedure_of(plan_year_id, procedure, case.version)
        lines.append(table.row_of(case, versions[case.version]))
    record_export(request.actor, plan_year_id, f"cases.{form}", procedure=procedure, rows=len(lines))
    name = f"{register.delivery.plan_year.place}-{register.procedure.name}{register.delivery.mark}"
    head = table.columns_of(register.procedure)
    if form == "csv":
        return csv_answer(name, head, lines)
    return xlsx_answer(name, head, lines, marked=register.delivery.mark)


def _exported(register: Register, every: QuerySet[CaseRow], wanted: Wanted) -> Iterator[Case]:
    if register.end is None:
        for row in wanted.of(every, register.at).order_by("id").iterator(chunk_size=_CHUNK):
            yield case_of(row)
        return
    rows = wanted.lasting(every).filter(opened_at__lt=register.end).order_by("id")
    for chunk in _batched(rows.iterator(chunk_size=_CHUNK), _CHUNK):
        yield from (case for _row, case in _as_of(register, chunk, register.end))


def _batched(rows: Iterable[CaseRow], size: int) -> Iterator[list[CaseRow]]:
    """Yield rows in lists of so many."""
    left = iter(rows)
    while chunk := list(islice(left, size)):
        yield chunk


@require_GET
def places(request: HttpRequest, plan_year_id: int, procedure: str) -> HttpResponse:
    """Where the cases are, on a plain map."""
    register = open_register(request, plan_year_id, procedure)
    field = next((one for one in register.procedure.fields if one.kind is FieldKind.POINT), None)
    if field is None:
        raise Http404
    every = selectors.visible(request.actor, register.pk).filter(procedure=procedure)
    found = selectors.with_places(_wanted(request).of(every, register.at), most=_MOST_ON_MAP)
    placed = [
        (row, case, point) for row, case in found if (point := point_in(case.fields.get(field.key, "")))
    ]
    context = register.context(request) | {
        "width": f"{_MAP[0]:.0f}",
        "height": f"{_MAP[1]:.0f}",
        "bar_y": f"{_MAP[1] - _MAP_MARGIN:.0f}",
        "wanted": _wanted(request),
        "without": len(found) - len(placed),
        "is_cut": len(found) == _MOST_ON_MAP,
        "at": register.at,
        "stages": register.procedure.stages,
        "stage_names": {stage.key: stage for stage in register.procedure.stages},
    }
    if placed:
        layout = laid_out([point for _row, _case, point in placed], *_MAP, _MAP_MARGIN)
        context |= {
            # Written here, so that no language puts a comma into a coordinate.
            "bar": f"{layout.bar:.1f}",
            "bar_km": f"{layout.bar_km:g}",
            "spots": [
                (row, f"{x:.1f}", f"{y:.1f}")
                for (row, _case, _point), (x, y) in zip(placed, layout.points, strict=True)
            ],
        }
    return render(request, "cases/places.html", context)


@require_GET
def days(request: HttpRequest, plan_year_id: int, procedure: str) -> HttpResponse:
    """Where the days go: working days by stage and class, and what clocks stood still for."""
    register = open_register(request, plan_year_id, procedure)
    every = selectors.visible(request.actor, register.pk).filter(procedure=procedure)
    day = register.delivery.day
    first = date(register.delivery.plan_year.year, 1, 1)
    found = spent(
        selectors.newest(every, most=_MOST_COUNTED), register.procedure, workday_table(), first, day
    )
    names: dict[str, Any] = {one.key: one for one in register.procedure.classes}
    stages = {one.key: one for one in register.procedure.stages}
    longest = max((one.ninetieth for one in found.stages), default=0)
    context = register.context(request) | {
        "lines": [
            (
                names.get(one.case_class),
                stages[one.stage],
                one,
                round(100 * one.middle / longest) if longest else 0,
            )
            for one in found.stages
        ],
        "pauses": [(pausings().get(one.reason), one) for one in found.pauses],
        "looked_at": found.cases,
        "is_cut": found.cases == _MOST_COUNTED,
        "since": first,
        "until": day,
    }
    return render(request, "cases/days.html", context)


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
