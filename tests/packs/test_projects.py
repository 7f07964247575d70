"""Project libraries against figures worked by hand from the rule page (docs/explanation/registers.md)."""

from decimal import Decimal

import pytest
from pack_cast import Register

from luoshi.packs.projects import PACK
from luoshi.register.procedure.check import faults_of


@pytest.fixture
def register():
    """Five projects: a, b in the reserve since 2025; c came in 2026; d under construction since 2025; e small."""
    r = Register(PACK, "projects")
    r.open("a", "2025-06-02", total="20000")
    r.open("b", "2025-06-02", total="8000")
    r.open("c", "2026-02-03", total="50000")
    r.open("d", "2025-03-03", stage="construction", total="30000", started="2025-03-10")
    r.open("e", "2026-02-03", stage="construction", total="900", started="2026-02-10")
    r.fill("a", "2026-03-02", started="2026-03-02")
    r.move("a", "2026-03-02", "construction")
    r.fill("d", "2026-06-01", completed="2026-05-30")
    r.move("d", "2026-06-01", "effective")
    r.close("b", "2026-07-01", "dropped")
    return r


def test_the_procedure_can_be_published():
    assert faults_of(PACK.procedures["projects"]) == ()


def test_conversion_is_what_left_the_reserve_over_what_was_in_it_and_came(register):
    # Reserve at the year's beginning a and b, new in it c: one of three went into construction.
    assert register.figure("conversion_rate", "2026-03-31") == (Decimal("33.33"), 3)
    assert register.figure("conversion_rate", "2026-03-01") == (Decimal("0.00"), 3)
    # Before c came in there were two.
    assert register.figure("conversion_rate", "2026-01-31") == (Decimal("0.00"), 2)


def test_a_project_that_went_back_and_on_again_is_converted_once(register):
    register.move("a", "2026-04-01", "reserve")
    register.move("a", "2026-05-06", "construction")
    assert register.figure("conversion_rate", "2026-06-30") == (Decimal("33.33"), 3)


def test_completion_is_what_became_effective_over_construction(register):
    # In construction at the beginning d, new a and e: d became effective.
    assert register.figure("completion_rate", "2026-06-30") == (Decimal("33.33"), 3)


def test_starts_constructions_and_completions_go_by_their_days(register):
    assert register.figure("new_starts", "2026-02-28") == (1, 1)
    assert register.figure("new_starts", "2026-12-31") == (2, 2)
    # Of 100 million yuan and more: only a.
    assert register.figure("new_starts", "2026-12-31", "10000") == (1, 1)
    assert register.figure("under_construction", "2026-02-28") == (2, 2)
    assert register.figure("under_construction", "2026-12-31") == (3, 3)
    assert register.figure("completed", "2026-05-29") == (0, 0)
    assert register.figure("completed", "2026-05-30") == (1, 1)


def test_what_left_the_libraries_is_not_in_them(register):
    assert register.figure("in_library", "2026-06-30") == (5, 5)
    assert register.figure("in_library", "2026-07-01") == (4, 4)
    assert register.figure("in_library", "2025-12-31") == (3, 3)


def test_investment_is_added_up_over_the_months_of_the_year(register):
    assert register.figure("invested", "2026-03-31") == (None, 0)
    register.amount("d", "2026-06-02", "invested", "2025-12", "700")
    register.amount("d", "2026-06-02", "invested", "2026-01", "100")
    register.amount("d", "2026-06-02", "invested", "2026-02", "150.5")
    register.amount("a", "2026-06-02", "invested", "2026-03", "20")
    assert register.figure("invested", "2026-02-28") == (Decimal("250.5"), 1)
    assert register.figure("invested", "2026-03-31") == (Decimal("270.5"), 2)


@pytest.mark.parametrize(
    ("target", "indicator", "parameter"),
    [
        ("在库项目转化率", "conversion_rate", ""),
        ("储备库项目开工转化率", "conversion_rate", ""),
        ("建设库项目竣工转化率", "completion_rate", ""),
        ("在建项目", "under_construction", ""),
        ("亿元以上在建项目", "under_construction", "10000"),
        ("新开工项目", "new_starts", ""),
        ("集中开工亿元以上项目", "new_starts", "10000"),
        ("竣工投产项目", "completed", ""),
        ("在库项目", "in_library", ""),
        ("新增规上工业企业", None, None),
    ],
)
def test_which_figure_stands_behind_which_target(target, indicator, parameter):
    found = [
        (key, value)
        for key, one in PACK.indicators.items()
        if (value := one.parameter_for(target)) is not None
    ]
    assert found[:1] == ([(indicator, parameter)] if indicator else [])
