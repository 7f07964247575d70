"""Whatever is tried with a case, it stands in one stage, nothing is lost, and its entries tell it again."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.register.case import act
from luoshi.register.case.fold import fold
from luoshi.register.case.model import Case, CaseState, Channel
from luoshi.register.fault import RegisterError

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
from case_cast import PERMIT, WHY, Book

DAY = date(2026, 3, 2)
UNITS = st.sampled_from(["市住建局", "市水利局", "市城管委"])
STAGES = st.sampled_from([stage.key for stage in PERMIT.stages])

ACTS: st.SearchStrategy[tuple[str, dict[str, Any]]] = st.one_of(
    st.tuples(st.just("dispatch"), st.fixed_dictionaries({"to": UNITS})),
    st.tuples(st.just("take_over"), st.just({})),
    st.tuples(st.just("send_back"), st.just({"reason": WHY})),
    st.tuples(st.just("transfer"), st.fixed_dictionaries({"to": UNITS, "reason": st.just(WHY)})),
    st.tuples(st.just("pause"), st.fixed_dictionaries({"reason": st.sampled_from(["supplement", "auction"])})),
    st.tuples(st.just("resume"), st.just({})),
    st.tuples(st.just("extend"), st.fixed_dictionaries({"amount": st.integers(0, 8).map(Decimal), "reason": st.just(WHY)})),
    st.tuples(st.just("move"), st.fixed_dictionaries({"to": STAGES, "reason": st.just(WHY)})),
    st.tuples(st.just("finish_task"), st.fixed_dictionaries({"task": st.sampled_from(["fire", "plan", "none"])})),
    st.tuples(st.just("answer"), st.fixed_dictionaries({"check": st.just("drawn"), "is_yes": st.booleans()})),
    st.tuples(st.just("add_paper"), st.just({"paper": "form", "digest": "sha256:aa"})),
    st.tuples(st.just("fill"), st.fixed_dictionaries({"fields": st.fixed_dictionaries({"area": st.sampled_from(["", "12", "x"])})})),
    st.tuples(st.just("close"), st.fixed_dictionaries({"outcome": st.sampled_from(["granted", "withdrawn", "none"]), "reason": st.just(WHY)})),
    st.tuples(st.just("reopen"), st.just({"reason": WHY})),
)  # fmt: skip


def is_sound(case: Case) -> None:
    """One stage: every stay but the last has ended, and the last has ended just when the case is closed."""
    assert all(stay.until is not None for stay in case.stays[:-1])
    assert (case.stays[-1].until is not None) is (case.state is CaseState.CLOSED)
    assert all(
        one.until == two.since or one.until <= two.since
        for one, two in zip(case.stays, case.stays[1:], strict=False)
    )  # type: ignore[operator]
    assert sum(pause.until is None for pause in case.pauses) == (1 if case.state is CaseState.PAUSED else 0)
    assert (case.closed is not None) is (case.state is CaseState.CLOSED)
    assert sum(one.amount for one in case.extensions) <= Decimal(10)
    assert case.unit or case.state is CaseState.RECEIVED or case.state is CaseState.CLOSED


@settings(max_examples=150, deadline=None)
@given(st.lists(ACTS, max_size=25))
def test_a_case_stands_in_one_stage_and_its_entries_tell_it_again(
    acts: list[tuple[str, dict[str, Any]]],
) -> None:
    book = Book()
    opening = act.receive(
        PERMIT, 1, case="k1", number="SG20260302-0001", title="扩建", channel=Channel.WINDOW, desk="市政务办",
        fields={"kind": "房建"}, on=DAY,
    )  # fmt: skip
    case = book.add(opening, "2026-03-02")
    for step, (name, given_) in enumerate(acts):
        on = DAY + timedelta(days=step)
        try:
            proposal = getattr(act, name)(case, PERMIT, on=on, **given_)
        except RegisterError:
            assert book.cases["k1"] == case
            continue
        if proposal is not None:
            case = book.add(proposal, on.isoformat())
        is_sound(case)
    assert fold(book.entries) == {"k1": case}
