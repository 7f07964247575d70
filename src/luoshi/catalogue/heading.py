"""Words of headings (标题), transitions and page furniture, by which the parts of a report are told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class HeadingWords:
    """Patterns by which the parts of a report are told apart.

    Attributes:
        roles: Key of a role and the pattern of titles that open a part of that role, first match wins.
        transition: First words of a paragraph that turns from the past to the plan.
        closing: Words of paragraphs that close a report.
        furniture: Words of a web page around a report.
        tense: Any word that has a weight.
        weights: Weight by word: above 0 for words that look back, below 0 for words that look forward.
    """

    roles: tuple[tuple[str, re.Pattern[str]], ...]
    transition: re.Pattern[str]
    closing: re.Pattern[str]
    furniture: re.Pattern[str]
    tense: re.Pattern[str]
    weights: dict[str, float]


@cache
def words() -> HeadingWords:
    """Return the words of headings."""
    data = yaml.safe_load(
        resources.files("luoshi.catalogue").joinpath("headings.yaml").read_text(encoding="utf-8")
    )
    weights = {str(word): float(weight) for word, weight in data["tense"].items()}
    longest_first = sorted(weights, key=lambda word: (-len(word), word))
    return HeadingWords(
        roles=tuple((entry["role"], _any(entry["patterns"])) for entry in data["roles"]),
        transition=_any(data["transitions"]),
        closing=_any(data["closings"]),
        furniture=_any(data["furniture"]),
        tense=re.compile("|".join(map(re.escape, longest_first))),
        weights=weights,
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
