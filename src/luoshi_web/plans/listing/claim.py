"""The list of past results (成效)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from luoshi.plan.model import Claim, TargetKind
from luoshi_web.frame.language import label
from luoshi_web.plans.index import PlanIndex, shown
from luoshi_web.plans.listing.shared import (
    NONE,
    by_label,
    keys_of,
    section_column,
    section_facet,
    sureness_column,
)
from luoshi_web.plans.table import Cell, Column, Facet, Screen
from luoshi_web.plans.wording import figure_text


def claims(index: PlanIndex, units: frozenset[str] = frozenset()) -> Screen[Claim]:
    """Declare the list of past results (成效)."""

    def growth(claim: Claim) -> Cell:
        if claim.growth_percent is None:
            return Cell("—", tone="muted", hint=_("报告没有写明增长。"))
        return Cell(
            f"{claim.growth_percent:+f}".rstrip("0").rstrip(".") + "%"
            if "." in f"{claim.growth_percent:f}"
            else f"{claim.growth_percent:+f}%"
        )

    columns: list[Column[Claim]] = [
        section_column(index),
        Column(
            "title",
            gettext_lazy("指标"),
            lambda c: Cell(c.indicator, is_words=True),
            lambda c: c.indicator,
            is_main=True,
        ),
        Column(
            "value",
            gettext_lazy("数值"),
            lambda c: Cell(figure_text(c) or "—", is_words=True),
            lambda c: c.value,
            is_number=True,
        ),
        Column("growth", gettext_lazy("增长"), growth, lambda c: c.growth_percent, is_number=True),
        Column(
            "kind",
            gettext_lazy("类型"),
            lambda c: Cell(label(c.kind)),
            lambda c: str(c.kind.value),
            is_tight=True,
        ),
        Column(
            "year",
            pgettext_lazy("of a past result", "年份"),
            lambda c: Cell(str(c.year or "—")),
            lambda c: c.year,
            is_number=True,
        ),
        sureness_column(),
    ]
    facets: list[Facet[Claim]] = [
        section_facet(index),
        Facet(
            "year",
            pgettext_lazy("of a past result", "年份"),
            keys=lambda c: [str(c.year or NONE)],
            name=lambda key: _("未注明") if key == NONE else key,
            is_chips=True,
        ),
        Facet(
            "kind",
            gettext_lazy("类型"),
            keys=lambda c: [str(c.kind.value)],
            name=lambda key: by_label(TargetKind, key),
            order=keys_of(TargetKind),
            is_chips=True,
        ),
    ]
    return Screen(
        "claims",
        shown(index.plan.claims),
        columns,
        facets,
        lambda c: f"{c.indicator}\n{c.text}",
        lambda c: c.id,
    )
