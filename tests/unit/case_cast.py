"""A procedure and a ledger of cases for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from luoshi.cadence.limit import Limit, PeriodType
from luoshi.ledger.chain import Author, Head, extend, head_of
from luoshi.ledger.entry import Entry, Proposal
from luoshi.ledger.note import Note
from luoshi.register.case.fold import applied
from luoshi.register.case.model import Case
from luoshi.register.procedure.model import (
    CaseClass,
    Check,
    Field,
    FieldKind,
    Move,
    Origin,
    Outcome,
    Paper,
    Procedure,
    Series,
    Stage,
    Task,
)


def days(amount: str) -> Limit:
    return Limit(amount=Decimal(amount), type=PeriodType.WORKING_DAY, basis="试行办法第三条")


PERMIT = Procedure(
    key="permit",
    name="施工许可",
    noun="办件",
    origin=Origin.HAND,
    prefix="SG",
    is_dispatched=True,
    stages=(
        Stage(key="accept", name="受理", papers=(Paper(key="form", name="申请表"),)),
        Stage(
            key="review",
            name="并联审查",
            unit="市住建局",
            limit=days("10"),
            tasks=(
                Task(key="fire", name="消防审查", unit="市消防救援支队", limit=days("5")),
                Task(key="plan", name="规划审查"),
            ),
            checks=(Check(key="drawn", name="图纸齐全", is_required=True),),
            needs=("area",),
        ),
        Stage(key="build", name="施工", is_counted=False),
        Stage(key="hand_over", name="验收", unit="市住建局"),
    ),
    moves=(
        Move(source="accept", target="review"),
        Move(source="review", target="build"),
        Move(source="build", target="hand_over"),
        Move(source="hand_over", target="review", name="退回整改", needs_reason=True),
    ),
    classes=(
        CaseClass(key="public", name="政府投资", limit=days("20")),
        CaseClass(key="small", name="小型", limit=days("10")),
    ),
    outcomes=(
        Outcome(key="granted", name="准予", stages=("hand_over",)),
        Outcome(key="withdrawn", name="撤回", is_success=False),
    ),
    fields=(
        Field(key="area", name="建筑面积", kind=FieldKind.NUMBER, unit="平方米"),
        Field(key="kind", name="类型", kind=FieldKind.CHOICE, options=("房建", "市政"), is_required=True),
        Field(key="applicant", name="申请人", kind=FieldKind.PERSON),
    ),
    series=(Series(key="spent", name="完成投资", unit="万元", needs_evidence=True),),
    pauses=("supplement", "notice"),
    extension=Decimal(10),
    extension_basis="试行办法第五条",
)

WHY = Note(salt="s", text="材料与现场不符").ref


class Book:
    """A ledger of cases in memory: what is proposed at a moment becomes entries."""

    def __init__(self) -> None:
        self.head = Head(scope="t")
        self.entries: list[Entry] = []
        self.cases: dict[str, Case] = {}

    def add(self, proposal: Proposal | None, at: str, who: str = "p-1") -> Case:
        assert proposal is not None
        # The place is eight hours ahead of UTC; tests give the time of the place.
        moment = datetime.fromisoformat(f"{at}:00+08:00" if "T" in at else f"{at}T09:00:00+08:00").astimezone(
            UTC
        )
        new = extend(self.head, [proposal], author=Author(who=who, role="operator"), known_at=moment)
        self.head = head_of(self.head, new)
        self.entries += new
        case = applied(self.cases.get(new[0].lineage), new[0])
        assert case is not None
        self.cases[case.id] = case
        return case
