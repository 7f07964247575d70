"""Release to the public (公开发布): an act, by name, that can be taken back; nothing is public by itself."""

from __future__ import annotations

from datetime import date

from luoshi.delivery.fault import DeliveryError
from luoshi.ledger.entry import Proposal
from luoshi.ledger.fact import Fact
from luoshi.ledger.note import NoteRef
from luoshi.plan.model import Publicity


class CommitmentReleased(Fact, frozen=True, kw_only=True, tag="commitment_released"):
    """A commitment is shown to the public from now on: its words, light and figures."""


class EvidenceReleased(Fact, frozen=True, kw_only=True, tag="evidence_released"):
    """A file of evidence is shown to the public: the file as filed, the file as shown (without location data), its public name."""

    digest: str
    shown: str
    name: str


class ReleaseWithdrawn(Fact, frozen=True, kw_only=True, tag="release_withdrawn"):
    """What was released is no longer shown: the commitment with all its files, or one file where `digest` names it."""

    digest: str
    reason: NoteRef


def release_commitment(*, publicity: Publicity, is_released: bool, lineage: str, on: date) -> Proposal:
    """Return the entry that shows a commitment to the public.

    Raises:
        DeliveryError: It is internal or on request only (L270), or released already (L271).
    """
    if publicity is not Publicity.PUBLIC:
        raise DeliveryError("L270")
    if is_released:
        raise DeliveryError("L271")
    return Proposal(fact=CommitmentReleased(), day=on, lineage=lineage)


def release_evidence(
    *, digest: str, shown: str, name: str, is_commitment_released: bool, lineage: str, on: date
) -> Proposal:
    """Return the entry that shows a file to the public.

    Raises:
        DeliveryError: Its commitment is not released (L272), or the name is missing (L273).
    """
    if not is_commitment_released:
        raise DeliveryError("L272")
    if not name.strip():
        raise DeliveryError("L273")
    fact = EvidenceReleased(digest=digest, shown=shown, name=name.strip())
    return Proposal(fact=fact, day=on, lineage=lineage, evidence=(digest, shown))


def withdraw(*, digest: str, reason: NoteRef, is_released: bool, lineage: str, on: date) -> Proposal:
    """Return the entry that takes a release back.

    Raises:
        DeliveryError: It is not released (L274), or the reason is missing (L207).
    """
    if not is_released:
        raise DeliveryError("L274")
    if not reason.length:
        raise DeliveryError("L207")
    return Proposal(fact=ReleaseWithdrawn(digest=digest, reason=reason), day=on, lineage=lineage)
