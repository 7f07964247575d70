"""Handling plans: who may do what when, and what stays as the baseline."""

from datetime import date
from decimal import Decimal

import pytest
from ledger_cast import SCHOOLS, Hand, note

from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.handling import (
    ContestKind,
    Handling,
    HandlingState,
    Milestone,
    PlannedDeliverable,
    Share,
    Step,
    approve,
    check,
    contest,
    decide_contest,
    file,
    give_back,
)

DAY = date(2026, 2, 10)


def planned(weight="1", due=date(2026, 11, 30), done_when="学校交付使用"):
    return PlannedDeliverable(
        id="d-open", done_when=done_when, evidence="备案表", due=due, weight=Decimal(weight)
    )


def plan(measures="分三批开工", **parts):
    return Handling(measures=measures, **parts)


@pytest.fixture
def hand():
    return Hand()


def record_of(hand):
    return hand.year.handling_of("L-1")


def filed(hand, handling=None, reason=None, on=DAY):
    return hand.write(
        file(record_of(hand), SCHOOLS, handling or plan(), unit="市教育局", on=on, reason=reason), on=on
    )


def refusal(action):
    with pytest.raises(DeliveryError) as caught:
        action()
    return caught.value.code


def test_a_filed_plan_waits_for_approval_and_is_in_force_once_approved(hand):
    assert record_of(hand).state is HandlingState.WAITING
    filing = filed(hand)
    assert (record_of(hand).state, record_of(hand).in_force) == (HandlingState.FILED, None)
    hand.write(approve(record_of(hand), filing=filing, on=DAY), on=DAY)
    assert record_of(hand).state is HandlingState.APPROVED
    assert record_of(hand).in_force == plan()


def test_an_amendment_needs_a_reason_and_leaves_the_baseline(hand):
    filing = filed(hand)
    hand.write(approve(record_of(hand), filing=filing, on=DAY), on=DAY)
    later = date(2026, 6, 1)
    assert refusal(lambda: filed(hand, plan("分两批开工"), on=later)) == "L204"
    filing = filed(hand, plan("分两批开工"), note("用地调整"), on=later)
    assert record_of(hand).in_force == plan()
    hand.write(approve(record_of(hand), filing=filing, on=later), on=later)
    assert record_of(hand).baseline == plan()
    assert record_of(hand).in_force == plan("分两批开工")
    assert record_of(hand).approvals[-1].reason == note("用地调整")


def test_a_returned_plan_can_be_filed_again(hand):
    filing = filed(hand)
    assert refusal(lambda: filed(hand)) == "L203"
    hand.write(give_back(record_of(hand), filing=filing, reason=note("请补季度安排"), on=DAY), on=DAY)
    assert record_of(hand).state is HandlingState.RETURNED
    assert record_of(hand).returned == note("请补季度安排")
    filed(hand, plan("含季度安排"))
    assert (record_of(hand).state, record_of(hand).returned) == (HandlingState.FILED, None)


def test_only_what_was_looked_at_can_be_approved(hand):
    first = filed(hand)
    hand.write(give_back(record_of(hand), filing=first, reason=note("补充"), on=DAY), on=DAY)
    filed(hand, plan("第二稿"))
    assert refusal(lambda: approve(record_of(hand), filing=first, on=DAY)) == "L209"
    assert refusal(lambda: give_back(record_of(hand), filing=first, reason=note("x"), on=DAY)) == "L209"


def test_a_contest_stops_filing_until_it_is_decided(hand):
    proposal = contest(
        record_of(hand),
        SCHOOLS,
        about=ContestKind.UNIT,
        proposed="市住建局",
        reason=note("不属我局职责"),
        unit="市教育局",
        on=DAY,
    )
    hand.write(proposal, on=DAY)
    assert record_of(hand).state is HandlingState.CONTESTED
    assert refusal(lambda: filed(hand)) == "L202"
    hand.write(decide_contest(record_of(hand), is_upheld=False, reason=note("按职责分工"), on=DAY), on=DAY)
    assert record_of(hand).state is HandlingState.WAITING
    assert record_of(hand).contests[0].is_upheld is False
    assert (
        refusal(lambda: decide_contest(record_of(hand), is_upheld=True, reason=note("x"), on=DAY)) == "L206"
    )
    filed(hand)


def test_a_contest_of_an_approved_plan_leaves_it_in_force(hand):
    filing = filed(hand)
    hand.write(approve(record_of(hand), filing=filing, on=DAY), on=DAY)
    hand.write(
        contest(
            record_of(hand),
            SCHOOLS,
            about=ContestKind.DEADLINE,
            proposed="2027年6月底",
            reason=note("工期不足"),
            unit="市教育局",
            on=DAY,
        ),
        on=DAY,
    )
    hand.write(decide_contest(record_of(hand), is_upheld=True, reason=note("同意"), on=DAY), on=DAY)
    assert record_of(hand).state is HandlingState.APPROVED
    assert record_of(hand).in_force == plan()


def test_another_unit_can_neither_file_nor_contest(hand):
    record = record_of(hand)
    assert refusal(lambda: file(record, SCHOOLS, plan(), unit="市住建局", on=DAY, reason=None)) == "L201"
    assert (
        refusal(
            lambda: contest(
                record,
                SCHOOLS,
                about=ContestKind.DROP,
                proposed="",
                reason=note("x"),
                unit="",
                on=DAY,
            )
        )
        == "L201"
    )


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"measures": " "}, "L210"),
        # 0.6 + 0.3 = 0.9
        ({"deliverables": (planned("0.6"), planned("0.3"))}, "L211"),
        # 1.5 - 0.5 = 1, but no weight may be below zero
        ({"deliverables": (planned("1.5"), planned("-0.5"))}, "L211"),
        ({"deliverables": (planned(done_when=" "),)}, "L212"),
        ({"deliverables": (planned(due=date(2027, 1, 1)),)}, "L213"),
        ({"milestones": (Milestone(target="t-other", day=date(2026, 6, 30), value=Decimal(1)),)}, "L214"),
        ({"milestones": (Milestone(target="t-schools", day=date(2025, 12, 31), value=Decimal(1)),)}, "L215"),
        ({"steps": (Step(quarter=1, text="甲"), Step(quarter=1, text="乙"))}, "L216"),
        ({"steps": (Step(quarter=5, text="甲"),)}, "L216"),
        ({"shares": (Share(unit="市水利局", task="供水"),)}, "L217"),
    ],
)
def test_what_does_not_fit_the_commitment_is_refused(parts, code):
    assert refusal(lambda: check(plan(**parts), SCHOOLS, year=2026)) == code


def test_a_sound_plan_is_taken():
    check(
        plan(
            deliverables=(planned("0.6"), planned("0.4")),
            milestones=(Milestone(target="t-schools", day=date(2026, 6, 30), value=Decimal(1)),),
            steps=tuple(Step(quarter=q, text="施工") for q in (1, 2, 3, 4)),
            shares=(Share(unit="市住建局", task="规划许可"),),
        ),
        SCHOOLS,
        year=2026,
    )
