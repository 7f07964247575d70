"""Indicators that reports use (指标目录): names, units, direction and course, from ``indicators/*.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml

Direction = Literal["higher", "lower", "none"]
Accumulation = Literal["flow", "stock", "rate"]
Frequency = Literal["daily", "monthly", "quarterly", "half_yearly", "yearly"]
CourseKey = Literal["cumulative", "from_base", "hold", "step", "annual"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of the catalogue.

    Attributes:
        key: Stable key, such as ``economy.gdp``.
        name: Canonical name.
        aliases: Other names that reports use.
        units: Units in which it is given, the usual one first, without multipliers.
        direction: Whether more or less of it is better.
        accumulates: ``flow`` adds up through the year, ``stock`` is a level at a day, ``rate`` is a ratio.
        frequency: How often it is known.
        field: Field of government, the name of its file.
        course: Course that its targets take by default.
    """

    key: str
    name: str
    aliases: tuple[str, ...]
    units: tuple[str, ...]
    direction: Direction
    accumulates: Accumulation
    frequency: Frequency
    field: str
    course: CourseKey


@cache
def indicators() -> dict[str, Indicator]:
    """Return every indicator by its key."""
    found: dict[str, Indicator] = {}
    folder = resources.files("luoshi.catalogue").joinpath("indicators")
    for entry in sorted(folder.iterdir(), key=lambda file: file.name):
        if not entry.name.endswith(".yaml"):
            continue
        field = entry.name.removesuffix(".yaml")
        for key, row in (yaml.safe_load(entry.read_text(encoding="utf-8")) or {}).items():
            found[f"{field}.{key}"] = _indicator(field, key, row)
    return found


_DEFAULT_COURSE: dict[Accumulation, CourseKey] = {"flow": "cumulative", "stock": "from_base", "rate": "hold"}


def _indicator(field: str, key: str, row: dict[str, Any]) -> Indicator:
    accumulates: Accumulation = row.get("is", "flow")
    return Indicator(
        key=f"{field}.{key}",
        name=row["name"],
        aliases=tuple(row.get("also", ())),
        units=tuple(row.get("units", ())),
        direction=row.get("better", "higher"),
        accumulates=accumulates,
        frequency=row.get("every", "monthly"),
        field=field,
        course=row.get("course") or _DEFAULT_COURSE[accumulates],
    )


@dataclass(frozen=True, slots=True)
class Match:
    """An indicator found by its name: which one, and how much of the words names it.

    Attributes:
        indicator: The indicator.
        how: ``whole`` where the words are a name of it, ``end`` or ``start`` where they end or begin with one.
        name: The name that was found.
    """

    indicator: Indicator
    how: Literal["whole", "end", "start"]
    name: str


SHORTEST = 3
"""Characters that a name needs at least to be found inside longer words."""


@cache
def _by_name() -> dict[str, Indicator]:
    names: dict[str, Indicator] = {}
    for indicator in indicators().values():
        for name in (indicator.name, *indicator.aliases):
            names.setdefault(name, indicator)
    return names


def find(words: str) -> Match | None:
    """Find the indicator that words name, whole or with the longest name that they end or begin with.

    Example:
        >>> match = find("大型企业研发经费投入")
        >>> match.indicator.name, match.how, match.name
        ('全社会研发经费投入', 'end', '研发经费投入')
    """
    names = _by_name()
    if words in names:
        return Match(names[words], "whole", words)
    for start in range(1, len(words) - SHORTEST + 1):
        if words[start:] in names:
            return Match(names[words[start:]], "end", words[start:])
    if "占" in words:
        return None
    for end in range(len(words) - 1, SHORTEST, -1):
        if words[:end] in names:
            return Match(names[words[:end]], "start", words[:end])
    return None
