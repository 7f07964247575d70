"""Verbs of promise (动作词), their classes, and what counts as done for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of promise.

    Attributes:
        word: The verb (建成); of a class, the verb used where an object chooses the class, or "".
        kind: Key of its class (complete).
        is_hard: Whether it promises something that can be shown to be done.
        needs_name: Whether it does so only where its clause names an undertaking or has a figure.
        is_result: Whether its clause states what an act before it leads to.
        done: What counts as done; ``{object}`` stands for what the act is done to.
        evidence: Evidence wanted.
    """

    word: str
    kind: str
    is_hard: bool
    needs_name: bool
    is_result: bool
    done: str
    evidence: str


@dataclass(frozen=True, slots=True)
class VerbWords:
    """The catalogue.

    Attributes:
        verbs: Verb by word.
        lexicon: The verbs' words.
        classes: A verb without a word for each class, which gives the class's own wording.
        adverbs: Words before a verb that do not change its promise.
        premises: Words that open a premise.
        nouns: Nouns that begin like a verb.
        nounish: Verbs that are as often nouns; after another verb they are its object.
        outcomes: Verbs that may stand after what they are about.
        stances: Verbs of stance, which name a promise only where it has no other.
        light: Verbs that say so little that the object says what counts as done.
        institutions: Last words of what is not built of stone, where 建设 follows them.
        tails: Class of an act by the last words of its object, longest first.
    """

    verbs: dict[str, Verb]
    lexicon: Lexicon
    classes: dict[str, Verb]
    adverbs: Lexicon
    premises: Lexicon
    nouns: Lexicon
    nounish: frozenset[str]
    outcomes: frozenset[str]
    stances: frozenset[str]
    light: frozenset[str]
    institutions: frozenset[str]
    tails: tuple[tuple[str, str], ...]


@cache
def words() -> VerbWords:
    """Return the catalogue of verbs."""
    data = yaml.safe_load(
        resources.files("luoshi.catalogue").joinpath("verbs.yaml").read_text(encoding="utf-8")
    )
    classes = {entry["key"]: _verb(entry.get("own_verb", ""), entry, {}) for entry in data["classes"]}
    verbs = {}
    for entry in data["classes"]:
        for written in entry["verbs"]:
            own = written if isinstance(written, dict) else {"verb": written}
            verbs[own["verb"]] = _verb(own["verb"], entry, own)
    tails = [(tail, entry["class"]) for entry in data["objects"] for tail in entry["tails"].split()]
    return VerbWords(
        verbs=verbs,
        lexicon=Lexicon(verbs),
        classes=classes,
        adverbs=Lexicon(data["adverbs"].split()),
        premises=Lexicon(data["premises"].split()),
        nouns=Lexicon(data["nouns"].split()),
        nounish=frozenset(data["nounish"].split()),
        outcomes=frozenset(data["outcomes"].split()),
        stances=frozenset(data["stances"].split()),
        light=frozenset(data["light"].split()),
        institutions=frozenset(data["institutions"].split()),
        tails=tuple(sorted(tails, key=lambda pair: (-len(pair[0]), pair))),
    )


def _verb(word: str, entry: dict[str, Any], own: dict[str, Any]) -> Verb:
    merged = {**entry, **own}
    return Verb(
        word=word,
        kind=entry["key"],
        is_hard=merged["weight"] in ("hard", "named"),
        needs_name=merged["weight"] == "named",
        is_result=merged.get("result", False),
        done=merged["done"],
        evidence=merged["evidence"],
    )


class Lexicon:
    """Words that are looked up at a place of a text, the longest first.

    Example:
        >>> Lexicon(["开工", "开工建设"]).end("明年开工建设", 2, 6)
        6
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self.words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def end(self, text: str, start: int, end: int) -> int:
        """Return the end of the longest word that begins at `start` and ends by `end`; `start` where none does."""
        for length in self._lengths.get(text[start], ()) if start < end else ():
            if start + length <= end and text[start : start + length] in self.words:
                return start + length
        return start
