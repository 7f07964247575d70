"""Ranking (排名): places by total, equal totals share a place and say so, what has no total has no place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

import msgspec


class Place(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place in a ranking.

    Attributes:
        key: Who or what is ranked.
        total: Its total; None where it has none.
        place: 1 for the highest; the place after a tie of two is left out (1, 2, 2, 4). None where there is no total.
        is_tied: Whether others share the place.
    """

    key: str
    total: Decimal | None
    place: int | None
    is_tied: bool = False


def ranked(totals: Mapping[str, Decimal | None]) -> tuple[Place, ...]:
    """Return the places, the best first; on one place, and among those without a total, by key.

    The order of `totals` does not matter.

    Example:
        >>> [(one.key, one.place, one.is_tied) for one in ranked({"a": Decimal(5), "b": Decimal(7), "c": Decimal(5), "d": None})]
        [('b', 1, False), ('a', 2, True), ('c', 2, True), ('d', None, False)]
    """
    known = {key: total for key, total in totals.items() if total is not None}
    shared = Counter(known.values())
    above = {total: sum(1 for other in known.values() if other > total) for total in shared}
    placed = [
        Place(key=key, total=total, place=above[total] + 1, is_tied=shared[total] > 1)
        for key, total in sorted(known.items(), key=lambda one: (-one[1], one[0]))
    ]
    silent = [Place(key=key, total=None, place=None) for key in sorted(set(totals) - set(known))]
    return (*placed, *silent)
