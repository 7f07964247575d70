"""The list of commitments (目标任务)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.plan.model import Commitment
from luoshi_web.plans.index import PlanIndex, shown
from luoshi_web.plans.listing.shared import (
    DUE,
    month_facet,
    own_facet,
    section_column,
    section_facet,
    state_column,
    state_facet,
    sureness_column,
    sureness_facet,
    unit_column,
    unit_facet,
)
from luoshi_web.plans.table import Cell, Column, Facet, Screen
from luoshi_web.plans.wording import deadline_cell, figure_text, plain_cell


def _targets_text(index: PlanIndex, commitment: Commitment) -> str:
    targets = shown(index.targets_of.get(commitment.id, []))
    return "；".join(f"{target.indicator} {figure_text(target)}" for target in targets)


def commitments(index: PlanIndex, units: frozenset[str] = frozenset()) -> Screen[Commitment]:
    """Declare the list of commitments (目标任务)."""

    def words(commitment: Commitment) -> str:
        parts = [
            commitment.title,
            commitment.text,
            index.unit_of(commitment),
            _targets_text(index, commitment),
        ]
        parts += [index.unit_names.get(unit, "") for unit in commitment.supporting_units]
        return "\n".join(parts)

    def figures(commitment: Commitment) -> str:
        return "yes" if index.targets_of.get(commitment.id) else "no"

    def supporting(commitment: Commitment) -> Cell:
        return plain_cell("、".join(index.unit_names.get(unit, unit) for unit in commitment.supporting_units))

    columns: list[Column[Commitment]] = [
        section_column(index),
        Column(
            "title",
            gettext_lazy("目标任务"),
            lambda c: Cell(c.title, is_words=True),
            lambda c: c.title,
            is_main=True,
        ),
        Column("targets", gettext_lazy("量化指标"), lambda c: plain_cell(_targets_text(index, c))),
        Column(
            "deliverables",
            gettext_lazy("成果"),
            lambda c: plain_cell("；".join(d.done_when for d in shown(index.deliverables_of.get(c.id, [])))),
            is_shown=False,
        ),
        unit_column(index),
        Column("supporting", gettext_lazy("配合单位"), supporting, is_shown=False),
        Column(
            "official", gettext_lazy("牵头领导"), lambda c: plain_cell(c.leading_official), is_shown=False
        ),
        Column("due", DUE, lambda c: deadline_cell(c.deadline), lambda c: c.deadline.day, is_tight=True),
        Column(
            "strength",
            gettext_lazy("力度"),
            lambda c: plain_cell(c.strength),
            lambda c: c.strength or None,
            is_shown=False,
        ),
        state_column(),
        sureness_column(),
    ]
    facets: list[Facet[Commitment]] = [
        *own_facet(index, units),
        section_facet(index),
        unit_facet(index),
        month_facet(index, lambda c: c.deadline.day),
        state_facet(),
        sureness_facet(),
        Facet(
            "figures",
            gettext_lazy("量化"),
            keys=lambda c: [figures(c)],
            name=lambda key: _("有量化指标") if key == "yes" else _("无量化指标"),
            order=["yes", "no"],
            is_chips=True,
        ),
    ]
    return Screen("commitments", shown(index.plan.commitments), columns, facets, words, lambda c: c.id)
