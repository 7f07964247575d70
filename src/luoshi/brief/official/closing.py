"""What stands after the body (附件说明、署名、成文日期、附注、版记)."""

from __future__ import annotations

from typing import Any

from luoshi.brief.official.layout import Layout
from luoshi.brief.official.model import Document, Imprint, Signature
from luoshi.brief.official.numbering import day_written
from luoshi.brief.ooxml import cell, element

_NO_DAY = "　　年　月　日"


def closing(document: Document, layout: Layout) -> list[Any]:
    """Return the paragraphs between the body and the annexes."""
    made = _annex_list(document, layout)
    if document.signature is not None:
        made += _signature(document.signature, layout)
    if document.remark:
        indent = layout.format.body.indent_characters
        made.append(layout.paragraph(layout.run(f"（{document.remark}）"), indent=indent))
    return made


def _annex_list(document: Document, layout: Layout) -> list[Any]:
    if not document.annexes:
        return []
    made = layout.blank(layout.format.body.blank_before_annexes, keeps_next=True)
    indent = layout.format.body.indent_characters
    if len(document.annexes) == 1:
        text = f"附件：{document.annexes[0].title}"
        return [*made, layout.paragraph(layout.run(text), indent=indent, keeps_next=True)]
    for number, annex in enumerate(document.annexes, 1):
        if number == 1:
            paragraph = layout.paragraph(
                layout.run(f"附件：{number}. {annex.title}"), indent=indent, keeps_next=True
            )
        else:
            paragraph = layout.paragraph(
                layout.run(f"{number}. {annex.title}"), left=indent + 3, keeps_next=True
            )
        made.append(paragraph)
    return made


def _signature(signature: Signature, layout: Layout) -> list[Any]:
    places = layout.format.signature
    day = day_written(signature.day) if signature.day else _NO_DAY
    width = _characters(day)
    if signature.has_seal:
        blank = layout.blank(places.blank_before_with_seal, keeps_next=True)
        # The name is centred above the day.
        name_right = max(0.0, places.day_with_seal + (width - _characters(signature.unit)) / 2)
        day_right = float(places.day_with_seal)
    else:
        blank = layout.blank(places.blank_before_without_seal, keeps_next=True)
        name_right = float(places.name_without_seal)
        day_right = max(0.0, name_right + _characters(signature.unit) - 2 - width)
        if not day_right:
            # A day longer than the name takes the outer place, and the name is moved in.
            day_right, name_right = (
                float(places.name_without_seal),
                name_right + width - _characters(signature.unit),
            )
    return [
        *blank,
        layout.paragraph(layout.run(signature.unit), align="right", right=name_right, keeps_next=True),
        layout.paragraph(layout.run(day), align="right", right=day_right),
    ]


def _characters(text: str) -> float:
    """Return the width of words in Chinese characters; a digit takes half of one."""
    return sum(0.5 if character < "\u1100" else 1.0 for character in text)


def imprint_table(imprint: Imprint, layout: Layout) -> Any:
    """Return the foot of the last page: a table that stands at the lower edge of the 版心."""
    places, size = layout.format.imprint, layout.format.sizes.imprint
    measure, indent = layout.format.page.measure, layout.format.imprint.indent_characters
    outer, inner = str(places.outer_rule_eighths), str(places.inner_rule_eighths)
    rows = []
    if imprint.copies:
        copies = layout.run(f"抄送：{'，'.join(imprint.copies)}。", size=size)
        paragraph = layout.paragraph(copies, left=indent, right=indent, size=size, keeps_next=True)
        rows.append([cell([paragraph], width=measure, span=2)])
    if imprint.printer or imprint.day:
        left = layout.paragraph(layout.run(imprint.printer, size=size), left=indent, size=size, align="left")
        printed = f"{day_written(imprint.day)}印发" if imprint.day else f"{_NO_DAY}印发"
        right = layout.paragraph(layout.run(printed, size=size), right=indent, size=size, align="right")
        half = measure // 2
        rows.append([cell([left], width=half), cell([right], width=measure - half)])
    borders = element(
        "w:tblBorders",
        element("w:top", val="single", sz=outer, space="0", color="000000"),
        element("w:bottom", val="single", sz=outer, space="0", color="000000"),
        element("w:insideH", val="single", sz=inner, space="0", color="000000"),
    )
    place = element(
        "w:tblpPr",
        leftFromText="0",
        rightFromText="0",
        vertAnchor="margin",
        horzAnchor="margin",
        tblpXSpec="left",
        tblpYSpec="bottom",
    )
    properties = element(
        "w:tblPr",
        place,
        element("w:tblW", w=str(measure), type="dxa"),
        borders,
        element("w:tblLayout", type="fixed"),
        element(
            "w:tblCellMar",
            element("w:left", w="0", type="dxa"),
            element("w:right", w="0", type="dxa"),
        ),
    )
    column = str(measure // 2)
    grid = element("w:tblGrid", element("w:gridCol", w=column), element("w:gridCol", w=column))
    return element("w:tbl", properties, grid, *(element("w:tr", *cells) for cells in rows))
