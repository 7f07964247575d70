"""From a reading text to its outline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.compiler.outline import heading, part, sentence
from luoshi.compiler.outline.heading import Heading
from luoshi.compiler.outline.mark import Rank
from luoshi.compiler.outline.model import Outline, Sentence
from luoshi.compiler.reading import Reading
from luoshi.kernel.identity import Minter
from luoshi.plan.model import Role, Section

_LEVELS = {
    Rank.PART: 0,
    Rank.CHINESE: 1,
    Rank.INNER_CHINESE: 2,
    Rank.BRACKETED: 2,
    Rank.RUNNING: 3,
    Rank.ARABIC: 3,
    Rank.SMALL: 4,
}


@dataclass(slots=True)
class _Node:
    head: Heading
    parent: int
    level: int
    role: Role
    end: int


def from_reading(reading: Reading) -> Outline:
    """Divide a reading text into sections with roles, and sentences.

    Numbered headings, headings without numbers and reports without headings are read; where a part
    has no heading, its section has no title and its `heading` is its first sentence.

    Args:
        reading: Reading text.

    Returns:
        The outline. Its sentences cover every character but line ends and spaces between paragraphs.
    """
    text = reading.text
    paragraphs = list(sentence.paragraphs(text))
    headings = part.arrange(part.Text.of(text, paragraphs), heading.find(text, paragraphs))
    if paragraphs and (not headings or headings[0].start > paragraphs[0][0]):
        headings.insert(0, _opening(paragraphs[0]))
    nodes = _tree(headings, paragraphs[-1][1] if paragraphs else 0)
    sentences = tuple(_sentences(text, paragraphs, headings))
    return Outline(reading, tuple(_sections(reading, nodes, sentences)), sentences)


def _opening(paragraph: tuple[int, int]) -> Heading:
    return Heading(*paragraph, Rank.PLAIN, "", 0, "", 0, False, Role.FRAME, True)


def _tree(headings: Sequence[Heading], end: int) -> list[_Node]:
    nodes: list[_Node] = []
    stack: list[int] = []
    for number, head in enumerate(headings):
        while (
            stack
            and (head.opens or nodes[stack[-1]].head.rank >= head.rank)
            and not _holds(nodes[stack[-1]].head, head)
        ):
            nodes[stack.pop()].end = head.start
        parent = stack[-1] if stack else -1
        nodes.append(_Node(head, parent, _level(head, nodes, parent), _role(head, nodes, parent), end))
        stack.append(number)
    return nodes


def _holds(outer: Heading, inner: Heading) -> bool:
    """Tell whether an unnumbered heading that opens a part holds a heading that does not."""
    return outer.opens and not inner.opens and outer.rank is Rank.PLAIN


def _level(head: Heading, nodes: Sequence[_Node], parent: int) -> int:
    above = nodes[parent].level if parent >= 0 else -1
    natural = _LEVELS.get(head.rank)
    return above + 1 if natural is None else max(natural, above + 1)


def _role(head: Heading, nodes: Sequence[_Node], parent: int) -> Role:
    if head.opens and head.role is not None:
        return head.role
    if parent < 0:
        return nodes[-1].role if nodes else Role.FRAME
    above = nodes[parent].role
    if above in (Role.WORK, Role.GOALS) and head.role in (Role.GOALS, Role.WORK, Role.SELF_GOVERNMENT):
        return head.role
    return above


def _sentences(
    text: str, paragraphs: Sequence[tuple[int, int]], headings: Sequence[Heading]
) -> list[Sentence]:
    """Return the sentences, each heading one of its own, with the innermost section of each."""
    done: list[Sentence] = []
    coming = 0
    for number, (start, end) in enumerate(paragraphs):
        begin = start
        while begin < end:
            if coming < len(headings) and headings[coming].start <= begin:
                coming += 1
                head = headings[coming - 1]
                if head.title and head.start == begin and _stands_alone(text, head, end):
                    done.append(Sentence(begin, head.end, coming - 1, number))
                    begin = _skip_spaces(text, head.end, end)
                    continue
            stop = end
            if coming < len(headings) and headings[coming].start < end:
                stop = headings[coming].start
            for first, last in sentence.split(text, begin, stop):
                done.append(Sentence(first, last, max(0, coming - 1), number))
            begin = stop
    return done


def _stands_alone(text: str, head: Heading, end: int) -> bool:
    """Tell whether a heading is a sentence of its own rather than the first clause of one."""
    return head.end >= end or text[head.end - 1] in "。！？!?：:；"


def _skip_spaces(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


def _sections(reading: Reading, nodes: Sequence[_Node], sentences: Sequence[Sentence]) -> list[Section]:
    minter = Minter()
    first_end = {item.start: item.end for item in reversed(sentences)}
    ids: list[str] = []
    sections: list[Section] = []
    for node in nodes:
        head = node.head
        heading_end = head.end if head.title else first_end.get(head.start, head.end)
        ids.append(
            minter.mint(
                "s", reading.source, head.number, head.title or reading.text[head.start : heading_end]
            )
        )
        sections.append(
            Section(
                id=ids[-1],
                number=head.number,
                title=head.title,
                level=node.level,
                parent=ids[node.parent] if node.parent >= 0 else "",
                span=reading.span(head.start, max(node.end, heading_end)),
                heading=reading.span(head.start, heading_end),
                role=node.role,
            )
        )
    return sections
