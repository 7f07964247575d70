"""What people post on the screens of the year, as values of the domain; nothing is decided here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict

from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.handling import Base, Handling, Milestone, PlannedDeliverable, Share, Step
from luoshi.delivery.report import Figure, Tick

_NUMBERED = re.compile(r"^deliverable-(\d+)-words$")
_MOST = 40


def number(text: str) -> Decimal:
    """Return the number that a person wrote, thousands separators allowed.

    Raises:
        DeliveryError: It is none (L241).
    """
    try:
        value = Decimal(text.strip().replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise DeliveryError("L241") from None
    if not value.is_finite():
        raise DeliveryError("L241")
    return value


def day(text: str) -> date | None:
    """Return the day that a date field holds; None for none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def plain(posted: QueryDict) -> dict[str, Any]:
    """Return what was posted as plain data that a draft can keep."""
    skipped = ("csrfmiddlewaretoken", "act", "next")
    return {
        key: posted.getlist(key) if len(posted.getlist(key)) > 1 else posted.get(key, "")
        for key in posted
        if key not in skipped
    }


def handling_from(
    posted: Mapping[str, Any], *, targets: list[str], quarters: Mapping[int, date], deadline: date
) -> Handling:
    """Return the handling plan that a form holds, without persons.

    Args:
        posted: The form's fields.
        targets: Targets of the commitment.
        quarters: Last day of every quarter.
        deadline: Deadline of the commitment.

    Raises:
        DeliveryError: A number is none (L241).
    """
    deliverables = []
    for key in sorted(posted, key=lambda key: int(m[1]) if (m := _NUMBERED.match(key)) else -1):
        match = _NUMBERED.match(key)
        if match is None or len(deliverables) >= _MOST:
            continue
        at = match[1]
        words = str(posted.get(key, "")).strip()
        if not words:
            continue
        deliverables.append(
            PlannedDeliverable(
                id=str(posted.get(f"deliverable-{at}-id", "")) or f"h-{at}",
                done_when=words[:500],
                evidence=str(posted.get(f"deliverable-{at}-evidence", "")).strip()[:500],
                due=day(str(posted.get(f"deliverable-{at}-due", ""))) or deadline,
                weight=number(str(posted.get(f"deliverable-{at}-weight", "") or "0")) / 100,
            )
        )
    milestones, bases = [], []
    for target in targets:
        for quarter, end in quarters.items():
            text = str(posted.get(f"milestone-{target}-{quarter}", "")).strip()
            if text:
                milestones.append(Milestone(target=target, day=end, value=number(text)))
        base = str(posted.get(f"base-{target}", "")).strip()
        if base:
            origin = str(posted.get(f"base-origin-{target}", "")).strip()[:200]
            bases.append(Base(target=target, value=number(base), origin=origin))
    steps = [
        Step(quarter=quarter, text=text[:1000])
        for quarter in quarters
        if (text := str(posted.get(f"step-{quarter}", "")).strip())
    ]
    shares = [
        Share(unit=str(key).removeprefix("share-"), task=str(value).strip()[:500])
        for key, value in posted.items()
        if str(key).startswith("share-") and str(value).strip()
    ]
    return Handling(
        measures=str(posted.get("measures", "")).strip()[:4000],
        deliverables=tuple(deliverables),
        milestones=tuple(milestones),
        steps=tuple(steps),
        shares=tuple(shares),
        bases=tuple(bases),
    )


def figures_from(posted: Mapping[str, Any], targets: list[str]) -> list[Figure]:
    """Return the figures that a form states; fields left empty are left out.

    Raises:
        DeliveryError: One is no number (L241).
    """
    return [
        Figure(target=target, value=number(text))
        for target in targets
        if (text := str(posted.get(f"value-{target}", "")).strip())
    ]


def ticks_from(
    posted: Mapping[str, Any], deliverables: list[str], evidence: Mapping[str, tuple[str, ...]], on: date
) -> list[Tick]:
    """Return the deliverables that a form ticks, with their day and evidence.

    Args:
        posted: The form's fields.
        deliverables: Those that are open.
        evidence: Digests of files by deliverable.
        on: Day taken where none is given.
    """
    return [
        Tick(
            deliverable=one,
            done=day(str(posted.get(f"done-day-{one}", ""))) or on,
            evidence=evidence.get(one, ()),
        )
        for one in deliverables
        if posted.get(f"done-{one}")
    ]
