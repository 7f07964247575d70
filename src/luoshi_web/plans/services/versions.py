"""Publish versions, and take plans in from files (发布与计划文件)."""

from __future__ import annotations

import msgspec

from luoshi.plan import publish as publication
from luoshi.plan.diff import PlanDiff, recompile
from luoshi.plan.document import content_digest, from_stored, read
from luoshi.plan.model import Plan
from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.frame.clock import now
from luoshi_web.plans import selectors, store
from luoshi_web.plans.models import Import, ImportState, PlanVersion, PlanYear
from luoshi_web.plans.services.review import locked_draft
from luoshi_web.rights import Actor, RefusedError, Right, RuleError


def publish(actor: Actor, plan_year: int, *, reason: str, revision: int) -> PlanVersion:
    """Publish the draft as the next version. It never changes afterwards; the draft goes on.

    Raises:
        RefusedError: The person may not publish there.
        ConflictError: Someone changed the draft meanwhile (W201).
        RuleError: There is no draft (W501), or nothing changed since the last version (W502).
        DecisionError: Something stands against it (P35x).
    """
    actor.require(Right.PUBLISH, plan_year)
    with store.together():
        draft = locked_draft(plan_year, revision)
        last = store.last_version(plan_year)
        baseline = from_stored(last.document.encode()) if last else None
        number = last.number + 1 if last else 1
        version = publication.publish(
            from_stored(draft.document.encode()), version=number, reason=reason, baseline=baseline
        )
        if baseline is not None and is_same_content(version, baseline):
            raise RuleError("W502", {"number": baseline.version})
        row = store.add_version(plan_year, version, by=actor.name, at=now())
        record(
            actor,
            Action.PUBLISHED,
            str(row.number),
            plan_year=plan_year,
            digest=row.digest,
            reason=version.reason,
        )
    return row


def is_same_content(version: Plan, baseline: Plan) -> bool:
    """Tell whether two versions say the same, but for their number and reason."""
    renumbered = msgspec.structs.replace(version, version=baseline.version, reason=baseline.reason)
    return content_digest(renumbered) == content_digest(baseline)


def import_plan_document(actor: Actor, data: bytes) -> tuple[PlanYear, PlanDiff | None]:
    """Take a plan in that was edited outside: as a new plan-year, or into the draft of the one that is there.

    What review has settled in a draft stays; the file counts as a new proposal.

    Returns:
        The plan-year; and what the file said differently, where there was a draft already.

    Raises:
        RefusedError: The person may not import into that plan-year.
        RefusedPlanError: The file is refused, with everything that is wrong in it (P1xx).
    """
    if not actor.may_somewhere(Right.IMPORT_REPORT):
        raise RefusedError("W101")
    plan = read(data)
    if plan.version:
        plan = publication.amendment(plan)
    with store.together():
        plan_year = selectors.plan_year_of(plan.place, plan.year)
        if plan_year is None:
            actor.require(Right.IMPORT_REPORT)
            plan_year = store.add_plan_year(plan.place, plan.year, by=actor.name, at=now())
            record(actor, Action.PLAN_YEAR_CREATED, f"{plan.place.name} {plan.year}", plan_year=plan_year.pk)
            store.add_draft(plan_year.pk, plan, by=actor.name, at=now())
            return plan_year, None
        return plan_year, _propose(actor, plan_year, plan)


def _propose(actor: Actor, plan_year: PlanYear, fresh: Plan) -> PlanDiff | None:
    """Bring a draft up to a fresh plan, in the transaction of the caller."""
    actor.require(Right.IMPORT_REPORT, plan_year.pk)
    draft = store.lock_draft(plan_year.pk)
    if draft is None:
        store.add_draft(plan_year.pk, fresh, by=actor.name, at=now())
        return None
    merged, difference = recompile(from_stored(draft.document.encode()), fresh)
    store.set_draft(draft, merged, by=actor.name, at=now(), base=merged)
    record(
        actor,
        Action.DRAFT_REPLACED,
        str(plan_year),
        plan_year=plan_year.pk,
        revision=draft.revision,
        changes={str(what.value): count for what, count in difference.counts().items()},
    )
    return difference


def answer_existing(actor: Actor, job: Import) -> PlanYear:
    """Take a compilation into the draft of the plan-year that is there already, as a new proposal.

    Raises:
        RefusedError: The person may not import into that plan-year.
        RuleError: The import does not ask this (W412).
    """
    if ImportState(job.state) is not ImportState.ASKING or job.plan_year is None:
        raise RuleError("W412")
    with store.together():
        _propose(actor, job.plan_year, from_stored(job.document.encode()))
        store.close_import(job, ImportState.DONE, at=now(), plan_year=job.plan_year.pk)
        record(
            actor, Action.IMPORT_FINISHED, job.file.name, plan_year=job.plan_year.pk, digest=job.file.digest
        )
    return job.plan_year


def preview_of(job: Import) -> PlanDiff | None:
    """Return what a compilation would say differently from the draft that is there; nothing where there is none."""
    draft = store.draft_document(job.plan_year_id)
    if draft is None or not job.document:
        return None
    return recompile(from_stored(draft.encode()), from_stored(job.document.encode()))[1]


def draft_of(plan_year: int) -> tuple[Plan, int]:
    """Return the draft of a plan-year and its revision; only for commands on the server itself.

    Raises:
        RuleError: There is none (W501).
    """
    found = selectors.draft_and_revision(plan_year)
    if found is None:
        raise RuleError("W501")
    document, revision = found
    return from_stored(document.encode()), revision
