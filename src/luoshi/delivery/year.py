"""The year as known (年度办理状态): everything that the ledger of a plan-year says, folded in the order of its entries.

A year is immutable; applying entries gives another one and leaves the first as it was. The year as of a past day is the fold of the
entries known by the end of that day, so that nothing that was appended later can change it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Union

import msgspec

from luoshi.delivery import handling, reconciling, report, verdict
from luoshi.delivery.assessment import fact as assessing
from luoshi.delivery.assessment.fact import ASSESSMENT_FACTS, Assessment
from luoshi.delivery.chasing import state as chasing_state
from luoshi.delivery.chasing.state import CHASING_FACTS, Chasing
from luoshi.delivery.dispatch import meeting
from luoshi.delivery.dispatch.meeting import MEETING_FACTS, Meetings
from luoshi.delivery.drill import fact as drilling
from luoshi.delivery.drill.fact import DRILL_FACTS, Drills
from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.given import GivenLight, LightOverridden, LightsGiven, Override, OverrideEnded
from luoshi.delivery.handling import HANDLING_FACTS, HandlingRecord
from luoshi.delivery.issue import CommitmentsIssued, Issued, Issues, by_lineage, with_issue
from luoshi.delivery.reconciling import RECONCILING_FACTS, Reconciling
from luoshi.delivery.release import CommitmentReleased, EvidenceReleased, ReleaseWithdrawn
from luoshi.delivery.report import REPORT_FACTS, CycleExtended, Report, ReportFiled
from luoshi.delivery.source import REPORTED, Reference, ReferenceSet, Source, SourceBound
from luoshi.delivery.verdict import VERDICT_FACTS, Settling
from luoshi.kernel import zone
from luoshi.ledger.entry import Entry
from luoshi.ledger.fact import Fact, tag_of
from luoshi.register import observed, statistics
from luoshi.register import roster as rosters
from luoshi.register.observed import KnownCount, RegistersObserved
from luoshi.register.roster import ROSTER_FACTS, Roster
from luoshi.register.statistics import Series, StatisticsImported

_OWN_FACTS: tuple[type[Fact], ...] = (
    CommitmentsIssued,
    *HANDLING_FACTS,
    *REPORT_FACTS,
    CycleExtended,
    SourceBound,
    ReferenceSet,
    CommitmentReleased,
    EvidenceReleased,
    ReleaseWithdrawn,
    LightsGiven,
    LightOverridden,
    OverrideEnded,
    *ROSTER_FACTS,
    StatisticsImported,
    RegistersObserved,
    *VERDICT_FACTS,
    *ASSESSMENT_FACTS,
    *CHASING_FACTS,
    *MEETING_FACTS,
    *DRILL_FACTS,
    *RECONCILING_FACTS,
)
_BY_TAG = {tag_of(kind): kind for kind in _OWN_FACTS}
_DECODER: msgspec.json.Decoder[Any] = msgspec.json.Decoder(Union[_OWN_FACTS])  # noqa: UP007 -- made of a tuple


def fact_of(entry: Entry) -> Fact | None:
    """Return the fact that an entry of a year holds; None for one of another kind."""
    return _DECODER.decode(entry.body) if entry.fact in _BY_TAG else None


class Extension(msgspec.Struct, frozen=True, kw_only=True):
    """A longer time to file: unit, commitment ("" for all), period, until when, entry."""

    unit: str
    lineage: str
    period: str
    until: date
    entry: int


class ReleasedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file shown to the public: as filed, as shown, public name, entry."""

    digest: str
    shown: str
    name: str
    entry: int


class Year(msgspec.Struct, frozen=True, kw_only=True):
    """A plan-year's delivery as known after an entry.

    Attributes:
        number: Number of the last entry folded in; 0 for none.
        known: Day of the last entry; None before the first.
        version: Number of the version in force; 0 before the first publication.
        issued: Commitments in force, by lineage, in text order.
        issues: How each commitment was issued first and each time it changed, by lineage; those left out since are kept.
        handling: Handling plans by lineage.
        reports: Reports by lineage, then by period.
        filings: Report that a filing is of, by its entry.
        sources: Sources of targets that were bound.
        references: Values of references, by target.
        extensions: Longer times to file.
        released: Lineages that are shown to the public.
        files: Files shown to the public, by lineage.
        rosters: Rosters by identity.
        series: Imported series by name.
        observed: Figures that registers gave, by source, the oldest first.
        lights: Lights as they were given, by lineage, the oldest first.
        judged: Newest day for which lights were given; None where none were.
        overrides: Overrides in force, by lineage.
        settling: What people decided about the settlement.
        assessments: Assessments by half-year.
        chasing: Reminders, supervision notices, instructions and tasks.
        meetings: Dispatch meetings, oldest first.
        drills: Drills by quarter.
        reconciling: The next report and what people ruled on it.
        is_simulated: Whether any of it is invented for a demonstration.
    """

    number: int = 0
    known: date | None = None
    version: int = 0
    issued: Mapping[str, Issued] = {}
    issues: Issues = {}
    handling: Mapping[str, HandlingRecord] = {}
    reports: Mapping[str, Mapping[str, Report]] = {}
    filings: Mapping[int, tuple[str, str]] = {}
    sources: Mapping[str, Source] = {}
    references: Mapping[str, Reference] = {}
    extensions: tuple[Extension, ...] = ()
    released: frozenset[str] = frozenset()
    files: Mapping[str, tuple[ReleasedFile, ...]] = {}
    rosters: Mapping[str, Roster] = {}
    series: Mapping[str, Series] = {}
    observed: Mapping[str, tuple[KnownCount, ...]] = {}
    lights: Mapping[str, tuple[GivenLight, ...]] = {}
    judged: date | None = None
    overrides: Mapping[str, Override] = {}
    settling: Settling = Settling()
    assessments: Mapping[str, Assessment] = {}
    chasing: Chasing = Chasing()
    meetings: Meetings = ()
    drills: Drills = {}
    reconciling: Reconciling = Reconciling()
    is_simulated: bool = False

    def light_on(self, lineage: str, day: date) -> GivenLight | None:
        """Return the light of a commitment as it was given for a day: the newest one up to then."""
        given = self.lights.get(lineage, ())
        return next((light for light in reversed(given) if light.day <= day), None)

    def rosters_of(self, lineage: str) -> tuple[Roster, ...]:
        """Return the rosters of a commitment, in the order opened."""
        return tuple(roster for roster in self.rosters.values() if roster.lineage == lineage)

    def issued_of(self, lineage: str) -> Issued:
        """Return a commitment in force.

        Raises:
            DeliveryError: There is none with this identity (L265).
        """
        if lineage not in self.issued:
            raise DeliveryError("L265")
        return self.issued[lineage]

    @property
    def issue_entry(self) -> int:
        """Newest entry with which a commitment was issued, changed or left out; 0 before the first publication."""
        return max((history[-1].entry for history in self.issues.values()), default=0)

    @property
    def first_issued(self) -> date | None:
        """Day on which the first version was issued; None before."""
        return min((history[0].day for history in self.issues.values()), default=None)

    def lineage_of_target(self, target: str) -> str:
        """Return the commitment in force that a target belongs to.

        Raises:
            DeliveryError: There is no such target in force (L264).
        """
        for issued in self.issued.values():
            if target in issued.targets:
                return issued.lineage
        raise DeliveryError("L264")

    def handling_of(self, lineage: str) -> HandlingRecord:
        """Return the handling plan's record; an empty one before anything was filed."""
        return self.handling.get(lineage) or HandlingRecord(lineage=lineage)

    def source_of(self, target: str) -> Source:
        """Return where a target's figures come from; the lead unit's report where nothing was bound."""
        return self.sources.get(target, REPORTED)

    def reports_of(self, lineage: str) -> tuple[Report, ...]:
        """Return the reports of a commitment, by the end of their periods."""
        found = self.reports.get(lineage, {}).values()
        return tuple(sorted(found, key=lambda report: (report.end, report.period)))

    def report(self, lineage: str, period: str) -> Report | None:
        """Return the report of a commitment for a period; None where nothing was filed."""
        return self.reports.get(lineage, {}).get(period)


def day_of(entry: Entry) -> date:
    """Return the day, in the place's time zone, on which an entry was known."""
    return zone.day_of(entry.known_at)


def fold(entries: Iterable[Entry], year: Year | None = None) -> Year:
    """Return the year after `entries`, which follow what `year` has seen.

    Raises:
        ValueError: An entry is missing in between.
    """
    folding = _Folding(year or Year())
    for entry in entries:
        folding.apply(entry)
    return folding.year()


class _Folding:
    """A year while entries are folded in: each mapping is copied once and then changed in place."""

    def __init__(self, year: Year) -> None:
        self._number, self._known, self._version = year.number, year.known, year.version
        self._issued, self._issues = year.issued, year.issues
        self._handling = dict(year.handling)
        self._reports = dict(year.reports)
        self._filings = dict(year.filings)
        self._sources = dict(year.sources)
        self._references = dict(year.references)
        self._extensions = list(year.extensions)
        self._released = set(year.released)
        self._files = dict(year.files)
        self._rosters = dict(year.rosters)
        self._series = dict(year.series)
        self._observed = dict(year.observed)
        self._lights = dict(year.lights)
        self._judged = year.judged
        self._overrides = dict(year.overrides)
        self._settling = year.settling
        self._assessments = year.assessments
        self._chasing = year.chasing
        self._meetings, self._drills = year.meetings, year.drills
        self._reconciling = year.reconciling
        self._is_simulated = year.is_simulated

    def year(self) -> Year:
        """Return what was folded."""
        return Year(
            number=self._number,
            known=self._known,
            version=self._version,
            issued=self._issued,
            issues=self._issues,
            handling=self._handling,
            reports=self._reports,
            filings=self._filings,
            sources=self._sources,
            references=self._references,
            extensions=tuple(self._extensions),
            released=frozenset(self._released),
            files=self._files,
            rosters=self._rosters,
            series=self._series,
            observed=self._observed,
            lights=self._lights,
            judged=self._judged,
            overrides=self._overrides,
            settling=self._settling,
            assessments=self._assessments,
            chasing=self._chasing,
            meetings=self._meetings,
            drills=self._drills,
            reconciling=self._reconciling,
            is_simulated=self._is_simulated,
        )

    def apply(self, entry: Entry) -> None:
        """Fold one more entry in.

        Raises:
            ValueError: An entry is missing in between.
        """
        if entry.number != self._number + 1:
            raise ValueError(f"entry {entry.number} does not follow entry {self._number}")
        self._number, self._known = entry.number, day_of(entry)
        self._is_simulated |= entry.is_simulated
        if entry.fact in _BY_TAG:
            self._apply(entry, _DECODER.decode(entry.body), self._known)

    def _apply(self, entry: Entry, fact: Fact, on: date) -> None:
        lineage = entry.lineage
        match fact:
            case CommitmentsIssued(version=version):
                self._version, self._issued = version, by_lineage(fact)
                self._issues = with_issue(self._issues, fact, entry, on)
            case SourceBound(target=target):
                earlier = self._sources.get(target, REPORTED)
                self._sources[target] = Source(
                    kind=fact.source,
                    name=fact.name,
                    method=fact.method,
                    entry=entry.number,
                    earlier=(*earlier.earlier, earlier.entry) if earlier.entry else (),
                )
            case ReferenceSet(target=target, value=value, origin=origin):
                self._references[target] = Reference(value=value, origin=origin, entry=entry.number)
            case CycleExtended(period=period, until=until):
                self._extensions.append(
                    Extension(
                        unit=entry.unit, lineage=lineage, period=period, until=until, entry=entry.number
                    )
                )
            case CommitmentReleased() | EvidenceReleased() | ReleaseWithdrawn():
                self._release(entry, fact)
            case LightsGiven(day=day, lights=lights):
                self._judged = day
                for light in lights:
                    self._lights[light.lineage] = (
                        *self._lights.get(light.lineage, ()),
                        light.as_given(day, entry),
                    )
            case LightOverridden(colour=colour, reason=reason):
                self._overrides[lineage] = Override(colour=colour, reason=reason, entry=entry.number, day=on)
            case OverrideEnded():
                self._overrides.pop(lineage, None)
            case StatisticsImported():
                self._series = statistics.applied(self._series, fact, entry, on)
            case RegistersObserved():
                self._observed = observed.applied(self._observed, fact, entry, on)
            case _ if isinstance(fact, VERDICT_FACTS):
                self._settling = verdict.applied(self._settling, fact, entry, on)
            case _ if isinstance(fact, ASSESSMENT_FACTS):
                self._assessments = assessing.applied(self._assessments, fact, entry, on)
            case _ if isinstance(fact, CHASING_FACTS):
                self._chasing = chasing_state.applied(self._chasing, fact, entry, on)
            case _ if isinstance(fact, MEETING_FACTS):
                self._meetings = meeting.applied(self._meetings, fact, entry)
            case _ if isinstance(fact, DRILL_FACTS):
                self._drills = drilling.applied(self._drills, fact, entry, on)
            case _ if isinstance(fact, RECONCILING_FACTS):
                self._reconciling = reconciling.applied(self._reconciling, fact, entry, on)
            case _ if isinstance(fact, ROSTER_FACTS):
                roster = rosters.applied(self._rosters, fact, entry, on)
                if roster is not None:
                    self._rosters[roster.id] = roster
            case _ if isinstance(fact, HANDLING_FACTS):
                record = self._handling.get(lineage) or HandlingRecord(lineage=lineage)
                self._handling[lineage] = handling.applied(record, fact, entry, on)
            case _:
                self._report(entry, fact, on)

    def _report(self, entry: Entry, fact: Fact, on: date) -> None:
        if isinstance(fact, ReportFiled):
            key = (entry.lineage, fact.period)
            self._filings[entry.number] = key
        else:
            key = self._filings.get(getattr(fact, "report", 0), (entry.lineage, ""))
        lineage, period = key
        of_commitment = self._reports.get(lineage, {})
        after = report.applied(of_commitment.get(period), fact, entry, on)
        if after is not None:
            self._reports[lineage] = {**of_commitment, period: after}

    def _release(self, entry: Entry, fact: Fact) -> None:
        lineage = entry.lineage
        files = self._files.get(lineage, ())
        match fact:
            case CommitmentReleased():
                self._released.add(lineage)
            case EvidenceReleased(digest=digest, shown=shown, name=name):
                file = ReleasedFile(digest=digest, shown=shown, name=name, entry=entry.number)
                self._files[lineage] = (*(kept for kept in files if kept.digest != digest), file)
            case ReleaseWithdrawn(digest=""):
                self._released.discard(lineage)
                self._files[lineage] = ()
            case ReleaseWithdrawn(digest=digest):
                self._files[lineage] = tuple(kept for kept in files if kept.digest != digest)
