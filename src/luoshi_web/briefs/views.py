"""Screens of documents: list, draft, page with its words and figures, steps, files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luoshi.brief.drafting.ledger_sheet import ledger_xlsx
from luoshi.brief.drafting.letterhead import Letterhead
from luoshi.brief.official.issuing import DocumentError, DocumentState, Version, differences, is_unchanged
from luoshi.brief.official.model import DocumentKind
from luoshi.brief.official.writer import to_docx
from luoshi.kernel.errors import LuoshiError
from luoshi_web.briefs import selectors, services
from luoshi_web.briefs.models import Brief
from luoshi_web.briefs.paper import shown
from luoshi_web.frame import office
from luoshi_web.frame.fields import choice
from luoshi_web.frame.language import reading_language
from luoshi_web.frame.spreadsheet import attachment
from luoshi_web.ledger import selectors as ledger
from luoshi_web.plans.services import record_export
from luoshi_web.reporting.opened import Delivery, open_delivery
from luoshi_web.rights import Right

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_LONGEST = 8000


@require_GET
def briefs(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    kind = request.GET.get("kind", "")
    rows = list(selectors.briefs_visible_to(request.actor, plan_year_id))
    place = delivery.plan_year.place
    context = delivery.context(request) | {
        "rows": [row for row in rows if not kind or row.kind == kind],
        "kinds": [(one, sum(row.kind == one.value for row in rows)) for one in DocumentKind],
        "kind_names": {str(one.value): one for one in DocumentKind},
        "state_names": {str(one.value): one for one in DocumentState},
        "kind": kind,
        "total": len(rows),
        "unit": f"{place}人民政府督查室",
        "commitments": [one for one in delivery.year.issued.values() if one.lead_unit],
        "lineage": request.GET.get("about", ""),
    }
    return render(request, "briefs/briefs.html", context)


def _words(request: HttpRequest, name: str, most: int = 200) -> str:
    return request.POST.get(name, "")[:most].strip()


def _names(request: HttpRequest, name: str) -> tuple[str, ...]:
    text = _words(request, name, 500).replace("、", "，").replace(",", "，")
    return tuple(one.strip() for one in text.split("，") if one.strip())


@require_POST
def draft(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    days = request.POST.get("days", "5")
    wanted = services.Wanted(
        kind=choice(DocumentKind, request.POST.get("kind", "")),
        letterhead=Letterhead(
            unit=_words(request, "unit", 60),
            sign=_words(request, "sign", 20),
            year=delivery.today.year,
            red_head=_words(request, "red_head", 40),
            addressees=_names(request, "addressees"),
            copies=_names(request, "copies"),
        ),
        lineage=_words(request, "lineage", 60),
        demand=_words(request, "demand", 2000),
        working_days=int(days) if days.isascii() and days.isdigit() and len(days) < 4 else 0,
    )
    try:
        made = services.draft(request.actor, plan_year_id, wanted)
    except LuoshiError as error:
        if not isinstance(error, DocumentError) and error.code[:1] == "W":
            raise
        messages.error(request, error.describe(reading_language()))
        return redirect("briefs:briefs", plan_year_id)
    messages.success(request, _("已按今天的台账拟稿，可以逐段修改。"))
    return redirect("briefs:brief", plan_year_id, made.pk)


def _open(request: HttpRequest, plan_year_id: int, brief: int) -> tuple[Delivery, Brief, Version]:
    delivery = open_delivery(request, plan_year_id)
    row = selectors.briefs_visible_to(request.actor, plan_year_id).filter(pk=brief).first()
    if row is None:
        raise Http404
    return delivery, row, selectors.newest_of(brief)


@require_GET
def brief(request: HttpRequest, plan_year_id: int, brief: int) -> HttpResponse:
    """The document as it reads, each figure with where it comes from."""
    delivery, row, version = _open(request, plan_year_id, brief)
    document = version.document
    versions = selectors.versions_of(brief)
    sees_drafts = request.actor.may(Right.VIEW_EVERY_UNIT, plan_year_id)
    may_edit = request.actor.may(Right.SUPERVISE, plan_year_id) and version.state is DocumentState.DRAFT
    context: dict[str, Any] = delivery.context(request) | {
        "row": row,
        "version": version,
        "document": document,
        "blocks": list(shown(document, document.blocks)),
        "annexes": [(annex, list(shown(document, annex.blocks))) for annex in document.annexes],
        "sources": list(enumerate(document.sources, 1)),
        "figures_of": {
            source.id: [one.text for one in document.figures if one.source == source.id]
            for source in document.sources
        },
        "state_names": {str(one.value): one for one in DocumentState},
        "history": versions[::-1] if sees_drafts else [],
        "names": ledger.names_of(one.who for _row, one in versions),
        "changes": differences(versions[-2][1], version) if sees_drafts and len(versions) > 1 else (),
        "may_edit": may_edit,
        "may_approve": request.actor.may(Right.INSTRUCT, plan_year_id)
        and version.state is DocumentState.DRAFT,
        "may_reopen": request.actor.may(Right.INSTRUCT, plan_year_id)
        and version.state is DocumentState.APPROVED,
        "may_issue": request.actor.may(Right.SUPERVISE, plan_year_id)
        and version.state is DocumentState.APPROVED,
        "is_broken": version.state is DocumentState.ISSUED and not is_unchanged(version),
        "editing": request.GET.get("edit", "") if may_edit else "",
        "has_pdf": office.program() is not None,
    }
    return render(request, "briefs/brief.html", context)


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


@require_POST
def edit(request: HttpRequest, plan_year_id: int, brief: int) -> HttpResponse:
    _open(request, plan_year_id, brief)
    try:
        services.edit(
            request.actor,
            plan_year_id,
            brief,
            block=_words(request, "block", 40),
            text=_words(request, "text", _LONGEST),
            seen=_seen(request),
        )
    except DocumentError as error:
        messages.error(request, error.describe(reading_language()))
    else:
        messages.success(request, _("已修改。"))
    return redirect("briefs:brief", plan_year_id, brief)


@require_POST
def step(request: HttpRequest, plan_year_id: int, brief: int, step: str) -> HttpResponse:
    """Approve, take back or issue."""
    _open(request, plan_year_id, brief)
    serial = request.POST.get("serial", "")
    told = {
        "approve": _("已审定。"),
        "reopen": _("已退回拟稿。"),
        "issue": _("已签发，内容不再改变。"),
    }
    if step not in told:
        raise Http404
    try:
        match step:
            case "approve":
                services.approve(request.actor, plan_year_id, brief, seen=_seen(request))
            case "reopen":
                services.reopen(request.actor, plan_year_id, brief, seen=_seen(request))
            case _:
                number = int(serial) if serial.isascii() and serial.isdigit() and len(serial) < 6 else 0
                services.issue(request.actor, plan_year_id, brief, serial=number, seen=_seen(request))
    except DocumentError as error:
        messages.error(request, error.describe(reading_language()))
    else:
        messages.success(request, told[step])
    return redirect("briefs:brief", plan_year_id, brief)


@require_GET
def file(request: HttpRequest, plan_year_id: int, brief: int, form: str) -> HttpResponse:
    """The document as a Word file, or as a PDF where LibreOffice is there."""
    if form not in _TYPES:
        raise Http404
    _delivery, row, version = _open(request, plan_year_id, brief)
    data: bytes | None = to_docx(version.document, is_issued=version.state is DocumentState.ISSUED)
    if form == "pdf" and data is not None:
        data = office.to_pdf(data)
        if data is None:
            messages.error(request, _("这台机器没有 LibreOffice，不能生成 PDF；请下载 Word 文件。"))
            return redirect("briefs:brief", plan_year_id, brief)
    record_export(request.actor, plan_year_id, f"brief.{form}", brief=brief)
    answer = HttpResponse(data, content_type=_TYPES[form])
    state = "" if version.state is DocumentState.ISSUED else f"-{version.state.zh}"
    answer["Content-Disposition"] = attachment(f"{row.title}{state}", form)
    return answer


@require_GET
def ledger_sheet(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    """Every commitment on one sheet (台账)."""
    delivery = open_delivery(request, plan_year_id)
    if not request.actor.may(Right.VIEW_EVERY_UNIT, plan_year_id):
        raise Http404
    record_export(request.actor, plan_year_id, "ledger.xlsx")
    data = ledger_xlsx(services.situation_of(plan_year_id))
    answer = HttpResponse(
        data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    name = f"{delivery.plan_year.place}{delivery.plan_year.year}-{_('台账')}{delivery.mark}"
    answer["Content-Disposition"] = attachment(name, "xlsx")
    return answer
