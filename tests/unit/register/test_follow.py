"""What a case leads to in another register: when, once or often, and what is carried over."""

from __future__ import annotations

import msgspec
import pytest
from case_cast import PERMIT

from luoshi.register.case import follow
from luoshi.register.case.act import missing
from luoshi.register.case.model import Case, CaseState, Channel, Stay
from luoshi.register.fault import RegisterError
from luoshi.register.procedure.check import faults_of
from luoshi.register.procedure.model import FollowUp, decode, encode

ONE = FollowUp(
    key="road", name="接驳道路", procedure="roads", stages=("build",), carried={"size": "area", "who": "applicant"},
    given={"class": "支路"}, is_single=True, is_awaited=True,
)  # fmt: skip
LEADING = msgspec.structs.replace(PERMIT, follow_ups=(ONE,))


def case(
    stage: str, *, id: str = "k-1", procedure: str = "permit", state: CaseState = CaseState.UNDER_WAY
) -> Case:
    from datetime import datetime

    since = datetime(2026, 3, 2, 9)  # noqa: DTZ001 -- wall clock of the place
    return Case(
        id=id, number=f"N-{id}", procedure=procedure, version=1, title="扩建", channel=Channel.WINDOW, desk="一", unit="一", state=state,
        stays=(Stay(stage=stage, since=since),), fields={"area": "1200"}, opened=since,
    )  # fmt: skip


def test_values_are_carried_over_with_those_that_name_persons() -> None:
    found, values = follow.carried(case("build"), LEADING, "road", [], {"applicant": "柳某某"})
    assert found is ONE
    assert values == {"size": "1200", "who": "柳某某", "class": "支路"}


@pytest.mark.parametrize(
    ("stage", "state", "children"),
    [
        ("review", CaseState.UNDER_WAY, 0),
        ("build", CaseState.CLOSED, 0),
        ("build", CaseState.UNDER_WAY, 1),
    ],
    ids=["another stage", "closed", "opened already"],
)
def test_it_cannot_be_opened(stage: str, state: CaseState, children: int) -> None:
    others = [case("any", id="k-2", procedure="roads")] * children
    with pytest.raises(RegisterError) as error:
        follow.carried(case(stage, state=state), LEADING, "road", others, {})
    assert error.value.code == "R425"


def test_a_stage_waits_until_what_came_from_it_is_closed() -> None:
    here = case("build")
    assert missing(here, LEADING, []) == ("接驳道路",)
    assert missing(here, LEADING, [case("a", id="k-2", procedure="roads")]) == ("接驳道路 N-k-2",)
    closed = case("a", id="k-2", procedure="roads", state=CaseState.CLOSED)
    assert missing(here, LEADING, [closed]) == ()
    assert missing(here, PERMIT, []) == ()


def test_a_follow_up_names_stages_and_fields_that_there_are() -> None:
    wrong = msgspec.structs.replace(ONE, stages=("nowhere",), carried={"size": "width"})
    codes = [fault.code for fault in faults_of(msgspec.structs.replace(PERMIT, follow_ups=(wrong,)))]
    assert codes == ["R304", "R325"]
    assert faults_of(LEADING) == ()
    assert decode(encode(LEADING)) == LEADING
