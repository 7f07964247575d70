"""A reconciliation with what people ruled (核定后的兑现核对)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.reconciling import Reconciling, Ruling
from luoshi.ledger.canonical import canonical
from luoshi.settle.reconcile.model import Finding, Outcome, Pair, Reconciliation
from luoshi.settle.reconcile.reconciliation import differs


class ReviewedPair(msgspec.Struct, frozen=True, kw_only=True):
    """A pair with its ruling; None before somebody ruled."""

    pair: Pair
    ruling: Ruling | None

    @property
    def outcome(self) -> Outcome:
        """The reading: what was ruled, else what is proposed."""
        return self.ruling.outcome if self.ruling is not None else self.pair.outcome

    @property
    def finding(self) -> Finding | None:
        """The passage that answers it: as ruled, else as proposed."""
        if self.ruling is None:
            return self.pair.finding
        return finding_with(self.pair, self.ruling.passage)

    @property
    def differs(self) -> bool:
        """Whether the reading and the ledger's verdict say different things."""
        return differs(self.outcome, self.pair.verdict)

    @property
    def departs(self) -> bool:
        """Whether the ruling departs from what was proposed."""
        proposed = self.pair.finding.key if self.pair.finding is not None else ""
        return self.ruling is not None and (self.ruling.outcome, self.ruling.passage) != (
            self.pair.outcome,
            proposed,
        )


def passages_of(pair: Pair) -> tuple[Finding, ...]:
    """Return the passages that a person can choose from: the one that is proposed and the others."""
    chosen = (pair.finding,) if pair.finding is not None else ()
    return (*chosen, *pair.others)


def finding_with(pair: Pair, key: str) -> Finding | None:
    """Return the passage of a pair with this key; None for "".

    Raises:
        DeliveryError: The pair has no such passage (L395).
    """
    if not key:
        return None
    for one in passages_of(pair):
        if one.key == key:
            return one
    raise DeliveryError("L395")


def reviewed(result: Reconciliation, state: Reconciling) -> tuple[ReviewedPair, ...]:
    """Return every pair with its ruling; rulings on another report, or whose passage is no longer found, count for nothing."""
    is_same = state.report is not None and state.report.digest == result.claiming
    return tuple(
        ReviewedPair(pair=pair, ruling=_valid(pair, state.rulings.get(pair.subject.key)) if is_same else None)
        for pair in result.pairs
    )


def _valid(pair: Pair, ruling: Ruling | None) -> Ruling | None:
    if ruling is None or not ruling.passage:
        return ruling
    return ruling if any(one.key == ruling.passage for one in passages_of(pair)) else None


def digest_of(rows: Sequence[ReviewedPair]) -> str:
    """Return the digest of what people ruled, with the words on both sides; a release names it."""
    plain = [
        {
            "subject": row.pair.subject.key,
            "promised": row.pair.subject.text,
            "claimed": row.finding.text if row.finding is not None else "",
            "outcome": row.outcome.value,
        }
        for row in rows
    ]
    return "sha256:" + hashlib.sha256(canonical(plain)).hexdigest()
