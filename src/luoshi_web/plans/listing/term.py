"""The list of terms (用语)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.plan.model import Term
from luoshi_web.plans.index import PlanIndex, shown
from luoshi_web.plans.listing.shared import state_column, state_facet, sureness_column
from luoshi_web.plans.table import Cell, Column, Facet, Screen
from luoshi_web.plans.wording import plain_cell


def terms(index: PlanIndex, units: frozenset[str] = frozenset()) -> Screen[Term]:
    """Declare the list of terms (用语)."""
    columns: list[Column[Term]] = [
        Column(
            "title",
            gettext_lazy("用语"),
            lambda t: Cell(t.name, is_words=True),
            lambda t: t.name,
            is_main=True,
        ),
        Column("definition", gettext_lazy("释义"), lambda t: plain_cell(t.definition)),
        Column(
            "uses",
            gettext_lazy("正文出现"),
            lambda t: Cell(str(len(t.uses))),
            lambda t: len(t.uses),
            is_number=True,
        ),
        Column(
            "procedure",
            gettext_lazy("形成机制"),
            lambda t: Cell(_("是")) if t.procedure else Cell("—", tone="muted"),
            lambda t: bool(t.procedure),
            is_tight=True,
        ),
        state_column(),
        sureness_column(),
    ]
    facets: list[Facet[Term]] = [
        Facet(
            "used",
            gettext_lazy("正文"),
            keys=lambda t: ["yes" if t.uses else "no"],
            name=lambda key: _("正文出现") if key == "yes" else _("正文未出现"),
            order=["yes", "no"],
            is_chips=True,
        ),
        Facet(
            "procedure",
            gettext_lazy("机制"),
            keys=lambda t: ["yes" if t.procedure else "no"],
            name=lambda key: _("形成机制") if key == "yes" else _("仅为释义"),
            order=["yes", "no"],
            is_chips=True,
        ),
        state_facet(),
    ]
    return Screen(
        "terms",
        shown(index.plan.terms),
        columns,
        facets,
        lambda t: f"{t.name}\n{t.definition}",
        lambda t: t.id,
    )
