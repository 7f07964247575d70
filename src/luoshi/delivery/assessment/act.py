"""What is done in an assessment (考核操作): grant, announce, object, answer, freeze."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from luoshi.cadence.cycle import Period
from luoshi.delivery.assessment.fact import (
    Assessment,
    CorrectedFigure,
    FrozenScore,
    ObjectionAnswered,
    ObjectionRaised,
    PointsGranted,
    PointsRevoked,
    ResultsAnnounced,
    ResultsFrozen,
)
from luoshi.delivery.assessment.result import Results
from luoshi.delivery.fault import DeliveryError
from luoshi.ledger.entry import Proposal
from luoshi.ledger.note import NoteRef
from luoshi.status.score.scheme import Scheme


def grant(
    assessment: Assessment, scheme: Scheme, half: Period, *, unit: str, key: str, points: Decimal, reason: NoteRef,
    evidence: Sequence[str], on: date,
) -> Proposal:  # fmt: skip
    """Return the entry with which a supervisor grants points of a bonus or a deduction.

    Raises:
        DeliveryError: The results are frozen (L321); no unit is named (L255); the scheme grants nothing of this key (L322); the points are not above 0 (L323); the reason (L207) or the
            evidence (L324) is missing.
    """
    _require_open(assessment)
    if not unit:
        raise DeliveryError("L255")
    if key not in scheme.granted():
        raise DeliveryError("L322", {"key": key})
    if not points.is_finite() or points <= 0:
        raise DeliveryError("L323")
    _require_reason(reason)
    if not evidence:
        raise DeliveryError("L324")
    fact = PointsGranted(half=half.key, key=key, points=points, reason=reason)
    return Proposal(fact=fact, day=on, unit=unit, evidence=tuple(dict.fromkeys(evidence)))


def revoke(assessment: Assessment, *, granted: int, reason: NoteRef, on: date) -> Proposal:
    """Return the entry with which points no longer count.

    Raises:
        DeliveryError: The results are frozen (L321), there are no such points or they are revoked already (L325), or the reason is missing (L207).
    """
    _require_open(assessment)
    found = next((one for one in assessment.grants if one.entry == granted and not one.revoked), None)
    if found is None:
        raise DeliveryError("L325")
    _require_reason(reason)
    fact = PointsRevoked(half=assessment.half, granted=granted, reason=reason)
    return Proposal(fact=fact, day=on, unit=found.unit, replaces=granted)


def announce(assessment: Assessment, results: Results, scheme: Scheme, *, on: date) -> Proposal:
    """Return the entry with which the units are told their results.

    Raises:
        DeliveryError: The results are frozen (L321), or objections wait for an answer (L326).
    """
    _require_open(assessment)
    _require_answered(assessment)
    fact = ResultsAnnounced(
        half=results.half, scheme=results.scheme, results=results.digest, number=results.number, head=results.head,
        until=on + timedelta(days=scheme.objection_days),
    )  # fmt: skip
    return Proposal(fact=fact, day=on)


def raise_objection(
    assessment: Assessment, scheme: Scheme, *, unit: str, component: str, reason: NoteRef, on: date
) -> Proposal:
    """Return the entry with which a unit objects to a component of its score.

    Raises:
        DeliveryError: The results are frozen (L321) or were not announced (L327); the time is over (L328); no unit is named (L255); the scheme has no such component
            (L329); the reason is missing (L207); the unit's objection to it waits for an answer (L330).
    """
    _require_open(assessment)
    if not assessment.announcements:
        raise DeliveryError("L327")
    until = assessment.announcements[-1].fact.until
    if on > until:
        raise DeliveryError("L328", {"day": until})
    if not unit:
        raise DeliveryError("L255")
    if component not in scheme.component_keys():
        raise DeliveryError("L329", {"component": component})
    _require_reason(reason)
    if any((one.unit, one.fact.component) == (unit, component) for one in assessment.open_objections):
        raise DeliveryError("L330")
    fact = ObjectionRaised(
        half=assessment.half,
        component=component,
        reason=reason,
        until=on + timedelta(days=scheme.answer_days),
    )
    return Proposal(fact=fact, day=on, unit=unit)


def answer(
    assessment: Assessment, *, objection: int, is_upheld: bool, reason: NoteRef, corrected: Sequence[CorrectedFigure] = (),
    on: date,
) -> Proposal:  # fmt: skip
    """Return the entry with which a supervisor answers an objection.

    Raises:
        DeliveryError: It does not wait for an answer (L331), the reason is missing (L207), or figures are corrected although it is not upheld, or to what no count can be (L332).
    """
    found = next((one for one in assessment.open_objections if one.entry == objection), None)
    if found is None:
        raise DeliveryError("L331")
    _require_reason(reason)
    if any(not one.value.is_finite() or one.value < 0 for one in corrected) or (corrected and not is_upheld):
        raise DeliveryError("L332")
    fact = ObjectionAnswered(
        half=assessment.half,
        objection=objection,
        is_upheld=is_upheld,
        reason=reason,
        corrected=tuple(corrected),
    )
    return Proposal(fact=fact, day=on, unit=found.unit)


def freeze(assessment: Assessment, results: Results, *, on: date) -> Proposal:
    """Return the entry that freezes the results.

    Raises:
        DeliveryError: They are frozen already (L321), were not announced (L327), the time for objections is not over (L333), or objections wait for an answer (L326).
    """
    _require_open(assessment)
    if not assessment.announcements:
        raise DeliveryError("L327")
    until = assessment.announcements[-1].fact.until
    if on <= until:
        raise DeliveryError("L333", {"day": until})
    _require_answered(assessment)
    scores = tuple(FrozenScore(unit=one.key, total=one.total, place=one.place) for one in results.places)
    fact = ResultsFrozen(
        half=results.half, scheme=results.scheme, results=results.digest, number=results.number, head=results.head,
        scores=scores,
    )  # fmt: skip
    return Proposal(fact=fact, day=on)


def _require_open(assessment: Assessment) -> None:
    if assessment.frozen is not None:
        raise DeliveryError("L321")


def _require_answered(assessment: Assessment) -> None:
    waiting = assessment.open_objections
    if waiting:
        raise DeliveryError("L326", {"count": len(waiting), "unit": waiting[0].unit})


def _require_reason(reason: NoteRef) -> None:
    if not reason.length:
        raise DeliveryError("L207")
