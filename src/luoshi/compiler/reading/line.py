"""Broken lines (断行): which line ends fall inside a sentence, and joining them.

Two kinds of evidence. Marks: a line that ends with a comma or an open bracket, that begins with a
closing mark, that leaves a sentence unfinished. Layout (`layout`): the text is wrapped at a width,
and the line is full.

Limits:
    A wrapped text without indents and blank lines does not say whether a full line that ends with a full stop ends
    its paragraph; it is taken to.
"""

from __future__ import annotations

import re

from luoshi.compiler.reading import heading, layout
from luoshi.compiler.reading.draft import Draft, Range
from luoshi.compiler.reading.layout import Layout, Line

_HEAD = 40
"""Characters at a line's start that are looked at."""
_STOP = re.compile(r"[。！？]")
_CLOSED = re.compile(r"(?:[。！？；：…!?;:|]|(?<!\d)\.|[）)】])[”’）》〉】」』)\]\"'“‘]*$|\.{2,}$")
_ENDED = re.compile(r"[。！？；：…!?;:|][”’）》〉】」』)\]\"'“‘]*$")
_OPEN_END = frozenset("，、,（(《〈“‘【〔")
_CLOSING_START = re.compile(r"[，、。；：！？,;!）》〉”’】」』%％‰℃]")
_CLOSERS = {
    "）": "（",
    "》": "《",
    "”": "“",
    "〉": "〈",
    "’": "‘",
    "】": "【",
    "」": "「",
    "』": "『",
    ")": "(",
}
_UNCLOSED = re.compile(r"[（《“【][^（）《》“”【】]{0,40}$")
_CLOSES = re.compile(r"[^（）《》“”【】]{0,40}[）》”】]")
_UNIT_START = re.compile(
    r"年(?!初|末|底|中|内|度)|[月日亿万个家所吨名户次亩项条倍多余](?!人)|公里|公顷|平方|米|元|人(?![口均民才社])|以[上下内来]"
)
_WANTS_NUMBER = re.compile(r"(?:达到?|至|为|约|近|超过?|突破|增长|下降|完成|分别|共|第|控制在|提高到?|降至)$")
_QUANTITY_START = re.compile(r"\d(?!\d{3}年)")

_DATELINE = re.compile(r"[—（(]*\d{4}年\d{1,2}月\d{1,2}日.{0,3}在[^。！]*(?<![上）)])$")
_OCCASION = re.compile(r"[^。！，]{0,30}会议?.{0,8}上[）)]?$")


class _Paragraph:
    """What has been read of the paragraph so far."""

    def __init__(self) -> None:
        self.start("")

    def start(self, line: str) -> None:
        self.tail = ""
        self.has_stop = False
        self.is_numbered = heading.is_numbered(line)
        self.depth: dict[str, int] = {}
        self.extend(line)

    def extend(self, line: str) -> None:
        self.has_stop = self.has_stop or _STOP.search(line) is not None
        for closer, opener in _CLOSERS.items():
            if opener in line or closer in line:
                self.depth[opener] = max(
                    self.depth.get(opener, 0) + line.count(opener) - line.count(closer), 0
                )
        self.tail = (self.tail + line)[-2 * _HEAD :]

    @property
    def is_closed(self) -> bool:
        return _CLOSED.search(self.tail) is not None


def join(draft: Draft) -> None:
    """Join the lines of `draft` that were broken inside a sentence; between two Latin words a space is left."""
    text = draft.text
    plan = layout.of(text)
    paragraph, before = _Paragraph(), None
    drops: list[Range] = []
    spaces: list[int] = []
    for line in layout.lines(text):
        head = text[line.start : min(line.end, line.start + _HEAD)]
        if before and (
            _is_inside_sentence(paragraph, head, line, plan)
            or _is_wrapped(plan, before, paragraph, line, head)
        ):
            if _parts_words(text[before.end - 1], head[0]):
                spaces.append(before.end)
                drops.append((before.end + 1, line.start))
            else:
                drops.append((before.end, line.start))
            paragraph.extend(text[line.start : line.end])
        else:
            paragraph.start(text[line.start : line.end])
        before = line
    draft.show(_with_spaces(text, spaces))
    draft.drop(drops)


def _is_inside_sentence(paragraph: _Paragraph, head: str, line: Line, plan: Layout) -> bool:
    """Tell by marks whether the line that begins with `head` goes on with the sentence of `paragraph`."""
    if _CLOSING_START.match(head):
        return not _ENDED.search(paragraph.tail) or paragraph.depth.get(_CLOSERS.get(head[0], ""), 0) > 0
    last = paragraph.tail[-1:]
    if _UNCLOSED.search(paragraph.tail) and (last in _OPEN_END or _CLOSES.match(head)):
        return True
    if heading.is_fresh(head) or heading.is_title(head):
        return False
    if last in _OPEN_END:
        return True
    if paragraph.is_closed:
        return False
    if last.isdigit() and _UNIT_START.match(head):
        return True
    if paragraph.has_stop:
        sentence = _STOP.split(paragraph.tail)[-1].strip(" \t\u3000")
        if heading.is_fresh(sentence) or heading.is_title(sentence):
            return False
        return not (plan.is_indented and line.indent)
    if _DATELINE.match(paragraph.tail):
        return _OCCASION.match(head) is not None
    if paragraph.is_numbered:
        return False
    return _WANTS_NUMBER.search(paragraph.tail) is not None and _QUANTITY_START.match(head) is not None


def _is_wrapped(plan: Layout, before: Line, paragraph: _Paragraph, line: Line, head: str) -> bool:
    """Tell by layout whether `line` goes on with the paragraph of the line before."""
    if not plan.width or line.follows_blank or (plan.is_indented and line.indent):
        return False
    if not plan.is_full(before, head):
        return False
    if heading.is_fresh(head) and paragraph.is_closed:
        return False
    return plan.is_indented or plan.is_spaced or not _ENDED.search(paragraph.tail)


def _parts_words(last: str, first: str) -> bool:
    return last.isascii() and first.isascii() and last.isalpha() and first.isalpha()


def _with_spaces(text: str, at: list[int]) -> str:
    if not at:
        return text
    parts, kept = [], 0
    for position in at:
        parts += [text[kept:position], " "]
        kept = position + 1
    return "".join([*parts, text[kept:]])
