"""Notices about days off and make-up working days (放假通知), that add to or correct the published calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import yaml

from luoshi.kernel.errors import LuoshiError


class NoticeError(LuoshiError):
    """A notice about days off cannot be used (codes D1xx)."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice (通知), national or local.

    Attributes:
        number: Number under which it was issued (国办发明电〔…〕…号).
        issued: Day of issue; of two notices about one day the later issued one counts.
        rest: Days off (放假、补休).
        work: Working days at a weekend (调休上班).
        year: The year that it arranges as a whole; None for a notice about single days.
    """

    number: str
    issued: date
    rest: frozenset[date]
    work: frozenset[date]
    year: int | None = None

    def __post_init__(self) -> None:
        """Refuse a day that would be both off and worked.

        Raises:
            NoticeError: A day is in both lists (D102).
        """
        if both := self.rest & self.work:
            raise NoticeError("D102", {"number": self.number, "day": min(both)})


def read_notices(text: str) -> tuple[Notice, ...]:
    """Read notices from YAML, so that a site can enter a new year or a local rule.

    Args:
        text: ``notices:`` with a list of ``number``, ``issued``, ``rest``, ``work`` and, for a notice that
            arranges a whole year, ``year``. A day is ``2027-01-04``, a run of days ``[2027-10-01, 2027-10-07]``.

    Raises:
        NoticeError: The text is not of this shape (D101), or a day is both off and worked (D102).
    """
    try:
        entries = yaml.safe_load(text)["notices"]
        return tuple(_notice(entry) for entry in entries)
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise NoticeError("D101", {"reason": str(error) or type(error).__name__}) from error


def _notice(entry: dict[str, object]) -> Notice:
    issued, year = entry["issued"], entry.get("year")
    if not isinstance(issued, date) or not (year is None or isinstance(year, int)):
        raise TypeError("issued has to be a date and year a number")
    return Notice(
        number=str(entry["number"]),
        issued=issued,
        rest=frozenset(_days(entry.get("rest"))),
        work=frozenset(_days(entry.get("work"))),
        year=year,
    )


def _days(value: object) -> Iterator[date]:
    if value is None:
        return
    if not isinstance(value, list):
        raise TypeError("rest and work have to be lists")
    for item in value:
        first, last = (item, item) if isinstance(item, date) else item
        if not 0 <= (last - first).days < 366:
            raise ValueError(f"{first} to {last} is no run of days")
        yield from (first + timedelta(days=step) for step in range((last - first).days + 1))
