"""Scores (得分): what a scheme gives a unit from its figures, component by component.

Rule (docs/explanation/assessment.md has it with a worked case):
    An item's formula is held between 0 and 100, multiplied by its weight, divided by 100 and rounded once; the total is the sum of what is shown, bonuses and deductions within
    their caps, and not below 0. An item whose basis is silent has no score; the scheme says whether then the whole has none, or the item is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context, Decimal, localcontext

import msgspec

from luoshi.kernel.label import Language
from luoshi.kernel.message import text_of
from luoshi.status.score.fault import ScoreError
from luoshi.status.score.figure import Figure
from luoshi.status.score.formula import Formula, names_of, value_of
from luoshi.status.score.scheme import Extra, Item, Scheme, WhenSilent

_HUNDRED = Decimal(100)
_WIDE = Context(prec=50)


class Component(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item, bonus or deduction of a unit.

    Attributes:
        key: Key in the scheme.
        weight: Weight that counted, in points; for a bonus or deduction its cap.
        value: Value of the formula, rounded for display; None where the basis is silent.
        points: Points; None where the basis is silent.
        figures: Figures that the formula names, with their entries.
        code: Message code of what happened where the basis is silent; "" where it is not.
    """

    key: str
    weight: Decimal
    value: Decimal | None
    points: Decimal | None
    figures: tuple[Figure, ...]
    code: str = ""


class UnitScore(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The score of a unit.

    Attributes:
        unit: The unit.
        items: Items, in the scheme's order.
        bonuses: Bonuses.
        deductions: Deductions.
        bonus: Points of all bonuses, within their cap.
        deduction: Points of all deductions, within their cap.
        total: Total; None where it has none.
        code: Message code of why there is no total; "" where there is one.
        parameters: Values that fill it.
    """

    unit: str
    items: tuple[Component, ...]
    bonuses: tuple[Component, ...]
    deductions: tuple[Component, ...]
    bonus: Decimal
    deduction: Decimal
    total: Decimal | None
    code: str = ""
    parameters: dict[str, str] = {}

    def describe(self, language: Language = "zh") -> str:
        """Return why there is no total and what that means for the ranking; "" where there is one."""
        return text_of(self.code, self.parameters, language) if self.code else ""

    @property
    def entries(self) -> tuple[int, ...]:
        """Entries of the ledger that it rests on."""
        parts = (*self.items, *self.bonuses, *self.deductions)
        return tuple(sorted({entry for one in parts for figure in one.figures for entry in figure.entries}))


def score_of(unit: str, scheme: Scheme, figures: Mapping[str, Figure]) -> UnitScore:
    """Return the score of a unit.

    Args:
        unit: The unit.
        scheme: The scheme.
        figures: Its figures by name.

    Raises:
        ScoreError: A figure has a value and no entry that it rests on (S703).
    """
    with localcontext(_WIDE):
        values = {item.key: value_of(item.formula, figures) for item in scheme.items}
        left_out = [
            item for item in scheme.items
            if values[item.key] is None and item.when_silent is WhenSilent.LEAVE_OUT
        ]  # fmt: skip
        silent = [item for item in scheme.items if values[item.key] is None and item not in left_out]
        counted = _HUNDRED - sum((item.weight for item in left_out), Decimal(0))
        items = tuple(_component(scheme, item, values[item.key], counted, figures) for item in scheme.items)
        bonuses = tuple(_extra(scheme, one, figures) for one in scheme.bonuses)
        deductions = tuple(_extra(scheme, one, figures) for one in scheme.deductions)
        bonus = min(_sum(bonuses), scheme.bonus_most)
        deduction = min(_sum(deductions), scheme.deduction_most)
        if silent or not counted:
            names = "、".join(item.zh for item in silent or left_out)
            return UnitScore(
                unit=unit, items=items, bonuses=bonuses, deductions=deductions, bonus=bonus, deduction=deduction,
                total=None, code="S710", parameters={"items": names},
            )  # fmt: skip
        total = max(_sum(items) + bonus - deduction, Decimal(0))
        return UnitScore(
            unit=unit, items=items, bonuses=bonuses, deductions=deductions, bonus=bonus, deduction=deduction,
            total=scheme.rounding.apply(total, scheme.places),
        )  # fmt: skip


def _component(
    scheme: Scheme, item: Item, value: Decimal | None, counted: Decimal, figures: Mapping[str, Figure]
) -> Component:
    used = _used(item.formula, figures)
    if value is None:
        code = "S711" if item.when_silent is WhenSilent.LEAVE_OUT else "S712"
        return Component(key=item.key, weight=item.weight, value=None, points=None, figures=used, code=code)
    # Weights of items that were left out are spread over the others, by their own weights.
    weight = item.weight * _HUNDRED / counted
    held = min(max(value, Decimal(0)), _HUNDRED)
    return Component(
        key=item.key, weight=scheme.rounding.apply(weight, scheme.places), value=scheme.rounding.apply(value, scheme.places),
        points=scheme.rounding.apply(weight * held / _HUNDRED, scheme.places), figures=used,
    )  # fmt: skip


def _extra(scheme: Scheme, extra: Extra, figures: Mapping[str, Figure]) -> Component:
    used = _used(extra.formula, figures)
    value = value_of(extra.formula, figures)
    if value is None:
        return Component(key=extra.key, weight=extra.most, value=None, points=None, figures=used, code="S713")
    held = min(max(value, Decimal(0)), extra.most)
    return Component(
        key=extra.key, weight=extra.most, value=scheme.rounding.apply(value, scheme.places),
        points=scheme.rounding.apply(held, scheme.places), figures=used,
    )  # fmt: skip


def _used(formula: Formula, figures: Mapping[str, Figure]) -> tuple[Figure, ...]:
    used = []
    for name in dict.fromkeys(names_of(formula)):
        figure = figures.get(name, Figure(name=name, value=None, code="S720"))
        if figure.value is not None and not figure.entries:
            raise ScoreError("S703", {"figure": name})
        used.append(figure)
    return tuple(used)


def _sum(components: tuple[Component, ...]) -> Decimal:
    return sum((one.points for one in components if one.points is not None), Decimal(0))
