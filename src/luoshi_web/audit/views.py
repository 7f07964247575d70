from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luoshi.kernel.label import Language
from luoshi_web.audit.action import BY_KEY, Action
from luoshi_web.audit.forms import FilterForm
from luoshi_web.audit.models import AuditEntry
from luoshi_web.audit.selectors import entries_visible_to
from luoshi_web.audit.services import record
from luoshi_web.frame.language import reading_language
from luoshi_web.frame.spreadsheet import csv_answer

PAGE_SIZE = 100
EXPORT_LIMIT = 100_000


def _row(entry: AuditEntry, language: Language) -> dict[str, Any]:
    action = BY_KEY.get(entry.action)
    return {
        "entry": entry,
        "action": action.label(language) if action else entry.action,
        "detail": json.dumps(entry.detail, ensure_ascii=False) if entry.detail else "",
    }


@require_GET
def entries(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    page = Paginator(entries_visible_to(request.actor, form.wanted()), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "rows": [_row(e, reading_language()) for e in page],
        "query": query.urlencode(),
    }
    return render(request, "audit/entries.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    found = entries_visible_to(request.actor, FilterForm(request.GET).wanted())
    record(request.actor, Action.AUDIT_EXPORTED, query=request.GET.urlencode())
    head = [_("序号"), _("时间"), _("人员"), _("地址"), _("事项"), _("对象"), _("详情")]
    return csv_answer(_("审计日志"), head, _lines(found[:EXPORT_LIMIT].iterator(), reading_language()))


def _lines(found: Iterator[AuditEntry], language: Language) -> Iterator[list[str]]:
    # The language is given: lines are written after the request is over.
    for entry in islice(found, EXPORT_LIMIT):
        row = _row(entry, language)
        moment = timezone.localtime(entry.at).isoformat(sep=" ", timespec="seconds")
        yield [
            str(entry.id),
            moment,
            entry.actor_name,
            entry.address,
            row["action"],
            entry.subject,
            row["detail"],
        ]
