"""Cases as a sheet (办件表格): what is handed out for lists, and what is read back, row by row with what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from luoshi.kernel.diagnostic import Diagnostic
from luoshi.register.case.model import Case
from luoshi.register.case.value import normal, value_fault
from luoshi.register.procedure.model import Field, Procedure
from luoshi.register.sheet import Sheet, SheetRow, sheet_of

NUMBER, TITLE, CLASS, STAGE, UNIT, STATE, OUTCOME = "编号", "名称", "类别", "环节", "承办单位", "状态", "结果"


@dataclass(frozen=True, slots=True)
class Stated:
    """A row of a sheet: number of an existing case or "", title, class, stage, unit, fields, row in the file."""

    number: str
    title: str
    case_class: str
    stage: str
    unit: str
    fields: Mapping[str, str]
    row: int


def _shown(procedure: Procedure) -> list[Field]:
    """Return the fields that leave the site in a sheet; those that name persons do not."""
    return [field for field in procedure.fields if not field.kind.is_personal]


def _title(field: Field) -> str:
    return f"{field.name}（{field.unit}）" if field.unit else field.name


def columns_of(procedure: Procedure) -> tuple[str, ...]:
    """Return the titles of the columns."""
    classes = (CLASS,) if procedure.classes else ()
    return (NUMBER, TITLE, *classes, STAGE, UNIT, *map(_title, _shown(procedure)), STATE, OUTCOME)


def row_of(case: Case, procedure: Procedure) -> tuple[str, ...]:
    """Return a case as a row, in the order of the columns."""
    classes = {one.key: one.name for one in procedure.classes}
    outcomes = {one.key: one.name for one in procedure.outcomes}
    return (
        case.number,
        case.title,
        *((classes.get(case.case_class, ""),) if classes else ()),
        procedure.stage(case.stage).name,
        case.unit,
        *(case.fields.get(field.key, "") for field in _shown(procedure)),
        case.state.zh,
        outcomes.get(case.outcome, ""),
    )


def read(
    data: bytes, procedure: Procedure, *, units: Collection[str], desk: str
) -> tuple[tuple[Stated, ...], tuple[Diagnostic, ...]]:
    """Read a sheet of cases.

    Args:
        data: The file.
        procedure: The procedure that the cases go through.
        units: Units that there are.
        desk: Unit that brings them in; it handles those that name none.

    Returns:
        The rows; or what is wrong with every bad cell (R430 to R436), and then none is to be taken.

    Raises:
        RegisterError: The file cannot be read (R20x).
    """
    sheet = sheet_of(data, needed=(TITLE,))
    faults: list[Diagnostic] = []
    found: list[Stated] = []
    seen: dict[str, int] = {}
    for row in sheet.rows:
        stated = _stated(sheet, row, procedure, units, desk, faults)
        if stated is None:
            continue
        key = stated.number or stated.title
        if key in seen:
            faults.append(sheet.fault("R435", row, TITLE, other=seen[key]))
        seen[key] = row.number
        found.append(stated)
    return (() if faults else tuple(found), tuple(faults))


def _stated(
    sheet: Sheet,
    row: SheetRow,
    procedure: Procedure,
    units: Collection[str],
    desk: str,
    faults: list[Diagnostic],
) -> Stated | None:
    wrong: list[Diagnostic] = []
    title = row.text(TITLE)
    if not title:
        wrong.append(sheet.fault("R430", row, TITLE))
    case_class = _key(sheet, row, CLASS, {one.name: one.key for one in procedure.classes}, "R431", wrong)
    stage = _key(sheet, row, STAGE, {one.name: one.key for one in procedure.stages}, "R432", wrong)
    unit = row.text(UNIT) or desk
    if unit not in units:
        wrong.append(sheet.fault("R433", row, UNIT))
    fields = {}
    for field in _shown(procedure):
        column = _title(field) if _title(field) in sheet.letters else field.name
        text = row.text(column)
        if text and (wanted := value_fault(field, text)):
            wrong.append(sheet.fault("R434", row, column, wanted=wanted))
        if not text and field.is_required and not row.text(NUMBER):
            wrong.append(sheet.fault("R436", row, column))
        if column in sheet.letters:
            fields[field.key] = normal(field, text)
    faults += wrong
    if wrong:
        return None
    return Stated(row.text(NUMBER), title, case_class, stage, unit, fields, row.number)


def _key(
    sheet: Sheet, row: SheetRow, column: str, known: Mapping[str, str], code: str, wrong: list[Diagnostic]
) -> str:
    text = row.text(column)
    if text and text not in known:
        wrong.append(sheet.fault(code, row, column, known="、".join(known)))
    return known.get(text, "")
