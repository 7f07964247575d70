"""Write procedures, entries and cases; the only place where they become rows."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from django.db import IntegrityError, connection, transaction
from django.db.models import Count
from django.utils import timezone

from luoshi.ledger.chain import Author, Head, extend, head_of
from luoshi.ledger.entry import Entry, Proposal
from luoshi.register.case.act import number_for, units_of
from luoshi.register.case.model import Case
from luoshi.register.procedure.model import Procedure, encode
from luoshi_web.cases.models import (
    CaseBook,
    CaseConcern,
    CaseEntry,
    CaseRow,
    ProcedureDraft,
    ProcedureVersion,
)
from luoshi_web.ledger.store import scope_of
from luoshi_web.plans.models import PlanYear

_BATCH = 500


def save_draft(plan_year: int, procedure: Procedure, *, by: str, at: datetime) -> ProcedureDraft:
    """Keep a procedure that is being prepared; one of a key takes the place of the one before."""
    row, _made = ProcedureDraft.objects.update_or_create(
        plan_year_id=plan_year,
        key=procedure.key,
        defaults={
            "name": procedure.name[:100],
            "document": encode(procedure).decode(),
            "changed_by": by,
            "changed_at": at,
        },
    )
    return row


def drop_draft(plan_year: int, key: str) -> None:
    """Forget a draft."""
    ProcedureDraft.objects.filter(plan_year_id=plan_year, key=key).delete()


def add_version(
    plan_year: int, procedure: Procedure, *, number: int, by: str, at: datetime
) -> ProcedureVersion:
    """Add a version of a procedure."""
    return ProcedureVersion.objects.create(
        plan_year_id=plan_year,
        key=procedure.key,
        number=number,
        name=procedure.name[:100],
        document=encode(procedure).decode(),
        published_at=at,
        published_by=by,
    )


def lock_book(plan_year: PlanYear, procedure: str) -> CaseBook:
    """Return the end of the chain of a procedure's cases and keep others from appending until the transaction ends."""
    found = CaseBook.objects.select_for_update().filter(plan_year=plan_year, procedure=procedure).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            scope = f"{scope_of(plan_year)}/{procedure}"
            CaseBook.objects.create(plan_year=plan_year, procedure=procedure, scope=scope)
    except IntegrityError:
        # Another transaction made it meanwhile; it is waited for below.
        pass
    return CaseBook.objects.select_for_update().get(plan_year=plan_year, procedure=procedure)


def lock_case(plan_year: int, case: str) -> CaseRow | None:
    """Return a case and keep others from acting on it until the transaction ends."""
    return CaseRow.objects.select_for_update().filter(plan_year_id=plan_year, case=case).first()


def next_number(book: CaseBook, prefix: str, at: datetime) -> str:
    """Return the next receipt number of a locked book."""
    here = timezone.localtime(at)
    day: date = here.date()
    book.serial = book.serial + 1 if book.serial_day == day else 1
    book.serial_day = day
    return number_for(prefix, here, book.serial)


def new_case() -> tuple[str, str]:
    """Return a new identity and a code by which the applicant finds his case; neither can be guessed."""
    return f"k-{secrets.token_hex(8)}", "".join(
        secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(10)
    )


def append(
    book: CaseBook,
    proposals: Sequence[Proposal],
    *,
    author: Author,
    at: datetime,
    is_simulated: bool = False,
) -> tuple[Entry, ...]:
    """Append what happened to cases of a locked book, in the transaction of the caller."""
    before = Head(
        scope=book.scope,
        number=book.number,
        digest=book.digest,
        algorithm=book.algorithm,
        known_at=book.known_at,
    )
    known_at = max(at, book.known_at) if book.known_at else at
    entries = extend(before, proposals, author=author, known_at=known_at, is_simulated=is_simulated)
    CaseEntry.objects.bulk_create([_entry_row(book, entry) for entry in entries], batch_size=_BATCH)
    after = head_of(before, entries)
    book.number, book.digest, book.known_at = after.number, after.digest, after.known_at
    book.save(update_fields=["number", "digest", "known_at", "serial", "serial_day"])
    return entries


def _entry_row(book: CaseBook, entry: Entry) -> CaseEntry:
    return CaseEntry(
        book=book,
        number=entry.number,
        known_at=entry.known_at,
        fact=entry.fact,
        case=entry.lineage,
        content=entry.content().decode("utf-8"),
        digest=entry.digest,
    )


def columns_of(
    case: Case, procedure: Procedure, due: datetime | None, *, furthest: int = 0
) -> dict[str, object]:
    """Return what the columns of a case hold.

    Args:
        case: The case.
        procedure: Its procedure.
        due: The end that comes first, by the wall clock of the place.
        furthest: Place of the furthest stage that it reached before.
    """
    return {
        "version": case.version,
        "parent": case.parent,
        "case_class": case.case_class,
        "title": case.title[:200],
        "unit": case.unit,
        "stage": case.stage,
        "furthest": max(furthest, *(procedure.place_of(stay.stage) for stay in case.stays)),
        "state": str(case.state.value),
        "is_open": case.is_open,
        "outcome": case.outcome,
        "opened_at": timezone.make_aware(case.opened),
        "due_at": timezone.make_aware(due) if due else None,
        "closed_at": timezone.make_aware(case.closed) if case.closed else None,
        "is_blocked": bool(case.blocked_by),
        "entry": case.entry,
        "document": msgspec.json.encode(case).decode(),
    }


def unsaved_row(case: Case, procedure: Procedure, due: datetime | None) -> CaseRow:
    """Return the row of a case as it was once, to be shown; it is never written."""
    return CaseRow(
        case=case.id, number=case.number, procedure=case.procedure, **columns_of(case, procedure, due)
    )


def add_cases(
    book: CaseBook, cases: Sequence[tuple[Case, str, datetime | None]], procedure: Procedure
) -> None:
    """Add the rows of cases that came in, each with its code and end, to the register of a locked book."""
    rows = CaseRow.objects.bulk_create(
        [
            CaseRow(
                plan_year_id=book.plan_year_id,
                case=case.id,
                procedure=case.procedure,
                number=case.number,
                code=code,
                **columns_of(case, procedure, due),
            )
            for case, code, due in cases
        ],
        batch_size=_BATCH,
    )
    concerns = [
        CaseConcern(row=row, unit=unit)
        for row, (case, _code, _due) in zip(rows, cases, strict=True)
        for unit in sorted(units_of(case, procedure))
    ]
    CaseConcern.objects.bulk_create(concerns, batch_size=_BATCH)
    reached = Counter(book.reached)
    reached.update(str(row.furthest) for row in rows)
    book.reached = dict(reached)
    book.save(update_fields=["reached"])


def put_case(book: CaseBook, row: CaseRow, case: Case, procedure: Procedure, *, due: datetime | None) -> None:
    """Write a case that changed into its locked row."""
    before = row.furthest
    for name, value in columns_of(case, procedure, due, furthest=before).items():
        setattr(row, name, value)
    row.save()
    if row.furthest != before:
        reached = Counter(book.reached)
        reached.update({str(before): -1, str(row.furthest): 1})
        book.reached = {place: n for place, n in reached.items() if n}
        book.save(update_fields=["reached"])
    known = set(row.concerns.values_list("unit", flat=True))
    fresh = units_of(case, procedure) - known
    CaseConcern.objects.bulk_create([CaseConcern(row=row, unit=unit) for unit in sorted(fresh)])


def count_reached(book: CaseBook) -> None:
    """Count the cases of a book by their furthest stage anew, for rows that were put in directly."""
    rows = CaseRow.objects.filter(plan_year_id=book.plan_year_id, procedure=book.procedure)
    counted = rows.order_by().values_list("furthest").annotate(n=Count("id"))
    book.reached = {str(place): n for place, n in counted}
    book.save(update_fields=["reached"])


def set_due(moments: dict[tuple[int, int], datetime | None]) -> int:
    """Write the ends that a new reckoning gave, by identity and last entry of the row; a case on which somebody acted meanwhile keeps its own.

    One prepared statement for all of them: a statement with a case for each row takes minutes for a hundred thousand.
    """
    adapted = connection.ops.adapt_datetimefield_value
    rows = [(adapted(timezone.make_aware(due)) if due else None, *key) for key, due in moments.items()]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE cases_case SET due_at = %s WHERE id = %s AND entry = %s", rows)
    return len(rows)
