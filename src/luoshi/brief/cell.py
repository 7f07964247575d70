"""Cells of spreadsheets (单元格): what begins like a formula is text, and nothing is too long."""

from __future__ import annotations

LONGEST = 32_767
"""Characters that a cell of Excel holds."""
# A full-width sign counts too: some programs take ＝ for =. Tab and return let a formula begin after them.
_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet might take the text for a formula."""
    return text.startswith(_BEGINNINGS)


def for_workbook(text: str) -> str:
    """Return the text as a cell of a workbook may hold it."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def for_delimited(text: str) -> str:
    """Return the text as a field of a CSV file: an apostrophe stands before what begins like a formula."""
    return for_workbook("'" + text if is_formula(text) else text)
