"""The breakdown as comma-separated values (CSV)."""

from __future__ import annotations

import csv
from io import StringIO

from luoshi.brief.cell import for_delimited
from luoshi.brief.decomposition import Decomposition


def to_csv(decomposition: Decomposition) -> bytes:
    """Return the rows with a head line, in UTF-8 with a byte order mark, without which Excel misreads Chinese."""
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(decomposition.headings())
    for row in decomposition.rows:
        writer.writerow([for_delimited(cell) if isinstance(cell, str) else cell for cell in row.cells()])
    return stream.getvalue().encode("utf-8-sig")
