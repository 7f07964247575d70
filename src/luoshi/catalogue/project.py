"""Words around named projects (项目), from ``project.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec
import yaml


@dataclass(frozen=True, slots=True)
class ProjectWords:
    """Vocabulary of projects; what a word belongs to is the key, as the plan writes it.

    Attributes:
        adverbs: Words that may stand before the verb of a clause.
        verbs: Stage by verb.
        tails: Stage by act behind the names.
        tail_ends: Words that may end such an act.
        works: Acts that belong to the name of a single thing.
        quoted_heads: Ends of quoted words that name a programme.
        quoted_tails: Words behind quotes that name an event.
        strict_nouns: Kind by a noun behind 等 that asks for names with an end of their own.
        chained: Verbs that may follow another verb.
        attributes: Words after a name that are its service (…作用).
        heads: Kind by the end of a name.
        titles: Ends of titles to win.
        wholes: Names that need no further word.
        list_nouns: Kind by the noun behind 等.
        generic: Words that make no name by themselves.
        slight: Words that make no programme by themselves.
        never: Last words of what is no project.
        title_openings: Words with which a title begins.
        title_verbs: Verbs that win a title.
        second_verbs: Verbs after a subject (支持甲园创建乙区).
        place_ends: Ends of names of places.
    """

    adverbs: frozenset[str]
    verbs: dict[str, str]
    tails: dict[str, str]
    tail_ends: frozenset[str]
    works: frozenset[str]
    quoted_heads: frozenset[str]
    quoted_tails: frozenset[str]
    strict_nouns: dict[str, str]
    chained: frozenset[str]
    attributes: frozenset[str]
    heads: dict[str, str]
    titles: frozenset[str]
    wholes: frozenset[str]
    list_nouns: dict[str, str]
    generic: frozenset[str]
    slight: frozenset[str]
    never: frozenset[str]
    title_openings: frozenset[str]
    title_verbs: frozenset[str]
    second_verbs: frozenset[str]
    place_ends: frozenset[str]


@cache
def words() -> ProjectWords:
    """Return the vocabulary."""
    text = resources.files("luoshi.catalogue").joinpath("project.yaml").read_text(encoding="utf-8")
    data = {
        name: _by_word(value) if isinstance(value, dict) else value
        for name, value in yaml.safe_load(text).items()
    }
    return msgspec.convert(data, ProjectWords)


def _by_word(groups: dict[str, list[str]]) -> dict[str, str]:
    return {word: group for group, known in groups.items() for word in known}
