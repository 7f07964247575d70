"""Figures of registers in the units of targets."""

from datetime import date
from decimal import Decimal

import pytest

from luoshi.register.observed import CountedFigure, KnownCount, observations

DAY = date(2026, 3, 31)


def known(value, unit):
    figure = CountedFigure(source="p/i", value=Decimal(value), unit=unit, cases=1)
    return [KnownCount(day=DAY, figure=figure, entry=1, known=DAY)]


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "found"),
    [
        ("30000", "万元", "亿元", [Decimal(3)]),
        ("12", "个", "家", [Decimal(12)]),
        ("33.33", "%", "%", [Decimal("33.33")]),
        ("12", "个", "亿元", []),
        ("33.33", "%", "个", []),
    ],
)
def test_a_figure_that_does_not_fit_the_unit_is_left_out(value, unit, wanted, found):
    assert [one.value for one in observations(known(value, unit), wanted, DAY)] == found
