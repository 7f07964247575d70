from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.plan.model import TargetKind
from luoshi.register.fault import RegisterError
from luoshi.register.roster import ItemEntry, ItemState, Measure, Roster, attestation_of, value_on
from luoshi.register.statistics import COLUMNS as STATISTICS_COLUMNS
from luoshi.register.table import COLUMNS, item_key, rows_of
from luoshi_web.frame.fields import choice
from luoshi_web.frame.language import reading_language
from luoshi_web.frame.spreadsheet import xlsx_answer
from luoshi_web.ledger import selectors as ledger
from luoshi_web.ledger.services import keep_evidence
from luoshi_web.plans.services import record_export
from luoshi_web.registers import forms, services
from luoshi_web.reporting.opened import Delivery, open_delivery
from luoshi_web.rights import Right

_EDITABLE = (ItemState.PLANNED, ItemState.UNDER_WAY, ItemState.DONE)


def _open(request: HttpRequest, plan_year_id: int, roster_id: str) -> tuple[Delivery, Roster]:
    delivery = open_delivery(request, plan_year_id)
    roster = delivery.year.rosters.get(roster_id)
    issued = delivery.year.issued.get(roster.lineage) if roster else None
    if roster is None or issued is None or not delivery.concerns(issued):
        raise Http404
    return delivery, roster


@require_GET
def rosters(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    rows = [
        (
            roster,
            delivery.year.issued[roster.lineage],
            value_on(roster, delivery.day),
            delivery.ground.targets.get(roster.target),
            attestation_of(roster, delivery.day),
            len(roster.with_state(ItemState.DONE)),
        )
        for roster in delivery.year.rosters.values()
        if roster.lineage in delivery.visible
    ]
    return render(request, "registers/rosters.html", delivery.context(request) | {"rows": rows})


@require_GET
def roster(request: HttpRequest, plan_year_id: int, roster_id: str) -> HttpResponse:
    delivery, found = _open(request, plan_year_id, roster_id)
    return _page(request, delivery, found)


def _page(
    request: HttpRequest,
    delivery: Delivery,
    found: Roster,
    *,
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    pk = delivery.plan_year.pk
    digests = [digest for item in found.items.values() for digest in item.stated.evidence]
    wanted = request.GET.get("state", "")
    sample = found.samples[-1] if found.samples else None
    context = delivery.context(request) | {
        "roster": found,
        "issued": delivery.year.issued[found.lineage],
        "target": delivery.ground.targets.get(found.target),
        "value": value_on(found, delivery.day),
        "attestation": attestation_of(found, delivery.day),
        "items": [item for item in found.items.values() if not wanted or item.state.value == wanted],
        "states": [(state, len(found.with_state(state))) for state in ItemState if found.with_state(state)],
        "state": wanted,
        "editable": _EDITABLE,
        "files": ledger.evidence_by_digest(pk, found.lineage, digests) if digests else {},
        "sample": sample,
        "sample_items": [
            (found.items[one], sample.findings.get(one)) for one in sample.drawn if one in found.items
        ]
        if sample
        else [],
        "waiting": len(found.with_state(ItemState.DONE)),
        "may_keep": delivery.actor.may_for(Right.KEEP_ROSTER, pk, found.unit) and not delivery.is_past,
        "may_head": delivery.actor.may_for(Right.APPROVE, pk, found.unit) and not delivery.is_past,
        "faults": faults or [],
        "seed": secrets.randbelow(10**8),
    }
    return render(request, "registers/roster.html", context, status=status)


@require_http_methods(["GET", "POST"])
def new_roster(request: HttpRequest, plan_year_id: int, target_id: str) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    target = delivery.ground.targets.get(target_id)
    if target is None:
        raise Http404
    lineage = delivery.year.lineage_of_target(target_id)
    issued = delivery.year.issued[lineage]
    may = delivery.actor.may(Right.SUPERVISE, plan_year_id) or delivery.actor.may_for(
        Right.KEEP_ROSTER, plan_year_id, issued.lead_unit
    )
    if not may:
        raise Http404
    named = [project.name for project in delivery.opened.plan.projects if project.member_of == target_id]
    roster_id = f"r-{target_id}-{len(delivery.year.rosters_of(lineage)) + 1}"
    if request.method == "POST":
        names = [line.strip()[:200] for line in request.POST.get("names", "").splitlines() if line.strip()]
        services.open_roster(
            request.actor,
            plan_year_id,
            roster=roster_id,
            target=target_id,
            title=request.POST.get("title", "")[:100],
            measure=choice(Measure, request.POST.get("measure", "count")),
            quantity_unit=request.POST.get("quantity_unit", "")[:20],
            definition=request.POST.get("definition", "")[:500],
            items=[ItemEntry(id=item_key(roster_id, name), name=name) for name in dict.fromkeys(names)],
        )
        messages.success(request, _("清单已建立。督查室把指标的数据来源定为这份清单后，就按它计数。"))
        return redirect("registers:roster", plan_year_id, roster_id)
    is_length = target.unit.endswith(("公里", "亩", "平方米", "吨"))
    context = delivery.context(request) | {
        "target": target,
        "issued": issued,
        "names": named,
        "measures": list(Measure),
        "proposed": Measure.RATE
        if target.kind is TargetKind.RATIO
        else (Measure.SUM if is_length else Measure.COUNT),
    }
    return render(request, "registers/new_roster.html", context)


@require_POST
def save_item(request: HttpRequest, plan_year_id: int, roster_id: str) -> HttpResponse:
    delivery, found = _open(request, plan_year_id, roster_id)
    digests = []
    for upload in request.FILES.getlist("file"):
        kept = keep_evidence(
            request.actor,
            plan_year_id,
            lineage=found.lineage,
            unit=found.unit,
            name=upload.name or "",
            data=upload.read(),
            limit=settings.MAX_UPLOAD_BYTES,
        )
        digests.append(kept.digest)
    try:
        item = forms.item_from(request.POST, found, tuple(digests))
        services.set_items(
            request.actor,
            plan_year_id,
            roster=roster_id,
            items=[item],
            reason=request.POST.get("reason", "")[:1000],
        )
    except RegisterError as error:
        return _page(request, delivery, found, faults=[error.describe(reading_language())], status=422)
    messages.success(request, _("已保存。"))
    return redirect("registers:roster", plan_year_id, roster_id)


@require_POST
def take_in(request: HttpRequest, plan_year_id: int, roster_id: str) -> HttpResponse:
    delivery, found = _open(request, plan_year_id, roster_id)
    request.actor.require_for(Right.KEEP_ROSTER, plan_year_id, found.unit)
    upload = request.FILES.get("file")
    try:
        if upload is None or upload.size is None or upload.size > settings.MAX_UPLOAD_BYTES:
            raise RegisterError("R201")
        entry, wrong = services.import_items(
            request.actor,
            plan_year_id,
            roster=roster_id,
            data=upload.read(),
            reason=request.POST.get("reason", "")[:1000],
        )
    except RegisterError as error:
        return _page(request, delivery, found, faults=[error.describe(reading_language())], status=422)
    if wrong:
        faults = [fault.describe(reading_language()) for fault in wrong]
        return _page(request, delivery, found, faults=faults, status=422)
    messages.success(request, _("已导入。") if entry else _("文件里的内容与清单相同，没有改动。"))
    return redirect("registers:roster", plan_year_id, roster_id)


@require_POST
def accept(request: HttpRequest, plan_year_id: int, roster_id: str) -> HttpResponse:
    _delivery, _found = _open(request, plan_year_id, roster_id)
    items = request.POST.getlist("item")
    services.accept_items(request.actor, plan_year_id, roster=roster_id, items=items)
    messages.success(
        request, ngettext("已认定 %(n)s 项。", "已认定 %(n)s 项。", len(items)) % {"n": len(items)}
    )
    return redirect("registers:roster", plan_year_id, roster_id)


@require_POST
def withdraw(request: HttpRequest, plan_year_id: int, roster_id: str) -> HttpResponse:
    _open(request, plan_year_id, roster_id)
    services.withdraw_item(
        request.actor,
        plan_year_id,
        roster=roster_id,
        item=request.POST.get("item", ""),
        reason=request.POST.get("reason", "")[:1000],
    )
    messages.success(request, _("已取消这一项，记录保留。"))
    return redirect("registers:roster", plan_year_id, roster_id)


@require_POST
def draw(request: HttpRequest, plan_year_id: int, roster_id: str) -> HttpResponse:
    _open(request, plan_year_id, roster_id)
    services.draw_sample(
        request.actor, plan_year_id, roster=roster_id, seed=request.POST.get("seed", "")[:100]
    )
    messages.success(request, _("样本已抽出。种子、总体和规则都已记入台账，任何人都可以重做。"))
    return redirect("registers:roster", plan_year_id, roster_id)


@require_POST
def check(request: HttpRequest, plan_year_id: int, roster_id: str) -> HttpResponse:
    _open(request, plan_year_id, roster_id)
    sample = request.POST.get("sample", "")
    services.check_item(
        request.actor,
        plan_year_id,
        roster=roster_id,
        sample_entry=int(sample) if sample.isascii() and sample.isdigit() else 0,
        item=request.POST.get("item", ""),
        is_right=request.POST.get("right") == "1",
        finding=request.POST.get("finding", "")[:1000],
    )
    return redirect("registers:roster", plan_year_id, roster_id)


@require_GET
def sheet(request: HttpRequest, plan_year_id: int, roster_id: str) -> HttpResponse:
    delivery, found = _open(request, plan_year_id, roster_id)
    record_export(request.actor, plan_year_id, "roster.xlsx", roster=roster_id)
    name = f"{delivery.plan_year.place}-{found.title}{delivery.mark}"
    return xlsx_answer(name, COLUMNS, rows_of(found), marked=delivery.mark)


@require_http_methods(["GET", "POST"])
def statistics(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    faults: list[str] = []
    status = 200
    if request.method == "POST":
        request.actor.require(Right.SUPERVISE, plan_year_id)
        upload = request.FILES.get("file")
        try:
            if upload is None or upload.size is None or upload.size > settings.MAX_UPLOAD_BYTES:
                raise RegisterError("R201")
            entry, count, wrong = services.import_statistics(
                request.actor, plan_year_id, name=(upload.name or "")[:100], data=upload.read()
            )
            faults = [fault.describe(reading_language()) for fault in wrong]
            if not faults:
                text = (
                    ngettext("已读入 %(n)s 个数。", "已读入 %(n)s 个数。", count) % {"n": count}
                    if entry
                    else _("这些数都已经有了，没有改动。")
                )
                messages.success(request, text)
                return redirect("registers:statistics", plan_year_id)
        except RegisterError as error:
            faults = [error.describe(reading_language())]
        status = 422
    bound = {
        source.name: target
        for target, source in delivery.year.sources.items()
        if source.kind.value == "import"
    }
    rows = [
        (series, sorted(series.figures.items(), reverse=True)[:13], bound.get(series.name, ""))
        for series in delivery.year.series.values()
    ]
    context = delivery.context(request) | {
        "rows": rows,
        "faults": faults,
        "targets": delivery.ground.targets,
        "may_import_statistics": delivery.actor.may(Right.SUPERVISE, plan_year_id) and not delivery.is_past,
    }
    return render(request, "registers/statistics.html", context, status=status)


@require_GET
def statistics_sheet(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    year = delivery.ground.year
    rows = [
        (target.indicator, f"{year}-01", "", target.unit, "")
        for target in delivery.ground.targets.values()
        if target.indicator_key
    ]
    return xlsx_answer(f"{delivery.plan_year.place}{year}-{_('统计导入模板')}", STATISTICS_COLUMNS, rows)
