"""Template words of supervision: reasons, figures, parts of a score."""

from __future__ import annotations

from typing import Protocol

from django import template

from luoshi.kernel.label import Language
from luoshi.kernel.message import text_of
from luoshi.status.score.figure import Figure, label_of
from luoshi.status.score.score import Component, UnitScore
from luoshi_web.frame.language import reading_language

register = template.Library()


class Described(Protocol):
    """What says itself in a language."""

    def describe(self, language: Language = "zh") -> str:
        """Return it as a sentence."""


@register.filter
def said(value: Described | None) -> str:
    """Say something in the language of the page."""
    return value.describe(reading_language()) if value is not None else ""


@register.filter
def message(code: str) -> str:
    """Return what a message code says that needs no values."""
    return text_of(code, {}, reading_language()) if code else "—"


@register.filter
def figure_label(figure: Figure) -> str:
    """Name a figure of a unit."""
    return label_of(figure.name, reading_language())


@register.filter
def parts(score: UnitScore) -> tuple[Component, ...]:
    """Return all components of a score."""
    return (*score.items, *score.bonuses, *score.deductions)
