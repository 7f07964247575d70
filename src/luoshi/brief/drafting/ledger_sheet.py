"""The ledger sheet (目标任务台账): every commitment on a row, as a workbook."""

from __future__ import annotations

from luoshi.brief.drafting.parts import observations_behind
from luoshi.brief.drafting.phrase import phrase
from luoshi.brief.drafting.situation import Item, Situation
from luoshi.brief.grid import Grid, GridColumn, to_xlsx
from luoshi.brief.official.numbering import day_written, entries_written
from luoshi.brief.ooxml import sealed
from luoshi.brief.wording import number_text, plain, target_text, word

_COLUMNS = (
    ("ordinal", 1.0, True),
    ("task", 4.2, False),
    ("quoted", 6.0, False),
    ("lead", 2.2, True),
    ("supporting", 2.6, False),
    ("deadline", 2.2, True),
    ("targets", 4.0, False),
    ("now", 3.6, False),
    ("known", 3.0, False),
    ("light", 1.6, True),
    ("colour_why", 5.0, False),
    ("obstacle", 3.6, False),
    ("handling_state", 1.8, True),
    ("last_report", 2.2, True),
    ("entries", 2.4, False),
)


def ledger_grid(situation: Situation) -> Grid:
    """Return the sheet before it has a form."""
    plan, head = situation.plan, situation.head
    return Grid(
        title=phrase("sheet_title", place=plan.place.name, year=plan.year),
        status=phrase(
            "sheet_status",
            version=plan.version,
            day=day_written(situation.as_of),
            count=len(situation.items),
            number=head.number,
            digest=head.digest,
        ),
        warning=word("simulated", "zh") if situation.year.is_simulated else "",
        columns=tuple(GridColumn(phrase(name), width, centred) for name, width, centred in _COLUMNS),
        rows=tuple(
            (item.section or phrase("no_section"), _cells(situation, item, number))
            for number, item in enumerate(situation.items, 1)
        ),
        language="zh",
    )


def ledger_xlsx(situation: Situation) -> bytes:
    """Return the sheet as a workbook; an equal situation gives equal bytes."""
    return sealed(to_xlsx(ledger_grid(situation)), made_on=situation.as_of)


def _cells(situation: Situation, item: Item, number: int) -> tuple[tuple[str, ...], ...]:
    issued, year = item.issued, situation.year
    targets = [situation.ground.targets[one] for one in issued.targets if one in situation.ground.targets]
    newest = observations_behind(situation, item)
    known = [newest.get(target.id) for target in targets]
    text, entry = situation.obstacles(issued.lineage)
    reports = [report for report in year.reports_of(issued.lineage) if report.valid is not None]
    entries = {*item.entries, *(one.entry for one in newest.values()), *([entry] if entry else [])}
    return (
        (str(number),),
        (issued.title,),
        (plain(item.commitment.text),),
        (item.unit,),
        tuple(issued.supporting_units) or ("—",),
        (day_written(issued.deadline),),
        tuple(target_text(target, "zh") for target in targets) or ("—",),
        tuple(
            f"{number_text(one.value)}{target.unit}（{day_written(one.day)}）" if one else phrase("no_data")
            for target, one in zip(targets, known, strict=True)
        )
        or ("—",),
        tuple(f"{one.computed.mark} {one.attestation.label('zh')}" for one in known if one) or ("—",),
        (item.colour.label("zh") if item.colour else "—",),
        (item.given.light.describe("zh") if item.given else "—",),
        (text or "—",),
        (year.handling_of(issued.lineage).state.label("zh"),),
        (day_written(reports[-1].end) if reports else "—",),
        (entries_written(tuple(entries)) or "—",),
    )
