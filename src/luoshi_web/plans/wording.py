"""How values of a plan are written on screens: figures as the report writes them, days, sureness."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luoshi.brief import wording as brief
from luoshi.brief.wording import number_text
from luoshi.kernel.label import Labelled
from luoshi.kernel.span import Span
from luoshi.plan.model import (
    Claim,
    Comparator,
    Deadline,
    Item,
    Limit,
    ReviewState,
    Section,
    Stage,
    Strike,
    Target,
)
from luoshi_web.frame.language import day_text, label, reading_language
from luoshi_web.plans.table import Cell

SIGNS = {
    Comparator.GE: "≥",
    Comparator.LE: "≤",
    Comparator.OVER: ">",
    Comparator.UNDER: "<",
    Comparator.ABOUT: "≈",
    Comparator.EQ: "",
    Comparator.RANGE: "",
}
"""Signs by which a comparator is typed into a form."""
_TONES = {ReviewState.PROPOSED: "", ReviewState.ACCEPTED: "green", ReviewState.REJECTED: "red"}


def figure_text(target: Target | Claim) -> str:
    """Write the figure of a target or a past result with its unit, as documents do: 增长6.5%左右, 20家以上."""
    if isinstance(target, Target):
        return brief.figure_text(target, reading_language())
    if target.value is None:
        return ""
    return _compared(target.comparator, number_text(target.value) + target.unit)


def limit_text(limit: Limit) -> str:
    """Write a limit: 40个工作日以内."""
    return _compared(limit.comparator, number_text(limit.value) + limit.unit)


def _compared(comparator: Comparator, figure: str) -> str:
    return brief.word(str(comparator.value), reading_language(), value=figure)


def deadline_cell(deadline: Deadline) -> Cell:
    """Write a deadline; quietly where the report states none."""
    if deadline.written:
        return Cell(day_text(deadline.day), sub=deadline.written)
    if deadline.span is None:
        return Cell(day_text(deadline.day), tone="muted", hint=_("报告没有写明时限，按年底计。"))
    return Cell(day_text(deadline.day))


def state_cell(item: Item) -> Cell:
    """Say how far review of an item has come."""
    return Cell(label(item.state), tone=_TONES[item.state])


def sureness_text(confidence: float) -> str:
    """Write a confidence in per cent."""
    return f"{round(confidence * 100)}%"


def sureness_cell(item: Item) -> Cell:
    """Say how sure the compiler is of an item."""
    text = sureness_text(item.confidence)
    if item.is_sure:
        return Cell(text, tone="muted")
    return Cell(text, tone="amber", hint=_("有字段拿不准，请在审定台核对。"))


def unit_cell(name: str) -> Cell:
    """Name a unit; say so where none is assigned."""
    if name:
        return Cell(name, is_words=True)
    return Cell(pgettext("unit", "未分派"), tone="muted")


def plain_cell(text: str) -> Cell:
    """Show words of the report, or a dash."""
    return Cell(text, is_words=True) if text else Cell("—", tone="muted")


def value_text(value: object) -> str:
    """Write the value of any field of an item."""
    match value:
        case None | "" | ():
            return "—"
        case bool():
            return _("是") if value else _("否")
        case Labelled():
            return label(value)
        case Decimal():
            return number_text(value)
        case Deadline():
            return f"{day_text(value.day)}（{value.written}）" if value.written else day_text(value.day)
        case Limit():
            return f"{value.subject} {limit_text(value)}"
        case Strike():
            return f"{label(value.beat)} {value.act}"
        case Stage():
            return value.name
        case Span():
            return f"{value.source} {value.start}–{value.end}"
        case tuple():
            return "、".join(value_text(part) for part in value)
        case _:
            return str(value)


def section_text(section: Section) -> str:
    """Write number and title of a section as the report does: 三、…, （一）…, 一是…."""
    mark = (
        "、"
        if section.level == 1 and section.number and not section.number.endswith(("、", "）", ")"))
        else ""
    )
    return f"{section.number}{mark}{section.title}"
