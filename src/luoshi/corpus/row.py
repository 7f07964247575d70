"""Rows of a plan (数据行): one a report, a target, a claim, a project; their columns are those of `luoshi.corpus.table`."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from decimal import Decimal, DecimalException
from typing import Any

from luoshi.kernel.errors import LuoshiError
from luoshi.kernel.quantity import base_amount
from luoshi.kernel.span import Span
from luoshi.plan.model import Claim, Place, Plan, Project, Section, Target

Row = dict[str, Any]


def of_plan(plan: Plan, *, label: str, key: str) -> dict[str, list[Row]]:
    """Return the rows of every table for one compiled report.

    Args:
        plan: What the compiler made; its first source is the report.
        label: What the tables call the report.
        key: Identity of this compilation.
    """
    common = _common(label, plan.place, plan.year)
    places = _Places(plan)
    rows = {
        "targets": [common | _target(target, places) for target in plan.targets],
        "claims": [common | _claim(claim, places) for claim in plan.claims],
        "projects": [common | _project(project, places) for project in plan.projects],
    }
    source = plan.sources[0]
    report = common | {
        "title": source.title,
        "body": source.body,
        "session": source.session,
        "day": source.day,
        "medium": source.medium.value,
        "digest": source.digest,
        "characters": len(source.text),
        "commitments": len(plan.commitments),
        "diagnostics": len(plan.diagnostics),
        "error": "",
        "error_text": "",
        "compiler": plan.compiler,
        "key": key,
    }
    return {"reports": [report | {name: len(found) for name, found in rows.items()}], **rows}


def of_failure(
    error: LuoshiError, *, label: str, key: str, place: Place | None, year: int | None, compiler: str
) -> Row:
    """Return the row of a report that could not be compiled."""
    counts = dict.fromkeys(("commitments", "targets", "claims", "projects", "diagnostics"), 0)
    nothing = dict.fromkeys(("title", "body", "session", "medium", "digest"), "")
    return (
        _common(label, place or Place(name=""), year or 0)
        | nothing
        | {"day": None, "characters": None}
        | counts
        | said(error)
        | {"compiler": compiler, "key": key}
    )


def said(error: LuoshiError) -> Row:
    """Return the columns that tell what is wrong with a report."""
    return {"error": error.code, "error_text": error.describe("zh")}


def _common(label: str, place: Place, year: int) -> Row:
    return {
        "report": label,
        "place": place.name,
        "code": place.code,
        "level": place.level.value,
        "year": year or None,
    }


class _Places:
    """Where things of a plan stand: their words, and the numbered part around them."""

    def __init__(self, plan: Plan) -> None:
        self.quote: Callable[[Span], str] = plan.quote
        self._sections: Sequence[Section] = sorted(
            plan.sections, key=lambda section: (section.span.start, -section.span.end)
        )
        self._starts = [section.span.start for section in self._sections]
        self._by_id = {section.id: section for section in plan.sections}

    def section(self, span: Span) -> Row:
        """Return the columns that tell the innermost part around `span`."""
        at = bisect_right(self._starts, span.start) - 1
        around = self._sections[at] if at >= 0 else None
        while around is not None and not around.span.covers(span):
            around = self._by_id.get(around.parent)
        if around is None:
            return {"section": "", "role": ""}
        return {"section": f"{around.number} {around.title}".strip(), "role": around.role.value}

    def stretch(self, span: Span | None) -> Row:
        """Return the columns that tell a clause."""
        if span is None:
            return {"text": "", "start": None, "end": None}
        return {"text": self.quote(span), "start": span.start, "end": span.end}

    def number(self, span: Span | None) -> Row:
        """Return the columns that tell number and unit."""
        if span is None:
            return {"number": "", "number_start": None, "number_end": None}
        return {"number": self.quote(span), "number_start": span.start, "number_end": span.end}


def _target(target: Target, places: _Places) -> Row:
    plain, plain_unit = _plain(target.value, target.unit)
    return {
        "id": target.id,
        "indicator": target.indicator,
        "indicator_key": target.indicator_key,
        "comparator": target.comparator.value,
        "value": _real(target.value),
        "upper": _real(target.upper),
        "unit": target.unit,
        "plain_value": plain,
        "plain_unit": plain_unit,
        "reference": target.reference,
        "kind": target.kind.value,
        "base_period": target.base_period,
        "judged_as": target.judged_as.value,
        "course": target.course.value,
        "deadline": target.deadline.day,
        "deadline_written": target.deadline.written,
        "strength": target.strength,
        **places.section(target.spans[0]),
        **places.stretch(target.spans[0]),
        **places.number(target.number),
        "confidence": target.confidence,
    }


def _claim(claim: Claim, places: _Places) -> Row:
    plain, plain_unit = _plain(claim.value, claim.unit)
    return {
        "id": claim.id,
        "indicator": claim.indicator,
        "indicator_key": claim.indicator_key,
        "comparator": claim.comparator.value,
        "value": _real(claim.value),
        "unit": claim.unit,
        "plain_value": plain,
        "plain_unit": plain_unit,
        "kind": claim.kind.value,
        "growth_percent": _real(claim.growth_percent),
        "claim_year": claim.year,
        **places.section(claim.spans[0]),
        **places.stretch(claim.spans[0]),
        **places.number(claim.number),
        "confidence": claim.confidence,
    }


def _project(project: Project, places: _Places) -> Row:
    name = project.spans[0]
    return {
        "id": project.id,
        "name": project.name,
        "kind": project.kind.value,
        "action": project.action,
        "stage": project.stage.value,
        "location": project.place,
        "amount": _real(project.amount),
        "amount_unit": project.amount_unit,
        "plain_amount": _plain(project.amount, project.amount_unit)[0],
        "deadline": project.deadline.day,
        "deadline_written": project.deadline.written,
        "member_of": project.member_of,
        **places.section(name),
        **places.stretch(project.clause or name),
        "name_start": name.start,
        "name_end": name.end,
        "confidence": project.confidence,
    }


def _plain(value: Decimal | None, unit: str) -> tuple[float | None, str]:
    if value is None:
        return None, ""
    try:
        amount, plain = base_amount(value, unit)
    except DecimalException:
        return None, ""
    return _real(amount), plain


def _real(value: Decimal | None) -> float | None:
    """Return the nearest binary fraction; None where the number is too large for one."""
    if value is None:
        return None
    real = float(value)
    return real if math.isfinite(real) else None
