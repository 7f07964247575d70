"""Template words of cases: names of parts, limits, amounts."""

from __future__ import annotations

from decimal import Decimal

from django import template

from luoshi.cadence.clock import Reason
from luoshi.cadence.limit import Limit, Pausing
from luoshi.register.pack import Indicator, Pack
from luoshi.register.procedure.model import Part
from luoshi_web.frame.language import reading_language

register = template.Library()


@register.filter
def named(part: Part | Pausing | Pack | Indicator | None) -> str:
    """Name a part of a procedure in the language of the page."""
    return part.label(reading_language()) if part is not None else "—"


@register.filter
def limit(value: Limit | None) -> str:
    """Write a limit as people do."""
    return value.label(reading_language()) if value is not None else "—"


@register.filter
def amount(value: Decimal | None) -> str:
    """Write a number plainly, with two decimals at most."""
    if value is None:
        return "—"
    short = value.quantize(Decimal("0.01")).normalize()
    return format(short if short != short.to_integral_value() else short.quantize(Decimal(1)), "f")


@register.filter
def described(reason: Reason) -> str:
    """Say a step of a reckoning in the language of the page."""
    return reason.describe(reading_language())
