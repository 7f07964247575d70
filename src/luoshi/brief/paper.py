"""The breakdown as a Word document (Word 文档): A4 landscape, grouped by section, fit to be printed and signed."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from luoshi.brief.decomposition import COLUMNS, Decomposition, Row
from luoshi.brief.ooxml import element, run
from luoshi.brief.wording import word

BODY, HEAD, LATIN = "仿宋", "黑体", "Times New Roman"
WIDTHS_CM = (1.1, 6.8, 4.7, 4.3, 1.8, 2.3, 2.4, 1.7, 2.1)
"""Widths of the columns; with the margins they fill 29.7 cm."""
_CENTRED = {"number", "official", "lead", "supporting", "deadline", "source"}
_MARGIN_CM = 1.25


def to_docx(decomposition: Decomposition, *, made_at: datetime | None = None) -> bytes:
    """Return the document's bytes.

    Args:
        decomposition: The document.
        made_at: Moment to write into the file's properties, in UTC without a zone.
    """
    document = Document()
    _set_up_page(document, decomposition)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(4)
    _write(title, decomposition.title, font=HEAD, size=18)
    status = document.add_paragraph()
    status.alignment = WD_ALIGN_PARAGRAPH.CENTER
    status.paragraph_format.space_after = Pt(6)
    written = _write(status, decomposition.status, font=BODY, size=11)
    if decomposition.is_draft:
        written.font.bold = True
        written.font.color.rgb = RGBColor(0xC0, 0, 0)
    _add_table(document, decomposition)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = decomposition.title, "Luoshi", ""
    if made_at is not None:
        properties.created = properties.modified = made_at
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_up_page(document: Any, decomposition: Decomposition) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(_MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(1.6)
    section.footer_distance = Cm(0.8)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(10)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    normal.paragraph_format.space_after = Pt(0)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, between, after = word("page", decomposition.language, page="\0", pages="\0").split("\0")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        if text:
            _write(footer, text, font=BODY, size=9)
        if field:
            footer._p.append(run("1", BODY, latin=LATIN, size=9, field=field))


def _write(paragraph: Any, text: str, *, font: str, size: float) -> Any:
    made = paragraph.add_run(text)
    made.font.name, made.font.size = LATIN, Pt(size)
    made._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return made


def _add_table(document: Any, decomposition: Decomposition) -> None:
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS_CM, strict=True):
        column.width = Cm(width)
    _pad(table)
    head = table.rows[0]
    for cell, label, width in zip(head.cells, decomposition.headings(), WIDTHS_CM, strict=True):
        cell.width = Cm(width)
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(cell.paragraphs[0], label, font=HEAD, size=10)
        _shade(cell._element, "D9E2F3")
        _centre(cell._element)
    _mark_row(head._element, "w:tblHeader")
    _mark_row(head._element, "w:cantSplit")
    # python-docx finds a row's cells anew each time, which takes minutes for a long table; rows are built from one pattern instead.
    pattern, group = _pattern(table), _group_pattern(table)
    body = table._element
    section: tuple[str, ...] = ()
    for row in decomposition.rows:
        heading = row.section[:2] or (word("no_section", decomposition.language),)
        if heading != section:
            section = heading
            body.append(_group_row(group, "  ".join(heading)))
        body.append(_row(pattern, row))


def _pattern(table: Any) -> Any:
    """Return an empty row whose cells have their widths and middles."""
    row = table.add_row()
    for cell, width in zip(row.cells, WIDTHS_CM, strict=True):
        cell.width = Cm(width)
        _centre(cell._element)
    _mark_row(row._element, "w:cantSplit")
    table._element.remove(row._element)
    return row._element


def _group_pattern(table: Any) -> Any:
    row = table.add_row()
    cell = row.cells[0].merge(row.cells[-1])
    _shade(cell._element, "F2F2F2")
    _mark_row(row._element, "w:cantSplit")
    table._element.remove(row._element)
    return row._element


def _group_row(pattern: Any, text: str) -> Any:
    row = deepcopy(pattern)
    cell = row.findall(qn("w:tc"))[0]
    paragraph = cell.findall(qn("w:p"))[0]
    # The heading of a group stays with its first row.
    properties = paragraph.get_or_add_pPr()
    properties.append(element("w:keepNext"))
    paragraph.append(run(text, HEAD, latin=LATIN))
    return row


def _row(pattern: Any, row: Row) -> Any:
    made = deepcopy(pattern)
    cells = made.findall(qn("w:tc"))
    texts = (
        (str(row.number),),
        (row.task,),
        row.targets,
        row.deliverables,
        (row.official,),
        (row.lead,),
        (row.supporting,),
        (row.deadline,),
        (row.source,),
    )
    for column, cell, lines in zip(COLUMNS, cells, texts, strict=True):
        _fill(cell, lines or ("",), is_centred=column in _CENTRED)
    return made


def _fill(cell: Any, lines: Sequence[str], *, is_centred: bool) -> None:
    first = cell.findall(qn("w:p"))[0]
    empty = deepcopy(first)
    for number, line in enumerate(lines):
        paragraph = first if number == 0 else deepcopy(empty)
        if number:
            cell.append(paragraph)
        if is_centred:
            paragraph.get_or_add_pPr().append(element("w:jc", val="center"))
        paragraph.append(run(line, BODY, latin=LATIN))


def _mark_row(row: Any, name: str) -> None:
    row.get_or_add_trPr().append(element(name))


def _pad(table: Any) -> None:
    """Give the cells room above and below their words, and less beside them than Word does."""
    room = (("top", 50), ("left", 60), ("bottom", 50), ("right", 60))
    margins = element(
        "w:tblCellMar", *(element(f"w:{side}", w=str(twips), type="dxa") for side, twips in room)
    )
    properties = table._element.tblPr
    # The schema wants the margins before the look of the table.
    look = properties.find(qn("w:tblLook"))
    properties.insert(len(properties) if look is None else properties.index(look), margins)


def _centre(cell: Any) -> None:
    cell.get_or_add_tcPr().append(element("w:vAlign", val="center"))


def _shade(cell: Any, colour: str) -> None:
    cell.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=colour))
