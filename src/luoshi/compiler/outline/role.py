"""Roles of parts (部分的性质): what their titles and their tense say."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.catalogue.heading import words
from luoshi.plan.model import Role

_MOST_OF_A_PARAGRAPH = 8.0


def role_of_title(title: str) -> Role | None:
    """Return the role that a title states, or None where it states none."""
    for key, pattern in words().roles:
        if pattern.search(title):
            return Role(key)
    return None


def tense(text: str, start: int, end: int) -> float:
    """Return how much the words look back (above 0) or forward (below 0).

    The sum of the words' weights, each the logarithm of how much more often a word stands in reviews
    than in plans.
    """
    weights = words().weights
    return sum(weights[found.group()] for found in words().tense.finditer(text, start, end))


def tenses(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[float]:
    """Return the tense of each paragraph, none of them so strong that it outweighs many others."""
    return [
        max(-_MOST_OF_A_PARAGRAPH, min(_MOST_OF_A_PARAGRAPH, tense(text, start, end)))
        for start, end in paragraphs
    ]


def turn(scores: Sequence[float]) -> int:
    """Return the number of the first paragraph that looks forward.

    The turn is where the paragraphs before look back most and those from it on look forward most;
    0 where all look forward, ``len(scores)`` where all look back.
    """
    best, best_at, total = 0.0, 0, 0.0
    for number, score in enumerate(scores, start=1):
        total += score
        if total > best:
            best, best_at = total, number
    return best_at
