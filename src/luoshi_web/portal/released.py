"""What of a plan-year is released, and only that: everything that a public page shows comes from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _

from luoshi.delivery.issue import Issued
from luoshi.delivery.judging import Ground, observations_of
from luoshi.delivery.year import ReleasedFile, Year
from luoshi.plan.model import Commitment, Section, Target
from luoshi.settle.reconcile.reviewed import ReviewedPair
from luoshi.status.forecast import Forecast
from luoshi.status.light import Colour, Light, latest
from luoshi.status.rule import rule_on
from luoshi_web.frame.language import label, reading_language
from luoshi_web.ledger import selectors as ledger
from luoshi_web.plans.index import PlanIndex
from luoshi_web.plans.models import PlanYear
from luoshi_web.plans.selectors import plan_year_with_id
from luoshi_web.plans.wording import figure_text
from luoshi_web.reconciliation.selectors import review_of
from luoshi_web.reporting.selectors import ground_of, lights_on, version_of, year_of
from luoshi_web.reporting.wording import known_text, value_text


@dataclass(frozen=True)
class PublicYear:
    """A plan-year as far as it is released.

    Attributes:
        plan_year: The plan-year.
        index: The version in force.
        year: The year as known now.
        day: Today, in the plan-year.
    """

    plan_year: PlanYear
    index: PlanIndex
    year: Year
    day: date

    @cached_property
    def ground(self) -> Ground:
        """What judging needs of the version."""
        return ground_of(self.index)

    @cached_property
    def lights(self) -> dict[str, Light]:
        """Lights by lineage."""
        return lights_on(self.plan_year.pk, self.day, self.day)

    @property
    def forecasts(self) -> dict[str, Forecast]:
        """Nothing: what may come is for those who can still act, and no promise to the public."""
        return {}

    @property
    def mark(self) -> str:
        """What every file made from here is marked with; "" for a real year."""
        return _("模拟数据") if self.plan_year.stands_at is not None else ""

    @cached_property
    def commitments(self) -> dict[str, Commitment]:
        """Released commitments by lineage, in text order."""
        return {
            one.lineage: one
            for one in self.index.plan.commitments
            if one.lineage in self.year.released and one.lineage in self.year.issued
        }

    @cached_property
    def rows(self) -> list[PublicRow]:
        """Released commitments, the most pressing first, else in text order."""
        return sorted(
            (self._row(lineage) for lineage in self.commitments), key=lambda row: -row.colour.severity
        )

    def row(self, lineage: str) -> PublicRow | None:
        """Return a released commitment; None for one that is not released, or not there at all."""
        return self._row(lineage) if lineage in self.commitments else None

    def files(self, lineage: str) -> tuple[ReleasedFile, ...]:
        """Return the released files of a released commitment."""
        return self.year.files.get(lineage, ()) if lineage in self.commitments else ()

    def _row(self, lineage: str) -> PublicRow:
        issued, commitment = self.year.issued[lineage], self.commitments[lineage]
        target = next(
            (self.ground.targets[one] for one in issued.targets if one in self.ground.targets), None
        )
        newest = None
        if target is not None:
            found = observations_of(self.year, target, lineage, self.day, rule_on(self.day))
            newest = latest(found, self.day)
        override = self.year.overrides.get(lineage)
        light = self.lights[lineage]
        return PublicRow(
            issued=issued,
            commitment=commitment,
            section=_section_name(self.index.path(commitment.section)),
            light=light,
            colour=override.colour if override is not None else light.colour,
            target=target,
            promised=figure_text(target) if target is not None else "",
            value=value_text(newest.value, target.unit) if newest is not None and target is not None else "",
            known=known_text(newest) if newest is not None else "",
            covers=newest.day if newest is not None else None,
            reason=_reason(light, override.colour if override is not None else None),
            words=tuple(
                self.index.plan.source(span.source).text[span.start : span.end] for span in commitment.spans
            ),
        )


@dataclass(frozen=True, slots=True)
class PublicRow:
    """A released commitment as lists show it.

    Attributes:
        issued: What was issued.
        commitment: The promise.
        section: Name of its section of the first level.
        light: Light that follows from the rule.
        colour: Colour that counts: that of an override where one is in force.
        target: Its first target; None where it has none.
        promised: What was promised, with unit.
        value: Newest figure with unit, or "".
        known: How it is known and who attests it, or "".
        covers: Last day that the figure covers; None where there is none.
        reason: Why the light is what it is; that it was overridden where it was, never what a person wrote about it.
        words: The promise's own words, without those around it, which may be of a promise that is not released.
    """

    issued: Issued
    commitment: Commitment
    section: str
    light: Light
    colour: Colour
    target: Target | None
    promised: str
    value: str
    known: str
    covers: date | None
    reason: str
    words: tuple[str, ...]


def _reason(light: Light, override: Colour | None) -> str:
    why = light.describe(reading_language())
    if override is None:
        return why
    return _("督查室改判为“%(shown)s”；按规则为“%(rule)s”：%(why)s") % {
        "shown": label(override),
        "rule": label(light.colour),
        "why": why,
    }


def _section_name(path: tuple[Section, ...] | list[Section]) -> str:
    if not path:
        return "—"
    section = path[min(1, len(path) - 1)]
    return f"{section.number}{section.title}"


def public_year(plan_year_id: int) -> PublicYear | None:
    """Return a plan-year with something released; None for any other, and where the public pages are switched off."""
    if not settings.PUBLIC:
        return None
    plan_year = plan_year_with_id(plan_year_id)
    if plan_year is None:
        return None
    year = year_of(plan_year_id)
    if not year.version or not year.released:
        return None
    found = PublicYear(plan_year, version_of(plan_year_id, year.version), year, ledger.day_of(plan_year))
    return found if found.commitments else None


def public_years() -> list[PublicYear]:
    """Return every plan-year with something released, the newest first."""
    found = [public_year(key) for key in ledger.plan_years_with_fact("commitment_released")]
    return sorted(
        (one for one in found if one is not None), key=lambda one: (-one.plan_year.year, one.plan_year.place)
    )


def released_reconciliation(public: PublicYear) -> list[ReviewedPair] | None:
    """Return what people ruled on the released commitments, in text order; None where the result is not released as it stands."""
    if public.year.reconciling.released is None:
        return None
    review = review_of(public.plan_year.pk, public.year)
    if review is None or not review.is_released:
        return None
    return [row for row in review.rows if row.pair.subject.lineage in public.commitments]
