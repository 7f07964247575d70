from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.delivery.coverage import Coverage, Proposed, coverage_of, proposed_for
from luoshi.delivery.issue import Issued
from luoshi.delivery.source import Source, SourceKind
from luoshi.packs import packs
from luoshi.plan.model import Target
from luoshi_web.cases import selectors, services
from luoshi_web.frame.language import label
from luoshi_web.frame.spreadsheet import xlsx_answer
from luoshi_web.reporting.opened import Delivery, open_delivery
from luoshi_web.reporting.wording import register_text, source_text
from luoshi_web.rights import Right

_BOUND_AT_ONCE = (SourceKind.REGISTER, SourceKind.IMPORT)


@dataclass(frozen=True, slots=True)
class Line:
    """A target with how its number is known and what is proposed."""

    issued: Issued
    target: Target
    source: Source
    source_text: str
    proposed: Proposed
    proposed_text: str
    can_be_bound: bool
    needs_procedure: bool

    @property
    def is_typed(self) -> bool:
        """Whether the lead unit still types the number."""
        return self.source.kind is SourceKind.REPORT


def _lines(delivery: Delivery) -> Iterator[Line]:
    known = selectors.published(delivery.plan_year.pk)
    for issued in delivery.year.issued.values():
        if issued.lineage not in delivery.visible:
            continue
        for one in issued.targets:
            target = delivery.ground.targets.get(one)
            if target is None:
                continue
            source = delivery.year.source_of(one)
            proposed = proposed_for(target, packs())
            is_open = one not in delivery.year.sources
            yield Line(
                issued,
                target,
                source,
                source_text(source, delivery.year),
                proposed,
                _proposed_text(proposed),
                is_open and proposed.kind in _BOUND_AT_ONCE,
                bool(proposed.procedure) and proposed.procedure not in known,
            )


def _proposed_text(proposed: Proposed) -> str:
    match proposed.kind:
        case SourceKind.REGISTER:
            return register_text(proposed.name)
        case SourceKind.IMPORT:
            return _("统计导入“%(name)s”") % {"name": proposed.name}
        case _:
            return label(proposed.kind)


def _counted(delivery: Delivery) -> Coverage:
    mine = [
        target
        for issued in delivery.visible.values()
        for one in issued.targets
        if (target := delivery.ground.targets.get(one)) is not None
    ]
    return coverage_of(mine, delivery.year.sources, packs())


@require_http_methods(["GET", "POST"])
def coverage(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    """How the number of every target will be known, and what is still typed."""
    delivery = open_delivery(request, plan_year_id)
    if request.method == "POST":
        done = services.bind_registers(request.actor, plan_year_id, request.POST.getlist("target"))
        text = ngettext("已确定 %(n)s 项的数据来源。", "已确定 %(n)s 项的数据来源。", done) % {"n": done}
        messages.success(request, text)
        return redirect("cases:coverage", plan_year_id)
    show = request.GET.get("show", "")
    lines = [line for line in _lines(delivery) if not show or line.source.kind.value == show]
    context = delivery.context(request) | {
        "lines": lines,
        "counts": _counted(delivery),
        "kinds": list(SourceKind),
        "show": show,
        "may_bind": request.actor.may(Right.SUPERVISE, plan_year_id) and not delivery.is_past,
        "can_bind": any(line.can_be_bound for line in lines),
    }
    return render(request, "cases/coverage.html", context)


@require_GET
def coverage_sheet(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    head = (_("目标任务"), _("指标"), _("目标值"), _("单位"), _("牵头单位"), _("数据来源"), _("建议来源"))
    rows = [
        (
            line.issued.title,
            line.target.indicator,
            format(line.target.value, "f") if line.target.value is not None else "",
            line.target.unit,
            line.issued.lead_unit,
            line.source_text,
            line.proposed_text,
        )
        for line in _lines(delivery)
    ]
    name = f"{delivery.plan_year.place}-{_('数据来源')}{delivery.mark}"
    return xlsx_answer(name, head, rows, marked=delivery.mark)
