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
_PLANS = (Role.GOALS, Role.WORK)
_ROOT_RANKS = (Rank.PART, Rank.CHINESE)
_LOOKS_BACK = 2.5
_LOOKS_FORWARD = 1.5
_SHORTEST_PART = 600
_LONGEST_FURNITURE = 60
_LONGEST_LABEL = 12
_SNAP = 4
_FEWEST_ENTRIES = 3
_ENTRY = re.compile(
    r"[\[［【(（]?\s*(?:注\s*)?\d{1,3}\s*[\]］】)）.．、]?\s*[^，。；]{1,30}[：:]|[^，。；：]{2,24}[：:](?:即|是指|指)"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
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
    begin = _after_address(text, body_end)
    body = [head for head in body if head.paragraph >= begin or head.rank <= Rank.BRACKETED or head.role]
    closing = _closing(text, body, begin, max(begin, body_end))
    body = _nested([head for head in body if head.paragraph < closing])
    turn_at = begin + turn(text.scores[begin:closing])
    roots = _with_roles(text, _opened(body), turn_at, closing)
    roots = _with_implied(text, roots, begin, turn_at, closing)
    if closing < body_end:
        roots.append(_implied(text, closing, Role.FRAME))
    by_start = {head.start: head for head in body + roots + back}
    return [by_start[start] for start in sorted(by_start)]


def _back_matter(text: Text, headings: Sequence[Heading]) -> tuple[list[Heading], list[Heading]]:
    """Divide the headings into those of the report and those that open its glossary and annexes."""
    half = len(text.text) // 3
    back = [
        head.opening()
        for head in headings
        if head.own_line and head.role in _BACK_MATTER and head.start >= half
    ]
    end = back[0].paragraph if back else len(text.paragraphs)
    entries = end
    while entries > 0 and _ENTRY.match(text.words_of(entries - 1)):
        entries -= 1
    if end - entries >= _FEWEST_ENTRIES:
        back.insert(0, _implied(text, entries, Role.GLOSSARY))
    if not back:
        return list(headings), []
    first = back[0].start
    return [head for head in headings if head.start < first], back


def _closing(text: Text, headings: Sequence[Heading], begin: int, body_end: int) -> int:
    """Return the number of the first paragraph of the closing: appeals, thanks, page furniture."""
    number = body_end
    numbered = [head.paragraph for head in headings if head.number]
    last_heading = max(numbered, default=begin)
    while number - 1 > last_heading and _is_short_line(text.words_of(number - 1)):
        number -= 1
    last_heading = max((head.paragraph for head in headings if head.paragraph < number), default=begin)
    while number - 1 > last_heading and words().closing.search(text.words_of(number - 1)):
        number -= 1
    return number


def _is_short_line(paragraph: str) -> bool:
    """Tell whether a paragraph is a line of a page rather than of a report."""
    if len(paragraph) <= _LONGEST_FURNITURE and words().furniture.search(paragraph):
        return True
    if len(paragraph) <= _LONGEST_LABEL and paragraph[-1] == "：":  # 注：
        return True
    return len(paragraph) <= _LONGEST_FURNITURE and paragraph[-1] not in "。！；：？”）"


def _opened(headings: Sequence[Heading]) -> list[Heading]:
    """Return the headings that open parts of the whole text."""
    chosen: list[Heading] = []
    plain_style = planned = False
    count = 0
    root_rank = min((head.rank for head in headings if head.rank < Rank.RUNNING), default=Rank.CHINESE)
    for head in headings:
        if head.rank is Rank.PLAIN:
            turns = not chosen or (not planned and head.role in _PLANS)
            if head.role not in (None, *_BACK_MATTER) and (turns or plain_style):
                plain_style, count = True, 0
                chosen.append(head.opening())
        elif plain_style:
            goes_on = head.rank not in _ROOT_RANKS or head.ordinal == count + 1
            count = head.ordinal if head.rank in _ROOT_RANKS else count
            if not goes_on and head.own_line and head.role not in (None, chosen[-1].role):
                chosen.append(head.opening())
        elif head.rank == root_rank:
            chosen.append(head.opening())
        planned = planned or bool(chosen and chosen[-1].role in _PLANS)
    return chosen


def _nested(headings: Sequence[Heading]) -> list[Heading]:
    """Return the headings with 一、二、… that count the parts of a part numbered 一、二、… moved inside it.

    Such an inner count begins at 一 after a numbered part whose title states a role, and goes on until a title
    with a role takes up the outer count.
    """
    done: list[Heading] = []
    outer: Heading | None = None
    inner = 0
    for head in headings:
        if head.rank is not Rank.CHINESE:
            done.append(head)
            continue
        resumes = outer is not None and head.ordinal == outer.ordinal + 1 and head.role is not None
        if (
            outer is not None
            and head.ordinal == inner + 1
            and not (resumes and (inner == 0 or _YEAR.search(head.title)))
        ):
            inner = head.ordinal
            done.append(replace(head, rank=Rank.INNER_CHINESE))
            continue
        outer = head if head.role is not None else None
        inner = 0
        done.append(head)
    return done


@dataclass(frozen=True, slots=True)
class _Where:
    """What stands around a root.

    Attributes:
        forward: Whether a forward part stands before it.
        reviewed: Whether a title before it states a review.
        planned: Whether a title after it states goals or work.
        scheduled: Whether a title after it announces the work of one year.
        before_turn: Whether most of it stands before the turn of the tense.
        past_year: Whether its title names the year before the latest that titles name.
        latest_year: Whether its title names the latest.
    """

    forward: bool
    reviewed: bool
    planned: bool
    scheduled: bool
    before_turn: bool
    past_year: bool
    latest_year: bool


def _with_roles(text: Text, roots: Sequence[Heading], turn_at: int, end: int) -> list[Heading]:
    """Return the roots with a role each, from title, year, order, and the turn of the tense."""
    last_planned = max((n for n, head in enumerate(roots) if head.role in _PLANS), default=-1)
    last_scheduled = max((n for n, head in enumerate(roots) if _names_year(head)), default=-1)
    latest = max((year for head in roots for year in _years(head)), default=0)
    done: list[Heading] = []
    forward = reviewed = False
    for number, head in enumerate(roots):
        last = roots[number + 1].paragraph if number + 1 < len(roots) else end
        year = max(_years(head), default=-2)
        where = _Where(
            forward=forward,
            reviewed=reviewed,
            planned=last_planned > number,
            scheduled=last_scheduled > number,
            before_turn=(head.paragraph + last) / 2 < turn_at,
            past_year=year + 1 == latest,
            latest_year=year == latest,
        )
        role = _role_of(text, head, last, turn_at, where)
        done.append(replace(head, role=role))
        forward = forward or role.is_forward
        reviewed = reviewed or head.role is Role.REVIEW
    return done


def _role_of(text: Text, head: Heading, last: int, turn_at: int, where: _Where) -> Role:
    first, role = head.paragraph, head.role
    if role in (Role.REVIEW, Role.FRAME):
        return role
    if where.forward:
        return role if role and role.is_forward else Role.WORK
    if role in _PLANS:
        is_long = text.length(first, last) >= _SHORTEST_PART
        whole_past = where.before_turn and where.planned and turn_at >= last and is_long
        whole_past = whole_past and role is Role.WORK and not where.latest_year
        alone = not where.planned and not where.reviewed
        holds_turn = alone and first + 2 < turn_at < last and text.mean(first, turn_at) > _LOOKS_BACK
        return Role.REVIEW if whole_past or holds_turn or where.past_year else role
    if role is Role.SELF_GOVERNMENT:
        return Role.REVIEW if where.before_turn or where.planned else role
    if where.reviewed and where.scheduled:
        return Role.GOALS if text.mean(first, last) < _LOOKS_BACK else Role.REVIEW
    if where.before_turn:
        return Role.REVIEW
    return Role.GOALS if where.scheduled else Role.WORK


def _names_year(head: Heading) -> bool:
    """Tell whether a heading announces the work of one year."""
    return head.role is Role.WORK and ("今年" in head.title or bool(_YEAR.search(head.title)))


def _years(head: Heading) -> list[int]:
    return [int(found) for found in _YEAR.findall(head.title)]


def _with_implied(text: Text, roots: list[Heading], begin: int, turn_at: int, end: int) -> list[Heading]:
    """Return the roots with those added where a part begins without a heading."""
    first = roots[0].paragraph if roots else end
    done: list[Heading] = []
    if text.length(begin, first) >= _SHORTEST_PART:
        at = min(turn_at, first)
        if at > begin:
            done.append(_implied(text, begin, Role.REVIEW))
        if text.length(at, first) >= _SHORTEST_PART:
            done.append(_implied(text, _snapped(text, at, begin, first), Role.WORK))
    elif roots and roots[0].role is not Role.REVIEW:
        turning = next((number for number in range(begin, first) if _turns(text, number)), None)
        if turning is not None:
            done.append(_implied(text, turning, Role.WORK))
    last_forward = max((n for n, head in enumerate(roots) if head.role and head.role.is_forward), default=-1)
    for number, head in enumerate(roots):
        last = roots[number + 1].paragraph if number + 1 < len(roots) else end
        done.append(head)
        if head.role is not Role.REVIEW or not head.paragraph < turn_at < last:
            continue
        at = _snapped(text, turn_at, head.paragraph + 1, last)
        followed = last_forward > number
        is_plan = text.length(at, last) >= _SHORTEST_PART and text.mean(at, last) < -_LOOKS_FORWARD
        if is_plan and (_turns(text, at) or not followed):
            done.append(_implied(text, at, Role.GOALS if followed else Role.WORK))
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
