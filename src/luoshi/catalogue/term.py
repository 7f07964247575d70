"""Words about glossaries (用语说明), from ``term.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class TermWords:
    """Vocabulary for reading a glossary and finding its terms again.

    Attributes:
        furniture: Heads of lines near a glossary that are not terms.
        nouns: Nouns that make a short name before them a use of the term.
        tails: Last words of names that uses leave out, longest first.
    """

    furniture: frozenset[str]
    nouns: tuple[str, ...]
    tails: tuple[str, ...]


@cache
def words() -> TermWords:
    """Return the vocabulary."""
    data = yaml.safe_load(
        resources.files("luoshi.catalogue").joinpath("term.yaml").read_text(encoding="utf-8")
    )
    return TermWords(
        furniture=frozenset(data["furniture"]),
        nouns=tuple(data["nouns"]),
        tails=tuple(sorted(data["tails"], key=lambda tail: (-len(tail), tail))),
    )
