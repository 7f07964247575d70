"""Import a report: keep the file, have it compiled, answer what the compiler asks (导入报告)."""

from __future__ import annotations

from datetime import timedelta

from luoshi.plan.model import Medium
from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.frame import blob
from luoshi_web.frame.clock import now
from luoshi_web.plans import store, tasks
from luoshi_web.plans.models import Import, ImportState
from luoshi_web.rights import Actor, RefusedError, Right, RuleError

_SILENT_AFTER = timedelta(seconds=6 * tasks.BEAT_SECONDS)


def start_import(
    actor: Actor,
    *,
    name: str,
    data: bytes,
    is_pasted: bool = False,
    place: str = "",
    year: int | None = None,
    even_if_no_report: bool = False,
) -> Import:
    """Keep a report and have it compiled; where place and year are given, the text is not asked for them.

    Raises:
        RefusedError: The person may not import reports.
    """
    if not actor.may_somewhere(Right.IMPORT_REPORT):
        raise RefusedError("W101")
    with store.together():
        file = store.add_source_file(
            name=name,
            medium=str(Medium.PASTED.value) if is_pasted else "",
            digest=blob.keep(data),
            size=len(data),
            by=actor.name,
            at=now(),
        )
        job = store.add_import(
            file,
            user_id=actor.id,
            by=actor.name,
            place=place,
            year=year,
            even_if_no_report=even_if_no_report,
            runner=tasks.RUNNER,
            at=now(),
        )
        record(actor, Action.IMPORT_STARTED, name, digest=file.digest, size=len(data))
    tasks.begin(job.pk)
    job.refresh_from_db()
    return job


def answer_place(actor: Actor, job: Import, *, place: str, year: int) -> None:
    """Say which place and year a report is of, and compile it for them.

    Raises:
        RefusedError: The person may not import reports.
        RuleError: The import does not ask (W412).
    """
    _require_asked(actor, job, {ImportState.ASKING})
    job.place, job.year = place, year
    _again(job)


def answer_go_on(actor: Actor, job: Import) -> None:
    """Compile a text although it does not look like a report.

    Raises:
        RefusedError: The person may not import reports.
        RuleError: The import has not failed (W412).
    """
    _require_asked(actor, job, {ImportState.FAILED})
    job.even_if_no_report = True
    _again(job)


def try_again(actor: Actor, job: Import) -> None:
    """Begin an import anew that failed or was cut off.

    Raises:
        RefusedError: The person may not import reports.
        RuleError: It is under way or done (W412).
    """
    _require_asked(actor, job, {ImportState.FAILED, ImportState.INTERRUPTED, ImportState.CANCELLED})
    _again(job)


def cancel_import(actor: Actor, job: Import) -> None:
    """End an import without any plan; the file stays.

    Raises:
        RefusedError: The person may not import reports.
        RuleError: It is over already (W412).
    """
    _require_asked(actor, job, {ImportState.ASKING, ImportState.FAILED, ImportState.INTERRUPTED})
    with store.together():
        store.close_import(job, ImportState.CANCELLED, at=now())
        record(actor, Action.IMPORT_CANCELLED, job.file.name)


def _require_asked(actor: Actor, job: Import, states: set[ImportState]) -> None:
    if not actor.may_somewhere(Right.IMPORT_REPORT):
        raise RefusedError("W101")
    if ImportState(job.state) not in states:
        raise RuleError("W412")


def _again(job: Import) -> None:
    store.restart_import(job, runner=tasks.RUNNER, at=now())
    tasks.begin(job.pk)


def mark_interrupted_imports() -> None:
    """Mark the imports that a restart of the server cut off."""
    store.interrupt_imports(silent_since=now() - _SILENT_AFTER)
