"""Template words of documents: charts."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from luoshi.brief.chart import to_svg
from luoshi.brief.official.model import Chart
from luoshi.brief.official.numbering import entries_written
from luoshi_web.frame.language import reading_language

register = template.Library()


@register.filter
def drawn(block: Chart) -> SafeString:
    """Draw a chart of a document."""
    # The drawing escapes every word that it writes.
    return mark_safe(to_svg(block.chart, reading_language(), identity=block.id))  # noqa: S308


@register.filter
def entry_runs(entries: tuple[int, ...]) -> str:
    """Write numbers of entries, runs drawn together."""
    return entries_written(entries)
