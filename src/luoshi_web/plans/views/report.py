from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from luoshi_web.plans.edition import Edition
from luoshi_web.plans.marking import lines_of
from luoshi_web.plans.opened import Opened, open_plan
from luoshi_web.plans.views.items import item_context

_PLACE = re.compile(r"(?P<source>S[0-9]{1,3}):(?P<start>[0-9]{1,8})-(?P<end>[0-9]{1,8})")

LEGEND = (
    ("commitment", _("目标任务"), True),
    ("target", _("量化指标"), True),
    ("project", _("项目"), True),
    ("procedure", _("机制流程"), True),
    ("term", _("用语"), True),
    ("claim", _("成效"), True),
    ("deadline", _("时限"), True),
    ("other", _("非目标数字"), False),
    ("passage", _("无承诺的句子"), False),
)


@require_GET
def show(request: HttpRequest, plan_year_id: int, edition: Edition) -> HttpResponse:
    opened = open_plan(request, plan_year_id, edition)
    source, focus = _place(opened, request.GET.get("at", ""))
    context = opened.context(request) | {
        "source": opened.plan.source(source),
        "lines": lines_of(opened.index, source, focus),
        "outline": [
            (s, len(opened.index.path(s.id))) for s in opened.plan.sections if s.span.source == source
        ],
        "legend": LEGEND,
    }
    if request.GET.get("open"):
        context |= item_context(opened, request.GET["open"]) or {}
    return render(request, "plans/report.html", context)


def _place(opened: Opened, written: str) -> tuple[str, tuple[int, int] | None]:
    """Return the source to show and the place in it; the first source where the address names no place."""
    sources = {source.id: source for source in opened.plan.sources}
    if not sources:
        raise Http404
    match = _PLACE.fullmatch(written)
    if match is None or match["source"] not in sources:
        return (written if written in sources else next(iter(sources))), None
    start, end = int(match["start"]), int(match["end"])
    length = len(sources[match["source"]].text)
    return match["source"], ((start, end) if start < end <= length else None)
