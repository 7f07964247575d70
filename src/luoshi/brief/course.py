"""The chart of a target (指标进度图): what the year and the plan know of its course, as a `CourseChart`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from luoshi.brief.chart import CourseChart, Fan, Mark
from luoshi.cadence.cycle import Frequency, periods_of
from luoshi.delivery.judging import Ground, path_of
from luoshi.delivery.year import Year
from luoshi.ledger.observation import Observation
from luoshi.plan.model import Target
from luoshi.status.course import expected_on
from luoshi.status.forecast import Forecast


def chart_of(
    year: Year,
    target: Target,
    lineage: str,
    ground: Ground,
    *,
    as_of: date,
    observations: Sequence[Observation],
    foretold: Forecast | None,
) -> CourseChart:
    """Return the chart of a target.

    Args:
        year: The year as known.
        target: The target.
        lineage: Its commitment.
        ground: Targets and calendar.
        as_of: Day as of which it is shown.
        observations: Figures that count, in any order; of one day the last known is drawn.
        foretold: What is foretold; None for nothing.
    """
    path = path_of(year, target, lineage, ground)
    expected = []
    if path is not None:
        for period in periods_of(ground.year, Frequency.MONTH):
            value = expected_on(path, period.end, ground.calendar).value
            if value is not None:
                expected.append(Mark(period.end, value))
    by_day = {one.day: one for one in sorted(observations, key=lambda one: (one.day, one.entry))}
    return CourseChart(
        title=target.indicator or target.text,
        unit=target.unit,
        year=ground.year,
        goal=path.goal if path is not None else None,
        upper=target.upper,
        expected=tuple(expected) if len(expected) > 1 else (),
        actual=tuple(Mark(one.day, one.value, one.is_accepted) for one in by_day.values()),
        as_of=as_of,
        fan=_fan(foretold, ground.year),
    )


def _fan(foretold: Forecast | None, year: int) -> Fan | None:
    """Return what is foretold for the chart; nothing for a day that is not on its axis."""
    if foretold is None or foretold.day is None or foretold.day.year != year:
        return None
    if foretold.value is None or foretold.low is None or foretold.high is None:
        return None
    return Fan(foretold.day, foretold.value, foretold.low, foretold.high)
