"""Words that bind a subject to its figure (比较用语), from ``relations.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class RelationWords:
    """Words of relation.

    Attributes:
        classes: What a word states (``at_least``, ``growth`` …), by word, longest first.
        filler: Words that may stand beside them, longest first.
    """

    classes: dict[str, str]
    filler: tuple[str, ...]


@cache
def relation_words() -> RelationWords:
    """Return the words of relation."""
    data: dict[str, list[str]] = yaml.safe_load(
        resources.files("luoshi.catalogue").joinpath("relations.yaml").read_text(encoding="utf-8")
    )
    classes = {word: name for name, words in data.items() if name != "filler" for word in words}
    return RelationWords(
        classes={word: classes[word] for word in sorted(classes, key=lambda word: (-len(word), word))},
        filler=tuple(sorted(data["filler"], key=lambda word: (-len(word), word))),
    )
