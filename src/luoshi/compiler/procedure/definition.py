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
from luoshi.compiler.procedure.edge import is_remark, trimmed
from luoshi.compiler.procedure.group import QUOTED, by_groups, by_heads, by_tails
from luoshi.compiler.procedure.listing import are_names, before_and_so_on, items, without_opener
from luoshi.compiler.procedure.numeral import Group, accepts, core, declared, groups_of, value
from luoshi.compiler.procedure.spelling import acrostic, pair

_KEY = re.compile(
    r"(?:(?<=[，；。：、\n”])|^)(“?[^“”，；：。、\n]{1,10}?”?)(?:，?(?:是指|分别是指|分别是|分别为|分别指|分别对应|即指|指的是|指|即是|即)|：|是|为)"
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
    astride: Parts | None = None
    for way, found in _readings(text, name, groups, count, start, end):
        pieces = trimmed(text, name, found) if way in _TRIMMED else found
        if not are_names(pieces):
            continue
        is_exact = accepts(name, len(pieces)) if way != "clause" else count in (None, len(pieces))
        if way == "heads" and count and len(pieces) == count + 1:
            return Parts(
                tuple(pieces), way, True
            )  # the parts that the name counts and the one that it only names
        if way == "components" and (is_exact or are_names(pieces, _SHORT)):
            return Parts(tuple(pieces), way, is_exact)
        if is_exact and (count is not None or way in _SURE_WITHOUT_COUNT):
            exact = Parts(tuple(pieces), way, True)
            if way not in _TRIMMED or not _are_astride(text, pieces):
                return exact
            astride = astride or exact
        if loose is None and way in _PLAIN and are_names(pieces, _SHORT):
            loose = Parts(tuple(pieces), way, False)
    return astride or (loose if count is not None else None)


def _are_astride(text: str, pieces: list[Range]) -> bool:
    """Tell whether a member reaches over the end of a clause: then its list was cut in the wrong places."""
    return any(len(split(text, *piece, "，；。")) > 1 for piece in pieces)


_TRIMMED = ("list", "clause", "counted", "cut", "tails", "acrostic")
_SHORT = 24
_SURE_WITHOUT_COUNT = ("quoted list", "list", "name", "components", "acrostic", "pair")
_PLAIN = ("list", "clauses", "quoted", "semicolons")


def _readings(
    text: str, name: str, groups: tuple[Group, ...], count: int | None, start: int, end: int
) -> Iterator[tuple[str, list[Range]]]:
    """Yield the ways to read a definition as a list, the most telling first."""
    yield "components", _components(text, name, start, end)
    if count:
        yield "enumerated", _enumerated(text, start, end)
    if groups:
        yield "heads", by_heads(text, name, groups, start, end)
        yield "groups", by_groups(text, groups, start, end)
    for match in QUOTED.finditer(text, start, end):
        if "、" in match[1] or "，" in match[1]:
            yield "quoted list", split(text, *match.span(1), "、，")
    if count:
        yield "counted", _before_count(text, count, start, end)
    if groups:
        yield "tails", by_tails(text, groups[0], start, end)
    if count:
        yield "quotes", _quotes_alone(text, start, end)
    first = _sentence_end(text, start, end)
    yield from _plain_lists(text, name, count, start, first)
    if not groups:
        yield "acrostic", acrostic(text, name, start, first)
        yield "pair", pair(text, name, start, first)
    if count:
        yield "quoted", [match.span(1) for match in QUOTED.finditer(text, start, end)]
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
    if count and len(clauses) == count > 1 and len({text[stop - 2 : stop] for _, stop in clauses}) == 1:
        yield "clauses", clauses  # 甲、乙进村，丙进村: clauses that end alike are the members
    if clauses and (count or (len(clauses) == 1 and text.count("、", start, end) > 1)):
        yield "list", items(text, *_without_name(text, name, *clauses[0]), count)
    cut = before_and_so_on(text, *clauses[0]) if clauses else (start, end)
    yield "list" if count else "cut", items(text, *cut, count)
    if count:
        for clause in clauses[1:]:
            yield "clause", items(text, *without_opener(text, *clause), count)
        yield "list", items(text, start, end, count)
        yield "list", split(text, start, end, "+＋")
        yield "clause", split(text, start, end, "、，；")
        yield "clauses", _without_remarks(text, clauses, count)


def _without_remarks(text: str, clauses: list[Range], count: int) -> list[Range]:
    """Leave out clauses about the list, behind it and before it, as far as there are too many."""
    kept = list(clauses)
    while len(kept) > count and is_remark(text, *kept[-1]):
        kept.pop()
    while len(kept) > count and text.endswith(words().settings, *kept[0]):
        kept.pop(0)
    return kept


def _quotes_alone(text: str, start: int, end: int) -> list[Range]:
    """Read 评选“甲”和“乙”: quoted words with no noun of their own behind them."""
    matches = list(QUOTED.finditer(text, start, end))
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
        listed = (size or 0) > 1 or not _is_one(key)
        found = items(text, *without_opener(text, *body), size) if listed else [body]
        cut = trimmed(text, name, found)
        pieces += cut if size in (None, len(cut)) else found
    return [piece for piece in pieces if piece[0] < piece[1]]


def _is_one(key: str) -> bool:
    return key[:1] in "一1多NnXx" or not re.match(r"[二三四五六七八九十两双\d]", key)


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
