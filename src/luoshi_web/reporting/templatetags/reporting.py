"""Template words of the year of delivery: lights, values, notes, addresses that keep the day."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luoshi.cadence.cycle import Period, period_with
from luoshi.kernel.label import Language
from luoshi.kernel.message import text_of
from luoshi.ledger.note import NoteRef
from luoshi.status.forecast import Forecast
from luoshi.status.light import Colour, Light
from luoshi_web.frame.language import label, reading_language
from luoshi_web.reporting.wording import fact_text, value_text

register = template.Library()


@register.filter
def light(value: Light | Colour | None) -> SafeString:
    """Draw a light: shape and word, in its colour."""
    if value is None:
        return format_html('<span class="light">{}</span>', "—")
    colour = value.colour if isinstance(value, Light) else value
    why = value.describe(reading_language()) if isinstance(value, Light) else ""
    return format_html(
        '<span class="light light-{}" title="{}"><span aria-hidden="true">{}</span> {}</span>',
        colour.value,
        why,
        colour.shape,
        label(colour),
    )


@register.filter
def shape(value: Light | Colour | None) -> SafeString:
    """Draw a light for a cell: its shape, the word for those who do not see it."""
    if value is None:
        return format_html('<span class="light-cell"><span class="visually-hidden">{}</span></span>', _("无"))
    language = reading_language()
    if isinstance(value, Light):
        return _cell(value.colour, value.code, tuple(value.parameters.items()), language)
    return _cell(value, "", (), language)


@lru_cache(maxsize=16384)
def _cell(
    colour: Colour, code: str, parameters: tuple[tuple[str, str], ...], language: Language
) -> SafeString:
    """Draw a cell once: a heat map of a year has thousands, and those of past months never change."""
    name = colour.label(language)
    return format_html(
        '<span class="light-cell cell-{}" title="{}{}{}"><span aria-hidden="true">{}</span><span class="visually-hidden">{}</span></span>',
        colour.value,
        name,
        "：" if language == "zh" else ": ",
        text_of(code, dict(parameters), language) if code else name,
        colour.shape,
        name,
    )


@register.filter
def why(value: Light | None) -> str:
    """Return the reason of a light."""
    return value.describe(reading_language()) if value is not None else "—"


@register.filter
def amount(value: Decimal | None) -> str:
    """Write a value without zeros that say nothing."""
    return value_text(value)


@register.filter
def period(value: Period | str) -> str:
    """Name a period."""
    found = period_with(value) if isinstance(value, str) else value
    return found.label(reading_language()) if found is not None else str(value)


@register.simple_tag
def note(texts: dict[str, str | None], ref: NoteRef | None) -> str:
    """Return the text of a note; that it was erased where it was."""
    if ref is None or not ref.length:
        return ""
    text = texts.get(ref.digest)
    return _("（文字已按规定删除）") if text is None else text


@register.simple_tag(takes_context=True)
def delivery_url(context: dict[str, Any], name: str, *args: Any, **more: Any) -> str:
    """Return the address of a screen of the year in the open plan-year; the day shown is kept."""
    kwargs = {"plan_year_id": context["plan_year"].pk} | more
    address = reverse(name if ":" in name else f"reporting:{name}", kwargs=kwargs)
    return address + context.get("as_of_query", "")


@register.filter
def percent(value: Decimal) -> str:
    """Write a share in per cent."""
    return value_text(value * 100)


@register.filter
def fact(tag: str) -> str:
    """Write what an entry of the ledger says happened."""
    return fact_text(tag)


@register.filter
def how(value: Forecast) -> str:
    """Write how something was foretold, or why nothing is."""
    return value.describe(reading_language())


@register.filter
def chance(value: Decimal) -> str:
    """Write a share as a whole percentage; what is nearly sure is told as no more than that."""
    if value <= Decimal("0.02"):
        return "≤2%"
    if value >= Decimal("0.98"):
        return "≥98%"
    return f"{round(value * 100)}%"
