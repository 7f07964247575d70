"""Handling plans (办理方案): how and when a lead unit will deliver a commitment, and what became of it.

A unit accepts a commitment by filing a handling plan, or contests it with a reason and a proposal that the supervisor decides.
The supervisor approves or returns what was filed. What was approved first stays as the baseline; a later one is an amendment with a reason.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.issue import Issued
from luoshi.kernel.label import Labelled
from luoshi.ledger.entry import Entry, Proposal
from luoshi.ledger.fact import Fact
from luoshi.ledger.note import NoteRef


class HandlingState(Labelled):
    """How far a handling plan has come (办理方案状态)."""

    WAITING = "waiting", "待办理", "waiting for the unit"
    CONTESTED = "contested", "有异议", "contested"
    FILED = "filed", "待审批", "to be approved"
    RETURNED = "returned", "已退回", "returned"
    APPROVED = "approved", "已批准", "approved"


class ContestKind(Labelled):
    """What a unit proposes instead (异议类型)."""

    UNIT = "unit", "换牵头单位", "another lead unit"
    DEADLINE = "deadline", "调整时限", "another deadline"
    VALUE = "value", "调整指标值", "another value"
    WORDING = "wording", "调整表述", "another wording"
    DROP = "drop", "不再列入", "leave it out"


class Milestone(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value that a target is to have reached on a day (阶段目标): cumulative from the year's start, or the level."""

    target: str
    day: date
    value: Decimal


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a quarter is to bring, in words (季度安排)."""

    quarter: int
    text: str


class PlannedDeliverable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A deliverable as the unit plans it: what counts as done, evidence, due day, weight."""

    id: str
    done_when: str
    evidence: str
    due: date
    weight: Decimal


class Share(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a supporting unit contributes (配合单位分工)."""

    unit: str
    task: str


class Base(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The value from which a target moves (基数), and where it comes from."""

    target: str
    value: Decimal
    origin: str


class Handling(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The content of a handling plan.

    Attributes:
        measures: How the unit will do it.
        deliverables: What counts as done; their weights add up to 1. Empty where the targets say it all.
        milestones: Values by day.
        steps: Quarters in words, at most one a quarter.
        shares: What supporting units contribute.
        bases: Values from which targets move.
        persons: Who answers for it by name: erasable, outside the chain.
    """

    measures: str = ""
    deliverables: tuple[PlannedDeliverable, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    steps: tuple[Step, ...] = ()
    shares: tuple[Share, ...] = ()
    bases: tuple[Base, ...] = ()
    persons: NoteRef | None = None


class HandlingFiled(Fact, frozen=True, kw_only=True, tag="handling_filed"):
    """A lead unit filed its handling plan; `reason` says why an approved one is to change."""

    handling: Handling
    reason: NoteRef | None = None


class HandlingContested(Fact, frozen=True, kw_only=True, tag="handling_contested"):
    """A lead unit contests a commitment: why, and what it proposes instead."""

    about: ContestKind
    proposed: str
    reason: NoteRef


class ContestDecided(Fact, frozen=True, kw_only=True, tag="contest_decided"):
    """The supervisor decided a contest; where it is upheld, an amendment of the plan follows."""

    is_upheld: bool
    reason: NoteRef


class HandlingReturned(Fact, frozen=True, kw_only=True, tag="handling_returned"):
    """The supervisor returned a handling plan, and why."""

    reason: NoteRef


class HandlingApproved(Fact, frozen=True, kw_only=True, tag="handling_approved"):
    """The supervisor approved the handling plan that was filed by entry `filing`."""

    filing: int


class Contest(msgspec.Struct, frozen=True, kw_only=True):
    """A contest: entry, about what, proposal, reason, and the decision, its entry and day once there is one."""

    entry: int
    about: ContestKind
    proposed: str
    reason: NoteRef
    is_upheld: bool | None = None
    decided: NoteRef | None = None
    decision_entry: int = 0
    decided_on: date | None = None


class Approved(msgspec.Struct, frozen=True, kw_only=True):
    """A handling plan that was approved: entry of its filing, entry and day of its approval, content, why it was filed."""

    filing: int
    entry: int
    day: date
    handling: Handling
    reason: NoteRef | None = None


class HandlingRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about the handling plan of a commitment.

    Attributes:
        lineage: The commitment.
        state: How far it has come.
        filed: Content of the last filing, approved or not; None before the first.
        filing: Entry of the last filing; 0 before the first.
        filed_reason: Why the last filing changes an approved plan.
        returned: Why the last filing was returned; None otherwise.
        returned_on: Day on which it was returned; None otherwise.
        contests: Contests, oldest first.
        approvals: Approved plans, oldest first: the first is the baseline, the last is in force.
        history: Entries about it, oldest first.
    """

    lineage: str
    state: HandlingState = HandlingState.WAITING
    filed: Handling | None = None
    filing: int = 0
    filed_reason: NoteRef | None = None
    returned: NoteRef | None = None
    returned_on: date | None = None
    contests: tuple[Contest, ...] = ()
    approvals: tuple[Approved, ...] = ()
    history: tuple[int, ...] = ()

    @property
    def baseline(self) -> Handling | None:
        """What was approved first (基准)."""
        return self.approvals[0].handling if self.approvals else None

    @property
    def in_force(self) -> Handling | None:
        """What was approved last."""
        return self.approvals[-1].handling if self.approvals else None

    @property
    def open_contest(self) -> Contest | None:
        """The contest that waits for a decision."""
        return next((c for c in reversed(self.contests) if c.is_upheld is None), None)


HANDLING_FACTS: tuple[type[Fact], ...] = (
    HandlingFiled,
    HandlingContested,
    ContestDecided,
    HandlingReturned,
    HandlingApproved,
)


def applied(record: HandlingRecord, fact: Fact, entry: Entry, on: date) -> HandlingRecord:
    """Return the record after a fact about it.

    Args:
        record: The record before.
        fact: One of `HANDLING_FACTS`.
        entry: Its entry.
        on: Day on which it was known.
    """
    after = msgspec.structs.replace(record, history=(*record.history, entry.number))
    match fact:
        case HandlingFiled(handling=handling, reason=reason):
            return msgspec.structs.replace(
                after,
                state=HandlingState.FILED,
                filed=handling,
                filing=entry.number,
                filed_reason=reason,
                returned=None,
                returned_on=None,
            )
        case HandlingContested(about=about, proposed=proposed, reason=reason):
            contest = Contest(entry=entry.number, about=about, proposed=proposed, reason=reason)
            return msgspec.structs.replace(
                after, state=HandlingState.CONTESTED, contests=(*record.contests, contest)
            )
        case ContestDecided(is_upheld=is_upheld, reason=reason):
            *before, last = record.contests
            decided = msgspec.structs.replace(
                last, is_upheld=is_upheld, decided=reason, decision_entry=entry.number, decided_on=on
            )
            return msgspec.structs.replace(
                after, state=_state_without_contest(record), contests=(*before, decided)
            )
        case HandlingReturned(reason=reason):
            return msgspec.structs.replace(
                after, state=HandlingState.RETURNED, returned=reason, returned_on=on
            )
        case HandlingApproved(filing=filing) if record.filed is not None:
            approved = Approved(
                filing=filing,
                entry=entry.number,
                day=on,
                handling=record.filed,
                reason=record.filed_reason,
            )
            return msgspec.structs.replace(
                after, state=HandlingState.APPROVED, approvals=(*record.approvals, approved)
            )
        case _:
            return after


def _state_without_contest(record: HandlingRecord) -> HandlingState:
    return HandlingState.APPROVED if record.approvals else HandlingState.WAITING


def file(
    record: HandlingRecord, issued: Issued, handling: Handling, *, unit: str, on: date, reason: NoteRef | None
) -> Proposal:
    """Return the entry with which a lead unit files its handling plan.

    Raises:
        DeliveryError: Another unit leads (L201); it waits for a decision on a contest (L202) or an approval (L203); an approved
            plan changes without a reason (L204); the content is not sound (L210 to L217).
    """
    _require_lead(issued, unit)
    if record.state is HandlingState.CONTESTED:
        raise DeliveryError("L202", {"title": issued.title})
    if record.state is HandlingState.FILED:
        raise DeliveryError("L203", {"title": issued.title})
    if record.approvals and reason is None:
        raise DeliveryError("L204", {"title": issued.title})
    check(handling, issued, year=on.year)
    return Proposal(
        fact=HandlingFiled(handling=handling, reason=reason), day=on, lineage=issued.lineage, unit=unit
    )


def contest(
    record: HandlingRecord,
    issued: Issued,
    *,
    about: ContestKind,
    proposed: str,
    reason: NoteRef,
    unit: str,
    on: date,
) -> Proposal:
    """Return the entry with which a lead unit contests a commitment.

    Raises:
        DeliveryError: Another unit leads (L201); it is contested already (L202) or waits for an approval (L203); the reason or the
            proposal is missing (L205).
    """
    _require_lead(issued, unit)
    if record.state is HandlingState.CONTESTED:
        raise DeliveryError("L202", {"title": issued.title})
    if record.state is HandlingState.FILED:
        raise DeliveryError("L203", {"title": issued.title})
    if not reason.length or (not proposed.strip() and about is not ContestKind.DROP):
        raise DeliveryError("L205", {"title": issued.title})
    fact = HandlingContested(about=about, proposed=proposed.strip(), reason=reason)
    return Proposal(fact=fact, day=on, lineage=issued.lineage, unit=unit)


def decide_contest(record: HandlingRecord, *, is_upheld: bool, reason: NoteRef, on: date) -> Proposal:
    """Return the entry with which the supervisor decides a contest.

    Raises:
        DeliveryError: Nothing is contested (L206), or the reason is missing (L207).
    """
    if record.open_contest is None:
        raise DeliveryError("L206")
    _require_reason(reason)
    return Proposal(fact=ContestDecided(is_upheld=is_upheld, reason=reason), day=on, lineage=record.lineage)


def approve(record: HandlingRecord, *, filing: int, on: date) -> Proposal:
    """Return the entry with which the supervisor approves what was filed.

    Raises:
        DeliveryError: Nothing waits for approval (L208), or something newer was filed meanwhile (L209).
    """
    _require_filed(record, filing)
    return Proposal(fact=HandlingApproved(filing=filing), day=on, lineage=record.lineage)


def give_back(record: HandlingRecord, *, filing: int, reason: NoteRef, on: date) -> Proposal:
    """Return the entry with which the supervisor returns what was filed.

    Raises:
        DeliveryError: Nothing waits for approval (L208), something newer was filed meanwhile (L209), or the reason is missing (L207).
    """
    _require_filed(record, filing)
    _require_reason(reason)
    return Proposal(fact=HandlingReturned(reason=reason), day=on, lineage=record.lineage)


def _require_lead(issued: Issued, unit: str) -> None:
    if not unit or unit != issued.lead_unit:
        raise DeliveryError("L201", {"title": issued.title, "unit": issued.lead_unit or "—"})


def _require_filed(record: HandlingRecord, filing: int) -> None:
    if record.state is not HandlingState.FILED:
        raise DeliveryError("L208")
    if record.filing != filing:
        raise DeliveryError("L209")


def _require_reason(reason: NoteRef) -> None:
    if not reason.length:
        raise DeliveryError("L207")


def check(handling: Handling, issued: Issued, *, year: int) -> None:
    """Refuse a handling plan whose parts do not fit the commitment.

    Raises:
        DeliveryError: It says nothing (L210); weights do not add up to 1 (L211); a deliverable has no words (L212) or is due after the
            commitment (L213); a milestone is of a target that the commitment does not have (L214), or lies outside of the year and the deadline
            (L215); a quarter is written twice or is none (L216); a share is of a unit that does not support (L217).
    """
    if not (handling.deliverables or handling.milestones or handling.steps or handling.measures.strip()):
        raise DeliveryError("L210", {"title": issued.title})
    weights = [deliverable.weight for deliverable in handling.deliverables]
    if weights and (sum(weights) != 1 or min(weights) <= 0):
        raise DeliveryError("L211", {"sum": format(sum(weights) * 100, "f")})
    for deliverable in handling.deliverables:
        if not deliverable.done_when.strip():
            raise DeliveryError("L212")
        if deliverable.due > issued.deadline:
            raise DeliveryError(
                "L213",
                {"name": deliverable.done_when[:40], "due": deliverable.due, "deadline": issued.deadline},
            )
    for milestone in handling.milestones:
        if milestone.target not in issued.targets:
            raise DeliveryError("L214", {"target": milestone.target})
        if not date(year, 1, 1) <= milestone.day <= max(issued.deadline, date(year, 12, 31)):
            raise DeliveryError("L215", {"day": milestone.day})
    quarters = [step.quarter for step in handling.steps]
    if len(set(quarters)) != len(quarters) or not set(quarters) <= {1, 2, 3, 4}:
        raise DeliveryError("L216")
    for share in handling.shares:
        if share.unit not in issued.supporting_units:
            raise DeliveryError("L217", {"unit": share.unit})
