"""Screens of procedures and cases."""

from luoshi_web.cases.views.case import act, case, contact, follow, new_case
from luoshi_web.cases.views.coverage import coverage, coverage_sheet
from luoshi_web.cases.views.desk import desk
from luoshi_web.cases.views.procedures import (
    adopt,
    draft_from_report,
    drawing,
    procedure,
    procedures,
    publish,
    upload_drawing,
)
from luoshi_web.cases.views.register import board, cases, days, export, places, take_in, together

__all__ = [
    "act",
    "adopt",
    "board",
    "case",
    "cases",
    "contact",
    "coverage",
    "coverage_sheet",
    "days",
    "desk",
    "draft_from_report",
    "drawing",
    "export",
    "follow",
    "new_case",
    "places",
    "procedure",
    "procedures",
    "publish",
    "take_in",
    "together",
    "upload_drawing",
]
