"""Rules of reconciliation (兑现核对规则): tolerances and likenesses, dated, from ``rules.yaml`` or of somebody's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

import msgspec
import yaml


class ReconciliationRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An edition of the rule.

    Attributes:
        name: Name and number; stored with every reconciliation.
        since: Day from which it is in force.
        reference: Where its numbers come from.
        about_points: Percentage points by which a rate that is promised as 左右 may lie on the wrong side.
        about_percent: Percent by which an amount may.
        exceeded_points: Percentage points from which a growth exceeds.
        exceeded_percent: Percent of what was promised from which anything else exceeds.
        in_step_points: Percentage points by which a growth that is promised in step with another may be lower.
        unlikely_times: How many times what was promised an amount may be to be read without a person.
        found: Likeness from which a claim is proposed.
        sure: Likeness from which it is read without a person.
        found_words: Likeness from which words without a number are proposed.
        sure_words: Likeness from which they are read without a person.
        least_pairs: Pairs of characters that a name needs for that.
        others: How many other passages are offered.
    """

    name: str
    since: date
    reference: str
    about_points: Decimal
    about_percent: Decimal
    exceeded_points: Decimal
    exceeded_percent: Decimal
    in_step_points: Decimal
    unlikely_times: Decimal
    found: float
    sure: float
    found_words: float
    sure_words: float
    least_pairs: int
    others: int


def rules_from(rows: Iterable[Any]) -> tuple[ReconciliationRule, ...]:
    """Return editions made from plain data, the oldest first.

    Raises:
        ValueError: A field is missing, unknown or of the wrong kind, or likenesses are not in order.
    """
    made = []
    for row in rows:
        rule = msgspec.convert(row, ReconciliationRule, strict=False)
        if not (0 < rule.found <= rule.sure <= 1 and 0 < rule.found_words <= rule.sure_words <= 1):
            raise ValueError(f"the likenesses of {rule.name!r} are not in order")
        made.append(rule)
    return tuple(sorted(made, key=lambda rule: rule.since))


@cache
def rules() -> tuple[ReconciliationRule, ...]:
    """Return Luoshi's editions, the oldest first."""
    text = resources.files("luoshi.settle.reconcile").joinpath("rules.yaml").read_text(encoding="utf-8")
    return rules_from(yaml.safe_load(text)["editions"])


def newest() -> ReconciliationRule:
    """Return Luoshi's newest edition."""
    return rules()[-1]
