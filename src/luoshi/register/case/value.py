"""What a field of a case may hold (字段取值)."""

from __future__ import annotations

from decimal import Decimal

from luoshi.register.procedure.model import Field, FieldKind
from luoshi.register.sheet import day_in, decimal_in

_YES = ("是", "有", "1", "yes", "true", "√", "✓")
_NO = ("否", "无", "0", "no", "false", "×")
_LONGEST = 2000


def value_fault(field: Field, text: str) -> str:
    """Return what a field would hold instead of `text`, for people; "" where it may hold it."""
    match field.kind:
        case FieldKind.NUMBER:
            return "" if decimal_in(text) is not None else "数（不写单位）"
        case FieldKind.DAY:
            return "" if day_in(text) is not None else "日期，例如 2026-03-01"
        case FieldKind.CHOICE:
            return "" if text in field.options else "、".join(field.options)
        case FieldKind.MARK:
            return "" if text.lower() in (*_YES, *_NO) else "是或否"
        case FieldKind.POINT:
            return "" if point_in(text) is not None else "经度,纬度，例如 113.1658,30.6631"
        case _:
            return "" if len(text) <= _LONGEST else f"不超过{_LONGEST}个字"


def normal(field: Field, text: str) -> str:
    """Return a value in the form in which it is kept: days as 2026-03-01, marks as 是 or 否, numbers plain."""
    plain = text.strip()
    if not plain or value_fault(field, plain):
        return plain
    match field.kind:
        case FieldKind.DAY:
            day = day_in(plain)
            return day.isoformat() if day else plain
        case FieldKind.MARK:
            return "是" if plain.lower() in _YES else "否"
        case FieldKind.NUMBER:
            value = decimal_in(plain)
            return format(value, "f") if value is not None else plain
        case _:
            return plain


def is_yes(text: str) -> bool:
    """Tell whether a mark is set."""
    return text.strip().lower() in _YES


_EAST, _NORTH = (Decimal(-180), Decimal(180)), (Decimal(-90), Decimal(90))


def point_in(text: str) -> tuple[Decimal, Decimal] | None:
    """Return longitude and latitude in degrees; None where the text holds none.

    Example:
        >>> point_in("113.1658,30.6631"), point_in("30 N")
        ((Decimal('113.1658'), Decimal('30.6631')), None)
    """
    parts = text.replace("，", ",").split(",")
    if len(parts) != 2:
        return None
    east, north = decimal_in(parts[0]), decimal_in(parts[1])
    if (
        east is None
        or north is None
        or not _EAST[0] <= east <= _EAST[1]
        or not _NORTH[0] <= north <= _NORTH[1]
    ):
        return None
    return east, north
