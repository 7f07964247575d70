"""Read plan-years, their drafts and versions, as far as the person may see them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.db.models import Max, QuerySet

from luoshi.plan.document import from_stored
from luoshi.plan.model import Place
from luoshi_web.frame import blob
from luoshi_web.plans.edition import DRAFT, Edition
from luoshi_web.plans.index import PlanIndex
from luoshi_web.plans.models import (
    Draft,
    Import,
    ImportState,
    PlanVersion,
    PlanYear,
    SavedView,
)
from luoshi_web.rights import Actor, RefusedError, Right


def plan_years_visible_to(actor: Actor) -> QuerySet[PlanYear]:
    """Return the plan-years of which the person may see at least what is published."""
    scope = actor.plan_years(Right.VIEW_PUBLISHED)
    found = PlanYear.objects.all()
    return found if scope is None else found.filter(pk__in=scope)


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """An edition as lists name it.

    Attributes:
        edition: Which.
        at: When it was last changed, or published.
        by: By whom.
        revision: Revision of the draft; 0 for a version.
        digest: Digest of its content.
        reason: Why the version was published.
        facts: Counts of its items.
    """

    edition: Edition
    at: datetime
    by: str
    revision: int
    digest: str
    reason: str = ""
    facts: dict[str, int] = field(default_factory=dict)


def editions_visible_to(actor: Actor, plan_year: int) -> list[EditionFacts]:
    """Return the draft, where the person may see it, and the versions, the newest first."""
    found = []
    if actor.may(Right.VIEW_DRAFT, plan_year):
        rows = Draft.objects.filter(plan_year_id=plan_year)
        for at, by, revision, digest in rows.values_list("changed_at", "changed_by", "revision", "digest"):
            found.append(EditionFacts(DRAFT, at, by, revision, digest))
    if actor.may(Right.VIEW_PUBLISHED, plan_year):
        versions = PlanVersion.objects.filter(plan_year_id=plan_year)
        for number, at, by, digest, reason in versions.values_list("number", "at", "by", "digest", "reason"):
            found.append(EditionFacts(Edition(number), at, by, 0, digest, reason))
    return found


def plan_of(actor: Actor, plan_year: int, facts: EditionFacts) -> PlanIndex:
    """Return the plan of an edition that `editions_visible_to` gave.

    Raises:
        RefusedError: The person may not see it.
    """
    actor.require(Right.VIEW_DRAFT if facts.edition.is_draft else Right.VIEW_PUBLISHED, plan_year)
    return _index(plan_year, facts.edition, facts.digest)


@lru_cache(maxsize=24)
def _index(plan_year: int, edition: Edition, digest: str) -> PlanIndex:
    # The digest is part of the key: a changed draft is another plan.
    if edition.is_draft:
        document = Draft.objects.values_list("document", flat=True).get(plan_year_id=plan_year)
    else:
        versions = PlanVersion.objects.filter(plan_year_id=plan_year, number=edition.number)
        document = versions.values_list("document", flat=True).get()
    return PlanIndex(from_stored(document.encode()))


def version_index(plan_year: int, number: int) -> PlanIndex:
    """Return a published version with look-ups, whoever asks: services check the right themselves."""
    versions = PlanVersion.objects.filter(plan_year_id=plan_year, number=number)
    return _index(plan_year, Edition(number), versions.values_list("digest", flat=True).get())


def version_digest(plan_year: int, number: int) -> str:
    """Return the digest of a published version."""
    return (
        PlanVersion.objects.filter(plan_year_id=plan_year, number=number)
        .values_list("digest", flat=True)
        .get()
    )


def saved_views_of(actor: Actor, screen: str) -> list[SavedView]:
    """Return the person's own saved views of a screen."""
    return list(SavedView.objects.filter(user_id=actor.id, screen=screen))


@dataclass(frozen=True, slots=True)
class PlanYearCard:
    """A plan-year as the home page shows it."""

    plan_year: PlanYear
    draft: EditionFacts | None
    newest: EditionFacts | None

    @property
    def shown(self) -> EditionFacts | None:
        """The edition whose counts stand on the card: the draft where the person may see it."""
        return self.draft or self.newest


def plan_year_cards(actor: Actor) -> list[PlanYearCard]:
    """Return the plan-years that the person may see, each with its draft and its newest version."""
    plan_years = list(plan_years_visible_to(actor))
    keys = [plan_year.pk for plan_year in plan_years]
    newest: dict[int, EditionFacts] = {}
    for row in PlanVersion.objects.filter(plan_year_id__in=keys).defer("document").order_by("number"):
        newest[row.plan_year_id] = EditionFacts(
            Edition(row.number), row.at, row.by, 0, row.digest, row.reason, row.facts
        )
    drafts: dict[int, EditionFacts] = {}
    visible = [key for key in keys if actor.may(Right.VIEW_DRAFT, key)]
    for draft in Draft.objects.filter(plan_year_id__in=visible).defer("document", "base"):
        drafts[draft.plan_year_id] = EditionFacts(
            DRAFT, draft.changed_at, draft.changed_by, draft.revision, draft.digest, facts=draft.facts
        )
    return [PlanYearCard(row, drafts.get(row.pk), newest.get(row.pk)) for row in plan_years]


def plan_year_of(place: Place, year: int) -> PlanYear | None:
    """Return the plan-year of a place, whoever asks: an import must know what is there."""
    found = PlanYear.objects.filter(place=place.name, year=year)
    # Two places may share a name; the code tells them apart where both are known.
    return found.filter(code__in=["", place.code]).first() if place.code else found.first()


def plan_year_with_id(plan_year: int) -> PlanYear | None:
    """Return a plan-year, whoever asks: services check the right themselves."""
    return PlanYear.objects.filter(pk=plan_year).first()


def imports_visible_to(actor: Actor) -> QuerySet[Import]:
    """Return the person's own imports, newest first; those of all to whoever may import anywhere.

    Raises:
        RefusedError: The person may not import.
    """
    if not actor.may_somewhere(Right.IMPORT_REPORT):
        raise RefusedError("W101")
    found = Import.objects.select_related("file", "plan_year")
    return found if actor.may(Right.IMPORT_REPORT) else found.filter(requested_by_id=actor.id)


def open_imports_of(actor: Actor) -> list[Import]:
    """Return the imports that are under way or wait for an answer, for the home page."""
    states = [
        s.value
        for s in (ImportState.WAITING, ImportState.RUNNING, ImportState.ASKING, ImportState.INTERRUPTED)
    ]
    return list(imports_visible_to(actor).filter(state__in=states)[:10])


def plan_year_with_file(data: bytes) -> PlanYear | None:
    """Return the plan-year that has a file with these bytes already; only for commands on the server itself."""
    digest = blob.digest_of(data)
    return PlanYear.objects.filter(source_files__digest=digest).first()


def draft_and_revision(plan_year: int) -> tuple[str, int] | None:
    """Return the draft's document and revision; only for commands on the server itself."""
    return Draft.objects.filter(plan_year_id=plan_year).values_list("document", "revision").first()


def highest_version(plan_year: int) -> int:
    """Return the number of the newest version; 0 where none is published."""
    return PlanVersion.objects.filter(plan_year_id=plan_year).aggregate(newest=Max("number"))["newest"] or 0


def leading_unit_of(plan_year: int) -> str:
    """Return the unit that leads most commitments of a draft, or ""; only for commands on the server itself."""
    document = Draft.objects.filter(plan_year_id=plan_year).values_list("document", flat=True).first()
    if document is None:
        return ""
    plan = from_stored(document.encode())
    leads = Counter(commitment.lead_unit for commitment in plan.commitments if commitment.lead_unit)
    names = {unit.id: unit.name for unit in plan.units}
    return next((names[unit] for unit, _count in leads.most_common(1) if unit in names), "")
