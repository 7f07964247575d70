from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from luoshi_web.frame.spreadsheet import ANSWERS
from luoshi_web.plans.edition import Edition
from luoshi_web.plans.listing import SCREENS
from luoshi_web.plans.opened import open_plan
from luoshi_web.plans.selectors import saved_views_of
from luoshi_web.plans.services import record_export
from luoshi_web.plans.table import ask, cell_text
from luoshi_web.plans.views.items import item_context

TITLES = {
    "commitments": _("目标任务"),
    "targets": _("量化指标"),
    "projects": _("项目"),
    "terms": _("用语"),
    "claims": _("成效"),
}
LEADS = {
    "commitments": _("报告承诺要做的每一件事，一行一件。"),
    "targets": _("报告写明数字的承诺。比较词照录原文，怎样算完成另列。"),
    "projects": _("报告点名的项目、工程、园区、企业和平台。"),
    "terms": _("报告附注解释的用语，点开可见它在正文的每一处。"),
    "claims": _("回顾部分写明的以往成绩，不是目标，供对照。"),
}


@require_GET
def show(request: HttpRequest, plan_year_id: int, edition: Edition, screen: str) -> HttpResponse:
    opened = open_plan(request, plan_year_id, edition)
    listing = ask(SCREENS[screen](opened.index, request.actor.units(plan_year_id)), request.GET)
    context = opened.context(request) | {
        "screen": screen,
        "title": TITLES[screen],
        "lead": LEADS[screen],
        "listing": listing,
        "saved_views": saved_views_of(request.actor, screen),
    }
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "plans/_list.html", context)
    if request.GET.get("open"):
        context |= item_context(opened, request.GET["open"]) or {}
    return render(request, "plans/list.html", context)


@require_GET
def export(request: HttpRequest, plan_year_id: int, edition: Edition, screen: str, form: str) -> HttpResponse:
    if screen not in SCREENS or form not in ANSWERS:
        raise Http404
    opened = open_plan(request, plan_year_id, edition)
    listing = ask(
        SCREENS[screen](opened.index, request.actor.units(plan_year_id)), request.GET, is_paged=False
    )
    record_export(request.actor, plan_year_id, f"{screen}.{form}", edition=str(edition), rows=listing.found)
    head = [str(heading.column.title) for heading in listing.headings]
    rows = [[cell_text(cell) for _column, cell in row.cells] for row in listing.rows]
    name = f"{opened.plan_year.place}{opened.plan_year.year}-{edition}-{TITLES[screen]}"
    return ANSWERS[form](name, head, rows)
