"""Lights: every way of judging × every course, with values worked by hand."""

from datetime import date
from decimal import Decimal as D

import msgspec
import pytest

from luoshi.cadence.workday import WorkCalendar
from luoshi.ledger.observation import Attestation, Computed, Observation
from luoshi.plan.model import Course, JudgedAs
from luoshi.status.course import Path, Point
from luoshi.status.light import (
    Colour,
    DeliverableInputs,
    TargetInputs,
    of_commitment,
    of_deliverable,
    of_target,
)
from luoshi.status.rule import rule_on, rules_from

CALENDAR = WorkCalendar()
YEAR_END = date(2026, 12, 31)
RULE = rule_on(date(2026, 6, 30))
# Halves of the year without the calendar: milestones fix what is expected on these days.
JUNE = date(2026, 6, 30)


def seen(value, day=JUNE, *, accepted=True, entry=1):
    return Observation(
        day=day,
        value=D(value),
        computed=Computed.REPORTED,
        attestation=Attestation.HEAD,
        is_accepted=accepted,
        entry=entry,
        known=day,
    )


def target(
    judged=JudgedAs.AT_LEAST,
    course=Course.CUMULATIVE,
    goal="100",
    *observations,
    upper=None,
    base=None,
    half=None,
    due_since=None,
    deadline=YEAR_END,
    starts=date(2026, 1, 1),
):
    milestones = (Point(day=JUNE, value=D(half)),) if half is not None else ()
    path = Path(
        course=course,
        start=date(2026, 1, 1),
        deadline=deadline,
        goal=D(goal),
        base=D(base) if base is not None else None,
        milestones=milestones,
    )
    return TargetInputs(
        target="t",
        judged_as=judged,
        upper=D(upper) if upper is not None else None,
        path=path,
        unit="家",
        observations=tuple(observations),
        due_since=due_since,
        starts=starts,
    )


def light(inputs, on=date(2026, 7, 8)):
    return of_target(inputs, on=on, rule=RULE, calendar=CALENDAR)


def colour(inputs, on=date(2026, 7, 8)):
    return light(inputs, on).colour


AT_LEAST, ABOVE, AT_MOST, BELOW = JudgedAs.AT_LEAST, JudgedAs.ABOVE, JudgedAs.AT_MOST, JudgedAs.BELOW
BAND, BETWEEN, EXACTLY, REFERENCE = (
    JudgedAs.WITHIN_BAND,
    JudgedAs.BETWEEN,
    JudgedAs.EXACTLY,
    JudgedAs.REFERENCE,
)
ADDS, MOVES, HOLDS, ONCE, YEARLY = (
    Course.CUMULATIVE,
    Course.FROM_BASE,
    Course.HOLD,
    Course.STEP,
    Course.ANNUAL,
)
BLUE, GREEN, YELLOW, RED = Colour.DONE, Colour.ON_COURSE, Colour.BEHIND, Colour.FAR_BEHIND


@pytest.mark.parametrize(
    ("judged", "course", "goal", "value", "more", "wanted"),
    [
        # 50 of 100 expected at the half: 50 is on course; 40 is 10 points behind, still green; 39.9 is 10.1 behind.
        (AT_LEAST, ADDS, "100", "50", {"half": "50"}, GREEN),
        (AT_LEAST, ADDS, "100", "40", {"half": "50"}, GREEN),
        (AT_LEAST, ADDS, "100", "39.9", {"half": "50"}, YELLOW),
        # 20 is 30 points behind, still yellow; 19 is 31 behind.
        (AT_LEAST, ADDS, "100", "20", {"half": "50"}, YELLOW),
        (AT_LEAST, ADDS, "100", "19", {"half": "50"}, RED),
        # Met before the deadline, accepted: done.
        (AT_LEAST, ADDS, "100", "100", {"half": "50"}, BLUE),
        (ABOVE, ADDS, "100", "100", {"half": "50"}, GREEN),
        (ABOVE, ADDS, "100", "101", {"half": "50"}, BLUE),
        (REFERENCE, ADDS, "100", "100", {"half": "50"}, BLUE),
        (REFERENCE, ADDS, "100", "19", {"half": "50"}, RED),
        # A ceiling over what adds up: below it green, above it red at once, never blue before the deadline.
        (AT_MOST, ADDS, "10", "4", {}, GREEN),
        (AT_MOST, ADDS, "10", "10", {}, GREEN),
        (AT_MOST, ADDS, "10", "11", {}, RED),
        (BELOW, ADDS, "10", "10", {}, RED),
        (BELOW, ADDS, "10", "9", {}, GREEN),
        # 左右: on the way to the value like any other; 5 % of 100 is the band, and no blue before the deadline.
        (BAND, ADDS, "100", "39", {"half": "50"}, YELLOW),
        (BAND, ADDS, "100", "98", {"half": "50"}, GREEN),
        (BETWEEN, ADDS, "100", "50", {"half": "50", "upper": "120"}, GREEN),
        (EXACTLY, ADDS, "100", "15", {"half": "50"}, RED),
        # From 60 to 80, 70 expected at the half: 68 is 2 of 20 = 10 points behind; 67.9 is 10.5; 64 is 30; 63.9 is 30.5.
        (AT_LEAST, MOVES, "80", "68", {"base": "60", "half": "70"}, GREEN),
        (AT_LEAST, MOVES, "80", "67.9", {"base": "60", "half": "70"}, YELLOW),
        (AT_LEAST, MOVES, "80", "64", {"base": "60", "half": "70"}, YELLOW),
        (AT_LEAST, MOVES, "80", "63.9", {"base": "60", "half": "70"}, RED),
        (AT_LEAST, MOVES, "80", "80", {"base": "60", "half": "70"}, BLUE),
        # Falling from 40 to at most 30, 35 expected: 36 is 1 of 10 = 10 points behind; 36.1 is 11; 38.1 is 31.
        (AT_MOST, MOVES, "30", "36", {"base": "40", "half": "35"}, GREEN),
        (AT_MOST, MOVES, "30", "36.1", {"base": "40", "half": "35"}, YELLOW),
        (AT_MOST, MOVES, "30", "38.1", {"base": "40", "half": "35"}, RED),
        (AT_MOST, MOVES, "30", "29", {"base": "40", "half": "35"}, GREEN),
        # Without a base no course can be told: green where the value is there already, yellow otherwise.
        (AT_LEAST, MOVES, "80", "70", {}, YELLOW),
        (BAND, MOVES, "80", "79", {}, GREEN),
        # What holds: 5.5 % at most. 5.5 green, 5.7 is 0.2 over, within 5 % of 5.5 = 0.275: yellow; 5.8 red. Never blue before the end.
        (AT_MOST, HOLDS, "5.5", "5.5", {}, GREEN),
        (AT_MOST, HOLDS, "5.5", "5.7", {}, YELLOW),
        (AT_MOST, HOLDS, "5.5", "5.8", {}, RED),
        (BELOW, HOLDS, "5.5", "5.5", {}, YELLOW),
        (AT_LEAST, HOLDS, "6", "6", {}, GREEN),
        (AT_LEAST, HOLDS, "6", "5.7", {}, YELLOW),
        (AT_LEAST, HOLDS, "6", "5.6", {}, RED),
        (ABOVE, HOLDS, "6", "6", {}, YELLOW),
        (REFERENCE, HOLDS, "6", "6.1", {}, GREEN),
        # 6 左右: the band is 0.3; 5.7 to 6.3 green; 5.6 is 0.1 outside, margin 0.3: yellow; 5.3 is 0.4 outside: red.
        (BAND, HOLDS, "6", "6.3", {}, GREEN),
        (BAND, HOLDS, "6", "5.6", {}, YELLOW),
        (BAND, HOLDS, "6", "5.3", {}, RED),
        # 6 to 7: 6.5 green; 5.8 is 0.2 below, margin 5 % of 6 = 0.3: yellow; 7.4 is 0.4 above: red.
        (BETWEEN, HOLDS, "6", "6.5", {"upper": "7"}, GREEN),
        (BETWEEN, HOLDS, "6", "5.8", {"upper": "7"}, YELLOW),
        (BETWEEN, HOLDS, "6", "7.4", {"upper": "7"}, RED),
        (EXACTLY, HOLDS, "100", "100", {}, GREEN),
        (EXACTLY, HOLDS, "100", "104", {}, YELLOW),
        (EXACTLY, HOLDS, "100", "90", {}, RED),
        # All at once, or known once a year: nothing is expected before.
        (AT_LEAST, ONCE, "1", "0", {}, GREEN),
        (AT_LEAST, ONCE, "1", "1", {}, BLUE),
        (AT_MOST, ONCE, "1", "3", {}, GREEN),
        (AT_LEAST, YEARLY, "60", "10", {}, GREEN),
        (BAND, YEARLY, "60", "60", {}, GREEN),
    ],
)
def test_before_the_deadline(judged, course, goal, value, more, wanted):
    assert colour(target(judged, course, goal, seen(value), **more)) is wanted


@pytest.mark.parametrize(
    ("judged", "goal", "value", "more", "wanted"),
    [
        (AT_LEAST, "100", "100", {}, BLUE),
        (AT_LEAST, "100", "99", {}, RED),
        (ABOVE, "100", "100", {}, RED),
        (AT_MOST, "100", "100", {}, BLUE),
        (AT_MOST, "100", "101", {}, RED),
        (BELOW, "100", "100", {}, RED),
        # 5 % of 100 is 5.
        (BAND, "100", "95", {}, BLUE),
        (BAND, "100", "94", {}, RED),
        (BAND, "100", "106", {}, RED),
        (BETWEEN, "100", "110", {"upper": "120"}, BLUE),
        (BETWEEN, "100", "121", {"upper": "120"}, RED),
        (EXACTLY, "100", "100", {}, BLUE),
        (EXACTLY, "100", "101", {}, RED),
        (REFERENCE, "100", "100", {}, BLUE),
    ],
)
@pytest.mark.parametrize("course", list(Course))
def test_at_the_deadline_every_course_is_judged_alike(course, judged, goal, value, more, wanted):
    inputs = target(judged, course, goal, seen(value, YEAR_END), **more)
    assert colour(inputs, date(2027, 1, 10)) is wanted


def test_what_is_not_accepted_is_not_done():
    assert colour(target(AT_LEAST, ADDS, "100", seen("100", accepted=False), half="50")) is GREEN
    at_the_end = target(AT_LEAST, ADDS, "100", seen("100", YEAR_END, accepted=False))
    assert colour(at_the_end, date(2027, 1, 10)) is GREEN


def test_what_holds_is_done_only_at_its_deadline():
    assert colour(target(AT_MOST, HOLDS, "5", seen("4", date(2026, 12, 30))), date(2026, 12, 30)) is GREEN
    assert colour(target(AT_MOST, HOLDS, "5", seen("4", YEAR_END)), YEAR_END) is BLUE


def test_silence_is_grey_and_past_the_deadline_red():
    may = seen("50", date(2026, 5, 31))
    assert (
        colour(target(AT_LEAST, ADDS, "100", may, half="50", due_since=date(2026, 5, 31)))
        is not Colour.SILENT
    )
    assert colour(target(AT_LEAST, ADDS, "100", may, half="50", due_since=JUNE)) is Colour.SILENT
    assert colour(target(AT_LEAST, ADDS, "100", due_since=JUNE)) is Colour.SILENT
    assert colour(target(AT_LEAST, ADDS, "100", due_since=YEAR_END), date(2027, 2, 1)) is RED
    kept = target(AT_MOST, HOLDS, "5", seen("4", date(2026, 11, 30)))
    assert colour(kept, date(2027, 2, 1)) is Colour.SILENT


def test_before_it_starts_it_is_white():
    inputs = target(AT_LEAST, ADDS, "100", starts=date(2026, 9, 1))
    assert colour(inputs) is Colour.NOT_STARTED
    assert colour(target(AT_LEAST, ADDS, "100")) is Colour.NOT_STARTED


def test_a_reference_that_nobody_filled_in_is_white_and_then_grey():
    unknown = msgspec.structs.replace(target(REFERENCE), path=None)
    assert colour(unknown) is Colour.NOT_STARTED
    assert colour(msgspec.structs.replace(unknown, due_since=JUNE)) is Colour.SILENT


def test_without_milestones_the_course_is_linear_in_working_days():
    # By the notice for 2026. First half: 129 weekdays, less 13 off (1, 2 January; 16–20, 23 February; 6 April; 1, 4, 5 May; 19 June), plus 4
    # worked at weekends (4 January; 14, 28 February; 9 May) = 120. Year: 261, less 19 (further 25 September; 1, 2, 5–7 October), plus 6
    # (further 20 September, 10 October) = 248.
    assert CALENDAR.count(date(2025, 12, 31), JUNE).days == 120
    assert CALENDAR.count(date(2025, 12, 31), YEAR_END).days == 248
    found = light(target(AT_LEAST, ADDS, "248", seen("120")))
    assert (found.colour, found.parameters["expected"]) == (GREEN, "120")


def test_the_reason_names_value_course_and_gap():
    found = light(target(AT_LEAST, ADDS, "100", seen("15"), half="50"))
    assert found.describe("zh") == ("比应有进度落后 35 个百分点：2026-06-30 为 15家，应达 50家，承诺 100家。")
    assert found.rule == "luoshi.light/1"


def test_the_order_of_figures_does_not_matter_and_a_correction_counts():
    first, second = seen("60", entry=1), seen("30", entry=2)
    one = light(target(AT_LEAST, ADDS, "100", first, second, half="50"))
    other = light(target(AT_LEAST, ADDS, "100", second, first, half="50"))
    assert one == other
    assert one.parameters["value"] == "30"


DELIVERABLE = DeliverableInputs(id="d", due=date(2026, 9, 30), starts=date(2026, 2, 1))


def deliverable(on, **more):
    inputs = msgspec.structs.replace(DELIVERABLE, **more)
    return of_deliverable(inputs, on=on, rule=RULE, calendar=CALENDAR).colour


def test_deliverables():
    assert deliverable(date(2026, 1, 10)) is Colour.NOT_STARTED
    assert deliverable(date(2026, 8, 3)) is GREEN
    # After 15 September there are 11 working days up to and with the 30th (16–18, 20 as a make-up day, 21–24, 28–30; 25 September is the
    # Mid-Autumn Festival); after the 16th there are 10.
    assert deliverable(date(2026, 9, 15)) is GREEN
    assert deliverable(date(2026, 9, 16)) is YELLOW
    assert deliverable(date(2026, 10, 1)) is RED
    assert deliverable(date(2026, 8, 3), due_since=date(2026, 6, 30)) is Colour.SILENT
    assert deliverable(date(2026, 8, 3), due_since=date(2026, 6, 30), reported=date(2026, 6, 30)) is GREEN
    assert deliverable(date(2026, 9, 20), ticked=date(2026, 9, 18)) is GREEN
    assert deliverable(date(2026, 10, 20), ticked=date(2026, 10, 15)) is RED
    assert deliverable(date(2026, 10, 25), ticked=date(2026, 9, 18), accepted=date(2026, 10, 9)) is BLUE


def parts(*colours):
    base = of_deliverable(DELIVERABLE, on=date(2026, 8, 3), rule=RULE, calendar=CALENDAR)
    return [
        msgspec.structs.replace(base, colour=one, subject=f"d{place}") for place, one in enumerate(colours)
    ]


@pytest.mark.parametrize(
    ("colours", "wanted"),
    [
        ((BLUE, BLUE), BLUE),
        ((BLUE, GREEN), GREEN),
        ((BLUE, YELLOW, GREEN), YELLOW),
        ((GREEN, Colour.SILENT, GREEN), Colour.SILENT),
        ((YELLOW, Colour.SILENT), Colour.SILENT),
        ((RED, Colour.SILENT), RED),
        ((Colour.NOT_STARTED, Colour.NOT_STARTED), Colour.NOT_STARTED),
        # Part of it is done and part has not begun: it is under way.
        ((BLUE, Colour.NOT_STARTED), GREEN),
        ((), Colour.NOT_STARTED),
    ],
)
def test_a_commitment_is_as_good_as_its_worst_part(colours, wanted):
    assert of_commitment(parts(*colours), rule=RULE).colour is wanted


def test_silence_beside_red_is_told():
    found = of_commitment(parts(RED, Colour.SILENT, GREEN), rule=RULE)
    assert found.silent_parts == 1
    assert "另有 1 项未报" in found.describe("zh")


def test_a_rule_out_of_order_is_refused():
    row = {
        "name": "x", "since": date(2026, 1, 1), "reference": "r", "behind": 30, "far_behind": 10,
        "soon": 5, "band": 5, "hold_margin": 5, "stale": 90,
    }  # fmt: skip
    with pytest.raises(ValueError, match="not in order"):
        rules_from([row])
    with pytest.raises(ValueError, match="not complete"):
        rules_from([{key: row[key] for key in row if key != "band"}])
