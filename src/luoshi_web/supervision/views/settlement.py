from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luoshi.delivery.verdict import Verdict
from luoshi.settle.settlement.statement import Row, Statement, unsettled
from luoshi_web.frame.language import label, reading_language
from luoshi_web.frame.spreadsheet import attachment, xlsx_answer
from luoshi_web.ledger import selectors as ledger
from luoshi_web.plans.services import record_export
from luoshi_web.reporting.opened import Delivery, open_delivery
from luoshi_web.rights import Right
from luoshi_web.supervision.services.settling import locked_statement, statement_on

_OPEN, _DEPARTS = "open", "departs"


def _statement(delivery: Delivery) -> tuple[Statement, list[str]]:
    pk = delivery.plan_year.pk
    if delivery.year.settling.lock is None:
        return statement_on(pk, delivery.year, delivery.day), []
    found, faults = locked_statement(pk, delivery.year)
    return found, [one.describe(reading_language()) for one in faults]


def _open(request: HttpRequest, plan_year_id: int) -> Delivery:
    delivery = open_delivery(request, plan_year_id)
    # What is proposed is for those who decide; the units see their verdicts once the year is locked.
    is_locked = delivery.year.settling.lock is not None
    if delivery.is_past or not (request.actor.may(Right.VIEW_EVERY_UNIT, plan_year_id) or is_locked):
        raise Http404
    return delivery


def _shown(row: Row, show: str) -> bool:
    match show:
        case "":
            return True
        case "open":
            return row.verdict is None or row.is_stale
        case "silent":
            return row.proposal.verdict is None
        case "departs":
            return row.departs
        case _:
            verdict = row.corrections[-1].verdict if row.corrections else row.verdict or row.proposal.verdict
            return verdict is not None and verdict.value == show


@require_GET
def settlement(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    """Every commitment with the verdict that is proposed and the one that was confirmed."""
    delivery = _open(request, plan_year_id)
    statement, faults = _statement(delivery)
    own = None if request.actor.may(Right.VIEW_EVERY_UNIT, plan_year_id) else delivery.own_units
    mine = [row for row in statement.rows if own is None or row.proposal.lead_unit in own]
    show = request.GET.get("show", "")
    settled = {
        row.proposal.lineage: delivery.year.settling.verdicts.get(row.proposal.lineage) for row in mine
    }
    context = delivery.context(request) | {
        "statement": statement,
        "rows": [(row, settled[row.proposal.lineage]) for row in mine if _shown(row, show)],
        "total": len(mine),
        "open_count": sum(_shown(row, _OPEN) for row in mine),
        "silent_count": sum(_shown(row, "silent") for row in mine),
        "verdicts": [(one, sum(_shown(row, one.value) for row in mine)) for one in Verdict],
        "every_verdict": list(Verdict),
        "show": show,
        "lock": delivery.year.settling.lock,
        "faults": faults,
        "standing": unsettled(statement) if delivery.year.settling.lock is None else (),
        "texts": ledger.texts_of(
            note.digest
            for one in settled.values()
            if one is not None
            for note in (one.fact.basis, one.fact.reason, *(it.reason for it in one.corrections))
            if note is not None
        ),
        "year_is_over": delivery.day.year > delivery.plan_year.year,
    }
    return render(request, "supervision/settlement.html", context)


@require_GET
def statement(request: HttpRequest, plan_year_id: int, form: str) -> HttpResponse:
    """The statement as a file: its canonical bytes, whose digest the lock names, or a sheet."""
    delivery = _open(request, plan_year_id)
    if form not in ("json", "xlsx") or not request.actor.may(Right.VIEW_EVERY_UNIT, plan_year_id):
        raise Http404
    found, _faults = _statement(delivery)
    record_export(request.actor, plan_year_id, f"settlement.{form}")
    name = f"{delivery.plan_year.place}{delivery.plan_year.year}-{_('结账报告')}{delivery.mark}"
    if form == "json":
        answer = HttpResponse(found.content(), content_type="application/json")
        answer["Content-Disposition"] = attachment(name, "json")
        return answer
    head = (_("目标任务"), _("牵头单位"), _("拟定结论"), _("理由"), _("确认结论"), _("更正后"), _("台账条目"))
    rows = [
        (
            row.proposal.title,
            row.proposal.lead_unit,
            label(row.proposal.verdict) if row.proposal.verdict else _("无依据"),
            row.proposal.describe(reading_language()),
            label(row.verdict) if row.verdict else "",
            label(row.corrections[-1].verdict) if row.corrections else "",
            "、".join(str(one) for one in row.proposal.entries),
        )
        for row in found.rows
    ]
    return xlsx_answer(name, head, rows, marked=delivery.mark)
