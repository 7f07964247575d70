from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from luoshi.delivery.issue import Issued
from luoshi.delivery.judging import observations_of
from luoshi.plan.model import Target
from luoshi.status.light import Colour, Light, latest
from luoshi.status.rollup import ORDER
from luoshi.status.rule import rule_on
from luoshi_web.board.summary import shown_colour
from luoshi_web.frame.language import day_text, label, reading_language
from luoshi_web.frame.spreadsheet import ANSWERS
from luoshi_web.plans.services import record_export
from luoshi_web.plans.table import Cell, Column, Facet, Screen, ask, cell_text
from luoshi_web.plans.wording import figure_text
from luoshi_web.reporting.opened import Delivery, open_delivery
from luoshi_web.reporting.wording import known_text, value_text

_ROWS = 100
"""Rows of a page: what presses most comes first, and a page of all of them takes a quarter of a second."""


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment with its light, main target and figure."""

    issued: Issued
    light: Light
    colour: Colour
    target: Target | None
    value: Decimal | None
    known: str


def rows_of(delivery: Delivery) -> list[Row]:
    """Return every commitment with its light, the most pressing first, else in text order."""
    rule = rule_on(delivery.day)
    rows = []
    for lineage, issued in delivery.year.issued.items():
        target = next(
            (delivery.ground.targets[one] for one in issued.targets if one in delivery.ground.targets), None
        )
        newest = None
        if target is not None:
            newest = latest(observations_of(delivery.year, target, lineage, delivery.day, rule), delivery.day)
        rows.append(
            Row(
                issued,
                delivery.lights[lineage],
                shown_colour(delivery, lineage),
                target,
                newest.value if newest else None,
                known_text(newest) if newest else "",
            )
        )
    return sorted(rows, key=lambda row: -row.colour.severity)


def screen_of(delivery: Delivery) -> Screen[Row]:
    """Declare the list of lights (亮灯清单)."""
    language = reading_language()
    columns: list[Column[Row]] = [
        Column(
            "light",
            _("亮灯"),
            lambda row: Cell(f"{row.colour.shape} {label(row.colour)}", hint=row.light.describe(language)),
            lambda row: -row.colour.severity,
            is_tight=True,
        ),
        Column(
            "title",
            _("目标任务"),
            lambda row: Cell(row.issued.title, is_words=True),
            lambda row: row.issued.title,
            is_main=True,
        ),
        Column(
            "unit",
            _("牵头单位"),
            lambda row: Cell(row.issued.lead_unit or "—", is_words=True),
            lambda row: row.issued.lead_unit or None,
        ),
        Column(
            "promised",
            _("承诺"),
            lambda row: Cell(figure_text(row.target) if row.target else "—", is_words=True),
            is_number=True,
        ),
        Column(
            "value",
            _("现在"),
            lambda row: Cell(value_text(row.value, row.target.unit if row.target else ""), is_words=True),
            lambda row: row.value,
            is_number=True,
        ),
        Column("known", _("怎么知道的"), lambda row: Cell(row.known or "—")),
        Column("why", _("原因"), lambda row: Cell(row.light.describe(language))),
        Column(
            "due",
            _("完成时限"),
            lambda row: Cell(day_text(row.issued.deadline)),
            lambda row: row.issued.deadline,
            is_tight=True,
        ),
    ]
    facets: list[Facet[Row]] = [
        Facet(
            "light",
            _("亮灯"),
            keys=lambda row: [str(row.colour.value)],
            name=lambda key: label(Colour(key)),
            order=[str(colour.value) for colour in ORDER],
            is_chips=True,
        ),
        Facet(
            "unit",
            _("牵头单位"),
            keys=lambda row: [row.issued.lead_unit or "none"],
            name=lambda key: str(_("无")) if key == "none" else key,
            is_words=True,
        ),
        Facet(
            "figures",
            _("量化"),
            keys=lambda row: ["yes" if row.target else "no"],
            name=lambda key: str(_("有量化指标") if key == "yes" else _("无量化指标")),
            order=["yes", "no"],
        ),
    ]
    return Screen(
        "lights",
        rows_of(delivery),
        columns,
        facets,
        lambda row: (
            f"{row.issued.title}\n{row.issued.lead_unit}\n{row.target.indicator if row.target else ''}"
        ),
        lambda row: row.issued.lineage,
        rows_a_page=_ROWS,
    )


@require_GET
def show(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    listing = ask(screen_of(delivery), request.GET)
    context = delivery.context(request) | {"listing": listing, "title": _("亮灯清单")}
    return render(request, "board/lights.html", context)


@require_GET
def export(request: HttpRequest, plan_year_id: int, form: str) -> HttpResponse:
    if form not in ANSWERS:
        raise Http404
    delivery = open_delivery(request, plan_year_id)
    listing = ask(screen_of(delivery), request.GET, is_paged=False)
    record_export(
        request.actor, plan_year_id, f"lights.{form}", rows=listing.found, day=delivery.day.isoformat()
    )
    head = [str(heading.column.title) for heading in listing.headings]
    rows = [[cell_text(cell) for _column, cell in row.cells] for row in listing.rows]
    if delivery.mark:
        head.append(str(_("说明")))
        rows = [[*row, delivery.mark] for row in rows]
    name = (
        f"{delivery.plan_year.place}{delivery.plan_year.year}-{_('亮灯清单')}-{delivery.day}{delivery.mark}"
    )
    return ANSWERS[form](name, head, rows)
