"""Cases from intake to close, and what is refused on the way."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from case_cast import PERMIT, WHY, Book

from luoshi.cadence.workday import WorkCalendar
from luoshi.register.case import act
from luoshi.register.case.act import Act, Party
from luoshi.register.case.fold import fold
from luoshi.register.case.model import Case, CaseState, Channel
from luoshi.register.case.timing import timing_of
from luoshi.register.fault import RegisterError

CALENDAR = WorkCalendar()
DAY = date(2026, 3, 2)


def received(book: Book, **more: Any) -> Case:
    given = {"title": "城东小学扩建", "fields": {"kind": "房建"}, "number": "SG20260302-0001"} | more
    proposal = act.receive(PERMIT, 1, case="k1", channel=Channel.WINDOW, desk="市政务办", on=DAY, **given)
    return book.add(proposal, "2026-03-02")


def in_review(book: Book) -> Case:
    case = received(book)
    case = book.add(act.dispatch(case, PERMIT, to="市住建局", on=DAY), "2026-03-02T10:00")
    case = book.add(act.take_over(case, PERMIT, on=DAY), "2026-03-02T11:00")
    case = book.add(act.add_paper(case, PERMIT, paper="form", digest="sha256:aa", on=DAY), "2026-03-02T12:00")
    return book.add(act.move(case, PERMIT, to="review", on=DAY), "2026-03-02T15:00")


def with_all(book: Book, case: Case) -> Case:
    case = book.add(act.finish_task(case, PERMIT, task="fire", on=DAY), "2026-03-05")
    case = book.add(act.finish_task(case, PERMIT, task="plan", on=DAY), "2026-03-06")
    case = book.add(act.answer(case, PERMIT, check="drawn", is_yes=True, on=DAY), "2026-03-06")
    return book.add(act.fill(case, PERMIT, fields={"area": "1200"}, on=DAY), "2026-03-06")


def refused(code: str, make: Any, *args: Any, **more: Any) -> None:
    with pytest.raises(RegisterError) as caught:
        make(*args, **more)
    assert caught.value.code == code


def test_a_case_goes_from_intake_to_close() -> None:
    book = Book()
    case = received(book)
    assert (case.state, case.stage, case.unit, case.case_class) == (
        CaseState.RECEIVED,
        "accept",
        "",
        "public",
    )
    case = in_review(Book())
    assert (case.state, case.stage, case.holder) == (CaseState.UNDER_WAY, "review", "p-1")
    book = Book()
    case = with_all(book, in_review(book))
    case = book.add(act.move(case, PERMIT, to="build", on=DAY), "2026-03-09")
    assert case.unit == "市住建局"
    case = book.add(act.move(case, PERMIT, to="hand_over", on=DAY), "2026-09-01")
    case = book.add(act.close(case, PERMIT, outcome="granted", on=DAY), "2026-09-04")
    assert (case.state, case.outcome, case.closed) == (
        CaseState.CLOSED,
        "granted",
        datetime.fromisoformat("2026-09-04T09:00"),
    )
    assert [stay.stage for stay in case.stays] == ["accept", "review", "build", "hand_over"]
    assert fold(book.entries) == {"k1": case}
    assert case.trail == tuple(range(1, len(book.entries) + 1))


def test_a_stage_is_left_only_when_everything_it_asks_for_is_there() -> None:
    book = Book()
    case = in_review(book)
    assert act.missing(case, PERMIT) == ("消防审查", "规划审查", "图纸齐全", "建筑面积")
    refused("R412", act.move, case, PERMIT, to="build", on=DAY)
    assert act.missing(with_all(book, case), PERMIT) == ()


def test_a_stage_cannot_be_jumped_over_and_going_back_needs_a_reason() -> None:
    book = Book()
    case = with_all(book, in_review(book))
    refused("R411", act.move, case, PERMIT, to="hand_over", on=DAY)
    case = book.add(act.move(case, PERMIT, to="build", on=DAY), "2026-03-09")
    case = book.add(act.move(case, PERMIT, to="hand_over", on=DAY), "2026-03-10")
    refused("R408", act.move, case, PERMIT, to="review", on=DAY)
    case = book.add(act.move(case, PERMIT, to="review", reason=WHY, on=DAY), "2026-03-11")
    assert case.stage == "review"
    assert set(act.missing(case, PERMIT)) == {"消防审查", "规划审查"}


def test_clocks_of_the_whole_the_stage_and_the_tasks() -> None:
    book = Book()
    case = in_review(book)
    at = datetime.fromisoformat("2026-03-06T10:00")
    timing = timing_of(case, PERMIT, at=at, calendar=CALENDAR)
    assert timing.whole is not None
    assert timing.stage is not None
    # From Monday 2 March: 20 working days end on Monday the 30th, ten on the 16th, five on the 9th.
    assert timing.whole.due_day == date(2026, 3, 30)
    assert timing.stage.due_day == date(2026, 3, 16)
    assert timing.tasks["fire"].due_day == date(2026, 3, 9)
    assert timing.due == timing.tasks["fire"].due
    assert timing.whole.elapsed == 4


def test_a_stage_that_is_not_counted_lets_the_clock_of_the_whole_stand_still() -> None:
    book = Book()
    case = with_all(book, in_review(book))
    case = book.add(act.move(case, PERMIT, to="build", on=DAY), "2026-03-09")
    at = datetime.fromisoformat("2026-06-01T10:00")
    whole = timing_of(case, PERMIT, at=at, calendar=CALENDAR).whole
    assert whole is not None
    # 3, 4, 5, 6 and 9 March were used.
    assert (whole.elapsed, whole.due, whole.is_paused) == (5, None, True)
    case = book.add(act.move(case, PERMIT, to="hand_over", on=DAY), "2026-06-01")
    whole = timing_of(case, PERMIT, at=at, calendar=CALENDAR).whole
    assert whole is not None
    # Fifteen working days after Monday 1 June: the 19th is a day off, so the 23rd.
    assert (whole.elapsed, whole.due_day) == (5, date(2026, 6, 23))


def test_a_pause_needs_a_reason_of_the_procedure_and_ends_when_it_is_lifted() -> None:
    book = Book()
    case = in_review(book)
    refused("R409", act.pause, case, PERMIT, reason="auction", on=DAY)
    case = book.add(act.pause(case, PERMIT, reason="supplement", on=DAY), "2026-03-03")
    assert case.state is CaseState.PAUSED
    refused("R401", act.move, case, PERMIT, to="build", on=DAY)
    case = book.add(act.resume(case, PERMIT, on=DAY), "2026-03-06")
    at = datetime.fromisoformat("2026-03-06T10:00")
    whole = timing_of(case, PERMIT, at=at, calendar=CALENDAR).whole
    assert whole is not None
    # 4, 5 and 6 March stood still.
    assert (whole.due_day, whole.paused, whole.elapsed) == (date(2026, 4, 2), 3, 1)


def test_more_time_is_given_up_to_what_the_procedure_allows() -> None:
    book = Book()
    case = in_review(book)
    case = book.add(act.extend(case, PERMIT, amount=Decimal(6), reason=WHY, on=DAY), "2026-03-03")
    refused("R410", act.extend, case, PERMIT, amount=Decimal(5), reason=WHY, on=DAY)
    refused("R410", act.extend, case, PERMIT, amount=Decimal(0), reason=WHY, on=DAY)
    at = datetime.fromisoformat("2026-03-06T10:00")
    whole = timing_of(case, PERMIT, at=at, calendar=CALENDAR).whole
    assert whole is not None
    assert whole.due_day == date(2026, 4, 8)
    assert "试行办法第五条" in " ".join(reason.describe() for reason in whole.reasons)


def test_returned_transferred_and_dispatched_again() -> None:
    book = Book()
    case = received(book)
    case = book.add(act.dispatch(case, PERMIT, to="市水利局", on=DAY), "2026-03-02T10:00")
    case = book.add(act.send_back(case, PERMIT, reason=WHY, on=DAY), "2026-03-02T11:00")
    assert (case.state, case.unit) == (CaseState.RECEIVED, "")
    case = book.add(act.dispatch(case, PERMIT, to="市住建局", on=DAY), "2026-03-02T12:00")
    refused("R407", act.transfer, case, PERMIT, to="市住建局", reason=WHY, on=DAY)
    case = book.add(act.transfer(case, PERMIT, to="市城管委", reason=WHY, on=DAY), "2026-03-03")
    assert (case.state, case.unit) == (CaseState.DISPATCHED, "市城管委")
    assert act.units_of(case, PERMIT) == {"市政务办", "市城管委"}


def test_reopened_time_while_closed_does_not_count() -> None:
    book = Book()
    case = in_review(book)
    case = book.add(act.close(case, PERMIT, outcome="withdrawn", reason=WHY, on=DAY), "2026-03-04")
    refused("R401", act.fill, case, PERMIT, fields={"area": "1"}, on=DAY)
    case = book.add(act.reopen(case, PERMIT, reason=WHY, on=DAY), "2026-03-11")
    assert (case.state, case.stage, case.reopened, case.closed) == (CaseState.UNDER_WAY, "review", 1, None)
    whole = timing_of(case, PERMIT, at=datetime.fromisoformat("2026-03-12T10:00"), calendar=CALENDAR).whole
    assert whole is not None
    # 5, 6, 9, 10 and 11 March were closed; 3, 4 and 12 are used.
    assert (whole.paused, whole.elapsed) == (5, 3)
    assert fold(book.entries)["k1"] == case


def test_amounts_need_proof_and_can_be_corrected() -> None:
    book = Book()
    case = in_review(book)
    state = {"series": "spent", "on": DAY}
    refused("R417", act.state_amount, case, PERMIT, month="2026-02", value=Decimal(50), **state)
    refused(
        "R415",
        act.state_amount,
        case,
        PERMIT,
        month="2026-04",
        value=Decimal(50),
        evidence=["sha256:b"],
        **state,
    )
    refused(
        "R415",
        act.state_amount,
        case,
        PERMIT,
        month="2026-13",
        value=Decimal(50),
        evidence=["sha256:b"],
        **state,
    )
    refused("R416", act.state_amount, case, PERMIT, month="2026-02", value=Decimal(-1), **state)
    case = book.add(
        act.state_amount(case, PERMIT, month="2026-02", value=Decimal(50), evidence=["sha256:b"], **state),
        "2026-03-03",
    )
    again = act.state_amount(case, PERMIT, month="2026-02", value=Decimal(50), evidence=["sha256:b"], **state)
    assert again is None
    case = book.add(
        act.state_amount(case, PERMIT, month="2026-02", value=Decimal(40), evidence=["sha256:c"], **state),
        "2026-03-04",
    )
    case = book.add(
        act.state_amount(case, PERMIT, month="2026-03", value=Decimal(5), evidence=["sha256:c"], **state),
        "2026-03-04",
    )
    assert case.total_of("spent", "2026-02") == 40
    assert case.total_of("spent") == 45
    assert len(case.amounts["spent"]["2026-02"].earlier) == 1


def test_what_blocks_a_case_who_removes_it_and_by_when() -> None:
    book = Book()
    case = in_review(book)
    refused(
        "R419",
        act.block,
        case,
        PERMIT,
        kind="用地",
        note=WHY,
        unit="市自然资源局",
        due=date(2026, 3, 1),
        on=DAY,
    )
    refused("R418", act.block, case, PERMIT, kind="用地", note=WHY, unit="", due=date(2026, 3, 9), on=DAY)
    case = book.add(
        act.block(case, PERMIT, kind="用地", note=WHY, unit="市自然资源局", due=date(2026, 3, 20), on=DAY),
        "2026-03-04",
    )
    assert [one.unit for one in case.blocked_by] == ["市自然资源局"]
    assert "市自然资源局" in act.units_of(case, PERMIT)
    case = book.add(act.unblock(case, PERMIT, obstacle="o1", on=DAY), "2026-03-10")
    assert case.blocked_by == ()


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("R402", {"title": " "}),
        ("R403", {"case_class": "huge"}),
        ("R403", {"stage": "nowhere"}),
        ("R404", {"fields": {"kind": "房建", "colour": "red"}}),
        ("R404", {"fields": {"kind": "房建", "applicant": "某某"}}),
        ("R405", {"fields": {"kind": "桥"}}),
        ("R405", {"fields": {"kind": "房建", "area": "很大"}}),
        ("R406", {"fields": {}}),
    ],
)
def test_intake_refuses_what_does_not_fit(code: str, more: dict[str, Any]) -> None:
    with pytest.raises(RegisterError) as caught:
        received(Book(), **more)
    assert caught.value.code == code


def test_who_may_do_what() -> None:
    book = Book()
    case = in_review(book)
    assert act.party_of(Act.EXTEND) is Party.HEAD
    assert act.units_for(case, Act.MOVE, PERMIT) == {"市住建局"}
    assert act.units_for(case, Act.DISPATCH, PERMIT) == {"市政务办"}
    assert act.units_for(case, Act.FINISH_TASK, PERMIT, "fire") == {"市消防救援支队"}
    # A task that names no unit is that of the unit which has the case.
    assert act.units_for(case, Act.FINISH_TASK, PERMIT, "plan") == {"市住建局"}


def test_a_closed_case_is_rated_once() -> None:
    book = Book()
    case = book.add(act.close(in_review(book), PERMIT, outcome="withdrawn", reason=WHY, on=DAY), "2026-03-04")
    refused("R421", act.rate, case, PERMIT, rating=6, on=DAY)
    case = book.add(act.rate(case, PERMIT, rating=4, on=DAY), "2026-03-05")
    refused("R401", act.rate, case, PERMIT, rating=5, on=DAY)
