"""Rules of settlement (结总账规则): when a promise counts as exceeded or partly met, dated, from ``rules.yaml`` or of a place's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

import msgspec
import yaml

from luoshi.plan.model import Course, JudgedAs


class SettlementRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An edition of the rule.

    Attributes:
        name: Name and number; stored with every verdict that it proposed.
        since: Day from which it is in force.
        reference: Where its numbers come from.
        exceeding: Ways of judging in which more than was promised exceeds it.
        exceeded_by: Percent of the promised value that a figure has to lie above it, exclusive.
        partial: Courses in which a part of the way can be told.
        partly_from: Percent of the way from which what was missed is partly met.
    """

    name: str
    since: date
    reference: str
    exceeding: frozenset[JudgedAs]
    exceeded_by: Decimal
    partial: frozenset[Course]
    partly_from: Decimal


def rules_from(rows: Iterable[Any]) -> tuple[SettlementRule, ...]:
    """Return editions made from plain data, the oldest first.

    Raises:
        ValueError: A field is missing, unknown or of the wrong kind, or a percentage lies outside of 0 to 100.
    """
    made = []
    for row in rows:
        rule = msgspec.convert(row, SettlementRule, strict=False)
        if not 0 < rule.partly_from <= 100 or rule.exceeded_by < 0:
            raise ValueError(f"the percentages of {rule.name!r} are not in order")
        made.append(rule)
    return tuple(sorted(made, key=lambda rule: rule.since))


@cache
def rules() -> tuple[SettlementRule, ...]:
    """Return Luoshi's editions, the oldest first."""
    text = resources.files("luoshi.settle.settlement").joinpath("rules.yaml").read_text(encoding="utf-8")
    return rules_from(yaml.safe_load(text)["editions"])


def rule_on(day: date, known: Iterable[SettlementRule] | None = None) -> SettlementRule:
    """Return the edition in force on a day.

    Raises:
        ValueError: None is in force then.
    """
    in_force = [rule for rule in (known if known is not None else rules()) if rule.since <= day]
    if not in_force:
        raise ValueError(f"no rule of settlement is in force on {day}")
    return max(in_force, key=lambda rule: rule.since)
