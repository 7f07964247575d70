"""Lines of a web page (网页的行): the page's blocks in order, each with what tells prose from navigation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from luoshi.compiler.source import row

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(
    [
        "applet",
        "audio",
        "button",
        "canvas",
        "embed",
        "frame",
        "frameset",
        "head",
        "iframe",
        "input",
        "link",
        "map",
        "meta",
        "noframes",
        "noscript",
        "object",
        "option",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
_HEADINGS = frozenset(("h1", "h2", "h3"))
_SPACES = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTE = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of a page.

    Attributes:
        text: Its characters, runs of white space as one space.
        linked: How many of them are links.
        block: The element that holds it.
        is_heading: Whether it is marked as a heading.
    """

    text: str
    linked: int
    block: etree._Element
    is_heading: bool = False


def of(root: etree._Element, *, hidden: bool = False) -> list[PageLine]:
    """Return the lines of the page in reading order.

    Args:
        root: Any element of a page.
        hidden: Whether to read what the page hides, too.
    """
    return _Walk(hidden).through(root)


class _Walk:
    """A walk through a page that collects its lines."""

    def __init__(self, hidden: bool) -> None:
        self.hidden = hidden
        self.lines: list[PageLine] = []
        self.parts: list[str] = []
        self.linked = 0
        self.links = self.headings = self.preformatted = 0
        self.blocks: list[etree._Element] = []
        self.rows: list[list[int]] = []  # of each open row, the index of each cell's first line
        self.items: list[
            int
        ] = []  # of each open list, the number of its last item; below 0 where it has none

    def through(self, root: etree._Element) -> list[PageLine]:
        self.blocks.append(root)
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start" and self._is_unseen(element):
                walk.skip_subtree()
            elif event == "start":
                self._enter(element, element.tag)
            elif event == "end" and not self._is_unseen(element):
                self._leave(element, element.tag)
            if event != "start" and element is not root:
                self._add(element.tail)
        self._end_line()
        return self.lines

    def _is_unseen(self, element: etree._Element) -> bool:
        if element.tag in _UNSEEN:
            return True
        return not self.hidden and _HIDDEN.search(element.get("style") or "") is not None

    def _enter(self, element: etree._Element, tag: str) -> None:
        if tag in _BLOCKS or tag == "br":
            self._end_line()
        if tag in _BLOCKS:
            self.blocks.append(element)
        self.links += tag == "a" and element.get("href") is not None
        self.headings += tag in _HEADINGS
        self.preformatted += tag == "pre"
        match tag:
            case "tr":
                self.rows.append([])
            case "td" | "th" if self.rows:
                self.rows[-1].append(len(self.lines))
            case "ol" | "ul":
                self.items.append(0 if tag == "ol" and "none" not in (element.get("style") or "") else -1)
            case "li" if self.items and self.items[-1] >= 0:
                self.items[-1] += 1
                self._add(f"{self.items[-1]}.")
        if tag == "sup" and _NOTE.fullmatch((element.text or "").strip()) and len(element) == 0:
            self._add(self._note(element.text or ""))
        else:
            self._add(element.text)

    def _note(self, number: str) -> str:
        """Return the number of a note in brackets, so that it is not read with the word before; m² stays a unit."""
        before = "".join(self.parts[-1:]).rstrip()[-1:]
        return number if before.isascii() and before.isalpha() else f"[{number.strip()}]"

    def _leave(self, element: etree._Element, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_line()
            self.blocks.pop()
        self.links -= tag == "a" and element.get("href") is not None
        self.headings -= tag in _HEADINGS
        self.preformatted -= tag == "pre"
        if tag in ("ol", "ul"):
            self.items.pop()
        elif tag == "tr":
            self._end_row(self.rows.pop(), element)

    def _add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            self.linked += len(text.strip()) if self.links else 0

    def _end_line(self) -> None:
        text = "".join(self.parts)
        for line in text.split("\n") if self.preformatted else [_SPACES.sub(" ", text).strip(" ")]:
            if line.strip():
                self.lines.append(
                    PageLine(line, min(self.linked, len(line)), self.blocks[-1], self.headings > 0)
                )
        self.parts.clear()
        self.linked = 0

    def _end_row(self, starts: list[int], element: etree._Element) -> None:
        if not starts:  # a row without cells, as broken pages have: its lines stay as they are
            return
        ends = [*starts[1:], len(self.lines)]
        cells = [self.lines[start:end] for start, end in zip(starts, ends, strict=True)]
        texts = [[line.text for line in cell] for cell in cells]
        if row.is_data(texts):
            line = PageLine(row.joined(texts), sum(line.linked for cell in cells for line in cell), element)
            self.lines[starts[0] :] = [line]
