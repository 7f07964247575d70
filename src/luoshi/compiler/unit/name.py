"""Written names of units (单位名称): by rank, place and year, or from a place's own list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache

from luoshi.catalogue.bureau import Bureau, Rank, bureaus
from luoshi.plan.model import Level

_MUNICIPALITIES = ("北京", "天津", "上海", "重庆")
_PREFIX_BY_RANK: dict[Rank, str] = {
    "nation": "",
    "province": "省",
    "municipality": "市",
    "city": "市",
    "county": "县",
}
_LOCAL_ENDS = ("自治区", "自治州", "地区", "省", "市", "州", "盟", "旗", "区", "县")
_PLACE_ENDS = "省市州盟旗区县"
_NEWEST = date.max


@dataclass(frozen=True, slots=True)
class Seat:
    """Whose bureaus they are and when, as far as names depend on it.

    Attributes:
        rank: Rank of the government.
        prefix: What stands before a bureau's name (市, 自治区), or "" where the place is not known.
        day: Day whose names are used.
    """

    rank: Rank
    prefix: str
    day: date

    def write(self, bureau: Bureau, text: str = "") -> str:
        """Return the name of `bureau` as a plan writes it; `text` tells apart offices that shared its duties."""
        if bureau is bureaus().get(bureau.key) and not any(edition.words for edition in bureau.editions):
            return _whatever_the_text(self, bureau.key)
        return self._written(bureau, text)

    def _written(self, bureau: Bureau, text: str) -> str:
        names = bureau.edition(self.rank, self.day, text).name(self.rank)
        name = names[1] if len(names) > 1 else names[0]
        if self.rank == "nation" or bureau.plain:
            return name
        if "{}" in name:
            return name.replace("{}", self.prefix)
        if name.startswith("委") and not self.prefix.endswith("区"):
            return self.prefix + name
        # 自治区党委宣传部, 区委宣传部; without a prefix 党委宣传部.
        return self.prefix + ("党" if name.startswith("委") and self.prefix != "区" else "") + name


@lru_cache(maxsize=4096)
def _whatever_the_text(seat: Seat, key: str) -> str:
    # A name is asked for with every task, and for most bureaus the task does not matter.
    return seat._written(bureaus()[key], "")


def seat(place: str, level: Level, year: int | None) -> Seat:
    """Return what names depend on.

    Args:
        place: Name of the place (内蒙古自治区), or "".
        level: Its rank; where it is unknown the name decides as far as it can.
        year: Plan year; None for the newest names.

    Returns:
        Names are those in use when the report of the year is delivered: in March for the nation, where
        a reform is decided in the same session, and at the year's beginning elsewhere.
    """
    rank = _rank(place, level)
    prefix = _prefix(place, rank, level)
    if year is None:
        return Seat(rank, prefix, _NEWEST)
    return Seat(rank, prefix, date(year, 4, 1) if rank == "nation" else date(year, 3, 1))


def _rank(place: str, level: Level) -> Rank:
    if level is Level.NATION or place in ("全国", "中国", "国务院"):
        return "nation"
    if place.startswith(_MUNICIPALITIES) and level in (Level.PROVINCE, Level.UNKNOWN) and len(place) <= 3:
        return "municipality"
    if level is Level.PROVINCE or (level is Level.UNKNOWN and place.endswith(("省", "自治区"))):
        return "province"
    if level in (Level.COUNTY, Level.TOWNSHIP) or (
        level is Level.UNKNOWN and place.endswith(("区", "县", "旗"))
    ):
        return "county"
    return "city"


def _prefix(place: str, rank: Rank, level: Level) -> str:
    if rank == "nation":
        return ""
    for end in _LOCAL_ENDS:
        if place.endswith(end):
            return {"自治州": "州"}.get(end, end)
    return "" if level is Level.UNKNOWN and not place else _PREFIX_BY_RANK[rank]


@dataclass(frozen=True, slots=True)
class Roll:
    """A place's own list of units (单位名单), each with the bureaus whose work it does.

    Attributes:
        units: Names by bureau key, in the order of the list.
        unknown: Names in which no bureau was recognised.
    """

    units: dict[str, list[str]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    def holder(self, bureau: Bureau, text: str) -> tuple[str, Bureau] | None:
        """Return the unit that does the work of `bureau` here, and the bureau under which it was found.

        Where several units share a bureau, such as townships, the one whose place `text` names is chosen.
        """
        while bureau.key not in self.units:
            if not bureau.falls_to:
                return None
            bureau = bureaus()[bureau.falls_to]
        names = self.units[bureau.key]
        named = [name for name in names if name[:2] in text] if len(names) > 1 else []
        return (named or names)[0], bureau


def roll(names: Sequence[str]) -> Roll:
    """Match a place's own names of units to the bureaus of the catalogue."""
    units: dict[str, list[str]] = {}
    unknown = []
    for name in dict.fromkeys(names):
        keys = keys_of(name)
        for key in keys:
            units.setdefault(key, []).append(name)
        if not keys:
            unknown.append(name)
    return Roll(units, tuple(unknown))


def keys_of(name: str) -> tuple[str, ...]:
    """Return the bureaus whose work a unit of this name does; more than one where offices were merged (教育体育局)."""
    bare = name.strip()
    for start in range(len(bare)):
        # What stands before a name that is known must be a place.
        if bare[start:] in _known() and (start == 0 or bare[start - 1] in _PLACE_ENDS):
            return _known()[bare[start:]]
    kept: list[tuple[str, ...]] = []
    reached = 0
    for start in range(len(bare)):
        stem = next((stem for stem in _stems_by_length() if bare.startswith(stem, start)), "")
        if stem and start >= reached:
            kept.append(_stems()[stem])
            reached = start + len(stem)
    if not kept and name.endswith(("镇", "乡", "街道", "苏木")):
        return ("districts",)
    return tuple(dict.fromkeys(key for keys in kept for key in keys))


@cache
def _known() -> dict[str, tuple[str, ...]]:
    known: dict[str, list[str]] = {}
    # A bureau that another one stands in for may bear the other's names, so it comes last.
    for bureau in sorted(bureaus().values(), key=lambda b: bool(b.falls_to)):
        # Only the present names: older ones may be those of another bureau that did its work.
        for names in bureau.editions[0].names.values():
            for name in names:
                if name[0] not in "委政" and "{" not in name and bureau.key not in known.get(name, ()):
                    known.setdefault(name, []).append(bureau.key)
    return {name: (keys[0],) for name, keys in known.items()}


@cache
def _stems_by_length() -> tuple[str, ...]:
    return tuple(sorted(_stems(), key=lambda stem: (-len(stem), stem)))


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    stems: dict[str, list[str]] = {}
    for bureau in bureaus().values():
        for stem in bureau.stems:
            stems.setdefault(stem, []).append(bureau.key)
    return {stem: tuple(keys) for stem, keys in stems.items()}
