"""Parts that follow the numerals of a name (三谈五看, 三区两通道): runs that begin or end as the name says."""

from __future__ import annotations

import re

from luoshi.catalogue.procedure import words
from luoshi.compiler.listing import Range, split, trim
from luoshi.compiler.procedure.edge import without_end
from luoshi.compiler.procedure.listing import before_and_so_on, items, without_opener
from luoshi.compiler.procedure.numeral import Group

QUOTED = re.compile(r"“([^“”\n]{2,60})”")


def by_heads(text: str, name: str, groups: tuple[Group, ...], start: int, end: int) -> list[Range]:
    """Read ``谈A、谈B；看C、看D``: as many parts with the counted character in front as the name says."""
    pieces: list[Range] = []
    here = start
    for group in groups:
        run = _run_of_heads(text, group, here, end)
        if not group.count or len(run) != group.count:
            return []
        pieces += run
        here = run[-1][1]
    rest = trim(text, here, end)
    if len(pieces) > 1:
        pieces[-1] = without_end(text, name, pieces)
    names_more = any(mark in text[slice(*rest)] for mark in groups[-1].unit[1:])
    if len(groups) > 1 and names_more and rest[1] - rest[0] > 4:
        pieces.append(rest)  # 三谈五看两查后扶: what comes after the checks is the last stage
    return pieces


def _head(group: Group) -> str:
    """Return what the parts of a group begin with: 谈 of 三谈, 统筹 of 五个统筹."""
    return group.unit[1:3] if group.unit.startswith("个") and len(group.unit) > 1 else group.unit[0]


def _run_of_heads(text: str, group: Group, start: int, end: int) -> list[Range]:
    if not group.unit:
        return []
    head = _head(group)
    starts = [
        match.end()
        for match in re.finditer(rf"(?:(?<=[、，；。：“])|^|(?<=^对))(?={re.escape(head)})", text[start:end])
    ]
    starts = [start + offset for offset in starts]
    if not starts:
        return []
    if group.count and len(starts) == group.count - 1:
        before = text.rfind(head, start, starts[0])
        if before >= 0 and not any(mark in text[before : starts[0] - 1] for mark in "、，；。"):
            # 各项工作争进位、争一流: the first stands behind its subject; 国家重大战略 has none before 重
            subject = text[max(start, *(text.rfind(mark, start, before) + 1 for mark in "、，；。")) : before]
            if len(subject) > 2 or subject in _OPENING_VERBS:
                starts.insert(0, before)
    pieces = []
    for index, begin in enumerate(starts):
        stop = starts[index + 1] if index + 1 < len(starts) else _run_end(text, starts, end)
        if text[begin - 1] == "“" and (closing := text.find("”", begin, stop)) > 0:
            stop = closing
        pieces.append(trim(text, *before_and_so_on(text, begin, stop)))
    return pieces


_OPENING_VERBS = frozenset((*words().openers, *words().leads, *words().list_verbs))


def _run_end(text: str, starts: list[int], end: int) -> int:
    """Return where the last part of a run ends: at a mark like the one before it."""
    stop = _segment_end(text, starts[-1], end)
    mark = text[starts[-1] - 1]
    for other in {"、": "、，", "，": "，"}.get(mark, "") if len(starts) > 1 else "":
        cut = text.find(other, starts[-1], stop)
        stop = cut if cut > 0 else stop
    return stop


def _segment_end(text: str, start: int, end: int) -> int:
    stops = [stop for mark in "；。" if (stop := text.find(mark, start, end)) >= 0]
    return min(stops, default=end)


def by_groups(text: str, groups: tuple[Group, ...], start: int, end: int) -> list[Range]:
    """Read ``A、B、C；D、E``: one stretch for each numeral of the name."""
    if len(groups) < 2:
        return []
    for marks in ("；", "；。", "，；。", "，"):
        segments = split(text, start, end, marks)
        if len(segments) != len(groups):
            continue
        pieces: list[Range] = []
        for group, segment in zip(groups, segments, strict=True):
            found = _group_items(text, group, *segment)
            if group.count is not None and len(found) != group.count:
                break
            pieces += found
        else:
            return pieces
    return []


def _group_items(text: str, group: Group, start: int, end: int) -> list[Range]:
    quoted = [match.span(1) for match in QUOTED.finditer(text, start, end)]
    if group.count and len(quoted) == group.count:
        return quoted
    heads = _run_of_heads(text, group, start, end)
    if group.count and len(heads) == group.count:
        return heads
    return items(text, *before_and_so_on(text, *without_opener(text, start, end)), group.count)


def by_tails(text: str, group: Group, start: int, end: int) -> list[Range]:
    """Read ``建好、管好、护好、运营好农村公路``: parts that end with the counted character."""
    if not group.count or group.count < 2 or not group.unit:
        return []
    tail = group.unit[0]
    for clause in split(text, start, end, "，；。"):
        pieces = split(text, *clause)
        if len(pieces) == group.count and all(text[stop - 1] == tail for _, stop in pieces[:-1]):
            first, last = pieces[0], pieces[-1]
            cut = last[1] - 1 if text[last[1] - 1] == tail else text.find(tail, *last)
            if cut >= 0:
                opened = first if text[first[0]] == text[pieces[1][0]] else without_opener(text, *first)
                return [opened, *pieces[1:-1], (last[0], cut + 1)]
    word = group.unit.removeprefix("个")
    alike = [clause for clause in split(text, start, end, "，；。") if text.endswith(word, *clause)]
    return alike if len(alike) == group.count else []
