"""Figures of a unit in a half-year (考核取数), counted from the year as known, each with the entries that it rests on.

Rule:
    A light is the one that was given for the half-year's last day by the rule; an override stands beside it and does not count here. A report counts for the half-year in which
    its period ends, once it is due. What was looked at and not counted belongs to the entries too, and so does the issue of the commitment; so a count of nothing can be traced as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from luoshi.cadence.cycle import Period
from luoshi.delivery.assessment.fact import Assessment
from luoshi.delivery.issue import Issued, led_since
from luoshi.delivery.judging import Ground, cycles_for, extended_for, observations_of
from luoshi.delivery.report import ReportState
from luoshi.delivery.year import Year
from luoshi.ledger.observation import Attestation
from luoshi.status import rule as light_rules
from luoshi.status.light import Colour, latest
from luoshi.status.score.figure import GRANTED, Figure, FigureName

_COLOURS = {
    Colour.DONE: FigureName.DONE,
    Colour.ON_COURSE: FigureName.ON_COURSE,
    Colour.BEHIND: FigureName.BEHIND,
    Colour.FAR_BEHIND: FigureName.FAR_BEHIND,
    Colour.SILENT: FigureName.SILENT,
}
_OF_LIGHTS = (FigureName.JUDGED, *_COLOURS.values())


class _Counting:
    """Counts of a unit while they are made: how many and from which entries, by figure."""

    def __init__(self, issues: Iterable[int]) -> None:
        self._issues = set(issues)
        self._values: dict[FigureName, int] = defaultdict(int)
        self._entries: dict[FigureName, set[int]] = defaultdict(set)

    def look_at(self, names: Iterable[FigureName], entry: int) -> None:
        """Note that an entry was looked at for some figures."""
        for name in names:
            self._entries[name].add(entry)

    def add(self, name: FigureName, entry: int = 0) -> None:
        """Count one more."""
        self._values[name] += 1
        if entry:
            self._entries[name].add(entry)

    def figure(self, name: FigureName) -> Figure:
        """Return a figure."""
        entries = tuple(sorted(self._entries[name] | self._issues))
        return Figure(name=str(name.value), value=Decimal(self._values[name]), entries=entries)


def figures_of(
    year: Year, unit: str, ground: Ground, half: Period, *, granted: Iterable[str] = (), on: date
) -> Mapping[str, Figure]:
    """Return the figures of a unit in a half-year, by name.

    Args:
        year: The year as known.
        unit: Name of the unit.
        ground: Targets in force, calendar, year of the plan.
        half: The half-year.
        granted: Keys of bonuses and deductions that are granted by hand.
        on: Day of the assessment; what is not due by then does not count.
    """
    led = [issued for issued in year.issued.values() if issued.lead_unit == unit]
    if not led:
        return {str(name.value): Figure(name=str(name.value), value=None, code="S722") for name in FigureName}
    counting = _Counting(led_since(year.issues[issued.lineage]).entry for issued in led)
    for issued in led:
        _count_reports(counting, year, issued, ground, half, on)
        _count_attested(counting, year, issued, ground, half)
    _count_notices(counting, year, unit, half, on)
    are_given = _count_lights(counting, year, led, half)
    assessment = year.assessments.get(half.key) or Assessment(half=half.key)
    figures = [_figure(counting, name, are_given=are_given) for name in FigureName]
    figures += [_granted(counting, assessment, unit, key) for key in granted]
    corrected = assessment.corrected(unit)
    return {one.name: _corrected(one, corrected) for one in figures}


def _figure(counting: _Counting, name: FigureName, *, are_given: bool) -> Figure:
    if name in _OF_LIGHTS and not are_given:
        return Figure(name=str(name.value), value=None, code="S721")
    return counting.figure(name)


def _count_lights(counting: _Counting, year: Year, led: list[Issued], half: Period) -> bool:
    """Count lights; return whether any were given for the half-year's end."""
    if year.judged is None or year.judged < half.end:
        return False
    for issued in led:
        given = year.light_on(issued.lineage, half.end)
        if given is None:
            continue
        counting.look_at(_OF_LIGHTS, given.entry)
        name = _COLOURS.get(given.light.colour)
        if name is not None:
            counting.add(FigureName.JUDGED)
            counting.add(name)
    return True


def _count_reports(
    counting: _Counting, year: Year, issued: Issued, ground: Ground, half: Period, on: date
) -> None:
    """Count the reports of a commitment whose period ends in the half-year, from the one in which the unit became its lead unit."""
    issued_on = led_since(year.issues[issued.lineage]).day
    extended = extended_for(year, issued)
    for cycle in cycles_for(year, issued, ground):
        period = cycle.period
        if not half.start <= period.end <= half.end or period.end < issued_on:
            continue
        report = year.report(issued.lineage, period.key)
        filings = [one for one in report.filings if one.passed is not None] if report is not None else []
        for filing in filings:
            counting.add(FigureName.FILED, filing.entry)
            counting.look_at([FigureName.RETURNED], filing.entry)
            if filing.state is ReportState.RETURNED:
                counting.add(FigureName.RETURNED)
        due = max(cycle.due, extended.get(period.key, cycle.due))
        if due >= on:
            continue
        counting.add(FigureName.REPORTS_DUE)
        left = min((filing.passed for filing in filings if filing.passed is not None), default=None)
        for filing in filings[:1]:
            counting.look_at(
                (FigureName.REPORTS_DUE, FigureName.IN_TIME, FigureName.LATE, FigureName.MISSING),
                filing.entry,
            )
        if left is None:
            counting.add(FigureName.MISSING)
        else:
            counting.add(FigureName.IN_TIME if left <= due else FigureName.LATE)


def _count_notices(counting: _Counting, year: Year, unit: str, half: Period, on: date) -> None:
    for notice in year.chasing.notices.values():
        if notice.unit != unit or not half.start <= notice.day <= half.end:
            continue
        counting.add(FigureName.NOTICES, notice.entry)
        counting.look_at([FigureName.NOTICES_OVERDUE], notice.entry)
        if notice.is_late(on):
            counting.add(FigureName.NOTICES_OVERDUE)


def _count_attested(counting: _Counting, year: Year, issued: Issued, ground: Ground, half: Period) -> None:
    rule = light_rules.rule_on(half.end)
    for target in issued.targets:
        if target not in ground.targets:
            continue
        known = observations_of(year, ground.targets[target], issued.lineage, half.end, rule)
        newest = latest(known, half.end)
        if newest is None:
            continue
        counting.add(FigureName.KNOWN, newest.entry)
        counting.look_at([FigureName.ATTESTED], newest.entry)
        if newest.attestation.rank >= Attestation.SAMPLE.rank:
            counting.add(FigureName.ATTESTED)


def _granted(counting: _Counting, assessment: Assessment, unit: str, key: str) -> Figure:
    """Return the points that were granted; those revoked are looked at and not counted."""
    grants = [one for one in assessment.grants if (one.unit, one.fact.key) == (unit, key)]
    points = sum((one.fact.points for one in grants if not one.revoked), Decimal(0))
    entries = {entry for one in grants for entry in (one.entry, one.revoked) if entry}
    issues = counting.figure(FigureName.REPORTS_DUE).entries if not entries else ()
    return Figure(name=GRANTED + key, value=points, entries=tuple(sorted({*entries, *issues})))


def _corrected(figure: Figure, corrected: Mapping[str, tuple[Decimal, int]]) -> Figure:
    if figure.name not in corrected:
        return figure
    value, entry = corrected[figure.name]
    return Figure(
        name=figure.name, value=value, entries=tuple(sorted({*figure.entries, entry})), was=figure.value
    )
