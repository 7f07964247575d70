"""Settlement: a worse value never gives a better verdict, what is not accepted gives none, and parts decide the whole in whatever order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luoshi.delivery.verdict import Verdict
from luoshi.ledger.observation import Attestation, Computed, Observation
from luoshi.plan.model import Course, JudgedAs
from luoshi.settle.settlement.part import Part, of_target
from luoshi.settle.settlement.rule import rule_on
from luoshi.status.course import Path
from luoshi.status.light import TargetInputs
from luoshi.status.rule import rule_on as light_rule_on

START, END = date(2026, 1, 1), date(2026, 12, 31)
RULE, LIGHT_RULE = rule_on(END), light_rule_on(END)
NUMBERS = st.decimals(0, 1000, places=2)
ORDER = (Verdict.NOT_MET, Verdict.PARTLY, Verdict.MET, Verdict.EXCEEDED)
FLOORS = (JudgedAs.AT_LEAST, JudgedAs.ABOVE, JudgedAs.REFERENCE)
CEILINGS = (JudgedAs.AT_MOST, JudgedAs.BELOW)
DAYS = st.dates(START, END)


def figure(value: Decimal, day: date = END, *, accepted: bool = True, entry: int = 1) -> Observation:
    return Observation(
        day=day, value=value, computed=Computed.REPORTED, attestation=Attestation.HEAD, is_accepted=accepted, entry=entry, known=day,
    )  # fmt: skip


def part(
    judged_as: JudgedAs, course: Course, goal: Decimal, base: Decimal | None, *figures: Observation
) -> Part:
    path = Path(course=course, start=START, deadline=END, goal=goal, base=base)
    inputs = TargetInputs(
        target="t", judged_as=judged_as, path=path, observations=figures, starts=START, upper=goal + 10
    )
    return of_target(inputs, until=END, rule=RULE, light_rule=LIGHT_RULE)


@given(
    st.sampled_from(FLOORS + CEILINGS), st.sampled_from(list(Course)), NUMBERS, st.none() | NUMBERS, NUMBERS, NUMBERS
)  # fmt: skip
def test_a_worse_value_never_gives_a_better_verdict(
    judged_as: JudgedAs, course: Course, goal: Decimal, base: Decimal | None, one: Decimal, other: Decimal
) -> None:
    worse, better = sorted((one, other), reverse=judged_as in CEILINGS)
    low = part(judged_as, course, goal, base, figure(worse)).verdict
    high = part(judged_as, course, goal, base, figure(better)).verdict
    assert low is not None
    assert high is not None
    assert ORDER.index(low) <= ORDER.index(high)


@given(
    st.sampled_from(list(JudgedAs)), st.sampled_from(list(Course)), NUMBERS, st.none() | NUMBERS, NUMBERS, DAYS
)  # fmt: skip
def test_what_nobody_accepted_gives_no_verdict(
    judged_as: JudgedAs, course: Course, goal: Decimal, base: Decimal | None, value: Decimal, day: date
) -> None:
    found = part(judged_as, course, goal, base, figure(value, day, accepted=False))
    assert found.verdict is None


@given(
    st.sampled_from(list(JudgedAs)),
    st.sampled_from(list(Course)),
    NUMBERS,
    st.none() | NUMBERS,
    st.lists(st.tuples(NUMBERS, DAYS, st.booleans()), max_size=6),
    st.randoms(),
)
def test_the_order_in_which_figures_come_does_not_matter(
    judged_as: JudgedAs,
    course: Course,
    goal: Decimal,
    base: Decimal | None,
    rows: list[tuple[Decimal, date, bool]],
    chance,
) -> None:
    figures = [
        figure(value, day, accepted=accepted, entry=number)
        for number, (value, day, accepted) in enumerate(rows, 1)
    ]
    shuffled = list(figures)
    chance.shuffle(shuffled)
    assert part(judged_as, course, goal, base, *figures) == part(judged_as, course, goal, base, *shuffled)
