"""Pieces of Office files (Office 文件元素) that every Word document and workbook here is made of."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_MOMENTS = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def element(name: str, *children: Any, **attributes: str) -> Any:
    """Return an element with its attributes, all of the main namespace of Word, and its children."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    for child in children:
        made.append(child)
    return made


def run(
    text: str,
    font: str,
    *,
    latin: str,
    size: float | None = None,
    colour: str = "",
    is_raised: bool = False,
    field: str = "",
) -> Any:
    """Return a run of characters.

    Args:
        text: The characters; of a field, what it shows until it is reckoned.
        font: Font of Chinese characters.
        latin: Font of everything else.
        size: Size in points; None for that of the style.
        colour: Colour as six hexadecimal digits; "" for the style's.
        is_raised: Whether it is set above the line and smaller.
        field: Name of the field that it is (``PAGE``); "" for plain characters.
    """
    # The order of properties is that of the schema.
    properties = element("w:rPr", element("w:rFonts", ascii=latin, hAnsi=latin, eastAsia=font, cs=latin))
    if colour:
        properties.append(element("w:color", val=colour))
    if size is not None:
        half_points = str(round(size * 2))
        properties.append(element("w:sz", val=half_points))
        properties.append(element("w:szCs", val=half_points))
    if is_raised:
        properties.append(element("w:vertAlign", val="superscript"))
    made = element("w:r", properties)
    if field:
        made.append(element("w:fldChar", fldCharType="begin"))
        made.append(_text("w:instrText", f" {field} "))
        made.append(element("w:fldChar", fldCharType="separate"))
        made.append(_text("w:t", text))
        made.append(element("w:fldChar", fldCharType="end"))
    else:
        made.append(_text("w:t", text))
    return made


def _text(name: str, text: str) -> Any:
    made = OxmlElement(name)
    made.text = text
    made.set(qn("xml:space"), "preserve")
    return made


def cell(
    paragraphs: list[Any], *, width: int, fill: str = "", span: int = 1, is_centred_down: bool = True
) -> Any:
    """Return a cell of a table: its paragraphs, width in twips, colour behind them, columns that it takes."""
    properties = element("w:tcPr", element("w:tcW", w=str(width), type="dxa"))
    if span > 1:
        properties.append(element("w:gridSpan", val=str(span)))
    if fill:
        properties.append(element("w:shd", val="clear", color="auto", fill=fill))
    if is_centred_down:
        properties.append(element("w:vAlign", val="center"))
    return element("w:tc", properties, *(paragraphs or [element("w:p")]))


def sealed(data: bytes, *, made_on: date) -> bytes:
    """Return an Office file without the moment at which it was written, so that equal content gives equal bytes.

    Args:
        data: The file.
        made_on: Day to write into its properties.
    """
    moment = f"{made_on.isoformat()}T00:00:00Z".encode()
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(stream, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            content = given.read(name)
            if name == "docProps/core.xml":
                content = _MOMENTS.sub(rb"\g<1>" + moment + rb"\g<3>", content)
            entry = ZipInfo(name, _FIRST_DAY_OF_ZIP)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 0, 0
            made.writestr(entry, content)
    return stream.getvalue()
