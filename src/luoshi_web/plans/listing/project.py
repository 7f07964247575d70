"""The list of projects (项目)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.plan.model import Project, ProjectKind, ProjectStage
from luoshi_web.frame.language import label
from luoshi_web.plans.index import PlanIndex, shown
from luoshi_web.plans.listing.shared import (
    DUE,
    by_label,
    keys_of,
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
from luoshi_web.plans.wording import deadline_cell, number_text, plain_cell


def projects(index: PlanIndex, units: frozenset[str] = frozenset()) -> Screen[Project]:
    """Declare the list of projects (项目)."""

    def amount(project: Project) -> Cell:
        if project.amount is None:
            return Cell("—", tone="muted", hint=_("报告没有写明金额。"))
        return Cell(number_text(project.amount) + project.amount_unit, is_words=True)

    columns: list[Column[Project]] = [
        section_column(index),
        Column(
            "title",
            gettext_lazy("项目"),
            lambda p: Cell(p.name, is_words=True),
            lambda p: p.name,
            is_main=True,
        ),
        Column(
            "kind",
            gettext_lazy("类别"),
            lambda p: Cell(label(p.kind)),
            lambda p: str(p.kind.value),
            is_tight=True,
        ),
        Column("action", gettext_lazy("承诺动作"), lambda p: plain_cell(p.action)),
        Column(
            "stage",
            gettext_lazy("到达阶段"),
            lambda p: Cell(label(p.stage)),
            lambda p: keys_of(ProjectStage).index(str(p.stage.value)),
            is_tight=True,
        ),
        Column(
            "place",
            gettext_lazy("地点"),
            lambda p: plain_cell(p.place),
            lambda p: p.place or None,
            is_shown=False,
        ),
        Column("amount", gettext_lazy("金额"), amount, lambda p: p.amount, is_number=True),
        Column("due", DUE, lambda p: deadline_cell(p.deadline), lambda p: p.deadline.day, is_tight=True),
        unit_column(index),
        state_column(),
        sureness_column(),
    ]
    facets: list[Facet[Project]] = [
        *own_facet(index, units),
        section_facet(index),
        unit_facet(index),
        month_facet(index, lambda p: p.deadline.day),
        Facet(
            "kind",
            gettext_lazy("类别"),
            keys=lambda p: [str(p.kind.value)],
            name=lambda key: by_label(ProjectKind, key),
            order=keys_of(ProjectKind),
            is_chips=True,
        ),
        Facet(
            "stage",
            gettext_lazy("到达阶段"),
            keys=lambda p: [str(p.stage.value)],
            name=lambda key: by_label(ProjectStage, key),
            order=keys_of(ProjectStage),
            is_chips=True,
        ),
        state_facet(),
        sureness_facet(),
    ]
    return Screen(
        "projects",
        shown(index.plan.projects),
        columns,
        facets,
        lambda p: "\n".join((p.name, p.text, p.action, p.place, index.unit_of(p))),
        lambda p: p.id,
    )
