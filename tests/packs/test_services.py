"""One-window services: items by channel, cases in time, the parts of starting a business."""

from datetime import date
from decimal import Decimal

import pytest
from pack_cast import Register

from luoshi.delivery.coverage import with_stated_limits
from luoshi.packs.services import PACK
from luoshi.plan.model import Comparator, Course, Deadline, JudgedAs, Origin, Target, TargetKind
from luoshi.register.procedure.check import faults_of


@pytest.mark.parametrize("key", ["service_items", "service_cases", "start_ups"])
def test_the_procedures_can_be_published(key):
    assert faults_of(PACK.procedures[key]) == ()


def test_items_count_once_they_are_offered_by_channel():
    r = Register(PACK, "service_items")
    r.open("a", "2026-01-05", stage="offered", mobile="是", provinces="是")
    r.open("b", "2026-01-05", stage="offered", mobile="是")
    r.open("c", "2026-01-05", mobile="是", provinces="是")
    r.move("c", "2026-04-01", "offered")
    assert r.figure("items", "2026-03-31") == (2, 2)
    assert r.figure("items", "2026-03-31", "mobile") == (2, 2)
    assert r.figure("items", "2026-04-01", "provinces") == (2, 2)
    r.close("a", "2026-05-06", "withdrawn")
    assert r.figure("items", "2026-05-31", "provinces") == (1, 1)


def test_cases_in_time_leave_withdrawn_ones_out():
    r = Register(PACK, "service_cases", is_dispatched=False)
    for key, day, outcome in [
        ("a", "2026-03-30", "granted"),
        ("b", "2026-03-31", "granted"),
        ("c", "2026-05-29", "withdrawn"),
    ]:
        r.open(key, "2026-03-02")
        r.move(key, "2026-03-03", "review")
        if outcome == "granted":
            r.move(key, day, "hand_out")
        r.close(key, day, outcome)
    # Twenty working days after 2 March end on the 30th.
    assert r.figure("in_time", "2026-12-31") == (Decimal("50.00"), 2)


def test_starting_a_business_has_two_steps_of_half_a_day_and_costs_nothing():
    procedure = PACK.procedures["start_ups"]
    assert [stage.limit.amount for stage in procedure.stages if stage.limit] == [
        Decimal("0.5"),
        Decimal("0.5"),
    ]
    assert procedure.limit is not None
    assert procedure.limit.amount == 1
    r = Register(PACK, "start_ups")
    assert r.figure("start_up_steps", "2026-12-31") == (2, 0)
    assert r.figure("start_up_time", "2026-12-31") == (None, 0)
    r.open("a", "2026-07-02T09:00", cost="0")
    r.move("a", "2026-07-02T11:00", "together")
    r.close("a", "2026-07-03T10:00", "opened")
    # The whole is one working day, and the first day does not count.
    assert r.figure("start_up_time", "2026-12-31") == (1, 1)
    assert r.figure("start_up_cost", "2026-12-31") == (0, 1)


@pytest.mark.parametrize(
    ("target", "parameter"),
    [
        ("实现“跨省通办”事项", "provinces"),
        ("事项从“网上办”到“掌上办”", "mobile"),
        ("“一网通办”事项", "web"),
        ("新推出“一事联办”服务", "joint"),
        ("办理代表建议", None),
    ],
)
def test_which_channel_stands_behind_which_target(target, parameter):
    assert PACK.indicators["items"].parameter_for(target) == parameter


def test_a_limit_that_the_report_promises_needs_no_class():
    given = Target(
        id="t-1", spans=(), text="企业开办时间压减至0.5个工作日", origin=Origin.HAND, commitment="c-1", indicator="企业开办时间",
        comparator=Comparator.LE, value=Decimal("0.5"), unit="个工作日", kind=TargetKind.DURATION,
        judged_as=JudgedAs.AT_MOST, course=Course.HOLD, deadline=Deadline(day=date(2026, 12, 31)), number=None,
    )  # fmt: skip
    found = with_stated_limits(PACK.procedures["start_ups"], [given], PACK)
    assert found.limit is not None
    assert found.limit.amount == Decimal("0.5")
