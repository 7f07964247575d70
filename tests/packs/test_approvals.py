"""Approvals of engineering projects: counted days worked by hand on the calendar of 2026."""

from decimal import Decimal

import pytest
from pack_cast import Register

from luoshi.packs.approvals import PACK
from luoshi.register.pack import with_rules
from luoshi.register.procedure.check import faults_of


@pytest.fixture
def register():
    """a: 2 March, works 9 March, building 16 March, construction 23 March to 1 September, accepted on the 7th."""
    r = Register(PACK, "approvals")
    r.open("a", "2026-03-02", case_class="public")
    r.move("a", "2026-03-09", "works")
    r.move("a", "2026-03-16", "building")
    r.move("a", "2026-03-23", "construction")
    r.move("a", "2026-09-01", "acceptance")
    r.close("a", "2026-09-07", "accepted")
    return r


def test_the_procedure_has_the_four_stages_with_construction_between_and_three_classes():
    procedure = PACK.procedures["approvals"]
    assert faults_of(procedure) == ()
    assert [stage.name for stage in procedure.stages if stage.is_counted] == [
        "立项用地规划许可",
        "工程建设许可",
        "施工许可",
        "竣工验收",
    ]
    assert [int(one.limit.amount) for one in procedure.classes if one.limit] == [80, 60, 40]


def test_construction_does_not_count(register):
    # Three weeks of five days until 23 March, then 2, 3, 4 and 7 September.
    assert register.figure("longest", "2026-12-31", "public") == (19, 1)
    assert register.figure("mean", "2026-12-31", "public") == (Decimal("19.0"), 1)
    assert register.figure("in_time", "2026-12-31", "public") == (Decimal("100.00"), 1)


def test_before_anything_is_finished_nothing_is_known(register):
    assert register.figure("longest", "2026-08-31", "public") == (None, 0)
    assert register.figure("longest", "2026-12-31", "small") == (None, 0)


def test_a_pause_does_not_count(register):
    register.open("b", "2026-03-02", case_class="public")
    # 4, 5 and 6 March stand still.
    register.pause("b", "2026-03-03", "2026-03-06", "expert_review")
    for stage, day in [
        ("works", "2026-03-09"),
        ("building", "2026-03-09"),
        ("construction", "2026-03-09"),
        ("acceptance", "2026-03-10"),
    ]:
        register.move("b", day, stage)
    register.close("b", "2026-03-11", "accepted")
    # 3 and 9 March, then the 11th.
    assert register.figure("mean", "2026-03-31", "public") == (Decimal("3.0"), 1)
    assert register.figure("mean", "2026-12-31", "public") == (Decimal("11.0"), 2)


def test_an_open_project_that_has_passed_the_longest_counts_and_a_late_one_is_not_in_time(register):
    register.open("c", "2026-03-02", case_class="public")
    register.move("c", "2026-03-09", "works")
    found = register.figure("longest", "2026-12-31", "public")
    assert found[1] == 2
    assert found[0] is not None
    assert found[0] > 80
    for stage in ("building", "construction", "acceptance"):
        register.move("c", "2026-12-01", stage)
    register.close("c", "2026-12-02", "accepted")
    assert register.figure("in_time", "2026-12-31", "public") == (Decimal("50.00"), 2)


def test_what_was_withdrawn_says_nothing_about_time(register):
    register.open("d", "2026-01-05", case_class="public")
    register.close("d", "2026-06-01", "withdrawn")
    assert register.figure("mean", "2026-12-31", "public") == (Decimal("19.0"), 1)


@pytest.mark.parametrize(
    ("target", "parameter"),
    [
        ("政府投资项目从申报立项到竣工验收审批时间", "public"),
        ("一般社会投资项目审批时间", "private"),
        ("带方案出让用地的社会投资项目及小型社会投资项目审批时间", "small"),
        ("企业开办时间", None),
    ],
)
def test_which_class_stands_behind_which_target(target, parameter):
    assert PACK.indicators["longest"].parameter_for(target) == parameter


def test_limits_stand_once_in_the_dated_rules():
    classes = {one.key: one.limit for one in PACK.procedures["approvals"].classes}
    newest = PACK.rules["limits"][-1]
    # 80, 60 and 40 working days, Hubei's goal for 2021.
    assert {key: limit.amount for key, limit in classes.items()} == {"public": 80, "private": 60, "small": 40}
    assert {limit.basis for limit in classes.values()} == {newest["basis"]}


def test_a_limit_takes_the_newest_edition_of_the_rule_that_it_names():
    editions = {"limits": [{"public": 80, "basis": "旧"}, {"public": 75, "basis": "新"}]}
    given = {"classes": [{"limit": {"amount_by": "limits.public", "type": "working_day"}}]}
    expected = {"classes": [{"limit": {"amount": 75, "basis": "新", "type": "working_day"}}]}
    assert with_rules(given, editions) == expected
    with pytest.raises(ValueError, match=r"limits\.small"):
        with_rules({"amount_by": "limits.small"}, editions)
