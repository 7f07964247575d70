"""Investment promotion against figures worked by hand from the rule page (docs/explanation/registers.md)."""

from decimal import Decimal

import pytest
from pack_cast import Register

from luoshi.packs.investment import PACK
from luoshi.register.procedure.check import faults_of


@pytest.fixture
def register():
    r = Register(PACK, "leads")
    r.open("a", "2026-01-05", stage="signed", amount="600000", signed="2026-02-10", started="2026-06-01")
    r.open("b", "2026-01-05", stage="signed", amount="500000", signed="2026-03-20")
    r.open("c", "2026-01-05", stage="signed", amount="100000", signed="2026-04-01")
    r.open("d", "2026-01-05", stage="signed", amount="300000", signed="2025-11-01")
    r.open("e", "2026-01-05")
    return r


def test_the_procedure_can_be_published_and_has_eight_steps():
    procedure = PACK.procedures["leads"]
    assert faults_of(procedure) == ()
    assert len(procedure.stages) == 8


def test_agreements_count_by_day_and_by_size(register):
    assert register.figure("signed", "2026-03-31") == (2, 2)
    assert register.figure("signed", "2026-12-31") == (3, 3)
    # 过50亿元: not less than 500,000万元, so a and b.
    assert register.figure("signed", "2026-12-31", "500000") == (2, 2)
    assert register.figure("signed", "2026-12-31", "1000000") == (0, 0)


def test_money_in_place_is_added_up_and_set_against_what_was_agreed(register):
    register.amount("a", "2026-05-06", "money", "2026-04", "60000")
    register.amount("d", "2026-05-06", "money", "2026-04", "20000")
    assert register.figure("money", "2026-03-31") == (None, 0)
    assert register.figure("money", "2026-04-30") == (80000, 2)
    # Of this year's agreements of 600000 + 500000 + 100000 there are 60000 in place: 5 %.
    assert register.figure("money_rate", "2026-04-30") == (Decimal("5.00"), 3)


def test_starts_and_broken_agreements(register):
    assert register.figure("start_rate", "2026-05-31") == (Decimal("0.00"), 3)
    assert register.figure("start_rate", "2026-06-30") == (Decimal("33.33"), 3)
    register.close("c", "2026-07-01", "broken")
    assert register.figure("kept_rate", "2026-06-30") == (Decimal("100.00"), 3)
    assert register.figure("kept_rate", "2026-07-31") == (Decimal("66.67"), 3)


def test_nothing_signed_gives_no_rate():
    r = Register(PACK, "leads")
    r.open("e", "2026-01-05")
    assert r.figure("kept_rate", "2026-06-30") == (None, 0)
    assert r.figure("money_rate", "2026-06-30") == (None, 0)


@pytest.mark.parametrize(
    ("target", "indicator", "parameter"),
    [
        ("引进投资过50亿元项目", "signed", "500000"),
        ("引进投资过20亿元项目", "signed", "200000"),
        ("引进投资过百亿元项目", "signed", "1000000"),
        ("新签协议项目", "signed", ""),
        ("新签约亿元以上项目", "signed", "10000"),
        ("实际到位资金", "money", ""),
        ("实际到位市外资金", "money", ""),
        ("签约项目开工率", "start_rate", ""),
        ("签约项目资金到位率", "money_rate", ""),
        ("竣工投产项目", None, None),
    ],
)
def test_which_figure_stands_behind_which_target(target, indicator, parameter):
    found = [
        (key, value)
        for key, one in PACK.indicators.items()
        if (value := one.parameter_for(target)) is not None
    ]
    assert found[:1] == ([(indicator, parameter)] if indicator else [])
