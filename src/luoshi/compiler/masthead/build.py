"""From a reading text to its masthead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.compiler.masthead import delivery, where, year
from luoshi.compiler.reading import Reading
from luoshi.kernel.diagnostic import Diagnostic
from luoshi.plan.model import Place


@dataclass(frozen=True, slots=True)
class Masthead:
    """What a report says about itself.

    Attributes:
        place: Place that reports; its name is "" where none was found.
        year: Year that the plan is for: the one in which the promises fall due; 0 where none was found.
        title: Title line, or "".
        body: Assembly to which it was delivered, or "".
        session: Session, or "".
        day: Day of delivery, or None.
        diagnostics: What was assumed or not found.
    """

    place: Place
    year: int
    title: str
    body: str
    session: str
    day: date | None
    diagnostics: tuple[Diagnostic, ...]


def from_reading(reading: Reading, name: str = "") -> Masthead:
    """Read the masthead of a report.

    Args:
        reading: Reading text.
        name: File name, used where the text does not say place or year.
    """
    found = delivery.read(reading.text)
    place, about_place = where.read(reading.text, found, name)
    plan_year, about_year = year.read(reading.text, found, name)
    return Masthead(
        place=place,
        year=plan_year,
        title=found.title,
        body=found.body,
        session=found.session,
        day=found.day,
        diagnostics=(*about_place, *about_year),
    )
