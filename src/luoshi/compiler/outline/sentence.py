"""Paragraphs (段落) and sentences (句子) of a text, as ranges that cover everything but line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STOPS = frozenset("。！？!?")
_OPENING = {"（": "）", "(": ")", "“": "”", "‘": "’", "《": "》", "「": "」", "【": "】", "〔": "〕"}
_CLOSING = tuple(_OPENING.values())
_PAIR = re.compile(f"[{re.escape(''.join(_OPENING) + ''.join(_CLOSING))}]")
_QUOTES = frozenset("”’」")
_TRAILING = frozenset("”’』」）)》】") | _STOPS
_PAUSES = frozenset("，；、,; \t")
LONGEST_SENTENCE = 2000
"""Characters after which a sentence without a stop ends at the next pause: it is a table, or no prose at all."""

LONGEST_PAIR = 120
"""Characters between an opening and a closing mark, beyond which they are not taken for a pair."""


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every line that is not blank, spaces around it left out."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        first, last = start, end
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            yield first, last
        start = end + 1


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences between `start` and `end`, one paragraph or part of one.

    A stop inside quotes, brackets or a title does not end a sentence where these are closed again inside the
    paragraph; quotes after a stop belong to the sentence that they close.
    """
    closers = closed_ranges(text, start, end)
    begin = position = start
    while position < end:
        jump = closers.get(position)
        position = jump or position + 1
        if text[position - 1] in _STOPS or (jump and text[jump - 2] in _STOPS and text[jump - 1] in _QUOTES):
            while position < end and text[position] in _TRAILING:
                position += 1
            yield begin, position
            begin = position
        elif position - begin >= LONGEST_SENTENCE and (
            text[position - 1] in _PAUSES or position - begin >= 2 * LONGEST_SENTENCE
        ):
            yield begin, position
            begin = position
    if begin < end:
        yield begin, end


def closed_ranges(text: str, start: int, end: int) -> dict[int, int]:
    """Return start and end of the closed pairs of quotes and brackets that are short enough to be meant.

    A pair that would swallow several sentences is the trace of a missing mark and is left out.
    """
    opened: dict[str, list[int]] = {closer: [] for closer in _CLOSING}
    ranges: dict[int, int] = {}
    for found in _PAIR.finditer(text, start, end):
        position, character = found.start(), found.group()
        if character in _OPENING:
            opened[_OPENING[character]].append(position)
        elif character in _CLOSING and opened[character]:
            begin = opened[character].pop()
            for others in opened.values():
                while others and others[-1] > begin:
                    others.pop()
            if position - begin <= LONGEST_PAIR:
                ranges[begin] = position + 1
    return ranges
