"""Schemes of drills (拉练评分表): criteria with points as dated data, from ``schemes.yaml`` or of a place's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

import msgspec
import yaml

from luoshi.kernel.label import Language
from luoshi.status.score.rounding import Rounding


class Criterion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A criterion: key, names, the most points that a sheet can give."""

    key: str
    zh: str
    en: str
    most: Decimal

    def label(self, language: Language = "zh") -> str:
        """Return its name."""
        return self.zh if language == "zh" else self.en


class DrillScheme(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An edition of a scheme.

    Attributes:
        name: Name and number; stored with every drill.
        since: Day from which it is in force.
        reference: Where its criteria come from.
        rounding: How a site's mean is rounded.
        places: To how many decimal places.
        drop_from: Sheets from which the highest and the lowest total are left out.
        criteria: Criteria; their points add up to 100.
    """

    name: str
    since: date
    reference: str
    rounding: Rounding
    places: int
    drop_from: int
    criteria: tuple[Criterion, ...]


def schemes_from(rows: Iterable[Any]) -> tuple[DrillScheme, ...]:
    """Return editions made from plain data, the oldest first.

    Raises:
        ValueError: A field is missing, unknown or of the wrong kind, points do not add up to 100, a key stands twice, or fewer than one sheet would be left.
    """
    made = []
    for row in rows:
        scheme = msgspec.convert(row, DrillScheme, strict=False)
        keys = {one.key for one in scheme.criteria}
        if sum((one.most for one in scheme.criteria), Decimal(0)) != 100 or len(keys) != len(scheme.criteria):
            raise ValueError(f"the points of {scheme.name!r} do not add up to 100, or a key stands twice")
        if scheme.drop_from < 3:
            raise ValueError(f"{scheme.name!r} would leave no sheet over")
        made.append(scheme)
    return tuple(sorted(made, key=lambda scheme: scheme.since))


@cache
def schemes() -> tuple[DrillScheme, ...]:
    """Return Luoshi's editions, the oldest first."""
    text = resources.files("luoshi.delivery.drill").joinpath("schemes.yaml").read_text(encoding="utf-8")
    return schemes_from(yaml.safe_load(text)["editions"])


def scheme_on(day: date, known: Iterable[DrillScheme] | None = None) -> DrillScheme:
    """Return the edition in force on a day.

    Raises:
        ValueError: None is in force then.
    """
    in_force = [one for one in (known if known is not None else schemes()) if one.since <= day]
    if not in_force:
        raise ValueError(f"no scheme of drills is in force on {day}")
    return max(in_force, key=lambda one: one.since)
