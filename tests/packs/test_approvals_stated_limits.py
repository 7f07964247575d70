"""A pack's procedure begins with the limits that the report itself promises."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luoshi.cadence.limit import PeriodType
from luoshi.delivery.coverage import with_stated_limits
from luoshi.packs import packs
from luoshi.plan.model import Comparator, Course, Deadline, JudgedAs, Origin, Target, TargetKind
from luoshi.register.procedure.model import Procedure

PACK = packs()["approvals"]
APPROVALS = PACK.procedures["approvals"]


def target(name: str, value: str | None, unit: str = "个工作日") -> Target:
    return Target(
        id=f"t-{name}-{value}", spans=(), text=f"{name}压减至{value}{unit}", origin=Origin.HAND, commitment="c-1", indicator=name,
        comparator=Comparator.LE, value=None if value is None else Decimal(value), unit=unit, kind=TargetKind.DURATION,
        judged_as=JudgedAs.AT_MOST, course=Course.HOLD, deadline=Deadline(day=date(2026, 12, 31)), number=None,
    )  # fmt: skip


def amounts(procedure: Procedure) -> dict[str, Decimal]:
    return {one.key: one.limit.amount for one in procedure.classes if one.limit}


def test_classes_that_the_report_names_get_its_limit_and_the_others_keep_theirs() -> None:
    found = with_stated_limits(
        APPROVALS, [target("政府投资项目审批时间", "75"), target("小型项目审批时限", "35")], PACK
    )
    # 80, 60 and 40 stand in the pack.
    assert amounts(found) == {"public": Decimal(75), "private": Decimal(60), "small": Decimal(35)}
    limit = found.classes[0].limit
    assert limit is not None
    assert limit.type is PeriodType.WORKING_DAY
    assert limit.basis == "政府工作报告：“政府投资项目审批时间压减至75个工作日”"


def test_of_several_limits_of_a_class_the_shortest_counts() -> None:
    given = [target("政府投资项目审批时间", value) for value in ("70", "60", "65")]
    assert amounts(with_stated_limits(APPROVALS, given, PACK))["public"] == Decimal(60)


@pytest.mark.parametrize(
    "given",
    [
        target("政府投资项目审批时间", None),
        target("政府投资项目审批时间", "3", "个月"),
        target("财政收入", "75"),
    ],
    ids=["no number", "another unit", "another figure"],
)
def test_what_limits_nothing_changes_nothing(given: Target) -> None:
    assert with_stated_limits(APPROVALS, [given], PACK) == APPROVALS
