"""The baseline: targets as first published, and where a commitment that is left out lives on."""

import pytest
from settlement_cast import END, target

from luoshi.plan.model import Commitment, Deadline, Place, Plan
from luoshi.settle.settlement.baseline import baseline_of


def commitment(id, lineage, **fields):
    return Commitment(
        id=id, spans=(), text="", title=id, deadline=Deadline(day=END), lineage=lineage, **fields
    )


def version(number, *commitments, targets=()):
    return Plan(
        place=Place(name="绫江市"), year=2026, version=number, sources=(), commitments=commitments, targets=targets
    )  # fmt: skip


def test_a_target_keeps_the_value_of_its_first_version():
    first = version(1, commitment("c-1", "L-1"), targets=(target("t-1", "3"),))
    second = version(2, commitment("c-1", "L-1"), targets=(target("t-1", "2"), target("t-2", "5")))
    targets = baseline_of([first, second]).targets
    assert [(name, str(one.value)) for name, one in targets.items()] == [("t-1", "3"), ("t-2", "5")]


def test_a_split_lives_on_in_its_parts_and_a_merged_one_in_what_it_was_merged_into():
    first = version(1, commitment("c-1", "L-1"), commitment("c-2", "L-2"), commitment("c-3", "L-3"))
    second = version(
        2,
        commitment("c-11", "L-1.1", parent="c-1"),
        commitment("c-12", "L-1.2", parent="c-1"),
        commitment("c-23", "L-2", merged_from=("c-2", "c-3")),
    )
    assert baseline_of([first, second]).carried == {"L-1": ("L-1.1", "L-1.2"), "L-3": ("L-2",)}


def test_what_is_simply_left_out_lives_on_nowhere():
    first = version(1, commitment("c-1", "L-1"), commitment("c-2", "L-2"))
    assert baseline_of([first, version(2, commitment("c-1", "L-1"))]).carried == {}


def test_versions_out_of_order_are_refused():
    with pytest.raises(ValueError, match="not 1, 2, 3"):
        baseline_of([version(2), version(1)])
    with pytest.raises(ValueError, match="not 1, 2, 3"):
        baseline_of([version(0)])
