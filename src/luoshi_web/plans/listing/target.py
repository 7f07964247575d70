"""The list of targets (量化指标)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from luoshi.plan.model import Target, TargetKind
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
from luoshi_web.plans.wording import deadline_cell, figure_text, plain_cell


def targets(index: PlanIndex, units: frozenset[str] = frozenset()) -> Screen[Target]:
    """Declare the list of targets (量化指标)."""

    def commitment_title(target: Target) -> str:
        commitment = index.commitments.get(target.commitment)
        return commitment.title if commitment else ""

    columns: list[Column[Target]] = [
        section_column(index),
        Column(
            "title",
            gettext_lazy("指标"),
            lambda t: Cell(t.indicator, is_words=True),
            lambda t: t.indicator,
            is_main=True,
        ),
        Column(
            "value",
            gettext_lazy("目标值"),
            lambda t: Cell(figure_text(t) or "—", is_words=True),
            lambda t: t.value,
            is_number=True,
        ),
        Column(
            "kind",
            gettext_lazy("类型"),
            lambda t: Cell(label(t.kind)),
            lambda t: str(t.kind.value),
            is_tight=True,
        ),
        Column(
            "judged",
            gettext_lazy("判定"),
            lambda t: Cell(label(t.judged_as)),
            lambda t: str(t.judged_as.value),
            is_tight=True,
        ),
        Column(
            "course",
            gettext_lazy("进程"),
            lambda t: Cell(label(t.course)),
            lambda t: str(t.course.value),
            is_tight=True,
            is_shown=False,
        ),
        Column(
            "base",
            gettext_lazy("对比基期"),
            lambda t: plain_cell(t.base_period),
            lambda t: t.base_period or None,
            is_shown=False,
        ),
        Column(
            "strength",
            gettext_lazy("力度"),
            lambda t: plain_cell(t.strength),
            lambda t: t.strength or None,
            is_shown=False,
        ),
        Column("due", DUE, lambda t: deadline_cell(t.deadline), lambda t: t.deadline.day, is_tight=True),
        unit_column(index),
        Column(
            "commitment",
            gettext_lazy("所属目标任务"),
            lambda t: plain_cell(commitment_title(t)),
            is_shown=False,
        ),
        state_column(),
        sureness_column(),
    ]
    facets: list[Facet[Target]] = [
        *own_facet(index, units),
        section_facet(index),
        unit_facet(index),
        month_facet(index, lambda t: t.deadline.day),
        Facet(
            "kind",
            gettext_lazy("类型"),
            keys=lambda t: [str(t.kind.value)],
            name=lambda key: by_label(TargetKind, key),
            order=keys_of(TargetKind),
            is_chips=True,
        ),
        state_facet(),
        sureness_facet(),
    ]
    return Screen(
        "targets",
        shown(index.plan.targets),
        columns,
        facets,
        lambda t: "\n".join((t.indicator, t.text, figure_text(t), index.unit_of(t), commitment_title(t))),
        lambda t: t.id,
    )
