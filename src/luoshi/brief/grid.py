"""A wide table as a Word document or a workbook (宽表): title, status, head on every page, groups, rows."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from luoshi.brief.cell import for_workbook, is_formula
from luoshi.brief.ooxml import cell, element, run
from luoshi.brief.wording import plain, word
from luoshi.kernel.label import Language

BODY, HEAD, LATIN = "仿宋", "黑体", "Times New Roman"
_MARGIN_CM = 1.2
_TWIPS_A_CM = 567
_LINE = Side(style="thin", color="BFBFBF")


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: label, width in cm on paper, whether its cells are centred."""

    label: str
    width_cm: float
    is_centred: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with what stands around it.

    Attributes:
        title: Title.
        status: Line below the title.
        warning: A line that must be seen, such as that figures are simulated; "" for none.
        columns: Columns; their widths fill the page.
        rows: Rows: group heading, and the cells as lines.
        language: Language of page numbers.
    """

    title: str
    status: str
    warning: str
    columns: tuple[GridColumn, ...]
    rows: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    language: Language


def to_docx(grid: Grid) -> bytes:
    """Return the grid as a Word document, A4 landscape."""
    document = Document()
    _set_up_page(document, grid)
    for text, font, size, colour in (
        (grid.title, HEAD, 18, None),
        (grid.status, BODY, 11, None),
        (grid.warning, HEAD, 12, RGBColor(0xC0, 0, 0)),
    ):
        if not text:
            continue
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(4)
        written = _write(paragraph, text, font, size)
        if colour is not None:
            written.font.color.rgb = colour
    table = document.add_table(rows=1, cols=len(grid.columns), style="Table Grid")
    table.autofit = False
    for made, column in zip(table.columns, grid.columns, strict=True):
        # Word goes by the cells, others by the grid.
        made.width = Cm(column.width_cm)
    for head, column in zip(table.rows[0].cells, grid.columns, strict=True):
        head.width = Cm(column.width_cm)
        head.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(head.paragraphs[0], column.label, HEAD, 9.5)
        _shade(head._element, "D9E2F3")
    _mark(table.rows[0]._element, "w:tblHeader")
    group = ""
    body = table._element
    for heading, cells in grid.rows:
        if heading != group:
            group = heading
            body.append(_group_row(heading, grid))
        body.append(_row(cells, grid))
    document.core_properties.title, document.core_properties.author = grid.title, "Luoshi"
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_up_page(document: Any, grid: Grid) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(_MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(1.5)
    section.footer_distance = Cm(0.8)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(9)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    normal.paragraph_format.space_after = Pt(0)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, between, after = word("page", grid.language, page="\0", pages="\0").split("\0")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        if text:
            _write(footer, text, BODY, 9)
        if field:
            footer._p.append(run("1", BODY, latin=LATIN, size=9, field=field))


def _write(paragraph: Any, text: str, font: str, size: float) -> Any:
    made = paragraph.add_run(plain(text))
    made.font.name, made.font.size = LATIN, Pt(size)
    made._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return made


def _cell(lines: tuple[str, ...], width_cm: float, font: str, *, is_centred: bool, span: int = 1) -> Any:
    paragraphs = []
    for line in lines or ("",):
        layout = element("w:pPr")
        if span > 1:
            layout.append(element("w:keepNext"))
        if is_centred:
            layout.append(element("w:jc", val="center"))
        paragraphs.append(element("w:p", layout, run(plain(line), font, latin=LATIN)))
    fill = "F2F2F2" if span > 1 else ""
    return cell(paragraphs, width=round(width_cm * _TWIPS_A_CM), span=span, fill=fill)


def _row(cells: tuple[tuple[str, ...], ...], grid: Grid) -> Any:
    made = element("w:tr", element("w:trPr", element("w:cantSplit")))
    for lines, column in zip(cells, grid.columns, strict=True):
        made.append(_cell(lines, column.width_cm, BODY, is_centred=column.is_centred))
    return made


def _group_row(heading: str, grid: Grid) -> Any:
    width = sum(column.width_cm for column in grid.columns)
    made = _cell((heading,), width, HEAD, is_centred=False, span=len(grid.columns))
    return element("w:tr", element("w:trPr", element("w:cantSplit")), made)


def _mark(row: Any, name: str) -> None:
    row.get_or_add_trPr().append(element(name))


def _shade(cell: Any, colour: str) -> None:
    cell.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=colour))


def to_xlsx(grid: Grid) -> bytes:
    """Return the grid as a workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    last = get_column_letter(len(grid.columns))
    lines = [(grid.title, 16), (grid.status, 11), *([(grid.warning, 12)] if grid.warning else [])]
    for number, (text, size) in enumerate(lines, 1):
        sheet.merge_cells(f"A{number}:{last}{number}")
        made = sheet.cell(number, 1)
        _put(made, text)
        made.font = Font(name=HEAD, size=size, bold=True, color="C00000" if number == 3 else "000000")
        made.alignment = Alignment(horizontal="center", vertical="center")
        sheet.row_dimensions[number].height = size * 2
    head = len(lines) + 1
    border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
    for place, column in enumerate(grid.columns, 1):
        made = sheet.cell(head, place, column.label)
        made.font = Font(name=HEAD, size=10.5, bold=True, color="FFFFFF")
        made.fill = PatternFill("solid", fgColor="1F4E79")
        made.border = border
        made.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(place)].width = column.width_cm * 5.2
    number = head
    group = ""
    for heading, cells in grid.rows:
        number += 1
        if heading != group:
            group = heading
            sheet.merge_cells(f"A{number}:{last}{number}")
            _put(sheet.cell(number, 1), heading)
            sheet.cell(number, 1).font = Font(name=HEAD, size=10.5)
            sheet.cell(number, 1).fill = PatternFill("solid", fgColor="F2F2F2")
            number += 1
        most = 1
        for place, (column, texts) in enumerate(zip(grid.columns, cells, strict=True), 1):
            made = sheet.cell(number, place)
            _put(made, "\n".join(texts))
            made.font = Font(name=BODY, size=10)
            made.border = border
            made.alignment = Alignment(
                horizontal="center" if column.is_centred else "left", vertical="center", wrap_text=True
            )
            fitting = max(1, int(column.width_cm * 5.2) - 1)
            wide = sum(
                max(1, -(-sum(1 if sign < "\u1100" else 2 for sign in text) // fitting)) for text in texts
            )
            most = max(most, wide)
        sheet.row_dimensions[number].height = min(409, most * 14 + 6)
    sheet.freeze_panes = f"C{head + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{head}:{head}"
    sheet.oddFooter.center.text = word("page", grid.language, page="&P", pages="&N")
    book.properties.title, book.properties.creator = grid.title, "Luoshi"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _put(made: Any, text: str) -> None:
    made.value = for_workbook(text)
    made.data_type = "s"
    if is_formula(text):
        made.quotePrefix = True
