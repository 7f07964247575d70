"""A case as it was on a day (办件历史状态), from its stays, fields and amounts."""

from __future__ import annotations

from datetime import date

from luoshi.register.case.model import Case
from luoshi.register.sheet import day_in


def stage_on(case: Case, day: date) -> str | None:
    """Return the stage in which a case stood at the end of a day; None before it came in and while it was closed."""
    for stay in reversed(case.stays):
        if stay.since.date() <= day:
            is_over = stay.until is not None and stay.until.date() <= day
            return None if is_over else stay.stage
    return None


def entered(case: Case, stage: str) -> date | None:
    """Return the day on which a case first entered a stage; None where it never did."""
    return next((stay.since.date() for stay in case.stays if stay.stage == stage), None)


def day_of_field(case: Case, field: str) -> date | None:
    """Return the day that a field holds."""
    text = case.fields.get(field, "")
    return day_in(text) if text else None
