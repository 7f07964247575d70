"""Sheets (表格): the rows of a spreadsheet or csv file as texts, read without running anything.

Limits:
    The first sheet alone; 20,000 rows and 60 columns at most. Of a formula the value that was stored with it is read.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.register.fault import RegisterError

MOST_ROWS = 20_000
MOST_COLUMNS = 60
_LARGEST = 60 * 1024 * 1024
"""Bytes that a workbook may have unpacked."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row below the head: its number in the file, and its texts by the name of their column."""

    number: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return the text in a column; "" where there is none."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file, and the letter of each named column."""

    rows: tuple[SheetRow, ...]
    letters: Mapping[str, str]

    def fault(self, code: str, row: SheetRow, column: str, **parameters: object) -> Diagnostic:
        """Return what is wrong with a cell, with its place in the file."""
        place = f"{self.letters.get(column, '')}{row.number}"
        named = {key: str(value) for key, value in parameters.items()}
        return Diagnostic(
            code=code,
            severity=Severity.ERROR,
            parameters={"cell": place, "row": str(row.number), "column": column, "text": row.text(column)}
            | named,
        )


def sheet_of(data: bytes, *, needed: Sequence[str]) -> Sheet:
    """Read a file whose first rows hold the names of its columns.

    Args:
        data: An xlsx workbook, or csv in UTF-8 or GB 18030.
        needed: Columns that must be there; the head is the first row that has them all.

    Raises:
        RegisterError: It is neither xlsx nor csv (R201), too large (R202), or a column is missing (R203).
    """
    grid = _workbook(data) if data.startswith(b"PK") else _delimited(data)
    heads = [[text.strip() for text in row] for row in grid[:20]]
    place = next((at for at, head in enumerate(heads) if all(column in head for column in needed)), None)
    if place is None:
        raise RegisterError("R203", {"columns": "、".join(needed)})
    names = heads[place]
    letters = {name: get_column_letter(at + 1) for at, name in enumerate(names) if name}
    rows = [
        SheetRow(place + 2 + offset, {name: text for name, text in zip(names, texts, strict=False) if name})
        for offset, texts in enumerate(grid[place + 1 :])
        if any(text.strip() for text in texts)
    ]
    return Sheet(tuple(rows), letters)


def _workbook(data: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST:
                raise RegisterError("R202", {"rows": MOST_ROWS})
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise RegisterError("R201") from error
    sheet = book.worksheets[0]
    grid: list[list[str]] = []
    for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
        if len(grid) > MOST_ROWS:
            raise RegisterError("R202", {"rows": MOST_ROWS})
        grid.append([_text(value) for value in row])
    return grid


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case bool():
            return "是" if value else "否"
        case float():
            # A workbook keeps 0.1 as a binary fraction; its shortest form is what the person typed.
            return format(Decimal(repr(value)).normalize(), "f")
        case _:
            return str(value)


def _delimited(data: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise RegisterError("R201")
    if "\x00" in text:
        raise RegisterError("R201")
    grid: list[list[str]] = []
    for row in csv.reader(io.StringIO(text, newline="")):
        if len(grid) > MOST_ROWS:
            raise RegisterError("R202", {"rows": MOST_ROWS})
        grid.append(
            [cell.removeprefix("'") if cell[:2] in ("'=", "'+", "'-", "'@") else cell for cell in row]
        )
    return grid


def day_in(text: str) -> date | None:
    """Return the day that a cell holds: 2026-03-01, 2026/3/1, 2026.3.1 or 2026年3月1日; None where it holds none.

    Example:
        >>> day_in("2026年3月1日"), day_in("2026/3/1"), day_in("三月")
        (datetime.date(2026, 3, 1), datetime.date(2026, 3, 1), None)
    """
    parts = (
        text.strip()
        .replace("年", "-")
        .replace("月", "-")
        .replace("日", "")
        .replace("/", "-")
        .replace(".", "-")
    )
    pieces = parts.split("-")
    if len(pieces) != 3 or not all(piece.strip().isdigit() and piece.strip().isascii() for piece in pieces):
        return None
    try:
        return date(*(int(piece) for piece in pieces))
    except ValueError:
        return None


def decimal_in(text: str) -> Decimal | None:
    """Return the number that a cell holds, thousands separators allowed; None where it holds none."""
    try:
        value = Decimal(text.strip().replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
