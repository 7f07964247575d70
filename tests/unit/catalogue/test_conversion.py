"""Units that convert into each other."""

from decimal import Decimal as D

import pytest

from luoshi.catalogue.conversion import in_base


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("1.5", "万亩", (D(10_000_000), "平方米")),
        ("1000", "公顷", (D(10_000_000), "平方米")),
        ("10", "平方公里", (D(10_000_000), "平方米")),
        ("15", "亩", (D(10_000), "平方米")),
        ("2", "公里", (D(2000), "米")),
        ("20", "亿斤", (D(1_000_000_000), "千克")),
        ("100", "万吨", (D(1_000_000_000), "千克")),
        ("2", "万千瓦", (D(20_000), "千瓦")),
        ("20", "兆瓦", (D(20_000), "千瓦")),
        # What does not convert keeps its unit without the multiplier.
        ("3", "万家", (D(30_000), "家")),
        ("5", "亿元", (D(500_000_000), "元")),
        ("6", "%", (D(6), "%")),
    ],
)
def test_amounts_in_their_base_unit(value, unit, expected):
    assert in_base(D(value), unit) == expected
