"""What became of a target or a deliverable: every row of the tables in docs/explanation/settlement.md, worked by hand."""

from datetime import date
from decimal import Decimal as D

import pytest

from luoshi.delivery.verdict import Verdict
from luoshi.ledger.observation import Attestation, Computed, Observation
from luoshi.plan.model import Course, JudgedAs
from luoshi.settle.settlement.part import of_deliverable, of_target
from luoshi.settle.settlement.rule import rule_on, rules_from
from luoshi.status.course import Path
from luoshi.status.light import DeliverableInputs, TargetInputs
from luoshi.status.rule import rule_on as light_rule_on

START, JUNE, NOVEMBER, END = date(2026, 1, 1), date(2026, 6, 30), date(2026, 11, 30), date(2026, 12, 31)
RULE, LIGHT_RULE = rule_on(END), light_rule_on(END)
EXCEEDED, MET, PARTLY, NOT_MET = Verdict.EXCEEDED, Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET


def seen(value, day=END, *, accepted=True, entry=7):
    return Observation(
        day=day, value=D(value), computed=Computed.REPORTED, attestation=Attestation.HEAD, is_accepted=accepted,
        entry=entry, known=day,
    )  # fmt: skip


def judged(
    *figures, goal="2400", judged_as=JudgedAs.AT_LEAST, course=Course.CUMULATIVE, deadline=END, base=None,
    upper=None, until=END, also=(), rule=RULE,
):  # fmt: skip
    path = Path(
        course=course,
        start=START,
        deadline=deadline,
        goal=D(goal),
        base=D(base) if base is not None else None,
    )
    inputs = TargetInputs(
        target="t", judged_as=judged_as, upper=D(upper) if upper is not None else None, path=path, unit="个",
        observations=figures, starts=START,
    )  # fmt: skip
    return of_target(inputs, until=until, rule=rule, light_rule=LIGHT_RULE, also=also)


@pytest.mark.parametrize(
    ("value", "verdict", "code"),
    [
        ("2400", MET, "S620"),
        ("2401", EXCEEDED, "S621"),
        ("1500", PARTLY, "S623"),
        ("1440", PARTLY, "S623"),  # 60 % exactly
        ("1439", NOT_MET, "S624"),  # 59.96 %, although it is shown as 60.0
        ("0", NOT_MET, "S624"),
    ],
)
def test_what_adds_up(value, verdict, code):
    part = judged(seen(value))
    assert (part.verdict, part.code) == (verdict, code)


def test_the_share_of_the_way_is_told_and_the_entries_are_named():
    part = judged(seen("1500", entry=9), also=(4, 2))
    assert part.parameters["share"] == "62.5"
    assert part.entries == (2, 4, 9)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [("100", MET), ("101", EXCEEDED), ("92", PARTLY), ("91.9", NOT_MET), ("79", NOT_MET)],
)
def test_what_moves_from_a_base_of_80_to_100(value, verdict):
    assert judged(seen(value), goal="100", base="80", course=Course.FROM_BASE).verdict is verdict


def test_what_moves_from_an_unknown_base_has_no_part_of_a_way():
    assert judged(seen("99"), goal="100", course=Course.FROM_BASE).verdict is NOT_MET


def test_a_fall_from_50_to_40_is_a_way_too():
    def fallen(value):
        return judged(
            seen(value), goal="40", base="50", judged_as=JudgedAs.AT_MOST, course=Course.FROM_BASE
        ).verdict

    # 44: 6 of 10; 44.1: 5.9 of 10; below a ceiling nothing is exceeded.
    assert [fallen(value) for value in ("39", "40", "44", "44.1")] == [MET, MET, PARTLY, NOT_MET]


@pytest.mark.parametrize(
    ("judged_as", "value", "verdict"),
    [
        (JudgedAs.ABOVE, "2400", PARTLY),
        (JudgedAs.ABOVE, "2401", EXCEEDED),
        (JudgedAs.REFERENCE, "2400", MET),
        (JudgedAs.AT_MOST, "2399", MET),
        (JudgedAs.AT_MOST, "2401", NOT_MET),
        (JudgedAs.BELOW, "2400", NOT_MET),
        (JudgedAs.WITHIN_BAND, "2520", MET),  # 5 % of 2400 is 120
        (JudgedAs.WITHIN_BAND, "2521", NOT_MET),
        (JudgedAs.WITHIN_BAND, "2279", PARTLY),
        (JudgedAs.BETWEEN, "2500", MET),
        (JudgedAs.BETWEEN, "2501", NOT_MET),
        (JudgedAs.EXACTLY, "2400", MET),
        (JudgedAs.EXACTLY, "2401", NOT_MET),
    ],
)
def test_every_way_of_judging(judged_as, value, verdict):
    assert judged(seen(value), judged_as=judged_as, upper="2500").verdict is verdict


def test_a_promise_that_is_kept_early_waits_for_nothing_and_a_missing_figure_is_silence():
    assert judged(seen("2400", NOVEMBER)).verdict is MET
    assert (judged(seen("2399", NOVEMBER)).verdict, judged(seen("2399", NOVEMBER)).code) == (None, "S613")
    assert judged().code == "S611"


def test_what_has_to_hold_is_judged_by_the_first_figure_at_its_deadline():
    def held(*figures):
        return judged(*figures, goal="90", course=Course.HOLD, deadline=JUNE)

    july = date(2026, 7, 31)
    assert held(seen("90", JUNE), seen("80", july)).verdict is MET
    assert held(seen("89", JUNE), seen("95", july)).verdict is NOT_MET
    assert held(seen("95", date(2026, 5, 31))).code == "S613"
    # A correction of the same day counts instead of what it corrects.
    assert held(seen("89", JUNE, entry=3), seen("91", JUNE, entry=5)).verdict is EXCEEDED


def test_a_figure_that_nobody_accepted_is_no_basis():
    part = judged(seen("2400", accepted=False))
    assert (part.verdict, part.code) == (None, "S614")


def test_a_deadline_that_has_not_come_is_no_basis():
    later = date(2027, 6, 30)
    assert judged(seen("10"), deadline=later).code == "S612"
    assert judged(seen("2400"), deadline=later).verdict is MET


def test_late_is_what_a_figure_at_the_deadline_did_not_reach():
    september = date(2026, 9, 30)
    late = judged(seen("2000", JUNE), seen("2400", september), deadline=JUNE)
    assert (late.verdict, late.code, late.is_late) == (MET, "S622", True)
    # The first figure after the deadline meets it: when it was reached in between nobody knows, so it is not called late.
    first = judged(seen("2000", date(2026, 5, 31)), seen("2400", september), deadline=JUNE)
    assert (first.code, first.is_late) == ("S620", False)
    # A figure that was corrected up is not held against the unit.
    corrected = judged(
        seen("2000", JUNE, entry=3), seen("2400", JUNE, entry=6), seen("2400", september), deadline=JUNE
    )
    assert not corrected.is_late


def test_a_figure_that_was_corrected_down_counts_as_corrected():
    assert judged(seen("2400", entry=3), seen("2300", entry=5)).verdict is PARTLY


def test_an_unknown_reference_is_silence():
    inputs = TargetInputs(target="t", judged_as=JudgedAs.REFERENCE, path=None, starts=START)
    part = of_target(inputs, until=END, rule=RULE, light_rule=LIGHT_RULE, also=(2,))
    assert (part.verdict, part.code, part.entries) == (None, "S610", (2,))


def deliverable(*, ticked=None, accepted=None, reported=None, due=NOVEMBER, until=END):
    inputs = DeliverableInputs(
        id="d", due=due, ticked=ticked, accepted=accepted, starts=START, reported=reported
    )
    part = of_deliverable(inputs, until=until, entries=(5,))
    return part.verdict, part.code, part.is_late


def test_deliverables():
    december = date(2026, 12, 10)
    assert deliverable(ticked=NOVEMBER, accepted=december) == (MET, "S630", False)
    assert deliverable(ticked=december, accepted=END) == (MET, "S631", True)
    assert deliverable(ticked=NOVEMBER) == (None, "S633", False)
    assert deliverable(reported=NOVEMBER) == (NOT_MET, "S632", False)
    assert deliverable(reported=date(2026, 10, 31)) == (None, "S634", False)
    assert deliverable() == (None, "S634", False)
    assert deliverable(due=date(2027, 3, 1)) == (None, "S635", False)
    # Done after the year: as if it were not done, because the year is settled by what was there at its end.
    assert deliverable(ticked=date(2027, 1, 5), accepted=date(2027, 1, 9), reported=END) == (
        NOT_MET, "S632", False,
    )  # fmt: skip


def test_a_place_can_put_its_own_edition_in_force():
    row = {
        "name": "place/1", "since": date(2026, 7, 1), "reference": "府办发〔2026〕1号", "exceeding": ["at_least"],
        "exceeded_by": 10, "partial": [], "partly_from": 80,
    }  # fmt: skip
    (own,) = rules_from([row])
    assert rule_on(END, [RULE, own]).name == "place/1"
    assert rule_on(JUNE, [RULE, own]).name == "luoshi.settlement/1"
    assert [judged(seen(value), rule=own).verdict for value in ("2640", "2641", "2399")] == [
        MET, EXCEEDED, NOT_MET,
    ]  # fmt: skip
    with pytest.raises(ValueError, match="not in order"):
        rules_from([row | {"partly_from": 0}])
    with pytest.raises(ValueError, match="no rule of settlement"):
        rule_on(JUNE, [own])
