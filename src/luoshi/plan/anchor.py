"""Finding places again in a changed text (出处重新定位)."""

from __future__ import annotations

from bisect import bisect_right
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Any

import msgspec

from luoshi.kernel.span import Span
from luoshi.plan.model import Item


class Anchors:
    """Leads from places in an old text to the same words in a new one.

    Lines that both texts have tell where to look; the words themselves must be there exactly, else a place is lost.
    """

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
        starts, ends = [0, *accumulate(map(len, before))], [0, *accumulate(map(len, after))]
        blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        self._marks = [(starts[a], ends[b]) for a, b, size in blocks if size] or [(0, 0)]

    def find(self, span: Span, near: int | None = None) -> Span | None:
        """Return the place of the same words in the new text, the nearest to where they are expected, or None."""
        words = span.quote(self._old)
        if near is None:
            mark = self._marks[max(0, bisect_right(self._marks, span.start, key=lambda mark: mark[0]) - 1)]
            near = mark[1] + span.start - mark[0]
        before = self._new.rfind(words, 0, near + len(words))
        after = self._new.find(words, max(0, near))
        found = [place for place in (before, after) if place >= 0]
        if not found:
            return None
        start = min(found, key=lambda place: abs(place - near))
        return Span(span.source, start, start + len(words))


def anchored(item: Item, source: str, anchors: Anchors) -> tuple[Item, bool]:
    """Return the item with its places in `source` found again, and whether its own words were found.

    An item whose words are gone points at nothing any more.
    """
    if all(span.source != source for span in item.spans):
        return item, True
    places = [anchors.find(span) if span.source == source else span for span in item.spans]
    spans = tuple(place for place in places if place is not None)
    if places[0] is None:
        lost: Item = _moved(item, lambda span: None if span.source == source else span)
        return msgspec.structs.replace(lost, spans=()), False
    home, first = item.spans[0], places[0]

    def find(span: Span) -> Span | None:
        if span.source != source:
            return span
        return anchors.find(span, first.start + span.start - home.start if home.covers(span) else None)

    moved: Item = _moved(item, find)
    return msgspec.structs.replace(moved, spans=spans), True


def _moved(value: Any, find: Any) -> Any:
    """Return a value with every place in it led through `find`; in lists, lost places are left out."""
    if isinstance(value, Span):
        return find(value)
    if isinstance(value, tuple):
        parts = (_moved(part, find) for part in value)
        return tuple(part for part in parts if part is not None)
    if isinstance(value, msgspec.Struct):
        changed = {name: _moved(getattr(value, name), find) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **changed)
    return value
