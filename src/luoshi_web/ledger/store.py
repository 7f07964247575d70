"""Write entries, notes, persons and evidence; the only place where the ledger becomes rows."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from luoshi.ledger.chain import Author, Head, extend, head_of
from luoshi.ledger.entry import Entry, Proposal
from luoshi.ledger.note import Note, NoteRef
from luoshi_web.ledger.models import EvidenceFile, LedgerEntry, LedgerHead, LedgerNote, LedgerPerson
from luoshi_web.plans.models import PlanYear

_BATCH = 500


def scope_of(plan_year: PlanYear) -> str:
    """Return how the ledger names a plan-year: by place, code and year, which survive a move."""
    return "/".join(part for part in (plan_year.place, plan_year.code, str(plan_year.year)) if part)


def lock(plan_year: PlanYear) -> LedgerHead:
    """Return the end of a plan-year's chain and keep others from appending until the transaction ends."""
    head = LedgerHead.objects.select_for_update().filter(plan_year=plan_year).first()
    if head is not None:
        return head
    try:
        with transaction.atomic():
            LedgerHead.objects.create(plan_year=plan_year, scope=scope_of(plan_year))
    except IntegrityError:
        # Another transaction made it meanwhile; it is waited for below.
        pass
    return LedgerHead.objects.select_for_update().get(plan_year=plan_year)


def append(
    plan_year: PlanYear,
    proposals: Sequence[Proposal],
    *,
    author: Author,
    at: datetime,
    is_simulated: bool = False,
) -> tuple[Entry, ...]:
    """Append what happened, in the transaction of the caller.

    Args:
        plan_year: The plan-year.
        proposals: What happened, in order.
        author: Who writes.
        at: This moment; where the last entry claims to be later, the new ones are as late.
        is_simulated: Whether it is invented for a demonstration.
    """
    row = lock(plan_year)
    before = Head(
        scope=row.scope,
        number=row.number,
        digest=row.digest,
        algorithm=row.algorithm,
        known_at=row.known_at,
    )
    known_at = max(at, row.known_at) if row.known_at else at
    entries = extend(before, proposals, author=author, known_at=known_at, is_simulated=is_simulated)
    LedgerEntry.objects.bulk_create([_row(plan_year, entry) for entry in entries], batch_size=_BATCH)
    after = head_of(before, entries)
    row.number, row.digest, row.known_at = after.number, after.digest, after.known_at
    row.save(update_fields=["number", "digest", "known_at"])
    return entries


def _row(plan_year: PlanYear, entry: Entry) -> LedgerEntry:
    return LedgerEntry(
        plan_year=plan_year,
        number=entry.number,
        known_at=entry.known_at,
        day=entry.day,
        fact=entry.fact,
        lineage=entry.lineage,
        unit=entry.unit,
        content=entry.content().decode("utf-8"),
        digest=entry.digest,
    )


def person_key(user_id: int | None) -> str:
    """Return the opaque identity of a user, made once; "" for the machine."""
    if user_id is None:
        return ""
    person, _made = LedgerPerson.objects.get_or_create(
        user_id=user_id, defaults={"key": f"p-{secrets.token_hex(8)}"}
    )
    return person.key


def keep_note(plan_year: PlanYear, text: str, *, lineage: str, at: datetime) -> NoteRef:
    """Keep what a person wrote, with a salt of its own, and return what the chain holds."""
    note = Note(salt=secrets.token_hex(16), text=text)
    LedgerNote.objects.create(
        digest=note.ref.digest,
        plan_year=plan_year,
        lineage=lineage,
        salt=note.salt,
        text=text,
        written_at=at,
    )
    return note.ref


def erase_note(digest: str, *, at: datetime) -> bool:
    """Forget text and salt of a note; tell whether there was anything to forget."""
    found = LedgerNote.objects.filter(digest=digest, erased_at__isnull=True)
    return bool(found.update(text="", salt="", erased_at=at))


def erase_person(key: str, *, at: datetime) -> bool:
    """Forget whom an opaque identity stands for; tell whether there was anything to forget."""
    found = LedgerPerson.objects.filter(key=key, erased_at__isnull=True)
    return bool(found.update(user=None, erased_at=at))


def add_evidence(
    plan_year: int,
    *,
    lineage: str,
    unit: str,
    digest: str,
    name: str,
    medium: str,
    size: int,
    by: str,
    at: datetime,
) -> EvidenceFile:
    """Note a file whose bytes are kept already; the same file for the same commitment is noted once."""
    row, _made = EvidenceFile.objects.get_or_create(
        plan_year_id=plan_year,
        lineage=lineage,
        digest=digest,
        defaults={
            "unit": unit,
            "name": name[:200],
            "medium": medium,
            "size": size,
            "added_by": by,
            "added_at": at,
        },
    )
    return row
