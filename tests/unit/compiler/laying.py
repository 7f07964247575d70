"""Lays out regular text by hand: sections with given roles, a sentence up to every 。"""

from __future__ import annotations

import re
from array import array

from luoshi.compiler.outline import Outline, Sentence
from luoshi.compiler.reading import Reading
from luoshi.plan.model import Role, Section


def outline_of(*parts: tuple[Role, str]) -> Outline:
    """Return the outline of parts, each a section; a line is a paragraph."""
    text = "".join(part.rstrip("\n") + "\n" for _, part in parts)
    reading = Reading("S1", text, array("l", range(len(text) + 1)), text)
    sections, sentences, start, paragraph = [], [], 0, 0
    for index, (role, part) in enumerate(parts):
        span = reading.span(start, start + len(part.rstrip("\n")))
        heading = reading.span(start, start + 1)  # a part without a heading of its own
        sections.append(
            Section(
                id=f"s{index}", number="", title="", level=1, parent="", span=span, heading=heading, role=role
            )
        )
        for line in part.rstrip("\n").split("\n"):
            for match in re.finditer(r"[^。]+。?", line):
                sentences.append(Sentence(start + match.start(), start + match.end(), index, paragraph))
            start += len(line) + 1
            paragraph += 1
    return Outline(reading, tuple(sections), tuple(sentences))


def work(text: str) -> Outline:
    """Return the outline of a text that is all work of the year."""
    return outline_of((Role.WORK, text))
