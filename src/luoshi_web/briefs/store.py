"""Write documents and their versions."""

from __future__ import annotations

from datetime import datetime

import msgspec

from luoshi.brief.official.issuing import Version
from luoshi_web.briefs.models import Brief, BriefVersion


def add_brief(plan_year: int, version: Version, *, at: datetime) -> Brief:
    """Add a document with its first version."""
    document = version.document
    brief = Brief.objects.create(
        plan_year_id=plan_year,
        kind=str(document.kind.value),
        title=document.title.replace("\n", "")[:200],
        as_of=document.as_of,
        state=str(version.state.value),
        made_at=at,
    )
    add_version(brief, version, at=at)
    return brief


def add_version(brief: Brief, version: Version, *, at: datetime) -> None:
    """Add a version; what the document's own row repeats of it is renewed."""
    BriefVersion.objects.create(
        brief=brief,
        revision=version.revision,
        state=str(version.state.value),
        content=msgspec.json.encode(version).decode(),
        digest=version.digest,
        made_at=at,
    )
    number = version.document.head.number
    brief.state = str(version.state.value)
    brief.number = f"{number.sign}〔{number.year}〕{number.serial}号" if number and number.serial else ""
    brief.save(update_fields=["state", "number"])


def lock_brief(plan_year: int, brief: int) -> Brief | None:
    """Return a document and keep others from changing it until the transaction ends."""
    return Brief.objects.select_for_update().filter(plan_year_id=plan_year, pk=brief).first()
