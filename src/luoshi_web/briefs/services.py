"""Draft documents from the ledger, edit their words, approve and issue them (拟稿、修改、审定、签发)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.brief.drafting.circulation import draft_circulation
from luoshi.brief.drafting.letterhead import Letterhead
from luoshi.brief.drafting.periodic import draft_brief
from luoshi.brief.drafting.situation import Situation
from luoshi.brief.drafting.supervision import draft_supervision
from luoshi.brief.official import issuing
from luoshi.brief.official.issuing import DocumentError, Version
from luoshi.brief.official.model import Document, DocumentKind
from luoshi.cadence.cycle import Frequency
from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.briefs import selectors, store
from luoshi_web.briefs.models import Brief
from luoshi_web.frame.clock import now
from luoshi_web.ledger import selectors as ledger
from luoshi_web.ledger.store import person_key
from luoshi_web.plans.selectors import plan_year_with_id
from luoshi_web.plans.store import together
from luoshi_web.reporting.selectors import ground_of, version_of, year_of
from luoshi_web.rights import Actor, Right, RuleError

_FREQUENCIES = {
    DocumentKind.MONTH: Frequency.MONTH,
    DocumentKind.QUARTER: Frequency.QUARTER,
    DocumentKind.HALF_YEAR: Frequency.HALF_YEAR,
    DocumentKind.YEAR: Frequency.YEAR,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be drafted: kind, what the office puts on it, and for a notice the commitment, what is asked, in how many working days."""

    kind: DocumentKind
    letterhead: Letterhead
    lineage: str = ""
    demand: str = ""
    working_days: int = 5


def situation_of(plan_year: int, *, since: date | None = None) -> Situation:
    """Return what is known of a plan-year today.

    Raises:
        RuleError: There is no such plan-year (W601), or nothing was published (W602).
    """
    row = plan_year_with_id(plan_year)
    if row is None:
        raise RuleError("W601")
    year = year_of(plan_year)
    if not year.version:
        raise RuleError("W601")
    index = version_of(plan_year, year.version)
    notes = [
        report.valid.fact.obstacles.digest
        for reports in year.reports.values()
        for report in reports.values()
        if report.valid is not None and report.valid.fact.obstacles is not None
    ]
    texts = {digest: text for digest, text in ledger.texts_of(notes).items() if text}
    return Situation(
        plan=index.plan,
        year=year,
        ground=ground_of(index),
        as_of=ledger.day_of(row),
        head=ledger.head_of(plan_year),
        since=since,
        notes=texts,
    )


def _drafted(situation: Situation, wanted: Wanted) -> Document:
    match wanted.kind:
        case DocumentKind.SUPERVISION:
            return draft_supervision(
                situation,
                wanted.letterhead,
                lineage=wanted.lineage,
                wanted=wanted.demand,
                sent=situation.as_of,
                working_days=wanted.working_days,
            )
        case DocumentKind.CIRCULATION:
            demands = (wanted.demand,) if wanted.demand else ()
            return draft_circulation(
                situation,
                wanted.letterhead,
                sent=situation.as_of,
                working_days=wanted.working_days,
                demands=demands,
            )
        case kind:
            return draft_brief(situation, wanted.letterhead, frequency=_FREQUENCIES[kind])


def draft(actor: Actor, plan_year: int, wanted: Wanted) -> Brief:
    """Draft a document from the ledger as it is now.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: The commitment of a notice is not in force (L265).
        DocumentError: Nothing is asked, or in no working day (B218).
        RuleError: Nothing was published there (W601).
    """
    actor.require(Right.SUPERVISE, plan_year)
    is_notice = wanted.kind is DocumentKind.SUPERVISION
    if wanted.working_days <= 0 or (is_notice and not wanted.demand.strip()):
        raise DocumentError("B218")
    before = selectors.last_issued(plan_year, str(wanted.kind.value))
    situation = situation_of(plan_year, since=before.as_of if before else None)
    version = issuing.begin(_drafted(situation, wanted), who=person_key(actor.id), on=situation.as_of)
    with together():
        row = store.add_brief(plan_year, version, at=now())
        record(actor, Action.BRIEF_DRAFTED, row.title, plan_year=plan_year, brief=row.pk)
    return row


def _opened(plan_year: int, brief: int, seen: int) -> tuple[Brief, Version]:
    row = store.lock_brief(plan_year, brief)
    if row is None:
        raise DocumentError("B219")
    version = selectors.newest_of(brief)
    if seen and seen != version.revision:
        raise DocumentError("B220")
    return row, version


def _today(plan_year: int) -> date:
    row = plan_year_with_id(plan_year)
    assert row is not None  # the document names it
    return ledger.day_of(row)


def edit(actor: Actor, plan_year: int, brief: int, *, block: str, text: str, seen: int = 0) -> None:
    """Change the words of a paragraph or heading; figures stay what the ledger says.

    Raises:
        RefusedError: The person is no supervisor there.
        DocumentError: There is no such document (B219), somebody changed it meanwhile (B220), or the words cannot stand (B210 to B215).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with together():
        row, before = _opened(plan_year, brief, seen)
        after = issuing.edit(before, block=block, text=text, who=person_key(actor.id), on=_today(plan_year))
        store.add_version(row, after, at=now())
        record(actor, Action.BRIEF_EDITED, row.title, plan_year=plan_year, brief=brief)


def approve(actor: Actor, plan_year: int, brief: int, *, seen: int = 0) -> None:
    """Approve a draft; a leader or a supervisor does.

    Raises:
        RefusedError: The person is neither.
        DocumentError: It is no draft (B210), a figure has no reference (B216), or it changed meanwhile (B219, B220).
    """
    actor.require(Right.INSTRUCT, plan_year)
    with together():
        row, before = _opened(plan_year, brief, seen)
        after = issuing.approve(before, who=person_key(actor.id), on=_today(plan_year))
        store.add_version(row, after, at=now())
        record(actor, Action.BRIEF_APPROVED, row.title, plan_year=plan_year, brief=brief)


def reopen(actor: Actor, plan_year: int, brief: int, *, seen: int = 0) -> None:
    """Make an approved document a draft again.

    Raises:
        RefusedError: The person is neither leader nor supervisor.
        DocumentError: It is not approved (B210), or it changed meanwhile (B219, B220).
    """
    actor.require(Right.INSTRUCT, plan_year)
    with together():
        row, before = _opened(plan_year, brief, seen)
        after = issuing.reopen(before, who=person_key(actor.id), on=_today(plan_year))
        store.add_version(row, after, at=now())
        record(actor, Action.BRIEF_REOPENED, row.title, plan_year=plan_year, brief=brief)


def issue(actor: Actor, plan_year: int, brief: int, *, serial: int, seen: int = 0) -> None:
    """Issue an approved document with its number; it never changes after.

    Raises:
        RefusedError: The person is no supervisor there.
        DocumentError: It is not approved (B210), the number is missing (B217) or taken (B221), or it changed meanwhile (B219, B220).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with together():
        row, before = _opened(plan_year, brief, seen)
        after = issuing.issue(before, serial=serial, who=person_key(actor.id), on=_today(plan_year))
        number = after.document.head.number
        if number is not None:
            label = f"{number.sign}〔{number.year}〕{number.serial}号"
            if label in selectors.numbers_taken(plan_year):
                raise DocumentError("B221", {"number": label})
        store.add_version(row, after, at=now())
        record(actor, Action.BRIEF_ISSUED, row.title, plan_year=plan_year, brief=brief, digest=after.digest)
