"""Layout of a text (版式): its lines, and whether they are wrapped at a width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_FIRST_TOKEN = re.compile(r"[（《“‘]*(?:[A-Za-z0-9.%+-]+|.)[，、。；：！？）》”’…%]*")
_FINISHING = frozenset("。！？；：…!?;:）)】")
_NARROWEST = 16
"""Columns; a narrower text is a table or a list."""
_WIDEST_INDENT = 8
"""Columns; a line set in further is centred."""
_SLACK = 3
"""Columns that a full line may fall short: a mark that may not begin the next line, an odd half-width digit."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    Attributes:
        start: Offset of its first character that is no space.
        end: One past its last.
        indent: Columns of space before it.
        columns: Columns that it takes, indent included; a Chinese character takes two.
        follows_blank: Whether blank lines stand before it.
    """

    start: int
    end: int
    indent: int
    columns: int
    follows_blank: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a text are laid out.

    Attributes:
        width: Columns at which lines are wrapped; 0 where they are not.
        is_indented: Whether paragraphs begin with an indent.
        is_spaced: Whether blank lines stand between paragraphs.
    """

    width: int
    is_indented: bool
    is_spaced: bool

    def is_full(self, line: Line, following: str) -> bool:
        """Tell whether `line` had no room for the first word of the line that follows it."""
        token = _FIRST_TOKEN.match(following)
        return line.columns + columns(token.group() if token else "") > self.width - _SLACK


def columns(text: str) -> int:
    """Return the columns that `text` takes; GB18030 spends as many bytes on a common character."""
    return len(text.encode("gb18030", errors="replace"))


def lines(text: str) -> Iterator[Line]:
    """Yield the lines of `text` that are not blank."""
    follows_blank = False
    position = 0
    for whole in text.split("\n"):
        content = whole.strip(" \t\u3000")
        if content:
            begin = position + whole.index(content[0])
            indent = (
                begin
                - position
                + whole.count("\u3000", 0, begin - position)
                + 3 * whole.count("\t", 0, begin - position)
            )
            yield Line(begin, begin + len(content), indent, indent + columns(content), follows_blank)
        follows_blank = not content
        position += len(whole) + 1


def of(text: str) -> Layout:
    """Find the layout of `text`.

    A wrapped text has many lines that end at the same column, few that go beyond it, and most of the full ones
    stop in the middle of a sentence. A list of short items has none of this.
    """
    widths: Counter[int] = Counter()
    unfinished: Counter[int] = Counter()
    count = indented = spaced = 0
    for line in lines(text):
        count += 1
        indented += 2 <= line.indent <= _WIDEST_INDENT
        spaced += line.follows_blank
        if line.columns >= _NARROWEST:
            widths[line.columns] += 1
            unfinished[line.columns] += text[line.end - 1] not in _FINISHING
    width = _wrapped_at(widths, unfinished, count)
    few, many = max(2, 0.02 * count), 0.8 * count
    return Layout(width, few <= indented <= many, few <= spaced <= many)


def _wrapped_at(widths: Counter[int], unfinished: Counter[int], count: int) -> int:
    if not widths:
        return 0
    windows = {top: sum(widths[top - step] for step in range(_SLACK + 1)) for top in widths}
    width = max(windows, key=lambda top: (windows[top], top))
    full = windows[width]
    wider = sum(number for columns, number in widths.items() if columns > width + 2)
    open_ended = sum(unfinished[width - step] for step in range(_SLACK + 1))
    if full >= 3 and full >= 0.3 * count and wider <= 0.1 * count and open_ended >= 0.6 * full:
        return width
    return 0
