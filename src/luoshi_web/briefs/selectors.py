"""Read documents, as far as the person may see them: drafts those who see every unit, issued ones everybody who works here."""

from __future__ import annotations

import msgspec
from django.db.models import QuerySet

from luoshi.brief.official.issuing import DocumentState, Version
from luoshi_web.briefs.models import Brief, BriefVersion
from luoshi_web.rights import Actor, Right

_DECODER: msgspec.json.Decoder[Version] = msgspec.json.Decoder(Version)


def briefs_visible_to(actor: Actor, plan_year: int) -> QuerySet[Brief]:
    """Return the documents of a plan-year that a person may see, the newest first."""
    found = Brief.objects.filter(plan_year_id=plan_year)
    if actor.may(Right.VIEW_EVERY_UNIT, plan_year):
        return found
    if not actor.may(Right.VIEW_DELIVERY, plan_year):
        return found.none()
    return found.filter(state=str(DocumentState.ISSUED.value))


def versions_of(brief: int) -> list[tuple[BriefVersion, Version]]:
    """Return the versions of a document, the oldest first."""
    rows = BriefVersion.objects.filter(brief_id=brief).order_by("revision")
    return [(row, _DECODER.decode(row.content)) for row in rows]


def newest_of(brief: int) -> Version:
    """Return the newest version of a document.

    Raises:
        BriefVersion.DoesNotExist: There is no such document.
    """
    row = BriefVersion.objects.filter(brief_id=brief).order_by("-revision").first()
    if row is None:
        raise BriefVersion.DoesNotExist
    return _DECODER.decode(row.content)


def last_issued(plan_year: int, kind: str) -> Brief | None:
    """Return the newest issued document of a kind."""
    issued = str(DocumentState.ISSUED.value)
    return (
        Brief.objects.filter(plan_year_id=plan_year, kind=kind, state=issued)
        .order_by("-as_of", "-pk")
        .first()
    )


def numbers_taken(plan_year: int) -> set[str]:
    """Return the numbers that documents of a plan-year bear."""
    return set(
        Brief.objects.filter(plan_year_id=plan_year).exclude(number="").values_list("number", flat=True)
    )
