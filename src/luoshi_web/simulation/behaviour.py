"""How the units of the simulated year behave, and the figures that follow (模拟行为)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from random import Random

from luoshi.plan.model import Course, JudgedAs, Target

_END = 12


class Character(Enum):
    """How a unit goes about it."""

    DILIGENT = "diligent"
    LATE = "late"
    SILENT = "silent"
    OPTIMISTIC = "optimistic"


def character_of(random: Random, place: int) -> Character:
    """Return a unit's character; the one that leads most is diligent, so that the demonstration users have a normal year."""
    if place == 0:
        return Character.DILIGENT
    return random.choices(list(Character), weights=(58, 18, 9, 15))[0]


@dataclass(frozen=True, slots=True)
class Pace:
    """How a target goes in truth: what part of the promise is there at the year's end, and how much a report adds to it."""

    final: float
    boast: float


def pace_of(random: Random, character: Character) -> Pace:
    """Return how a target of a unit goes."""
    final = random.choice((1.12, 1.06, 1.02, 1.0, 0.98, 0.94, 0.86, 0.72, 0.55))
    return Pace(final, random.uniform(0.08, 0.2) if character is Character.OPTIMISTIC else 0.0)


def figure_of(target: Target, month: int, pace: Pace, random: Random, last: Decimal | None) -> Decimal:
    """Return the figure that is reported for the end of a month, in the target's unit.

    Args:
        target: The target.
        month: 1 to 12.
        pace: How it goes.
        random: The year's source of chance.
        last: Figure of the month before; None for the first.
    """
    goal = target.value or Decimal(1)
    if target.course is Course.CUMULATIVE:
        share = (month / _END) ** 1.15 * pace.final * (1 + pace.boast) * random.uniform(0.95, 1.05)
        value = goal * Decimal(str(round(share, 4)))
        value = max(value, last) if last is not None else value
    elif target.course is Course.FROM_BASE:
        begin = goal * Decimal("0.8") if goal <= 100 else goal * Decimal("0.85")
        value = begin + (goal - begin) * Decimal(str(round(month / _END * pace.final, 4)))
    else:
        slack = Decimal(str(round((pace.final - 1) * 0.25 + random.uniform(-0.01, 0.01), 4)))
        is_limit = target.judged_as in (JudgedAs.AT_MOST, JudgedAs.BELOW)
        value = goal * (1 - slack if is_limit else 1 + slack)
    return _rounded(target, value)


def _rounded(target: Target, value: Decimal) -> Decimal:
    goal = target.value or Decimal(1)
    is_whole = (
        goal == goal.to_integral_value()
        and goal >= 1
        and "%" not in target.unit
        and "亿" not in target.unit
        and "万" not in target.unit
    )
    places = Decimal(1) if is_whole else Decimal("0.01") if abs(goal) < 10 else Decimal("0.1")
    found = value.quantize(places)
    if target.unit == "%" and goal <= 100:
        found = min(found, Decimal(100))
    return max(found, Decimal(0))


def milestone_of(target: Target, month: int) -> Decimal:
    """Return what a unit plans for the end of a quarter."""
    goal = target.value or Decimal(1)
    return _rounded(target, goal * Decimal(str(round((month / _END) ** 1.1, 4))))


def day_in(day: date) -> str:
    """Return a day as a sentence says it."""
    return f"{day.month}月{day.day}日"
