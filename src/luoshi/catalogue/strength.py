"""Words that say how firmly something is promised (力度用语), from ``strengths.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class StrengthWords:
    """Words of strength.

    Attributes:
        always: Words that count wherever they stand.
        verb: Words that are also verbs of their own.
        heads: Heads of a list whose items all carry the strength 预期.
        objects: What follows a word of `verb` where it is a verb.
        names: What follows a word of `always` where it is part of a name.
    """

    always: tuple[str, ...]
    verb: tuple[str, ...]
    heads: tuple[str, ...]
    objects: tuple[str, ...]
    names: tuple[str, ...]


@cache
def words() -> StrengthWords:
    """Return the words of strength, longest first."""
    data = yaml.safe_load(
        resources.files("luoshi.catalogue").joinpath("strengths.yaml").read_text(encoding="utf-8")
    )
    return StrengthWords(
        *(
            tuple(sorted(data[key], key=lambda word: (-len(word), word)))
            for key in ("always", "verb", "heads", "objects", "names")
        )
    )
