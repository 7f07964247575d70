"""Keep evidence, erase what is personal, and check the ledger (台账维护与核验)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.ledger.chain import Anchor, Head, verify
from luoshi.ledger.entry import Entry, from_content
from luoshi.ledger.note import Note
from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.frame import blob
from luoshi_web.frame.clock import now
from luoshi_web.ledger import selectors, store
from luoshi_web.ledger.evidence import harmless_name, medium_of
from luoshi_web.ledger.models import EvidenceFile, LedgerEntry
from luoshi_web.plans.models import PlanYear
from luoshi_web.plans.store import together
from luoshi_web.rights import Actor, Right, RuleError


def keep_evidence(
    actor: Actor, plan_year: int, *, lineage: str, unit: str, name: str, data: bytes, limit: int
) -> EvidenceFile:
    """Keep a file that shows something; the same file is kept once.

    Args:
        actor: Who adds it; one who prepares papers of the unit, or a supervisor in no unit's name.
        plan_year: Identity of the plan-year.
        lineage: Commitment that it is about.
        unit: Unit in whose name it is added; "" for what a supervisor adds.
        name: Name as given.
        data: Its bytes.
        limit: Largest number of bytes.

    Raises:
        RefusedError: The person does not prepare papers of that unit.
        RuleError: It is empty or too large (W610, W611), or of a kind that is not taken (W612).
    """
    if unit:
        actor.require_for(Right.KEEP_ROSTER, plan_year, unit)
    else:
        actor.require(Right.SUPERVISE, plan_year)
    return _kept(actor, plan_year, lineage=lineage, unit=unit, name=name, data=data, limit=limit)


def keep_picture(
    actor: Actor, plan_year: int, *, about: str, name: str, data: bytes, limit: int
) -> EvidenceFile:
    """Keep a picture that belongs to no unit's papers, such as one of a drill; the service that calls has checked that the person may add it.

    Args:
        actor: Who adds it.
        plan_year: Identity of the plan-year.
        about: What it belongs to, in the place of a commitment.
        name: Name as given.
        data: Its bytes.
        limit: Largest number of bytes.

    Raises:
        RuleError: It is empty or too large (W610, W611), or no picture (W632).
    """
    medium = medium_of(data) if data else None
    if data and (medium is None or not medium.is_image):
        raise RuleError("W632", {"name": name})
    return _kept(actor, plan_year, lineage=about, unit="", name=name, data=data, limit=limit)


def _kept(
    actor: Actor, plan_year: int, *, lineage: str, unit: str, name: str, data: bytes, limit: int
) -> EvidenceFile:
    if not data:
        raise RuleError("W610", {"name": name})
    if len(data) > limit:
        raise RuleError("W611", {"name": name, "limit": limit // (1024 * 1024)})
    medium = medium_of(data)
    if medium is None:
        raise RuleError("W612", {"name": name})
    digest = blob.keep(data, room=blob.EVIDENCE)
    with together():
        row = store.add_evidence(
            plan_year,
            lineage=lineage,
            unit=unit,
            digest=digest,
            name=harmless_name(name, medium),
            medium=str(medium.value),
            size=len(data),
            by=actor.name,
            at=now(),
        )
        record(actor, Action.EVIDENCE_ADDED, row.name, plan_year=plan_year, digest=digest, unit=unit)
    return row


def erase_note(actor: Actor, digest: str, *, reason: str) -> bool:
    """Forget what somebody wrote, because it names a person; the ledger stays whole.

    The security administrator does it: he sees no plan and gains nothing by it, and the auditor sees that he did.

    Raises:
        RefusedError: The person is no security administrator.
    """
    actor.require(Right.ERASE)
    with together():
        done = store.erase_note(digest, at=now())
        if done:
            record(actor, Action.NOTE_ERASED, digest, reason=reason)
    return done


def erase_person(actor: Actor, key: str, *, reason: str) -> bool:
    """Forget whom an opaque identity of the ledger stands for.

    Raises:
        RefusedError: The person is no security administrator.
    """
    actor.require(Right.ERASE)
    with together():
        done = store.erase_person(key, at=now())
        if done:
            record(actor, Action.PERSON_ERASED, key, reason=reason)
    return done


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking the ledger of a plan-year gave.

    Attributes:
        plan_year: The plan-year.
        head: End of the chain as found.
        faults: What is wrong; empty for a sound ledger.
        files: How many files of evidence were read and compared.
        notes: How many notes were compared.
    """

    plan_year: PlanYear
    head: Head
    faults: tuple[Diagnostic, ...]
    files: int
    notes: int


def check(plan_year: PlanYear, *, anchors: Sequence[str] = ()) -> Checked:
    """Check chain, end, look-up columns, evidence and notes of a plan-year.

    Args:
        plan_year: The plan-year.
        anchors: Digests that were kept elsewhere.
    """
    wrong: list[Diagnostic] = []
    found = verify(
        store.scope_of(plan_year),
        _entries(plan_year.pk, wrong),
        head=selectors.head_of(plan_year.pk),
        anchors=[Anchor(digest=digest) for digest in anchors],
    )
    digests = selectors.every_evidence_digest(plan_year.pk)
    for digest in sorted(digests):
        wrong += _fault_of_file(digest)
    notes = 0
    for row in selectors.every_note(plan_year.pk):
        notes += 1
        if Note(salt=row.salt, text=row.text).ref.digest != row.digest:
            wrong.append(_fault("L112", digest=row.digest))
    return Checked(plan_year, found.head, (*found.faults, *wrong), len(digests), notes)


def _entries(plan_year: int, wrong: list[Diagnostic]) -> Iterator[Entry]:
    for row in selectors.every_row(plan_year):
        try:
            entry = from_content(row.content, row.digest)
        except (msgspec.ValidationError, msgspec.DecodeError):
            wrong.append(_fault("L109", number=row.number))
            continue
        if _columns(row) != (entry.number, entry.known_at, entry.day, entry.fact, entry.lineage, entry.unit):
            wrong.append(_fault("L110", number=row.number))
        yield entry


def _columns(row: LedgerEntry) -> tuple[object, ...]:
    return (row.number, row.known_at, row.day, row.fact, row.lineage, row.unit)


def _fault_of_file(digest: str) -> list[Diagnostic]:
    path = blob.path_of(digest, room=blob.EVIDENCE)
    try:
        is_same = blob.digest_of(path.read_bytes()) == digest
    except OSError:
        is_same = False
    return [] if is_same else [_fault("L111", digest=digest)]


def _fault(code: str, **parameters: object) -> Diagnostic:
    return Diagnostic(
        code=code,
        severity=Severity.ERROR,
        parameters={key: str(value) for key, value in parameters.items()},
    )
