"""Samples (抽样): which items a supervisor checks, drawn so that anyone can repeat the draw.

Algorithm:
    For every item of the population the SHA-256 digest of ``seed:item`` in UTF-8 is taken as hex; the items with the least
    digests are drawn. Seed, rule and population stand in the ledger.

Checked with:
    Digests reckoned with ``sha256sum`` (tests/unit/register/test_sample.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import yaml

from luoshi.ledger.entry import Proposal
from luoshi.register.fault import RegisterError
from luoshi.register.roster import ItemState, Roster, SampleDrawn


@dataclass(frozen=True, slots=True)
class SampleRule:
    """How many items are drawn: lists up to `all_up_to` whole, of longer ones `share` percent rounded up and at least `least`."""

    name: str
    since: date
    reference: str
    all_up_to: int
    share: int
    least: int

    def size(self, population: int) -> int:
        """Return how many of a population are drawn.

        Example:
            >>> rule = rules()[0]
            >>> rule.size(4), rule.size(38), rule.size(128)
            (4, 5, 13)
        """
        if population <= self.all_up_to:
            return population
        return min(population, max(self.least, -(-population * self.share // 100)))


@cache
def rules() -> tuple[SampleRule, ...]:
    """Return the editions of the rule, the oldest first."""
    text = resources.files("luoshi.register").joinpath("samples.yaml").read_text(encoding="utf-8")
    return tuple(
        sorted((SampleRule(**row) for row in yaml.safe_load(text)["editions"]), key=lambda rule: rule.since)
    )


def draw(seed: str, population: Sequence[str], size: int) -> tuple[str, ...]:
    """Return the drawn items, in the order of their digests.

    Args:
        seed: Any text that was fixed before.
        population: Identities of the items, in any order.
        size: How many.

    Raises:
        ValueError: More are asked for than there are, or an item stands twice.
    """
    if len(set(population)) != len(population):
        raise ValueError("an item stands twice in the population")
    if size > len(population):
        raise ValueError(f"{size} of {len(population)} cannot be drawn")
    ranked = sorted(population, key=lambda item: hashlib.sha256(f"{seed}:{item}".encode()).hexdigest())
    return tuple(ranked[:size])


def draw_from(roster: Roster, *, seed: str, on: date) -> Proposal:
    """Return the entry with which a supervisor draws a sample of the accepted items.

    Raises:
        RegisterError: The seed is missing (R133), nothing is accepted yet (R134), or the last sample is not finished (R135).
    """
    if not seed.strip():
        raise RegisterError("R133")
    population = sorted(item.id for item in roster.with_state(ItemState.ACCEPTED))
    if not population:
        raise RegisterError("R134")
    if roster.samples and not roster.samples[-1].is_finished:
        raise RegisterError("R135")
    rule = max((rule for rule in rules() if rule.since <= on), key=lambda rule: rule.since)
    drawn = draw(seed.strip(), population, rule.size(len(population)))
    fact = SampleDrawn(
        roster=roster.id, seed=seed.strip(), rule=rule.name, population=tuple(population), drawn=drawn
    )
    return Proposal(fact=fact, day=on, lineage=roster.lineage)
