"""How a document writes figures, days and labels (文件用语)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources

import yaml

from luoshi.kernel.label import Language
from luoshi.plan.model import Comparator, Limit, Target, TargetKind

_GROWING = re.compile("(增长|增速|提高|提升|增加|上升|增幅)$")
_SHRINKING = re.compile("(下降|降低|压减|减少|降幅|下降率|缩短)$")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WHOLE = Decimal(100)


@cache
def _words() -> dict[str, dict[str, str]]:
    entry = resources.files("luoshi.brief").joinpath("words.yaml")
    read: dict[str, dict[str, str]] = yaml.safe_load(entry.read_text(encoding="utf-8"))
    return read


def word(name: str, language: Language, /, **values: object) -> str:
    """Return a word of the documents in `language`, filled with `values`."""
    return _words()[name][language].format(**values)


def plain(text: str) -> str:
    """Return text for a cell: without what office files cannot hold, and without the line breaks of the source."""
    text = _ILLEGAL.sub("", text.replace("\u3000", " "))
    # A line break inside a Chinese sentence is layout, between other words it is a space.
    text = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", text)
    return " ".join(text.split())


def number_text(value: Decimal) -> str:
    """Return a number without zeros that say nothing, and without an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day_text(day: date, language: Language, *, year: int) -> str:
    """Return a day as the table of the plan year `year` writes it: ``6月底``, ``3月15日``, ``2027年6月底``."""
    name = "month_end" if day.day == monthrange(day.year, day.month)[1] else "day"
    name += "_this_year" if day.year == year else ""
    return word(name, language, year=day.year, month=day.month, day=day.day)


def figure_text(target: Target, language: Language) -> str:
    """Return the figure with its unit, its comparator and its direction: ``增长6.5%左右``, ``20家以上``."""
    if target.value is None:
        return plain(target.reference)
    figure = number_text(target.value) + target.unit
    if target.upper is not None:
        figure = f"{number_text(target.value)}{target.unit}—{number_text(target.upper)}{target.unit}"
    # 达到100% is as high as it goes; 以上 would be odd.
    is_whole = target.comparator is Comparator.GE and target.unit == "%" and target.value == _WHOLE
    figure = word("reached" if is_whole else target.comparator.value, language, value=figure)
    if target.kind is TargetKind.GROWTH and not _GROWING.search(target.indicator):
        return word("growth", language, value=figure)
    if target.kind is TargetKind.CUT and not _SHRINKING.search(target.indicator):
        return word("cut", language, value=figure)
    return figure


def limit_text(limit: Limit, language: Language) -> str:
    """Return the figure of a procedure's limit: ``75个工作日以内``."""
    return plain(word(limit.comparator.value, language, value=number_text(limit.value) + limit.unit))


def target_text(target: Target, language: Language) -> str:
    """Return indicator and figure."""
    return plain(f"{target.indicator}{word('colon', language)}{figure_text(target, language)}")
