"""Amendments beside the baseline: what is told, and which ones make a promise easier."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from settlement_cast import BASELINE, FIRST, GROUND, Office, ground_with, schools, target

from luoshi.plan.model import JudgedAs
from luoshi.settle.settlement.baseline import Baseline, amendments_of


def of_value(was, now):
    """Amendments of one target whose content changed from `was` to `now`."""
    office = Office()
    ground, baseline = ground_with(schools=now), Baseline(targets=FIRST | {"t-schools": was})
    return [
        (one.field, one.was, one.now, one.eases)
        for one in amendments_of(office.year, "L-1", ground, baseline)
    ]


def judged(value, judged_as, **fields):
    return msgspec.structs.replace(target("t-schools", value), judged_as=judged_as, **fields)


@pytest.mark.parametrize(
    ("judged_as", "was", "now", "eases"),
    [
        (JudgedAs.AT_LEAST, "3", "2", True),
        (JudgedAs.AT_LEAST, "3", "4", False),
        (JudgedAs.ABOVE, "3", "2", True),
        (JudgedAs.AT_MOST, "3", "4", True),
        (JudgedAs.AT_MOST, "3", "2", False),
        (JudgedAs.BELOW, "3", "4", True),
        # Whether a band or a single value became easier cannot be told, so it counts as easier.
        (JudgedAs.WITHIN_BAND, "3", "4", True),
        (JudgedAs.EXACTLY, "3", "2", True),
    ],
)
def test_which_values_are_easier(judged_as, was, now, eases):
    assert of_value(judged(was, judged_as), judged(now, judged_as)) == [("value", was, now, eases)]


def test_another_unit_or_way_of_judging_counts_as_easier():
    at_least = judged("3", JudgedAs.AT_LEAST)
    assert of_value(at_least, judged("3", JudgedAs.AT_MOST)) == [("judged_as", "at_least", "at_most", True)]
    assert of_value(at_least, judged("3", JudgedAs.AT_LEAST, unit="所")) == [("unit", "个", "所", True)]
    wide = judged("3", JudgedAs.BETWEEN, upper=Decimal(9))
    narrow = judged("3", JudgedAs.BETWEEN, upper=Decimal(5))
    assert of_value(narrow, wide) == [("upper", "5", "9", True)]


def test_an_earlier_deadline_is_told_and_is_not_easier():
    june = msgspec.structs.replace(FIRST["t-schools"].deadline, day=date(2026, 6, 30))
    earlier = msgspec.structs.replace(FIRST["t-schools"], deadline=june)
    assert of_value(FIRST["t-schools"], earlier) == [("deadline", "2026-12-31", "2026-06-30", False)]


def test_what_a_version_changes_in_the_commitment_is_told_with_its_entry():
    office = Office()
    changed = schools(
        title="新建学校4所", lead_unit="市住建局", deadline=date(2027, 6, 30), targets=("t-schools", "t-places", "t-new")
    )  # fmt: skip
    entry = office.issued(2, changed, on=date(2026, 5, 8))
    ground = ground_with(new=target("t-new", "5"))
    found = amendments_of(office.year, "L-1", ground, BASELINE)
    assert [(one.subject, one.field, one.was, one.now, one.eases) for one in found] == [
        ("", "title", "新建学校3所", "新建学校4所", False),
        ("", "lead_unit", "市教育局", "市住建局", False),
        ("", "deadline", "2026-12-31", "2027-06-30", True),
        ("t-new", "added", "", "t-new 5个", False),
    ]
    assert {one.entry for one in found} == {entry}


def test_a_version_that_changes_nothing_is_no_amendment():
    office = Office()
    office.issued(2, schools(), on=date(2026, 5, 8))
    assert amendments_of(office.year, "L-1", GROUND, BASELINE) == ()
    assert len(office.year.issues["L-1"]) == 1


def test_a_commitment_that_comes_back_is_measured_by_its_first_version():
    office = Office()
    office.issued(2, schools(lineage="L-2"), on=date(2026, 5, 8))
    office.issued(3, schools(title="新建学校两所"), schools(lineage="L-2"), on=date(2026, 6, 8))
    assert [one.issued is None for one in office.year.issues["L-1"]] == [False, True, False]
    assert [one.was for one in amendments_of(office.year, "L-1", GROUND, BASELINE)] == ["新建学校3所"]
