"""Scores do not depend on the order of rows, are never out of bounds, and every component can be traced."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))
from ledger_cast import SCHOOLS
from msgspec.structs import replace

from luoshi.cadence.cycle import period_with
from luoshi.cadence.workday import WorkCalendar
from luoshi.delivery.assessment.result import Results, results_of
from luoshi.delivery.given import LightsGiven, NewLight
from luoshi.delivery.issue import CommitmentsIssued
from luoshi.delivery.judging import Ground
from luoshi.delivery.year import fold
from luoshi.ledger.chain import Author, Head, extend, head_of
from luoshi.ledger.entry import Proposal
from luoshi.status.light import Colour, Light
from luoshi.status.score.fault import ScoreError
from luoshi.status.score.figure import Figure, FigureName
from luoshi.status.score.formula import Operator, read, value_of
from luoshi.status.score.ranking import ranked
from luoshi.status.score.rounding import Rounding
from luoshi.status.score.scheme import scheme_on
from luoshi.status.score.score import score_of

HALF = period_with("2026-H1")
assert HALF is not None
SCHEME = scheme_on(HALF.end)
CALENDAR = WorkCalendar()
COUNTS = st.integers(0, 40).map(Decimal)
NAMES = [str(one.value) for one in FigureName]
TOTALS = st.dictionaries(
    st.text(min_size=1, max_size=3), st.none() | st.decimals(0, 100, places=2), max_size=12
)


@st.composite
def units(draw: st.DrawFn) -> list[tuple[str, Colour]]:
    """Lead unit and colour of up to ten commitments."""
    return draw(
        st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from(list(Colour))), min_size=1, max_size=10)
    )


def results(rows: list[tuple[str, str, Colour]]) -> Results:
    """Return the results of a ledger that issues commitments, and gives their lights, in the order of the rows."""
    issued = tuple(
        replace(SCHOOLS, lineage=lineage, lead_unit=unit, targets=(), deliverables=()) for lineage, unit, _ in rows
    )  # fmt: skip
    lights = tuple(
        NewLight(lineage=lineage, light=Light(colour=colour, code="S230", rule="r", inputs="i"))
        for lineage, _, colour in rows
    )
    head = Head(scope="绫江市/2026")
    proposals = (
        Proposal(
            fact=CommitmentsIssued(version=1, plan_digest="d", commitments=issued), day=date(2026, 2, 1)
        ),
        Proposal(fact=LightsGiven(day=HALF.end, rule="r", lights=lights), day=HALF.end),
    )
    entries = extend(head, proposals, author=Author(), known_at=datetime(2026, 7, 2, 4, tzinfo=UTC))
    return results_of(
        fold(entries), head_of(head, entries), Ground({}, CALENDAR, 2026), SCHEME, HALF, on=date(2026, 7, 20)
    )


@given(units(), st.randoms())
def test_results_do_not_depend_on_the_order_of_rows(made: list[tuple[str, Colour]], chance) -> None:
    rows = [(f"L-{number}", unit, colour) for number, (unit, colour) in enumerate(made)]
    shuffled = list(rows)
    chance.shuffle(shuffled)
    one, other = results(rows), results(shuffled)
    assert (one.scores, one.places) == (other.scores, other.places)


@given(st.dictionaries(st.sampled_from(NAMES), COUNTS, min_size=len(NAMES)), st.randoms())
def test_a_score_does_not_depend_on_the_order_of_its_figures_and_stays_in_bounds(
    values: dict[str, Decimal], chance
) -> None:
    made = [Figure(name=name, value=value, entries=(7,)) for name, value in values.items()]
    made += [Figure(name=f"granted.{key}", value=Decimal(1), entries=(8,)) for key in SCHEME.granted()]
    shuffled = list(made)
    chance.shuffle(shuffled)
    one = score_of("甲", SCHEME, {figure.name: figure for figure in made})
    assert one == score_of("甲", SCHEME, {figure.name: figure for figure in shuffled})
    for item in one.items:
        assert item.points is None or 0 <= item.points <= item.weight
        assert all(figure.entries for figure in item.figures)
    if one.total is not None:
        points = sum(item.points for item in one.items if item.points is not None)
        assert one.total == max(points + one.bonus - one.deduction, Decimal(0))


PLAIN = st.integers(-(10**11), 10**11) | st.sampled_from([0.5, 0.001, 1e-9])
FORMULAS = st.recursive(
    PLAIN | st.sampled_from([*NAMES, "unheard"]).map(lambda name: {"figure": name}),
    lambda inner: st.tuples(
        st.sampled_from([str(one.value) for one in Operator]), st.lists(inner, min_size=2, max_size=2)
    ).map(lambda pair: {pair[0]: pair[1]}),
    max_leaves=20,
)


@given(FORMULAS, COUNTS, st.sampled_from(list(Rounding)))
def test_a_formula_that_was_read_is_reckoned_and_rounded_whatever_it_says(
    data: object, count: Decimal, rounding: Rounding
) -> None:
    try:
        formula = read(data, place="p")
    except ScoreError:
        # It is nested too deep.
        return
    value = value_of(formula, {name: Figure(name=name, value=count, entries=(1,)) for name in NAMES})
    if value is not None:
        assert abs(rounding.apply(value, 2) - value) < Decimal("0.01")


@given(TOTALS, st.randoms())
def test_ranking_does_not_depend_on_order_and_places_count_those_above(
    totals: dict[str, Decimal | None], chance
) -> None:
    names = list(totals)
    chance.shuffle(names)
    places = ranked(totals)
    assert places == ranked({name: totals[name] for name in names})
    for one in places:
        if one.total is None:
            assert one.place is None
            continue
        above = [other for other in totals.values() if other is not None and other > one.total]
        same = [other for other in totals.values() if other == one.total]
        assert (one.place, one.is_tied) == (len(above) + 1, len(same) > 1)
