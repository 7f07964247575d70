"""Units that convert into each other (单位换算), from ``conversions.yaml``."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources

import yaml

from luoshi.kernel.quantity import base_amount


@cache
def _factors() -> dict[str, tuple[Fraction, str]]:
    text = resources.files("luoshi.catalogue").joinpath("conversions.yaml").read_text(encoding="utf-8")
    return {
        unit: (Fraction(held), row["base"])
        for row in yaml.safe_load(text).values()
        for unit, held in row["holds"].items()
    }


def in_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Return an amount in the base unit of what it measures; in its own unit without multiplier where that is not known to convert.

    Args:
        value: The amount.
        unit: Its unit as written, multiplier included.

    Example:
        >>> in_base(Decimal("1.5"), "万亩"), in_base(Decimal(10), "平方公里"), in_base(Decimal(3), "万家")
        ((Decimal('10000000'), '平方米'), (Decimal('10000000'), '平方米'), (Decimal('30000'), '家'))
    """
    amount, plain = base_amount(value, unit)
    known = _factors().get(plain)
    if known is None:
        return amount, plain
    factor, base = known
    return amount * factor.numerator / factor.denominator, base
