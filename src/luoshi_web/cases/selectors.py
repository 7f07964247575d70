"""Read procedures and cases, as far as the person may see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

import msgspec
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from luoshi.ledger.chain import Head
from luoshi.ledger.entry import Entry, from_content
from luoshi.register.case.fold import fold
from luoshi.register.case.model import Case, CaseState
from luoshi.register.procedure.model import Procedure, decode
from luoshi_web.cases.models import (
    CaseBook,
    CaseConcern,
    CaseEntry,
    CaseRow,
    ProcedureDraft,
    ProcedureVersion,
)
from luoshi_web.rights import Actor, Right

_CASE: msgspec.json.Decoder[Case] = msgspec.json.Decoder(Case)
_OPEN = Q(is_open__in=[True])
"""Open cases; ``is_open=True`` would be written as a bare column, for which SQLite uses no index."""
_NUMBER = re.compile(r"[A-Za-z]{1,6}\d{4,8}(?:-\d*)?")
_CHUNK = 2000
_FEW = 900
"""So many identities at most stand in one statement; SQLite before 3.32 takes no more than 999 values."""


def case_of(row: CaseRow) -> Case:
    """Return the case that a row holds."""
    return _CASE.decode(row.document)


@lru_cache(maxsize=256)
def _decoded(pk: int, document: str) -> Procedure:
    return decode(document)


def drafts_of(plan_year: int) -> list[ProcedureDraft]:
    """Return the procedures that are being prepared."""
    return list(ProcedureDraft.objects.filter(plan_year_id=plan_year))


def draft_of(plan_year: int, key: str) -> Procedure | None:
    """Return a procedure that is being prepared."""
    row = ProcedureDraft.objects.filter(plan_year_id=plan_year, key=key).first()
    return decode(row.document) if row else None


def versions_of(plan_year: int, key: str) -> list[ProcedureVersion]:
    """Return the versions of a procedure, the newest first."""
    return list(ProcedureVersion.objects.filter(plan_year_id=plan_year, key=key).order_by("-number"))


def published(plan_year: int) -> dict[str, tuple[int, Procedure]]:
    """Return the newest version of every procedure by key, with its number."""
    found: dict[str, tuple[int, Procedure]] = {}
    for row in ProcedureVersion.objects.filter(plan_year_id=plan_year).order_by("number"):
        found[row.key] = (row.number, _decoded(row.pk, row.document))
    return found


def open_to_applicants(plan_year: int) -> dict[str, Procedure]:
    """Return the procedures that anybody can apply for: those that are said to be public and that a unit receives."""
    return {
        key: procedure
        for key, (_version, procedure) in published(plan_year).items()
        if procedure.is_public and procedure.stages[0].unit
    }


def procedure_of(plan_year: int, key: str, version: int) -> Procedure:
    """Return a version of a procedure.

    Raises:
        ProcedureVersion.DoesNotExist: There is none.
    """
    row = ProcedureVersion.objects.get(plan_year_id=plan_year, key=key, number=version)
    return _decoded(row.pk, row.document)


def visible(actor: Actor, plan_year: int) -> QuerySet[CaseRow]:
    """Return the cases that a person may see: supervisors and leaders all, others those that concern their units."""
    rows = CaseRow.objects.filter(plan_year_id=plan_year)
    if actor.may(Right.VIEW_EVERY_UNIT, plan_year):
        return rows
    units = actor.units_with(Right.HANDLE_CASES, plan_year)
    if not units:
        return rows.none()
    return rows.filter(pk__in=CaseConcern.objects.filter(unit__in=units).values("row_id"))


def row_visible(actor: Actor, plan_year: int, case: str) -> CaseRow | None:
    """Return a case that a person may see."""
    return visible(actor, plan_year).filter(case=case).first()


def ids_visible(actor: Actor, plan_year: int, cases: list[str]) -> set[str]:
    """Return those of some cases that a person may see."""
    return (
        set(visible(actor, plan_year).filter(case__in=cases).values_list("case", flat=True))
        if cases
        else set()
    )


def row_of_number(actor: Actor, plan_year: int, procedure: str, number: str) -> CaseRow | None:
    """Return the case of a receipt number that a person may see."""
    return visible(actor, plan_year).filter(procedure=procedure, number=number).first()


def row_of_title(actor: Actor, plan_year: int, procedure: str, title: str) -> CaseRow | None:
    """Return the first case of a title that a person may see."""
    rows = visible(actor, plan_year).filter(procedure=procedure, is_open__in=[True, False], title=title)
    return rows.order_by("pk").first()


def case_of_applicant(plan_year: int, number: str, code: str) -> Case | None:
    """Return the case of a number, for whoever has its code."""
    row = CaseRow.objects.filter(plan_year_id=plan_year, number=number, code=code).first() if code else None
    return case_of(row) if row else None


def children_of(plan_year: int, case: str) -> list[Case]:
    """Return the cases that came from a case, whoever asks: services decide what is shown."""
    rows = CaseRow.objects.filter(plan_year_id=plan_year, parent=case).order_by("pk")
    return [case_of(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of cases is asked for: state, stage, class, unit, words, whether late or blocked alone."""

    state: str = "open"
    stage: str = ""
    case_class: str = ""
    unit: str = ""
    words: str = ""
    is_late: bool = False
    is_blocked: bool = False

    def of(self, rows: QuerySet[CaseRow], at: datetime) -> QuerySet[CaseRow]:
        """Return the rows that are wanted."""
        if self.state == "open":
            rows = rows.filter(_OPEN)
        elif self.state != "all":
            rows = rows.filter(state=self.state)
        for name in ("stage", "case_class", "unit"):
            if value := getattr(self, name):
                rows = rows.filter(**{name: value})
        if self.words:
            rows = rows.filter(_said(self.words))
        if self.is_late:
            rows = rows.filter(_OPEN, due_at__lt=at)
        return rows.filter(is_blocked=True) if self.is_blocked else rows

    def lasting(self, rows: QuerySet[CaseRow]) -> QuerySet[CaseRow]:
        """Return the rows that are wanted as far as it is asked for what does not change: class and words."""
        if self.case_class:
            rows = rows.filter(case_class=self.case_class)
        return rows.filter(_said(self.words)) if self.words else rows


def _said(words: str) -> Q:
    """Return what looks for words: a beginning of a number among the numbers alone, which an index answers; else anywhere in the titles."""
    if _NUMBER.fullmatch(words):
        first = words.upper()
        return Q(number__gte=first, number__lt=f"{first}\uffff")
    return Q(title__contains=words)


def sought(rows: QuerySet[CaseRow], words: str) -> QuerySet[CaseRow]:
    """Return rows that are wanted for words in their titles such that they are sought once, and not again to be counted and put in order.

    Where they are few they are named by their identities. Where they are many, every page is soon full and seeking them again costs little.
    """
    if not words or _NUMBER.fullmatch(words):
        return rows
    found = list(rows.order_by().values_list("pk", flat=True)[: _FEW + 1])
    return rows if len(found) > _FEW else CaseRow.objects.filter(pk__in=found)


def blocked_by_procedure(plan_year: int) -> dict[str, int]:
    """Return how many open cases are blocked in each register, whoever asks."""
    rows = CaseRow.objects.filter(_OPEN, plan_year_id=plan_year, is_blocked=True)
    return dict(rows.order_by().values_list("procedure").annotate(n=Count("id")))


def open_by_stage(rows: QuerySet[CaseRow]) -> dict[str, int]:
    """Return how many open cases stand in each stage."""
    counted = rows.filter(_OPEN).order_by().values_list("stage").annotate(n=Count("id"))
    return dict(counted)


MOST_COUNTED = 10_000
"""So many closed cases are counted; lists say when there are more, because counting a million takes longer than showing them."""


def closed_up_to_most(rows: QuerySet[CaseRow]) -> int:
    """Return how many closed cases there are, and one more than is counted where there are more."""
    return rows.filter(state=str(CaseState.CLOSED.value)).order_by()[: MOST_COUNTED + 1].count()


class CappedPaginator(Paginator):
    """Pages of a list that counts no further than `MOST_COUNTED` rows."""

    def __init__(self, rows: QuerySet[CaseRow], per_page: int, *, known: int | None = None) -> None:
        """Divide rows into pages.

        Args:
            rows: The rows, in order.
            per_page: How many stand on a page.
            known: How many there are, where that was counted already.
        """
        super().__init__(rows, per_page)
        self._known = known

    @cached_property
    def count(self) -> int:
        """How many rows there are, as far as they are counted."""
        if self._known is not None:
            return min(self._known, MOST_COUNTED)
        rows: QuerySet[CaseRow] = self.object_list
        return min(rows.order_by()[: MOST_COUNTED + 1].count(), MOST_COUNTED)


def counts_by_procedure(rows: QuerySet[CaseRow], at: datetime) -> dict[str, tuple[int, int, int]]:
    """Return how many open, late and blocked cases there are, by procedure."""
    counted = (
        rows.filter(_OPEN)
        .order_by()
        .values_list("procedure")
        .annotate(
            n=Count("id"),
            late=Count("id", filter=Q(due_at__lt=at)),
            blocked=Count("id", filter=Q(is_blocked=True)),
        )
    )
    return {key: (n, late, blocked) for key, n, late, blocked in counted}


def funnel_counts(actor: Actor, plan_year: int, procedure: str) -> dict[int, int]:
    """Return how many cases got as far as each stage and no further, by its place: from the book where the person may see every case, else of those he may see."""
    if actor.may(Right.VIEW_EVERY_UNIT, plan_year):
        book = CaseBook.objects.filter(plan_year_id=plan_year, procedure=procedure).first()
        return {int(place): n for place, n in book.reached.items()} if book else {}
    rows = visible(actor, plan_year).filter(procedure=procedure)
    return dict(rows.order_by().values_list("furthest").annotate(n=Count("id")))


def due_for(actor: Actor, plan_year: int, until: datetime, *, most: int) -> list[CaseRow]:
    """Return the open cases that the person's own units handle and that end by a moment or wait to be taken over, the most urgent first."""
    units = actor.units_with(Right.HANDLE_CASES, plan_year)
    rows = CaseRow.objects.filter(_OPEN, plan_year_id=plan_year, unit__in=units)
    waits = Q(state=str(CaseState.DISPATCHED.value))
    return list(rows.filter(waits | Q(due_at__lte=until)).order_by("due_at", "id")[:most])


def to_dispatch(actor: Actor, plan_year: int, *, most: int) -> list[CaseRow]:
    """Return the cases that wait to be sent to a unit and that the person may see."""
    rows = visible(actor, plan_year).filter(state=str(CaseState.RECEIVED.value))
    return list(rows.order_by("opened_at")[:most])


def as_of(cases: list[str], end: datetime) -> dict[str, Case]:
    """Return cases as they were known before a moment, folded from their entries; whoever asks has made sure that they may be seen."""
    found = CaseEntry.objects.filter(case__in=cases, known_at__lt=end).order_by("book_id", "number")
    return fold(from_content(content, digest) for content, digest in found.values_list("content", "digest"))


def with_places(rows: QuerySet[CaseRow], *, most: int) -> list[tuple[CaseRow, Case]]:
    """Return the newest cases of a list with what they hold, to be looked at for places."""
    return [(row, case_of(row)) for row in rows.order_by("-opened_at")[:most]]


def newest(rows: QuerySet[CaseRow], *, most: int) -> Iterator[Case]:
    """Yield the newest cases of a list."""
    for document in rows.order_by("-opened_at").values_list("document", flat=True)[:most]:
        yield _CASE.decode(document)


def entries_of(case: str) -> list[Entry]:
    """Return the entries of a case, the oldest first."""
    rows = CaseEntry.objects.filter(case=case).order_by("number").values_list("content", "digest")
    return [from_content(content, digest) for content, digest in rows]


def books_of(plan_year: int) -> list[CaseBook]:
    """Return the books of a plan-year."""
    return list(CaseBook.objects.filter(plan_year_id=plan_year).order_by("pk"))


def head_of(book: CaseBook) -> Head:
    """Return the end of a book's chain, as its row says."""
    return Head(
        scope=book.scope,
        number=book.number,
        digest=book.digest,
        algorithm=book.algorithm,
        known_at=book.known_at,
    )


def every_entry(book: int) -> Iterator[CaseEntry]:
    """Return the rows of a book one after the other, in flat memory."""
    return CaseEntry.objects.filter(book_id=book).order_by("number").iterator(chunk_size=_CHUNK)


def open_rows(plan_year: int) -> Iterator[CaseRow]:
    """Return the open cases one after the other, in flat memory."""
    rows = CaseRow.objects.filter(_OPEN, plan_year_id=plan_year).order_by("pk")
    return rows.iterator(chunk_size=_CHUNK)


def every_case(plan_year: int, procedure: str) -> Iterator[Case]:
    """Return the cases of a register one after the other, in flat memory."""
    rows = CaseRow.objects.filter(plan_year_id=plan_year, procedure=procedure).order_by("pk")
    for document in rows.values_list("document", flat=True).iterator(chunk_size=_CHUNK):
        yield _CASE.decode(document)


def local(moment: datetime) -> datetime:
    """Return a moment by the wall clock of the place."""
    return timezone.localtime(moment).replace(tzinfo=None)
