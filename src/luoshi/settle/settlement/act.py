"""What a supervisor does in a settlement (结账操作): confirm one verdict, lock the whole."""

from __future__ import annotations

from datetime import date

from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.verdict import SettlementLocked, Settling, Verdict, VerdictConfirmed
from luoshi.ledger.entry import Proposal
from luoshi.ledger.note import NoteRef
from luoshi.settle.settlement.proposal import ProposedVerdict
from luoshi.settle.settlement.statement import Statement, Unsettled, unsettled


class UnsettledError(DeliveryError):
    """The settlement cannot be locked, because commitments are not settled (L309).

    Attributes:
        standing: Everything that stands against it; never empty.
    """

    def __init__(self, standing: tuple[Unsettled, ...]) -> None:
        self.standing = standing
        super().__init__("L309", {"count": len(standing), "first": standing[0].title})


def confirm(
    settling: Settling,
    proposal: ProposedVerdict,
    *,
    verdict: Verdict,
    basis: NoteRef | None,
    reason: NoteRef | None,
    on: date,
) -> Proposal:
    """Return the entry with which a supervisor settles one commitment.

    Args:
        settling: What was decided so far.
        proposal: What is proposed for it now.
        verdict: What he decides.
        basis: On what he decides, where nothing is proposed.
        reason: Why, where he departs from the proposal or there is none.
        on: Day.

    Raises:
        DeliveryError: The settlement is locked (L301); the verdict departs from the proposal without a reason (L302); nothing is
            proposed, and basis or reason is missing (L303); it is settled like this already (L304); what is still in force is to be withdrawn (L305).
    """
    if settling.lock is not None:
        raise DeliveryError("L301")
    if proposal.verdict is None:
        if not (_is_written(basis) and _is_written(reason)):
            raise DeliveryError("L303", {"title": proposal.title})
    elif verdict is not proposal.verdict and not _is_written(reason):
        raise DeliveryError("L302", {"title": proposal.title, "proposed": proposal.verdict.zh})
    if verdict is Verdict.WITHDRAWN and proposal.code not in ("S606", "S607"):
        raise DeliveryError("L305", {"title": proposal.title})
    before = settling.verdicts.get(proposal.lineage)
    if before is not None and (before.fact.verdict, before.fact.inputs) == (verdict, proposal.inputs):
        raise DeliveryError("L304", {"title": proposal.title})
    fact = VerdictConfirmed(
        verdict=verdict, proposed=proposal.verdict, code=proposal.code, rule=proposal.rule, inputs=proposal.inputs,
        basis=basis, reason=reason,
    )  # fmt: skip
    replaces = before.entry if before is not None else None
    return Proposal(fact=fact, day=on, lineage=proposal.lineage, replaces=replaces)


def _is_written(note: NoteRef | None) -> bool:
    return note is not None and note.length > 0


def lock(settling: Settling, statement: Statement, *, on: date) -> Proposal:
    """Return the entry that locks the settlement.

    Args:
        settling: What was decided so far.
        statement: The statement that the ledger gives now.
        on: Day.

    Raises:
        DeliveryError: It is locked already (L301).
        UnsettledError: Commitments are not settled (L309); it lists which.
    """
    if settling.lock is not None:
        raise DeliveryError("L301")
    standing = unsettled(statement)
    if standing:
        raise UnsettledError(standing)
    fact = SettlementLocked(
        on=statement.on, statement=statement.digest, head=statement.head, number=statement.number, settled=len(statement.rows)
    )  # fmt: skip
    return Proposal(fact=fact, day=on)
