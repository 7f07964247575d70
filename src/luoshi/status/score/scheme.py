"""Schemes of assessment (考核方案): items, weights and formulas as dated data with a citation, from ``schemes.yaml`` or of a place's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from typing import Any

import yaml

from luoshi.kernel.label import Labelled, Language
from luoshi.status.score.fault import ScoreError
from luoshi.status.score.figure import GRANTED, FigureName
from luoshi.status.score.formula import Formula, names_of, read
from luoshi.status.score.rounding import Rounding

_HUNDRED = Decimal(100)
_MOST_PLACES = 6


class WhenSilent(Labelled):
    """What happens where the basis of an item is silent (无依据时)."""

    NO_SCORE = "no_score", "不计总分、不参加排名", "no total and no place in the ranking"
    LEAVE_OUT = (
        "leave_out",
        "该项不计，权重按比例分摊到其他各项",
        "left out, its weight spread over the other items",
    )


@dataclass(frozen=True, slots=True)
class Item:
    """An item with a weight: key, names, weight in points, formula that gives 0 to 100, what happens where its basis is silent."""

    key: str
    zh: str
    en: str
    weight: Decimal
    formula: Formula
    when_silent: WhenSilent

    def label(self, language: Language = "zh") -> str:
        """Return its name."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Extra:
    """A bonus or a deduction (加分项、扣分项): key, names, formula that gives points, the most that it can come to."""

    key: str
    zh: str
    en: str
    formula: Formula
    most: Decimal

    def label(self, language: Language = "zh") -> str:
        """Return its name."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Scheme:
    """An edition of a scheme.

    Attributes:
        name: Name and number; stored with every result.
        since: Day from which it is in force; the last day of the assessed period chooses.
        reference: Where its items and weights come from.
        rounding: How points are rounded, each item once.
        places: To how many decimal places.
        objection_days: Calendar days after the announcement in which a unit may object.
        answer_days: Calendar days after an objection in which it is to be answered.
        objection_reference: Text that sets both.
        items: Items; their weights add up to 100.
        bonuses: Bonuses.
        bonus_most: The most that all bonuses come to.
        deductions: Deductions.
        deduction_most: The most that all deductions come to.
    """

    name: str
    since: date
    reference: str
    rounding: Rounding
    places: int
    objection_days: int
    answer_days: int
    objection_reference: str
    items: tuple[Item, ...]
    bonuses: tuple[Extra, ...]
    bonus_most: Decimal
    deductions: tuple[Extra, ...]
    deduction_most: Decimal

    def component_keys(self) -> tuple[str, ...]:
        """Return the keys of all components, in order."""
        return (
            *(one.key for one in self.items),
            *(one.key for one in self.bonuses),
            *(one.key for one in self.deductions),
        )

    def granted(self) -> tuple[str, ...]:
        """Return the keys of bonuses and deductions that a supervisor grants by hand."""
        named = {name for extra in (*self.bonuses, *self.deductions) for name in names_of(extra.formula)}
        return tuple(sorted(name.removeprefix(GRANTED) for name in named if name.startswith(GRANTED)))


def schemes_from(rows: Iterable[Mapping[str, Any]]) -> tuple[Scheme, ...]:
    """Return editions made from plain data, the oldest first.

    Raises:
        ScoreError: A formula is not of the right shape (S701), names no known figure (S702), weights do not add up to 100 (S704), a key stands twice (S705), or a field is
            missing or not of its kind (S706).
    """
    return tuple(sorted((_scheme(row) for row in rows), key=lambda scheme: scheme.since))


def _scheme(row: Mapping[str, Any]) -> Scheme:
    name = str(row.get("name", ""))
    try:
        scheme = Scheme(
            name=name, since=_day(row["since"]), reference=str(row["reference"]), rounding=Rounding(row["rounding"]),
            places=int(row["places"]), objection_days=int(row["objection_days"]), answer_days=int(row["answer_days"]),
            objection_reference=str(row["objection_reference"]),
            items=tuple(_item(name, one) for one in row["items"]),
            bonuses=tuple(_extra(name, one) for one in row["bonuses"]), bonus_most=_number(row["bonus_most"]),
            deductions=tuple(_extra(name, one) for one in row["deductions"]), deduction_most=_number(row["deduction_most"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise ScoreError("S706", {"name": name, "field": str(error)}) from error
    _check(scheme)
    return scheme


def _item(scheme: str, row: Mapping[str, Any]) -> Item:
    return Item(
        key=row["key"], zh=row["zh"], en=row["en"], weight=_number(row["weight"]),
        formula=read(row["formula"], place=f"{scheme}.{row['key']}"), when_silent=WhenSilent(row["when_silent"]),
    )  # fmt: skip


def _extra(scheme: str, row: Mapping[str, Any]) -> Extra:
    return Extra(
        key=row["key"], zh=row["zh"], en=row["en"], formula=read(row["formula"], place=f"{scheme}.{row['key']}"),
        most=_number(row["most"]),
    )  # fmt: skip


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not (made := Decimal(str(value))).is_finite() or made < 0:
        raise ValueError(f"{value!r} is no number from 0")
    return made


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _check(scheme: Scheme) -> None:
    if not 0 <= scheme.places <= _MOST_PLACES or min(scheme.objection_days, scheme.answer_days) < 0:
        raise ScoreError("S706", {"name": scheme.name, "field": "places, objection_days, answer_days"})
    weights = sum((item.weight for item in scheme.items), Decimal(0))
    if weights != _HUNDRED:
        raise ScoreError("S704", {"name": scheme.name, "sum": format(weights, "f")})
    extras: tuple[Extra, ...] = (*scheme.bonuses, *scheme.deductions)
    every: tuple[Item | Extra, ...] = (*scheme.items, *extras)
    keys = scheme.component_keys()
    if len(set(keys)) != len(keys):
        raise ScoreError(
            "S705", {"name": scheme.name, "key": next(key for key in keys if keys.count(key) > 1)}
        )
    known = {str(one.value) for one in FigureName}
    grantable = {GRANTED + extra.key for extra in extras}
    for one in every:
        for name in names_of(one.formula):
            if name not in known and not (isinstance(one, Extra) and name in grantable):
                raise ScoreError("S702", {"place": f"{scheme.name}.{one.key}", "figure": name})


@cache
def schemes() -> tuple[Scheme, ...]:
    """Return Luoshi's editions, the oldest first."""
    text = resources.files("luoshi.status.score").joinpath("schemes.yaml").read_text(encoding="utf-8")
    return schemes_from(yaml.safe_load(text)["editions"])


def scheme_on(day: date, known: Iterable[Scheme] | None = None) -> Scheme:
    """Return the edition in force on a day.

    Raises:
        ValueError: None is in force then.
    """
    in_force = [one for one in (known if known is not None else schemes()) if one.since <= day]
    if not in_force:
        raise ValueError(f"no scheme of assessment is in force on {day}")
    return max(in_force, key=lambda one: one.since)
