"""Procedures: what keeps one from being published, drawings out and in, drafts from a report's own words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from case_cast import PERMIT, WHY, Book

from luoshi.cadence.limit import Limit, PeriodType
from luoshi.compiler.pipeline import compile_report
from luoshi.kernel.identity import digest
from luoshi.plan.model import ProcedureKind, Source
from luoshi.register.case import act
from luoshi.register.case.model import CaseState, Channel
from luoshi.register.fault import RegisterError
from luoshi.register.procedure import bpmn
from luoshi.register.procedure.check import faults_of
from luoshi.register.procedure.drafting import can_be_drafted, drafted
from luoshi.register.procedure.model import Move, Outcome, Procedure, Stage, decode, encode

DRAWINGS = Path(__file__).parent / "drawings"
DAY = date(2026, 3, 2)


def codes(procedure: Procedure, **more: object) -> list[str]:
    return [fault.code for fault in faults_of(procedure, **more)]  # type: ignore[arg-type]


def test_a_sound_procedure_has_no_fault() -> None:
    assert codes(PERMIT, units=["市住建局", "市消防救援支队"]) == []
    assert decode(encode(PERMIT)) == PERMIT


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("R301", {"stages": ()}),
        ("R302", {"stages": (*PERMIT.stages, PERMIT.stages[0])}),
        ("R303", {"fields": (*PERMIT.fields, PERMIT.fields[0])}),
        ("R304", {"moves": (*PERMIT.moves, Move(source="accept", target="nowhere"))}),
        ("R305", {"outcomes": ()}),
        (
            "R306",
            {
                "outcomes": (Outcome(key="granted", name="准予", stages=("accept",)),),
                "moves": PERMIT.moves[:3],
            },
        ),
        ("R307", {"stages": (*PERMIT.stages, Stage(key="lost", name="游离环节"))}),
        ("R308", {"stages": (*PERMIT.stages[:3], Stage(key="hand_over", name="验收", needs=("colour",)))}),
        ("R309", {"pauses": ("lunch",)}),
        ("R312", {"outcomes": (Outcome(key="", name="准予"),)}),
        ("R313", {"limit": Limit(amount=Decimal("2.5"))}),
        ("R313", {"limit": Limit(amount=Decimal(0))}),
        ("R313", {"limit": Limit(amount=Decimal("0.5"), type=PeriodType.MONTH)}),
    ],
)
def test_what_keeps_a_procedure_from_being_published(code: str, change: dict[str, object]) -> None:
    assert code in codes(msgspec.structs.replace(PERMIT, **change))


def test_units_that_there_are_not_are_named() -> None:
    assert codes(PERMIT, units=["市住建局"]) == ["R311"]


def test_half_a_working_day_is_a_limit() -> None:
    assert codes(msgspec.structs.replace(PERMIT, limit=Limit(amount=Decimal("0.5")))) == []


def test_a_drawing_of_a_procedure_comes_back_whole() -> None:
    again, faults = bpmn.read(bpmn.write(PERMIT))
    assert faults == ()
    assert again == PERMIT


def test_a_drawing_of_another_tool_runs_a_case_from_intake_to_close() -> None:
    procedure, faults = bpmn.read((DRAWINGS / "other_tool.bpmn").read_bytes())
    assert faults == ()
    assert procedure is not None
    assert procedure.name == "门店招牌备案"
    assert [(stage.name, stage.unit) for stage in procedure.stages] == [
        ("初审", "市城管委"),
        ("联合核验", ""),
        ("出具备案单", ""),
    ]
    assert [(task.name, task.unit) for task in procedure.stages[1].tasks] == [
        ("现场核验", "市城管委"),
        ("名称核验", "市市场监管局"),
    ]
    assert [(one.name, one.stages) for one in procedure.outcomes] == [
        ("不予受理", ("A_look",)),
        ("已备案", ("A_issue",)),
    ]
    assert codes(procedure) == []
    book = Book()
    opening = act.receive(
        procedure,
        1,
        case="k",
        number="BJ1",
        title="某店招牌",
        channel=Channel.WINDOW,
        desk="市政务办",
        on=DAY,
    )
    case = book.add(opening, "2026-03-02")
    case = book.add(act.move(case, procedure, to="P1", on=DAY), "2026-03-03")
    for task in ("A_site", "A_name"):
        case = book.add(act.finish_task(case, procedure, task=task, on=DAY), "2026-03-04")
    case = book.add(act.move(case, procedure, to="A_issue", on=DAY), "2026-03-05")
    case = book.add(act.close(case, procedure, outcome="E_ok", on=DAY), "2026-03-06")
    assert case.state is CaseState.CLOSED


@pytest.mark.parametrize(
    ("code", "change"),
    [
        (
            "R321",
            ('<manualTask id="A_issue" name="出具备案单"/>', '<subProcess id="A_issue" name="出具备案单"/>'),
        ),
        ("R321", ('<exclusiveGateway id="G1" name="材料齐全？"/>', '<inclusiveGateway id="G1"/>')),
        ("R322", ('<endEvent id="E_no"', '<startEvent id="S2"/><endEvent id="E_no"')),
        ("R323", ('<sequenceFlow id="f10" sourceRef="A_issue" targetRef="E_ok"/>', "")),
        ("R324", ('sourceRef="A_name" targetRef="P2"', 'sourceRef="A_name" targetRef="E_no"')),
    ],
)
def test_what_a_drawing_may_not_hold_is_named(code: str, change: tuple[str, str]) -> None:
    text = (DRAWINGS / "other_tool.bpmn").read_text(encoding="utf-8")
    assert change[0] in text
    procedure, faults = bpmn.read(text.replace(*change).encode())
    assert procedure is None
    assert code in [fault.code for fault in faults]


@pytest.mark.parametrize(
    "data",
    [
        b"not xml",
        b"<a/>",
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
    ],
)
def test_what_is_no_drawing_is_refused(data: bytes) -> None:
    with pytest.raises(RegisterError) as caught:
        bpmn.read(data)
    assert caught.value.code == "R320"


REPORT = """政府工作报告
——2026年1月20日在甲河市第七届人民代表大会第六次会议上
甲河市市长　某某
各位代表：
一、2025年工作回顾
过去一年，工作有序推进。
二、2026年工作任务
（一）抓招商。严格执行招商引资“五步走”流程，全年新签约项目30个。
附：用语说明
五步走：收集线索、登门拜访、实地考察、签订协议、跟踪落地。
"""


def test_a_procedure_from_the_words_of_a_report_runs_a_case_from_intake_to_close() -> None:
    plan = compile_report(Source(id="S1", name="report.txt", digest=digest(REPORT), text=REPORT))
    mechanism = next(one for one in plan.procedures if "五步走" in one.name)
    assert mechanism.kind is ProcedureKind.PIPELINE
    assert can_be_drafted(mechanism)
    procedure = drafted(mechanism)
    assert [stage.name for stage in procedure.stages] == [
        "收集线索",
        "登门拜访",
        "实地考察",
        "签订协议",
        "跟踪落地",
    ]
    assert codes(procedure) == []
    book = Book()
    opening = act.receive(
        procedure,
        1,
        case="k",
        number="BJ1",
        title="某某电池项目",
        channel=Channel.OFFICE,
        desk="市招商局",
        on=DAY,
    )
    case = book.add(opening, "2026-03-02")
    assert case.state is CaseState.UNDER_WAY
    for stage in procedure.stages[1:]:
        case = book.add(act.move(case, procedure, to=stage.key, on=DAY), "2026-03-03")
    case = book.add(act.close(case, procedure, outcome="done", on=DAY), "2026-03-04")
    assert (case.state, len(case.stays)) == (CaseState.CLOSED, 5)


def test_a_lead_that_dies_needs_a_reason() -> None:
    procedure = msgspec.structs.replace(PERMIT, is_dispatched=False)
    book = Book()
    opening = act.receive(
        procedure,
        1,
        case="k",
        number="1",
        title="扩建",
        channel=Channel.OFFICE,
        desk="甲局",
        fields={"kind": "房建"},
        on=DAY,
    )
    case = book.add(opening, "2026-03-02")
    with pytest.raises(RegisterError) as caught:
        act.close(case, procedure, outcome="withdrawn", on=DAY)
    assert caught.value.code == "R408"
    assert (
        book.add(act.close(case, procedure, outcome="withdrawn", reason=WHY, on=DAY), "2026-03-03").outcome
        == "withdrawn"
    )
