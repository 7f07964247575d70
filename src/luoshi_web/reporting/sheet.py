"""The reports of a unit as one spreadsheet (填报表): out with what is known, back with what is stated; all or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.delivery.judging import expected_for
from luoshi.delivery.report import Figure
from luoshi.kernel.diagnostic import Diagnostic
from luoshi.register.sheet import Sheet, SheetRow, decimal_in, sheet_of
from luoshi_web.reporting.duty import Duty
from luoshi_web.reporting.opened import Delivery
from luoshi_web.reporting.services import Stated
from luoshi_web.reporting.wording import value_text

KEY, TASK, PERIOD, INDICATOR, PROMISED, LAST, VALUE, UNCHANGED, PROGRESS, OBSTACLES = (
    "编号", "目标任务", "填报期", "指标（单位）", "承诺值", "上期数", "本期数", "本期无变化", "进展情况", "存在问题",
)  # fmt: skip
COLUMNS = (KEY, TASK, PERIOD, INDICATOR, PROMISED, LAST, VALUE, UNCHANGED, PROGRESS, OBSTACLES)
_YES = {"是", "√", "1", "y", "Y", "yes"}


def rows_of(delivery: Delivery, duty: Duty) -> list[tuple[str, ...]]:
    """Return the rows of a commitment: one for each figure that is asked, one alone where none is."""
    if duty.cycle is None:
        return []
    lineage, period = duty.issued.lineage, duty.cycle.period
    expected = expected_for(delivery.year, duty.issued, delivery.ground, before=period.end)
    rows = []
    for target in (delivery.ground.targets[one] for one in expected.asked):
        last = expected.last_figures.get(target.id)
        rows.append(
            (
                f"{lineage}|{period.key}|{target.id}",
                duty.issued.title,
                period.label("zh"),
                f"{target.indicator}（{target.unit}）",
                value_text(target.value),
                value_text(last) if last is not None else "",
                "",
                "",
                "",
                "",
            )
        )
    return rows or [
        (f"{lineage}|{period.key}|", duty.issued.title, period.label("zh"), "", "", "", "", "", "", "")
    ]


def read(data: bytes, delivery: Delivery, duties: Sequence[Duty]) -> tuple[list[Stated], list[Diagnostic]]:
    """Read a filled-in sheet; rows that were left wholly empty are left out.

    Returns:
        What it states; and what is wrong with every bad cell (R230 to R233), and then nothing is to be filed.

    Raises:
        RegisterError: The file cannot be read (R20x).
    """
    sheet = sheet_of(data, needed=(KEY, VALUE))
    open_ones = {
        (duty.issued.lineage, duty.cycle.period.key): duty for duty in duties if duty.cycle is not None
    }
    faults: list[Diagnostic] = []
    figures: dict[tuple[str, str], list[Figure]] = {}
    texts: dict[tuple[str, str], list[str]] = {}
    unchanged: set[tuple[str, str]] = set()
    empty: dict[tuple[str, str], list[SheetRow]] = {}
    for row in sheet.rows:
        key = _key(sheet, row, open_ones, faults)
        if key is None:
            continue
        place, target = key
        said = [row.text(PROGRESS), row.text(OBSTACLES)]
        if target and not row.text(VALUE):
            empty.setdefault(place, []).append(row)
        if not any((row.text(VALUE), row.text(UNCHANGED), *said)):
            continue
        kept = texts.setdefault(place, ["", ""])
        texts[place] = [new or old for new, old in zip(said, kept, strict=True)]
        figures.setdefault(place, [])
        if row.text(UNCHANGED) in _YES:
            unchanged.add(place)
        if row.text(VALUE):
            value = decimal_in(row.text(VALUE))
            if value is None:
                faults.append(sheet.fault("R231", row, VALUE))
            elif not target:
                faults.append(sheet.fault("R232", row, VALUE))
            else:
                figures[place].append(Figure(target=target, value=value))
    for place in figures:
        if place not in unchanged:
            faults += [
                sheet.fault("R233", row, VALUE, indicator=row.text(INDICATOR)) for row in empty.get(place, [])
            ]
    stated = [
        Stated(
            lineage,
            period,
            figures=() if (lineage, period) in unchanged else figures[lineage, period],
            is_unchanged=(lineage, period) in unchanged,
            progress=texts[lineage, period][0],
            obstacles=texts[lineage, period][1],
        )
        for lineage, period in figures
    ]
    return (stated if not faults else []), faults


def _key(
    sheet: Sheet, row: SheetRow, open_ones: dict[tuple[str, str], Duty], faults: list[Diagnostic]
) -> tuple[tuple[str, str], str] | None:
    parts = row.text(KEY).split("|")
    place = (parts[0], parts[1]) if len(parts) == 3 else ("", "")
    if place not in open_ones or (parts[2] and parts[2] not in open_ones[place].issued.targets):
        faults.append(sheet.fault("R230", row, KEY))
        return None
    return place, parts[2]
