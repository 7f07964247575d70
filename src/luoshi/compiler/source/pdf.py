"""PDF document (PDF 文档): its text line by line, without what every page repeats.

Lines stay broken as on the page; `luoshi.compiler.reading` joins them. A line that is set in is
given ideographic spaces, as many as it is set in by: the indent says where a paragraph begins.

Limits:
    Columns side by side come in the order in which the file draws them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import PdfiumError, raw

from luoshi.compiler.source.delivered import Delivered
from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.kernel.errors import UnreadableError
from luoshi.plan.model import Medium

MOST_PAGES = 1500
_LEAST_TEXT = 12
"""Characters a page; fewer are a page number or a stamp on a scanned page."""
_MARGIN_LINES = 2
"""Lines at the top and at the bottom of a page among which those that every page repeats are looked for."""
_WIDEST_INDENT = 12
_HYPHEN = 2
"""What PDFium gives for a hyphen at a line's end."""
_LOST = "\ufffd"
_LINE = re.compile(r"[^\s][^\r\n]*")
_DIGITS = re.compile(r"\d+|[一二三四五六七八九十]+")
_PAGE_NUMBER = re.compile(
    r"[\s\-—–―·~]*(?:第?\s*\d{1,4}\s*页?(?:\s*[,，/／]?\s*共?\s*\d{1,4}\s*页?)?)[\s\-—–―·~]*"
)
_READABLE = re.compile(
    r"[\u0020-\u007e\u00b7\u2010-\u2027\u2030\u2100-\u2bff\u2e80-\u9fff\uf900-\ufaff\ufe10-\ufe6f\uff00-\uffef]"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a page: its characters, its left edge and the size of its first character, in points."""

    text: str
    left: float
    size: float


def read(data: bytes) -> Delivered:
    """Return the text of a document.

    Raises:
        UnreadableError: It is locked (C130), damaged (C131), scanned (C132), without character codes (C133)
            or of too many pages (C134).
    """
    document = _opened(data)
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise UnreadableError("C134", {"pages": count, "limit": MOST_PAGES})
        pages = [_rows(document, at) for at in range(count)]
    except PdfiumError as fault:
        raise UnreadableError("C131") from fault
    finally:
        document.close()
    return Delivered(_text(pages), Medium.PDF, _blank_pages(pages))


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
        len(document)
    except PdfiumError as fault:
        raise UnreadableError("C130" if "password" in str(fault).lower() else "C131") from fault
    return document


def _rows(document: pypdfium2.PdfDocument, at: int) -> list[_Row]:
    """Return the lines of one page, in the order in which the file draws them."""
    page = document[at]
    content = page.get_textpage()
    try:
        text = "".join(_character(content, index) for index in range(content.count_chars()))
        rows = []
        for match in _LINE.finditer(text):
            left, bottom, right, top = content.get_charbox(match.start(), loose=True)
            shown = match.group().rstrip().encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            rows.append(_Row(shown, left, max(top - bottom, right - left, 1.0)))
        return rows
    finally:
        content.close()
        page.close()


def _character(content: pypdfium2.PdfTextPage, index: int) -> str:
    """Return the character at `index`, one for one, so that indexes stay those of the page's boxes."""
    code = raw.FPDFText_GetUnicode(content, index)
    if code == _HYPHEN:
        return "-"
    return chr(code) if 0 < code <= 0x10FFFF else _LOST


def _text(pages: Sequence[Sequence[_Row]]) -> str:
    """Return the text of all pages without what every page repeats.

    Raises:
        UnreadableError: There is too little text, or none that can be read (C132, C133).
    """
    characters = "".join(row.text for rows in pages for row in rows)
    if len(characters) < _LEAST_TEXT * len(pages):
        raise UnreadableError("C132", {"pages": len(pages)})
    if len(_READABLE.findall(characters)) < 0.7 * len(characters):
        raise UnreadableError("C133")
    repeated = _repeated(pages)
    lines: list[str] = []
    for rows in pages:
        kept = [row for at, row in enumerate(rows) if not _is_margin(rows, at, repeated)]
        edge = _left_edge(kept)
        lines += [_indent(row, edge) + row.text for row in kept]
    return "\n".join(lines) + "\n"


def _shape(text: str) -> str:
    """Return a line with its numbers taken out, so that running heads of different pages compare equal."""
    return _DIGITS.sub("#", re.sub(r"\s", "", text))


def _repeated(pages: Sequence[Sequence[_Row]]) -> set[str]:
    """Return the shapes of lines that stand at the margin of most pages."""
    if len(pages) < 3:
        return set()
    shapes: Counter[str] = Counter()
    for rows in pages:
        shapes.update({_shape(row.text) for row in (*rows[:_MARGIN_LINES], *rows[-_MARGIN_LINES:])})
    return {
        shape for shape, count in shapes.items() if count >= max(3, 0.5 * len(pages)) and len(shape) <= 60
    }


def _is_margin(rows: Sequence[_Row], at: int, repeated: set[str]) -> bool:
    """Tell whether a line is a running head or a page number."""
    if _MARGIN_LINES <= at < len(rows) - _MARGIN_LINES:
        return False
    text = rows[at].text
    if _shape(text) in repeated:
        return True
    return at in (0, len(rows) - 1) and _PAGE_NUMBER.fullmatch(text) is not None


def _left_edge(rows: Sequence[_Row]) -> float:
    """Return where the lines of a page begin: the leftmost place where several do."""
    if not rows:
        return 0.0
    places = Counter(round(row.left / 3) for row in rows)
    common = [place for place, count in places.items() if count >= max(2, 0.15 * len(rows))]
    return 3.0 * min(common, default=min(places))


def _indent(row: _Row, edge: float) -> str:
    """Return ideographic spaces for as far as a line is set in."""
    return "\u3000" * min(max(round((row.left - edge) / row.size), 0), _WIDEST_INDENT)


def _blank_pages(pages: Sequence[Sequence[_Row]]) -> tuple[Diagnostic, ...]:
    """Return a warning where some pages have no text, as scanned ones."""
    blank = [str(at) for at, rows in enumerate(pages, 1) if not rows]
    if not blank:
        return ()
    return (
        Diagnostic(
            code="C170",
            severity=Severity.WARNING,
            parameters={"pages": "、".join(blank[:20]), "count": str(len(blank))},
        ),
    )
