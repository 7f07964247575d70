"""Words by which reports set up or name mechanisms (机制、流程), from ``procedure.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec
import yaml


@dataclass(frozen=True, slots=True)
class ProcedureWords:
    """Vocabulary of mechanisms; every list runs from long to short, so that the longest word matches first.

    Attributes:
        mechanism_nouns: Nouns that make the quoted words before them a mechanism.
        requirement_nouns: Nouns that make a quoted list one of requirements.
        verbs: Verbs that set a mechanism up.
        services: Ends of the names of services.
        plain_services: Names of services that count without quotes.
        at_once: What is done at once (拿地即开工).
        scope_tails: Words before the noun of a mechanism that do not belong to its scope.
        one_each: What a rule of one for each gives (一企一策).
        pipeline_units: Units of a name whose parts are stages in order.
        state_units: Units of a name whose parts are states.
        checks: First characters of parts that are questions to check.
        openers: Words before the list of a definition.
        leads: Verbs before a list in the body.
        list_verbs: Verbs inside a sentence before its list.
        remarks: First words of a clause that comments on a list.
        settings: Ends of a clause that says when or where something holds.
        channels: Ends of the name of a channel through which cases come in.
        not_parts: Words after a numeral that does not count parts.
        beats: Beat of a cadence, by its word.
        no_acts: First words after a beat that are no act.
        at_most_before: Words before a number that make it an upper limit.
        at_most_after: Words after a number that make it an upper limit.
        measures: What a limit of time measures.
        day_types: Day type of a limit, by its unit.
    """

    mechanism_nouns: tuple[str, ...]
    requirement_nouns: tuple[str, ...]
    verbs: tuple[str, ...]
    services: tuple[str, ...]
    plain_services: tuple[str, ...]
    at_once: tuple[str, ...]
    scope_tails: tuple[str, ...]
    one_each: tuple[str, ...]
    pipeline_units: tuple[str, ...]
    state_units: tuple[str, ...]
    checks: tuple[str, ...]
    openers: tuple[str, ...]
    leads: tuple[str, ...]
    list_verbs: tuple[str, ...]
    remarks: tuple[str, ...]
    settings: tuple[str, ...]
    channels: tuple[str, ...]
    not_parts: tuple[str, ...]
    beats: dict[str, str]
    no_acts: tuple[str, ...]
    at_most_before: tuple[str, ...]
    at_most_after: tuple[str, ...]
    measures: tuple[str, ...]
    day_types: dict[str, str]


@cache
def words() -> ProcedureWords:
    """Return the vocabulary."""
    text = resources.files("luoshi.catalogue").joinpath("procedure.yaml").read_text(encoding="utf-8")
    data = {
        name: value if isinstance(value, dict) else _longest_first(value)
        for name, value in yaml.safe_load(text).items()
    }
    return msgspec.convert(data, ProcedureWords)


def alternatives(known: tuple[str, ...] | dict[str, str]) -> str:
    """Return a regular expression that matches any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in _longest_first(list(known))) + ")"


def _longest_first(known: list[str]) -> tuple[str, ...]:
    return tuple(sorted(known, key=lambda word: (-len(word), word)))
