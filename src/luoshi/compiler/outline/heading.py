"""Headings (标题): where parts of a report begin, on a line of their own or at the head of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from luoshi.compiler.outline import mark, sentence
from luoshi.compiler.outline.mark import Mark, Rank
from luoshi.compiler.outline.role import role_of_title
from luoshi.plan.model import Role

_LONGEST_LINE = 60
_LONGEST_RUN_IN = 45
_LONGEST_PLAIN = 28
_STOPS = "。！？；，：,;:!?、"
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s*(?:%|％|万|亿|个|家|公里|平方|亩|项|名|元|吨|户|所|处|人|套)")
_SPACES = " \t\u3000"
_REPORT_TITLE = re.compile(
    r"政府工作报告|的?报告$|(?:代表大会|会议)(?:上|第)|^[^，]{0,20}(?:市长|省长|县长|区长|州长|盟长|旗长|主席|总理)[\u4e00-\u9fff·]{2,4}$"
)
_ADDRESS = re.compile(r"^(?:各位(?:代表|委员)|同志们|现在[，,])")


@dataclass(frozen=True, slots=True)
class Heading:
    """Start of a part, in offsets of the reading text.

    Attributes:
        start: Where the part begins (its mark, or its title).
        end: One past the title's last character, a closing stop included.
        rank: Kind of mark; `Rank.PLAIN` without one.
        number: Mark as written, or "".
        ordinal: Value of the mark.
        title: Title without mark and stops; "" where the part only begins here.
        paragraph: Number of its paragraph.
        own_line: Whether the title stands on a line of its own.
        role: Role that the title states, or None.
        opens: Whether it opens a part of the whole text, whatever stood before.
    """

    start: int
    end: int
    rank: Rank
    number: str
    ordinal: int
    title: str
    paragraph: int
    own_line: bool
    role: Role | None
    opens: bool = False

    def opening(self) -> Heading:
        """Return this heading as one that opens a part of the whole text."""
        return replace(self, opens=True)


def find(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Heading]:
    """Return the headings of the text, in text order.

    Args:
        text: Reading text.
        paragraphs: Start and end of each paragraph.
    """
    found: list[Heading] = []
    for number, (start, end) in enumerate(paragraphs):
        follows = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        head = _of_paragraph(text, start, end, number, follows)
        if head is not None:
            found.append(head)
        found.extend(_inside(text, head.end if head else start, start, end, number, found))
    return found


def _of_paragraph(
    text: str, start: int, end: int, paragraph: int, follows: tuple[int, int] | None
) -> Heading | None:
    found = mark.at(text, start, end)
    first_end = next(sentence.split(text, start, end))[1]
    own_line = first_end >= end
    if found is None:
        return _plain(text, start, end, paragraph, follows) if own_line else None
    title = _clean(text[found.end : first_end])
    if not _is_title(text, found, title, first_end, own_line, follows):
        if found.rank > Rank.BRACKETED:
            return None
        first_end = _first_clause(text, found.end, first_end)
        title = _clean(text[found.end : first_end])
    if not title:
        return None
    return Heading(
        start,
        first_end,
        found.rank,
        found.number,
        found.ordinal,
        title,
        paragraph,
        own_line,
        role_of_title(title),
    )


def _is_title(
    text: str, found: Mark, title: str, end: int, own_line: bool, follows: tuple[int, int] | None
) -> bool:
    """Tell whether the first sentence after a mark is the title of a part."""
    if own_line:
        if found.rank <= Rank.BRACKETED:
            return len(title) <= _LONGEST_LINE
        return (
            len(title) <= _LONGEST_RUN_IN
            and text[end - 1] not in _STOPS
            and follows is not None
            and mark.at(text, *follows) is None
        )
    return len(title) <= _LONGEST_RUN_IN and not _FIGURE.search(title)


def _plain(
    text: str, start: int, end: int, paragraph: int, follows: tuple[int, int] | None
) -> Heading | None:
    """Return a heading without a mark: a short line without a stop, above a longer paragraph or with a role."""
    title = _clean(text[start:end])
    if not title or len(title) > _LONGEST_PLAIN:
        return None
    role = role_of_title(title)
    closes = text[end - 1] in "：:" and role in (Role.GLOSSARY, Role.ANNEX)  # 名词解释：
    if text[end - 1] in _STOPS and not closes:
        return None
    if _ADDRESS.match(title) or _REPORT_TITLE.search(title):
        return None
    stands_above = follows is not None and follows[1] - follows[0] > len(title)
    if role is None and not stands_above:
        return None
    return Heading(start, end, Rank.PLAIN, "", 0, title, paragraph, True, role)


def _inside(
    text: str, begin: int, start: int, end: int, paragraph: int, found: Sequence[Heading]
) -> Iterator[Heading]:
    """Yield headings that stand inside a paragraph: 一是…。 and （一）…。 in their order."""
    expected = {head.rank: head.ordinal + 1 for head in found[-12:]}
    for first, last in sentence.split(text, begin, end):
        if first == start or first == begin == start:
            continue
        here = mark.at(text, first, last)
        if here is None or here.rank not in (Rank.BRACKETED, Rank.RUNNING) or last >= end:
            continue
        if here.ordinal not in (1, expected.get(here.rank, 1)):
            continue
        title = _clean(text[here.end : last])
        if not title or len(title) > _LONGEST_RUN_IN or _FIGURE.search(title):
            continue
        expected[here.rank] = here.ordinal + 1
        yield Heading(first, last, here.rank, here.number, here.ordinal, title, paragraph, False, None)


def _first_clause(text: str, start: int, end: int) -> int:
    """Return the end of the first clause, for a numbered part that has no title."""
    for position in range(start, min(end, start + _LONGEST_LINE)):
        if text[position] in "，；：,;:":
            return position
    return min(end, start + _LONGEST_LINE)


def _clean(words: str) -> str:
    return words.strip(_SPACES + "\n").rstrip("。！；：;:!" + _SPACES).strip()
