"""Outline (章节结构): sections with their roles, and the sentences inside them."""

from luoshi.compiler.outline.build import from_reading
from luoshi.compiler.outline.model import Outline, Sentence

__all__ = ["Outline", "Sentence", "from_reading"]
