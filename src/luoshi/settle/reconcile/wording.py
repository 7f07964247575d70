"""Words by which claims are read (兑现用语), from ``words.yaml``, and how alike two wordings are."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import yaml

_LEFT_OUT = re.compile(r"[\d.%％]+|[^一-鿿A-Za-z0-9]+")
_COMMON = re.compile(
    r"全[市省县区国州旗]|我[市省县区州旗]|新增|新建|改造|完成|实现|建成|达到|力争|确保|加快|推进|推动|以上|左右|以内|同比|比上年|增长|下降"
)

_LEAST, _LONG_ENOUGH = 3, 5
_CLAUSE = re.compile(r"[，,；;：:]")


@dataclass(frozen=True, slots=True)
class Words:
    """Words by what they say (see ``words.yaml``), and groups of which two different things have different ones."""

    done: tuple[str, ...]
    begun: tuple[str, ...]
    ongoing: tuple[str, ...]
    undone: tuple[str, ...]
    met: tuple[str, ...]
    beyond: tuple[str, ...]
    summed: tuple[str, ...]
    total: tuple[str, ...]
    added: tuple[str, ...]
    in_step: tuple[str, ...]
    apart: tuple[tuple[str, ...], ...]


@cache
def words() -> Words:
    """Return the words."""
    text = resources.files("luoshi.settle.reconcile").joinpath("words.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    # The longest first, so that 城乡 is not read as part of a longer word and 国家级 not as 国家.
    groups = tuple(tuple(sorted(group, key=lambda word: -len(word))) for group in data.pop("apart"))
    return Words(apart=groups, **{name: tuple(listed) for name, listed in data.items()})


@cache
def redefined() -> dict[str, tuple[str, int]]:
    """Return the key that took the place of an indicator's, and the year from whose figures on (``redefined.yaml``)."""
    text = resources.files("luoshi.settle.reconcile").joinpath("redefined.yaml").read_text(encoding="utf-8")
    return {row["was"]: (row["now"], row["since"]) for row in yaml.safe_load(text)}


def is_successor(was: str, now: str, year: int) -> bool:
    """Tell whether an indicator took the place of another by the figures of a year."""
    successor, since = redefined().get(was, ("", 0))
    return successor == now != "" and year >= since


def first_of(listed: Iterable[str], text: str) -> str:
    """Return the first listed word that stands in a text, or ""."""
    return next((word for word in listed if word in text), "")


def are_apart(one: str, other: str) -> bool:
    """Tell whether two wordings name different things, because each has a word of a group that the other has not.

    Example:
        >>> are_apart("省级龙头企业", "国家级龙头企业"), are_apart("城镇居民收入", "居民收入")
        (True, False)
    """
    for group in words().apart:
        first, second = _marks(group, one), _marks(group, other)
        if first and second and not first & second:
            return True
    return False


def _marks(group: tuple[str, ...], text: str) -> set[str]:
    found, rest = set(), text
    for word in group:
        if word in rest:
            found.add(word)
            rest = rest.replace(word, "·")
    return found


@lru_cache(maxsize=65536)
def grams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a text, numbers and marks left aside."""
    bare = _LEFT_OUT.sub(" ", text)
    return frozenset(
        piece[at : at + 2] for piece in bare.split() for at in range(len(piece) - 1)
    ) or frozenset(piece for piece in bare.split() if piece)


_JOINT = re.compile(r"[、，,；]|以及|和|与|及")
_QUOTED = re.compile(r"[“《]([^”》]{3,20})[”》]")


def variants(name: str) -> tuple[str, ...]:
    """Return the wordings under which a thing may be spoken of: its name, what stands in quotation marks in it, and the members of a list.

    Example:
        >>> variants("东环高速和西环高速一期")
        ('东环高速和西环高速一期', '东环高速', '西环高速一期')
    """
    parts = [part for part in _JOINT.split(name) if len(grams(part)) >= _LEAST]
    return tuple(dict.fromkeys([name, *_QUOTED.findall(name), *(parts if len(parts) > 1 else ())]))


def clauses(text: str) -> tuple[str, ...]:
    """Return the clauses of a sentence that are long enough to be told apart from others."""
    parts = (part.strip() for part in _CLAUSE.split(text))
    return tuple(part for part in parts if len(grams(part)) >= _LONG_ENOUGH)


def core(text: str) -> str:
    """Return a wording without words that say nothing of what it is about; the whole where nothing else is left.

    Example:
        >>> core("全市新增城镇就业"), core("增长")
        ('城镇就业', '增长')
    """
    return _COMMON.sub("", text) or text


class Weights:
    """How much a pair of characters tells, by how few sentences of the two reports hold it."""

    def __init__(self, sentences: Collection[str]) -> None:
        """Count the pairs of sentences."""
        held = Counter(gram for sentence in sentences for gram in grams(sentence))
        self._count = len(sentences)
        self._weight = {gram: math.log((self._count + 1) / (n + 0.5)) for gram, n in held.items()}
        self._rarest = math.log((self._count + 1) / 0.5)

    def of(self, found: Iterable[str]) -> float:
        """Return what some pairs weigh together; the order of the pairs makes no difference."""
        return math.fsum(self._weight.get(gram, self._rarest) for gram in found)

    def cover(self, part: frozenset[str], whole: frozenset[str]) -> float:
        """Return how much of a part stands in a whole, 0 to 1."""
        weight = self.of(part)
        return self.of(part & whole) / weight if weight else 0.0

    def alike(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Return how alike two wordings are: the middle of their weighted Dice coefficient and of how much the smaller one shares, 0 to 1."""
        first, second = self.of(one), self.of(other)
        if not first or not second:
            return 0.0
        shared = self.of(one & other)
        return (2 * shared / (first + second) + shared / min(first, second)) / 2
