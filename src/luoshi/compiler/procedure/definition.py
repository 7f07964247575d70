"""Parts that a definition gives to a name (释义中的成员): the list, however it is written.

The name says how many parts there are (三区两通道: three and two); of the ways to read the definition the first that
gives that many is taken. Where none does, the plainest list is taken and marked as not matching.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.catalogue.procedure import words
from luoshi.compiler.listing import Range, split, trim
from luoshi.compiler.procedure.listing import are_names, before_and_so_on, items, without_opener
from luoshi.compiler.procedure.numeral import Group, accepts, core, declared, groups_of, value

_QUOTED = re.compile(r"“([^“”\n]{2,60})”")
_KEY = re.compile(
    r"(?:(?<=[，；。：、\n”])|^)(“?[^“”，；：。、\n]{1,10}?”?)(?:，?(?:是指|分别是指|分别是|分别为|分别指|即指|指的是|指|即是|即)|：|是|为)"
)
_ENUMERATED = re.compile(
    r"(?:(?<=[，；。：\n])|^)(?:[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]{1,2}步?[，：、是]|（?[1-9]\d?[）.、．]|[①-⑳])"
)
_COUNTED = re.compile(
    r"等?(?:这)?([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九两]|\d{1,2})(?:大|个|项|类|种|条|家|座|支|方面|领域|环节|步骤|重点)"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts read from a definition.

    Attributes:
        pieces: Where they stand.
        way: How they were read: ``components``, ``heads``, ``quoted`` …
        is_exact: Whether there are as many as the name declares; true where it declares none.
    """

    pieces: tuple[Range, ...]
    way: str
    is_exact: bool


def parts_of(text: str, name: str, start: int, end: int) -> Parts | None:
    """Return the parts that the definition between `start` and `end` gives to `name`, or None."""
    count, groups = declared(name), groups_of(name)
    loose: Parts | None = None
    for way, pieces in _readings(text, name, groups, count, start, end):
        if not are_names(pieces):
            continue
        is_exact = accepts(name, len(pieces))
        if way == "heads" and count and len(pieces) == count + 1:
            return Parts(
                tuple(pieces), way, True
            )  # the parts that the name counts and the one that it only names
        if way == "components" and (is_exact or are_names(pieces, _SHORT)):
            return Parts(tuple(pieces), way, is_exact)
        if is_exact and (count is not None or way in _SURE_WITHOUT_COUNT):
            return Parts(tuple(pieces), way, True)
        if loose is None and way in _PLAIN and are_names(pieces, _SHORT):
            loose = Parts(tuple(pieces), way, False)
    return loose if count is not None else None


_SHORT = 24
_SURE_WITHOUT_COUNT = ("quoted list", "list", "name", "components")
_PLAIN = ("list", "clauses", "quoted", "semicolons")


def _readings(
    text: str, name: str, groups: tuple[Group, ...], count: int | None, start: int, end: int
) -> Iterator[tuple[str, list[Range]]]:
    """Yield the ways to read a definition as a list, the most telling first."""
    yield "components", _components(text, name, start, end)
    if count:
        yield "enumerated", _enumerated(text, start, end)
    if groups:
        yield "heads", _by_heads(text, groups, start, end)
        yield "groups", _by_groups(text, groups, start, end)
    for match in _QUOTED.finditer(text, start, end):
        if "、" in match[1] or "，" in match[1]:
            yield "quoted list", split(text, *match.span(1), "、，")
    if count:
        yield "counted", _before_count(text, count, start, end)
    if groups:
        yield "tails", _by_tails(text, groups[0], start, end)
    if count:
        yield "quotes", _quotes_alone(text, start, end)
    first = _sentence_end(text, start, end)
    yield from _plain_lists(text, name, count, start, first)
    if count:
        yield "quoted", [match.span(1) for match in _QUOTED.finditer(text, start, end)]
        yield "semicolons", split(text, start, end, "；。")
        for clause in split(text, start, end, "，；。"):
            for region in (before_and_so_on(text, *clause), clause):
                yield "clause", items(text, *without_opener(text, *region), count)
    yield "name", []


def _sentence_end(text: str, start: int, end: int) -> int:
    stop = text.find("。", start, end)
    return end if stop < 0 else stop


def _plain_lists(
    text: str, name: str, count: int | None, start: int, end: int
) -> Iterator[tuple[str, list[Range]]]:
    start, end = _without_name(text, name, *without_opener(text, *trim(text, start, end)))
    clauses = split(text, start, end, "，；")
    if clauses and (count or (len(clauses) == 1 and text.count("、", start, end) > 1)):
        yield "list", items(text, *_without_name(text, name, *clauses[0]), count)
    cut = before_and_so_on(text, *clauses[0]) if clauses else (start, end)
    yield "list" if count else "cut", items(text, *cut, count)
    if count:
        yield "list", items(text, start, end, count)
        yield "list", split(text, start, end, "+＋")
        yield "clauses", clauses


def _quotes_alone(text: str, start: int, end: int) -> list[Range]:
    """Read 评选“甲”和“乙”: quoted words with no noun of their own behind them."""
    matches = list(_QUOTED.finditer(text, start, end))
    if all(text[match.end() : match.end() + 1] in "、，；。和及与“\n" for match in matches):
        return [match.span(1) for match in matches]
    return []


def _without_name(text: str, name: str, start: int, end: int) -> Range:
    """Leave out the name where the definition ends with it (…生态文明建设五位一体)."""
    plain = core(name)
    while end - start > len(plain) + 2 and text.startswith(plain, end - len(plain)):
        end -= len(plain)
    return trim(text, start, end)


def _components(text: str, name: str, start: int, end: int) -> list[Range]:
    """Read ``四湖是指A、B；六河是指C、D``: each piece of the name with its own list."""
    plain = core(name)
    keys = []
    for match in _KEY.finditer(text, start, end):
        key = match[1].strip("“”")
        if key and key in plain and (match[1][0] == "“" or len(key) > 1 or key.isalnum()):
            keys.append((match, key))
    if len(keys) < 2:
        return []
    pieces: list[Range] = []
    are_parts = all(key in plain.split("、") for _, key in keys)
    for index, (match, key) in enumerate(keys):
        stop = keys[index + 1][0].start(1) if index + 1 < len(keys) else end
        body = trim(text, match.end(), stop)
        if are_parts and len(split(text, *body, "，。")) > 1:
            return [trim(text, *other.span(1)) for other, _ in keys]
        groups = groups_of(key + "项") if len(key) < 3 else groups_of(key)
        size = groups[0].count if groups else None
        body = before_and_so_on(text, *body) if size and size > 1 else body
        pieces += (
            items(text, *without_opener(text, *body), size) if (size or 0) > 1 or not _is_one(key) else [body]
        )
    return [piece for piece in pieces if piece[0] < piece[1]]


def _is_one(key: str) -> bool:
    return key[:1] in "一1多NnXx" or not re.match(r"[二三四五六七八九十两双\d]", key)


def _by_heads(text: str, groups: tuple[Group, ...], start: int, end: int) -> list[Range]:
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
    if len(groups) > 1 and len(groups[-1].unit) > 1 and rest[1] - rest[0] > 4:
        pieces.append(rest)  # 三谈五看两查后扶: what comes after the checks is the last stage
    return pieces


def _run_of_heads(text: str, group: Group, start: int, end: int) -> list[Range]:
    if not group.unit:
        return []
    head = re.escape(group.unit[0])
    starts = [
        match.end() for match in re.finditer(rf"(?:(?<=[、，；。：“])|^|(?<=^对))(?={head})", text[start:end])
    ]
    starts = [start + offset for offset in starts]
    if not starts:
        return []
    if group.count and len(starts) == group.count - 1:
        before = text.rfind(
            group.unit[0], start, starts[0]
        )  # 各项工作争进位、争一流: the first stands behind its subject
        if before >= 0 and not any(mark in text[before : starts[0] - 1] for mark in "、，；。"):
            starts.insert(0, before)
    pieces = []
    for index, begin in enumerate(starts):
        stop = starts[index + 1] if index + 1 < len(starts) else _segment_end(text, begin, end)
        if text[begin - 1] == "“" and (closing := text.find("”", begin, stop)) > 0:
            stop = closing
        pieces.append(trim(text, *before_and_so_on(text, begin, stop)))
    return pieces


def _segment_end(text: str, start: int, end: int) -> int:
    stops = [stop for mark in "；。" if (stop := text.find(mark, start, end)) >= 0]
    return min(stops, default=end)


def _by_groups(text: str, groups: tuple[Group, ...], start: int, end: int) -> list[Range]:
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
    quoted = [match.span(1) for match in _QUOTED.finditer(text, start, end)]
    if group.count and len(quoted) == group.count:
        return quoted
    heads = _run_of_heads(text, group, start, end)
    if group.count and len(heads) == group.count:
        return heads
    return items(text, *before_and_so_on(text, *without_opener(text, start, end)), group.count)


def _by_tails(text: str, group: Group, start: int, end: int) -> list[Range]:
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
    return []


def _before_count(text: str, count: int, start: int, end: int) -> list[Range]:
    """Read ``聚焦A、B、C等三大领域``: the list in front of the number that the name has too."""
    for match in _COUNTED.finditer(text, start, end):
        if value(match[1]) != count:
            continue
        begin = max(text.rfind(mark, start, match.start()) for mark in "，；。：")
        region = without_opener(text, *trim(text, max(begin + 1, start), match.start()))
        pieces = items(text, *before_and_so_on(text, *region), count)
        if len(pieces) == count:
            return pieces
    return []


def _enumerated(text: str, start: int, end: int) -> list[Range]:
    marks = list(_ENUMERATED.finditer(text, start, end))
    pieces = []
    for index, match in enumerate(marks):
        stop = marks[index + 1].start() if index + 1 < len(marks) else end
        first = split(text, match.end(), stop, "；。")
        if first:
            pieces.append(first[0])
    return pieces


def name_parts(name: str) -> tuple[str, ...]:
    """Return the parts of a name that is itself a list (建成支点、走在前列), or none."""
    parts = tuple(part.strip("“”") for part in re.split(r"、|(?<=”)(?=“)", name))
    return parts if len(parts) > 1 and all(len(part) > 1 for part in parts) else ()


def are_checks(text: str, parts: Parts) -> bool:
    """Tell whether the parts are questions to check (谈…, 看…, 查…)."""
    heads = [text[start] for start, _ in parts.pieces]
    return parts.way == "heads" and sum(head in words().checks for head in heads) * 3 >= len(heads) * 2
