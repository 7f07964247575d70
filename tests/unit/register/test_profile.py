"""Last year's months as shares of its total."""

from datetime import date
from decimal import Decimal

from luoshi.register.statistics import KnownFigure, Series, profile_of

ENDS = [
    date(2025, month, day) for month, day in enumerate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1)
]
TOTALS = (5, 20, 30, 40, 50, 60, 70, 80, 100, 120, 160, 200)


def series(values, unit="亿元"):
    figures = {
        day: KnownFigure(value=Decimal(value), unit=unit, origin="快报", entry=1, known=day)
        for day, value in zip(ENDS, values, strict=False)
    }
    return Series(name="固定资产投资", figures=figures)


def test_shares_of_the_total():
    found = profile_of(series(TOTALS), 2025)
    # 5 / 200, 20 / 200, … 160 / 200, 200 / 200.
    assert found[:3] == (Decimal("0.0250"), Decimal("0.1000"), Decimal("0.1500"))
    assert found[10:] == (Decimal("0.8000"), Decimal(1))
    assert len(found) == 12


def test_a_missing_month_another_year_or_no_total_gives_none():
    assert profile_of(series(TOTALS[:11]), 2025) == ()
    assert profile_of(series(TOTALS), 2024) == ()
    assert profile_of(series([0] * 12), 2025) == ()
    assert profile_of(Series(name="x"), 2025) == ()
