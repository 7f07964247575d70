"""A number among the words of its item (数字的位置)."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.catalogue.measure import COUNTED
from luoshi.compiler.mention import Mention
from luoshi.plan.model import Comparator

AMOUNTS = frozenset(
    {"money", "area", "mass", "power", "length", "volume", "time", "age", "concentration", "rate", "data"}
)
"""Dimensions of what is measured, not counted."""


@dataclass(frozen=True, slots=True)
class Site:
    """A number among the words of its item.

    Attributes:
        mention: The number.
        left: Words before it in its item, time limits and words of strength left out.
        right: Words after it and its 以上, up to the end of the item.
        suffix: What 以上, 以内 … after it states, or None.
        following: Words up to the next number of the clause, where there is one before a mark.
        next_mention: That number, or None.
        next_right: Words after that number.
        touches_count: Whether a count stands right before the number (2个100亿元园区).
        sizes_count: Whether it says how large the things counted right before it are (4个产值超100亿元).
        clause: All words of the clause.
    """

    mention: Mention
    left: str
    right: str
    suffix: Comparator | None
    next_mention: Mention | None
    following: str
    next_right: str
    touches_count: bool
    sizes_count: bool
    clause: str

    @property
    def is_counted(self) -> bool:
        """Whether the unit counts things."""
        return self.mention.dimension in COUNTED

    @property
    def is_amount(self) -> bool:
        """Whether the unit measures an amount."""
        return self.mention.dimension in AMOUNTS
