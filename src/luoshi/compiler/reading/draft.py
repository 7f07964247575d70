"""Text on its way to a reading: characters change their form or go, and never move."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable

Range = tuple[int, int]


class Draft:
    """A text whose characters remember their offset in the source.

    Attributes:
        text: The text so far.
        origin: ``(len(text),)``; offset in the source of each character.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.origin: array[int] = array("i", range(len(text)))

    def show(self, text: str) -> None:
        """Let the characters be shown as those of `text`, which has as many.

        Raises:
            ValueError: It has more or fewer.
        """
        if len(text) != len(self.text):
            raise ValueError(f"{len(text)} characters cannot show {len(self.text)}")
        self.text = text

    def drop(self, ranges: Iterable[Range]) -> None:
        """Drop the characters of `ranges`, which rise and do not overlap."""
        texts: list[str] = []
        origin: array[int] = array("i")
        kept = 0
        for start, end in ranges:
            texts.append(self.text[kept:start])
            origin.extend(self.origin[kept:start])
            kept = end
        if kept:
            texts.append(self.text[kept:])
            origin.extend(self.origin[kept:])
            self.text, self.origin = "".join(texts), origin

    def drop_all(self, pattern: re.Pattern[str]) -> None:
        """Drop what `pattern` matches."""
        self.drop(match.span() for match in pattern.finditer(self.text))
