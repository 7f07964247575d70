"""From the plan's mechanisms to drafts of procedures (由报告生成流程草案), which a supervisor completes and publishes.

A pipeline (八步走) gives its stages, a state set (三库) its states, limits with cases of their own ("75、40、35") the classes with their limits, a checklist the
questions of one stage. Units, papers and fields are not in the text and stay empty.
"""

from __future__ import annotations

from collections.abc import Iterable

from luoshi.cadence.limit import Limit, PeriodType
from luoshi.kernel.label import Labelled
from luoshi.plan.model import DayType, ProcedureKind
from luoshi.plan.model import Limit as StatedLimit
from luoshi.plan.model import Procedure as Mechanism
from luoshi.register.procedure.model import CaseClass, Check, Origin, Outcome, Procedure, Stage

_PERIODS: dict[Labelled, PeriodType] = {
    DayType.WORKING_DAY: PeriodType.WORKING_DAY,
    DayType.CALENDAR_DAY: PeriodType.CALENDAR_DAY,
    DayType.MONTH: PeriodType.MONTH,
    DayType.HOUR: PeriodType.HOUR,
}
DRAFTED = (
    ProcedureKind.PIPELINE,
    ProcedureKind.STATE_SET,
    ProcedureKind.CLOCK,
    ProcedureKind.CHECKLIST,
    ProcedureKind.SERVICE,
)
"""Kinds of mechanisms that become procedures; a cadence or a set of members is none."""
PAUSES = ("supplement", "notice", "hearing", "expert_review", "testing", "appraisal")
"""Reasons for a pause that a draft begins with."""


def can_be_drafted(mechanism: Mechanism) -> bool:
    """Tell whether a mechanism of the plan gives a procedure."""
    return mechanism.kind in DRAFTED and bool(mechanism.stages or mechanism.members or mechanism.limits)


def drafted(mechanism: Mechanism) -> Procedure:
    """Return the draft of the procedure that a mechanism gives; only what its text says is filled in.

    Args:
        mechanism: One that `can_be_drafted`.
    """
    parts = mechanism.stages or mechanism.members
    if mechanism.kind is ProcedureKind.CHECKLIST or not parts:
        checks = tuple(Check(key=f"c{place}", name=part.name) for place, part in enumerate(parts, 1))
        stages: tuple[Stage, ...] = (Stage(key="s1", name="办理", checks=checks),)
    else:
        stages = tuple(Stage(key=f"s{place}", name=part.name) for place, part in enumerate(parts, 1))
    classes = tuple(_classes(mechanism.limits))
    return Procedure(
        key=f"m-{mechanism.id}",
        name=mechanism.name,
        noun=mechanism.scope or "事项",
        noun_en="",
        origin=Origin.REPORT,
        source=mechanism.id,
        basis=f"报告：{mechanism.name}",
        stages=stages,
        classes=classes if len(classes) > 1 else (),
        limit=classes[0].limit if len(classes) == 1 else None,
        outcomes=(
            Outcome(key="done", name="办结", en="done", stages=(stages[-1].key,)),
            Outcome(key="ended", name="终止", en="ended", is_success=False),
        ),
        pauses=PAUSES,
        is_dispatched=False,
        prefix="BJ",
    )


def _classes(limits: Iterable[StatedLimit]) -> Iterable[CaseClass]:
    for place, stated in enumerate(limits, 1):
        period = _PERIODS.get(stated.day_type)
        if period is None:
            continue
        limit = Limit(amount=stated.value, type=period, basis=f"报告：{stated.subject}")
        yield CaseClass(key=f"k{place}", name=stated.subject or f"第{place}类", limit=limit)
