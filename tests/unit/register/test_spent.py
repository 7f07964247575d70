"""Where the days go: working days by stage less pauses, nearest ranks, what clocks stood still for."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from case_cast import PERMIT

from luoshi.cadence.array import WorkdayTable
from luoshi.cadence.clock import Pause
from luoshi.cadence.workday import WorkCalendar
from luoshi.register.case.model import Case, CaseState, Channel, Stay
from luoshi.register.case.spent import PauseSpent, StageSpent, spent

TABLE = WorkdayTable(WorkCalendar(), 2025, 2027)
SINCE, UNTIL = date(2026, 1, 1), date(2026, 6, 30)


def at(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 10)  # noqa: DTZ001 -- wall clock of the place


def case(n: int, *stays: Stay, pauses: tuple[Pause, ...] = (), case_class: str = "small") -> Case:
    return Case(
        id=f"k-{n}", number=f"N-{n}", procedure="permit", version=1, case_class=case_class, title="扩建", channel=Channel.WINDOW, desk="一", unit="一",
        state=CaseState.UNDER_WAY, stays=stays, pauses=pauses, opened=stays[0].since,
    )  # fmt: skip


def review(first: tuple[int, int], last: tuple[int, int] | None) -> Stay:
    return Stay(stage="review", since=at(*first), until=at(*last) if last else None)


def test_working_days_of_a_stay_leave_out_the_first_day_and_pauses() -> None:
    # 2 March 2026 is a Monday. To Friday 13 March: 9 working days; paused from Wednesday 4 to Monday 9: 3 of them.
    pause = Pause(since=at(3, 4), until=at(3, 9), reason="supplement")
    found = spent([case(1, review((3, 2), (3, 13)), pauses=(pause,))], PERMIT, TABLE, SINCE, UNTIL)
    assert found.stages == (StageSpent("small", "review", 1, 6, 6, 6),)
    assert found.pauses == (PauseSpent("supplement", 1, 3),)
    assert found.cases == 1


def test_ranks_are_those_of_the_nearest_stay() -> None:
    # From Monday 2 March, ended 3, 4, 5, 6 and 9 March: 1, 2, 3, 4 and 5 working days.
    stays = [review((3, 2), (3, day)) for day in (9, 3, 6, 4, 5)]
    found = spent([case(n, stay) for n, stay in enumerate(stays)], PERMIT, TABLE, SINCE, UNTIL)
    assert found.stages == (StageSpent("small", "review", 5, 3, 5, 5),)


@pytest.mark.parametrize(
    "stay",
    [
        review((3, 2), None),
        Stay(stage="review", since=at(12, 1, 2025), until=at(12, 31, 2025)),
        review((6, 1), (7, 1)),
    ],
    ids=["lasts", "ended before", "ends after"],
)
def test_only_stays_that_ended_in_the_window_count(stay: Stay) -> None:
    assert spent([case(1, stay)], PERMIT, TABLE, SINCE, UNTIL).stages == ()


def test_classes_and_stages_stand_in_the_order_of_the_procedure() -> None:
    first = Stay(stage="accept", since=at(3, 2), until=at(3, 3))
    cases = [case(1, first, review((3, 3), (3, 4))), case(2, first, case_class="public")]
    found = spent(cases, PERMIT, TABLE, SINCE, UNTIL)
    assert [(one.case_class, one.stage) for one in found.stages] == [
        ("public", "accept"),
        ("small", "accept"),
        ("small", "review"),
    ]
