"""Facets and columns that several lists share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.kernel.label import Labelled
from luoshi.plan.items import commitment_of, path_label
from luoshi.plan.model import Item, ReviewState
from luoshi_web.frame.language import label, month_text
from luoshi_web.plans.index import PlanIndex
from luoshi_web.plans.table import Cell, Column, Facet
from luoshi_web.plans.wording import section_text, state_cell, sureness_cell, unit_cell

SomeItem = TypeVar("SomeItem", bound=Item)
NONE = "none"
"""Key of rows that have no value in a facet."""

_SECTION = gettext_lazy("章节")
_UNIT = gettext_lazy("牵头单位")
DUE = gettext_lazy("完成时限")
_STATE = gettext_lazy("审定")
_SURENESS = gettext_lazy("把握")


class Sureness(Labelled):
    """Whether the compiler is sure of an item."""

    SURE = "sure", "有把握", "sure"
    DOUBT = "doubt", "拿不准", "in doubt"


def by_label(kind: type[Labelled], text: str) -> str:
    """Name an enumeration's member by its key."""
    return label(kind(text))


def keys_of(kind: type[Enum]) -> list[str]:
    """Return the keys of an enumeration in its order."""
    return [str(member.value) for member in kind]


def section_facet(index: PlanIndex) -> Facet[Item]:
    """Narrow by section: a row is in its own section and in all above it."""
    sections = index.contents.sections
    return Facet(
        "section",
        _SECTION,
        keys=lambda item: [s.id for s in index.path_of(item)] or [NONE],
        name=lambda key: section_text(sections[key]) if key in sections else _("无章节"),
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


class Part(Labelled):
    """What the person's own unit has to do with an item."""

    LEAD = "lead", "本单位牵头", "led by my unit"
    SUPPORT = "support", "本单位配合", "supported by my unit"


def own_facet(index: PlanIndex, units: frozenset[str]) -> list[Facet[Item]]:
    """Narrow to what the person's own units lead or support; nothing for a person without a unit."""

    def keys(item: Item) -> list[str]:
        commitment = index.commitments.get(commitment_of(item))
        supporting = commitment.supporting_units if commitment else ()
        found = [Part.LEAD] if index.unit_of(item) in units else []
        if any(index.unit_names.get(unit) in units for unit in supporting):
            found.append(Part.SUPPORT)
        return [str(part.value) for part in found]

    def name(key: str) -> str:
        return by_label(Part, key)

    if not units:
        return []
    return [Facet("mine", gettext_lazy("本单位"), keys, name, order=keys_of(Part), is_chips=True)]


def state_facet() -> Facet[Item]:
    """Narrow by review."""
    return Facet(
        "state",
        _STATE,
        keys=lambda item: [str(item.state.value)],
        name=lambda key: by_label(ReviewState, key),
        order=keys_of(ReviewState),
        is_chips=True,
    )


def sureness_facet() -> Facet[Item]:
    """Narrow to what the compiler is unsure of."""
    return Facet(
        "sure",
        _SURENESS,
        keys=lambda item: [str((Sureness.SURE if item.is_sure else Sureness.DOUBT).value)],
        name=lambda key: by_label(Sureness, key),
        order=keys_of(Sureness),
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
        DUE,
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
