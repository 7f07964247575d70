"""Read and compile an imported report, and put the plan where it belongs (导入)."""

from __future__ import annotations

import logging
from contextlib import suppress
from time import monotonic

import msgspec

from luoshi.catalogue.place import named
from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.kernel.errors import UnreadableError
from luoshi.plan.model import Level, Medium, Place, Plan
from luoshi_web.accounts.selectors import actor_of
from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.frame import blob
from luoshi_web.frame.clock import now, today
from luoshi_web.plans import selectors, store
from luoshi_web.plans.models import Import, ImportState
from luoshi_web.rights import Actor, Right

_log = logging.getLogger(__name__)
_TELL_EVERY_SECONDS = 0.3


class _Teller:
    """Writes progress into the import's row, at most a few times a second."""

    def __init__(self, import_id: int) -> None:
        self._import_id = import_id
        self._told = 0.0
        self._step = ""

    def __call__(self, step: str, share: float) -> None:
        moment = monotonic()
        if step == self._step and moment - self._told < _TELL_EVERY_SECONDS:
            return
        self._step, self._told = step, moment
        store.set_progress(self._import_id, step, share, at=now())


def run(import_id: int) -> None:
    """Read and compile an import that waits; whatever happens, its row says so in the end."""
    job = store.take_import(import_id, at=now())
    if job is None:
        return
    try:
        plan = _compiled(job)
    except UnreadableError as error:
        _fail(job, error.code, error.parameters)
        return
    except Exception:
        _log.exception("import %s failed", import_id)
        _fail(job, "W401", {})
        return
    if plan is not None:
        _settle(job, plan)


def _compiled(job: Import) -> Plan | None:
    """Return the compiled plan; nothing where the person has to say first which place and year it is for."""
    # The compiler with its readers of Word and pdf is loaded when the first report comes, not when the server starts.
    from luoshi.compiler import masthead, pipeline, reading
    from luoshi.compiler.source import document, read_limited

    tell = _Teller(job.pk)
    tell("reading_file", 0.02)
    delivered = read_limited(blob.path_of(job.file.digest), name=job.file.name)
    is_pasted = job.file.medium == Medium.PASTED.value
    source = msgspec.structs.replace(
        document(delivered, name=job.file.name), medium=Medium.PASTED if is_pasted else delivered.medium
    )
    store.set_source_text(job.file, source)
    head = masthead.from_reading(reading.from_source(source), source.name)
    if not (job.place and job.year) and _is_unsure(head.place.name, head.year, head.diagnostics):
        with suppress(pipeline.UnknownYearError):
            # A text without promises is refused before anybody is asked where it is from.
            pipeline.compile_report(source, year=job.year, force=job.even_if_no_report)
        store.ask_place(job, place=job.place or head.place.name, year=job.year or head.year, at=now())
        return None
    return pipeline.compile_report(
        source,
        place=_place(job.place, head.place),
        year=job.year,
        force=job.even_if_no_report,
        notes=delivered.diagnostics,
        progress=lambda step, share: tell(step, 0.1 + 0.85 * share),
    )


def _is_unsure(place: str, year: int, diagnostics: tuple[Diagnostic, ...]) -> bool:
    return not place or not year or any(d.severity is not Severity.NOTE for d in diagnostics)


def _place(said: str, read: Place) -> Place | None:
    """Return the place that the person named, with its code where the name is listed once."""
    if not said:
        return None
    if said == read.name:
        return read
    listed = [place for place in named(said) if not place.former]
    if len(listed) == 1:
        return Place(name=said, code=listed[0].code, level=Level(listed[0].rank))
    return Place(name=said)


def _settle(job: Import, plan: Plan) -> None:
    """Make the plan-year, or ask the person what to do where it is there already; if he may import into it."""
    existing = selectors.plan_year_of(plan.place, plan.year)
    if not _may_import(job, existing.pk if existing else None):
        _fail(job, "W403", {"place": plan.place.name, "year": str(plan.year)})
    elif existing is not None:
        store.ask_existing(job, plan, plan_year=existing.pk, at=now())
    else:
        finish(job, plan)


def _may_import(job: Import, plan_year: int | None) -> bool:
    if job.requested_by is None:  # a command on the server itself
        return True
    return actor_of(job.requested_by, day=today()).may(Right.IMPORT_REPORT, plan_year)


def finish(job: Import, plan: Plan) -> None:
    """Put a compiled plan into a new plan-year and close the import."""
    actor = Actor(job.requested_by_id, job.requested_name)
    with store.together():
        plan_year = store.add_plan_year(plan.place, plan.year, by=job.requested_name, at=now())
        store.add_draft(plan_year.pk, plan, by=job.requested_name, at=now())
        store.close_import(job, ImportState.DONE, at=now(), plan_year=plan_year.pk)
        record(actor, Action.PLAN_YEAR_CREATED, f"{plan.place.name} {plan.year}", plan_year=plan_year.pk)
        record(actor, Action.IMPORT_FINISHED, job.file.name, plan_year=plan_year.pk, digest=job.file.digest)


def _fail(job: Import, code: str, parameters: dict[str, str]) -> None:
    with store.together():
        store.close_import(job, ImportState.FAILED, at=now(), message=code, parameters=parameters)
        record(Actor(job.requested_by_id, job.requested_name), Action.IMPORT_FAILED, job.file.name, code=code)
