"""Facts of an assessment (考核事实): points granted by hand, results announced, objections and answers, results frozen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec

from luoshi.ledger.entry import Entry
from luoshi.ledger.fact import Fact
from luoshi.ledger.note import NoteRef


class PointsGranted(Fact, frozen=True, kw_only=True, tag="points_granted"):
    """A supervisor granted points of a bonus or a deduction to the unit of the entry.

    Attributes:
        half: Key of the half-year (``2026-H1``).
        key: Key of the bonus or deduction in the scheme.
        points: How many, above 0.
        reason: For what.
    """

    half: str
    key: str
    points: Decimal
    reason: NoteRef


class PointsRevoked(Fact, frozen=True, kw_only=True, tag="points_revoked"):
    """Points that entry `granted` granted do not count, and why."""

    half: str
    granted: int
    reason: NoteRef


class ResultsAnnounced(Fact, frozen=True, kw_only=True, tag="results_announced"):
    """The units were told their results, and may object until a day.

    Attributes:
        half: Key of the half-year.
        scheme: Scheme, by name.
        results: Digest of the results' canonical bytes.
        number: Last entry of the ledger that they follow from.
        head: Its digest.
        until: Last day on which a unit may object.
    """

    half: str
    scheme: str
    results: str
    number: int
    head: str
    until: date


class ObjectionRaised(Fact, frozen=True, kw_only=True, tag="objection_raised"):
    """The unit of the entry objects to a component of its score; `until` is the day by which it is to be answered."""

    half: str
    component: str
    reason: NoteRef
    until: date


class CorrectedFigure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure as an answer corrects it: name and value."""

    name: str
    value: Decimal


class ObjectionAnswered(Fact, frozen=True, kw_only=True, tag="objection_answered"):
    """An objection was answered; where it is upheld, with the figures that count instead, if the ledger did not change by itself."""

    half: str
    objection: int
    is_upheld: bool
    reason: NoteRef
    corrected: tuple[CorrectedFigure, ...] = ()


class FrozenScore(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A unit's total and place; None for both where it has no total."""

    unit: str
    total: Decimal | None
    place: int | None


class ResultsFrozen(Fact, frozen=True, kw_only=True, tag="results_frozen"):
    """The results stand.

    Attributes:
        half: Key of the half-year.
        scheme: Scheme, by name.
        results: Digest of the results' canonical bytes.
        number: Last entry of the ledger that they follow from.
        head: Its digest.
        scores: Totals and places.
    """

    half: str
    scheme: str
    results: str
    number: int
    head: str
    scores: tuple[FrozenScore, ...]


ASSESSMENT_FACTS: tuple[type[Fact], ...] = (
    PointsGranted,
    PointsRevoked,
    ResultsAnnounced,
    ObjectionRaised,
    ObjectionAnswered,
    ResultsFrozen,
)


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """Points that were granted: to whom, what, entry; the entry that revoked them, or 0."""

    unit: str
    fact: PointsGranted
    entry: int
    revoked: int = 0


class Objection(msgspec.Struct, frozen=True, kw_only=True):
    """An objection: whose, what, entry, day; the answer and its entry once there is one."""

    unit: str
    fact: ObjectionRaised
    entry: int
    day: date
    answer: ObjectionAnswered | None = None
    answer_entry: int = 0


class Announcement(msgspec.Struct, frozen=True, kw_only=True):
    """An announcement of results: what, entry, day."""

    fact: ResultsAnnounced
    entry: int
    day: date


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """Frozen results: what, entry, day."""

    fact: ResultsFrozen
    entry: int
    day: date


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """The assessment of a half-year: points granted, announcements (the last counts), objections, the frozen results once there are."""

    half: str
    grants: tuple[Grant, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    objections: tuple[Objection, ...] = ()
    frozen: Frozen | None = None

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        """Objections that wait for an answer."""
        return tuple(one for one in self.objections if one.answer is None)

    def overdue_objections(self, on: date) -> tuple[Objection, ...]:
        """Return the objections that wait for an answer although the day for it is past."""
        return tuple(one for one in self.open_objections if one.fact.until < on)

    def corrected(self, unit: str) -> dict[str, tuple[Decimal, int]]:
        """Return the figures of a unit that answers corrected: value and entry of the answer, by name; the newest counts."""
        found: dict[str, tuple[Decimal, int]] = {}
        answered = sorted(
            (one for one in self.objections if one.unit == unit), key=lambda one: one.answer_entry
        )
        for objection in answered:
            if objection.answer is not None and objection.answer.is_upheld:
                found |= {one.name: (one.value, objection.answer_entry) for one in objection.answer.corrected}
        return found


def applied(
    assessments: Mapping[str, Assessment], fact: Fact, entry: Entry, on: date
) -> Mapping[str, Assessment]:
    """Return the assessments by half-year after one of `ASSESSMENT_FACTS`.

    Args:
        assessments: Before.
        fact: The fact.
        entry: Its entry.
        on: Day on which it was known.
    """
    half: str = getattr(fact, "half", "")
    before = assessments.get(half) or Assessment(half=half)
    return {**assessments, half: _after(before, fact, entry, on)}


def _after(before: Assessment, fact: Fact, entry: Entry, on: date) -> Assessment:
    replace = msgspec.structs.replace
    match fact:
        case PointsGranted():
            grant = Grant(unit=entry.unit, fact=fact, entry=entry.number)
            return replace(before, grants=(*before.grants, grant))
        case PointsRevoked(granted=granted):
            grants = [
                replace(one, revoked=entry.number) if one.entry == granted else one for one in before.grants
            ]
            return replace(before, grants=tuple(grants))
        case ResultsAnnounced():
            announcement = Announcement(fact=fact, entry=entry.number, day=on)
            return replace(before, announcements=(*before.announcements, announcement))
        case ObjectionRaised():
            objection = Objection(unit=entry.unit, fact=fact, entry=entry.number, day=on)
            return replace(before, objections=(*before.objections, objection))
        case ObjectionAnswered(objection=number):
            objections = [
                replace(one, answer=fact, answer_entry=entry.number) if one.entry == number else one
                for one in before.objections
            ]
            return replace(before, objections=tuple(objections))
        case ResultsFrozen():
            return replace(before, frozen=Frozen(fact=fact, entry=entry.number, day=on))
        case _:
            return before
