"""Rows of a table (表格行) as lines of text: one line a row where it holds data, line after line where it is layout."""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST_CELL = 400
"""Characters; a longer cell is a column of a page, not data."""


def is_data(cells: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row holds data: two and more cells with text, none of them a column of the page."""
    filled = [cell for cell in cells if any(line.strip() for line in cell)]
    return len(filled) > 1 and all(sum(map(len, cell)) <= _LONGEST_CELL for cell in filled)


def joined(cells: Sequence[Sequence[str]]) -> str:
    """Return the row as one line: cells apart by a tab, paragraphs inside a cell by a space."""
    return "\t".join(" ".join(line.strip() for line in cell if line.strip()) for cell in cells).strip("\t")
