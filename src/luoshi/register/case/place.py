"""Places of cases laid out on a plain map (位置图): longitude and latitude to a rectangle, one scale for both, no tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, floor, log10, radians

_KM_OF_A_DEGREE = 111.195
"""Kilometres of a degree of latitude on a sphere of 6,371 km (IUGG mean radius): 2π × 6371 / 360."""
_LEAST_KM = 1.0
_BAR_STEPS = (5, 2, 1)


@dataclass(frozen=True, slots=True)
class Layout:
    """Points on a rectangle: x to the right and y down from the upper left corner, and a bar of whole kilometres for scale.

    Attributes:
        points: One for each place, in the units of the rectangle.
        bar: Length of the bar in the units of the rectangle.
        bar_km: What it stands for, in kilometres.
    """

    points: tuple[tuple[float, float], ...]
    bar: float
    bar_km: float


def laid_out(places: Sequence[tuple[Decimal, Decimal]], width: float, height: float, margin: float) -> Layout:
    """Return places as points of a rectangle, in an equirectangular projection about their middle.

    Args:
        places: Longitude and latitude in degrees; at least one.
        width: Width of the rectangle.
        height: Height of the rectangle.
        margin: What is left free on every side.

    Raises:
        ValueError: There is no place.
    """
    if not places:
        raise ValueError("there is no place to lay out")
    east = [float(one) for one, _north in places]
    north = [float(one) for _east, one in places]
    middle_east, middle_north = (min(east) + max(east)) / 2, (min(north) + max(north)) / 2
    shrink = cos(radians(middle_north))
    km = [
        ((one - middle_east) * _KM_OF_A_DEGREE * shrink, (other - middle_north) * _KM_OF_A_DEGREE)
        for one, other in zip(east, north, strict=True)
    ]
    across = max(_LEAST_KM, 2 * max(abs(x) for x, _y in km))
    along = max(_LEAST_KM, 2 * max(abs(y) for _x, y in km))
    scale = min((width - 2 * margin) / across, (height - 2 * margin) / along)
    points = tuple((round(width / 2 + x * scale, 1), round(height / 2 - y * scale, 1)) for x, y in km)
    bar_km = _round_below(width / 4 / scale)
    return Layout(points, round(bar_km * scale, 1), bar_km)


def _round_below(km: float) -> float:
    """Return the largest of 1, 2 and 5 times a power of ten that is not above."""
    power = 10.0 ** floor(log10(km))
    # Just below a power of ten the logarithm is rounded up to it.
    return next((step * power for step in _BAR_STEPS if step * power <= km), power / 2)
