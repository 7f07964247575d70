"""Bureaus (部门): what the units of Chinese governments are called and what they do.

The data stand in ``bureaus/*.yaml``, one file a group of fields. They are general knowledge about
governments from the nation to the county (机构改革方案, 三定方案 as published), not learned from any task.
Each bureau has

``own``
    words of duties that as a rule only this bureau leads (专属职责);
``usual``
    words of duties that it usually leads, often beside another (常见职责);
``part``
    words that hint at it weakly (涉及);
``supports``
    words of tasks that it usually supports (配合);
``beside``
    bureaus to which a task of its field may go instead, the likeliest first (相邻部门).

The names of a bureau change with reforms; each spell of names is an edition that names its reforms.
A bureau that many places do not have says which one then does its work (``falls_to``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

import yaml

from luoshi.catalogue.reform import Reform, reforms

Rank = Literal["nation", "province", "municipality", "city", "county"]
"""Rank of a government as far as names of bureaus depend on it; a municipality is 直辖市."""

RANKS: tuple[Rank, ...] = get_args(Rank)


@dataclass(frozen=True, slots=True)
class Edition:
    """Names that a bureau bears for a time.

    Attributes:
        since: Reform that brought the names; None for as long as anyone remembers.
        until: Reform that ended them; None while they last.
        names: By rank the full name and then the short ones, without the place before them; ``{}`` shows where
            the place goes when it is not before.
        words: Where several offices shared the duties then: words of the tasks that were this one's.
        note: Where the names come from, or why they differ from place to place.
    """

    since: Reform | None
    until: Reform | None
    names: Mapping[Rank, tuple[str, ...]]
    words: tuple[str, ...] = ()
    note: str = ""

    def is_in_force(self, day: date, *, national: bool) -> bool:
        """Tell whether the names are in use on `day`, in the nation's government or a local one."""
        return (self.since is None or _day(self.since, national) <= day) and (
            self.until is None or day < _day(self.until, national)
        )

    def name(self, rank: Rank) -> tuple[str, ...]:
        """Return the full name and the short ones for `rank`; a municipality has those of a city but for its own."""
        return self.names.get(rank) or self.names["city"]


@dataclass(frozen=True, slots=True)
class Bureau:
    """A bureau, or another body that tasks are given to.

    Attributes:
        key: Key in plans.
        zh: What it does, in Chinese.
        en: The same in English.
        field: Field that it belongs to (name of its file).
        stems: Parts of names by which a unit is recognised as this bureau.
        falls_to: Bureau that does its work where a place has none of its own, or "".
        plain: Whether its names stand without the place's prefix (各县（市、区）人民政府).
        editions: Names, the present ones first.
        own: Words of duties that only it leads.
        usual: Words of duties that it usually leads.
        part: Words that hint at it.
        supports: Words of tasks that it supports.
        beside: Bureaus to which a task of its field may go instead.
    """

    key: str
    zh: str
    en: str
    field: str
    stems: tuple[str, ...]
    falls_to: str
    plain: bool
    editions: tuple[Edition, ...]
    own: tuple[str, ...]
    usual: tuple[str, ...]
    part: tuple[str, ...]
    supports: tuple[str, ...]
    beside: tuple[str, ...]

    @property
    def is_rare(self) -> bool:
        """Whether only some places have it apart from the bureau that it falls to (房管局, 园林局)."""
        return bool(self.falls_to and self.editions[0].note)

    def edition(self, rank: Rank, day: date, text: str = "") -> Edition:
        """Return the names in use on `day`; `text` chooses where several offices shared the duties."""
        national = rank == "nation"
        current = [e for e in self.editions if e.is_in_force(day, national=national)]
        for edition in current:
            if any(word in text for word in edition.words):
                return edition
        undivided = [e for e in current if not e.words]
        return undivided[0] if undivided else self.editions[-1]


@cache
def bureaus() -> dict[str, Bureau]:
    """Return every bureau by key, in the order of the catalogue."""
    found: dict[str, Bureau] = {}
    folder = resources.files("luoshi.catalogue").joinpath("bureaus")
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".yaml"):
            field = entry.name.removesuffix(".yaml")
            for data in yaml.safe_load(entry.read_text(encoding="utf-8")):
                bureau = _bureau(data, field)
                if bureau.key in found:
                    raise ValueError(f"bureau {bureau.key} stands twice in the catalogue")
                found[bureau.key] = bureau
    return found


def _bureau(data: dict[str, Any], field: str) -> Bureau:
    return Bureau(
        key=data["key"],
        zh=data["label"]["zh"],
        en=data["label"]["en"],
        field=field,
        stems=tuple(data["stems"].split()),
        falls_to=data.get("falls_to", ""),
        plain=data.get("plain", False),
        editions=tuple(_edition(entry) for entry in data["editions"]),
        own=tuple(data["own"].split()),
        usual=tuple(data["usual"].split()),
        part=tuple(data["part"].split()),
        supports=tuple(data["supports"].split()),
        beside=tuple(data["beside"].split()),
    )


def _edition(data: dict[str, str]) -> Edition:
    since, until = data.get("since"), data.get("until")
    return Edition(
        since=reforms()[since] if since else None,
        until=reforms()[until] if until else None,
        names={rank: tuple(data[rank].split()) for rank in RANKS if rank in data},
        words=tuple(data.get("words", "").split()),
        note=data.get("note", ""),
    )


def _day(reform: Reform, national: bool) -> date:
    return reform.nation if national else reform.local
