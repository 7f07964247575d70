"""What holds for a sentence, a clause and the items before (语境), for the readers of figures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from luoshi.compiler.deadline import DeadlineMention
from luoshi.compiler.mention import Mention
from luoshi.compiler.strength import StrengthMention
from luoshi.compiler.target.stretch import Clause


@dataclass(frozen=True, slots=True)
class Scene:
    """What holds for a whole sentence.

    Attributes:
        text: Reading text.
        start: First character of the sentence.
        end: One past its last.
        numbers: Numbers of the sentence.
        limits: Time limits of the sentence.
        strengths: Words of strength of the sentence.
        heading: Time limit that a paragraph's or section's head sets, or None.
        topic: What the paragraph or heading is about, or "".
        strong: Word of strength that a list's head sets, or None.
        is_past: Whether the sentence states results, not promises.
        is_limit: Whether it is a glossary entry that may set limits of a procedure.
    """

    text: str
    start: int
    end: int
    numbers: Sequence[Mention]
    limits: Sequence[DeadlineMention]
    strengths: Sequence[StrengthMention]
    heading: DeadlineMention | None = None
    topic: str = ""
    strong: StrengthMention | None = None
    is_past: bool = False
    is_limit: bool = False

    def words(self, start: int, end: int) -> str:
        """Return the text of a range without time limits and words of strength."""
        pieces, at = [], start
        left_out = [*_between(self.limits, start, end), *_between(self.strengths, start, end)]
        for begin, stop in sorted(left_out):
            if stop <= end and begin >= at:
                pieces.append(self.text[at:begin])
                at = stop
        pieces.append(self.text[at:end])
        return "".join(pieces)

    def part(self, start: int, end: int) -> Scene:
        """Return the scene of a part of the sentence; what lies across its bounds is left out."""
        return replace(
            self,
            start=start,
            end=end,
            numbers=_within(self.numbers, start, end),
            limits=_within(self.limits, start, end),
            strengths=_within(self.strengths, start, end),
        )


def _between(
    mentions: Sequence[DeadlineMention] | Sequence[StrengthMention], start: int, end: int
) -> Iterator[tuple[int, int]]:
    """Yield the places of the mentions, which are in text order, that begin between `start` and `end`."""
    for index in range(bisect_left(mentions, start, key=lambda mention: mention.start), len(mentions)):
        if mentions[index].start >= end:
            break
        yield mentions[index].start, mentions[index].end


class _Placed(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_P = TypeVar("_P", bound=_Placed)


def _within(places: Sequence[_P], start: int, end: int) -> Sequence[_P]:
    first = bisect_left(places, start, key=lambda place: place.start)
    last = bisect_left(places, end, key=lambda place: place.start)
    return [place for place in places[first:last] if place.end <= end]


@dataclass(slots=True)
class Carry:
    """What later items of a sentence may take over from earlier ones.

    Attributes:
        verb: Verb of the last item, where later items can take it over.
        noun: Noun phrase of the last item, without its verb.
        topic: Noun phrase of the last clause without a figure, or of the last item that can be a subject.
        whole: Topic to go back to after a clause about a part (其中).
        subject: What the last limit of a procedure was about.
        last: Whole indicator of the last item.
        measure: What the last item measured, where no clause came between.
        unit: Unit of the last item.
        timed: Noun for the time that the last limit measured (审批时间).
        is_counted: Whether the last item counted things.
    """

    verb: str = ""
    noun: str = ""
    topic: str = ""
    subject: str = ""
    whole: str = ""
    last: str = ""
    measure: str = ""
    unit: str = ""
    timed: str = ""
    is_counted: bool = True


@dataclass(frozen=True, slots=True)
class Context:
    """Sentence, clause and what earlier items leave to later ones."""

    scene: Scene
    part: Clause
    carry: Carry
