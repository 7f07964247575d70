"""Sentences of the forward part that hold no promise (非任务语句), and why."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.catalogue import rhetoric
from luoshi.catalogue.heading import words
from luoshi.compiler.commitment.act import Act
from luoshi.compiler.outline import Outline, Sentence
from luoshi.plan.model import PassageKind

_LONGEST_TITLE = 26
_LONGEST_FURNITURE = 60
_LONGEST_RHETORIC = 400


def kind_of(outline: Outline, number: int, acts: Sequence[Act]) -> PassageKind | None:
    """Return why a sentence holds no promise, or None where it holds one.

    Args:
        outline: The outline.
        number: Index of the sentence.
        acts: Acts of its clauses.
    """
    text = outline.reading.text
    sentence = outline.sentences[number]
    words_of = text[sentence.start : sentence.end]
    if _is_heading(outline, sentence) or _is_run_in(outline, number, acts):
        return PassageKind.HEADING
    if len(words_of) <= _LONGEST_FURNITURE and words().furniture.search(words_of):
        return PassageKind.FURNITURE
    has_figure = any(act.has_figure and act.verb is not None for act in acts)
    for kind, pattern in rhetoric.kinds():
        if pattern.search(words_of[:_LONGEST_RHETORIC]) and (kind == "framing" or not has_figure):
            return PassageKind(kind)
    if any(act.verb is not None for act in acts):
        return None
    return PassageKind.SLOGAN if words_of.endswith("！") else PassageKind.DESCRIPTION


def _is_heading(outline: Outline, sentence: Sentence) -> bool:
    section = outline.sections[sentence.section]
    return bool(section.title) and outline.reading.span(sentence.start, sentence.end) == section.heading


def _is_run_in(outline: Outline, number: int, acts: Sequence[Act]) -> bool:
    """Tell whether a sentence is the title of its paragraph: short, first, without figure or name."""
    sentence = outline.sentences[number]
    if number + 1 >= len(outline.sentences) or outline.sentences[number + 1].paragraph != sentence.paragraph:
        return False
    before = outline.sentences[number - 1] if number else None
    is_first = before is None or before.paragraph != sentence.paragraph
    is_short = sentence.end - sentence.start <= _LONGEST_TITLE
    return is_first and is_short and not any(act.has_figure for act in acts) and len(acts) <= 2
