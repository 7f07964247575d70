"""The course of a figure as a drawing (进度图): promised value as a line, expected course dashed, actual solid; one spec for page and document.

The drawing is SVG with presentation attributes and classes alone, without scripts and inline styles, so that it can stand on any page. What it shows can
be had as a table (`table_of`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from luoshi.kernel.label import Language

WIDTH, HEIGHT = 720, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 96, 18, 30
_MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """A value on a day; `is_accepted` tells whether the supervisor accepted it."""

    day: date
    value: Decimal
    is_accepted: bool = True


@dataclass(frozen=True, slots=True)
class Fan:
    """What is foretold for a day: middle, lower and upper end."""

    day: date
    value: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class CourseChart:
    """What a chart of a figure shows.

    Attributes:
        title: What is measured.
        unit: Unit of the values.
        year: Year on the axis.
        goal: Promised value; None where it is not known.
        upper: Upper end of a promised range.
        expected: Expected values, by day.
        actual: Known values, by day.
        as_of: Day as of which it is shown.
        fan: What is foretold, drawn from the newest known value; None for nothing.
    """

    title: str
    unit: str
    year: int
    goal: Decimal | None
    upper: Decimal | None
    expected: tuple[Mark, ...]
    actual: tuple[Mark, ...]
    as_of: date
    fan: Fan | None = None


_WORDS = {
    "goal": {"zh": "承诺", "en": "promised"},
    "expected": {"zh": "应达", "en": "expected"},
    "actual": {"zh": "实际", "en": "actual"},
    "forecast": {"zh": "预测", "en": "forecast"},
    "as_of": {"zh": "截至", "en": "as of"},
    "day": {"zh": "日期", "en": "day"},
    "month": {"zh": "{}月", "en": "{}"},
}


def table_of(chart: CourseChart, language: Language = "zh") -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the table behind a chart: head, and one row a day that has a value."""
    expected = {mark.day: mark.value for mark in chart.expected}
    actual = {mark.day: mark.value for mark in chart.actual}
    head = tuple(_WORDS[name][language] for name in ("day", "expected", "actual"))
    rows: list[tuple[str, ...]] = [
        (day.isoformat(), _number(expected.get(day)), _number(actual.get(day)))
        for day in sorted({*expected, *actual})
    ]
    if chart.fan is not None:
        fan = chart.fan
        told = f"{_number(fan.value)}（{_number(fan.low)}–{_number(fan.high)}）"
        rows.append((f"{_WORDS['forecast'][language]} {fan.day.isoformat()}", "—", told))
    return head, rows


def to_svg(chart: CourseChart, language: Language = "zh", *, identity: str = "chart") -> str:
    """Return the drawing.

    Args:
        chart: What it shows.
        language: Language of its words.
        identity: Prefix of the identities inside, so that several can stand on one page.
    """
    low, high, step = _scale(chart)
    first, last = date(chart.year, 1, 1), date(chart.year, 12, 31)
    whole = (last - first).days

    def x(day: date) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * min(max((day - first).days, 0), whole) / whole

    def y(value: Decimal) -> float:
        share = float((value - low) / (high - low)) if high != low else 0.5
        return _TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - share)

    label = f"{chart.title}（{chart.unit}）" if chart.unit else chart.title
    parts = [
        f'<svg class="course-chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{identity}-title" xmlns="http://www.w3.org/2000/svg">',
        f'<title id="{identity}-title">{escape(label)}</title>',
    ]
    value = low
    while value <= high:
        at = y(value)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>')
        parts.append(
            f'<text class="axis" x="{_LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{_number(value)}</text>'
        )
        value += step
    for month in range(1, 13):
        middle = x(date(chart.year, month, 15))
        text = _WORDS["month"][language].format(month)
        parts.append(
            f'<text class="axis" x="{middle:.1f}" y="{HEIGHT - 10}" text-anchor="middle">{text}</text>'
        )
    if first <= chart.as_of <= last:
        at = x(chart.as_of)
        parts.append(f'<line class="as-of" x1="{at:.1f}" x2="{at:.1f}" y1="{_TOP}" y2="{HEIGHT - _BOTTOM}"/>')
    labels: list[tuple[float, str, str]] = []
    if chart.goal is not None:
        if chart.upper is not None:
            top, bottom = y(chart.upper), y(chart.goal)
            parts.append(
                f'<rect class="goal-band" x="{_LEFT}" y="{top:.1f}" width="{WIDTH - _LEFT - _RIGHT}" height="{bottom - top:.1f}"/>'
            )
        at = y(chart.goal)
        parts.append(f'<line class="goal" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>')
        labels.append((at, "goal", f"{_WORDS['goal'][language]} {_number(chart.goal)}"))
    if len(chart.expected) > 1:
        points = " ".join(f"{x(mark.day):.1f},{y(mark.value):.1f}" for mark in chart.expected)
        parts.append(f'<polyline class="expected" points="{points}"/>')
    if chart.actual:
        points = " ".join(f"{x(mark.day):.1f},{y(mark.value):.1f}" for mark in chart.actual)
        parts.append(f'<polyline class="actual" points="{points}"/>')
        for mark in chart.actual:
            kind = "dot" if mark.is_accepted else "dot open"
            parts.append(
                f'<circle class="{kind}" cx="{x(mark.day):.1f}" cy="{y(mark.value):.1f}" r="3.5"><title>{mark.day.isoformat()}: {_number(mark.value)}</title></circle>'
            )
        newest = chart.actual[-1]
        if chart.fan is not None:
            fan, start = chart.fan, f"{x(newest.day):.1f},{y(newest.value):.1f}"
            end = x(fan.day)
            parts.append(
                f'<polygon class="fan" points="{start} {end:.1f},{y(fan.high):.1f} {end:.1f},{y(fan.low):.1f}"/>'
            )
            parts.append(f'<polyline class="foretold" points="{start} {end:.1f},{y(fan.value):.1f}"/>')
            labels.append((y(fan.value), "foretold", f"{_WORDS['forecast'][language]} {_number(fan.value)}"))
        labels.append((y(newest.value), "actual", f"{_WORDS['actual'][language]} {_number(newest.value)}"))
    parts += [
        f'<text class="label {name}" x="{WIDTH - _RIGHT + 6}" y="{at:.1f}">{escape(text)}</text>'
        for at, name, text in _apart(labels)
    ]
    return "".join([*parts, "</svg>"])


def _apart(labels: Sequence[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """Move labels apart that would overlap, inside of the drawing."""
    placed: list[tuple[float, str, str]] = []
    for at, name, text in sorted(labels):
        wanted = max(at + 4, placed[-1][0] + 16 if placed else _TOP + 8)
        placed.append((min(wanted, HEIGHT - _BOTTOM), name, text))
    return placed


def _scale(chart: CourseChart) -> tuple[Decimal, Decimal, Decimal]:
    """Return the least and the greatest value on the axis, and the step between its ticks."""
    values = [mark.value for mark in (*chart.expected, *chart.actual)]
    values += [value for value in (chart.goal, chart.upper) if value is not None]
    if chart.fan is not None:
        values += [chart.fan.low, chart.fan.high]
    if not values:
        return Decimal(0), Decimal(1), Decimal(1)
    low, high = min(values), max(values)
    if low >= 0 and low < high * Decimal("0.6"):
        low = Decimal(0)
    if low == high:
        spread = abs(high) / 10 or Decimal(1)
        low, high = low - spread, high + spread
    step = _nice((high - low) / _MOST_TICKS)
    return (
        (low / step).to_integral_value("ROUND_FLOOR") * step,
        (high / step).to_integral_value("ROUND_CEILING") * step,
        step,
    )


def _nice(rough: Decimal) -> Decimal:
    power = Decimal(10) ** math.floor(math.log10(rough))
    for factor in (1, 2, Decimal("2.5"), 5, 10):
        if rough <= factor * power:
            return factor * power
    return 10 * power


def _number(value: Decimal | None) -> str:
    if value is None:
        return "—"
    if value == 0:
        return "0"
    return format(value.normalize(), ",f")
