"""Tables as csv and xlsx files that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

# A cell that begins with one of these is taken for a formula by spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(text: str) -> str:
    """Return `text` so that a spreadsheet shows it and does not run it.

    Example:
        >>> neutral("=1+1"), neutral("300亿元")
        ("'=1+1", '300亿元')
    """
    return "'" + text if text.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else text


def attachment(name: str, extension: str) -> str:
    """Return the header that names a file to be downloaded; Chinese names as RFC 6266 writes them."""
    return f"attachment; filename=\"luoshi.{extension}\"; filename*=UTF-8''{quote(f'{name}.{extension}', safe='')}"


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """Return a csv file to be downloaded, with a byte order mark so that Excel reads it as UTF-8."""
    response = StreamingHttpResponse(_encoded(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = attachment(name, "csv")
    return response


def _encoded(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield b"\xef\xbb\xbf"
    for row in chain([head], rows):
        writer.writerow([neutral(cell) for cell in row])
        yield buffer.getvalue().encode("utf-8")
        buffer.seek(0)
        buffer.truncate()


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST = 60
_A4 = 9


def xlsx_answer(
    name: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, marked: str = ""
) -> HttpResponse:
    """Return an xlsx file to be downloaded: one sheet, head in bold and fixed, all cells text, wide pages.

    Args:
        name: Name of the file, without ending.
        head: Titles of the columns.
        rows: The rows.
        marked: Name of the sheet and head of its printed pages, such as that figures are simulated; "" for none.
    """
    kept = [list(row) for row in rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(marked or None)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"
    if marked:
        sheet.oddHeader.center.text = marked
    for number, title in enumerate(head):
        longest = max([len(title), *(len(row[number]) for row in kept)])
        sheet.column_dimensions[get_column_letter(number + 1)].width = min(2 * longest + 2, _WIDEST)
    sheet.append([_cell(sheet, title, is_head=True) for title in head])
    for row in kept:
        sheet.append([_cell(sheet, text) for text in row])
    buffer = io.BytesIO()
    book.save(buffer)
    response = HttpResponse(buffer.getvalue(), content_type=_XLSX)
    response["Content-Disposition"] = attachment(name, "xlsx")
    return response


def _cell(sheet: object, text: str, *, is_head: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=neutral(ILLEGAL_CHARACTERS_RE.sub("", text)))
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if is_head:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EFF8")
    return cell


ANSWERS: dict[str, Callable[[str, Sequence[str], Iterable[Sequence[str]]], HttpResponse]] = {
    "csv": csv_answer,
    "xlsx": xlsx_answer,
}
"""Writers by file extension."""
