"""Briefs of a month, a quarter, a half-year and the year (月度专报、季度通报、半年通报、年度报告), drafted from the year as known."""

from __future__ import annotations

from luoshi.brief.drafting import outlook, parts
from luoshi.brief.drafting.composer import Composer
from luoshi.brief.drafting.letterhead import Letterhead, assembled
from luoshi.brief.drafting.parts import Part
from luoshi.brief.drafting.phrase import phrase
from luoshi.brief.drafting.situation import Situation
from luoshi.brief.official.model import Annex, Document, DocumentKind
from luoshi.cadence.cycle import Frequency, Period, periods_of

_PARTS: dict[Frequency, tuple[Part, ...]] = {
    Frequency.MONTH: (
        parts.overall,
        parts.red,
        parts.silent,
        parts.changes,
        outlook.forecasts,
        outlook.projects,
    ),
    Frequency.QUARTER: (
        parts.overall,
        parts.red,
        parts.silent,
        parts.changes,
        outlook.forecasts,
        outlook.projects,
        parts.handling,
    ),
    Frequency.HALF_YEAR: (
        parts.overall,
        outlook.halfway,
        parts.red,
        parts.silent,
        parts.changes,
        outlook.forecasts,
        outlook.projects,
        parts.handling,
    ),
    Frequency.YEAR: (parts.overall, parts.undone, parts.silent, parts.changes, outlook.projects),
}
_HAS_TARGETS = (Frequency.QUARTER, Frequency.HALF_YEAR, Frequency.YEAR)


def period_of(situation: Situation, frequency: Frequency) -> Period:
    """Return the period that a brief drafted on a day is of: the newest that is over by then, or the one that runs where none is."""
    periods = periods_of(situation.plan.year, frequency)
    over = [period for period in periods if period.end <= situation.as_of]
    return over[-1] if over else periods[0]


def draft_brief(situation: Situation, letterhead: Letterhead, *, frequency: Frequency) -> Document:
    """Return the brief of a period.

    Args:
        situation: What is known, as of the day.
        letterhead: What the office puts on it.
        frequency: Month, quarter, half-year or year.
    """
    composer = Composer(situation)
    for part in _PARTS[frequency]:
        part(composer)
    blocks = composer.take_blocks()
    annexes = []
    if frequency in _HAS_TARGETS:
        outlook.target_table(composer)
        annexes.append(Annex(title=phrase("targets_annex"), blocks=composer.take_blocks()))
    composer.source_list()
    annexes.append(Annex(title=phrase("sources_annex"), blocks=composer.take_blocks()))
    kind = DocumentKind(str(frequency.value))
    title = phrase(f"title_{kind.value}", period=period_of(situation, frequency).label("zh"))
    return assembled(composer, letterhead, kind=kind, title=title, blocks=blocks, annexes=tuple(annexes))
