"""The breakdown as a workbook (Excel 工作簿): one sheet of commitments, one of targets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from luoshi.brief.cell import for_workbook, is_formula
from luoshi.brief.decomposition import COLUMNS, TARGET_COLUMNS, Decomposition
from luoshi.brief.wording import word

WIDTHS = {
    "number": 6,
    "task": 40,
    "targets": 28,
    "deliverables": 26,
    "official": 9,
    "lead": 13,
    "supporting": 14,
}
WIDTHS |= {
    "deadline": 11,
    "source": 10,
    "task_number": 6,
    "indicator": 26,
    "comparator": 11,
    "value": 10,
    "upper": 8,
}
WIDTHS |= {"unit": 9, "kind": 9, "base_period": 10, "judged_as": 13, "course": 10, "text": 30}
"""Widths of columns in characters of a digit; a Chinese character takes two."""
_CENTRED = {"number", "official", "deadline", "source", "task_number", "comparator", "unit", "kind"}
_LINE = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD_FILL = PatternFill("solid", fgColor="1F4E79")
_DRAFT_FONT = Font(name="仿宋", size=11, bold=True, color="C00000")
_BODY_FONT = Font(name="仿宋", size=10.5)
_HEAD_ROW = 3


def to_xlsx(decomposition: Decomposition, *, made_at: datetime | None = None) -> bytes:
    """Return the workbook's bytes.

    Args:
        decomposition: The document.
        made_at: Moment to write into the file's properties, in UTC without a zone.
    """
    book = Workbook()
    first = book.active
    language = decomposition.language
    rows = [row.cells() for row in decomposition.rows]
    _fill(first, decomposition, "sheet_commitments", COLUMNS, rows)
    _fill(book.create_sheet(), decomposition, "sheet_targets", TARGET_COLUMNS, decomposition.targets)
    book.properties.title = decomposition.title
    book.properties.creator = "Luoshi"
    book.properties.language = "zh-CN" if language == "zh" else "en"
    if made_at is not None:
        book.properties.created = book.properties.modified = made_at
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(
    sheet: Worksheet,
    decomposition: Decomposition,
    name: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[int | str | Decimal | None]],
) -> None:
    sheet.title = word(name, decomposition.language)
    last = get_column_letter(len(columns))
    _write_heading(sheet, decomposition, last)
    for place, (column, label) in enumerate(zip(columns, decomposition.headings(columns), strict=True), 1):
        cell = sheet.cell(_HEAD_ROW, place, label)
        cell.font = Font(name="黑体", size=11, bold=True, color="FFFFFF")
        cell.fill = _HEAD_FILL
        cell.border = _BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS[column]
    sheet.row_dimensions[_HEAD_ROW].height = 30
    for number, row in enumerate(rows, _HEAD_ROW + 1):
        for place, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            _write(sheet.cell(number, place), column, value)
        sheet.row_dimensions[number].height = _height(columns, row)
    sheet.freeze_panes = sheet.cell(_HEAD_ROW + 1, 3)
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{last}{_HEAD_ROW + len(rows)}"
    _set_up_print(sheet, decomposition, last, _HEAD_ROW + len(rows))


def _write_heading(sheet: Worksheet, decomposition: Decomposition, last: str) -> None:
    for number, (text, font, height) in enumerate(
        (
            (decomposition.title, Font(name="黑体", size=16, bold=True), 32),
            (decomposition.status, _DRAFT_FONT if decomposition.is_draft else Font(name="仿宋", size=11), 20),
        ),
        1,
    ):
        sheet.merge_cells(f"A{number}:{last}{number}")
        cell = sheet.cell(number, 1)
        _set(cell, text)
        cell.font = font
        cell.alignment = Alignment(horizontal="center", vertical="center")
        sheet.row_dimensions[number].height = height


def _write(cell: Any, column: str, value: int | str | Decimal | None) -> None:
    if isinstance(value, str):
        _set(cell, value)
    else:
        cell.value = value
    cell.font = _BODY_FONT
    cell.border = _BORDER
    is_number = column in ("value", "upper") and not isinstance(value, str)
    horizontal = "right" if is_number else "center" if column in _CENTRED else "left"
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)


def _set(cell: Any, text: str) -> None:
    """Put a text into a cell as a text, whatever it begins with."""
    cell.value = for_workbook(text)
    cell.data_type = "s"
    if is_formula(text):
        # Excel shows and keeps the text as it is when someone edits the cell.
        cell.quotePrefix = True


def _height(columns: Sequence[str], row: Sequence[int | str | Decimal | None]) -> float:
    """Return a row's height in points; programs that do not fit rows on opening would cut wrapped text."""
    most = 1
    for column, value in zip(columns, row, strict=True):
        if isinstance(value, str):
            fitting = max(1, WIDTHS[column] - 1)
            lines = sum(-(-max(1, _columns(line)) // fitting) for line in value.split("\n"))
            most = max(most, lines)
    return min(409.0, most * 14.5 + 7)


def _columns(text: str) -> int:
    return sum(1 if character < "\u1100" else 2 for character in text)


def _set_up_print(sheet: Worksheet, decomposition: Decomposition, last: str, end: int) -> None:
    language = decomposition.language
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    sheet.print_area = f"A1:{last}{end}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.75
    sheet.page_margins.footer = 0.3
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = word("page", language, page="&P", pages="&N")
    if decomposition.is_draft:
        # An ampersand begins a code in a footer.
        sheet.oddFooter.right.text = decomposition.status.split(" · ")[0].replace("&", "&&")
