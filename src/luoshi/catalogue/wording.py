"""Words around a figure (指标用语), from ``wording.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class Wording:
    """Vocabulary for reading what a figure counts.

    Attributes:
        opener: Matches one adverb or stripped verb at a position.
        kept: Matches a verb that belongs to what is counted.
        nounlike: Kept verbs that open nouns as well.
        increments: Kept verbs whose count is new.
        builders: Verbs that make an amount of land or length a new amount.
        cutters: Verbs whose amount is taken away.
        complete: Kept verbs that hold their object, so that they need none.
        relational: Matches a whole phrase that measures something it does not name.
        relational_end: Finds such a phrase at the end of another.
        verb_end: Finds a verb at the end of a phrase.
        verb_start: Matches a verb at the start of a phrase.
        measured: Tails of nouns that may share a figure.
        schemes: Matches a noun whose number counts parts of a scheme.
        aiming: Verbs after which a number only describes.
        past: Matches a word of past results.
        populace: People of whom a number is background.
        onset: Finds where a predicate begins after a noun.
        numeral_names: Names whose numeral and next character look like a count.
    """

    opener: re.Pattern[str]
    kept: re.Pattern[str]
    nounlike: frozenset[str]
    increments: frozenset[str]
    builders: tuple[str, ...]
    cutters: tuple[str, ...]
    complete: frozenset[str]
    relational: re.Pattern[str]
    relational_end: re.Pattern[str]
    verb_end: re.Pattern[str]
    verb_start: re.Pattern[str]
    measured: tuple[str, ...]
    schemes: re.Pattern[str]
    aiming: tuple[str, ...]
    past: re.Pattern[str]
    populace: tuple[str, ...]
    onset: re.Pattern[str]
    numeral_names: tuple[str, ...]


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


@cache
def wording() -> Wording:
    """Return the vocabulary."""
    data = yaml.safe_load(
        resources.files("luoshi.catalogue").joinpath("wording.yaml").read_text(encoding="utf-8")
    )
    kept = _any(data["kept"])
    relational = _any(data["relational"])
    return Wording(
        opener=re.compile(rf"(?P<adverb>{_any(data['adverbs'])})|(?P<dropped>{_any(data['dropped'])})"),
        kept=re.compile(kept),
        nounlike=frozenset(data["nounlike"]),
        increments=frozenset(data["increments"]),
        builders=tuple(data["builders"]),
        cutters=tuple(data["cutters"]),
        complete=frozenset(data["complete"]),
        relational=re.compile(rf"(?:{_any(data['relational_fronts'])})*(?:{relational})"),
        relational_end=re.compile(rf"(?:{_any(data['relational_fronts'])})*(?:{relational})$"),
        verb_end=re.compile(rf"(?:{kept}|{_any(data['dropped'])})$"),
        verb_start=re.compile(rf"{kept}|{_any(data['dropped'])}"),
        measured=tuple(data["measured"]),
        schemes=re.compile(_any(data["schemes"])),
        aiming=tuple(data["aiming"]),
        past=re.compile(
            rf"(?<![比较与同在到由从])(?<!以)(?:去年|上年)(?!度)|(?<!项)目前|^(?:全.|我.)?(?:现有|已有|原有)|过去(?!的)|{_any(data['past'])}"
        ),
        populace=tuple(data["populace"]),
        onset=re.compile(rf"(?<=..)(?:{_any(data['onsets'])})"),
        numeral_names=tuple(data["numeral_names"]),
    )
