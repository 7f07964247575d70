"""Reports of units: what may be filed, who passes and accepts, which filing counts."""

from datetime import date
from decimal import Decimal

import pytest
from ledger_cast import SCHOOLS, Hand, note

from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.report import (
    Expected,
    Figure,
    ReportState,
    Tick,
    accept,
    extend,
    file,
    give_back,
    hold,
    let_pass,
)

END = date(2026, 3, 31)
DAY = date(2026, 4, 3)
BOTH = (Figure(target="t-schools", value=Decimal(1)), Figure(target="t-places", value=Decimal("1200")))
FIRST = Expected(asked=("t-schools", "t-places"), deliverables={"d-open"}, last_figures={}, has_earlier=False)
LATER = Expected(
    asked=("t-schools", "t-places"),
    deliverables={"d-open"},
    last_figures={"t-schools": Decimal(1), "t-places": Decimal(1200)},
    has_earlier=True,
)
EVIDENCE = ("sha256:" + "a" * 64,)


@pytest.fixture
def hand():
    return Hand()


def report_of(hand):
    return hand.year.report("L-1", "2026-03")


def proposal(hand, expected=FIRST, figures=BOTH, unit="市教育局", **more):
    parts = {"ticks": (), "is_unchanged": False, "progress": None, "obstacles": None} | more
    return file(
        report_of(hand),
        SCHOOLS,
        expected,
        period="2026-03",
        end=END,
        figures=figures,
        unit=unit,
        on=DAY,
        **parts,
    )


def filed(hand, who="p-liaison", **more):
    return hand.write(proposal(hand, **more), on=DAY, who=who)


def passed(hand, filing):
    report = report_of(hand)
    hand.write(let_pass(report, filing=filing, who="p-head", unit="市教育局", on=DAY), on=DAY, who="p-head")


def refusal(action):
    with pytest.raises(DeliveryError) as caught:
        action()
    return caught.value.code


def test_a_figure_counts_from_when_the_head_lets_it_leave(hand):
    filing = filed(hand)
    assert report_of(hand).last.state is ReportState.FILED
    assert report_of(hand).valid is None
    passed(hand, filing)
    assert report_of(hand).valid.fact.figures == BOTH
    assert report_of(hand).valid.passed_by == "p-head"
    hand.write(accept(report_of(hand), filing=filing, on=DAY), on=DAY)
    assert report_of(hand).valid.state is ReportState.ACCEPTED


def test_who_filed_cannot_pass(hand):
    filing = filed(hand, who="p-head")
    assert (
        refusal(lambda: let_pass(report_of(hand), filing=filing, who="p-head", unit="市教育局", on=DAY))
        == "L253"
    )


def test_a_returned_report_does_not_count_and_is_filed_again(hand):
    filing = filed(hand)
    passed(hand, filing)
    hand.write(give_back(report_of(hand), filing=filing, reason=note("数不对"), on=DAY), on=DAY)
    assert (report_of(hand).last.state, report_of(hand).valid) == (ReportState.RETURNED, None)
    again = filed(hand, figures=(BOTH[0], Figure(target="t-places", value=Decimal(1100))))
    assert report_of(hand).last.replaces == filing
    passed(hand, again)
    assert report_of(hand).valid.entry == again


def test_an_accepted_figure_counts_until_its_correction_leaves_the_unit(hand):
    filing = filed(hand)
    passed(hand, filing)
    hand.write(accept(report_of(hand), filing=filing, on=DAY), on=DAY)
    correction = filed(hand, figures=(BOTH[0], Figure(target="t-places", value=Decimal(1150))))
    assert report_of(hand).valid.entry == filing
    passed(hand, correction)
    assert report_of(hand).valid.entry == correction


def test_the_head_returns_to_the_liaison(hand):
    filing = filed(hand)
    hand.write(hold(report_of(hand), filing=filing, reason=note("请核实"), unit="市教育局", on=DAY), on=DAY)
    assert report_of(hand).last.state is ReportState.HELD
    assert refusal(lambda: accept(report_of(hand), filing=filing, on=DAY)) == "L252"
    filed(hand)


def test_an_accepted_report_can_still_be_returned_with_a_reason(hand):
    filing = filed(hand)
    passed(hand, filing)
    hand.write(accept(report_of(hand), filing=filing, on=DAY), on=DAY)
    assert refusal(lambda: give_back(report_of(hand), filing=filing, reason=note(""), on=DAY)) == "L207"
    hand.write(give_back(report_of(hand), filing=filing, reason=note("抽查不符"), on=DAY), on=DAY)
    assert report_of(hand).valid is None


def test_no_change_carries_the_figures_of_the_report_before(hand):
    filed(hand, expected=LATER, figures=(), is_unchanged=True)
    assert report_of(hand).last.fact.figures == BOTH


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"unit": "市住建局"}, "L201"),
        ({"figures": BOTH[:1]}, "L232"),
        ({"figures": (*BOTH, Figure(target="t-roster", value=Decimal(3)))}, "L233"),
        ({"figures": (*BOTH, BOTH[0])}, "L234"),
        ({"figures": (), "is_unchanged": True}, "L235"),
        ({"expected": LATER, "is_unchanged": True, "figures": (Figure(target="t-schools", value=Decimal(2)),)}, "L236"),
        ({"expected": LATER, "is_unchanged": True, "figures": (), "ticks": (Tick(deliverable="d-open", done=END, evidence=EVIDENCE),)}, "L236"),
        ({"ticks": (Tick(deliverable="d-other", done=END, evidence=EVIDENCE),)}, "L237"),
        ({"ticks": (Tick(deliverable="d-open", done=END, evidence=EVIDENCE),) * 2}, "L237"),
        ({"ticks": (Tick(deliverable="d-open", done=END, evidence=()),)}, "L238"),
        ({"ticks": (Tick(deliverable="d-open", done=date(2026, 4, 4), evidence=EVIDENCE),)}, "L239"),
        ({"expected": Expected(asked=(), deliverables=set(), last_figures={}, has_earlier=False), "figures": ()}, "L240"),
        ({"figures": (BOTH[0], Figure(target="t-places", value=Decimal("NaN")))}, "L241"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(hand, more, code):
    assert refusal(lambda: proposal(hand, **more)) == code


def test_two_filings_cannot_wait_at_once(hand):
    filing = filed(hand)
    assert refusal(lambda: proposal(hand)) == "L230"
    passed(hand, filing)
    assert refusal(lambda: proposal(hand)) == "L231"


def test_an_old_filing_is_not_passed_in_place_of_the_new_one(hand):
    first = filed(hand)
    hand.write(hold(report_of(hand), filing=first, reason=note("改"), unit="市教育局", on=DAY), on=DAY)
    filed(hand)
    assert (
        refusal(lambda: let_pass(report_of(hand), filing=first, who="p-head", unit="市教育局", on=DAY))
        == "L251"
    )


def test_more_time_needs_a_unit_a_reason_and_a_day_to_come():
    def asked(unit="市教育局", reason="机构调整", until=date(2026, 4, 20)):
        return extend(period="2026-03", until=until, reason=note(reason), unit=unit, lineage="", on=DAY)

    assert asked().fact.until == date(2026, 4, 20)
    assert refusal(lambda: asked(unit="")) == "L255"
    assert refusal(lambda: asked(reason="")) == "L207"
    assert refusal(lambda: asked(until=date(2026, 4, 2))) == "L256"
