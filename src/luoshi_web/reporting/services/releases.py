"""Show things to the public, and take them back (公开)."""

from __future__ import annotations

from luoshi.delivery import release
from luoshi.delivery.fault import DeliveryError
from luoshi.ledger.entry import Entry
from luoshi.plan.model import Publicity
from luoshi_web.audit.action import Action
from luoshi_web.frame import blob
from luoshi_web.ledger import selectors as ledger_selectors
from luoshi_web.ledger.evidence import Medium, without_place
from luoshi_web.reporting.selectors import version_of
from luoshi_web.reporting.services.writing import Writing, writing
from luoshi_web.rights import Actor, Right


def release_commitment(actor: Actor, plan_year: int, *, lineage: str) -> Entry:
    """Show a commitment to the public: its words, light and figures.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It is not meant for the public, or released already (L265, L270, L271).
    """
    actor.require(Right.RELEASE, plan_year)
    with writing(actor, plan_year) as ledger:
        issued = ledger.year.issued_of(lineage)
        proposal = release.release_commitment(
            publicity=_publicity(ledger, lineage),
            is_released=lineage in ledger.year.released,
            lineage=lineage,
            on=ledger.on,
        )
        (entry,) = ledger.add(proposal, action=Action.RELEASED, about=issued.title)
    return entry


def _publicity(ledger: Writing, lineage: str) -> Publicity:
    plan = version_of(ledger.plan_year.pk, ledger.year.version).plan
    return next((c.publicity for c in plan.commitments if c.lineage == lineage), Publicity.INTERNAL)


def release_evidence(actor: Actor, plan_year: int, *, lineage: str, file_id: int, name: str) -> Entry:
    """Show a file to the public, a picture without its location data.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: There is no such file (L274), its commitment is not released (L272), or the name is missing (L273).
    """
    actor.require(Right.RELEASE, plan_year)
    file = ledger_selectors.evidence_file(plan_year, file_id)
    if file is None or file.lineage != lineage:
        raise DeliveryError("L274")
    data = blob.path_of(file.digest, room=blob.EVIDENCE).read_bytes()
    shown = blob.keep(without_place(data, Medium(file.medium)), room=blob.EVIDENCE)
    with writing(actor, plan_year) as ledger:
        proposal = release.release_evidence(
            digest=file.digest,
            shown=shown,
            name=name,
            is_commitment_released=lineage in ledger.year.released,
            lineage=lineage,
            on=ledger.on,
        )
        (entry,) = ledger.add(proposal, action=Action.RELEASED, about=name)
    return entry


def withdraw_release(actor: Actor, plan_year: int, *, lineage: str, reason: str, digest: str = "") -> Entry:
    """Take a release back: of a commitment with all its files, or of one file.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: It is not released, or the reason is missing (L274, L207).
    """
    actor.require(Right.RELEASE, plan_year)
    with writing(actor, plan_year) as ledger:
        files = ledger.year.files.get(lineage, ())
        is_released = (
            any(file.digest == digest for file in files) if digest else lineage in ledger.year.released
        )
        proposal = release.withdraw(
            digest=digest,
            reason=ledger.note(reason, lineage=lineage),
            is_released=is_released,
            lineage=lineage,
            on=ledger.on,
        )
        (entry,) = ledger.add(proposal, action=Action.RELEASE_WITHDRAWN)
    return entry
