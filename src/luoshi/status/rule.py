"""Rules of lights (亮灯规则): dated thresholds with their reference, from ``rules.yaml`` or of a place's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class LightRule:
    """An edition of the rule.

    Attributes:
        name: Name and number; stored with every light given by it.
        since: Day from which it is in force.
        reference: Where its numbers come from.
        behind: Points behind the course from which a figure is yellow; at exactly this many it is still green.
        far_behind: Points behind from which it is red; at exactly this many it is still yellow.
        soon: Working days before a deliverable is due from which it is yellow without a sign of it.
        band: Percent of the promised value within which 左右 is met.
        hold_margin: Percent of the promised value beyond a limit up to which it is yellow and not red.
        stale: Days after which a roster that nobody touched tells nothing any more.
    """

    name: str
    since: date
    reference: str
    behind: Decimal
    far_behind: Decimal
    soon: int
    band: Decimal
    hold_margin: Decimal
    stale: int


_NUMBERS = ("behind", "far_behind", "band", "hold_margin")


def rules_from(rows: Iterable[Mapping[str, Any]]) -> tuple[LightRule, ...]:
    """Return editions made from plain data, the oldest first.

    Raises:
        ValueError: A field is missing or unknown, or a threshold is not in order.
    """
    made = []
    for row in rows:
        fields: dict[str, Any] = {
            key: Decimal(str(value)) if key in _NUMBERS else value for key, value in row.items()
        }
        try:
            rule = LightRule(**fields)
        except (TypeError, ArithmeticError) as error:
            raise ValueError(
                f"the rule of lights {row.get('name', '')!r} is not complete: {error}"
            ) from error
        if not 0 <= rule.behind <= rule.far_behind or min(rule.band, rule.hold_margin) < 0 or rule.soon < 0:
            raise ValueError(f"the thresholds of {rule.name!r} are not in order")
        made.append(rule)
    return tuple(sorted(made, key=lambda rule: rule.since))


@cache
def rules() -> tuple[LightRule, ...]:
    """Return Luoshi's editions, the oldest first."""
    text = resources.files("luoshi.status").joinpath("rules.yaml").read_text(encoding="utf-8")
    return rules_from(yaml.safe_load(text)["editions"])


def rule_on(day: date, known: Iterable[LightRule] | None = None) -> LightRule:
    """Return the edition in force on a day.

    Raises:
        ValueError: None is in force then.
    """
    in_force = [rule for rule in (known if known is not None else rules()) if rule.since <= day]
    if not in_force:
        raise ValueError(f"no rule of lights is in force on {day}")
    return max(in_force, key=lambda rule: rule.since)
