"""Numbers as reports write them (数字): Arabic and Chinese numerals, fractions, multipliers.

A quantity keeps its value and unit as written (14.2 and 万平方米, 1 and 千亿元); `base_amount` brings two of
them to the same footing.
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {
    "〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5,
    "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
"""Chinese digits and their values."""

POWERS = {"十": 10, "百": 100, "千": 1000}
"""Powers of ten inside a group of four digits."""

MULTIPLIERS = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "十亿": 10**9,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 10**2,
}
"""Multipliers that may open a unit, the longest first where one opens another."""

LONGEST = 40
"""Characters of the longest numeral that is read; what is longer is no number that a person wrote."""

_CHINESE = "".join(DIGITS) + "".join(POWERS)
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_PER = re.compile(rf"(万|千|百|十)分之([{_CHINESE}点]+|\d+(?:\.\d+)?)")
_FRACTION = re.compile(rf"([{_CHINESE}]+)分之([{_CHINESE}]+)")
_DECIMAL = re.compile(rf"([{_CHINESE}]+)点([{''.join(DIGITS)}]+)")
_GROUPED = re.compile(rf"[{_CHINESE}万亿]+")


def parse_numeral(text: str) -> Decimal | None:
    """Return the value of a numeral, or None where the text is not one.

    Arabic digits (with thousands separators and decimals), Chinese numerals up to 万亿, decimals such as
    八点五, fractions such as 三分之二, and 半 are read. 百分之五 is 0.05.

    Example:
        >>> parse_numeral("1,200.5"), parse_numeral("三千二百"), parse_numeral("两万五千"), parse_numeral("半")
        (Decimal('1200.5'), Decimal('3200'), Decimal('25000'), Decimal('0.5'))
    """
    if len(text) > LONGEST:
        return None
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if text == "半":
        return Decimal("0.5")
    if match := _PER.fullmatch(text):
        part = parse_numeral(match[2])
        return None if part is None else part / {"万": 10000, "千": 1000, "百": 100, "十": 10}[match[1]]
    if match := _FRACTION.fullmatch(text):
        below, above = parse_numeral(match[1]), parse_numeral(match[2])
        return above / below if above is not None and below else None
    if match := _DECIMAL.fullmatch(text):
        whole = parse_numeral(match[1])
        digits = "".join(str(DIGITS[character]) for character in match[2])
        return None if whole is None else whole + Decimal("0." + digits)
    return _chinese(text) if _GROUPED.fullmatch(text) else None


def _chinese(text: str) -> Decimal | None:
    """Return the value of a whole Chinese numeral; None where its parts are in no order."""
    for mark, size in (("亿", 10**8), ("万", 10**4)):
        above, found, below = text.rpartition(mark)
        if found:
            head, tail = _chinese(above or "一"), _tail(below, size)
            return None if head is None or tail is None else head * size + tail
    if all(character in DIGITS for character in text):
        if len(text) > 1 and "两" in text:
            return None
        return Decimal("".join(str(DIGITS[character]) for character in text))
    return _group(text)


def _tail(text: str, size: int) -> Decimal | None:
    """Return what follows a 万 or 亿; a lone digit there is the next power (两万五: 25000)."""
    if not text:
        return Decimal(0)
    if len(text) == 1 and text in DIGITS and text != "零":
        return Decimal(DIGITS[text]) * size / 10
    rest = text.removeprefix("零")
    return _chinese(rest) if rest else None


def _group(text: str) -> Decimal | None:
    """Return the value of a numeral below 万, with 十百千."""
    total, digit, last = 0, None, 10**4
    for index, character in enumerate(text):
        if character in POWERS:
            power = POWERS[character]
            if power >= last:
                return None
            total += (1 if digit is None else digit) * power
            last, digit = power, None
        elif DIGITS[character] == 0:
            last, digit = min(last, 100), None
        elif digit is not None:
            return None
        else:
            digit = DIGITS[character]
            if index == len(text) - 1:
                # 一百五 says 150, 一百零五 says 105
                total += digit * (last // 10 if text[index - 1] in POWERS and last > 10 else 1)
    return Decimal(total)


def split_unit(unit: str) -> tuple[int, str]:
    """Return the multiplier that opens a unit and the unit without it.

    Example:
        >>> split_unit("万亩"), split_unit("千亿元"), split_unit("千瓦"), split_unit("家")
        ((10000, '亩'), (100000000000, '元'), (1, '千瓦'), (1, '家'))
    """
    for prefix in sorted(MULTIPLIERS, key=lambda key: -len(key)):
        if unit.startswith(prefix):
            rest = unit[len(prefix) :]
            if prefix in ("千", "百") and rest[:1] in ("瓦", "克", "米", "卡", "伏", "帕", "分", "赫"):
                return 1, unit
            return MULTIPLIERS[prefix], rest
    return 1, unit


def base_amount(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Return the value without the unit's multiplier, and the unit without it."""
    size, plain = split_unit(unit)
    return value * size, plain
