"""How likely each bureau is to lead a task."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources

from luoshi.catalogue.bureau import bureaus
from luoshi.compiler.unit.duty import Hit, duties


@dataclass(frozen=True, slots=True)
class Weights:
    """Numbers that turn words into probabilities, fitted by ``scripts/train_units.py``.

    Attributes:
        strength: Worth of a word by its strength (`luoshi.compiler.unit.duty.STRENGTHS`).
        length: Gain in worth of each character beyond the second: longer words say more.
        decay: Factor for each word that stands before: the first thing named leads.
        repeat: Factor for each further word of the same bureau.
        gain: Steepness of the probabilities.
        context: Worth of a word of the section's title beside one of the task.
    """

    strength: tuple[float, ...]
    length: float
    decay: float
    repeat: float
    gain: float
    context: float


@cache
def weights() -> Weights:
    """Return the fitted weights."""
    text = resources.files("luoshi.compiler.unit").joinpath("weights.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Weights(**{**data, "strength": tuple(data["strength"])})


@dataclass(frozen=True, slots=True)
class Scores:
    """Probability and evidence of each bureau that anything speaks for.

    Attributes:
        probability: By bureau key, the highest first; those of all bureaus add up to 1.
        words: By bureau key the words it rests on, the weightiest first.
    """

    probability: dict[str, float]
    words: dict[str, tuple[str, ...]]


def of(task: str, context: str = "") -> Scores:
    """Return how likely each bureau is to lead `task`; `context` is the title of its section."""
    fitted = weights()
    worths: dict[str, list[tuple[float, str]]] = {}
    _weigh(list(duties().find(task)), 1.0, worths)
    if context:
        _weigh(list(duties().find(context)), fitted.context, worths)
    logits: dict[str, float] = {}
    for key, found in worths.items():
        found.sort(reverse=True)
        logits[key] = fitted.gain * sum(
            worth * fitted.repeat**place for place, (worth, _) in enumerate(found)
        )
    # Every bureau that no word speaks for keeps the chance of a score of nought.
    total = sum(math.exp(logit) for logit in logits.values()) + len(bureaus()) - len(logits)
    ranked = sorted(logits, key=lambda key: -logits[key])
    return Scores(
        {key: math.exp(logits[key]) / total for key in ranked},
        {key: tuple(dict.fromkeys(word for _, word in worths[key])) for key in ranked},
    )


def _weigh(hits: list[Hit], share: float, worths: dict[str, list[tuple[float, str]]]) -> None:
    fitted = weights()
    for place, hit in enumerate(hits):
        worth = share * (1 + fitted.length * (len(hit.word) - 2)) * fitted.decay**place
        for key, strength in hit.owners:
            worths.setdefault(key, []).append((worth * fitted.strength[strength], hit.word))
