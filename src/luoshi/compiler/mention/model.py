"""A number as it stands in a text (数字)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from luoshi.plan.model import NumberKind


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in the text, in offsets of the text it was looked up in.

    Attributes:
        start: First character.
        end: One past the last, unit included, words such as 以上 not.
        unit_start: First character of the unit with its multiplier; `end` where there is none.
        value: Number as written; None for a label whose value does not matter.
        upper: Upper number of a range.
        unit: Unit as written, multiplier included, or "".
        dimension: What the unit measures, or "".
        label: Why it cannot be a quantity (a name, a date, a part of a word); None where it can.
        is_bare: Whether it is a multiplier without a digit (百亿元, 千亩).
        is_vague: Whether 余 or 多 stands after the number.
        is_chinese: Whether it is written in Chinese numerals.
        word: ``cover`` (全覆盖), ``clear`` (清零), ``zero`` (零事故), ``double`` (翻番), ``half`` (减半), ``whole`` (全部); "" for numerals.
    """

    start: int
    end: int
    unit_start: int
    value: Decimal | None
    upper: Decimal | None = None
    unit: str = ""
    dimension: str = ""
    label: NumberKind | None = None
    is_bare: bool = False
    is_vague: bool = False
    is_chinese: bool = False
    word: str = ""
