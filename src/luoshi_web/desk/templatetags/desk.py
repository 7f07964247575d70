"""Template words of the desk: diagnostics as sentences."""

from __future__ import annotations

from django import template

from luoshi.kernel.diagnostic import Diagnostic
from luoshi_web.frame.language import reading_language

register = template.Library()


@register.filter
def sentence(note: Diagnostic) -> str:
    """Write a diagnostic in the language of the page."""
    return note.describe(reading_language())
