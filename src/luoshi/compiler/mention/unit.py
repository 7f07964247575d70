"""Units of numbers (单位): what follows a numeral, and ranges."""

from __future__ import annotations

import re
from decimal import Decimal

from luoshi.catalogue.measure import dimension_of, longest_unit
from luoshi.compiler.mention.model import Mention
from luoshi.kernel.quantity import parse_numeral

_MULTIPLIER = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百)"

ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"

_DASH = r"(?:[—－～~–至到]|--?|——)"

NEXT = re.compile(
    rf"(?P<mult1>{_MULTIPLIER})?(?P<unit1>%|‰|个百分点|[^\d，。；：、（）“”\s—－～~–至到\-]{{1,5}}?)?{_DASH}(?P<upper>{ARABIC})(?![\d年月日])"
)

_TAIL = re.compile(rf"(?P<more>余|多)?(?P<mult>{_MULTIPLIER})?(?P<more2>余|多)?")

_PERSON_NOUNS = frozenset("民才工行类员大")

_UNKNOWN_UNIT = re.compile(r"(?P<unit>[^\W\d_a-zA-Z])(?=以上|以内|左右|[，。；、])")

_NO_UNIT = frozenset("年月日号级期等的和与及至到多余时点一二三四五六七八九十在于以是要将并大以")


def is_range(low: str, around: re.Match[str], value: Decimal | None) -> bool:
    """Tell whether a dash leads to the upper number of a range."""
    upper = parse_numeral(around["upper"])
    if value is None or upper is None:
        return False
    unit = around["unit1"] or ""
    if unit and not dimension_of((around["mult1"] or "") + unit):
        return False
    return upper > value and not (len(low) == 4 and value > 1900 and not unit)


def with_unit(
    text: str,
    begin: int,
    number_end: int,
    stop: int,
    value: Decimal | None,
    upper: Decimal | None,
    *,
    is_chinese: bool,
) -> Mention:
    """Make a mention of a numeral and the unit after it, with 余 or 多 and a multiplier between."""
    tail = _TAIL.match(text, number_end, stop)
    more, multiplier, vague, unit_at = None, "", False, number_end
    if tail:
        more, multiplier = tail["more"], tail["mult"] or ""
        vague = bool(more or tail["more2"])
        unit_at = tail.end()
    # 公里 opens with no multiplier, but 千瓦 and 百分点 do: the unit alone may be longer than multiplier and rest.
    whole = longest_unit(text, number_end, stop)
    unit = longest_unit(text, unit_at, stop) or _unknown_unit(text, unit_at, stop)
    if whole and not more and len(whole) > len(multiplier) + (0 if vague else len(unit)):
        return Mention(
            begin,
            number_end + len(whole),
            number_end,
            value,
            upper,
            whole,
            dimension_of(whole),
            is_chinese=is_chinese,
        )
    if unit == "人" and text[unit_at + 1 : unit_at + 2] in _PERSON_NOUNS:
        unit = ""
    end = unit_at + len(unit)
    if unit in ("%", "‰") and text[end : end + 1] == "以":
        end = unit_at + 1
    return Mention(
        begin,
        end,
        number_end,
        value,
        upper,
        multiplier + unit,
        (dimension_of(unit) or "thing") if unit else "",
        is_vague=vague,
        is_chinese=is_chinese,
    )


def _unknown_unit(text: str, at: int, stop: int) -> str:
    """Return a measure word that the catalogue lacks: one character between the number and the item's end (1亿棒以上)."""
    match = _UNKNOWN_UNIT.match(text, at, min(at + 4, len(text)))
    if match is None or match["unit"] in _NO_UNIT or match.end("unit") > stop:
        return ""
    return match["unit"]
