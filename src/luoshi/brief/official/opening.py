"""What stands before the body (版头、标题、主送机关)."""

from __future__ import annotations

from typing import Any

from luoshi.brief.official.layout import TWIPS_PER_POINT, Layout
from luoshi.brief.official.model import Document, Head
from luoshi.brief.official.numbering import number_written

SIMULATED = "模拟数据，仅供演示"
DRAFT = "（草稿，未签发）"
_TITLE_CHARACTERS = 20
"""Characters of 2号 that a line of the title holds."""


def opening(document: Document, layout: Layout, *, is_issued: bool) -> list[Any]:
    """Return the paragraphs above the body.

    Args:
        document: The document.
        layout: Makes the paragraphs.
        is_issued: Whether it is issued; what is not says so below its title.
    """
    made = _head(document.head, layout) if document.head.issuer else _plain_head(document.head, layout)
    fonts, sizes = layout.format.fonts, layout.format.sizes
    if document.head.issuer:
        made += layout.blank(layout.format.title.blank_before)
    for line in title_lines(document.title):
        made.append(
            layout.paragraph(
                layout.run(line, fonts.title, size=sizes.title),
                align="center",
                size=sizes.title,
                pitch=round(sizes.title * TWIPS_PER_POINT * 1.5),
                keeps_next=True,
            )
        )
    notes = ([f"（{SIMULATED}）"] if document.is_simulated else []) + ([] if is_issued else [DRAFT])
    made += [layout.paragraph(layout.run(note, fonts.name), align="center") for note in notes]
    made += layout.blank(layout.format.title.blank_after)
    if document.addressees:
        made.append(layout.paragraph(layout.run("、".join(document.addressees) + "：")))
    return made


def title_lines(title: str) -> list[str]:
    """Return the lines of a title, as broken by hand or else into lines of about one length."""
    if "\n" in title:
        return title.split("\n")
    count = -(-len(title) // _TITLE_CHARACTERS)
    size = -(-len(title) // count)
    return [title[place : place + size] for place in range(0, len(title), size)]


def _first_lines(head: Head, layout: Layout) -> list[Any]:
    strong = layout.format.fonts.strong
    digits = layout.format.head.digits
    lines = [
        layout.run(f"{head.copy_number:0{digits}d}") if head.copy_number else None,
        layout.run(head.secrecy, strong) if head.secrecy else None,
        layout.run(head.urgency, strong) if head.urgency else None,
    ]
    return [layout.paragraph(line, align="left") for line in lines if line is not None]


def _head(head: Head, layout: Layout) -> list[Any]:
    """Return the red head; where the first lines are empty they still take their place, because programs drop space above a page's first line."""
    places, pitch = layout.format.head, layout.format.grid.pitch
    made = _first_lines(head, layout)
    made += layout.blank(places.sign_below // pitch - len(made))
    room = layout.format.page.measure / TWIPS_PER_POINT / len(head.issuer)
    size = max(places.sign_least_size, min(places.sign_size, float(int(room))))
    made.append(
        layout.paragraph(
            layout.run(head.issuer, layout.format.fonts.title, size=size, colour=places.colour),
            align="center",
            before=places.sign_below % pitch,
            pitch=round(size * TWIPS_PER_POINT * 1.2),
        )
    )
    made += layout.blank(places.blank_before_number)
    rule = (places.rule_eighths, places.colour, round(places.rule_below / TWIPS_PER_POINT))
    written = number_written(head.number) if head.number else ""
    if head.signer:
        # A document to a higher office: number at the left, signer at the right, one character in each.
        gap = max(2, layout.format.grid.characters - 2 - len(written) - 4 - len(head.signer))
        runs = [
            layout.run(written + "　" * gap + "签发人："),
            layout.run(head.signer, layout.format.fonts.name),
        ]
        made.append(layout.paragraph(*runs, left=1, right=1, align="left", rule=rule))
    else:
        made.append(layout.paragraph(layout.run(written), align="center", rule=rule))
    return made


def _plain_head(head: Head, layout: Layout) -> list[Any]:
    made = _first_lines(head, layout)
    if head.number:
        made.append(layout.paragraph(layout.run(number_written(head.number)), align="right"))
    return made
