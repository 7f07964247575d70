from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi_web.plans.edition import Edition
from luoshi_web.plans.opened import open_plan
from luoshi_web.plans.search import search
from luoshi_web.plans.views.items import item_context


@require_GET
def show(request: HttpRequest, plan_year_id: int, edition: Edition) -> HttpResponse:
    opened = open_plan(request, plan_year_id, edition)
    text = request.GET.get("q", "").strip()[:100]
    context = opened.context(request) | {
        "search_text": text,
        "groups": search(opened.index, text) if text else [],
    }
    if request.GET.get("open"):
        context |= item_context(opened, request.GET["open"]) or {}
    return render(request, "plans/search.html", context)
