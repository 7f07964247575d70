"""Parts (大的部分) of a report: opening, review, goals, work, conduct, closing, glossary, annex.

Headings say most of it. Where they say nothing, the turn from past to plan is found in the tense of
the paragraphs, and the part begins at the paragraph that turns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from luoshi.catalogue.heading import words
from luoshi.compiler.outline.heading import Heading
from luoshi.compiler.outline.mark import Rank
from luoshi.compiler.outline.role import tenses, turn
from luoshi.plan.model import Role

_BACK_MATTER = (Role.GLOSSARY, Role.ANNEX)
_ROOT_RANKS = (Rank.PART, Rank.CHINESE)
_LOOKS_BACK = 1.0
_SHORTEST_PART = 600
_LONGEST_FURNITURE = 60
_SNAP = 4
_GREETING = re.compile(r"^(?:各位|同志们|尊敬的|女士们).{0,12}[：！，:!]$")


@dataclass(frozen=True, slots=True)
class Text:
    """The text with its paragraphs and their tense."""

    text: str
    paragraphs: Sequence[tuple[int, int]]
    scores: Sequence[float]

    @classmethod
    def of(cls, text: str, paragraphs: Sequence[tuple[int, int]]) -> Text:
        """Return the text with the tense of each paragraph."""
        return cls(text, paragraphs, tenses(text, paragraphs))

    def mean(self, first: int, last: int) -> float:
        """Return the mean tense of the paragraphs from `first` up to `last`."""
        return sum(self.scores[first:last]) / max(1, last - first)

    def length(self, first: int, last: int) -> int:
        """Return the number of characters from paragraph `first` up to `last`."""
        return self.paragraphs[last - 1][1] - self.paragraphs[first][0] if last > first else 0

    def words_of(self, number: int) -> str:
        """Return the words of a paragraph."""
        start, end = self.paragraphs[number]
        return self.text[start:end]


def arrange(text: Text, headings: Sequence[Heading]) -> list[Heading]:
    """Return the headings with those that open a part of the whole text marked, missing ones added.

    Every heading that opens a part has a role. Headings inside a glossary are left out: its
    numbers count entries.
    """
    if not text.paragraphs:
        return []
    body, back = _back_matter(text, headings)
    body_end = back[0].paragraph if back else len(text.paragraphs)
    closing = _closing(text, body, body_end)
    opened = _opened([head for head in body if head.paragraph < closing])
    roots = _with_roles(text, opened, closing)
    roots = _with_turns(text, roots, closing)
    if closing < body_end:
        roots.append(_implied(text, closing, Role.FRAME))
    by_start = {head.start: head for head in [h for h in body if h.paragraph < closing] + roots + back}
    return [by_start[start] for start in sorted(by_start)]


def _back_matter(text: Text, headings: Sequence[Heading]) -> tuple[list[Heading], list[Heading]]:
    """Divide the headings into those of the report and those that open its glossary and annexes."""
    half = len(text.text) // 3
    back = [
        head.opening()
        for head in headings
        if head.own_line and head.role in _BACK_MATTER and head.start >= half
    ]
    if not back:
        return list(headings), []
    first = back[0].start
    return [head for head in headings if head.start < first], back


def _closing(text: Text, headings: Sequence[Heading], body_end: int) -> int:
    """Return the number of the first paragraph of the closing: appeals, thanks, page furniture."""
    last_heading = headings[-1].paragraph if headings else -1
    number = body_end
    while number - 1 > last_heading:
        paragraph = text.words_of(number - 1)
        is_furniture = len(paragraph) <= _LONGEST_FURNITURE and words().furniture.search(paragraph)
        is_short_line = len(paragraph) <= 24 and paragraph[-1] not in "。；" and number == body_end
        if not (is_furniture or is_short_line or words().closing.search(paragraph)):
            break
        number -= 1
    return number


def _opened(headings: Sequence[Heading]) -> list[Heading]:
    """Return the headings that open parts of the whole text."""
    chosen: list[Heading] = []
    plain_style = False
    root_rank = min((head.rank for head in headings if head.rank < Rank.RUNNING), default=Rank.CHINESE)
    for head in headings:
        if head.rank is Rank.PLAIN:
            role = head.role
            now = chosen[-1].role if chosen else None
            turns = now is None or (now is Role.REVIEW and role in (Role.GOALS, Role.WORK))
            if head.own_line and role not in (None, *_BACK_MATTER) and (turns or plain_style):
                plain_style = True
                chosen.append(head.opening())
        elif plain_style:
            states_another = head.role not in (None, chosen[-1].role)
            if head.rank in _ROOT_RANKS and head.own_line and states_another:
                chosen.append(head.opening())
        elif head.rank == root_rank:
            chosen.append(head.opening())
    return chosen


def _with_roles(text: Text, roots: Sequence[Heading], end: int) -> list[Heading]:
    """Return the roots with a role each, from title, tense and order."""
    done: list[Heading] = []
    forward = False
    for number, head in enumerate(roots):
        last = roots[number + 1].paragraph if number + 1 < len(roots) else end
        looks_back = text.mean(head.paragraph, max(last, head.paragraph + 1)) > _LOOKS_BACK
        role = head.role
        if role is None or role in _BACK_MATTER:
            role = Role.REVIEW if looks_back and not forward else Role.WORK
        elif role.is_forward and looks_back and not forward:
            role = Role.REVIEW
        forward = forward or role.is_forward
        done.append(replace(head, role=role))
    return done


def _with_turns(text: Text, roots: list[Heading], end: int) -> list[Heading]:
    """Return the roots with those added where the text turns without a heading."""
    done: list[Heading] = []
    begin = _after_address(text, roots[0].paragraph if roots else end)
    first = roots[0].paragraph if roots else end
    if text.length(begin, first) >= _SHORTEST_PART:
        at = begin + turn(text.scores[begin:first])
        if at > begin:
            done.append(_implied(text, begin, Role.REVIEW))
        if text.length(at, first) >= _SHORTEST_PART:
            done.append(_implied(text, _snapped(text, at, begin, first), Role.WORK))
    elif roots and roots[0].role is not Role.REVIEW and _turns(text, first - 1):
        done.append(_implied(text, first - 1, Role.WORK))
    for number, head in enumerate(roots):
        last = roots[number + 1].paragraph if number + 1 < len(roots) else end
        done.append(head)
        if head.role is Role.REVIEW and last > head.paragraph:
            at = head.paragraph + turn(text.scores[head.paragraph : last])
            followed = any(root.role and root.role.is_forward for root in roots[number + 1 :])
            if not followed and at > head.paragraph and text.length(at, last) >= _SHORTEST_PART * 2:
                done.append(_implied(text, _snapped(text, at, head.paragraph + 1, last), Role.WORK))
    return done


def _snapped(text: Text, at: int, first: int, last: int) -> int:
    """Return the nearest paragraph to `at` whose words turn to the plan, or `at`."""
    near = range(max(first, at - _SNAP), min(last, at + _SNAP + 1))
    turning = [number for number in near if _turns(text, number)]
    return min(turning, key=lambda number: (abs(number - at), number), default=at)


def _turns(text: Text, number: int) -> bool:
    """Tell whether a paragraph begins with words that turn to the plan."""
    return number >= 0 and words().transition.search(text.words_of(number)[:60]) is not None


def _after_address(text: Text, end: int) -> int:
    """Return the number of the first paragraph after title, date and address to the assembly."""
    for number in range(min(end, 40)):
        paragraph = text.words_of(number)
        if len(paragraph) < 160 and ("审议" in paragraph or "审查" in paragraph):
            return number + 1
    for number in range(min(end, 12)):
        paragraph = text.words_of(number)
        if paragraph[-1] in "。；：！" and not _GREETING.search(paragraph):
            return number
    return 0


def _implied(text: Text, paragraph: int, role: Role) -> Heading:
    start, end = text.paragraphs[paragraph]
    return Heading(start, end, Rank.PLAIN, "", 0, "", paragraph, False, role, True)
