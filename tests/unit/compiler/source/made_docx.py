"""Word files made with python-docx, and parts of them written by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NAMESPACES = nsdecls("w") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def of(*paragraphs: str) -> Document:
    """Return a document of plain paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def add(document: Document, xml: str) -> None:
    """Append a block written as XML before the section properties."""
    element = parse_xml(xml.replace(">", f" {NAMESPACES}>", 1))
    document.element.body.insert_element_before(element, "w:sectPr")


def data(document: Document, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return the file's bytes, with some parts replaced or added."""
    saved = io.BytesIO()
    document.save(saved)
    if not parts:
        return saved.getvalue()
    changed = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, text in parts.items():
            new.writestr(name, text)
    return changed.getvalue()


def numbering(*levels: tuple[str, str]) -> str:
    """Return a numbering part: list 1 and list 2 with these levels of format and text; list 2 starts anew."""
    body = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    return (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="7">{body}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    )


def numbered(text: str, level: int, number: int = 1) -> str:
    """Return a paragraph of a list."""
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
    )
