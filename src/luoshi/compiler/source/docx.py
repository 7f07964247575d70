"""Word document (Word 文档): its text in document order, as a reader sees it.

Paragraphs with their automatic numbers, tables row by row, text boxes after the paragraph that
holds them, notes at the end. Not read: tracked deletions, hidden text, headers and footers, the table of contents, which says
every heading twice.

python-docx gives no tracked insertions, content controls, text boxes, numbers or notes; so the
XML is walked here (ISO/IEC 29500-1, clauses 17.3, 17.9, 17.11, 17.13).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from luoshi.compiler.source import numbering, package, row, style
from luoshi.compiler.source.delivered import Delivered
from luoshi.compiler.source.numbering import Numbering, child, local, value, whole
from luoshi.compiler.source.style import Style
from luoshi.kernel.errors import UnreadableError
from luoshi.plan.model import Medium

_UNREAD = frozenset(
    ("del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "instrText", "delText", "Fallback")
)
_NOTE = re.compile(r"\d{1,3}")
_OFF = frozenset(("0", "false", "off"))
_RELATIONSHIPS = "_rels/.rels"


def read(data: bytes) -> Delivered:
    """Return the text of a document, a line a paragraph.

    Raises:
        UnreadableError: It is damaged, locked, hostile (C120–C123) or without text (C124).
    """
    parts = package.opened(data)
    main = _main_part(parts.part(_RELATIONSHIPS))
    root = parts.part(main)
    body = child(root, "body")
    if body is None:
        raise UnreadableError("C121")
    folder = main.rpartition("/")[0] + "/"
    reader = _Reader(
        numbering.of(parts.part(folder + "numbering.xml")), style.of(parts.part(folder + "styles.xml"))
    )
    lines = reader.lines(body)
    for kind in ("footnote", "endnote"):
        lines += reader.note_lines(kind, parts.part(f"{folder}{kind}s.xml"))
    if not any(line.strip() for line in lines):
        raise UnreadableError("C124")
    return Delivered("\n".join(lines) + "\n", Medium.DOCX)


def _main_part(relationships: etree._Element | None) -> str:
    """Return the name of the part that holds the document's body."""
    for each in relationships if relationships is not None else ():
        if value(each, "Type").endswith("/officeDocument"):
            return value(each, "Target").lstrip("/")
    return "word/document.xml"


@dataclass(slots=True)
class _Paragraph:
    """Text of a paragraph while its runs are read, and the lines of its text boxes."""

    parts: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)


class _Reader:
    """Reads blocks and runs of one document."""

    def __init__(self, numbers: Numbering, styles: dict[str, Style]) -> None:
        self.numbers = numbers
        self.styles = styles
        self.notes: dict[str, dict[str, int]] = {"footnote": {}, "endnote": {}}
        self.unfinished = ""  # of a paragraph whose end was deleted

    def lines(self, container: etree._Element) -> list[str]:
        """Return the lines of the paragraphs and tables in `container`."""
        lines: list[str] = []
        for block in container:
            match local(block):
                case "p":
                    lines += self._paragraph(block)
                case "tbl":
                    lines += self._table(block)
                case "sdt":
                    gallery = value(child(block, "sdtPr", "docPartObj", "docPartGallery"))
                    if gallery != "Table of Contents" and (content := child(block, "sdtContent")) is not None:
                        lines += self.lines(content)
                case "ins" | "moveTo" | "customXml" | "smartTag" | "Choice":
                    lines += self.lines(block)
                case "AlternateContent":
                    lines += self.lines(block)
        return lines

    def note_lines(self, kind: str, root: etree._Element | None) -> list[str]:
        """Return the notes that the text refers to, each after its number in brackets."""
        elements = {value(each, "id"): each for each in root} if root is not None else {}
        return [
            f"[{number}]" + "\n".join(self.lines(elements[key])).strip()
            for key, number in self.notes[kind].items()
            if key in elements
        ]

    def _paragraph(self, element: etree._Element) -> list[str]:
        properties = child(element, "pPr")
        name = value(child(properties, "pStyle"))
        if self.styles.get(name, Style()).is_contents:
            return []
        paragraph = _Paragraph()
        self._runs(element, paragraph)
        text = "".join(paragraph.parts)
        number = self._number(properties, name)
        text = self.unfinished + (number + text if text.strip() else text)
        self.unfinished = ""
        if child(properties, "rPr", "del") is not None:
            self.unfinished = text
            return paragraph.boxes
        return [*text.split("\n"), *paragraph.boxes]

    def _number(self, properties: etree._Element | None, name: str) -> str:
        """Return the automatic number of a paragraph, counted on even where the paragraph is empty."""
        own = child(properties, "numPr")
        styled = self.styles.get(name, Style())
        number = value(child(own, "numId")) or styled.list
        if not number or number == "0":
            return ""
        level = value(child(own, "ilvl")) or styled.level
        shown = self.numbers.next(
            number, whole(level) if level else self.numbers.level_of_style(number, name)
        )
        return shown + " " if shown[-1:].isalnum() else shown

    def _runs(self, element: etree._Element, paragraph: _Paragraph, *, is_raised: bool = False) -> None:
        for each in element:
            name = local(each)
            if name in _UNREAD or not name:
                continue
            match name:
                case "t":
                    paragraph.parts.append(
                        _note_in_brackets(each.text or "", paragraph) if is_raised else each.text or ""
                    )
                case "tab" | "ptab":
                    paragraph.parts.append("\t")
                case "br" | "cr":
                    paragraph.parts.append("\n")
                case "noBreakHyphen":
                    paragraph.parts.append("-")
                case "footnoteReference" | "endnoteReference":
                    paragraph.parts.append(
                        f"[{self._note(name.removesuffix('Reference'), value(each, 'id'))}]"
                    )
                case "r":
                    if not _is_on(child(each, "rPr", "vanish")):
                        raised = value(child(each, "rPr", "vertAlign")) == "superscript"
                        self._runs(each, paragraph, is_raised=raised)
                case "txbxContent":
                    paragraph.boxes += self.lines(each)
                case _:
                    self._runs(each, paragraph)

    def _note(self, kind: str, key: str) -> int:
        notes = self.notes[kind]
        return notes.setdefault(key, len(notes) + 1)

    def _table(self, table: etree._Element) -> list[str]:
        lines: list[str] = []
        for each in _descend(table, "tr"):
            if child(each, "trPr", "del") is not None:
                continue
            cells = [self.lines(cell) for cell in _descend(each, "tc")]
            lines += [row.joined(cells)] if row.is_data(cells) else [line for cell in cells for line in cell]
        return lines


def _descend(element: etree._Element, name: str) -> list[etree._Element]:
    """Return the children of that name, those in content controls and tracked insertions included."""
    found: list[etree._Element] = []
    for each in element:
        if local(each) == name:
            found.append(each)
        elif local(each) in ("sdt", "sdtContent", "ins", "customXml"):
            found += _descend(each, name)
    return found


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and value(element) not in _OFF


def _note_in_brackets(text: str, paragraph: _Paragraph) -> str:
    """Put a raised number in brackets, as the number of a note; m² stays a unit."""
    before = "".join(paragraph.parts[-1:])[-1:]
    is_unit = before.isascii() and before.isalpha()
    return f"[{text}]" if _NOTE.fullmatch(text) and not is_unit else text
