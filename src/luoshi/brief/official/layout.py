"""Paragraphs of an official document (段落): what every part of the page is set in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from luoshi.brief.official.format import Format
from luoshi.brief.official.template import Marks, Piece
from luoshi.brief.ooxml import element, run
from luoshi.brief.wording import plain

TWIPS_PER_POINT = 20


class Layout:
    """Makes paragraphs in the format of an edition.

    Attributes:
        format: The edition.
        marks: Marks of the document's sources.
    """

    def __init__(self, edition: Format, marks: Marks) -> None:
        self.format, self.marks = edition, marks

    def paragraph(
        self,
        *runs: Any,
        indent: int = 0,
        left: float = 0,
        right: float = 0,
        size: float | None = None,
        align: str = "both",
        before: int = 0,
        pitch: int | None = None,
        keeps_next: bool = False,
        breaks_page: bool = False,
        rule: tuple[int, str, int] | None = None,
        outline: int = 0,
    ) -> Any:
        """Return a paragraph of runs.

        Args:
            runs: Its runs.
            indent: Characters by which its first line is set in.
            left: Characters by which all of it is set in from the left.
            right: Characters by which it is set in from the right.
            size: Size of these characters in points; None for that of the body.
            align: ``both``, ``left``, ``center`` or ``right``.
            before: Twips above it.
            pitch: Twips of a line; None for the page's, 0 for what the characters need.
            keeps_next: Whether it stays on a page with the next one.
            breaks_page: Whether it begins a page.
            rule: Line below it: eighths of a point, colour, points between; None for none.
            outline: Level in the outline; 0 for none.
        """
        # The order of properties is that of the schema.
        properties = element("w:pPr")
        if keeps_next:
            properties.append(element("w:keepNext"))
        if breaks_page:
            properties.append(element("w:pageBreakBefore"))
        if rule is not None:
            eighths, colour, points = rule
            line = element("w:bottom", val="single", sz=str(eighths), space=str(points), color=colour)
            properties.append(element("w:pBdr", line))
        spacing = {"before": str(before), "after": "0"}
        twips = self.format.grid.pitch if pitch is None else pitch
        if twips:
            spacing |= {"line": str(twips), "lineRule": "exact"}
        else:
            properties.append(element("w:snapToGrid", val="0"))
            spacing |= {"line": "240", "lineRule": "auto"}
        properties.append(element("w:spacing", **spacing))
        points_each = size if size is not None else self.format.sizes.body
        one = points_each * TWIPS_PER_POINT
        inset = {}
        for name, characters in (("firstLine", indent), ("left", left), ("right", right)):
            if characters:
                # Word goes by hundredths of a character, programs that do not know them by twips.
                inset[f"{name}Chars"] = str(round(characters * 100))
                inset[name] = str(round(characters * one))
        if inset:
            properties.append(element("w:ind", **inset))
        properties.append(element("w:jc", val=align))
        if outline:
            properties.append(element("w:outlineLvl", val=str(outline - 1)))
        return element("w:p", properties, *runs)

    def run(self, text: str, font: str = "", *, size: float | None = None, colour: str = "") -> Any:
        """Return a run; the font is that of the body where none is named."""
        fonts = self.format.fonts
        return run(text, font or fonts.body, latin=fonts.latin, size=size, colour=colour)

    def runs(
        self,
        template: str,
        font: str = "",
        *,
        size: float | None = None,
        unmarked: Sequence[str] = (),
    ) -> list[Any]:
        """Return the runs of a template, marks of sources raised after their figures."""
        made = []
        for piece in self.marks.pieces(template, unmarked=unmarked):
            made += self._piece(piece, font, size)
        return made

    def _piece(self, piece: Piece, font: str, size: float | None) -> list[Any]:
        made = [self.run(plain_inside(piece.text), font, size=size)] if piece.text else []
        if piece.mark:
            made.append(self.mark(piece.mark, font, size=size))
        return made

    def mark(self, number: int, font: str = "", *, size: float | None = None) -> Any:
        """Return the raised mark of a source."""
        fonts = self.format.fonts
        return run(f"[{number}]", font or fonts.body, latin=fonts.latin, size=size, is_raised=True)

    def blank(self, lines: int = 1, *, keeps_next: bool = False) -> list[Any]:
        """Return blank lines of the page's pitch."""
        return [self.paragraph(keeps_next=keeps_next) for _line in range(lines)]


def plain_inside(text: str) -> str:
    """Return words without what office files cannot hold, spaces at their ends kept."""
    if not text.strip():
        return text
    before = " " if text[0] == " " else ""
    after = " " if text[-1] == " " else ""
    return before + plain(text) + after
