"""The lists of a plan: commitments, targets, projects, terms, past results."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from luoshi.kernel.label import Labelled
from luoshi.plan.items import path_label
from luoshi.plan.model import (
    Claim,
    Commitment,
    Item,
    Project,
    ProjectKind,
    ProjectStage,
    ReviewState,
    Target,
    TargetKind,
    Term,
)
from luoshi_web.frame.language import label, month_text
from luoshi_web.plans.index import PlanIndex, shown
from luoshi_web.plans.table import Cell, Column, Facet, Screen
from luoshi_web.plans.wording import (
    deadline_cell,
    figure_text,
    number_text,
    plain_cell,
    state_cell,
    sureness_cell,
    unit_cell,
)

SomeItem = TypeVar("SomeItem", bound=Item)
NONE = "none"
"""Key of rows that have no value in a facet."""

_SECTION = gettext_lazy("章节")
_UNIT = gettext_lazy("牵头单位")
_DEADLINE = gettext_lazy("完成时限")
_STATE = gettext_lazy("审定")
_SURENESS = gettext_lazy("把握")


class Sureness(Labelled):
    """Whether the compiler is sure of an item."""

    SURE = "sure", "有把握", "sure"
    DOUBT = "doubt", "拿不准", "in doubt"


def _by_label(kind: type[Labelled], text: str) -> str:
    return label(kind(text))


def _keys(kind: type[Enum]) -> list[str]:
    return [str(member.value) for member in kind]


def section_facet(index: PlanIndex) -> Facet[Item]:
    """Narrow by section: a row is in its own section and in all above it."""
    sections = index.contents.sections
    return Facet(
        "section",
        _SECTION,
        keys=lambda item: [s.id for s in index.path_of(item)] or [NONE],
        name=lambda key: (
            f"{sections[key].number} {sections[key].title}".strip() if key in sections else _("无章节")
        ),
        order=[*sections, NONE],
        is_words=True,
        depth=lambda key: len(index.path(key)),
    )


def unit_facet(index: PlanIndex) -> Facet[Item]:
    """Narrow by lead unit."""
    return Facet(
        "unit",
        _UNIT,
        keys=lambda item: [index.unit_of(item) or NONE],
        name=lambda key: _("未分派") if key == NONE else key,
        is_words=True,
    )


def state_facet() -> Facet[Item]:
    """Narrow by review."""
    return Facet(
        "state",
        _STATE,
        keys=lambda item: [str(item.state.value)],
        name=lambda key: _by_label(ReviewState, key),
        order=_keys(ReviewState),
        is_chips=True,
    )


def sureness_facet() -> Facet[Item]:
    """Narrow to what the compiler is unsure of."""
    return Facet(
        "sure",
        _SURENESS,
        keys=lambda item: [str((Sureness.SURE if item.is_sure else Sureness.DOUBT).value)],
        name=lambda key: _by_label(Sureness, key),
        order=_keys(Sureness),
        is_chips=True,
    )


def month_facet(index: PlanIndex, day_of: Callable[[SomeItem], date]) -> Facet[SomeItem]:
    """Narrow by the month in which an item is due."""
    year = index.plan.year
    months = [f"{month:02}" for month in range(1, 13)]

    def key_of(day: date) -> str:
        return "earlier" if day.year < year else "later" if day.year > year else f"{day.month:02}"

    def name_of(key: str) -> str:
        if key == "earlier":
            return _("本年以前")
        return _("本年以后") if key == "later" else month_text(int(key))

    return Facet(
        "due",
        _DEADLINE,
        keys=lambda item: [key_of(day_of(item))],
        name=name_of,
        order=["earlier", *months, "later"],
    )


def _section_cell(index: PlanIndex, item: Item) -> Cell:
    path = index.path_of(item)
    return Cell(path_label(path), is_words=True, hint=path[-1].title) if path else Cell("—", tone="muted")


def section_column(index: PlanIndex, *, is_shown: bool = True) -> Column[Item]:
    """Show the number of the section, as the report writes it."""
    order = {section: place for place, section in enumerate(index.contents.sections)}
    return Column(
        "section",
        _SECTION,
        cell=lambda item: _section_cell(index, item),
        sort=lambda item: order.get(index.contents.section_of(item)),
        is_tight=True,
        is_shown=is_shown,
    )


def unit_column(index: PlanIndex, *, is_shown: bool = True) -> Column[Item]:
    """Show the lead unit."""
    return Column(
        "unit",
        _UNIT,
        cell=lambda item: unit_cell(index.unit_of(item)),
        sort=lambda item: index.unit_of(item) or None,
        is_shown=is_shown,
    )


def state_column() -> Column[Item]:
    """Show how far review has come."""
    return Column("state", _STATE, cell=state_cell, sort=lambda item: str(item.state.value), is_tight=True)


def sureness_column() -> Column[Item]:
    """Show how sure the compiler is."""
    return Column(
        "sure",
        _SURENESS,
        cell=sureness_cell,
        sort=lambda item: item.confidence,
        is_number=True,
        is_shown=False,
    )


def _targets_text(index: PlanIndex, commitment: Commitment) -> str:
    targets = shown(index.targets_of.get(commitment.id, []))
    return "；".join(f"{target.indicator} {figure_text(target)}" for target in targets)


def commitments(index: PlanIndex) -> Screen[Commitment]:
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
        Column(
            "due", _DEADLINE, lambda c: deadline_cell(c.deadline), lambda c: c.deadline.day, is_tight=True
        ),
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


def targets(index: PlanIndex) -> Screen[Target]:
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
        Column(
            "due", _DEADLINE, lambda t: deadline_cell(t.deadline), lambda t: t.deadline.day, is_tight=True
        ),
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
        section_facet(index),
        unit_facet(index),
        month_facet(index, lambda t: t.deadline.day),
        Facet(
            "kind",
            gettext_lazy("类型"),
            keys=lambda t: [str(t.kind.value)],
            name=lambda key: _by_label(TargetKind, key),
            order=_keys(TargetKind),
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


def projects(index: PlanIndex) -> Screen[Project]:
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
            lambda p: _keys(ProjectStage).index(str(p.stage.value)),
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
        Column(
            "due", _DEADLINE, lambda p: deadline_cell(p.deadline), lambda p: p.deadline.day, is_tight=True
        ),
        unit_column(index),
        state_column(),
        sureness_column(),
    ]
    facets: list[Facet[Project]] = [
        section_facet(index),
        unit_facet(index),
        month_facet(index, lambda p: p.deadline.day),
        Facet(
            "kind",
            gettext_lazy("类别"),
            keys=lambda p: [str(p.kind.value)],
            name=lambda key: _by_label(ProjectKind, key),
            order=_keys(ProjectKind),
            is_chips=True,
        ),
        Facet(
            "stage",
            gettext_lazy("到达阶段"),
            keys=lambda p: [str(p.stage.value)],
            name=lambda key: _by_label(ProjectStage, key),
            order=_keys(ProjectStage),
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


def terms(index: PlanIndex) -> Screen[Term]:
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


def claims(index: PlanIndex) -> Screen[Claim]:
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
            name=lambda key: _by_label(TargetKind, key),
            order=_keys(TargetKind),
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


SCREENS: dict[str, Callable[[PlanIndex], Screen[object]]] = {
    "commitments": commitments,
    "targets": targets,
    "projects": projects,
    "terms": terms,
    "claims": claims,
}
"""Lists by the name that their addresses have."""
