"""Automatic numbers (自动编号) of a Word document: 一、 （一） 1. as the reader of the document sees them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

_DIGITS = "〇一二三四五六七八九"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_PLACE = re.compile(r"%([1-9])")
_MOST = 10_000


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first descendant along `path` of local names, or None."""
    for name in path:
        element = (
            next((each for each in element if local(each) == name), None) if element is not None else None
        )
    return element


def local(element: etree._Element) -> str:
    """Return the element's name without its namespace; "" for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: etree._Element | None, name: str = "val") -> str:
    """Return an attribute by its local name, or ""."""
    if element is None:
        return ""
    return next((str(text) for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


def whole(text: str, default: int = 0) -> int:
    """Return the whole number that an attribute gives, or `default` where it gives none."""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else default


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    style: str = ""


@dataclass(slots=True)
class Numbering:
    """Lists of a document and how far each has counted.

    Attributes:
        levels: Levels of each list, by the list's identity in the document.
        shared: Identity of the counter that a list uses; lists of one definition go on counting.
        counts: Numbers reached, by counter.
    """

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def level_of_style(self, number: str, style: str) -> int:
        """Return the level that a list gives to paragraphs of a style; 0 where it gives none."""
        return next((level for level, each in self.levels.get(number, {}).items() if each.style == style), 0)

    def next(self, number: str, level: int) -> str:
        """Count one on and return the number as shown, "" for bullets and unknown lists."""
        levels = self.levels.get(number)
        if not levels or level not in levels:
            return ""
        counts = self.counts[self.shared[number]]
        counts[level] = min(counts.get(level, levels[level].start - 1) + 1, _MOST)
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if levels[level].format in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            definition = levels.get(place, _Level())
            return _shown(counts.get(place, definition.start), definition.format)

        return _PLACE.sub(shown, levels[level].text)


def of(root: etree._Element | None) -> Numbering:
    """Read the numbering part of a document."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstract = {value(each, "abstractNumId"): _levels(each) for each in root if local(each) == "abstractNum"}
    for each in root:
        if local(each) != "num":
            continue
        number = value(each, "numId")
        definition = value(child(each, "abstractNumId"))
        numbering.levels[number] = dict(abstract.get(definition, {}))
        numbering.shared[number] = definition
        for override in (part for part in each if local(part) == "lvlOverride"):
            level = whole(value(override, "ilvl"))
            if (inner := child(override, "lvl")) is not None:
                numbering.levels[number][level] = _level(inner)
            if start := value(child(override, "startOverride")):
                old = numbering.levels[number].get(level, _Level())
                numbering.levels[number][level] = _Level(old.format, old.text, whole(start, 1), old.style)
                numbering.shared[number] = f"{definition}/{number}"
    return numbering


def _levels(abstract: etree._Element) -> dict[int, _Level]:
    return {whole(value(each, "ilvl")): _level(each) for each in abstract if local(each) == "lvl"}


def _level(element: etree._Element) -> _Level:
    return _Level(
        value(child(element, "numFmt")) or "decimal",
        value(child(element, "lvlText")),
        whole(value(child(element, "start")), 1),
        value(child(element, "pStyle")),
    )


def _shown(number: int, form: str) -> str:
    match form:
        case (
            "chineseCounting"
            | "chineseCountingThousand"
            | "ideographTraditional"
            | "taiwaneseCountingThousand"
            | "japaneseCounting"
        ):
            return chinese(number)
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return "".join(_DIGITS[int(digit)] for digit in str(number))
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 1 <= number <= 20:
            return chr(0x245F + number)
        case "lowerLetter" | "upperLetter" if 1 <= number <= 26:
            return chr((96 if form[0] == "l" else 64) + number)
        case "lowerRoman":
            return _roman(number)
        case "upperRoman":
            return _roman(number).upper()
        case "decimalZero":
            return f"{number:02}"
        case _:
            return str(number)


def chinese(number: int) -> str:
    """Return a number below ten thousand in Chinese numerals.

    Example:
        >>> chinese(10), chinese(21), chinese(105)
        ('十', '二十一', '一百〇五')
    """
    digits = [int(digit) for digit in f"{number % 10_000:04}"]
    written = "".join(
        (_DIGITS[digit] + unit if digit else ("〇" if before and any(digits[at + 1 :]) else ""))
        for at, ((before, digit), unit) in enumerate(
            zip(pairwise([0, *digits]), ("千", "百", "十", ""), strict=True)
        )
    )
    return (written[1:] if written.startswith("一十") else written).strip("〇") or _DIGITS[0]


def _roman(number: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        text += letters * (number // size)
        number %= size
    return text
