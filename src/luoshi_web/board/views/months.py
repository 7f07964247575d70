from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from luoshi.cadence.cycle import Frequency, periods_of
from luoshi.delivery.year import Year
from luoshi.status.light import Light
from luoshi_web.board.summary import shown_colour
from luoshi_web.reporting.opened import open_delivery
from luoshi_web.reporting.selectors import year_of
from luoshi_web.reporting.templatetags.reporting import shape


@require_GET
def show(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    wanted = request.GET.get("unit", "")
    ends = [period.end for period in periods_of(delivery.ground.year, Frequency.MONTH)]
    newest = year_of(plan_year_id)
    rows = []
    for lineage, issued in delivery.year.issued.items():
        if wanted and issued.lead_unit != wanted:
            continue
        cells = [_given(newest, lineage, end, delivery.day) for end in ends]
        rows.append((issued, _drawn(cells), shown_colour(delivery, lineage)))
    context = delivery.context(request) | {
        "rows": rows,
        "months": [end.month for end in ends],
        "units": sorted({issued.lead_unit for issued in delivery.year.issued.values() if issued.lead_unit}),
        "unit": wanted,
    }
    return render(request, "board/months.html", context)


def _given(year: Year, lineage: str, end: date, day: date) -> Light | None:
    """Return the light that was given for the end of a month; None for one to come."""
    given = year.light_on(lineage, end) if end <= day else None
    return given.light if given is not None else None


def _drawn(cells: list[Light | None]) -> SafeString:
    """Draw the cells of a row."""
    return format_html_join("", "<td>{}</td>", ((shape(cell) if cell is not None else "",) for cell in cells))
