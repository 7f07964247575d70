"""Numbers of an official document (序数、日期、字号): headings, Chinese numerals, days, the document's own number.

Standard:
    GB/T 9704—2012: 7.3.3 一、 → （一） → 1. → （1）; 7.2.5 the year in full in 六角括号, the serial number without 第 and without a leading zero; 7.3.5.4 days in Arabic
    digits, the year in full, without leading zeros.
"""

from __future__ import annotations

from datetime import date

from luoshi.brief.official.model import DocumentNumber

LEVELS = 4
_DIGITS = "零一二三四五六七八九"
_MOST = 99


def chinese_numeral(number: int) -> str:
    """Return a number from 1 to 99 in Chinese numerals.

    Raises:
        ValueError: It is none of them.

    Example:
        >>> [chinese_numeral(number) for number in (3, 10, 14, 20, 25)]
        ['三', '十', '十四', '二十', '二十五']
    """
    if not 1 <= number <= _MOST:
        raise ValueError(f"{number} is not between 1 and {_MOST}")
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def heading_number(level: int, place: int) -> str:
    """Return the number before a heading.

    Args:
        level: 1 to 4.
        place: Place among the headings of its level below the same heading, from 1.

    Raises:
        ValueError: There is no such level.
    """
    match level:
        case 1:
            return f"{chinese_numeral(place)}、"
        case 2:
            return f"（{chinese_numeral(place)}）"
        case 3:
            return f"{place}."
        case 4:
            return f"（{place}）"
        case _:
            raise ValueError(f"there is no heading of level {level}; the levels are 1 to {LEVELS}")


class HeadingCounter:
    """Counts headings as they come: one of a level begins those below it anew."""

    def __init__(self) -> None:
        self._places = [0] * LEVELS

    def number(self, level: int) -> str:
        """Return the number of the next heading of a level.

        Raises:
            ValueError: There is no such level.
        """
        if not 1 <= level <= LEVELS:
            raise ValueError(f"there is no heading of level {level}; the levels are 1 to {LEVELS}")
        self._places[level - 1] += 1
        self._places[level:] = [0] * (LEVELS - level)
        return heading_number(level, self._places[level - 1])


def day_written(day: date) -> str:
    """Return a day as official documents write it: ``2021年2月8日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def number_written(number: DocumentNumber) -> str:
    """Return a document's number: ``云政督〔2026〕8号``; without a serial number a gap to fill in."""
    serial = str(number.serial) if number.serial else "　"
    return f"{number.sign}〔{number.year}〕{serial}号"


def entries_written(entries: tuple[int, ...]) -> str:
    """Return numbers of ledger entries, runs drawn together.

    Example:
        >>> entries_written((12, 3, 4, 5, 9, 10))
        '3—5、9、10、12'
    """
    runs: list[list[int]] = []
    for number in sorted(set(entries)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = []
    for run in runs:
        parts += [f"{run[0]}—{run[-1]}"] if len(run) > 2 else [str(number) for number in run]
    return "、".join(parts)
