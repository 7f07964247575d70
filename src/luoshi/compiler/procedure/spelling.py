"""Parts that spell out a name without a count (专精特新), and steps that begin alike (一次申请、一窗受理)."""

from __future__ import annotations

import re

from luoshi.catalogue.procedure import words
from luoshi.compiler.listing import Range, split, trim
from luoshi.compiler.procedure.listing import items
from luoshi.compiler.procedure.numeral import core


def acrostic(text: str, name: str, start: int, end: int) -> list[Range]:
    """Read a list whose members begin with the characters of the name, one after the other (专精特新)."""
    marks = core(name)
    for clause in split(text, start, end, "，；。"):
        pieces = items(text, *clause)
        here = -1
        for begin, _ in pieces:
            here = marks.find(text[begin], here + 1)
            if here < 0:
                break
        if here >= 0 and len(pieces) > 2:
            return pieces
    return []


_PAIR = re.compile(r"一([\u4e00-\u9fff]{1,2})一([\u4e00-\u9fff]{1,2})")


def pair(text: str, name: str, start: int, end: int) -> list[Range]:
    """Read ``一桥一隧：甲大桥和乙隧道``; 一村一品 is a rule of one for each and no pair."""
    match = _PAIR.fullmatch(core(name))
    start, end = trim(text, start, end)
    if not match or match[2] in words().one_each or match[1] == match[2]:
        return []
    pieces = split(text, start, end, "；")
    if len(pieces) != 2:
        pieces = items(text, start, end, 2) if not split(text, start, end, "，；")[1:] else []
    fits = [word in text[slice(*piece)] for word, piece in zip(match.groups(), pieces, strict=False)]
    return pieces if len(pieces) == 2 and any(fits) else []


def alike(text: str, start: int, end: int) -> list[Range]:
    """Return the steps of a service that begin alike (一次告知、一表填报、一窗出件), or none."""
    for clause in split(text, start, end, "，；。"):
        pieces = split(text, *clause)
        if len(pieces) < 3 or any(stop - begin > 12 for begin, stop in pieces):
            continue
        head = text[pieces[1][0]]
        if any(text[begin] != head for begin, _ in pieces[1:]) or head not in "一统同":
            continue
        first = text.rfind(head, *pieces[0])
        if first >= 0 and pieces[0][1] - first > 2:
            return [(first, pieces[0][1]), *pieces[1:]]
    return []
