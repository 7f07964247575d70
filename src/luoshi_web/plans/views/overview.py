from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi_web.plans.edition import Edition
from luoshi_web.plans.opened import open_plan
from luoshi_web.plans.summary import summary_of


@require_GET
def show(request: HttpRequest, plan_year_id: int, edition: Edition) -> HttpResponse:
    opened = open_plan(request, plan_year_id, edition)
    context = opened.context(request) | {"summary": summary_of(opened.index)}
    return render(request, "plans/overview.html", context)
