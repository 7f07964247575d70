from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.plan.model import Procedure, ProcedureKind
from luoshi_web.plans.edition import Edition
from luoshi_web.plans.index import shown
from luoshi_web.plans.opened import open_plan
from luoshi_web.plans.views.items import item_context


@require_GET
def show(request: HttpRequest, plan_year_id: int, edition: Edition) -> HttpResponse:
    opened = open_plan(request, plan_year_id, edition)
    text = request.GET.get("q", "").strip()[:100]
    kinds = set(request.GET.getlist("kind"))
    procedures = [p for p in shown(opened.plan.procedures) if _holds(p, text)]
    counts = Counter(str(p.kind.value) for p in procedures)
    wanted = [p for p in procedures if not kinds or p.kind.value in kinds]
    context = opened.context(request) | {
        "text": text,
        "chips": [
            (kind, counts[str(kind.value)], kind.value in kinds)
            for kind in ProcedureKind
            if counts[str(kind.value)] or kind.value in kinds
        ],
        "groups": [
            (kind, found) for kind in ProcedureKind if (found := [p for p in wanted if p.kind is kind])
        ],
        "all": len(shown(opened.plan.procedures)),
    }
    if request.GET.get("open"):
        context |= item_context(opened, request.GET["open"]) or {}
    return render(request, "plans/mechanisms.html", context)


def _holds(procedure: Procedure, text: str) -> bool:
    parts = [procedure.name, procedure.scope, procedure.text]
    parts += [stage.name for stage in (*procedure.stages, *procedure.members)]
    parts += [limit.subject for limit in procedure.limits]
    words = "\n".join(parts).casefold()
    return all(part in words for part in text.casefold().split())
