"""Lists inside Chinese text (列举): A、B和C等, as ranges of offsets."""

from __future__ import annotations

import re

from luoshi.catalogue.procedure import alternatives, words
from luoshi.compiler.listing import Range, split, trim

_JOIN = re.compile(r"以及|及其|和|及|与|并|暨|，")


def items(text: str, start: int, end: int, count: int | None = None) -> list[Range]:
    """Return the members of a list such as ``A、B和C``.

    Args:
        text: The text.
        start: Where the list begins.
        end: Where it ends.
        count: How many members it should have; joining words (和、及) are then taken as separators only as
            far as it needs. Without a count the last joining word of a list with 、 separates.

    Returns:
        The members; with a count that the text does not meet, as many as 、 separates.
    """
    pieces = split(text, start, end)
    if count is None:
        if len(pieces) > 1:
            pieces[-1:] = _halves(text, *pieces[-1]) or pieces[-1:]
        return pieces
    if len(pieces) > count:
        return pieces
    joined = list(pieces)
    for index in range(len(joined) - 1, -1, -1):
        while len(joined) < count and (halves := _halves(text, *joined[index])):
            joined[index : index + 1] = halves
    return joined if len(joined) == count else pieces


def _halves(text: str, start: int, end: int) -> list[Range]:
    """Split at the last joining word that leaves at least two characters on both sides."""
    depth = 0
    found: list[Range] = []
    for match in _JOIN.finditer(text, start, end):
        depth = text.count("（", start, match.start()) - text.count("）", start, match.start())
        quoted = text.rfind("“", start, match.start()) > text.rfind("”", start, match.start())
        if match.start() - start >= 2 and end - match.end() >= 2 and not depth and not quoted:
            found = [trim(text, start, match.start()), trim(text, match.end(), end)]
    return found if all(piece[0] < piece[1] for piece in found) else []


_OPENER = re.compile(alternatives(words().openers) + "[：，]?")
_ANY = re.compile(r"等(?!级|待|同|于|候)")


def without_opener(text: str, start: int, end: int) -> Range:
    """Leave out the words that open a definition (聚焦, 包括), unless its members share them (以甲带乙、以乙促甲)."""
    match = _OPENER.match(text, start, end)
    if match and text.find("、" + match[0], match.end(), end) >= 0:
        return start, end
    return (match.end(), end) if match and end - match.end() >= 2 else (start, end)


def before_and_so_on(text: str, start: int, end: int) -> Range:
    """Cut the range before 等, where one ends its list."""
    match = _ANY.search(text, start, end)
    return (start, match.start()) if match and match.start() > start else (start, end)


def are_names(pieces: list[Range], longest: int = 80) -> bool:
    """Tell whether there are several pieces, each short enough to be the name of a part."""
    return len(pieces) > 1 and all(end - start <= longest for start, end in pieces)
