"""Lights: a better value never worsens one, its inputs alone decide it, and silence is never hidden in a roll-up."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st

from luoshi.cadence.workday import WorkCalendar
from luoshi.ledger.observation import Attestation, Computed, Observation
from luoshi.plan.model import Course, JudgedAs
from luoshi.status.course import Path, Point, expected_on
from luoshi.status.light import Colour, Light, TargetInputs, of_commitment, of_target
from luoshi.status.rollup import tally
from luoshi.status.rule import rule_on

CALENDAR = WorkCalendar()
RULE = rule_on(date(2026, 6, 30))
START = date(2026, 1, 1)
DAYS = st.dates(date(2026, 1, 31), date(2027, 1, 31))
NUMBERS = st.decimals(0, 1000, places=2)
FLOORS = (JudgedAs.AT_LEAST, JudgedAs.ABOVE, JudgedAs.REFERENCE)
CEILINGS = (JudgedAs.AT_MOST, JudgedAs.BELOW)


@st.composite
def paths(draw: st.DrawFn) -> Path:
    goal, base = draw(NUMBERS), draw(st.none() | NUMBERS)
    course = draw(st.sampled_from(list(Course)))
    begin = base if base is not None else Decimal(0)
    shares = sorted(draw(st.lists(st.decimals(0, 1, places=2), max_size=3)))
    milestones = tuple(
        Point(day=date(2026, 3 * place, 28), value=(begin + (goal - begin) * share).quantize(Decimal("0.01")))
        for place, share in enumerate(shares, 1)
    )
    deadline = draw(st.dates(date(2026, 3, 1), date(2026, 12, 31)))
    return Path(course=course, start=START, deadline=deadline, goal=goal, base=base, milestones=milestones)


def inputs_of(
    judged: JudgedAs, path: Path, upper: Decimal, day: date, value: Decimal, accepted: bool
) -> TargetInputs:
    newest = Observation(
        day=day, value=value, computed=Computed.REPORTED, attestation=Attestation.HEAD, is_accepted=accepted, entry=1, known=day,
    )  # fmt: skip
    return TargetInputs(
        target="t", judged_as=judged, upper=upper, path=path, observations=(newest,), starts=START
    )


def is_better(judged: JudgedAs, goal: Decimal, upper: Decimal, better: Decimal, worse: Decimal) -> bool:
    """Tell whether one value is at least as good as another, where that can be told at all."""
    if judged in FLOORS:
        return better >= worse
    if judged in CEILINGS:
        return better <= worse
    high = upper if judged is JudgedAs.BETWEEN else goal
    if worse <= goal:
        return worse <= better <= goal
    return worse >= high and high <= better <= worse


@given(
    st.sampled_from(list(JudgedAs)),
    paths(),
    NUMBERS,
    NUMBERS,
    NUMBERS,
    DAYS,
    st.integers(0, 60),
    st.booleans(),
)
def test_a_better_value_never_worsens_a_light(
    judged: JudgedAs,
    path: Path,
    more: Decimal,
    better: Decimal,
    worse: Decimal,
    on: date,
    back: int,
    accepted: bool,
) -> None:
    upper = path.goal + more
    assume(is_better(judged, path.goal, upper, better, worse))
    day = on - timedelta(days=back)
    lights = [
        of_target(inputs_of(judged, path, upper, day, value, accepted), on=on, rule=RULE, calendar=CALENDAR)
        for value in (better, worse)
    ]
    assert lights[0].colour.severity <= lights[1].colour.severity


@given(st.sampled_from(list(JudgedAs)), paths(), NUMBERS, NUMBERS, DAYS, st.booleans())
def test_acceptance_never_worsens_a_light(
    judged: JudgedAs, path: Path, more: Decimal, value: Decimal, on: date, accepted: bool
) -> None:
    upper = path.goal + more
    without, with_it = (
        of_target(inputs_of(judged, path, upper, on, value, one), on=on, rule=RULE, calendar=CALENDAR)
        for one in (False, True)
    )
    assert with_it.colour.severity <= without.colour.severity
    assert accepted or without.colour is not Colour.DONE


@given(paths(), DAYS, DAYS)
def test_what_is_expected_runs_one_way(path: Path, one: date, other: date) -> None:
    """Between begin and goal the course never turns: later is nearer to the goal."""
    earlier, later = sorted((one, other))
    first, second = expected_on(path, earlier, CALENDAR).value, expected_on(path, later, CALENDAR).value
    assume(first is not None and second is not None)
    assert first is not None
    assert second is not None
    begin = path.base if path.base is not None else Decimal(0)
    assert (second >= first) if path.goal >= begin else (second <= first)


LIGHTS = st.builds(
    lambda colour, place: Light(
        colour=colour, code="S256", rule="r", inputs=f"sha256:{place}", subject=f"{place}"
    ),
    st.sampled_from(list(Colour)),
    st.integers(0, 99),
)


@given(st.lists(LIGHTS, min_size=2, max_size=8, unique_by=lambda light: light.subject))
def test_a_commitment_is_never_better_than_its_parts_and_shows_silence(parts: list[Light]) -> None:
    found = of_commitment(parts, rule=RULE)
    colours = {part.colour for part in parts}
    assert (found.colour is Colour.DONE) == (colours == {Colour.DONE})
    assert found.silent_parts == sum(part.colour is Colour.SILENT for part in parts)
    if Colour.FAR_BEHIND in colours:
        assert found.colour is Colour.FAR_BEHIND
    elif Colour.SILENT in colours:
        assert found.colour is Colour.SILENT
    assert of_commitment(parts[::-1], rule=RULE) == found


@given(st.lists(st.sampled_from(list(Colour)), min_size=1, max_size=40))
def test_a_tally_loses_nobody(colours: list[Colour]) -> None:
    found = tally(colours)
    assert found.total == len(colours)
    assert sum(found.count(colour) for colour in Colour) == len(colours)
    assert found.count(Colour.SILENT) == colours.count(Colour.SILENT)


@given(paths(), NUMBERS, DAYS)
def test_the_digest_of_inputs_is_theirs_alone(path: Path, value: Decimal, on: date) -> None:
    inputs = inputs_of(JudgedAs.AT_LEAST, path, path.goal, on, value, True)
    first, again = (of_target(inputs, on=on, rule=RULE, calendar=CALENDAR) for _ in range(2))
    assert first == again
    other = msgspec.structs.replace(inputs, unit="所")
    assert of_target(other, on=on, rule=RULE, calendar=CALENDAR).inputs != first.inputs
