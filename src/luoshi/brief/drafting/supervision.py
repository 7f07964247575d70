"""The supervision notice (督办单): one commitment, what is wanted of its lead unit by when, and room for the answer."""

from __future__ import annotations

from datetime import date

import msgspec

from luoshi.brief.drafting.composer import Composer
from luoshi.brief.drafting.letterhead import Letterhead, assembled
from luoshi.brief.drafting.parts import reason_of
from luoshi.brief.drafting.phrase import phrase
from luoshi.brief.drafting.situation import Item, Situation
from luoshi.brief.official.model import Annex, Column, Document, DocumentKind, Known, Row
from luoshi.brief.official.numbering import day_written
from luoshi.brief.wording import target_text

_FORM = (Column(label="", width_mm=32), Column(label="", width_mm=124))
_REPLY = (
    ("reply_done", 45),
    ("reply_problems", 25),
    ("reply_next", 30),
    ("reply_person", 12),
    ("reply_head", 22),
)
"""Rows of the reply and the least height of each in mm."""


def answer_by(composer: Composer, name: str, *, sent: date, working_days: int) -> str:
    """Return by when an answer is wanted, with the number of working days; the document itself sets both.

    Args:
        composer: Takes the figure.
        name: Sentence that says it.
        sent: Day on which the document goes out; it does not count.
        working_days: How many.
    """
    due = composer.situation.ground.calendar.add(sent, working_days)
    source = composer.source(phrase("what_answer"), (), known=(Known.SET,))
    text = phrase(name, day=day_written(due.day), days=composer.figure(working_days, source))
    return text + phrase("answer_provisional") if due.is_provisional else text


def draft_supervision(
    situation: Situation,
    letterhead: Letterhead,
    *,
    lineage: str,
    wanted: str,
    sent: date,
    working_days: int,
) -> Document:
    """Return the notice.

    Args:
        situation: What is known, as of the day.
        letterhead: What the office puts on it; the lead unit stands in for addressees that are not named.
        lineage: The commitment.
        wanted: What the unit is to do.
        sent: Day on which the notice goes out; it does not count.
        working_days: Working days until the answer is due.

    Raises:
        DeliveryError: No commitment in force has this identity (L265).
        ValueError: `working_days` is not positive.
    """
    if working_days <= 0:
        raise ValueError(f"an answer within {working_days} working days is not possible")
    item = situation.item(lineage)
    composer = Composer(situation)
    composer.paragraph(phrase("supervision_text"))
    composer.heading(1, phrase("supervised"))
    composer.form(_FORM, _rows(composer, item, wanted, sent=sent, working_days=working_days))
    blocks = composer.take_blocks()
    composer.form(_FORM, [Row(cells=(phrase(name), ""), height_mm=height) for name, height in _REPLY])
    reply = Annex(title=phrase("reply"), blocks=composer.take_blocks())
    composer.source_list()
    sources = Annex(title=phrase("sources_annex"), blocks=composer.take_blocks())
    made = assembled(
        composer,
        letterhead,
        kind=DocumentKind.SUPERVISION,
        title=phrase("title_supervision"),
        blocks=blocks,
        annexes=(reply, sources),
    )
    if made.addressees or not item.issued.lead_unit:
        return made
    return msgspec.structs.replace(made, addressees=(item.issued.lead_unit,))


def _rows(composer: Composer, item: Item, wanted: str, *, sent: date, working_days: int) -> list[Row]:
    lineage = item.issued.lineage
    targets = [
        composer.passage(target_text(composer.situation.ground.targets[name], "zh"), lineage=lineage)
        for name in item.issued.targets
        if name in composer.situation.ground.targets
    ]
    text, entry = composer.situation.obstacles(lineage)
    rows = [
        ("task", composer.title_of(item)),
        ("quoted", composer.passage(item.commitment.text, lineage=lineage)),
        ("place_in_report", composer.passage(item.section or "—", lineage=lineage)),
        ("targets", "\n".join(targets) or "—"),
        ("deadline", day_written(item.issued.deadline)),
        ("lead", composer.passage(item.unit)),
        ("supporting", composer.passage("、".join(item.issued.supporting_units) or "—")),
        ("light", item.colour.label("zh") if item.colour else "—"),
        ("current", reason_of(composer, item)),
        (
            "obstacle",
            composer.passage(text, lineage=lineage, entries=(entry,)) if text else phrase("not_told"),
        ),
        ("wanted", composer.passage(wanted)),
        ("answer_by", answer_by(composer, "answer_by_text", sent=sent, working_days=working_days)),
    ]
    return [Row(cells=(phrase(name), value)) for name, value in rows]
