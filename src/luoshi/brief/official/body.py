"""Blocks of an official document as Word has them (正文、表格、图、数据来源)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from luoshi.brief.official.layout import Layout
from luoshi.brief.official.model import (
    Block,
    Chart,
    Column,
    Document,
    Heading,
    Known,
    Paragraph,
    Row,
    Source,
    SourceList,
    Table,
)
from luoshi.brief.official.numbering import HeadingCounter, day_written, entries_written
from luoshi.brief.official.opening import SIMULATED
from luoshi.brief.ooxml import cell, element

TWIPS_PER_MM = 1440 / 25.4
_HEAD_FILL = "EDEDED"
_CELL_ABOVE, _CELL_BESIDE = 40, 60
_LONGEST_SHOWN = 24
"""Characters of a figure that the list of sources repeats; a whole sentence is read where it stands."""
Drawn = Callable[[Chart], Any]
"""Puts a chart into the file and returns the run that shows it."""


class Body:
    """Makes the blocks of one document, headings counted as they come."""

    def __init__(self, document: Document, layout: Layout, draw: Drawn) -> None:
        self._document, self._layout, self._draw = document, layout, draw
        self._tables, self._charts = 0, 0

    def elements(self, blocks: Sequence[Block]) -> list[Any]:
        """Return what some blocks print; numbers of headings begin anew."""
        counter = HeadingCounter()
        made: list[Any] = []
        for block in blocks:
            match block:
                case Heading():
                    made.append(self._heading(block, counter))
                case Paragraph(text=text):
                    indent = self._layout.format.body.indent_characters
                    made.append(self._layout.paragraph(*self._layout.runs(text), indent=indent))
                case Table():
                    made += self._table(block)
                case Chart():
                    made += self._chart(block)
                case SourceList():
                    made += self._sources()
        return made

    def _heading(self, heading: Heading, counter: HeadingCounter) -> Any:
        layout = self._layout
        font = layout.format.fonts.heading[heading.level - 1]
        number = layout.run(counter.number(heading.level), font)
        indent = layout.format.body.indent_characters
        return layout.paragraph(
            number, *layout.runs(heading.text, font), indent=indent, keeps_next=True, outline=heading.level
        )

    def _caption(self, text: str, *more: Any, keeps_next: bool) -> Any:
        layout = self._layout
        return layout.paragraph(
            layout.run(text, layout.format.fonts.strong, size=layout.format.sizes.imprint),
            *more,
            align="center",
            keeps_next=keeps_next,
        )

    def _table(self, table: Table) -> list[Any]:
        made = []
        if table.title:
            self._tables += 1
            made.append(self._caption(f"表{self._tables}　{table.title}", keeps_next=True))
        return [*made, self._grid(table.columns, table.rows), self._gap()]

    def _gap(self) -> Any:
        """Return a narrow line, without which what follows would touch the table."""
        return self._layout.paragraph(pitch=self._layout.format.grid.pitch // 3)

    def _grid(self, columns: Sequence[Column], rows: Sequence[Row]) -> Any:
        widths = _fitted(columns, self._layout.format.page.measure)
        grid = element("w:tblGrid", *(element("w:gridCol", w=str(width)) for width in widths))
        made = element("w:tbl", self._properties(sum(widths)), grid)
        is_form = not any(column.label for column in columns)
        if not is_form:
            made.append(self._head_row(columns, widths))
        for number, row in enumerate(rows, 1):
            made.append(self._row(columns, widths, row, number, is_form=is_form))
        return made

    def _properties(self, width: int) -> Any:
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        lines = (element(f"w:{side}", val="single", sz="4", space="0", color="000000") for side in sides)
        room = (
            ("top", _CELL_ABOVE),
            ("left", _CELL_BESIDE),
            ("bottom", _CELL_ABOVE),
            ("right", _CELL_BESIDE),
        )
        margins = (element(f"w:{side}", w=str(twips), type="dxa") for side, twips in room)
        return element(
            "w:tblPr",
            element("w:tblW", w=str(width), type="dxa"),
            element("w:jc", val="center"),
            element("w:tblBorders", *lines),
            element("w:tblLayout", type="fixed"),
            element("w:tblCellMar", *margins),
        )

    def _head_row(self, columns: Sequence[Column], widths: Sequence[int]) -> Any:
        properties = element("w:trPr", element("w:cantSplit"), element("w:tblHeader"))
        font = self._layout.format.fonts.strong
        cells = [
            cell([self._line([self._small(column.label, font)], "center")], width=width, fill=_HEAD_FILL)
            for column, width in zip(columns, widths, strict=True)
        ]
        return element("w:tr", properties, *cells)

    def _small(self, text: str, font: str = "") -> Any:
        return self._layout.run(text, font, size=self._layout.format.sizes.table)

    def _line(self, runs: Sequence[Any], align: str) -> Any:
        return self._layout.paragraph(*runs, align=align, size=self._layout.format.sizes.table, pitch=0)

    def _row(
        self, columns: Sequence[Column], widths: Sequence[int], row: Row, number: int, *, is_form: bool
    ) -> Any:
        properties = element("w:trPr", element("w:cantSplit"))
        if row.height_mm:
            height = str(round(row.height_mm * TWIPS_PER_MM))
            properties.append(element("w:trHeight", val=height, hRule="atLeast"))
        texts = iter(row.cells)
        templates = [str(number) if column.is_ordinal else next(texts) for column in columns]
        last = {
            source: place
            for place, template in enumerate(templates)
            for source in self._layout.marks.sources_in([template])
        }
        sizes = self._layout.format.sizes
        size = sizes.form if is_form else sizes.table
        cells = []
        for place, (column, width, template) in enumerate(zip(columns, widths, templates, strict=True)):
            is_label = is_form and place == 0
            font = self._layout.format.fonts.strong if is_label else ""
            unmarked = [source for source, where in last.items() if where != place]
            align = "center" if column.is_centred or is_label else "left"
            lines = [
                self._line(self._layout.runs(line, font, size=size, unmarked=unmarked), align)
                for line in template.split("\n")
            ]
            cells.append(cell(lines, width=width))
        return element("w:tr", properties, *cells)

    def _chart(self, block: Chart) -> list[Any]:
        self._charts += 1
        mark = self._layout.marks.of_source(block.source)
        chart = block.chart
        unit = f"（{chart.unit}）" if chart.unit else ""
        caption = f"图{self._charts}　{chart.title}{unit}"
        picture = self._layout.paragraph(self._draw(block), align="center", pitch=0, keeps_next=True)
        raised = [self._layout.mark(mark, size=self._layout.format.sizes.imprint)] if mark else []
        return [picture, self._caption(caption, *raised, keeps_next=False)]

    def _sources(self) -> list[Any]:
        """Return the list of what is cited, with the end of the ledger that it can be checked against."""
        document, layout = self._document, self._layout
        ledger = document.ledger
        said = [
            f"本文件的数据取自目标任务台账，截至{day_written(document.as_of)}，"
            f"台账末条为第{ledger.number}条，摘要：{ledger.digest or '—'}。"
        ]
        if document.is_simulated:
            said.append(f"{SIMULATED}：台账中的办理情况为演示而编造。")
        indent = layout.format.body.indent_characters
        made = [layout.paragraph(layout.run(text), indent=indent, align="left") for text in said]
        figures: dict[str, list[str]] = {}
        for figure in document.figures:
            figures.setdefault(figure.source, []).append(figure.text)
        columns = (
            Column(label="标记", width_mm=14, is_centred=True),
            Column(label="内容", width_mm=42),
            Column(label="数据", width_mm=31),
            Column(label="台账条目", width_mm=27),
            Column(label="得知方式", width_mm=14, is_centred=True),
            Column(label="核实方式", width_mm=28, is_centred=True),
        )
        rows = [
            _source_row(number, source, figures.get(source.id, []), document)
            for number, source in enumerate(document.sources, 1)
        ]
        return [*made, self._grid(columns, rows)]


def _source_row(number: int, source: Source, figures: Sequence[str], document: Document) -> Row:
    shown = "；".join(text if len(text) <= _LONGEST_SHOWN else "见正文" for text in dict.fromkeys(figures))
    known = "".join(known.mark for known in source.known)
    if document.is_simulated and Known.SET not in source.known:
        known += f"·{Known.SIMULATED.mark}"
    attested = "、".join(one.label("zh") for one in source.attested)
    lines = [attested, source.method]
    if source.as_of != document.as_of:
        lines.append(f"截至{day_written(source.as_of)}")
    return Row(
        cells=(
            f"[{number}]",
            source.what,
            shown or "见图",
            entries_written(source.entries) or "—",
            known,
            "\n".join(line for line in lines if line) or "—",
        )
    )


def _fitted(columns: Sequence[Column], measure: int) -> list[int]:
    """Return the widths of columns in twips, drawn to the whole width where they take more."""
    widths = [column.width_mm * TWIPS_PER_MM for column in columns]
    scale = min(1.0, measure / sum(widths))
    return [int(width * scale) for width in widths]
