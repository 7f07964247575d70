from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi_web.frame.language import reading_language
from luoshi_web.ledger import selectors as ledger
from luoshi_web.ledger.services import check
from luoshi_web.reporting.opened import open_delivery
from luoshi_web.rights import Right

_PAGE = 100


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    if not delivery.actor.may(Right.SUPERVISE, plan_year_id):
        raise Http404
    head = ledger.head_of(plan_year_id)
    checked = None
    if request.method == "POST":
        anchors = [line.strip() for line in request.POST.get("anchors", "").splitlines() if line.strip()]
        checked = check(delivery.plan_year, anchors=anchors[:20])
        if not checked.faults:
            messages.success(request, _("核验通过：台账没有被改动、截断或重写。"))
    number = min(int(text) if (text := request.GET.get("to", "")).isdigit() else head.number, head.number)
    entries = ledger.entries_after(plan_year_id, max(0, number - _PAGE), up_to=number)
    entries.reverse()
    context = delivery.context(request) | {
        "head": head,
        "entries": entries,
        "people": ledger.names_of(entry.who for entry in entries),
        "titles": delivery.year.issued,
        "checked": checked,
        "faults": [fault.describe(reading_language()) for fault in checked.faults] if checked else [],
        "older": number - _PAGE if number > _PAGE else 0,
        "newer": min(head.number, number + _PAGE) if number < head.number else 0,
    }
    return render(request, "reporting/ledger.html", context)
