"""From the year to lights (判灯): what every light follows from, gathered from plan and ledger as known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.cadence.cycle import Cycle, Frequency, cycle_of, frequency_of, last_due, periods_of
from luoshi.cadence.workday import WorkCalendar
from luoshi.catalogue.indicator import indicators
from luoshi.delivery.handling import Handling
from luoshi.delivery.issue import Issued
from luoshi.delivery.report import Expected, ReportState
from luoshi.delivery.source import SourceKind
from luoshi.delivery.year import Year
from luoshi.ledger.observation import Attestation, Computed, Observation
from luoshi.plan.model import Course, JudgedAs, Target
from luoshi.register import observed, statistics
from luoshi.register import roster as rosters
from luoshi.status.course import Path, Point
from luoshi.status.forecast import Forecast, forecast
from luoshi.status.light import (
    DeliverableInputs,
    Light,
    TargetInputs,
    of_commitment,
    of_deliverable,
    of_target,
)
from luoshi.status.rule import LightRule, rule_on

_WITHOUT_FIGURES = Frequency.QUARTER
"""How often a commitment is reported that has deliverables alone."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What judging needs beside the year: targets of the version in force, working days, year of the plan.

    Attributes:
        targets: Targets by identity.
        calendar: Working days of the place.
        year: Year of the plan.
    """

    targets: Mapping[str, Target]
    calendar: WorkCalendar
    year: int

    @property
    def start(self) -> date:
        """The year's first day."""
        return date(self.year, 1, 1)


def deliverables_of(year: Year, issued: Issued) -> dict[str, tuple[str, date, Decimal]]:
    """Return what counts as done for a commitment: words, due day and weight by identity; those of the handling plan in force, else of the version."""
    in_force = year.handling_of(issued.lineage).in_force
    planned = in_force.deliverables if in_force is not None and in_force.deliverables else issued.deliverables
    return {one.id: (one.done_when, one.due, one.weight) for one in planned}


def frequency_for(year: Year, issued: Issued, ground: Ground) -> Frequency:
    """Return how often the lead unit reports a commitment: as often as the quickest figure that it states itself."""
    asked = [
        frequency_of(_known_how_often(target), str(target.course.value))
        for target in _targets(issued, ground)
        if year.source_of(target.id).kind is SourceKind.REPORT
    ]
    if not asked:
        return _WITHOUT_FIGURES
    return min(asked, key=lambda frequency: frequency.months)


def _known_how_often(target: Target) -> str | None:
    indicator = indicators().get(target.indicator_key)
    return indicator.frequency if indicator is not None else None


def _targets(issued: Issued, ground: Ground) -> list[Target]:
    return [ground.targets[one] for one in issued.targets if one in ground.targets]


def extended_for(year: Year, issued: Issued) -> dict[str, date]:
    """Return the days until which more time was given to the lead unit, by period."""
    return {
        extension.period: extension.until
        for extension in year.extensions
        if extension.unit == issued.lead_unit and extension.lineage in ("", issued.lineage)
    }


def cycles_for(year: Year, issued: Issued, ground: Ground) -> tuple[Cycle, ...]:
    """Return the reporting cycles of a commitment, in order, from the one in which it was issued."""
    frequency = frequency_for(year, issued, ground)
    return tuple(cycle_of(period, ground.calendar) for period in periods_of(ground.year, frequency))


def expected_for(year: Year, issued: Issued, ground: Ground, *, before: date) -> Expected:
    """Return what a report may hold.

    Args:
        year: The year as known.
        issued: The commitment.
        ground: Targets and calendar.
        before: Last day of the period that is reported; earlier reports are looked at.
    """
    asked = tuple(
        target.id
        for target in _targets(issued, ground)
        if year.source_of(target.id).kind is SourceKind.REPORT
        and (target.value is not None or target.id in year.references)
        and (target.course is not Course.ANNUAL or before.month == 12)
    )
    done = ticks_of(year, issued.lineage)
    last: dict[str, Decimal] = {}
    has_earlier = False
    for report in year.reports_of(issued.lineage):
        if report.end < before and (valid := report.valid) is not None:
            has_earlier = True
            last |= {figure.target: figure.value for figure in valid.fact.figures}
    open_ones = {one for one in deliverables_of(year, issued) if one not in done or done[one][1] is None}
    return Expected(asked=asked, deliverables=open_ones, last_figures=last, has_earlier=has_earlier)


def ticks_of(year: Year, lineage: str) -> dict[str, tuple[date, date | None, tuple[str, ...], int]]:
    """Return the deliverables said to be done: day, day of acceptance or None, evidence, entry, by identity."""
    found: dict[str, tuple[date, date | None, tuple[str, ...], int]] = {}
    for report in year.reports_of(lineage):
        valid = report.valid
        if valid is None:
            continue
        for tick in valid.fact.ticks:
            found[tick.deliverable] = (tick.done, valid.accepted, tick.evidence, valid.entry)
    return found


def observations_of(
    year: Year, target: Target, lineage: str, on: date, rule: LightRule
) -> tuple[Observation, ...]:
    """Return the figures of a target that count on a day, the oldest period first, from its source.

    A roster that nobody touched for longer than the rule allows tells nothing after that.
    """
    source = year.source_of(target.id)
    match source.kind:
        case SourceKind.ROSTER:
            return _of_roster(year, source.name, on, rule)
        case SourceKind.IMPORT:
            series = year.series.get(source.name)
            known = statistics.observations(series, target.unit) if series is not None else ()
            return tuple(one for one in known if one.day <= on)
        case SourceKind.REGISTER:
            return observed.observations(year.observed.get(source.name, ()), target.unit, on)
        case SourceKind.REPORT:
            return _of_reports(year, target.id, lineage, on)


def _of_reports(year: Year, target: str, lineage: str, on: date) -> tuple[Observation, ...]:
    found = []
    for report in year.reports_of(lineage):
        valid = report.valid
        if valid is None or report.end > on:
            continue
        for figure in valid.fact.figures:
            if figure.target == target:
                found.append(
                    Observation(
                        day=report.end,
                        value=figure.value,
                        computed=Computed.REPORTED,
                        attestation=Attestation.HEAD,
                        is_accepted=valid.state is ReportState.ACCEPTED,
                        entry=valid.entry,
                        known=valid.passed or valid.known,
                    )
                )
    return tuple(found)


def _of_roster(year: Year, name: str, on: date, rule: LightRule) -> tuple[Observation, ...]:
    roster = year.rosters.get(name)
    if roster is None:
        return ()
    ends = [period.end for period in periods_of(on.year, Frequency.MONTH) if period.end < on]
    newest = on if (on - roster.changed).days <= rule.stale else roster.changed
    opened = (
        roster.changed
        if not roster.items
        else min((item.accepted for item in roster.items.values() if item.accepted), default=roster.changed)
    )
    days = [day for day in ends if opened <= day < newest]
    found = [rosters.observation_on(roster, day) for day in [*days, newest]]
    return tuple(one for one in found if one is not None)


def path_of(year: Year, target: Target, lineage: str, ground: Ground) -> Path | None:
    """Return what the course of a target follows; None while the value that it refers to is not known."""
    goal = target.value
    if goal is None:
        reference = year.references.get(target.id)
        if reference is None:
            return None
        goal = reference.value
    handling = year.handling_of(lineage).in_force or Handling()
    source = year.source_of(target.id)
    series = year.series.get(source.name) if source.kind is SourceKind.IMPORT else None
    base = next((one.value for one in handling.bases if one.target == target.id), None)
    return Path(
        course=target.course,
        start=ground.start,
        deadline=target.deadline.day,
        goal=goal,
        base=base,
        milestones=tuple(
            Point(day=one.day, value=one.value) for one in handling.milestones if one.target == target.id
        ),
        profile=statistics.profile_of(series, ground.year - 1) if series is not None else (),
    )


def inputs_of(
    year: Year, issued: Issued, ground: Ground, *, on: date, rule: LightRule
) -> tuple[list[TargetInputs], list[DeliverableInputs]]:
    """Return what the lights of a commitment's targets and deliverables follow from on a day."""
    due = _due_since(year, issued, ground, on)
    reports = [report for report in year.reports_of(issued.lineage) if report.valid is not None]
    reported = max((report.end for report in reports), default=None)
    targets = []
    for target in _targets(issued, ground):
        kind = year.source_of(target.id).kind
        own = due if kind is SourceKind.REPORT else _due_for(target, ground, on)
        targets.append(
            TargetInputs(
                target=target.id,
                judged_as=target.judged_as if target.value is not None else JudgedAs.REFERENCE,
                upper=target.upper,
                path=path_of(year, target, issued.lineage, ground),
                unit=target.unit,
                observations=observations_of(year, target, issued.lineage, on, rule),
                due_since=own if target.course is not Course.ANNUAL else _due_for(target, ground, on),
                starts=ground.start,
            )
        )
    ticks = ticks_of(year, issued.lineage)
    deliverables = [
        DeliverableInputs(
            id=one,
            due=due_day,
            ticked=ticks[one][0] if one in ticks else None,
            accepted=ticks[one][1] if one in ticks else None,
            starts=ground.start,
            due_since=due,
            reported=reported,
        )
        for one, (_words, due_day, _weight) in deliverables_of(year, issued).items()
    ]
    return targets, deliverables


def _due_since(year: Year, issued: Issued, ground: Ground, on: date) -> date | None:
    cycle = last_due(
        frequency_for(year, issued, ground),
        ground.calendar,
        on,
        year=ground.year,
        extended=extended_for(year, issued),
    )
    return cycle.period.end if cycle is not None else None


def _due_for(target: Target, ground: Ground, on: date) -> date | None:
    """Return the last day for which a register or a file should know a figure: as the indicator moves, one period of grace later."""
    frequency = frequency_of(_known_how_often(target), str(target.course.value))
    due = [period.end for period in periods_of(ground.year, frequency) if period.end < on]
    return due[-2] if len(due) > 1 else None


def light_of(year: Year, issued: Issued, ground: Ground, *, on: date, rule: LightRule | None = None) -> Light:
    """Return the light of a commitment at the end of a day.

    Args:
        year: The year as known.
        issued: The commitment.
        ground: Targets and calendar.
        on: The day.
        rule: Rule of lights; the one in force on the day where None is given.
    """
    by = rule or rule_on(on)
    targets, deliverables = inputs_of(year, issued, ground, on=on, rule=by)
    parts = [of_target(one, on=on, rule=by, calendar=ground.calendar) for one in targets]
    # Targets say it all where a commitment has them; deliverables count beside them only once a handling plan has approved them.
    is_planned = year.handling_of(issued.lineage).in_force is not None
    if not targets or is_planned:
        parts += [of_deliverable(one, on=on, rule=by, calendar=ground.calendar) for one in deliverables]
    return of_commitment(parts, rule=by)


def lights_of(
    year: Year, ground: Ground, *, on: date, lineages: Iterable[str] | None = None
) -> dict[str, Light]:
    """Return the lights of commitments in force at the end of a day, by lineage.

    Args:
        year: The year as known.
        ground: Targets and calendar.
        on: The day.
        lineages: Which; all where None is given.
    """
    rule = rule_on(on)
    wanted = year.issued if lineages is None else {one: year.issued[one] for one in lineages}
    return {lineage: light_of(year, issued, ground, on=on, rule=rule) for lineage, issued in wanted.items()}


def forecasts_of(year: Year, ground: Ground, *, on: date) -> dict[str, Forecast]:
    """Return what the targets in force may come to, as known on a day, by target.

    Args:
        year: The year as known.
        ground: Targets and calendar.
        on: The day.
    """
    rule = rule_on(on)
    return {
        target.id: forecast(
            path_of(year, target, lineage, ground),
            observations_of(year, target, lineage, on, rule),
            judged_as=target.judged_as if target.value is not None else JudgedAs.REFERENCE,
            upper=target.upper,
            band=rule.band,
            stale=rule.stale,
            on=on,
            calendar=ground.calendar,
        )
        for lineage, issued in year.issued.items()
        for target in _targets(issued, ground)
    }
