"""Traces of markup (标记残留) that conversions leave in a text: ``**``, ``#``, table bars, entities.

Checked with:
    Published reports: six in ten that had gone through Markdown keep its asterisks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.compiler.reading.draft import Range

_TRACE = re.compile(
    r"\*{2,}"  # **bold**
    r"|(?m:^[ \t\u3000]*#{1,6}(?=[ \t\u3000]|\*\*|[一-鿿]))"  # ## heading; 3# is a berth
    r"|(?m:^[ \t\u3000]*(?:[-*_=][ \t\u3000]?){3,}$)"  # a rule across the page
    r"|(?m:^[ \t\u3000]*\|[ \t\u3000|:-]+$)"  # | --- | --- |
    r"|(?m:^[ \t\u3000]*\|)|(?m:\|[ \t\u3000]*$)"  # outer bars of a table row
    r"|(?<=\[)\^(?=\d+\])"  # [^12]
    r"|(?<=PM)_(?=2\.5|10)"  # PM_2.5
    r"|\\(?=[*_“”\"\[\]().#+!-])"  # \“
)
_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|#160|#12288);")
_LOST_SPACES = re.compile(r"\?{2,}(?![”\"'’）)])")
_BAR = re.compile(r"(?m)(?<=[ \t\u3000])\|(?=[ \t\u3000])")


def without_entities(text: str) -> str:
    """Return `text` with spaces for the entities of spaces and for the ``??`` that lost ones leave, tabs for bars.

    A space of a web page that an encoding did not have comes out as a question mark; several in a row are
    never a question in such a text.
    """
    text = _ENTITY.sub(lambda match: " " * len(match.group()), text)
    text = _LOST_SPACES.sub(lambda match: " " * len(match.group()), text)
    return _BAR.sub("\t", text)


def ranges(text: str) -> Iterator[Range]:
    """Yield the ranges of the traces to drop."""
    return (match.span() for match in _TRACE.finditer(text))
