"""The circulation notice (通报): units with what is far behind or not reported, and what is demanded."""

from __future__ import annotations

from datetime import date

from luoshi.brief.drafting import parts
from luoshi.brief.drafting.composer import Composer
from luoshi.brief.drafting.letterhead import Letterhead, assembled
from luoshi.brief.drafting.phrase import phrase
from luoshi.brief.drafting.situation import Situation, grouped
from luoshi.brief.drafting.supervision import answer_by
from luoshi.brief.official.model import Annex, Document, DocumentKind
from luoshi.status.light import Colour
from luoshi.status.rollup import tally


def draft_circulation(
    situation: Situation,
    letterhead: Letterhead,
    *,
    sent: date,
    working_days: int,
    demands: tuple[str, ...] = (),
) -> Document:
    """Return the notice.

    Args:
        situation: What is known, as of the day.
        letterhead: What the office puts on it.
        sent: Day on which it goes out; it does not count.
        working_days: Working days until the units are to answer.
        demands: What is demanded, a paragraph each; a plain sentence stands in where none is given.

    Raises:
        ValueError: `working_days` is not positive.
    """
    if working_days <= 0:
        raise ValueError(f"an answer within {working_days} working days is not possible")
    composer = Composer(situation)
    composer.paragraph(phrase("circulation_text", day=parts.day_of(situation)))
    parts.overall(composer)
    composer.heading(1, phrase("by_unit"))
    troubled = situation.with_colour(Colour.FAR_BEHIND, Colour.SILENT)
    units = grouped(situation.items, by_unit=True)
    wanted = grouped(troubled, by_unit=True)
    ranked = sorted(wanted, key=lambda unit: (tally(i.colour for i in wanted[unit] if i.colour).rank, unit))
    for unit in ranked:
        source = composer.lights_source(phrase("what_group", name=unit), units[unit])
        composer.heading(2, composer.passage(unit))
        total = composer.figure(len(units[unit]), source)
        composer.paragraph(
            phrase("unit_text", total=total, counts=parts.counts_of(composer, units[unit], source))
        )
    if not ranked:
        composer.paragraph(phrase("red_none"))
    parts.red(composer)
    parts.silent(composer)
    composer.heading(1, phrase("demands"))
    for demand in demands or (phrase("demand_default"),):
        composer.paragraph(composer.passage(demand))
    composer.paragraph(answer_by(composer, "demand_answer", sent=sent, working_days=working_days))
    composer.paragraph(phrase("closing_circulation"))
    blocks = composer.take_blocks()
    composer.source_list()
    annex = Annex(title=phrase("sources_annex"), blocks=composer.take_blocks())
    return assembled(
        composer,
        letterhead,
        kind=DocumentKind.CIRCULATION,
        title=phrase("title_circulation"),
        blocks=blocks,
        annexes=(annex,),
    )
