"""A document as a page shows it (公文页面): blocks with their words in pieces, and where each figure comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from luoshi.brief.official.model import Block, Chart, Document, Heading, Paragraph, SourceList, Table
from luoshi.brief.official.numbering import HeadingCounter
from luoshi.brief.official.template import Marks, Piece


@dataclass(frozen=True, slots=True)
class Shown:
    """A block on the page: what it is, its level, number and words, its template where it can be edited, its table or chart."""

    id: str
    kind: str
    level: int = 0
    number: str = ""
    pieces: Sequence[Piece] = ()
    template: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Sequence[Piece]]] = field(default_factory=tuple)
    chart: Chart | None = None


def shown(document: Document, blocks: Sequence[Block]) -> Iterator[Shown]:
    """Yield blocks as the page shows them, in order."""
    marks = Marks(document)
    counter = HeadingCounter()
    for block in blocks:
        match block:
            case Heading():
                yield Shown(
                    block.id, "heading", level=block.level, number=counter.number(block.level),
                    pieces=marks.pieces(block.text), template=block.text,
                )  # fmt: skip
            case Paragraph():
                yield Shown(block.id, "paragraph", pieces=marks.pieces(block.text), template=block.text)
            case Table():
                labels = [column.label for column in block.columns]
                yield Shown(
                    block.id,
                    "table",
                    pieces=marks.pieces(block.title),
                    columns=labels if any(labels) else (),
                    rows=_rows(block, marks),
                )
            case Chart():
                yield Shown(block.id, "chart", chart=block)
            case SourceList():
                yield Shown(block.id, "sources")


def _rows(table: Table, marks: Marks) -> list[list[Sequence[Piece]]]:
    is_counted = any(column.is_ordinal for column in table.columns)
    rows: list[list[Sequence[Piece]]] = []
    for place, row in enumerate(table.rows, 1):
        cells: list[Sequence[Piece]] = [marks.pieces(cell) for cell in row.cells]
        if is_counted and len(cells) < len(table.columns):
            cells.insert(0, [Piece(str(place))])
        rows.append(_marked_once(cells))
    return rows


def _marked_once(cells: Sequence[Sequence[Piece]]) -> list[Sequence[Piece]]:
    """Return the cells of a row with each mark where it stands last, as the Word file prints it."""
    seen: set[int] = set()
    found: list[Sequence[Piece]] = []
    for cell in reversed(cells):
        pieces = []
        for piece in reversed(cell):
            pieces.append(Piece(piece.text, 0 if piece.mark in seen else piece.mark))
            seen.add(piece.mark)
        found.append(pieces[::-1])
    return found[::-1]
