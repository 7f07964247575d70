"""Glossary entries (用语条目): their number, name and definition, in the shapes that reports use.

Shapes, all on regular text: ``名称：定义``, ``1.名称：定义``, ``[1]名称：定义``, ``【名称】定义``, ``[名称]指定义``, ``名称是指定义``,
and a numbered name on a line of its own with its definition in the lines below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from luoshi.catalogue.term import words
from luoshi.compiler.outline import Outline
from luoshi.plan.model import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """A glossary entry, in offsets of the reading text.

    Attributes:
        number: Its number, or 0.
        bracket: Bracket that stands around the number (``[``, ``【``, ``〔``), or "".
        name: Term, without quotes that go around the whole of it.
        start: First character of the entry.
        body: First character of the definition.
        end: One past the last character of the definition.
        is_marked: Whether a colon, brackets or its number set the name apart from the definition.
    """

    number: int
    bracket: str
    name: str
    start: int
    body: int
    end: int
    is_marked: bool = True


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    number: int
    bracket: str
    shape: str  # "colon", "bracket", "says", "bare" or ""
    name: str
    body: int


_NUMBER = re.compile(
    r"[-•·〇*]*(?:(\d{1,3})[.．、](?!\d)|([\[［【〔])\^?(\d{1,3})[\]］】〕]：?|（(\d{1,3})）|([①-⑳])|[一二三四五六七八九十]{1,3}、)"
)
_NUMBER_IN_ORDER = re.compile(r"(\d{1,3})(?:[.．、](?=\d)|(?=[“\u4e00-\u9fff]))")
_BRACKETED = re.compile(r"[【\[［]?([^【\[［】\]］：。；\n]{2,60})[】\]］]：?")
_COLON = re.compile(r"([^：。；！？\n]{1,60})(?:：(?=[^\n])|。(?=即|指|是指))")
_SAYS = re.compile(r"([^：。；，！？\n]{2,30}?)(?:是指|系指|指的是|(?<=[”）])(?:指|即))")
_SAYS_BARE = re.compile(r"([^：。；，、！？\n]{2,20}?)(?:指|即)(?=[^\n]{6})")
_BARE = re.compile(r"([^：。；，！？\n]{2,30})$")
_LEAD_IN = re.compile(r"(?:是指|系指|指的是|即指|指|即|是)[，：]?")
_NEXT_NUMBER = re.compile(r"(?<=[。；！？”）释明解词语：》])(?=\**(\d{1,3})[.．、]\D)")


def entries_of(outline: Outline) -> tuple[Entry, ...]:
    """Return the glossary entries of a report, in text order."""
    found: list[Entry] = []
    for role, start, end in _blocks(outline):
        entries = list(_read(outline.reading.text, start, end))
        if role is Role.GLOSSARY or _is_glossary(outline.reading.text, start, entries):
            found += entries
    return tuple(found)


def _blocks(outline: Outline) -> Iterator[tuple[Role, int, int]]:
    """Yield the stretches of text whose sentences are of a glossary's or an annex's role."""
    sections = outline.sections
    for role, run in groupby(outline.sentences, key=lambda sentence: sections[sentence.section].role):
        if role in (Role.GLOSSARY, Role.ANNEX):
            sentences = list(run)
            yield role, sentences[0].start, sentences[-1].end


def _is_glossary(text: str, start: int, entries: list[Entry]) -> bool:
    """Tell whether what looks like entries in an annex explains words of the text before it.

    A list of tasks has the same shape (1.就业：新增…), but its heads are neither quoted nor numbered
    slogans, and the text before does not use them as they stand.
    """
    if len(entries) < 4:
        return False
    special = sum(
        any(mark in entry.name for mark in "“”0123456789一二三四五六七八九十双两") for entry in entries
    )
    used = sum(entry.name.strip("“”") in text[:start] for entry in entries[:200])
    return special * 2 >= len(entries) and used * 5 >= min(len(entries), 200) * 3


def _read(text: str, start: int, end: int) -> Iterator[Entry]:
    lines = list(_lines(text, start, end))
    shapes = _shapes_of_block(lines)
    opened: _Line | None = None
    last = start
    for position, line in enumerate(lines):
        if line.name in words().furniture:
            if opened:
                yield _entry(text, opened, last)
            opened = None
        elif line.shape in shapes and not _is_list_item(lines, position, shapes):
            if opened:
                yield _entry(text, opened, last)
            opened = line
        last = line.end
    if opened:
        yield _entry(text, opened, last)


def _shapes_of_block(lines: list[_Line]) -> frozenset[str]:
    """Choose the shapes that begin an entry here; lines of other shapes go on with the entry above."""
    count = {"colon": 0, "numbered colon": 0, "bracket": 0, "says": 0, "numbered says": 0, "bare": 0}
    for line in lines:
        if line.shape:
            count[line.shape] += 1
    numbered = count["numbered colon"] + count["numbered says"]
    if count["bracket"] > max(numbered, count["colon"]):
        return frozenset({"bracket"})
    if numbered >= 3 and numbered >= count["colon"] and numbered >= count["bare"]:
        return frozenset({"numbered colon", "numbered says", "bracket"})
    if count["bare"] >= 3 and count["bare"] > count["colon"]:
        return frozenset({"numbered colon", "numbered says", "bare"})
    if count["colon"] + numbered:
        return frozenset({"colon", "numbered colon", "numbered says", "bracket"})
    return frozenset({"says"})


def _is_list_item(lines: list[_Line], position: int, shapes: frozenset[str]) -> bool:
    """A bare numbered line names a term only when its definition, a longer line, comes next."""
    if lines[position].shape != "bare":
        return False
    after = lines[position + 1] if position + 1 < len(lines) else None
    return after is None or after.shape in shapes or after.end - after.start < 12


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    number = 0
    for line_start, line_end in _pieces(text, start, end):
        line = _line(text, line_start, line_end, number)
        number = line.number or number
        yield line


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield paragraphs, split where the next number of a run-on list begins inside one."""
    expected = 1
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        cut = start
        for match in _NEXT_NUMBER.finditer(text, start, stop):
            if int(match[1]) == expected + 1 or (int(match[1]) == 1 and match.start() - start < 40):
                yield from _piece(text, cut, match.start())
                cut = match.start()
                expected = int(match[1])
        head = _NUMBER.match(text, cut, stop)
        if head and head[1] and cut == start:
            expected = int(head[1])
        yield from _piece(text, cut, stop)
        start = stop + 1


def _piece(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _line(text: str, start: int, end: int, before: int) -> _Line:
    number, bracket, head = _number(text, start, end, before)
    numbered = head > start
    if match := _BRACKETED.match(text, head, end):
        shape = "numbered colon" if numbered else "bracket"
        return _Line(start, end, number, bracket, shape, _clean(match[1]), match.end())
    prefix = "numbered " if numbered else ""
    if (match := _COLON.match(text, head, end)) and match[1].count("（") == match[1].count("）"):
        return _Line(start, end, number, bracket, prefix + "colon", _clean(match[1]), match.end())
    if match := _SAYS.match(text, head, end) or _SAYS_BARE.match(text, head, end):
        return _Line(start, end, number, bracket, prefix + "says", _clean(match[1]), match.end())
    if numbered and (match := _BARE.match(text, head, end)):
        return _Line(start, end, number, bracket, "bare", _clean(match[1]), end)
    return _Line(start, end, number, bracket, "", "", start)


def _number(text: str, start: int, end: int, before: int) -> tuple[int, str, int]:
    """Return the number that opens a line, the bracket around it, and where the name begins."""
    match = _NUMBER.match(text, start, end)
    if match:
        if match[5]:
            return ord(match[5]) - ord("①") + 1, "", match.end()
        return int(match[1] or match[3] or match[4] or 0), match[2] or "", match.end()
    match = _NUMBER_IN_ORDER.match(text, start, end)
    if match and int(match[1]) == before + 1:  # 4.1核5城 is entry 4, not 4.1; 5五小企业 is entry 5
        return int(match[1]), "", match.end()
    return 0, "", start


def _clean(name: str) -> str:
    """Drop quotes that go around the whole name, and spaces and stars about it."""
    name = name.strip(" *-•·\u3000")
    if name[:1] == "“" and name[-1:] == "”" and "“" not in name[1:]:
        name = name[1:-1]
    return name.strip()


def _entry(text: str, line: _Line, end: int) -> Entry:
    body = line.body
    while body < end and text[body] in "\n *：”":
        body += 1
    if match := _LEAD_IN.match(text, body, end):
        body = match.end()
    return Entry(
        number=line.number,
        bracket=line.bracket,
        name=line.name,
        start=line.start,
        body=min(body, end - 1),
        end=end,
        is_marked=not line.shape.endswith("says"),
    )
