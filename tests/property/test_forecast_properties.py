"""Forecasts: a higher figure never lowers one, the interval holds the middle, the chance falls as more is promised."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luoshi.cadence.cycle import Frequency, periods_of
from luoshi.cadence.workday import WorkCalendar
from luoshi.ledger.observation import Attestation, Computed, Observation
from luoshi.plan.model import Course, JudgedAs
from luoshi.status.course import Path
from luoshi.status.forecast import Forecast, forecast

CALENDAR = WorkCalendar()
ENDS = [period.end for period in periods_of(2026, Frequency.MONTH)]
COURSES = st.sampled_from([Course.CUMULATIVE, Course.HOLD, Course.FROM_BASE])
VALUES = st.lists(st.integers(0, 10_000), min_size=3, max_size=11)


def foretold(values: list[int], course: Course, goal: int, judged: JudgedAs = JudgedAs.AT_LEAST) -> Forecast:
    if course is Course.CUMULATIVE:
        values = sorted(values)
    known = [
        Observation(
            day=day, value=Decimal(value), computed=Computed.IMPORTED, attestation=Attestation.THIRD_PARTY, is_accepted=True, entry=1, known=day,
        )
        for day, value in zip(ENDS, values, strict=False)
    ]  # fmt: skip
    path = Path(course=course, start=date(2026, 1, 1), deadline=date(2026, 12, 31), goal=Decimal(goal))
    return forecast(
        path, known, judged_as=judged, upper=None, band=Decimal(5), stale=92, on=known[-1].day, calendar=CALENDAR,
    )  # fmt: skip


@given(VALUES, COURSES, st.integers(1, 10_000))
def test_the_interval_holds_the_middle(values: list[int], course: Course, goal: int) -> None:
    found = foretold(values, course, goal)
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.high
    if course is not Course.CUMULATIVE:
        assert found.low <= found.value <= found.high
    assert found.chance is not None
    assert Decimal("0.02") <= found.chance <= Decimal("0.98")


@given(VALUES, st.integers(1, 500), st.integers(1, 10_000))
def test_more_so_far_never_lowers_what_is_foretold(values: list[int], more: int, goal: int) -> None:
    ordered = sorted(values)
    higher = [*ordered[:-1], ordered[-1] + more]
    before, after = foretold(ordered, Course.CUMULATIVE, goal), foretold(higher, Course.CUMULATIVE, goal)
    assert after.value >= before.value  # type: ignore[operator]
    assert after.chance >= before.chance  # type: ignore[operator]


@given(VALUES, COURSES, st.integers(1, 10_000), st.integers(1, 10_000))
def test_a_higher_promise_is_no_likelier(values: list[int], course: Course, one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert foretold(values, course, high).chance <= foretold(values, course, low).chance  # type: ignore[operator]
    ceiling = JudgedAs.AT_MOST
    assert foretold(values, course, high, ceiling).chance >= foretold(values, course, low, ceiling).chance  # type: ignore[operator]
