"""Language of the page (语言): Chinese unless the reader chose English."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language

from luoshi.kernel.label import Labelled, Language

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_WEEKDAYS = {"zh": tuple("一二三四五六日"), "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")}


def reading_language() -> Language:
    """Return the language in which the page is read."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def label(member: Labelled) -> str:
    """Return the name of an enumeration's member in the language of the page."""
    return member.label(reading_language())


def day_text(day: date) -> str:
    """Return a day as people write it: 2026年3月1日, or 1 Mar 2026."""
    if reading_language() == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_text(month: int) -> str:
    """Return the name of a month: 3月, or Mar."""
    return f"{month}月" if reading_language() == "zh" else _MONTHS[month - 1]


def weekday_names() -> tuple[str, ...]:
    """Return short names of the weekdays from Monday."""
    return _WEEKDAYS[reading_language()]
