"""Pages for everybody: no sign-in, no cookie, nothing that was not released."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from luoshi.cadence.cycle import Frequency, periods_of
from luoshi.settle.reconcile import Outcome
from luoshi.status.light import Colour
from luoshi.status.rollup import ORDER, tally
from luoshi_web.cases import selectors
from luoshi_web.frame import blob
from luoshi_web.frame.language import label
from luoshi_web.frame.spreadsheet import attachment, csv_answer
from luoshi_web.ledger.evidence import medium_of
from luoshi_web.portal.opening import for_everybody, frame_of, open_year
from luoshi_web.portal.released import PublicRow, PublicYear, public_years, released_reconciliation
from luoshi_web.reporting import page
from luoshi_web.reporting.views.evidence import hand_out


@for_everybody
def years(request: HttpRequest) -> HttpResponse:
    context = frame_of(request) | {"years": public_years()}
    return render(request, "portal/years.html", context)


def _matches(row: PublicRow, colour: str, section: str, words: str) -> bool:
    text = f"{row.issued.title}\n{row.commitment.text}\n{row.issued.lead_unit}"
    return (
        (not colour or row.colour.value == colour)
        and (not section or row.section == section)
        and all(word in text for word in words.split())
    )


@for_everybody
def released(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    public = open_year(plan_year_id)
    colour, section = request.GET.get("light", ""), request.GET.get("section", "")
    words = request.GET.get("q", "")[:100]
    found = tally(row.colour for row in public.rows)
    context = frame_of(request) | {
        "public": public,
        "rows": [row for row in public.rows if _matches(row, colour, section, words)],
        "counts": [(one, found.count(one)) for one in ORDER if found.count(one)],
        "total": len(public.rows),
        "sections": list(dict.fromkeys(row.section for row in public.rows)),
        "counter": bool(selectors.open_to_applicants(plan_year_id)),
        "is_reconciled": public.year.reconciling.released is not None,
        "light": colour,
        "section": section,
        "q": words,
    }
    return render(request, "portal/released.html", context)


@for_everybody
def commitment(request: HttpRequest, plan_year_id: int, lineage: str) -> HttpResponse:
    public = open_year(plan_year_id)
    row = public.row(lineage)
    if row is None:
        raise Http404
    months = periods_of(public.ground.year, Frequency.MONTH)
    given = [(month, public.year.light_on(lineage, month.end)) for month in months if month.end < public.day]
    context = frame_of(request) | {
        "public": public,
        "row": row,
        "targets": page.targets_of(public, row.issued),
        "files": [(file, file.shown.removeprefix("sha256:")) for file in public.files(lineage)],
        "months": [(month, light.light if light else None) for month, light in given],
    }
    return render(request, "portal/commitment.html", context)


@for_everybody
def reconciled(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    """What the next report says of the released commitments, as people ruled; only once that was released."""
    public = open_year(plan_year_id)
    rows = released_reconciliation(public)
    if rows is None:
        raise Http404
    context = frame_of(request) | {
        "public": public,
        "rows": rows,
        "counts": [(one, n) for one in Outcome if (n := sum(row.outcome is one for row in rows))],
        "report": public.year.reconciling.report,
    }
    return render(request, "portal/reconciled.html", context)


@for_everybody
def file(request: HttpRequest, plan_year_id: int, lineage: str, digest: str) -> HttpResponseBase:
    public = open_year(plan_year_id)
    for one in public.files(lineage):
        if one.shown.removeprefix("sha256:") == digest:
            try:
                medium = medium_of(blob.path_of(one.shown, room=blob.EVIDENCE).read_bytes())
            except OSError:
                raise Http404 from None
            if medium is None:
                raise Http404
            return hand_out(one.shown, one.name, medium)
    raise Http404


@for_everybody
def export(request: HttpRequest, plan_year_id: int, form: str) -> HttpResponseBase:
    public = open_year(plan_year_id)
    name = (
        f"{public.plan_year.place}{public.plan_year.year}-{_('已公开的目标任务')}-{public.day}{public.mark}"
    )
    if form == "csv":
        return csv_answer(name, _head(), (_cells(row, public) for row in public.rows))
    if form != "json":
        raise Http404
    told = {
        "place": public.plan_year.place,
        "year": public.plan_year.year,
        "as_of": public.day.isoformat(),
        "is_simulated": bool(public.mark),
        "note": _only_a_part(),
        "commitments": [_fields(row) for row in public.rows],
    }
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = attachment(name, "json")
    return answer


def _only_a_part() -> str:
    return _("只有已公开的目标任务，不是全部。")


def _head() -> list[str]:
    return [
        _("章节"), _("目标任务"), _("报告原文"), _("牵头单位"), _("完成时限"), _("亮灯"), _("原因"), _("承诺"), _("现在"),
        _("截至"), _("怎么知道的"), _("说明"),
    ]  # fmt: skip


def _cells(row: PublicRow, public: PublicYear) -> list[str]:
    return [
        row.section,
        row.issued.title,
        row.commitment.text,
        row.issued.lead_unit,
        row.issued.deadline.isoformat(),
        label(row.colour),
        row.reason,
        row.promised,
        row.value,
        row.covers.isoformat() if row.covers else "",
        row.known,
        " · ".join(
            filter(None, (public.mark, _("截至 %(day)s") % {"day": public.day.isoformat()}, _only_a_part()))
        ),
    ]


def _fields(row: PublicRow) -> dict[str, object]:
    colour: Colour = row.colour
    return {
        "id": row.issued.lineage,
        "title": row.issued.title,
        "text": row.commitment.text,
        "section": row.section,
        "lead_unit": row.issued.lead_unit,
        "deadline": row.issued.deadline.isoformat(),
        "light": colour.value,
        "reason": row.reason,
        "promised": row.promised,
        "value": row.value,
        "covers": row.covers.isoformat() if row.covers else None,
        "known": row.known,
    }
