"""Places on a plain map: one scale for both directions, a bar of whole kilometres, no place outside."""

from __future__ import annotations

from decimal import Decimal

import pytest

from luoshi.register.case.place import laid_out


def place(east: str, north: str) -> tuple[Decimal, Decimal]:
    return Decimal(east), Decimal(north)


def test_two_places_of_one_degree_of_latitude() -> None:
    # One degree of latitude is 111.195 km; 500 of 600 high are free, so that a kilometre is 500 / 111.195 = 4.4966. A quarter of the
    # width of 400 is 100 or 22.2 km: the bar stands for 20 km and is 89.9 long.
    layout = laid_out([place("113", "30"), place("113", "31")], 400, 600, 50)
    assert layout.points == ((200.0, 550.0), (200.0, 50.0))
    assert (layout.bar_km, layout.bar) == (20.0, 89.9)


def test_at_sixty_degrees_a_degree_of_longitude_is_half_as_long() -> None:
    layout = laid_out([place("10", "59.5"), place("12", "60.5")], 1000, 1000, 0)
    # cos 60° is one half: two degrees across are as long as one along.
    assert layout.points == ((0.0, 1000.0), (1000.0, 0.0))


def test_one_place_alone_stands_in_the_middle() -> None:
    assert laid_out([place("113.2", "30.6")], 300, 200, 10).points == ((150.0, 100.0),)


def test_no_place_is_an_error() -> None:
    with pytest.raises(ValueError, match="no place"):
        laid_out([], 300, 200, 10)


def test_a_bar_is_found_where_a_logarithm_is_rounded_up() -> None:
    # A millionth below a thousand kilometres: the logarithm of 999.9999999999999 is rounded to 3, but a bar of 1,000 km would be too long.
    from luoshi.register.case.place import _round_below

    assert _round_below(999.9999999999999) == 500.0
    assert [_round_below(km) for km in (1000.0, 1.9, 2.0, 4.9, 5.0, 0.07)] == [
        1000.0,
        1.0,
        2.0,
        2.0,
        5.0,
        0.05,
    ]
