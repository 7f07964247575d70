"""Template words of the frame: icons, days, labels, report content."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from importlib import resources

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from luoshi.kernel.label import Labelled
from luoshi_web.frame import language
from luoshi_web.rights import Role

register = template.Library()


@cache
def _icon(name: str) -> str:
    file = resources.files("js_lib_bootstrap_icons") / "static" / "bootstrap-icons" / f"{name}.svg"
    inner = re.sub(r"</?svg[^>]*>", "", file.read_text(encoding="utf-8")).strip()
    return f'<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="currentColor" aria-hidden="true">{inner}</svg>'


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the Bootstrap set."""
    return mark_safe(_icon(name))  # noqa: S308 -- a file of an installed package


@register.filter
def day(value: date | None) -> str:
    """Write a day as people do."""
    return language.day_text(value) if value else "—"


@register.filter
def month(value: int) -> str:
    """Write a month as people do."""
    return language.month_text(value)


@register.filter
def label(member: Labelled | None) -> str:
    """Name an enumeration's member."""
    return language.label(member) if member is not None else "—"


@register.filter
def heading(member: Labelled | None) -> str:
    """Name an enumeration's member where a line begins."""
    words = label(member)
    return words[:1].upper() + words[1:]


@register.filter
def zh(value: object) -> SafeString:
    """Mark words of the report as Chinese, whatever the language of the page is."""
    text = "" if value is None else str(value)
    return format_html('<span lang="zh-Hans">{}</span>', text) if text else mark_safe("—")


@register.filter
def get(mapping: dict[object, object], key: object) -> object:
    """Return the value at `key`, or nothing."""
    return mapping.get(key)


@register.filter
def moment(value: datetime | None) -> str:
    """Write a moment in the place's time: 2026-03-01 14:05."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else "—"


@register.filter
def role_label(key: str) -> str:
    """Name a role by its key."""
    return language.label(Role(key))
