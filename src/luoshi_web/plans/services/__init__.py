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
from luoshi_web.plans.services.versions import (
    answer_existing,
    draft_of,
    import_plan_document,
    preview_of,
    publish,
)

__all__ = [
    "Outcome",
    "answer_existing",
    "answer_go_on",
    "answer_place",
    "cancel_import",
    "decide",
    "delete_view",
    "draft_of",
    "import_plan_document",
    "mark_interrupted_imports",
    "preview_of",
    "publish",
    "record_export",
    "save_view",
    "start_import",
    "try_again",
    "undo",
]
