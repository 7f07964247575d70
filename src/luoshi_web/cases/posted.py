"""What people post about cases and procedures, as values of the domain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from django.http import QueryDict

from luoshi.cadence.limit import Limit, PeriodType
from luoshi.register.case.act import Act
from luoshi.register.fault import RegisterError
from luoshi.register.procedure.model import CaseClass, Procedure, Stage
from luoshi.register.sheet import day_in, decimal_in
from luoshi_web.frame.fields import choice

_TEXT, _WORDS = 2000, 1000
_NAMES = ("to", "unit", "reason", "note", "kind", "outcome", "task", "obstacle", "check", "paper", "series")


def fields_from(posted: QueryDict, procedure: Procedure) -> dict[str, str]:
    """Return the fields that a form states, by key."""
    return {
        field.key: posted.get(f"field-{field.key}", "")[:_TEXT]
        for field in procedure.fields
        if f"field-{field.key}" in posted
    }


def act_from(act: Act, posted: QueryDict, procedure: Procedure, evidence: tuple[str, ...]) -> dict[str, Any]:
    """Return what an act needs, as a form states it.

    Raises:
        RegisterError: A number or a day is missing or is none (R416, R419).
    """
    # A field that a form left out is empty, so that the act says what is missing.
    words = {name: posted.get(name, "")[:_WORDS] for name in _NAMES}
    given: dict[str, Any] = dict(words)
    match act:
        case Act.FILL:
            given = {"fields": fields_from(posted, procedure)}
        case Act.CHECK:
            given["is_yes"] = posted.get("is_yes") == "1"
        case Act.EXTEND:
            given["amount"] = decimal_in(posted.get("amount", "")) or Decimal(0)
        case Act.STATE_AMOUNT:
            value = decimal_in(posted.get("value", ""))
            given |= {
                "month": posted.get("month", "")[:10],
                "value": Decimal(-1) if value is None else value,
                "evidence": evidence,
            }
        case Act.ADD_PAPER:
            if not evidence:
                raise RegisterError("R424")
            given["digest"] = evidence[0]
        case Act.BLOCK:
            due = day_in(posted.get("due", ""))
            if due is None:
                raise RegisterError("R418")
            given["due"] = due
        case _:
            pass
    return given


def procedure_from(posted: QueryDict, before: Procedure) -> Procedure:
    """Return a draft as a form changes it: names, units and limits of stages and classes."""
    stages = tuple(_stage(posted, stage) for stage in before.stages)
    classes = tuple(_class(posted, one) for one in before.classes)
    return msgspec.structs.replace(
        before,
        name=posted.get("name", before.name)[:100].strip(),
        noun=posted.get("noun", before.noun)[:20].strip() or before.noun,
        prefix=posted.get("prefix", before.prefix)[:6].strip().upper(),
        basis=posted.get("basis", before.basis)[:200].strip(),
        is_dispatched=posted.get("is_dispatched") == "1",
        is_public=posted.get("is_public") == "1",
        stages=stages,
        classes=classes,
    )


def _stage(posted: QueryDict, stage: Stage) -> Stage:
    prefix = f"stage-{stage.key}"
    return msgspec.structs.replace(
        stage,
        name=posted.get(f"{prefix}-name", stage.name)[:60].strip(),
        unit=posted.get(f"{prefix}-unit", stage.unit)[:100].strip(),
        limit=_limit(posted, prefix, stage.limit),
        is_counted=posted.get(f"{prefix}-counted") == "1",
    )


def _class(posted: QueryDict, one: CaseClass) -> CaseClass:
    return msgspec.structs.replace(one, limit=_limit(posted, f"class-{one.key}", one.limit))


def _limit(posted: QueryDict, prefix: str, before: Limit | None) -> Limit | None:
    text = posted.get(f"{prefix}-amount", "")
    if not text.strip():
        return None
    amount = decimal_in(text)
    kind = choice(PeriodType, posted.get(f"{prefix}-type", str(PeriodType.WORKING_DAY.value)))
    basis = posted.get(f"{prefix}-basis", before.basis if before else "")[:200].strip()
    return Limit(amount=amount if amount is not None else Decimal(0), type=kind, basis=basis)


def wanted_from(query: Mapping[str, str]) -> dict[str, Any]:
    """Return what a list is asked for."""
    return {
        "state": query.get("state", "open")[:12],
        "stage": query.get("stage", "")[:80],
        "case_class": query.get("class", "")[:40],
        "unit": query.get("unit", "")[:100],
        "words": query.get("q", "").strip()[:60],
        "is_late": query.get("late") == "1",
        "is_blocked": query.get("blocked") == "1",
    }


def month_of(day: date) -> str:
    """Return the month of a day as amounts name it."""
    return f"{day:%Y-%m}"
