"""Paragraph styles (段落样式) of a Word document, as far as they bear on its text: numbers and the table of contents."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from luoshi.compiler.source.numbering import child, local, value


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style.

    Attributes:
        list: Identity of the list that numbers its paragraphs, or "".
        level: Level in that list, or "".
        is_contents: Whether it is for lines of the table of contents.
    """

    list: str = ""
    level: str = ""
    is_contents: bool = False


def of(root: etree._Element | None) -> dict[str, Style]:
    """Read the styles part of a document; a style has its base's list where it has none of its own."""
    elements = (
        {value(each, "styleId"): each for each in root if local(each) == "style"} if root is not None else {}
    )
    return {name: _style(name, elements) for name in elements}


def _style(name: str, elements: dict[str, etree._Element]) -> Style:
    shown = value(child(elements[name], "name")).lower()
    seen: set[str] = set()
    while name in elements and name not in seen:
        seen.add(name)
        numbers = child(elements[name], "pPr", "numPr")
        if numbers is not None and (number := value(child(numbers, "numId"))):
            return Style(number, value(child(numbers, "ilvl")), shown.startswith("toc "))
        name = value(child(elements[name], "basedOn"))
    return Style(is_contents=shown.startswith("toc "))
