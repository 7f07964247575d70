"""Page numbers (页码) that stand as lines of their own inside a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.compiler.reading.draft import Range

_NUMBER_LINE = re.compile(
    r"^[ \t\u3000]*(?:"
    r"[-—–~·]{1,4}[ \t]*\d{1,4}[ \t]*[-—–~·]{1,4}"
    r"|第[ \t]*\d{1,4}[ \t]*页(?:[ \t]*[,，/]?[ \t]*共[ \t]*\d{1,4}[ \t]*页)?"
    r"|(?P<plain>\d{1,3})"
    r")[ \t\u3000]*(?:\n|\Z)",
    re.MULTILINE,
)
_PAGE = 200
"""Least number of characters between two page numbers; closer ones number the rows of a table."""


def numbers(text: str) -> Iterator[Range]:
    """Yield the lines that number pages: marked as such, or three and more plain ones that rise by one a page."""
    lines = list(_NUMBER_LINE.finditer(text))
    pages = _rising([match for match in lines if match["plain"]])
    return (match.span() for match in lines if not match["plain"] or match.start() in pages)


def _rising(lines: list[re.Match[str]]) -> set[int]:
    found: set[int] = set()
    run: list[re.Match[str]] = []
    for match in [*lines, None]:
        if (
            run
            and match
            and int(match["plain"]) == int(run[-1]["plain"]) + 1
            and match.start() - run[-1].end() >= _PAGE
        ):
            run.append(match)
            continue
        if len(run) >= 3:
            found.update(each.start() for each in run)
        run = [match] if match else []
    return found
