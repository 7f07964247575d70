"""What was issued to the units (下达): the commitments of the version in force, with who leads and supports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from luoshi.ledger.entry import Entry, Proposal
from luoshi.ledger.fact import Fact
from luoshi.plan.model import Plan


class IssuedDeliverable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A deliverable as the version has it: identity, what counts as done, evidence wanted, due day, weight."""

    id: str
    done_when: str
    evidence: str
    due: date
    weight: Decimal


class Issued(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A commitment as it was issued (下达的目标任务).

    Attributes:
        lineage: Its permanent identity.
        title: Its short name.
        lead_unit: Name of the lead unit, or "" where nobody owns it.
        supporting_units: Names of the supporting units.
        deadline: When it is due.
        targets: Identities of its targets.
        deliverables: Its deliverables.
    """

    lineage: str
    title: str
    lead_unit: str
    supporting_units: tuple[str, ...]
    deadline: date
    targets: tuple[str, ...]
    deliverables: tuple[IssuedDeliverable, ...]


class CommitmentsIssued(Fact, frozen=True, kw_only=True, tag="commitments_issued"):
    """A version was published: these commitments are in force from now on, and no others.

    Attributes:
        version: Number of the version.
        plan_digest: Digest of the version's content.
        commitments: In text order.
    """

    version: int
    plan_digest: str
    commitments: tuple[Issued, ...]


def issue(plan: Plan, *, plan_digest: str, on: date) -> Proposal:
    """Return the entry with which a published version goes out to the units.

    Raises:
        ValueError: It is a draft.
    """
    if not plan.version:
        raise ValueError("a draft is not issued")
    units = {unit.id: unit.name for unit in plan.units}
    deliverables: dict[str, list[IssuedDeliverable]] = {}
    for deliverable in plan.deliverables:
        deliverables.setdefault(deliverable.commitment, []).append(
            IssuedDeliverable(
                id=deliverable.id,
                done_when=deliverable.done_when,
                evidence=deliverable.evidence,
                due=deliverable.due.day,
                weight=deliverable.weight,
            )
        )
    targets: dict[str, list[str]] = {}
    for target in plan.targets:
        targets.setdefault(target.commitment, []).append(target.id)
    commitments = tuple(
        Issued(
            lineage=commitment.lineage,
            title=commitment.title,
            lead_unit=units.get(commitment.lead_unit, ""),
            supporting_units=tuple(units[unit] for unit in commitment.supporting_units if unit in units),
            deadline=commitment.deadline.day,
            targets=tuple(targets.get(commitment.id, ())),
            deliverables=tuple(deliverables.get(commitment.id, ())),
        )
        for commitment in plan.commitments
    )
    fact = CommitmentsIssued(version=plan.version, plan_digest=plan_digest, commitments=commitments)
    return Proposal(fact=fact, day=on)


class IssuedAs(msgspec.Struct, frozen=True, kw_only=True):
    """A commitment as a version issued it: the commitment (None where the version leaves it out), version, entry, day."""

    issued: Issued | None
    version: int
    entry: int
    day: date


Issues = Mapping[str, tuple[IssuedAs, ...]]


def with_issue(issues: Issues, fact: CommitmentsIssued, entry: Entry, on: date) -> Issues:
    """Return how each commitment was issued, by lineage: the first time (基准) and every time it changed or was left out.

    Args:
        issues: Before.
        fact: A version that goes out.
        entry: Its entry.
        on: Day on which it was known.
    """
    found = dict(issues)
    now: dict[str, Issued | None] = dict(by_lineage(fact))
    for lineage in [*now, *(gone for gone in issues if gone not in now)]:
        known = found.get(lineage, ())
        if not known or known[-1].issued != now.get(lineage):
            changed = IssuedAs(issued=now.get(lineage), version=fact.version, entry=entry.number, day=on)
            found[lineage] = (*known, changed)
    return found


def led_since(history: Sequence[IssuedAs]) -> IssuedAs:
    """Return the issue with which the unit that leads a commitment now became its lead unit.

    Args:
        history: How the commitment was issued, the oldest first; at least once.
    """
    found = history[-1]
    for earlier in reversed(history):
        same = earlier.issued is not None and found.issued is not None
        if not same or earlier.issued.lead_unit != found.issued.lead_unit:  # type: ignore[union-attr]
            break
        found = earlier
    return found


def by_lineage(fact: CommitmentsIssued) -> Mapping[str, Issued]:
    """Return the issued commitments by their permanent identity."""
    return {issued.lineage: issued for issued in fact.commitments}
