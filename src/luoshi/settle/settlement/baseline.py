"""The baseline of a settlement (基准): what was published first, what was amended since, and what was carried on under another identity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from luoshi.delivery.issue import Issued
from luoshi.delivery.judging import Ground, deliverables_of
from luoshi.delivery.year import Year
from luoshi.plan.model import JudgedAs, Plan, Target

_FLOORS = (JudgedAs.AT_LEAST, JudgedAs.ABOVE, JudgedAs.REFERENCE)
_CEILINGS = (JudgedAs.AT_MOST, JudgedAs.BELOW)


@dataclass(frozen=True, slots=True)
class Baseline:
    """What published versions say about the beginning of the year.

    Attributes:
        targets: Targets as first published, by identity.
        carried: Commitments in which one that is left out lives on, by lineage: the parts of a split, what it was merged into.
    """

    targets: Mapping[str, Target] = field(default_factory=dict)
    carried: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def baseline_of(versions: Sequence[Plan]) -> Baseline:
    """Return the baseline that published versions give.

    Args:
        versions: All versions of the plan-year, the oldest first.

    Raises:
        ValueError: One is a draft, or they are not in order.
    """
    numbers = [plan.version for plan in versions]
    if numbers != list(range(1, len(versions) + 1)):
        raise ValueError(f"versions {numbers} are not 1, 2, 3 …")
    targets: dict[str, Target] = {}
    carried: dict[str, tuple[str, ...]] = {}
    lineage_of: dict[str, str] = {}
    for plan in versions:
        for target in plan.targets:
            targets.setdefault(target.id, target)
        before = dict(lineage_of)
        now = {commitment.lineage for commitment in plan.commitments}
        for commitment in plan.commitments:
            lineage_of[commitment.id] = commitment.lineage
            for part in commitment.merged_from:
                if (gone := before.get(part, "")) and gone not in now:
                    carried[gone] = (commitment.lineage,)
        for gone in set(before.values()) - now:
            # A split goes on as ``L.1``, ``L.2`` (luoshi.plan.publish).
            parts = tuple(sorted(one for one in now if one.rpartition(".")[0] == gone))
            if parts:
                carried[gone] = parts
    return Baseline(targets, carried)


class Amendment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What differs from the baseline.

    Attributes:
        subject: Target or deliverable; "" for the commitment itself.
        field: What differs: ``title``, ``deadline``, ``lead_unit``, ``value``, ``upper``, ``judged_as``, ``unit``, ``due``, ``added`` or ``dropped``.
        was: Value in the baseline, or "".
        now: Value in force, or "".
        eases: Whether it makes the promise easier to keep, or may do so.
        entry: Entry that put it in force.
    """

    subject: str
    field: str
    was: str
    now: str
    eases: bool
    entry: int


def amendments_of(year: Year, lineage: str, ground: Ground, baseline: Baseline) -> tuple[Amendment, ...]:
    """Return what differs from the baseline in a commitment in force: first its own, then its targets, then its deliverables."""
    history = year.issues.get(lineage, ())
    first, now = (history[0].issued if history else None), year.issued.get(lineage)
    if first is None or now is None:
        return ()
    entry = history[-1].entry
    return (
        *_of_commitment(first, now, entry),
        *_of_targets(first, now, ground, baseline, entry),
        *_of_deliverables(year, first, now),
    )


def _of_commitment(first: Issued, now: Issued, entry: int) -> Iterator[Amendment]:
    for name, eases in (
        ("title", False),
        ("lead_unit", False),
        ("deadline", now.deadline > first.deadline),
    ):
        yield from _change("", name, getattr(first, name), getattr(now, name), entry, eases=eases)


def _of_targets(
    first: Issued, now: Issued, ground: Ground, baseline: Baseline, entry: int
) -> Iterator[Amendment]:
    for target in first.targets:
        was, current = baseline.targets.get(target), ground.targets.get(target)
        if target not in now.targets:
            yield Amendment(subject=target, field="dropped", was=_told(was), now="", eases=True, entry=entry)
        elif was is not None and current is not None:
            eases = _is_easier(was, current)
            for name in ("value", "upper", "unit", "judged_as"):
                yield from _change(
                    target, name, getattr(was, name), getattr(current, name), entry, eases=eases
                )
            later = current.deadline.day > was.deadline.day
            yield from _change(target, "deadline", was.deadline.day, current.deadline.day, entry, eases=later)
    for target in now.targets:
        if target not in first.targets:
            yield Amendment(
                subject=target, field="added", was="", now=_told(ground.targets.get(target)), eases=False, entry=entry
            )  # fmt: skip


def _is_easier(was: Target, now: Target) -> bool:
    """Tell whether a promise became easier; where that cannot be told, such as for 左右, a change counts as easier."""
    if (was.judged_as, was.unit) != (now.judged_as, now.unit) or None in (was.value, now.value):
        return (was.judged_as, was.unit, was.value) != (now.judged_as, now.unit, now.value)
    assert was.value is not None and now.value is not None  # noqa: PT018 -- told to the type checker
    if was.judged_as in _FLOORS:
        return now.value < was.value
    if was.judged_as in _CEILINGS:
        return now.value > was.value
    return (was.value, was.upper) != (now.value, now.upper)


def first_deliverables(year: Year, issued: Issued) -> dict[str, tuple[str, date, Decimal]]:
    """Return the deliverables of the baseline: those of the handling plan that was approved first, else of the version; words, due day, weight."""
    approved = year.handling_of(issued.lineage).baseline
    planned = approved.deliverables if approved is not None and approved.deliverables else issued.deliverables
    return {one.id: (one.done_when, one.due, one.weight) for one in planned}


def _of_deliverables(year: Year, first: Issued, now: Issued) -> Iterator[Amendment]:
    before, current = first_deliverables(year, first), deliverables_of(year, now)
    approvals = year.handling_of(now.lineage).approvals
    entry = approvals[-1].entry if approvals else year.issues[now.lineage][-1].entry
    for one, (words, due, _weight) in before.items():
        if one not in current:
            yield Amendment(subject=one, field="dropped", was=words, now="", eases=True, entry=entry)
            continue
        yield from _change(one, "due", due, current[one][1], entry, eases=current[one][1] > due)
        yield from _change(one, "done_when", words, current[one][0], entry, eases=True)
    for one, (words, _due, _weight) in current.items():
        if one not in before:
            yield Amendment(subject=one, field="added", was="", now=words, eases=False, entry=entry)


def _change(subject: str, name: str, was: Any, now: Any, entry: int, *, eases: bool) -> Iterator[Amendment]:
    if was != now:
        yield Amendment(subject=subject, field=name, was=_told(was), now=_told(now), eases=eases, entry=entry)


def _told(value: Any) -> str:
    if isinstance(value, Target):
        return f"{value.indicator} {_told(value.value)}{value.unit}".strip()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, JudgedAs):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else str(value or "")
