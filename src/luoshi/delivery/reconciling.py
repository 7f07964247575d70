"""What people decided in a reconciliation (兑现核对操作): the next report that was added, rulings on pairs, the release.

What is proposed is reckoned above (`luoshi.settle.reconcile`). Rulings belong to the report that they were made on: another report begins anew, and the entries before it stay. Nothing changes while the result is released; it has to be withdrawn first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from luoshi.delivery.fault import DeliveryError
from luoshi.kernel.label import Labelled
from luoshi.ledger.entry import Entry, Proposal
from luoshi.ledger.fact import Fact
from luoshi.ledger.note import NoteRef


class Outcome(Labelled):
    """How a claim reads against what was promised (兑现情况)."""

    FULFILLED = "fulfilled", "兑现", "fulfilled"
    EXCEEDED = "exceeded", "超额兑现", "exceeded"
    SHORT = "short", "未达到", "short"
    CHANGED = "changed", "口径有变", "changed in definition"
    UNCLEAR = "unclear", "待人工判读", "to be read by a person"
    NOT_MENTIONED = "not_mentioned", "未提及", "not mentioned"


class NextReportAdded(Fact, frozen=True, kw_only=True, tag="next_report_added"):
    """The report of the year after was added: the year that it is for, its file name, the digest of its text."""

    year: int
    name: str
    digest: str


class PairRuled(Fact, frozen=True, kw_only=True, tag="pair_ruled"):
    """A person ruled on a pair.

    Attributes:
        claiming: Digest of the next report that it is about.
        subject: Key of what was promised.
        outcome: What he decides.
        proposed: What was proposed.
        passage: Key of the passage that answers it, or "" for none.
        proposed_passage: Key of the passage that was proposed, or "".
        reason: Why, where he departs from what was proposed.
    """

    claiming: str
    subject: str
    outcome: Outcome
    proposed: Outcome
    passage: str
    proposed_passage: str
    reason: NoteRef | None = None


class UnmentionedConfirmed(Fact, frozen=True, kw_only=True, tag="unmentioned_confirmed"):
    """A person confirmed for several subjects at once that the next report does not mention them."""

    claiming: str
    subjects: tuple[str, ...]


class ReconciliationReleased(Fact, frozen=True, kw_only=True, tag="reconciliation_released"):
    """The reviewed reconciliation is shown to the public: digest of the report, of the reviewed result, how many pairs it has."""

    claiming: str
    result: str
    pairs: int


class ReconciliationWithdrawn(Fact, frozen=True, kw_only=True, tag="reconciliation_withdrawn"):
    """The reconciliation is no longer shown, and why."""

    reason: NoteRef


RECONCILING_FACTS: tuple[type[Fact], ...] = (
    NextReportAdded,
    PairRuled,
    UnmentionedConfirmed,
    ReconciliationReleased,
    ReconciliationWithdrawn,
)


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided about a pair: outcome, passage, reason, entry, day, who."""

    outcome: Outcome
    passage: str
    reason: NoteRef | None = None
    entry: int
    day: date
    who: str


class Reconciling(msgspec.Struct, frozen=True, kw_only=True):
    """What is known.

    Attributes:
        report: The next report; None before one was added.
        rulings: Rulings on that report, by key of the subject.
        released: The release in force; None where nothing is shown.
        released_on: Its day.
        released_entry: Its entry; 0 for none.
    """

    report: NextReportAdded | None = None
    rulings: Mapping[str, Ruling] = {}
    released: ReconciliationReleased | None = None
    released_on: date | None = None
    released_entry: int = 0


def applied(state: Reconciling, fact: Fact, entry: Entry, on: date) -> Reconciling:
    """Return what is known after one of `RECONCILING_FACTS`.

    Args:
        state: Before.
        fact: The fact.
        entry: Its entry.
        on: Day on which it was known.
    """
    replace = msgspec.structs.replace
    match fact:
        case NextReportAdded():
            return Reconciling(report=fact)
        case PairRuled(subject=subject, outcome=outcome, passage=passage, reason=reason):
            ruling = Ruling(
                outcome=outcome, passage=passage, reason=reason, entry=entry.number, day=on, who=entry.who
            )
            return replace(state, rulings={**state.rulings, subject: ruling})
        case UnmentionedConfirmed(subjects=subjects):
            same = Ruling(
                outcome=Outcome.NOT_MENTIONED, passage="", entry=entry.number, day=on, who=entry.who
            )
            return replace(state, rulings={**state.rulings, **dict.fromkeys(subjects, same)})
        case ReconciliationReleased():
            return replace(state, released=fact, released_on=on, released_entry=entry.number)
        case _:
            return replace(state, released=None, released_on=None, released_entry=0)


def add_report(
    state: Reconciling, *, plan_year: int, year: int, name: str, digest: str, on: date
) -> Proposal:
    """Return the entry with which the next report is added; it takes the place of one added before.

    Raises:
        DeliveryError: It is not the report of the year after (L391), it is added already (L392), or a result is released (L398).
    """
    _require_withdrawn(state)
    if year != plan_year + 1:
        raise DeliveryError("L391", {"year": year, "wanted": plan_year + 1})
    if state.report is not None and state.report.digest == digest:
        raise DeliveryError("L392")
    return Proposal(fact=NextReportAdded(year=year, name=name[:200], digest=digest), day=on)


def rule(
    state: Reconciling,
    *,
    subject: str,
    lineage: str,
    outcome: Outcome,
    proposed: Outcome,
    passage: str,
    proposed_passage: str,
    reason: NoteRef | None,
    on: date,
) -> Proposal:
    """Return the entry with which a person rules on a pair.

    Raises:
        DeliveryError: No report was added (L393), a result is released (L398), it departs from what was proposed without a reason (L394), it says that something is mentioned without a passage, or the reverse (L395), is left
            to be read (L396), or is ruled like this already (L397).
    """
    report = _require_report(state)
    _require_withdrawn(state)
    if outcome is Outcome.UNCLEAR:
        raise DeliveryError("L396")
    if (outcome is Outcome.NOT_MENTIONED) is bool(passage):
        raise DeliveryError("L395")
    departs = (outcome, passage) != (proposed, proposed_passage)
    if departs and (reason is None or not reason.length):
        raise DeliveryError("L394")
    before = state.rulings.get(subject)
    if before is not None and (before.outcome, before.passage) == (outcome, passage):
        raise DeliveryError("L397")
    fact = PairRuled(
        claiming=report.digest, subject=subject, outcome=outcome, proposed=proposed, passage=passage,
        proposed_passage=proposed_passage, reason=reason,
    )  # fmt: skip
    return Proposal(fact=fact, day=on, lineage=lineage)


def confirm_unmentioned(state: Reconciling, *, subjects: Sequence[str], on: date) -> Proposal:
    """Return the entry with which a person confirms that the next report does not mention some subjects.

    Raises:
        DeliveryError: No report was added (L393), a result is released (L398), or nothing is left to confirm (L399).
    """
    report = _require_report(state)
    _require_withdrawn(state)
    left = tuple(one for one in subjects if one not in state.rulings)
    if not left:
        raise DeliveryError("L399")
    return Proposal(fact=UnmentionedConfirmed(claiming=report.digest, subjects=left), day=on)


def release(state: Reconciling, *, result: str, pairs: int, unruled: int, on: date) -> Proposal:
    """Return the entry that shows the reviewed reconciliation to the public.

    Raises:
        DeliveryError: No report was added (L393), it is released already (L398), or pairs are not ruled on (L400).
    """
    report = _require_report(state)
    _require_withdrawn(state)
    if unruled or not pairs:
        raise DeliveryError("L400", {"count": unruled})
    return Proposal(fact=ReconciliationReleased(claiming=report.digest, result=result, pairs=pairs), day=on)


def withdraw(state: Reconciling, *, reason: NoteRef, on: date) -> Proposal:
    """Return the entry with which a released reconciliation is no longer shown.

    Raises:
        DeliveryError: Nothing is released (L401), or the reason is missing (L207).
    """
    if state.released is None:
        raise DeliveryError("L401")
    if not reason.length:
        raise DeliveryError("L207")
    return Proposal(fact=ReconciliationWithdrawn(reason=reason), day=on)


def _require_report(state: Reconciling) -> NextReportAdded:
    if state.report is None:
        raise DeliveryError("L393")
    return state.report


def _require_withdrawn(state: Reconciling) -> None:
    if state.released is not None:
        raise DeliveryError("L398")
