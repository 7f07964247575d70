"""Forecasts (预测): what a figure may be at its deadline, with an interval and the chance to meet the promise.

Method ``profile-1`` (what adds up, where last year's months are known):
    The figure so far, divided by the share of last year's total that had come by then.

Method ``pace-1`` (what adds up, where they are not):
    The figure so far, divided by the share of the working days until the deadline that are over.

    For both, the interval and the chance follow from how wrong the method was, by months left, on real series (``forecast.yaml``).

Method ``level-1`` (what holds, or moves from a base):
    The newest figure stays. How far it may move follows from how much it moved from period to period this year, times the square root of
    the periods left, and from how wrong that was on real series.

Checked with:
    Hand-worked rows (tests/unit/status/test_forecast.py); coverage on series that took no part in making the tables (docs/benchmarks.md).

Limits:
    No series of a Chinese city was among those that the tables were made of. A forecast knows nothing of what people plan to do; it is no light,
    is never stored, and judges nobody. What happens at once, or is known once a year, has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import pairwise
from statistics import pstdev

import msgspec
import yaml

from luoshi.cadence.workday import WorkCalendar
from luoshi.kernel.label import Language
from luoshi.kernel.message import text_of
from luoshi.ledger.observation import Observation
from luoshi.plan.model import Course, JudgedAs
from luoshi.status.course import Path

FEWEST = 3
"""Periods that must be known before anything is foretold."""
_DAYS_OF_A_MONTH = 30.4375


class ErrorTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How wrong a method was with so many months left.

    Attributes:
        months_left: Most months left for which it holds; the next larger table holds beyond.
        cases: Forecasts that it was made of.
        quantiles: By share of cases: for ``pace-1`` and ``profile-1`` the true year-end divided by the forecast; for ``level-1`` the true move divided by its scale.
    """

    months_left: int
    cases: int
    quantiles: dict[str, float]


class Method(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way to forecast, in an edition: name, day, what its tables were made of, the tables by months left."""

    name: str
    since: date
    reference: str
    tables: tuple[ErrorTable, ...]

    def table(self, months_left: float) -> ErrorTable:
        """Return the table for so many months left."""
        return next((one for one in self.tables if months_left <= one.months_left), self.tables[-1])


@cache
def methods() -> dict[str, Method]:
    """Return the methods by name."""
    text = resources.files("luoshi.status").joinpath("forecast.yaml").read_text(encoding="utf-8")
    return {one.name: one for one in msgspec.convert(yaml.safe_load(text)["methods"], list[Method])}


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """What is foretold, or why nothing is.

    Attributes:
        code: Message code: how it was reckoned (S310, S311), or why there is none (S300–S303).
        parameters: Values that fill it.
        method: Name and edition of the method; "" where there is none.
        day: Day for which it is foretold.
        value: Middle of what is foretold; None where there is none.
        low: Lower end of the interval in which four of five true values lay.
        high: Its upper end.
        chance: Chance to meet the promise, 0.02 to 0.98; None where it cannot be told.
    """

    code: str
    parameters: dict[str, str] = {}
    method: str = ""
    day: date | None = None
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    chance: Decimal | None = None

    def describe(self, language: Language = "zh") -> str:
        """Return how it was reckoned, or why there is none."""
        return text_of(self.code, self.parameters, language)


def forecast(
    path: Path | None,
    observations: Sequence[Observation],
    *,
    judged_as: JudgedAs,
    upper: Decimal | None,
    band: Decimal,
    stale: int,
    on: date,
    calendar: WorkCalendar,
) -> Forecast:
    """Foretell the value at the deadline from what was known on a day.

    Args:
        path: What the course of the target follows; None while its reference is not known.
        observations: Figures that count, in any order; those after `on` are left out.
        judged_as: How "met" is decided.
        upper: Upper value where it is judged between two.
        band: Percent of the promised value within which 左右 is met.
        stale: Days after which the newest figure is too old to go on from.
        on: The day.
        calendar: Working days of the place.

    Example:
        Of 100 promised 45 are there when half of the working days are over: about 90 at the end.
    """
    if path is None or path.course in (Course.STEP, Course.ANNUAL):
        return Forecast(code="S301")
    known = _newest_of_each_day([one for one in observations if path.start <= one.day <= on])
    if len(known) < FEWEST:
        return Forecast(code="S300", parameters={"count": str(len(known)), "wanted": str(FEWEST)})
    newest = known[-1]
    if newest.day >= path.deadline or on >= path.deadline:
        return Forecast(code="S303", parameters={"deadline": path.deadline.isoformat()})
    if (on - newest.day).days > stale:
        return Forecast(code="S302", parameters={"day": newest.day.isoformat()})
    left = (path.deadline - newest.day).days / _DAYS_OF_A_MONTH
    if path.course is Course.CUMULATIVE:
        found = _by_pace(path, newest, left, calendar)
    else:
        found = _by_level(known, left)
    name, point, spread, code, parameters = found
    low, high = point + spread["0.10"], point + spread["0.90"]
    if path.course is Course.CUMULATIVE:
        # What has been reached is not lost again.
        low, high = max(low, float(newest.value)), max(high, float(newest.value))
    reached = float(newest.value) if path.course is Course.CUMULATIVE else None
    chance = _chance(path, judged_as, upper, band, point, spread, reached)
    return Forecast(
        code=code,
        parameters=parameters | {"day": newest.day.isoformat()},
        method=name,
        day=path.deadline,
        value=_told(point + spread["0.50"], newest.value, path.goal),
        low=_told(low, newest.value, path.goal),
        high=_told(high, newest.value, path.goal),
        chance=None if chance is None else Decimal(str(round(chance, 2))),
    )


Found = tuple[str, float, dict[str, float], str, dict[str, str]]


def _by_pace(path: Path, newest: Observation, left: float, calendar: WorkCalendar) -> Found:
    method = methods()["profile-1" if path.profile else "pace-1"]
    share = share_of(path, newest.day, calendar)
    value = float(newest.value)
    point = value / share if share > 0 else value
    spread = {key: point * (ratio - 1) for key, ratio in method.table(left).quantiles.items()}
    parameters = {"value": _plain(newest.value), "share": str(round(100 * share))}
    return method.name, point, spread, "S312" if path.profile else "S310", parameters


def _by_level(known: Sequence[Observation], left: float) -> Found:
    method = methods()["level-1"]
    values = [float(one.value) for one in known]
    point = values[-1]
    days = (known[-1].day - known[0].day).days / (len(known) - 1)
    scale = step_of(values) * max(1.0, left * _DAYS_OF_A_MONTH / days) ** 0.5
    spread = {key: scale * moves for key, moves in method.table(left).quantiles.items()}
    return method.name, point, spread, "S311", {"value": _plain(known[-1].value), "count": str(len(known))}


def step_of(values: Sequence[float]) -> float:
    """Return how much a figure usually moves from one period to the next; a thousandth of it where it never moved."""
    moves = [after - before for before, after in pairwise(values)]
    return max(pstdev([*moves, *(-move for move in moves)]), abs(values[-1]) / 1000)


def share_of(path: Path, day: date, calendar: WorkCalendar) -> float:
    """Return the share of the time until the deadline that is over by a day: last year's profile, else working days."""
    if path.profile:
        shares = (Decimal(0), *path.profile)
        return float(shares[min(day.month, len(shares) - 1)])
    before = date(path.start.year - 1, 12, 31)
    whole = calendar.count(before, path.deadline).days
    return calendar.count(before, day).days / whole if whole else 1.0


def _chance(
    path: Path,
    judged_as: JudgedAs,
    upper: Decimal | None,
    band: Decimal,
    point: float,
    spread: dict[str, float],
    reached: float | None,
) -> float | None:
    goal = float(path.goal)

    def below(value: float) -> float:
        if reached is not None and value <= reached:
            return 0.0
        return share_below(value - point, spread)

    match judged_as:
        case JudgedAs.AT_LEAST | JudgedAs.ABOVE | JudgedAs.REFERENCE:
            chance = 1 - below(goal)
        case JudgedAs.AT_MOST | JudgedAs.BELOW:
            chance = below(goal)
        case JudgedAs.WITHIN_BAND:
            margin = abs(goal) * float(band) / 100
            chance = below(goal + margin) - below(goal - margin)
        case JudgedAs.BETWEEN:
            chance = below(float(upper) if upper is not None else goal) - below(goal)
        case JudgedAs.EXACTLY:
            return None
    return min(0.98, max(0.02, chance))


def share_below(move: float, spread: dict[str, float]) -> float:
    """Return the share of cases that lay below a value, straight between the quantiles; outside of them that of the outermost halved."""
    points = sorted((value, float(share)) for share, value in spread.items())
    if move <= points[0][0]:
        return points[0][1] / 2
    for (low, share), (high, next_share) in pairwise(points):
        if move <= high:
            return share + (next_share - share) * ((move - low) / (high - low) if high > low else 1.0)
    return (1 + points[-1][1]) / 2


def _newest_of_each_day(observations: Sequence[Observation]) -> list[Observation]:
    by_day: dict[date, Observation] = {}
    for one in sorted(observations, key=lambda one: (one.day, one.entry)):
        by_day[one.day] = one
    return list(by_day.values())


def _told(value: float, newest: Decimal, goal: Decimal) -> Decimal:
    """Return a value with no more places than the figures have, and one at least where the promise is small."""
    places = max(0, *(-int(one.as_tuple().exponent) for one in (newest, goal)))
    if abs(goal) < 10:
        places = max(places, 1)
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places))


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
