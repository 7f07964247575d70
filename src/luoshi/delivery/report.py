"""Reports of units (填报): one a commitment and period, filed by the liaison, passed by the head, accepted by the supervisor.

A figure counts from when the head let it leave the unit, and until it is returned; that it was accepted is told beside it. A
correction is a new filing of the same period that names the one it replaces; nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.issue import Issued
from luoshi.kernel.label import Labelled
from luoshi.ledger.entry import Entry, Proposal
from luoshi.ledger.fact import Fact
from luoshi.ledger.note import NoteRef


class ReportState(Labelled):
    """How far a report has come (填报状态)."""

    FILED = "filed", "待本单位审核", "to be passed by the unit's head"
    HELD = "held", "本单位退回", "returned inside the unit"
    PASSED = "passed", "待督查审核", "to be accepted by the supervisor"
    RETURNED = "returned", "督查退回", "returned by the supervisor"
    ACCEPTED = "accepted", "已采纳", "accepted"

    @property
    def has_left_unit(self) -> bool:
        """Whether its figures count."""
        return self in (ReportState.PASSED, ReportState.ACCEPTED)


class Figure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Value of a target at the end of the period, in the target's unit; flows count from the year's start."""

    target: str
    value: Decimal


class Tick(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A deliverable said to be done, on which day, and the evidence."""

    deliverable: str
    done: date
    evidence: tuple[str, ...]


class ReportFiled(Fact, frozen=True, kw_only=True, tag="report_filed"):
    """A unit filed its report of a period.

    Attributes:
        period: Key of the period (``2026-03``, ``2026-Q1``).
        end: Its last day.
        figures: Figures that the unit states itself.
        ticks: Deliverables newly done.
        is_unchanged: Whether the unit says that nothing changed since the report before.
        progress: What was done, in words.
        obstacles: What blocks, in words.
    """

    period: str
    end: date
    figures: tuple[Figure, ...] = ()
    ticks: tuple[Tick, ...] = ()
    is_unchanged: bool = False
    progress: NoteRef | None = None
    obstacles: NoteRef | None = None


class ReportHeld(Fact, frozen=True, kw_only=True, tag="report_held"):
    """The unit's head returned a report to the liaison."""

    report: int
    reason: NoteRef


class ReportPassed(Fact, frozen=True, kw_only=True, tag="report_passed"):
    """The unit's head let a report leave the unit."""

    report: int


class ReportReturned(Fact, frozen=True, kw_only=True, tag="report_returned"):
    """The supervisor returned a report to the unit."""

    report: int
    reason: NoteRef


class ReportAccepted(Fact, frozen=True, kw_only=True, tag="report_accepted"):
    """The supervisor accepted a report."""

    report: int


class CycleExtended(Fact, frozen=True, kw_only=True, tag="cycle_extended"):
    """A unit may file a period later, by name and for a reason (延期); `lineage` of the entry "" means all its commitments."""

    period: str
    until: date
    reason: NoteRef


REPORT_FACTS: tuple[type[Fact], ...] = (
    ReportFiled,
    ReportHeld,
    ReportPassed,
    ReportReturned,
    ReportAccepted,
)


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """One filing of a report and what became of it.

    Attributes:
        entry: Its entry; identifies it.
        known: Day on which it was filed.
        who: Who filed it, as an opaque identity.
        fact: What was filed.
        state: How far it has come.
        replaces: Entry of the filing that it corrects, or None.
        reason: Why it was returned; None otherwise.
        returned: Day on which the supervisor returned it, or the head gave it back; None otherwise.
        passed_by: Who passed it, as an opaque identity, or "".
        passed: Day on which it left the unit; None before.
        accepted: Day on which it was accepted; None before.
        trail: Entries about it, its own first.
    """

    entry: int
    known: date
    who: str
    fact: ReportFiled
    state: ReportState
    replaces: int | None = None
    reason: NoteRef | None = None
    returned: date | None = None
    passed_by: str = ""
    passed: date | None = None
    accepted: date | None = None
    trail: tuple[int, ...] = ()


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The report of a commitment for a period: its filings, oldest first."""

    lineage: str
    period: str
    end: date
    filings: tuple[Filing, ...]

    @property
    def last(self) -> Filing:
        """The newest filing."""
        return self.filings[-1]

    @property
    def valid(self) -> Filing | None:
        """The newest filing that left the unit and was not returned."""
        return next((f for f in reversed(self.filings) if f.state.has_left_unit), None)


def applied(report: Report | None, fact: Fact, entry: Entry, on: date) -> Report | None:
    """Return the report after a fact about it; None where the fact names a filing that is not there.

    Args:
        report: The report before; None where there is none.
        fact: One of `REPORT_FACTS`.
        entry: Its entry.
        on: Day on which it was known.
    """
    if isinstance(fact, ReportFiled):
        filing = Filing(
            entry=entry.number,
            known=on,
            who=entry.who,
            fact=fact,
            state=ReportState.FILED,
            replaces=entry.replaces,
            trail=(entry.number,),
        )
        before = report.filings if report is not None else ()
        return Report(lineage=entry.lineage, period=fact.period, end=fact.end, filings=(*before, filing))
    if report is None:
        return None
    return msgspec.structs.replace(
        report, filings=tuple(_filing_after(filing, fact, entry, on) for filing in report.filings)
    )


def _filing_after(filing: Filing, fact: Fact, entry: Entry, on: date) -> Filing:
    if getattr(fact, "report", None) != filing.entry:
        return filing
    after = msgspec.structs.replace(filing, trail=(*filing.trail, entry.number))
    match fact:
        case ReportHeld(reason=reason):
            return msgspec.structs.replace(after, state=ReportState.HELD, reason=reason, returned=on)
        case ReportPassed():
            return msgspec.structs.replace(
                after, state=ReportState.PASSED, reason=None, returned=None, passed=on, passed_by=entry.who
            )
        case ReportReturned(reason=reason):
            return msgspec.structs.replace(after, state=ReportState.RETURNED, reason=reason, returned=on)
        case ReportAccepted():
            return msgspec.structs.replace(after, state=ReportState.ACCEPTED, accepted=on)
        case _:
            return filing


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What a report may hold.

    Attributes:
        asked: Targets whose figures the unit states itself; every other target's figure comes from elsewhere.
        deliverables: Deliverables that are not accepted as done yet.
        last_figures: Figures of the last valid report of an earlier period.
        has_earlier: Whether there is such a report.
    """

    asked: tuple[str, ...]
    deliverables: Collection[str]
    last_figures: Mapping[str, Decimal]
    has_earlier: bool


def file(
    report: Report | None,
    issued: Issued,
    expected: Expected,
    *,
    period: str,
    end: date,
    figures: Sequence[Figure],
    ticks: Sequence[Tick],
    is_unchanged: bool,
    progress: NoteRef | None,
    obstacles: NoteRef | None,
    unit: str,
    on: date,
) -> Proposal:
    """Return the entry with which the lead unit files, corrects or files again the report of a period.

    Args:
        report: The report of the period so far, or None.
        issued: The commitment.
        expected: What the report may hold.
        period: Key of the period.
        end: Its last day.
        figures: Figures stated.
        ticks: Deliverables newly done.
        is_unchanged: "No change": figures stay as in the report before.
        progress: What was done, in words.
        obstacles: What blocks, in words.
        unit: Unit in whose name it is filed.
        on: Day.

    Raises:
        DeliveryError: Another unit leads (L201); the last filing still waits in the unit or with the supervisor (L230, L231);
            a figure is missing (L232), of a target that is not asked (L233), stated twice (L234); "no change" has nothing before it (L235) or changes
            something all the same (L236); a deliverable is not one that is open (L237), has no evidence (L238) or is done after the day of filing (L239); the report says nothing
            (L240); a value is negative (L241).
    """
    if not unit or unit != issued.lead_unit:
        raise DeliveryError("L201", {"title": issued.title, "unit": issued.lead_unit or "—"})
    replaces = _replaced(report)
    if is_unchanged:
        figures = _carried(expected, figures, ticks)
    _check_figures(figures, expected)
    _check_ticks(ticks, expected, on)
    has_words = any(note is not None and note.length for note in (progress, obstacles))
    if not (figures or ticks or is_unchanged or has_words):
        raise DeliveryError("L240")
    fact = ReportFiled(
        period=period,
        end=end,
        figures=tuple(figures),
        ticks=tuple(ticks),
        is_unchanged=is_unchanged,
        progress=progress,
        obstacles=obstacles,
    )
    evidence = tuple(dict.fromkeys(digest for tick in ticks for digest in tick.evidence))
    return Proposal(
        fact=fact, day=end, lineage=issued.lineage, unit=unit, evidence=evidence, replaces=replaces
    )


def _replaced(report: Report | None) -> int | None:
    if report is None:
        return None
    match report.last.state:
        case ReportState.FILED:
            raise DeliveryError("L230")
        case ReportState.PASSED:
            raise DeliveryError("L231")
        case _:
            return report.last.entry


def _carried(expected: Expected, figures: Sequence[Figure], ticks: Sequence[Tick]) -> tuple[Figure, ...]:
    if ticks or any(expected.last_figures.get(f.target) != f.value for f in figures):
        raise DeliveryError("L236")
    if not expected.has_earlier:
        raise DeliveryError("L235")
    return tuple(
        Figure(target=target, value=expected.last_figures[target])
        for target in expected.asked
        if target in expected.last_figures
    )


def _check_figures(figures: Sequence[Figure], expected: Expected) -> None:
    stated = [figure.target for figure in figures]
    if len(set(stated)) != len(stated):
        raise DeliveryError("L234")
    for figure in figures:
        if figure.target not in expected.asked:
            raise DeliveryError("L233", {"target": figure.target})
        if not figure.value.is_finite():
            raise DeliveryError("L241")
    missing = [target for target in expected.asked if target not in stated]
    if missing:
        raise DeliveryError("L232", {"target": missing[0], "count": len(missing)})


def _check_ticks(ticks: Sequence[Tick], expected: Expected, on: date) -> None:
    for tick in ticks:
        if tick.deliverable not in expected.deliverables:
            raise DeliveryError("L237", {"deliverable": tick.deliverable})
        if not tick.evidence:
            raise DeliveryError("L238")
        if tick.done > on:
            raise DeliveryError("L239", {"day": tick.done})
    if len({tick.deliverable for tick in ticks}) != len(ticks):
        raise DeliveryError("L237", {"deliverable": ticks[-1].deliverable})


def hold(report: Report, *, filing: int, reason: NoteRef, unit: str, on: date) -> Proposal:
    """Return the entry with which the head returns a report to the liaison.

    Raises:
        DeliveryError: It does not wait for the head (L250), is not the newest filing (L251), or the reason is missing (L207).
    """
    _require(report, filing, ReportState.FILED, "L250")
    _require_reason(reason)
    return _about(report, ReportHeld(report=filing, reason=reason), unit=unit)


def let_pass(report: Report, *, filing: int, who: str, unit: str, on: date) -> Proposal:
    """Return the entry with which the head lets a report leave the unit.

    Raises:
        DeliveryError: It does not wait for the head (L250), is not the newest filing (L251), or the head filed it himself (L253).
    """
    _require(report, filing, ReportState.FILED, "L250")
    if who and report.last.who == who:
        raise DeliveryError("L253")
    return _about(report, ReportPassed(report=filing), unit=unit)


def give_back(report: Report, *, filing: int, reason: NoteRef, on: date) -> Proposal:
    """Return the entry with which the supervisor returns a report; one that was accepted can still be returned.

    Raises:
        DeliveryError: It has not left the unit (L252), is not the newest filing (L251), or the reason is missing (L207).
    """
    if filing == report.last.entry and report.last.state is ReportState.ACCEPTED:
        _require_reason(reason)
        return _about(report, ReportReturned(report=filing, reason=reason))
    _require(report, filing, ReportState.PASSED, "L252")
    _require_reason(reason)
    return _about(report, ReportReturned(report=filing, reason=reason))


def accept(report: Report, *, filing: int, on: date) -> Proposal:
    """Return the entry with which the supervisor accepts a report.

    Raises:
        DeliveryError: It does not wait for the supervisor (L252), or is not the newest filing (L251).
    """
    _require(report, filing, ReportState.PASSED, "L252")
    return _about(report, ReportAccepted(report=filing))


def _about(report: Report, fact: Fact, *, unit: str = "") -> Proposal:
    return Proposal(fact=fact, day=report.end, lineage=report.lineage, unit=unit)


def _require(report: Report, filing: int, state: ReportState, code: str) -> None:
    if report.last.entry != filing:
        raise DeliveryError("L251")
    if report.last.state is not state:
        raise DeliveryError(code)


def _require_reason(reason: NoteRef) -> None:
    if not reason.length:
        raise DeliveryError("L207")


def extend(*, period: str, until: date, reason: NoteRef, unit: str, lineage: str, on: date) -> Proposal:
    """Return the entry that lets a unit file a period later.

    Raises:
        DeliveryError: No unit is named (L255), the reason is missing (L207), or the day is past (L256).
    """
    if not unit:
        raise DeliveryError("L255")
    _require_reason(reason)
    if until < on:
        raise DeliveryError("L256", {"day": until})
    fact = CycleExtended(period=period, until=until, reason=reason)
    return Proposal(fact=fact, day=on, lineage=lineage, unit=unit)
