"""Which items of two plans are the same (条目对应): by history, identity, place, and likeness of words, in this order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from luoshi.kernel.span import Span
from luoshi.plan.items import label_of
from luoshi.plan.model import Claim, Commitment, Item, Target

_COVERED = 0.8
"""Share of a sentence that must lie inside another for one to be part of the other."""
_OVERLAPPING = 0.5
_ALIKE = 0.6
"""Dice coefficient of character pairs from which two texts say the same; below it reworded lists of projects pair up wrongly."""


_Index = Mapping[Hashable, list[int]]


@dataclass(slots=True)
class Matching:
    """Which items correspond.

    Attributes:
        pairs: One to one, new identity by old.
        split: Several new identities by the old one that they were part of.
        merged: Several old identities by the new one that they are part of.
    """

    pairs: dict[str, str] = field(default_factory=dict)
    split: dict[str, tuple[str, ...]] = field(default_factory=dict)
    merged: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def old(self) -> set[str]:
        """Old identities that correspond to something."""
        return {*self.pairs, *self.split, *(name for names in self.merged.values() for name in names)}

    @property
    def new(self) -> set[str]:
        """New identities that correspond to something."""
        return {
            *self.pairs.values(),
            *self.merged,
            *(name for names in self.split.values() for name in names),
        }

    def turned(self) -> Matching:
        """Return the same correspondence seen from the other plan."""
        pairs = {new: old for old, new in self.pairs.items()}
        return Matching(pairs=pairs, split=dict(self.merged), merged=dict(self.split))

    def news_of(self, old: str) -> tuple[str, ...]:
        """Return the new identities of an old item; nothing where it is gone."""
        if old in self.pairs:
            return (self.pairs[old],)
        if old in self.split:
            return self.split[old]
        return tuple(new for new, olds in self.merged.items() if old in olds)


def match(old: Sequence[Item], new: Sequence[Item], *, same_text: bool) -> Matching:
    """Return which items of one kind in `old` and `new` correspond.

    Args:
        old: Items of the earlier plan.
        new: Items of the later one.
        same_text: Whether the places of both count in the same text, so that they can be compared.
    """
    # Equal candidates are decided by their place: the order of the lists must not matter.
    old, new = sorted(old, key=_order), sorted(new, key=_order)
    found = Matching()
    _by_history(old, new, found)
    _by_key(old, new, found, lambda item: item.lineage if isinstance(item, Commitment) else "")
    _by_key(old, new, found, lambda item: item.id)
    if same_text:
        if old and isinstance(old[0], Commitment):
            _by_cover(_left(old, found.old), _left(new, found.new), found)
        _greedy(old, new, found, _near, _overlap, _OVERLAPPING)
    _greedy(old, new, found, _sharing_words, likeness, _ALIKE)
    return found


def likeness(one: Item, other: Item) -> float:
    """Return how alike the words of two items are, 0 to 1 (Dice coefficient of character pairs)."""
    return _dice(_pairs_of(one), _pairs_of(other))


def _order(item: Item) -> tuple[bool, str, int, int, str]:
    if not item.spans:
        return (True, "", 0, 0, item.id)
    first = item.spans[0]
    return (False, first.source, first.start, first.end, item.id)


def _left(items: Iterable[Item], matched: set[str]) -> list[Item]:
    return [item for item in items if item.id not in matched]


def _by_history(old: Sequence[Item], new: Sequence[Item], found: Matching) -> None:
    """Follow `parent` and `merged_from` of commitments whose origins are gone."""
    there = {item.id for item in old} - {item.id for item in new}
    parts: dict[str, list[str]] = defaultdict(list)
    for item in new:
        if not isinstance(item, Commitment):
            return
        origins = tuple(name for name in item.merged_from if name in there)
        if len(origins) > 1:
            found.merged[item.id] = origins
        elif len(origins) == 1:
            found.pairs[origins[0]] = item.id
        elif item.parent in there:
            parts[item.parent].append(item.id)
    for whole, names in parts.items():
        if whole in found.old:
            continue
        if len(names) > 1:
            found.split[whole] = tuple(names)
        else:
            found.pairs[whole] = names[0]


def _by_key(old: Sequence[Item], new: Sequence[Item], found: Matching, read: Callable[[Item], str]) -> None:
    known = {read(item): item.id for item in _left(new, found.new) if read(item)}
    for item in _left(old, found.old):
        name = known.pop(read(item), "")
        if name:
            found.pairs[item.id] = name


def _by_cover(old: list[Item], new: list[Item], found: Matching) -> None:
    """Find sentences that another compilation, or a person, cut differently."""
    for whole in old:
        parts = [item.id for item in new if item.id not in found.new and _is_part(item, whole)]
        if len(parts) > 1:
            found.split[whole.id] = tuple(parts)
    for whole in new:
        if whole.id in found.new:
            continue
        parts = [item.id for item in old if item.id not in found.old and _is_part(item, whole)]
        if len(parts) > 1:
            found.merged[whole.id] = tuple(parts)


def _is_part(part: Item, whole: Item) -> bool:
    length = _length(part.spans)
    return 0 < length < _length(whole.spans) and _common(part.spans, whole.spans) >= _COVERED * length


def _length(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def _common(one: Sequence[Span], other: Sequence[Span]) -> int:
    return sum(
        max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other if a.source == b.source
    )


def _place(item: Item) -> tuple[Span, ...]:
    """Return where an item stands: a number's own place tells targets of one clause apart."""
    if isinstance(item, Target | Claim) and item.number is not None:
        return (item.number,)
    return item.spans[:1]


def _overlap(one: Item, other: Item) -> float:
    common = _common(_place(one), _place(other))
    if not common:
        return 0.0
    whole = _length(_place(one)) + _length(_place(other)) - common
    # Where several items share a place, their words decide.
    return common / whole + likeness(one, other) / 1000


def _near(items: list[Item]) -> _Index:
    """Index items by the stretches of fifty characters that their places touch."""
    index: dict[Hashable, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        for span in _place(item):
            for cell in range(span.start // 50, span.end // 50 + 1):
                index[span.source, cell].append(number)
    return index


def _sharing_words(items: list[Item]) -> _Index:
    index: dict[Hashable, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        for pair in _pairs_of(item):
            index[pair].append(number)
    return index


def _greedy(
    old: Sequence[Item],
    new: Sequence[Item],
    found: Matching,
    index_of: Callable[[list[Item]], _Index],
    score: Callable[[Item, Item], float],
    least: float,
) -> None:
    """Pair what is left, the best score first."""
    olds, news = _left(old, found.old), _left(new, found.new)
    if not olds or not news:
        return
    by_new = index_of(news)
    scored = []
    for number, item in enumerate(olds):
        candidates: Counter[int] = Counter()
        for cell in index_of([item]):
            candidates.update(by_new.get(cell, ()))
        # The few that share most are enough; the score decides among them.
        for candidate, _ in candidates.most_common(8):
            value = score(item, news[candidate])
            if value >= least:
                scored.append((-value, number, candidate))
    used: set[int] = set()
    for _, number, candidate in sorted(scored):
        if olds[number].id not in found.pairs and candidate not in used:
            used.add(candidate)
            found.pairs[olds[number].id] = news[candidate].id


def _pairs_of(item: Item) -> Counter[str]:
    words = "".join((label_of(item) + item.text).split())
    return Counter(a + b for a, b in pairwise(words))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
