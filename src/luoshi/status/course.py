"""The expected course of a figure (预期进度): how far it should be on a day.

Rule, in this order:
    approved milestones, linear between them by working days; else last year's profile (what share of the year's total had come
    by the end of each month); else the course's own default: *cumulative* rises from nothing and *from-base* from its base to the promised value, linear in
    working days from the year's first to the deadline; *hold* expects the promised value all year; *step* and *annual* expect nothing before the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from luoshi.cadence.workday import WorkCalendar
from luoshi.plan.model import Course

_EXACT = Decimal("0.0001")


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A value that is to have been reached on a day."""

    day: date
    value: Decimal


class Path(msgspec.Struct, frozen=True, kw_only=True):
    """What the course of a target follows.

    Attributes:
        course: Course of the target.
        start: The year's first day.
        deadline: When the target is due.
        goal: Promised value; that of the reference, or the lower end of a range.
        base: Value from which it moves; None where it is not known.
        milestones: Approved milestones, in any order.
        profile: Shares of the year's total that had come by the end of January, February … in the year before, 0 to 1; empty for none.
    """

    course: Course
    start: date
    deadline: date
    goal: Decimal
    base: Decimal | None = None
    milestones: tuple[Point, ...] = ()
    profile: tuple[Decimal, ...] = ()


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What is expected on a day: the value, None where nothing is; and by which rule (``S1`` code)."""

    value: Decimal | None
    code: str


def expected_on(path: Path, day: date, calendar: WorkCalendar) -> Expected:
    """Return what is expected of a figure at the end of a day.

    Args:
        path: What the course follows.
        day: The day.
        calendar: Working days of the place.
    """
    if day >= path.deadline:
        return Expected(value=path.goal, code="S104")
    if path.milestones:
        return Expected(value=_between(_points(path), day, calendar), code="S101")
    match path.course:
        case Course.HOLD:
            return Expected(value=path.goal, code="S103")
        case Course.STEP | Course.ANNUAL:
            return Expected(value=None, code="S105")
        case Course.CUMULATIVE if path.profile:
            return Expected(value=_by_profile(path, day), code="S102")
        case Course.FROM_BASE if path.base is None:
            return Expected(value=None, code="S106")
        case _:
            return Expected(value=_between(_points(path), day, calendar), code="S100")


def _points(path: Path) -> list[Point]:
    """Return the points between which the course runs: begin, milestones, deadline."""
    begin = path.base if path.base is not None else Decimal(0)
    inner = sorted(
        (point for point in path.milestones if path.start <= point.day < path.deadline),
        key=lambda point: point.day,
    )
    last_of_before = date(path.start.year - 1, 12, 31)
    return [
        Point(day=last_of_before, value=begin),
        *inner,
        Point(day=path.deadline, value=path.goal),
    ]


def _between(points: Sequence[Point], day: date, calendar: WorkCalendar) -> Decimal:
    before = points[0]
    for after in points[1:]:
        if day <= after.day:
            whole = calendar.count(before.day, after.day).days
            gone = calendar.count(before.day, max(day, before.day)).days
            share = Decimal(gone) / Decimal(whole) if whole else Decimal(1)
            return (before.value + (after.value - before.value) * share).quantize(_EXACT)
        before = after
    return points[-1].value


def _by_profile(path: Path, day: date) -> Decimal:
    shares = (Decimal(0), *path.profile)
    reached = shares[min(day.month - 1, len(shares) - 1)]
    coming = shares[min(day.month, len(shares) - 1)]
    days = (date(day.year + day.month // 12, day.month % 12 + 1, 1) - date(day.year, day.month, 1)).days
    share = reached + (coming - reached) * Decimal(day.day) / Decimal(days)
    return (path.goal * share).quantize(_EXACT)
