"""Places that a table of texts names (给定地区): rank and code from the catalogue."""

from __future__ import annotations

from luoshi.catalogue.place import ListedPlace, named
from luoshi.plan.model import Level, Place

_ADJECTIVES = {"national": Level.NATION, "provincial": Level.PROVINCE}
_BY_WORD = {word: level for level in Level for word in (level.value, level.zh)} | _ADJECTIVES


def given(name: str, level: str = "", code: str = "") -> Place | None:
    """Return the place that a table names, or None where it names none.

    The code is filled in where the catalogue has one place of this name and rank; counties share names.

    Args:
        name: Name (天门市).
        level: Rank: a key or Chinese label of `Level`, or national, provincial; anything else counts as unknown.
        code: Code of GB/T 2260, where the table has it.
    """
    if not name:
        return None
    rank = _BY_WORD.get(level.strip(), Level.UNKNOWN)
    listed = [place for place in named(name) if rank in (Level.UNKNOWN, Level(place.rank))]
    one = _only(listed)
    if one is None:
        return Place(name=name, code=code, level=rank)
    return Place(name=name, code=code or one.code, level=Level(one.rank))


def _only(listed: list[ListedPlace]) -> ListedPlace | None:
    """Return the place in force, else the former one, where there is one alone."""
    for former in (False, True):
        found = [place for place in listed if place.former is former]
        if found:
            return found[0] if len(found) == 1 else None
    return None
