"""Days that reports name instead of a date (时点), from ``moments.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class Moment:
    """Last day before a named moment: month, day, and whether it is the same everywhere."""

    month: int
    day: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Moments:
    """Named moments of the year and five-year plans.

    Attributes:
        spring_festival: First day of the lunar year, by year.
        moments: Moment by its word.
        plans: Last year of a five-year plan by its name without quotes.
        plan_names: What follows a plan's name where it is no time limit.
    """

    spring_festival: dict[int, date]
    moments: dict[str, Moment]
    plans: dict[str, int]
    plan_names: tuple[str, ...]


@cache
def moments() -> Moments:
    """Return the named moments."""
    data = yaml.safe_load(
        resources.files("luoshi.catalogue").joinpath("moments.yaml").read_text(encoding="utf-8")
    )
    return Moments(
        spring_festival={day.year: day for day in data["spring_festival"]},
        moments={
            word: Moment(entry["month"], entry["day"], entry["sure"])
            for entry in data["moments"]
            for word in entry["words"]
        },
        plans=dict(data["plans"]),
        plan_names=tuple(data["plan_names"]),
    )
