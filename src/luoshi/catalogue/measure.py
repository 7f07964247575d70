"""Units of measure and measure words (计量单位、量词), from ``measures.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from luoshi.kernel.quantity import split_unit

COUNTED = frozenset({"people", "household", "thing", "event"})
"""Dimensions whose units count things, as against measuring an amount."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Units by their name, without multipliers.

    Attributes:
        dimension: What a unit measures (``money``, ``thing`` …), by unit.
        longest: Length of the longest unit.
    """

    dimension: dict[str, str]
    longest: int


@cache
def measures() -> Measures:
    """Return the units of measure."""
    data = yaml.safe_load(
        resources.files("luoshi.catalogue").joinpath("measures.yaml").read_text(encoding="utf-8")
    )
    dimension: dict[str, str] = {}
    for name, entry in data.items():
        for unit in entry["units"]:
            dimension.setdefault(unit, name)
    return Measures(dimension=dimension, longest=max(map(len, dimension)))


def longest_unit(text: str, at: int, stop: int) -> str:
    """Return the longest unit that stands at a position of a text, or ""."""
    known = measures()
    for size in range(min(known.longest, stop - at), 0, -1):
        unit = text[at : at + size]
        if unit in known.dimension:
            return unit
    return ""


def dimension_of(unit: str) -> str:
    """Return what a unit measures, its multiplier left aside; "" where it is not known.

    Example:
        >>> dimension_of("万亩"), dimension_of("家"), dimension_of("亿元"), dimension_of("光年")
        ('area', 'thing', 'money', '')
    """
    known = measures().dimension
    return known.get(unit) or known.get(split_unit(unit)[1], "")
