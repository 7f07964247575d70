"""Write plan-years, drafts, decisions and versions; the only place where plans become rows."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime

from django.db import transaction

from luoshi.plan.document import content_digest, to_json
from luoshi.plan.model import Place, Plan, ReviewState, Source
from luoshi.plan.progress import progress
from luoshi.plan.review import Record, encode_record
from luoshi_web.plans.models import (
    DecisionEntry,
    Draft,
    Import,
    ImportState,
    PlanVersion,
    PlanYear,
    SavedView,
    SourceFile,
)


def together() -> AbstractContextManager[None]:
    """Make what is written inside happen as a whole or not at all."""
    return transaction.atomic()


def add_plan_year(place: Place, year: int, *, by: str, at: datetime) -> PlanYear:
    """Add a plan-year."""
    return PlanYear.objects.create(
        place=place.name,
        code=place.code,
        level=str(place.level.value),
        year=year,
        created_at=at,
        created_by=by,
    )


def let_stand(plan_year: int, day: date) -> None:
    """Let the clock of a plan-year stand at a day: what follows in it is simulated."""
    PlanYear.objects.filter(pk=plan_year).update(stands_at=day)


def facts_of(plan: Plan) -> dict[str, int]:
    """Return the counts that lists of plans show."""
    overall = progress(plan).overall
    lists = ("commitments", "targets", "projects", "procedures")
    counts = {
        name: sum(item.state is not ReviewState.REJECTED for item in getattr(plan, name)) for name in lists
    }
    return counts | {"reviewed": overall.reviewed, "reviewable": overall.total, "in_doubt": overall.in_doubt}


def add_draft(plan_year: int, plan: Plan, *, by: str, at: datetime) -> Draft:
    """Add the draft of a plan-year that has none."""
    document = to_json(plan).decode()
    return Draft.objects.create(
        plan_year_id=plan_year,
        document=document,
        base=document,
        digest=content_digest(plan),
        facts=facts_of(plan),
        changed_at=at,
        changed_by=by,
    )


def lock_draft(plan_year: int) -> Draft | None:
    """Return the draft and keep others from changing it until the transaction ends."""
    return Draft.objects.select_for_update().filter(plan_year_id=plan_year).first()


def set_draft(draft: Draft, plan: Plan, *, by: str, at: datetime, base: Plan | None = None) -> None:
    """Put another plan into a locked draft; its revision rises.

    Args:
        draft: The locked draft.
        plan: The plan.
        by: Who changes it.
        at: When.
        base: Where a new chapter begins: the plan before its first decision.
    """
    draft.document = to_json(plan).decode()
    draft.digest = content_digest(plan)
    draft.facts = facts_of(plan)
    draft.revision += 1
    draft.changed_by, draft.changed_at = by, at
    if base is not None:
        draft.base = to_json(base).decode()
        draft.chapter += 1
    draft.save()


def set_saved_view(user_id: int, screen: str, name: str, query: str) -> None:
    """Keep or replace a saved view."""
    SavedView.objects.update_or_create(user_id=user_id, screen=screen, name=name, defaults={"query": query})


def delete_saved_view(user_id: int, view_id: int) -> None:
    """Drop a user's saved view."""
    SavedView.objects.filter(user_id=user_id, pk=view_id).delete()


def add_source_file(*, name: str, medium: str, digest: str, size: int, by: str, at: datetime) -> SourceFile:
    """Add a file whose bytes are kept already."""
    return SourceFile.objects.create(
        name=name[:200], medium=medium, digest=digest, size=size, added_by=by, added_at=at
    )


def set_source_text(file: SourceFile, source: Source) -> None:
    """Keep the text that was read from a file."""
    file.text, file.medium = source.text, str(source.medium.value)
    file.save(update_fields=["text", "medium"])


def add_import(
    file: SourceFile,
    *,
    user_id: int | None,
    by: str,
    place: str,
    year: int | None,
    even_if_no_report: bool,
    runner: str,
    at: datetime,
) -> Import:
    """Add an import that waits."""
    return Import.objects.create(
        file=file,
        requested_by_id=user_id,
        requested_name=by,
        place=place,
        year=year,
        even_if_no_report=even_if_no_report,
        runner=runner,
        beat_at=at,
        created_at=at,
    )


def take_import(import_id: int, *, at: datetime) -> Import | None:
    """Begin an import that waits; nothing where it was taken or cancelled meanwhile."""
    waiting = Import.objects.filter(pk=import_id, state=ImportState.WAITING.value)
    if not waiting.update(state=ImportState.RUNNING.value, beat_at=at):
        return None
    return Import.objects.select_related("file").get(pk=import_id)


def set_progress(import_id: int, step: str, share: float, *, at: datetime) -> None:
    """Tell how far an import is."""
    Import.objects.filter(pk=import_id).update(step=step, progress=share, beat_at=at)


def beat_imports(runner: str, *, at: datetime) -> None:
    """Tell that the process `runner` lives."""
    Import.objects.filter(runner=runner, state__in=_UNDER_WAY).update(beat_at=at)


_UNDER_WAY = [state.value for state in ImportState if state.is_under_way]


def interrupt_imports(*, silent_since: datetime) -> None:
    """Mark the imports whose process has not been heard of since a moment."""
    silent = Import.objects.filter(state__in=_UNDER_WAY, beat_at__lt=silent_since)
    silent.update(state=ImportState.INTERRUPTED.value, message="W402")


def restart_import(job: Import, *, runner: str, at: datetime) -> None:
    """Let an import wait again, from the beginning."""
    job.state, job.step, job.progress = ImportState.WAITING.value, "", 0
    job.message, job.parameters, job.document = "", {}, ""
    job.runner, job.beat_at, job.finished_at = runner, at, None
    job.save()


def ask_place(job: Import, *, place: str, year: int, at: datetime) -> None:
    """Wait for the person to say which place and year a report is for."""
    job.state, job.message, job.progress = ImportState.ASKING.value, "W410", 0.1
    job.parameters = {"place": place, "year": str(year or "")}
    job.beat_at = at
    job.save()


def ask_existing(job: Import, plan: Plan, *, plan_year: int, at: datetime) -> None:
    """Keep a compiled plan, and wait for the person to say what to do with the plan-year that is there already."""
    job.state, job.message, job.progress = ImportState.ASKING.value, "W411", 1
    job.parameters = {"place": plan.place.name, "year": str(plan.year)}
    job.document, job.plan_year_id, job.beat_at = to_json(plan).decode(), plan_year, at
    job.save()


def close_import(
    job: Import,
    state: ImportState,
    *,
    at: datetime,
    plan_year: int | None = None,
    message: str = "",
    parameters: dict[str, str] | None = None,
) -> None:
    """End an import; its file belongs to the plan-year from then on."""
    job.state, job.message, job.parameters = state.value, message, parameters or {}
    job.finished_at, job.document = at, ""
    if plan_year is not None:
        job.plan_year_id = job.file.plan_year_id = plan_year
        job.file.save(update_fields=["plan_year"])
    if state is ImportState.DONE:
        job.progress = 1
    job.save()


def add_decision(draft: Draft, made: Record, *, by: str, at: datetime) -> DecisionEntry:
    """Add a decision that was made on a draft."""
    return DecisionEntry.objects.create(
        plan_year_id=draft.plan_year_id,
        chapter=draft.chapter,
        record=encode_record(made).decode(),
        kind=made.decision.__struct_config__.tag,
        by=by,
        at=at,
    )


def decision_in_force(draft: Draft, entry: int | None) -> DecisionEntry | None:
    """Return a decision of the draft's chapter that is not undone; the last, where none is named."""
    found = DecisionEntry.objects.filter(
        plan_year_id=draft.plan_year_id, chapter=draft.chapter, undone_at__isnull=True
    )
    if entry is not None:
        found = found.filter(pk=entry)
    return found.order_by("-id").first()


def mark_undone(entry: DecisionEntry, *, by: str, at: datetime) -> None:
    """Note that a decision no longer holds."""
    entry.undone_by, entry.undone_at = by, at
    entry.save(update_fields=["undone_by", "undone_at"])


def last_version(plan_year: int) -> PlanVersion | None:
    """Return the newest version of a plan-year."""
    return PlanVersion.objects.filter(plan_year_id=plan_year).order_by("-number").first()


def add_version(plan_year: int, version: Plan, *, by: str, at: datetime) -> PlanVersion:
    """Add a published version."""
    return PlanVersion.objects.create(
        plan_year_id=plan_year,
        number=version.version,
        document=to_json(version).decode(),
        digest=content_digest(version),
        facts=facts_of(version),
        reason=version.reason,
        by=by,
        at=at,
    )


def draft_document(plan_year: int | None) -> str | None:
    """Return the draft's document."""
    return Draft.objects.filter(plan_year_id=plan_year).values_list("document", flat=True).first()
