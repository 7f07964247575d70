"""Saved web page (网页): the report without navigation, share buttons, neighbours and the licence tail.

The page is cut into lines. Prose counts for the main text, lines of links count against it; the best
stretch of lines is the main text, whatever elements hold it (`decisions/0002-reading-web-pages.md`).

Limits:
    A page that loads its text later by script holds none when it is saved as source (C140).
"""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from luoshi.compiler.source import furniture, page_line, text
from luoshi.compiler.source.delivered import Delivered
from luoshi.compiler.source.page_line import PageLine
from luoshi.kernel.errors import UnreadableError
from luoshi.plan.model import Medium

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_SHORT = 40
_NEUTRAL = -4.0
"""Weight of a short line without links, such as a heading."""
_FURNITURE = -60.0
_LEAST = 60
"""Characters of prose below which a page has no main text."""
_MARKS = re.compile(r"[，。；：、！？,;]")
_REPORT = re.compile(r"工\s*作\s*报\s*告")
_TITLE_SEPARATOR = re.compile(r"\s*[_|\-—–»>]+\s*")


def read(data: bytes) -> Delivered:
    """Return the main text of a saved page, a line a paragraph.

    Raises:
        UnreadableError: Its characters cannot be decoded (C110–C112), or it has no main text (C140).
    """
    root = _parsed(_decoded(data))
    for hidden in (False, True):
        lines = page_line.of(root, hidden=hidden)
        if chosen := _main(lines):
            main = [*_title(root, lines, chosen[0]), *(line.text for line in chosen)]
            return Delivered("\n".join(main) + "\n", Medium.HTML)
    raise UnreadableError("C140")


def _decoded(data: bytes) -> str:
    """Decode by what the bytes are; what the page says of itself decides only where they leave it open."""
    try:
        return text.decode(data)
    except UnreadableError:
        said = _CHARSET.search(data[:4096])
        encoding = said[1].decode("ascii").lower() if said else ""
        known = {
            "gb2312": "gb18030",
            "gbk": "gb18030",
            "gb18030": "gb18030",
            "utf-8": "utf-8",
            "utf8": "utf-8",
            "big5": "big5",
        }
        if encoding not in known:
            raise
        decoded = data.decode(known[encoding], errors="replace")
        if (
            decoded.count("\ufffd") > 20
        ):  # a page is put together from parts; a few bad bytes in a script do not matter
            raise
        return decoded


def _parsed(page: str) -> etree._Element:
    parser = lxml.html.HTMLParser(
        no_network=True, remove_pis=True, huge_tree=True
    )  # pages of old editors nest deeply
    try:
        root = lxml.html.document_fromstring(_DECLARATION.sub("", page), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as fault:
        raise UnreadableError("C140") from fault
    return root


def _weight(line: PageLine) -> float:
    """Return how much a line counts for the main text: prose for it, links and furniture against it."""
    length = len(line.text.strip())
    if furniture.is_furniture(line.text):
        return _FURNITURE
    if line.linked > 0.3 * length:
        return _FURNITURE - length / 2
    if _MARKS.search(line.text) and (length >= _SHORT or line.text.rstrip()[-1] in "。；：！？!?"):
        return length
    return _NEUTRAL


def _main(lines: list[PageLine]) -> list[PageLine]:
    """Return the stretch of lines with the greatest weight, grown inside the element that holds it."""
    best = total = 0.0
    start = first = last = 0
    for at, line in enumerate(lines):
        total += _weight(line)
        if total <= 0:
            total, start = 0.0, at + 1
        elif total > best:
            best, first, last = total, start, at
    if best < _LEAST:
        return []
    holder = _holder([line.block for line in lines[first : last + 1] if _weight(line) > 0])
    held = set(holder.iter())
    inside = [line.block in held for line in lines]
    while first and inside[first - 1] and lines[first - 1].linked == 0:
        first -= 1
    while last + 1 < len(lines) and inside[last + 1] and not furniture.ends_text(lines[last + 1].text):
        last += 1
    return [line for line in lines[first : last + 1] if _weight(line) >= _NEUTRAL]


def _holder(blocks: list[etree._Element]) -> etree._Element:
    """Return the innermost element that holds all of `blocks`."""
    path = [blocks[0], *blocks[0].iterancestors()]
    depth = {element: at for at, element in enumerate(path)}
    at = 0
    for block in blocks[1:]:
        at = max(
            at, next((depth[element] for element in (block, *block.iterancestors()) if element in depth), at)
        )
    return path[at]


def _title(root: etree._Element, lines: list[PageLine], first: PageLine) -> list[str]:
    """Return the report's title where it stands above the main text."""
    at = next(index for index, line in enumerate(lines) if line is first)
    if any(_REPORT.search(line.text) and len(line.text) <= 60 for line in lines[at : at + 4]):
        return []
    above = [
        line.text
        for line in lines[max(at - 15, 0) : at]
        if not line.linked and len(line.text) <= 60 and _REPORT.search(line.text)
    ]
    if above:
        return above[-1:]
    named = root.findtext(".//title") or ""
    return [part for part in _TITLE_SEPARATOR.split(named.strip()) if _REPORT.search(part)][:1]
