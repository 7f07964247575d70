"""Verdicts of a plan-year's end (结账结论): facts by which a supervisor settles each commitment, the lock, and what was corrected after it.

What is proposed and why is reckoned above (`luoshi.settle.settlement`); here stands what people decided. Before the lock a later confirmation takes the place
of an earlier one and names it. After the lock nothing that was settled changes: a correction is a fact of its own and stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from luoshi.delivery.fault import DeliveryError
from luoshi.kernel.label import Labelled
from luoshi.ledger.entry import Entry, Proposal
from luoshi.ledger.fact import Fact
from luoshi.ledger.note import NoteRef


class Verdict(Labelled):
    """What became of a commitment (结论)."""

    EXCEEDED = "exceeded", "超额完成", "exceeded"
    MET = "met", "完成", "met"
    PARTLY = "partly", "部分完成", "partly met"
    NOT_MET = "not_met", "未完成", "not met"
    ADJUSTED = "adjusted", "调整", "adjusted"
    WITHDRAWN = "withdrawn", "撤销", "withdrawn"


class VerdictConfirmed(Fact, frozen=True, kw_only=True, tag="verdict_confirmed"):
    """A supervisor settled a commitment.

    Attributes:
        verdict: What he decided.
        proposed: What the rule proposed; None where the basis was silent.
        code: Message code of the proposal's reason.
        rule: Rule that proposed, by name.
        inputs: Digest of everything that the proposal follows from.
        basis: On what he decided, where nothing could be proposed.
        reason: Why, where it departs from the proposal or there is none.
    """

    verdict: Verdict
    proposed: Verdict | None
    code: str
    rule: str
    inputs: str
    basis: NoteRef | None = None
    reason: NoteRef | None = None


class SettlementLocked(Fact, frozen=True, kw_only=True, tag="settlement_locked"):
    """The settlement was locked.

    Attributes:
        on: Day of the statement.
        statement: Digest of the statement's canonical bytes.
        head: Digest of the ledger's last entry that the statement follows from.
        number: Its number.
        settled: How many commitments the statement settles.
    """

    on: date
    statement: str
    head: str
    number: int
    settled: int


class VerdictCorrected(Fact, frozen=True, kw_only=True, tag="verdict_corrected"):
    """A verdict turned out to be wrong after the lock: which one it was, which one is right, why."""

    was: Verdict
    verdict: Verdict
    reason: NoteRef


VERDICT_FACTS: tuple[type[Fact], ...] = (VerdictConfirmed, SettlementLocked, VerdictCorrected)


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A correction after the lock: verdict before and after, why, entry, day."""

    was: Verdict
    verdict: Verdict
    reason: NoteRef
    entry: int
    day: date


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """A commitment as settled.

    Attributes:
        lineage: The commitment.
        fact: The confirmation that counts.
        entry: Its entry.
        day: Day on which it was confirmed.
        earlier: Entries of confirmations that it took the place of, oldest first.
        corrections: Corrections after the lock, oldest first.
    """

    lineage: str
    fact: VerdictConfirmed
    entry: int
    day: date
    earlier: tuple[int, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """What counts today: the newest correction, else what was confirmed."""
        return self.corrections[-1].verdict if self.corrections else self.fact.verdict


class Lock(msgspec.Struct, frozen=True, kw_only=True):
    """The lock: what was locked, entry, day."""

    fact: SettlementLocked
    entry: int
    day: date


class Settling(msgspec.Struct, frozen=True, kw_only=True):
    """What people decided about the settlement of a year: verdicts by lineage, the lock once there is one."""

    verdicts: Mapping[str, Settled] = {}
    lock: Lock | None = None


def applied(settling: Settling, fact: Fact, entry: Entry, on: date) -> Settling:
    """Return the settling after one of `VERDICT_FACTS`.

    Args:
        settling: Before.
        fact: The fact.
        entry: Its entry.
        on: Day on which it was known.
    """
    before = settling.verdicts.get(entry.lineage)
    match fact:
        case VerdictConfirmed():
            earlier = (*before.earlier, before.entry) if before is not None else ()
            after = Settled(lineage=entry.lineage, fact=fact, entry=entry.number, day=on, earlier=earlier)
        case SettlementLocked():
            return msgspec.structs.replace(settling, lock=Lock(fact=fact, entry=entry.number, day=on))
        case VerdictCorrected(was=was, verdict=verdict, reason=reason) if before is not None:
            correction = Correction(was=was, verdict=verdict, reason=reason, entry=entry.number, day=on)
            after = msgspec.structs.replace(before, corrections=(*before.corrections, correction))
        case _:
            return settling
    return msgspec.structs.replace(settling, verdicts={**settling.verdicts, entry.lineage: after})


def correct(settling: Settling, *, lineage: str, verdict: Verdict, reason: NoteRef, on: date) -> Proposal:
    """Return the entry with which a supervisor corrects a verdict after the lock.

    Raises:
        DeliveryError: Nothing is locked yet (L306), the commitment was not settled (L307), the reason is missing (L207), or it has this verdict already (L308).
    """
    if settling.lock is None:
        raise DeliveryError("L306")
    settled = settling.verdicts.get(lineage)
    if settled is None:
        raise DeliveryError("L307")
    if not reason.length:
        raise DeliveryError("L207")
    if settled.verdict is verdict:
        raise DeliveryError("L308", {"verdict": verdict.zh})
    fact = VerdictCorrected(was=settled.verdict, verdict=verdict, reason=reason)
    replaces = settled.corrections[-1].entry if settled.corrections else settled.entry
    return Proposal(fact=fact, day=on, lineage=lineage, replaces=replaces)
