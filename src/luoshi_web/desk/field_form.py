"""Forms over the fields of an item: what each kind shows, how a value is written, how it is read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from luoshi.kernel.label import Labelled
from luoshi.plan.items import ItemKind
from luoshi.plan.model import (
    SURE,
    Comparator,
    Course,
    DayType,
    Deadline,
    Item,
    JudgedAs,
    Limit,
    Plan,
    Procedure,
    ProcedureKind,
    ProjectKind,
    ProjectStage,
    Publicity,
    Stage,
    TargetKind,
)
from luoshi_web.frame.language import label
from luoshi_web.plans.detail import FIELD_NAMES
from luoshi_web.plans.wording import SIGNS, number_text

WIDE = {
    "title",
    "indicator",
    "done_when",
    "evidence",
    "name",
    "object",
    "definition",
    "stages",
    "members",
    "limits",
    "reference",
}
_ENUMS: dict[tuple[ItemKind, str], type[Labelled]] = {
    (ItemKind.COMMITMENT, "publicity"): Publicity,
    (ItemKind.TARGET, "comparator"): Comparator,
    (ItemKind.TARGET, "kind"): TargetKind,
    (ItemKind.TARGET, "judged_as"): JudgedAs,
    (ItemKind.TARGET, "course"): Course,
    (ItemKind.PROJECT, "kind"): ProjectKind,
    (ItemKind.PROJECT, "stage"): ProjectStage,
    (ItemKind.PROCEDURE, "kind"): ProcedureKind,
}
_MORE_NAMES = {
    "publicity": _("公开属性"),
    "amount_unit": _("金额单位"),
    "declared_count": _("名称中的数目"),
}
FIELDS: dict[ItemKind, tuple[str, ...]] = {
    ItemKind.COMMITMENT: ("title", "action", "object", "strength", "deadline", "publicity"),
    ItemKind.TARGET: (
        "indicator", "comparator", "value", "upper", "unit", "reference", "kind", "base_period", "judged_as", "course",
        "deadline", "strength", "commitment",
    ),
    ItemKind.DELIVERABLE: ("done_when", "evidence", "due", "weight", "commitment"),
    ItemKind.PROJECT: ("name", "kind", "action", "stage", "place", "amount", "amount_unit", "deadline", "commitment"),
    ItemKind.PROCEDURE: ("name", "kind", "scope", "stages", "members", "limits", "declared_count"),
    ItemKind.TERM: ("name", "definition"),
}  # fmt: skip
"""Fields that the desk edits, in the order shown."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field as a form shows it.

    Attributes:
        name: Name in the model.
        label: Name on the screen.
        widget: ``text``, ``number``, ``date``, ``lines``, ``limits`` or ``choice``.
        value: Value as the widget writes it.
        choices: Key and label of each choice.
        is_wide: Whether it takes the whole width.
        is_doubtful: Whether the compiler is unsure of it and no person has set it.
    """

    name: str
    label: Any
    widget: str
    value: Any
    choices: tuple[tuple[str, str], ...] = ()
    is_wide: bool = False
    is_doubtful: bool = False

    @property
    def rows(self) -> list[dict[str, str]]:
        """Limits as rows of the form, with two empty ones to add more."""
        rows = [
            {
                "subject": limit.subject,
                "comparator": str(limit.comparator.value),
                "value": number_text(limit.value),
                "unit": limit.unit,
                "day_type": str(limit.day_type.value),
            }
            for limit in self.value or ()
        ]
        empty = {"subject": "", "comparator": "le", "value": "", "unit": "", "day_type": "working_day"}
        return [*rows, empty, empty]

    @property
    def signs(self) -> list[tuple[str, str]]:
        """Comparators with their signs."""
        return [(str(one.value), SIGNS[one] or label(one)) for one in Comparator]


def fields_of(
    plan: Plan, kind: ItemKind, item: Item | None, *, preset: Mapping[str, str] | None = None
) -> list[Field]:
    """Return the fields of an item, or of one that is to be added, with `preset` values."""
    doubtful = (
        {basis.field for basis in item.bases if basis.field not in item.reviewed and basis.confidence < SURE}
        if item
        else set()
    )
    found = []
    for name in FIELDS[kind]:
        value = getattr(item, name) if item is not None else (preset or {}).get(name)
        widget, choices = _widget(plan, kind, name)
        if item is None and value is None and widget == "date":
            value = Deadline(day=plan.end_day)
        found.append(
            Field(
                name,
                FIELD_NAMES.get(name, _MORE_NAMES.get(name, name)),
                widget,
                _written(value),
                choices,
                name in WIDE,
                name in doubtful,
            )
        )
    return found


def changes_from(kind: ItemKind, item: Item | None, posted: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields that a posted form changes, in JSON form; all that are filled in where an item is to be added."""
    changes: dict[str, Any] = {}
    for name in FIELDS[kind]:
        if name in {"stages", "members"}:
            value: Any = _stages(posted[name], getattr(item, name, ())) if name in posted else None
        elif name == "limits":
            value = _limits(posted, item) if "limits-0-subject" in posted else None
        else:
            value = posted.get(name)
        if value is None:
            continue
        if isinstance(value, str):
            value = value.strip()
        before = _written(getattr(item, name)) if item is not None else ""
        if name in {"stages", "members", "limits"}:
            before = msgspec.to_builtins(getattr(item, name)) if item is not None else []
        if value != before:
            changes[name] = value
    return changes


def _widget(plan: Plan, kind: ItemKind, name: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    if (kind, name) in _ENUMS:
        return "choice", tuple((str(member.value), label(member)) for member in _ENUMS[kind, name])
    match name:
        case "commitment":
            choices = tuple(
                (row.id, f"{number}. {row.title}") for number, row in enumerate(plan.commitments, 1)
            )
            return "choice", (choices if kind is ItemKind.DELIVERABLE else (("", "—"), *choices))
        case "deadline" | "due":
            return "date", ()
        case "value" | "upper" | "amount" | "weight" | "declared_count":
            return "number", ()
        case "stages" | "members" | "definition":
            return "lines", ()
        case "limits":
            return "limits", tuple((str(member.value), label(member)) for member in DayType)
        case _:
            return "text", ()


def _written(value: Any) -> Any:
    match value:
        case None:
            return ""
        case Labelled():
            return str(value.value)
        case Deadline(day=day):
            return day.isoformat()
        case tuple() if value and isinstance(value[0], Stage):
            return "\n".join(stage.name for stage in value)
        case tuple() if value and isinstance(value[0], Limit):
            return value
        case tuple():
            return ""
        case str():
            return value
        case int():
            return str(value)
        case _:
            return number_text(value)


def _stages(written: str, before: tuple[Stage, ...]) -> list[dict[str, Any]]:
    """Read one name a line; a name that was there keeps its place in the text."""
    known = {stage.name: msgspec.to_builtins(stage) for stage in before}
    names = [line.strip() for line in written.splitlines() if line.strip()]
    return [known.get(name) or {"name": name, "span": None} for name in names]


def _limits(posted: Mapping[str, str], item: Item | None) -> list[dict[str, Any]]:
    before = item.limits if isinstance(item, Procedure) else ()
    found = []
    for number in range(20):
        subject = posted.get(f"limits-{number}-subject", "").strip()
        value = posted.get(f"limits-{number}-value", "").strip()
        if not subject or not value:
            continue
        row = {
            name: posted.get(f"limits-{number}-{name}", "").strip()
            for name in ("comparator", "unit", "day_type")
        }
        span = (
            msgspec.to_builtins(before[number].span)
            if number < len(before) and before[number].subject == subject
            else None
        )
        found.append({"subject": subject, "value": value, "span": span, **row})
    return found
