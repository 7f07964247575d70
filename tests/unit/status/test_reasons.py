"""Every reason of a light and every rule of a course, each reached by values worked by hand."""

from datetime import date
from decimal import Decimal as D

import msgspec
import pytest

from luoshi.cadence.workday import WorkCalendar
from luoshi.ledger.observation import Attestation, Computed, Observation
from luoshi.plan.model import Course, JudgedAs
from luoshi.status.course import Path, Point, expected_on
from luoshi.status.light import (
    Colour,
    DeliverableInputs,
    TargetInputs,
    of_commitment,
    of_deliverable,
    of_target,
)
from luoshi.status.rule import rule_on

CALENDAR = WorkCalendar()
JUNE, END = date(2026, 6, 30), date(2026, 12, 31)
RULE = rule_on(JUNE)
BLUE, GREEN, YELLOW, RED, GREY, WHITE = (
    Colour.DONE,
    Colour.ON_COURSE,
    Colour.BEHIND,
    Colour.FAR_BEHIND,
    Colour.SILENT,
    Colour.NOT_STARTED,
)


def path(course=Course.CUMULATIVE, goal="100", base=None, milestones=(), profile=(), deadline=END):
    return Path(
        course=course,
        start=date(2026, 1, 1),
        deadline=deadline,
        goal=D(goal),
        base=None if base is None else D(base),
        milestones=tuple(Point(day=day, value=D(value)) for day, value in milestones),
        profile=tuple(D(share) for share in profile),
    )


@pytest.mark.parametrize(
    ("course", "day", "value", "code"),
    [
        # 120 of the year's 248 working days are over by 30 June (counted in test_light): 248 × 120 / 248.
        (path(goal="248"), JUNE, "120", "S100"),
        # From 100 to 348 the same share: 100 + 120.
        (path(Course.FROM_BASE, "348", "100"), JUNE, "220", "S100"),
        # Falling from 348 to 100: 348 - 120.
        (path(Course.FROM_BASE, "100", "348"), JUNE, "228", "S100"),
        # On a milestone its value; milestones at or after the deadline do not count.
        (path(milestones=[(JUNE, "30"), (END, "90")]), JUNE, "30", "S101"),
        # Half-way between 30 June (30) and the end (100) there are 128 working days in between; 21 of them lie in July to the 29th
        # (23 weekdays from the 1st to the 31st, less the 30th and 31st): 30 + 70 × 21 / 128 = 41.484375.
        (path(milestones=[(JUNE, "30")]), date(2026, 7, 29), "41.4844", "S101"),
        # Last year 5 % came by the end of January and 20 % by the end of February; 14 of 28 days of February are over: 5 + 15 / 2 = 12.5 %.
        (path(goal="200", profile=("0.05", "0.20")), date(2026, 2, 14), "25", "S102"),
        (path(Course.HOLD, "5.5"), JUNE, "5.5", "S103"),
        (path(), END, "100", "S104"),
        (path(deadline=JUNE), JUNE, "100", "S104"),
        (path(Course.STEP), JUNE, None, "S105"),
        (path(Course.ANNUAL), JUNE, None, "S105"),
        (path(Course.FROM_BASE), JUNE, None, "S106"),
    ],
)
def test_what_is_expected(course, day, value, code):
    found = expected_on(course, day, CALENDAR)
    assert (found.value, found.code) == (None if value is None else D(value), code)


def seen(value, day=JUNE, *, accepted=True):
    return Observation(
        day=day, value=D(value), computed=Computed.REPORTED, attestation=Attestation.HEAD, is_accepted=accepted, entry=1, known=day,
    )  # fmt: skip


def target(judged=JudgedAs.AT_LEAST, course=None, *observations, due_since=None, starts=date(2026, 1, 1)):
    return TargetInputs(
        target="t", judged_as=judged, path=course, unit="家", observations=tuple(observations), due_since=due_since, starts=starts,
    )  # fmt: skip


HALF = path(milestones=[(JUNE, "50")])
HELD = path(Course.HOLD, "100")
AUGUST, LATER = date(2026, 8, 3), date(2027, 2, 1)
FLOOR, CEILING = JudgedAs.AT_LEAST, JudgedAs.AT_MOST


@pytest.mark.parametrize(
    ("inputs", "on", "colour", "code"),
    [
        (target(FLOOR, HALF, starts=date(2026, 9, 1)), AUGUST, WHITE, "S201"),
        (target(JudgedAs.REFERENCE, None), AUGUST, WHITE, "S202"),
        (target(JudgedAs.REFERENCE, None, due_since=JUNE), AUGUST, GREY, "S203"),
        (target(FLOOR, HALF), AUGUST, WHITE, "S204"),
        (target(FLOOR, HALF, due_since=JUNE), AUGUST, GREY, "S205"),
        (target(FLOOR, HALF, seen("50", date(2026, 5, 31)), due_since=JUNE), AUGUST, GREY, "S206"),
        (target(FLOOR, HALF, seen("100")), AUGUST, BLUE, "S210"),
        (target(FLOOR, HALF, seen("100", END)), LATER, BLUE, "S210"),
        (target(FLOOR, HALF, seen("100", accepted=False)), AUGUST, GREEN, "S211"),
        (target(FLOOR, HALF, seen("100", END, accepted=False)), LATER, GREEN, "S211"),
        (target(FLOOR, HALF, seen("99", END)), LATER, RED, "S212"),
        (target(FLOOR, HALF, seen("99", date(2026, 11, 30))), LATER, RED, "S213"),
        (target(CEILING, HELD, seen("99", date(2026, 11, 30))), LATER, GREY, "S214"),
        (target(FLOOR, HALF, seen("99", date(2026, 11, 30)), due_since=END), LATER, RED, "S215"),
        (target(FLOOR, HALF, due_since=END), LATER, RED, "S215"),
        (target(CEILING, HELD, seen("100")), AUGUST, GREEN, "S220"),
        (target(CEILING, HELD, seen("105")), AUGUST, YELLOW, "S221"),
        (target(CEILING, HELD, seen("106")), AUGUST, RED, "S221"),
        (target(CEILING, path(), seen("101")), AUGUST, RED, "S223"),
        (target(FLOOR, HALF, seen("50")), AUGUST, GREEN, "S230"),
        (target(FLOOR, HALF, seen("39")), AUGUST, YELLOW, "S231"),
        (target(FLOOR, HALF, seen("10")), AUGUST, RED, "S231"),
        (target(FLOOR, path(Course.STEP), seen("0")), AUGUST, GREEN, "S232"),
        (target(FLOOR, path(Course.FROM_BASE), seen("90")), AUGUST, YELLOW, "S233"),
        (target(FLOOR, HALF, seen("41")), AUGUST, GREEN, "S234"),
        # A floor below the base has only to hold: 118 after 120. 119 is fine though it fell; 117 is within 5 % (5.9); 112 is not.
        (target(FLOOR, path(Course.FROM_BASE, "118", "120"), seen("119")), AUGUST, GREEN, "S220"),
        (target(FLOOR, path(Course.FROM_BASE, "118", "120"), seen("125")), AUGUST, GREEN, "S220"),
        (target(FLOOR, path(Course.FROM_BASE, "118", "120"), seen("117")), AUGUST, YELLOW, "S221"),
        (target(FLOOR, path(Course.FROM_BASE, "118", "120"), seen("112")), AUGUST, RED, "S221"),
        # A ceiling above the base likewise: 5.5 after 5.0.
        (target(CEILING, path(Course.FROM_BASE, "5.5", "5.0"), seen("4.2")), AUGUST, GREEN, "S220"),
        (target(CEILING, path(Course.FROM_BASE, "5.5", "5.0"), seen("5.6")), AUGUST, YELLOW, "S221"),
        # 左右 around the base: 99 of 100 is inside of 5 %, and no way to go.
        (
            target(JudgedAs.WITHIN_BAND, path(Course.FROM_BASE, "100", "100"), seen("99")),
            AUGUST,
            GREEN,
            "S220",
        ),
        # A falling ceiling with milestones and an unknown base: 30 is better than the 35 expected.
        (
            target(CEILING, path(Course.FROM_BASE, "30", milestones=[(JUNE, "35")]), seen("30")),
            AUGUST,
            GREEN,
            "S230",
        ),
    ],
)
def test_reasons_of_targets(inputs, on, colour, code):
    found = of_target(inputs, on=on, rule=RULE, calendar=CALENDAR)
    assert (found.colour, found.code) == (colour, code)
    assert found.describe("zh")
    assert found.describe("en")


DUE = DeliverableInputs(id="d", due=date(2026, 9, 30), starts=date(2026, 2, 1))


@pytest.mark.parametrize(
    ("changes", "on", "colour", "code"),
    [
        ({"starts": date(2026, 9, 1)}, AUGUST, WHITE, "S201"),
        ({"due_since": JUNE}, AUGUST, GREY, "S205"),
        ({"ticked": date(2026, 9, 18), "accepted": date(2026, 9, 20)}, LATER, BLUE, "S240"),
        ({"ticked": date(2026, 10, 8), "accepted": date(2026, 10, 9)}, LATER, BLUE, "S241"),
        ({"ticked": date(2026, 9, 18)}, LATER, GREEN, "S242"),
        ({"ticked": date(2026, 10, 8)}, LATER, RED, "S242"),
        ({}, date(2026, 10, 1), RED, "S243"),
        ({}, date(2026, 9, 28), YELLOW, "S244"),
        ({}, AUGUST, GREEN, "S245"),
    ],
)
def test_reasons_of_deliverables(changes, on, colour, code):
    found = of_deliverable(msgspec.structs.replace(DUE, **changes), on=on, rule=RULE, calendar=CALENDAR)
    assert (found.colour, found.code) == (colour, code)


@pytest.mark.parametrize(
    ("colours", "code"),
    [
        ((), "S250"),
        ((BLUE, BLUE), "S251"),
        ((YELLOW, GREEN), "S252"),
        ((RED, GREY), "S253"),
        ((GREY, GREEN), "S254"),
        ((RED, GREEN), "S255"),
        ((GREEN, BLUE), "S256"),
        ((WHITE, WHITE), "S257"),
    ],
)
def test_reasons_of_commitments(colours, code):
    base = of_deliverable(DUE, on=AUGUST, rule=RULE, calendar=CALENDAR)
    parts = [
        msgspec.structs.replace(base, colour=one, subject=f"{place}") for place, one in enumerate(colours)
    ]
    assert of_commitment(parts, rule=RULE).code == code


def test_one_part_speaks_for_itself():
    base = of_deliverable(DUE, on=AUGUST, rule=RULE, calendar=CALENDAR)
    assert of_commitment([base], rule=RULE).describe("zh") == base.describe("zh")
