"""Change plan-years: each change with its permission and its line in the audit log (年度计划)."""

from luoshi_web.plans.services.importing import (
    answer_go_on,
    answer_place,
    cancel_import,
    mark_interrupted_imports,
    start_import,
    try_again,
)
from luoshi_web.plans.services.reading import delete_view, record_export, save_view
from luoshi_web.plans.services.review import Outcome, decide, undo

__all__ = [
    "Outcome",
    "answer_go_on",
    "answer_place",
    "cancel_import",
    "decide",
    "delete_view",
    "mark_interrupted_imports",
    "record_export",
    "save_view",
    "start_import",
    "try_again",
    "undo",
]
