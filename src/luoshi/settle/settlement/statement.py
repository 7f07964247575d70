"""The statement of settlement (结账报告): every commitment with proposal and decision as plain data, with canonical bytes and a digest.

The same ledger, versions and day give the same bytes. Persons do not stand in it; entries of the ledger do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from luoshi.delivery.judging import Ground
from luoshi.delivery.verdict import Settled, SettlementLocked, Verdict
from luoshi.delivery.year import Year
from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.kernel.label import Language
from luoshi.kernel.message import text_of
from luoshi.ledger.canonical import canonical
from luoshi.ledger.chain import Head
from luoshi.ledger.entry import Entry
from luoshi.settle.settlement.baseline import Baseline
from luoshi.settle.settlement.proposal import ProposedVerdict, proposals_of
from luoshi.settle.settlement.rule import SettlementRule, rule_on

SCHEMA: Literal["luoshi.settlement/1"] = "luoshi.settlement/1"


class CorrectionRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A correction after the lock: verdict before and after, day, entry."""

    was: Verdict
    verdict: Verdict
    day: date
    entry: int


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A commitment in the statement.

    Attributes:
        proposal: What the rule proposes, and why.
        verdict: What a supervisor confirmed; None while nobody did.
        confirmed: Entry of the confirmation; 0 for none.
        departs: Whether it departs from the proposal, or there was none.
        is_stale: Whether the proposal has changed since it was confirmed.
        corrections: Corrections after the lock; empty in the statement that is locked.
    """

    proposal: ProposedVerdict
    verdict: Verdict | None = None
    confirmed: int = 0
    departs: bool = False
    is_stale: bool = False
    corrections: tuple[CorrectionRow, ...] = ()


class Statement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The statement.

    Attributes:
        schema: Name and number of this shape.
        scope: Plan-year.
        year: Year of the plan.
        on: Day of settlement.
        version: Version of the plan in force.
        rule: Rule of settlement, by name.
        number: Number of the last entry of the ledger that it follows from.
        head: Its digest.
        rows: Commitments in force in text order, then those that were left out.
        is_simulated: Whether any of it is invented for a demonstration.
    """

    schema: Literal["luoshi.settlement/1"] = SCHEMA
    scope: str
    year: int
    on: date
    version: int
    rule: str
    number: int
    head: str
    rows: tuple[Row, ...]
    is_simulated: bool = False

    def content(self) -> bytes:
        """Return the canonical bytes."""
        return canonical(self)

    @property
    def digest(self) -> str:
        """Digest of the canonical bytes."""
        return "sha256:" + hashlib.sha256(self.content()).hexdigest()

    def counts(self) -> dict[Verdict, int]:
        """Return how many commitments have each verdict, corrections counted; 0 included."""
        found = [row.corrections[-1].verdict if row.corrections else row.verdict for row in self.rows]
        return {verdict: found.count(verdict) for verdict in Verdict}


class Unsettled(msgspec.Struct, frozen=True, kw_only=True):
    """What stands against the lock: commitment, title, message code."""

    lineage: str
    title: str
    code: str

    def describe(self, language: Language = "zh") -> str:
        """Return what is missing, in `language`."""
        return text_of(self.code, {"title": self.title}, language)


def statement_of(
    year: Year,
    head: Head,
    ground: Ground,
    baseline: Baseline,
    *,
    on: date,
    rule: SettlementRule | None = None,
) -> Statement:
    """Return the statement that a ledger gives on a day.

    Args:
        year: The year folded from the ledger up to its head.
        head: The end of that ledger.
        ground: Targets in force, calendar, year of the plan.
        baseline: What the published versions say about the beginning.
        on: Day of settlement.
        rule: Rule of settlement; the one in force on the day where None is given.

    Raises:
        ValueError: The year was not folded up to the head.
    """
    if year.number != head.number:
        raise ValueError(f"the year is folded up to entry {year.number}, the ledger ends with {head.number}")
    by = rule or rule_on(on)
    rows = tuple(
        _row(proposal, year.settling.verdicts.get(proposal.lineage))
        for proposal in proposals_of(year, ground, baseline, on=on, rule=by)
    )
    return Statement(
        scope=head.scope, year=ground.year, on=on, version=year.version, rule=by.name, number=head.number, head=head.digest,
        rows=rows, is_simulated=year.is_simulated,
    )  # fmt: skip


def _row(proposal: ProposedVerdict, settled: Settled | None) -> Row:
    if settled is None:
        return Row(proposal=proposal)
    fact = settled.fact
    return Row(
        proposal=proposal, verdict=fact.verdict, confirmed=settled.entry, departs=fact.verdict is not fact.proposed,
        is_stale=fact.inputs != proposal.inputs,
    )  # fmt: skip


def unsettled(statement: Statement) -> tuple[Unsettled, ...]:
    """Return what stands against the lock, in the statement's order: what nobody confirmed (L310), or confirmed on another basis (L311)."""
    return tuple(
        Unsettled(
            lineage=row.proposal.lineage, title=row.proposal.title, code="L310" if row.verdict is None else "L311"
        )
        for row in statement.rows
        if row.verdict is None or row.is_stale
    )  # fmt: skip


def check_lock(
    lock: SettlementLocked, statement: Statement, entries: Sequence[Entry]
) -> tuple[Diagnostic, ...]:
    """Return what does not agree with a lock; nothing where the ledger still gives the statement that was locked.

    Args:
        lock: The lock.
        statement: The statement that the ledger gives when it is folded up to the lock's entry.
        entries: Entries of the ledger from its first.
    """
    found = []
    at = next((entry for entry in entries if entry.number == lock.number), None)
    if at is None or at.digest != lock.head:
        found.append(
            Diagnostic(code="L313", severity=Severity.ERROR, parameters={"number": str(lock.number)})
        )
    if statement.digest != lock.statement:
        shown = {"locked": lock.statement, "found": statement.digest}
        found.append(Diagnostic(code="L312", severity=Severity.ERROR, parameters=shown))
    return tuple(found)


def corrected(statement: Statement, year: Year) -> Statement:
    """Return the locked statement with the corrections since, each beside the verdict that was locked.

    Args:
        statement: The statement as it was locked.
        year: The year as known today.

    Raises:
        ValueError: It is not the statement that was locked.
    """
    lock = year.settling.lock
    if lock is None or lock.fact.statement != statement.digest:
        raise ValueError("this is not the statement that was locked")
    rows = [
        msgspec.structs.replace(
            row, corrections=_corrections(year.settling.verdicts.get(row.proposal.lineage))
        )
        for row in statement.rows
    ]
    return msgspec.structs.replace(statement, rows=tuple(rows))


def _corrections(settled: Settled | None) -> tuple[CorrectionRow, ...]:
    made: Sequence[CorrectionRow] = [
        CorrectionRow(was=one.was, verdict=one.verdict, day=one.day, entry=one.entry)
        for one in (settled.corrections if settled is not None else ())
    ]
    return tuple(made)
