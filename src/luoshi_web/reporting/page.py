"""What the page of a commitment shows: targets with chart and source, deliverables, reports, rosters, the trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe

from luoshi.brief.chart import table_of, to_svg
from luoshi.brief.course import chart_of
from luoshi.delivery.issue import Issued
from luoshi.delivery.judging import Ground, deliverables_of, observations_of, ticks_of
from luoshi.delivery.source import Source
from luoshi.delivery.year import Year
from luoshi.ledger.note import NoteRef
from luoshi.ledger.observation import Observation
from luoshi.plan.model import Target
from luoshi.register.roster import Roster
from luoshi.status.forecast import Forecast
from luoshi.status.light import Light, latest
from luoshi.status.rule import rule_on
from luoshi_web.frame.language import reading_language
from luoshi_web.ledger import selectors as ledger
from luoshi_web.ledger.models import EvidenceFile
from luoshi_web.reporting.opened import Delivery
from luoshi_web.reporting.wording import known_text, source_text


class Known(Protocol):
    """A plan-year as known on a day, whoever looks at it."""

    @property
    def year(self) -> Year:
        """The year as known."""

    @property
    def day(self) -> date:
        """The day as of which it is shown."""

    @property
    def ground(self) -> Ground:
        """What judging needs of the version."""

    @property
    def lights(self) -> dict[str, Light]:
        """Lights by lineage."""

    @property
    def forecasts(self) -> dict[str, Forecast]:
        """What the targets may come to, by target; empty where nothing is foretold."""


@dataclass(frozen=True, slots=True)
class ShownTarget:
    """A target with its figure, light, source and chart."""

    target: Target
    newest: Observation | None
    known: str
    source: Source
    source_text: str
    roster: Roster | None
    light: Light | None
    chart: SafeString
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]
    reference: str
    forecast: Forecast | None


@dataclass(frozen=True, slots=True)
class ShownDeliverable:
    """A deliverable with its light, day and evidence."""

    id: str
    words: str
    due: date
    weight: int
    light: Light | None
    done: date | None
    accepted: date | None
    files: list[EvidenceFile]


def targets_of(delivery: Known, issued: Issued) -> list[ShownTarget]:
    """Return the targets of a commitment as its page shows them."""
    parts = {part.subject: part for part in _light(delivery, issued).parts}
    rule = rule_on(delivery.day)
    shown = []
    for place, target in enumerate(delivery.ground.targets[one] for one in issued.targets):
        found = observations_of(delivery.year, target, issued.lineage, delivery.day, rule)
        newest = latest(found, delivery.day)
        foretold = delivery.forecasts.get(target.id)
        chart = chart_of(
            delivery.year,
            target,
            issued.lineage,
            delivery.ground,
            as_of=delivery.day,
            observations=found,
            foretold=foretold,
        )
        head, rows = table_of(chart, reading_language())
        source = delivery.year.source_of(target.id)
        reference = delivery.year.references.get(target.id)
        shown.append(
            ShownTarget(
                target,
                newest,
                known_text(newest) if newest else "",
                source,
                source_text(source, delivery.year),
                delivery.year.rosters.get(source.name),
                parts.get(target.id) or (_light(delivery, issued) if len(issued.targets) == 1 else None),
                mark_safe(to_svg(chart, reading_language(), identity=f"chart-{place}")),  # noqa: S308 -- made of escaped words
                head,
                rows,
                f"{reference.value}（{reference.origin}）" if reference else "",
                foretold,
            )
        )
    return shown


def _light(delivery: Known, issued: Issued) -> Light:
    return delivery.lights[issued.lineage]


def deliverables_shown(delivery: Delivery, issued: Issued) -> list[ShownDeliverable]:
    """Return the deliverables of a commitment as its page shows them."""
    light = _light(delivery, issued)
    parts = {part.subject: part for part in light.parts}
    ticks = ticks_of(delivery.year, issued.lineage)
    wanted = [digest for tick in ticks.values() for digest in tick[2]]
    files = ledger.evidence_by_digest(delivery.plan_year.pk, issued.lineage, wanted) if wanted else {}
    shown = []
    for one, (words, due, weight) in deliverables_of(delivery.year, issued).items():
        tick = ticks.get(one)
        shown.append(
            ShownDeliverable(
                one,
                words,
                due,
                round(weight * 100),
                parts.get(one),
                tick[0] if tick else None,
                tick[1] if tick else None,
                [files[digest] for digest in tick[2] if digest in files] if tick else [],
            )
        )
    return shown


def notes_of(delivery: Delivery, issued: Issued) -> dict[str, str | None]:
    """Return the texts of every note about a commitment, by digest; None for one that was erased."""
    record = delivery.year.handling_of(issued.lineage)
    refs: list[NoteRef | None] = [record.filed_reason, record.returned]
    if record.filed is not None:
        refs.append(record.filed.persons)
    for approved in record.approvals:
        refs += [approved.reason, approved.handling.persons]
    for contest in record.contests:
        refs += [contest.reason, contest.decided]
    for report in delivery.year.reports_of(issued.lineage):
        for filing in report.filings:
            refs += [filing.reason, filing.fact.progress, filing.fact.obstacles]
    override = delivery.year.overrides.get(issued.lineage)
    refs.append(override.reason if override else None)
    return ledger.texts_of(ref.digest for ref in refs if ref is not None)


def people_of(delivery: Delivery, issued: Issued) -> dict[str, str | None]:
    """Return the names of who filed and passed the reports of a commitment, by opaque identity."""
    keys = set()
    for report in delivery.year.reports_of(issued.lineage):
        for filing in report.filings:
            keys |= {filing.who, filing.passed_by}
    return ledger.names_of(keys)
