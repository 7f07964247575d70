"""Outline (章节结构): sections with their roles, and the sentences inside them."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.compiler.reading import Reading
from luoshi.plan.model import Section


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, in offsets of the reading text, its closing mark included.

    Attributes:
        start: First character.
        end: One past the last.
        section: Index of its section in `Outline.sections`.
        paragraph: Number of the paragraph that holds it, from 0.
    """

    start: int
    end: int
    section: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections in text order, and every sentence of the text, headings as sentences of their own.

    Attributes:
        reading: The text.
        sections: Sections; their spans count in the source.
        sentences: Sentences, in text order; they cover all text but line ends.
    """

    reading: Reading
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
