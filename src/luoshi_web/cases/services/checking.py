"""Check the chains of registers, and that every case is what its entries tell (登记簿核验)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.ledger.chain import Head, verify
from luoshi.ledger.entry import Entry, from_content
from luoshi.register.case.fold import applied
from luoshi.register.case.model import Case
from luoshi_web.cases import selectors
from luoshi_web.cases.models import CaseBook


@dataclass(frozen=True, slots=True)
class CheckedBook:
    """What checking a register gave: end of its chain, and what is wrong."""

    head: Head
    faults: tuple[Diagnostic, ...]


def check_books(plan_year: int) -> list[CheckedBook]:
    """Check every register of a plan-year: digests, end, look-up columns, and that each case is the fold of its entries."""
    return [_check(book) for book in selectors.books_of(plan_year)]


def _check(book: CaseBook) -> CheckedBook:
    wrong: list[Diagnostic] = []
    told: dict[str, Case] = {}

    def entries() -> Iterator[Entry]:
        for row in selectors.every_entry(book.pk):
            try:
                entry = from_content(row.content, row.digest)
            except (msgspec.ValidationError, msgspec.DecodeError):
                wrong.append(_fault("L109", number=str(row.number)))
                continue
            if (row.number, row.known_at, row.fact, row.case) != (
                entry.number,
                entry.known_at,
                entry.fact,
                entry.lineage,
            ):
                wrong.append(_fault("L110", number=str(row.number)))
            case = applied(told.get(entry.lineage), entry)
            if case is not None:
                told[case.id] = case
            yield entry

    found = verify(book.scope, entries(), head=selectors.head_of(book), anchors=[])
    kept = {case.id: case for case in selectors.every_case(book.plan_year_id, book.procedure)}
    for key in sorted(set(kept) | set(told)):
        if kept.get(key) != told.get(key):
            number = (told.get(key) or kept[key]).number
            wrong.append(_fault("R440", number=number))
    return CheckedBook(found.head, (*found.faults, *wrong))


def _fault(code: str, **parameters: str) -> Diagnostic:
    return Diagnostic(code=code, severity=Severity.ERROR, parameters=parameters)
