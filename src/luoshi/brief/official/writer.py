"""An official document as a Word file (公文排版).

Standard:
    GB/T 9704—2012《党政机关公文格式》; figures and clauses in ``format.yaml``.

Checked with:
    Page, fonts, sizes, levels, pitch and page numbers read back from the XML against values typed from the standard (tests/unit/brief/test_official_format.py).

Limits:
    The general form alone: no letter, order or minutes. Word reckons what falls on which page, so that the foot of the last page is tied to its lower edge and
    not to a number of lines. Fonts are named, not embedded: a machine without them shows others.
"""

from __future__ import annotations

from io import BytesIO
from math import floor
from typing import Any

from docx import Document as new_document
from docx.oxml.ns import qn
from docx.shared import Pt, Twips

from luoshi.brief.official.body import Body
from luoshi.brief.official.closing import closing, imprint_table
from luoshi.brief.official.drawing import place
from luoshi.brief.official.format import Format, format_on
from luoshi.brief.official.layout import TWIPS_PER_POINT, Layout
from luoshi.brief.official.model import Chart, Document, Paragraph
from luoshi.brief.official.opening import DRAFT, SIMULATED, opening
from luoshi.brief.official.template import Marks
from luoshi.brief.ooxml import element, run, sealed

_FIRST_PAGE_NUMBER = "1"


def to_docx(document: Document, *, is_issued: bool = False) -> bytes:
    """Return a document as a Word file; equal documents give equal bytes.

    Args:
        document: The document.
        is_issued: Whether it is issued; what is not says so below its title and on every page.
    """
    day = document.signature.day if document.signature and document.signature.day else document.as_of
    edition = format_on(day)
    layout = Layout(edition, Marks(document))
    file = new_document()
    _set_up(file, document, edition, is_issued=is_issued)
    charts = 0

    def draw(block: Chart) -> Any:
        nonlocal charts
        charts += 1
        return place(file, block.chart, charts)

    body = Body(document, layout, draw)
    made = opening(document, layout, is_issued=is_issued)
    made += body.elements(document.blocks)
    if document.blocks and isinstance(document.blocks[-1], Paragraph):
        # The signature does not stand on a page without a line of the body (7.3.5.5).
        made[-1].pPr.insert(0, element("w:keepNext"))
    made += closing(document, layout)
    for number, annex in enumerate(document.annexes, 1):
        strong, fonts = edition.fonts.strong, edition.fonts
        label = f"附件{number}" if len(document.annexes) > 1 else "附件"
        made.append(layout.paragraph(layout.run(label, strong), align="left", breaks_page=True))
        made += layout.blank()
        title = layout.run(annex.title, fonts.title, size=edition.sizes.title)
        pitch = round(edition.sizes.title * TWIPS_PER_POINT * 1.5)
        made.append(layout.paragraph(title, align="center", size=edition.sizes.title, pitch=pitch))
        if document.is_simulated:
            made.append(layout.paragraph(layout.run(f"（{SIMULATED}）", fonts.name), align="center"))
        made += layout.blank()
        made += body.elements(annex.blocks)
    if document.imprint is not None:
        # Word would join it to a table before it.
        made.append(layout.paragraph(pitch=TWIPS_PER_POINT))
        made.append(imprint_table(document.imprint, layout))
    # A file of Word ends with a paragraph; it takes no room.
    made.append(layout.paragraph(pitch=TWIPS_PER_POINT))
    root = file.element.body
    section = root.find(qn("w:sectPr"))
    for one in made:
        section.addprevious(one)
    properties = file.core_properties
    properties.title, properties.author, properties.comments = document.title.replace("\n", ""), "Luoshi", ""
    properties.language = "zh-CN"
    properties.last_modified_by = ""
    stream = BytesIO()
    file.save(stream)
    return sealed(stream.getvalue(), made_on=day)


def _set_up(file: Any, document: Document, edition: Format, *, is_issued: bool) -> None:
    section, page = file.sections[0], edition.page
    section.page_width, section.page_height = Twips(page.width), Twips(page.height)
    section.top_margin, section.bottom_margin = Twips(page.top), Twips(page.bottom)
    section.left_margin, section.right_margin = Twips(page.left), Twips(page.right)
    section.footer_distance = Twips(edition.page_number.footer)
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(element("w:docGrid", type="lines", linePitch=str(edition.grid.pitch)))
    _set_up_style(file, edition)
    file.settings.odd_and_even_pages_header_footer = True
    _page_numbers(section.footer, edition, is_odd=True)
    _page_numbers(section.even_page_footer, edition, is_odd=False)
    notes = ([SIMULATED] if document.is_simulated else []) + ([] if is_issued else [DRAFT.strip("（）")])
    for header in (section.header, section.even_page_header):
        paragraph = header.paragraphs[0]._p
        paragraph.get_or_add_pPr().append(element("w:jc", val="center"))
        if notes:
            fonts = edition.fonts
            paragraph.append(run("　".join(notes), fonts.name, latin=fonts.latin, size=10.5))


def _set_up_style(file: Any, edition: Format) -> None:
    normal, fonts = file.styles["Normal"], edition.fonts
    normal.font.name, normal.font.size = fonts.latin, Pt(edition.sizes.body)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), fonts.body)
    normal.paragraph_format.space_after = Pt(0)
    # So many twips less than its own size each character takes, so that the characters of a line fit; a grid of characters is not drawn alike by all programs.
    room = edition.page.measure / edition.grid.characters - edition.sizes.body * TWIPS_PER_POINT
    sizes = normal.element.rPr.find(qn("w:sz"))
    sizes.addprevious(element("w:spacing", val=str(floor(room))))
    for name in ("Header", "Footer"):
        # Their tab stops and grey lines are not of the format.
        file.styles[name].element.get_or_add_pPr().clear()


def _page_numbers(footer: Any, edition: Format, *, is_odd: bool) -> None:
    """Set the page number: — 1 —, at the right of odd and the left of even pages."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]._p
    fonts, size = edition.fonts, edition.sizes.page
    indent = edition.page_number.indent_characters
    twips = str(round(indent * size * TWIPS_PER_POINT))
    properties = paragraph.get_or_add_pPr()
    if is_odd:
        inset = element("w:ind", rightChars=str(indent * 100), right=twips)
    else:
        inset = element("w:ind", leftChars=str(indent * 100), left=twips)
    pitch = str(round(size * TWIPS_PER_POINT))
    properties.append(element("w:snapToGrid", val="0"))
    properties.append(element("w:spacing", before="0", after="0", line=pitch, lineRule="exact"))
    properties.append(inset)
    properties.append(element("w:jc", val="right" if is_odd else "left"))
    for text, field in (("— ", ""), (_FIRST_PAGE_NUMBER, "PAGE"), (" —", "")):
        paragraph.append(run(text, fonts.page, latin=fonts.page, size=size, field=field))
