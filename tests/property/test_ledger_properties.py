"""The ledger: one way to write a value, a fold that can be cut anywhere, and a past that nothing appended changes."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from luoshi.cadence.cycle import Frequency, periods_of
from luoshi.delivery import report as reports
from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.year import Year, day_of, fold
from luoshi.ledger.canonical import canonical
from luoshi.ledger.chain import Anchor, verify
from luoshi.register.sample import draw

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
import itertools

from ledger_cast import SCHOOLS, Hand, note

MONTHS = periods_of(2026, Frequency.MONTH)
ACTS = st.sampled_from(["file", "unchanged", "hold", "pass", "accept", "give back"])
STEPS = st.lists(st.tuples(ACTS, st.integers(0, 3), st.integers(0, 3), st.integers(0, 9)), max_size=25)


def year_of(steps: list[tuple[str, int, int, int]]) -> Hand:
    """Let people do what they may, in any order, over a few months; what is refused does not happen."""
    hand, day = Hand(), date(2026, 2, 2)
    for act, month, later, value in steps:
        day += timedelta(days=later)
        period = MONTHS[month]
        report = hand.year.report("L-1", period.key)
        with suppress(DeliveryError):
            proposal = _proposal(hand, act, report, period.key, period.end, value, day)
            if proposal is not None:
                hand.write(proposal, on=day)
    return hand


def _proposal(hand, act, report, period, end, value, day):
    if act in ("file", "unchanged"):
        figures = (
            reports.Figure(target="t-schools", value=Decimal(value)),
            reports.Figure(target="t-places", value=Decimal(value * 100)),
        )
        last = {figure.target: figure.value for figure in figures}
        expected = reports.Expected(
            asked=("t-schools", "t-places"), deliverables=set(), last_figures=last, has_earlier=True
        )
        return reports.file(
            report, SCHOOLS, expected, period=period, end=end, figures=figures if act == "file" else (), ticks=(),
            is_unchanged=act == "unchanged", progress=note("推进"), obstacles=None, unit="市教育局", on=day,
        )  # fmt: skip
    if report is None:
        return None
    filing = report.last.entry
    match act:
        case "hold":
            return reports.hold(report, filing=filing, unit="市教育局", reason=note("再核"), on=day)
        case "pass":
            return reports.let_pass(report, filing=filing, who="p-head", unit="市教育局", on=day)
        case "accept":
            return reports.accept(report, filing=filing, on=day)
        case _:
            return reports.give_back(report, filing=filing, reason=note("不符"), on=day)


@given(STEPS, st.lists(st.integers(0, 30), max_size=4))
def test_a_fold_can_be_cut_anywhere(steps, cuts) -> None:
    entries = year_of(steps).entries
    places = sorted({min(cut, len(entries)) for cut in cuts} | {0, len(entries)})
    year = Year()
    for start, end in itertools.pairwise(places):
        year = fold(entries[start:end], year)
    assert year == fold(entries)


@given(STEPS, STEPS)
def test_what_is_appended_changes_no_past_day(steps, more) -> None:
    """The year as known at the end of a day is the same whatever comes after that day."""
    hand = year_of(steps)
    whole = year_of([*steps, *more]).entries
    day = day_of(hand.entries[-1])
    before = [entry for entry in hand.entries if day_of(entry) < day]
    as_of = [entry for entry in whole if day_of(entry) < day]
    assert fold(as_of) == fold(before)


@given(STEPS)
def test_every_chain_that_people_write_is_sound(steps) -> None:
    hand = year_of(steps)
    anchors = [Anchor(digest=entry.digest, number=entry.number) for entry in hand.entries]
    assert verify("绫江市/2026", hand.entries, head=hand.head, anchors=anchors).is_sound


@given(STEPS, st.integers(0, 30), st.sampled_from(["unit", "lineage", "who", "body", "day", "replaces"]))
def test_any_change_to_any_entry_is_found(steps, place, field) -> None:
    hand = year_of(steps)
    at = place % len(hand.entries)
    entry = hand.entries[at]
    other = {"day": entry.day + timedelta(days=1), "replaces": 99}.get(field, f"{getattr(entry, field)}x")
    changed = [*hand.entries[:at], msgspec.structs.replace(entry, **{field: other}), *hand.entries[at + 1 :]]
    assert [fault.code for fault in verify("绫江市/2026", changed, head=hand.head).faults] == ["L101"]


WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=15,
)


@given(VALUES)
def test_canonical_bytes_say_what_they_were_made_of(value) -> None:
    written = canonical(value)
    assert json.loads(written) == value
    assert canonical(json.loads(written)) == written


@given(st.dictionaries(WORDS, st.integers(0, 9), max_size=6), st.randoms())
def test_the_order_in_which_keys_were_set_does_not_matter(value, chance) -> None:
    keys = list(value)
    chance.shuffle(keys)
    assert canonical({key: value[key] for key in keys}) == canonical(value)


@given(WORDS, st.lists(WORDS, unique=True, max_size=30), st.integers(0, 30), st.randoms())
def test_a_draw_can_be_repeated_by_anyone(seed, population, size, chance) -> None:
    size = min(size, len(population))
    drawn = draw(seed, population, size)
    shuffled = list(population)
    chance.shuffle(shuffled)
    assert draw(seed, shuffled, size) == drawn
    assert len(set(drawn)) == size
    assert set(drawn) <= set(population)
    # Who is drawn in a smaller sample is drawn in a larger one too.
    assert draw(seed, population, len(population))[:size] == drawn
