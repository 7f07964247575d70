"""Words of strength (力争, 确保, 预期 …) and what they cover."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.catalogue.strength import words


@dataclass(frozen=True, slots=True)
class StrengthMention:
    """A word of strength and the stretch of text that it covers.

    Attributes:
        start: First character of the word.
        end: One past its last character.
        written: The word.
        scope_end: One past the last character that it covers; it covers from `start`.
        confidence: How sure the scope is.
        is_head: Whether it heads a list of aims (主要预期目标是), which may go on after a full stop.
    """

    start: int
    end: int
    written: str
    scope_end: int
    confidence: float
    is_head: bool = False


def _pattern() -> re.Pattern[str]:
    known = words()
    objects = "|".join(known.objects)
    return re.compile(
        rf"(?P<head>{'|'.join(known.heads)})|(?P<always>{'|'.join(known.always)})(?!{'|'.join(known.names)})"
        rf"|(?P<verb>{'|'.join(known.verb)})(?!{objects}|的)"
    )


_STRENGTH = _pattern()
_FIGURE = re.compile(
    r"(?<!\d)(?!(?:19|20)\d\d(?!\d|\.))\d[\d.,]*(?![\dA-Za-z月日号年])|百分之|清零|全覆盖|翻番|[二两三四五六七八九十百千]+[个家所条项座亿万件处]"
)
_CLAUSE_END = re.compile(r"[，；。！？：\n]")


def mentions(text: str, *, start: int = 0, end: int | None = None) -> tuple[StrengthMention, ...]:
    """Find the words of strength in a sentence or a longer stretch, with their scope.

    A word covers its own clause and the clauses after it in the sentence, up to the next word of strength;
    but where its own clause has no figure and a later one has, it covers its own clause alone
    (力争进入全国先进行列，森林覆盖率达到30%). A head of a list (主要预期目标是：) covers the whole sentence and, where the list goes
    on after a full stop with nothing but figures, no more.

    Args:
        text: Reading text.
        start: Where to begin.
        end: Where to stop; the text's end by default.
    """
    stop = len(text) if end is None else end
    matches = list(_STRENGTH.finditer(text, start, stop))
    found: list[StrengthMention] = []
    for index, match in enumerate(matches):
        limit = _sentence_end(text, match.end(), stop)
        if match["head"]:
            found.append(StrengthMention(match.start(), match.end(), "预期", limit, 0.9, is_head=True))
            continue
        if index + 1 < len(matches):
            limit = min(limit, matches[index + 1].start())
        colon = _CLAUSE_END.search(text, match.end(), limit)
        if colon is not None and colon[0] == "：":
            found.append(StrengthMention(match.start(), match.end(), match[0], limit, 0.85))
            continue
        semicolon = text.find("；", match.end(), limit)
        limit = semicolon if semicolon >= 0 else limit
        close = _CLAUSE_END.search(text, match.end(), limit)
        own = close.start() if close else limit
        wide = own < limit and _FIGURE.search(text, match.end(), own) is not None
        found.append(
            StrengthMention(
                match.start(), match.end(), match[0], limit if wide else own, 0.85 if wide else 0.95
            )
        )
    return tuple(found)


def _sentence_end(text: str, at: int, stop: int) -> int:
    ends = [place for mark in "。！？\n" if (place := text.find(mark, at, stop)) >= 0]
    return min(ends, default=stop)


def governing(found: Sequence[StrengthMention], at: int) -> StrengthMention | None:
    """Return the word whose scope covers a position, or None.

    Of two that cover it, the later one governs.
    """
    covering = [mention for mention in found if mention.start <= at < mention.scope_end]
    return covering[-1] if covering else None
