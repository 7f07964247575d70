"""Places (行政区划) and their codes.

Standard:
    GB/T 2260《中华人民共和国行政区划代码》. ``places.csv`` lists provinces, prefectures and counties of the
    edition of 2020, and with ``former`` = 1 the names and codes of 2002–2013 that it no longer has
    (襄樊市, 莱芜市, counties that became districts). Facts taken over from the packages cpca 0.5.5 (MIT) and
    GB2260 0.4.1 (BSD).

Limits:
    Changes after 2020 are not listed; a place that is not found has no code.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

_RANK_WORDS = re.compile("(?:自治区|自治州|自治县|自治旗|特别行政区|地区|新区|省|市|盟|县|旗|区|州)$")
_PEOPLES = re.compile(
    "(?:(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|"
    "达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各)族|维吾尔|哈萨克|柯尔克孜|蒙古|塔吉克|锡伯)+$"
)


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """A place of the standard.

    Attributes:
        code: Six digits.
        name: Full name (天门市).
        former: Whether the edition of 2020 no longer has it.
    """

    code: str
    name: str
    former: bool

    @property
    def rank(self) -> str:
        """The rank that the code states: province, city or county.

        A county-level city directly under a province (省直辖县级市, third and fourth digit 90) counts as a city:
        no prefecture stands between it and the province.
        """
        if self.code.endswith("0000"):
            return "province"
        if self.code.endswith("00") or (self.code[2:4] == "90" and self.name.endswith("市")):
            return "city"
        return "county"

    @property
    def above(self) -> tuple[str, ...]:
        """Names of the places above it, the nearest first."""
        codes = [self.code[:4] + "00", self.code[:2] + "0000"]
        return tuple(_by_code()[code].name for code in codes if code != self.code and code in _by_code())


def named(name: str) -> tuple[ListedPlace, ...]:
    """Return the places with this full name, those in force first; several districts share one name."""
    return _by_name().get(name, ())


def called(short: str) -> tuple[ListedPlace, ...]:
    """Return the places in force whose short name this is (天门, 内蒙古, 延边)."""
    return _by_short_name().get(short, ())


@cache
def _all() -> tuple[ListedPlace, ...]:
    text = resources.files("luoshi.catalogue").joinpath("places.csv").read_text(encoding="utf-8")
    return tuple(
        ListedPlace(row["code"], row["name"], row["former"] == "1")
        for row in csv.DictReader(io.StringIO(text))
    )


@cache
def _by_code() -> dict[str, ListedPlace]:
    return {place.code: place for place in sorted(_all(), key=lambda place: not place.former)}


@cache
def _by_name() -> dict[str, tuple[ListedPlace, ...]]:
    places: dict[str, list[ListedPlace]] = {}
    for place in sorted(_all(), key=lambda place: (place.former, place.code)):
        places.setdefault(place.name, []).append(place)
    return {name: tuple(found) for name, found in places.items()}


@cache
def _by_short_name() -> dict[str, tuple[ListedPlace, ...]]:
    places: dict[str, list[ListedPlace]] = {}
    for place in _all():
        if not place.former:
            places.setdefault(_short(place.name), []).append(place)
    return {name: tuple(found) for name, found in places.items()}


def _short(name: str) -> str:
    """Return the name without its rank and, for an autonomous place, without its peoples."""
    core = _RANK_WORDS.sub("", name)
    if name.startswith("内蒙古"):
        return "内蒙古"
    without = _PEOPLES.sub("", core)
    return next((words for words in (without, core) if len(words) > 1), name)
