from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from luoshi.brief.grid import to_docx, to_xlsx
from luoshi.brief.ooxml import sealed
from luoshi.brief.reconciliation import reconciliation_csv, reconciliation_grid
from luoshi.kernel.errors import LuoshiError
from luoshi.settle.reconcile import Outcome
from luoshi.settle.reconcile.reviewed import ReviewedPair, passages_of
from luoshi_web.frame.fields import choice
from luoshi_web.frame.language import label, reading_language
from luoshi_web.frame.spreadsheet import attachment
from luoshi_web.ledger import selectors as ledger
from luoshi_web.plans.services import record_export
from luoshi_web.reconciliation import selectors, services
from luoshi_web.reconciliation.selectors import Review
from luoshi_web.reporting.opened import Delivery, open_delivery
from luoshi_web.rights import Right

_PAGE = 40
_LONGEST = 2000
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
}
_RULED = [one for one in Outcome if one is not Outcome.UNCLEAR]


def _open(request: HttpRequest, plan_year_id: int) -> tuple[Delivery, Review | None]:
    delivery = open_delivery(request, plan_year_id)
    if delivery.is_past or not request.actor.may(Right.VIEW_EVERY_UNIT, plan_year_id):
        raise Http404
    return delivery, selectors.review_of(plan_year_id, delivery.year)


def _shown(row: ReviewedPair, show: str, words: str) -> bool:
    if words and words not in row.pair.subject.text and words not in row.pair.subject.name:
        return False
    match show:
        case "":
            return True
        case "open":
            return row.ruling is None
        case "differs":
            return row.differs
        case "departs":
            return row.departs
        case _:
            return row.outcome.value == show


@require_GET
def reconciliation(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    """This year's commitments beside next year's claims."""
    delivery, review = _open(request, plan_year_id)
    show, words = request.GET.get("show", ""), request.GET.get("q", "").strip()[:60]
    context = delivery.context(request) | {"review": review, "show": show, "words": words}
    if review is not None:
        rows = [row for row in review.rows if _shown(row, show, words)]
        page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "rows": [(row, passages_of(row.pair)) for row in page.object_list],
            "counts": list(review.counts().items()),
            "every_outcome": _RULED,
            "open_count": review.unruled,
            "differs_count": sum(row.differs for row in review.rows),
            "departs_count": sum(row.departs for row in review.rows),
            "unmentioned": sum(
                row.ruling is None and row.pair.outcome is Outcome.NOT_MENTIONED for row in review.rows
            ),
            "texts": ledger.texts_of(
                row.ruling.reason.digest
                for row in page.object_list
                if row.ruling is not None and row.ruling.reason is not None
            ),
            "may_release": request.actor.may(Right.RELEASE, plan_year_id),
        }
    return render(request, "reconciliation/reconciliation.html", context)


@require_GET
def table(request: HttpRequest, plan_year_id: int, form: str) -> HttpResponse:
    """The reconciliation as a table, with the rulings where there are any."""
    delivery, review = _open(request, plan_year_id)
    if review is None or form not in _TYPES:
        raise Http404
    language = reading_language()
    rulings = {
        place: label(row.ruling.outcome) for place, row in enumerate(review.rows) if row.ruling is not None
    }
    said = rulings if not review.unruled else rulings or None
    if form == "csv":
        data = reconciliation_csv(review.result, language=language, rulings=said)
    else:
        grid = reconciliation_grid(review.result, language=language, rulings=said)
        made = to_xlsx(grid) if form == "xlsx" else to_docx(grid)
        data = sealed(made, made_on=delivery.today)
    record_export(request.actor, plan_year_id, f"reconciliation.{form}")
    answer = HttpResponse(data, content_type=_TYPES[form])
    name = f"{delivery.plan_year.place}{delivery.plan_year.year}-{_('兑现核对表')}{delivery.mark}"
    answer["Content-Disposition"] = attachment(name, form)
    return answer


@require_POST
def act(request: HttpRequest, plan_year_id: int, what: str) -> HttpResponse:
    """Add a report, rule, release: one act each, then back to where it came from."""
    if what not in _ACTS:
        raise Http404
    open_delivery(request, plan_year_id)
    try:
        messages.success(request, _ACTS[what](request, plan_year_id))
    except LuoshiError as error:
        if error.code.startswith("W"):
            raise
        messages.error(request, error.describe(reading_language()))
    base = reverse("reconciliation:reconciliation", args=[plan_year_id])
    back = QueryDict(request.POST.get("back", "")[:300]).urlencode()
    return redirect(f"{base}?{back}" if back else base)


def _add(request: HttpRequest, plan_year: int) -> str:
    upload = request.FILES.get("file")
    if upload is None:
        return _("没有选择文件。")
    if upload.size is not None and upload.size > settings.MAX_UPLOAD_BYTES:
        return _("文件太大。")
    services.add_report(request.actor, plan_year, name=upload.name or "", data=upload.read())
    return _("下一年的报告已加入，核对建议已生成。")


def _rule(request: HttpRequest, plan_year: int) -> str:
    outcome = choice(Outcome, request.POST.get("outcome", ""))
    services.rule_on_pair(
        request.actor,
        plan_year,
        subject=request.POST.get("subject", "")[:200],
        outcome=outcome,
        passage="" if outcome is Outcome.NOT_MENTIONED else request.POST.get("passage", "")[:80],
        reason=request.POST.get("reason", "")[:_LONGEST],
    )
    return _("已核定。")


def _confirm(request: HttpRequest, plan_year: int) -> str:
    n = services.confirm_unmentioned(request.actor, plan_year)
    return ngettext("已确认 %(n)d 项未提及。", "已确认 %(n)d 项未提及。", n) % {"n": n}


def _release(request: HttpRequest, plan_year: int) -> str:
    services.release(request.actor, plan_year)
    return _("核对结果已公开。")


def _withdraw(request: HttpRequest, plan_year: int) -> str:
    services.withdraw(request.actor, plan_year, reason=request.POST.get("reason", "")[:_LONGEST])
    return _("核对结果已撤下。")


_ACTS: dict[str, Callable[[HttpRequest, int], str]] = {
    "add": _add,
    "rule": _rule,
    "confirm-unmentioned": _confirm,
    "release": _release,
    "withdraw": _withdraw,
}
