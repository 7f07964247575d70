"""How likely each bureau is to lead a task (牵头可能性).

Every word of duty in the text adds to the score of the bureaus that own it; scores become probabilities by
the exponential function over all bureaus. The numbers of this rule are fitted (``scripts/train_units.py``), the
words are knowledge (`luoshi.catalogue.bureau`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

import msgspec

from luoshi.catalogue.bureau import bureaus
from luoshi.compiler.unit.duty import duties

_HIGHEST = 50.0
"""Bound of a score: a very long text must not overflow the exponential function."""


class Weights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Numbers that turn words into probabilities.

    Attributes:
        own: Worth of a word of an own duty, of two characters.
        usual: Worth of a word of a usual duty.
        part: Worth of a hint.
        length: Gain in worth for each character beyond the second: longer words say more.
        decay: Factor for each word that stands before: what is named first leads.
        repeat: Factor for each further word of the same bureau.
        context: Worth of a word of the section's title beside one of the task.
        beside: Share of a bureau's probability that its neighbours get on top of theirs.
        honest: Raw chances and how often they came true in places held out, rising; what lies between is interpolated.
    """

    own: float
    usual: float
    part: float
    length: float
    decay: float
    repeat: float
    context: float
    beside: float
    honest: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 1.0))

    def of_strength(self, strength: int) -> float:
        """Return the worth of a word by the index of its strength (`luoshi.compiler.unit.duty.STRENGTHS`)."""
        return (self.own, self.usual, self.part)[strength]

    def confidence(self, chance: float) -> float:
        """Return how often a raw chance comes true."""
        after = next((i for i, (raw, _) in enumerate(self.honest) if raw >= chance), len(self.honest) - 1)
        (low, start), (high, end) = self.honest[max(0, after - 1)], self.honest[after]
        return end if high <= low or chance >= high else start + (end - start) * (chance - low) / (high - low)


@cache
def weights() -> Weights:
    """Return the fitted weights."""
    text = resources.files("luoshi.compiler.unit").joinpath("weights.json").read_bytes()
    return msgspec.convert(json.loads(text), Weights)


class Trace(NamedTuple):
    """A word found, and what decides its worth: its place among the words, and whether the title holds it."""

    word: str
    place: int
    in_title: bool
    owners: tuple[tuple[str, int], ...]


class Scores(NamedTuple):
    """Probability and evidence of the bureaus.

    Attributes:
        probability: By bureau key, the highest first; only those that a word or a neighbour speaks for.
        words: By bureau key the words it rests on, the weightiest first.
    """

    probability: dict[str, float]
    words: dict[str, tuple[str, ...]]


def traces(task: str, title: str = "") -> list[Trace]:
    """Return the words of duties in a task and in the title of its section."""
    found = [Trace(hit.word, place, False, hit.owners) for place, hit in enumerate(duties().find(task))]
    return [*found, *_in_title(title)]


@lru_cache(maxsize=16)
def _in_title(title: str) -> tuple[Trace, ...]:
    # The tasks of a section come one after the other and have its title in common.
    return tuple(Trace(hit.word, place, True, hit.owners) for place, hit in enumerate(duties().find(title)))


def weigh(found: Sequence[Trace], fitted: Weights) -> Scores:
    """Return how likely each bureau is to lead, from the words found."""
    worths: dict[str, list[tuple[float, str]]] = {}
    for word, place, in_title, owners in found:
        worth = (
            (1 + fitted.length * (len(word) - 2)) * fitted.decay**place * (fitted.context if in_title else 1)
        )
        for key, strength in owners:
            worths.setdefault(key, []).append((worth * fitted.of_strength(strength), word))
    scores = {key: _sum(of_one, fitted) for key, of_one in worths.items()}
    probability = _spread(_normalise(scores), fitted.beside)
    return Scores(
        {key: probability[key] for key in sorted(probability, key=lambda key: -probability[key])},
        {key: tuple(dict.fromkeys(word for _, word in of_one)) for key, of_one in worths.items()},
    )


def _sum(worths: list[tuple[float, str]], fitted: Weights) -> float:
    worths.sort(key=lambda pair: -pair[0])
    return min(_HIGHEST, sum(worth * fitted.repeat**place for place, (worth, _) in enumerate(worths)))


def _normalise(scores: Mapping[str, float]) -> dict[str, float]:
    # Every bureau that no word speaks for keeps the chance of a score of nought.
    total = sum(map(math.exp, scores.values())) + len(bureaus()) - len(scores)
    return {key: math.exp(score) / total for key, score in scores.items()}


def _spread(probability: dict[str, float], share: float) -> dict[str, float]:
    """Give each bureau's neighbours a share of its probability, half as much from one to the next."""
    if not share:
        return probability
    spread = {key: value * (1 - share) for key, value in probability.items()}
    for key, value in probability.items():
        neighbours = bureaus()[key].beside
        whole = sum(0.5**rank for rank in range(len(neighbours)))
        for rank, other in enumerate(neighbours):
            spread[other] = spread.get(other, 0.0) + share * value * 0.5**rank / whole
    return spread
