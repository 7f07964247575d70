"""Template words of plan screens: addresses inside the open edition, section paths, days and figures."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from luoshi.plan.model import Claim, Deadline, Limit, Procedure, Target
from luoshi_web.frame.language import label
from luoshi_web.plans import wording
from luoshi_web.plans.drawing import drawing_of
from luoshi_web.plans.models import ImportState

register = template.Library()


@register.simple_tag(takes_context=True)
def plan_url(context: dict[str, Any], name: str, *args: Any, **more: Any) -> str:
    """Return the address of a screen in the open plan-year and edition."""
    kwargs = {"plan_year_id": context["plan_year"].pk, "edition": context["edition"]} | more
    return reverse(f"plans:{name}", kwargs=kwargs)


@register.simple_tag(takes_context=True)
def item_link(context: dict[str, Any], item_id: str) -> SafeString:
    """Write the attributes of a link that opens an item in the drawer, and on its own page without scripts."""
    address = plan_url(context, "item", item_id=item_id)
    return format_html('href="{}" hx-get="{}" hx-target="#drawer"', address, address)


@register.filter
def figure(value: Target | Claim) -> str:
    """Write a figure as the report does."""
    return wording.figure_text(value)


@register.filter
def limit(value: Limit) -> str:
    """Write a limit."""
    return wording.limit_text(value)


@register.filter
def deadline(value: Deadline) -> Any:
    """Write a deadline as a cell."""
    return wording.deadline_cell(value)


@register.filter
def number(value: Any) -> str:
    """Write a number without zeros that say nothing."""
    return wording.number_text(value) if value is not None else "—"


@register.filter
def sureness(value: float) -> str:
    """Write a confidence in per cent."""
    return wording.sureness_text(value)


@register.filter
def import_state(key: str) -> str:
    """Name an import's state by its key."""
    return label(ImportState(key))


@register.simple_tag(takes_context=True)
def drawing(context: dict[str, Any], procedure: Procedure) -> dict[str, Any]:
    """Return the drawing of a mechanism in the open plan's year."""
    return drawing_of(procedure, context["plan"].year)


@register.filter
def unlocalized(value: float) -> str:
    """Write a coordinate."""
    return f"{value:g}"
