"""From an outline to its commitments and the passages that are none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from luoshi.compiler import clause as clauses
from luoshi.compiler import deadline, strength
from luoshi.compiler.commitment import act as acts_of
from luoshi.compiler.commitment import passage, split, title
from luoshi.compiler.commitment.act import Act
from luoshi.compiler.commitment.split import Part
from luoshi.compiler.outline import Outline, Sentence
from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.kernel.identity import Minter
from luoshi.kernel.span import Span
from luoshi.plan.model import Basis, Commitment, Deadline, Passage, PassageKind, Role, Section

LONGEST_ROW = 260
"""Characters above which a promise that no rule divided is reported as too long for one row."""


@dataclass(frozen=True, slots=True)
class CommitmentReading:
    """What the forward part of a report promises.

    Attributes:
        commitments: In text order.
        passages: Stretches of the forward part that belong to no commitment, and why, in text order.
        diagnostics: What a person should look at.
    """

    commitments: tuple[Commitment, ...]
    passages: tuple[Passage, ...]
    diagnostics: tuple[Diagnostic, ...]


def from_outline(
    outline: Outline, year: int, minter: Minter, *, figures: Sequence[Span] = ()
) -> CommitmentReading:
    """Divide the forward part of a report into commitments.

    Every sentence of a section with a forward role is in a commitment or in a passage. How compound
    promises are divided is said in `split`.

    Args:
        outline: Sections and sentences.
        year: Plan year; promises without a time limit fall due at its end.
        minter: Mints identities.
        figures: Places of promised figures. A sentence that holds one is a commitment whatever its words
            look like (综合考虑各方面条件，到2030年，地区生产总值达到2000亿元).
    """
    promised = sorted(figure.start for figure in figures)
    commitments: list[Commitment] = []
    passages: list[Passage] = []
    diagnostics: list[Diagnostic] = []
    due = _Defaults(outline, year)
    reading = outline.reading
    for number, of_sentence in groupby(clauses.from_outline(outline), key=lambda item: item.sentence):
        sentence = outline.sentences[number]
        if not outline.sections[sentence.section].role.is_forward:
            continue
        acts = [acts_of.read(reading.text, clause, year) for clause in of_sentence]
        kind = passage.kind_of(outline, number, acts)
        place = reading.span(sentence.start, sentence.end)
        if kind is not None and not _holds_one(promised, place):
            passages.append(Passage(span=place, kind=kind))
            continue
        lead, rest = _without_lead(acts)
        if lead is not None:
            span = reading.span(lead.clause.start, lead.clause.end)
            passages.append(Passage(span=span, kind=PassageKind.FRAMING))
        for part in split.divide(reading.text, rest):
            made = _commitment(outline, sentence, part, due, minter)
            commitments.append(made)
            diagnostics.extend(_doubts(made))
    if not commitments:
        diagnostics.append(Diagnostic(code="C239", severity=Severity.WARNING))
    return CommitmentReading(tuple(commitments), tuple(passages), tuple(diagnostics))


def _holds_one(promised: Sequence[int], place: Span) -> bool:
    """Tell whether one of the places, in order, begins inside another."""
    at = bisect_left(promised, place.start)
    return at < len(promised) and promised[at] < place.end


def _without_lead(acts: Sequence[Act]) -> tuple[Act | None, Sequence[Act]]:
    """Take off a first clause that only announces a list (今年主要预期目标是：…)."""
    first = acts[0]
    announces = (
        first.clause.boundary is clauses.Boundary.COLON and first.verb is None and not first.has_figure
    )
    return (first, acts[1:]) if announces and len(acts) > 1 else (None, acts)


def _commitment(
    outline: Outline, sentence: Sentence, part: Part, due: _Defaults, minter: Minter
) -> Commitment:
    reading = outline.reading
    section = outline.sections[sentence.section]
    start, end = part.acts[0].clause.start, part.acts[-1].clause.end
    chosen = title.chosen(part.acts)
    object_words = reading.text[chosen.object_start : chosen.object_end].strip("，；：。 ")
    name = title.of(reading.text, chosen)
    limit, about_limit = due.of(sentence, chosen, section)
    strong = strength.governing(due.strengths(sentence), chosen.object_start)
    text = reading.quote(start, end)
    return Commitment(
        id=minter.mint("c", text),
        spans=(reading.span(start, end),),
        text=text,
        section=section.id,
        title=name,
        action=chosen.action,
        object=object_words,
        strength=strong.written if strong else "",
        deadline=limit,
        split_rule=part.rule,
        bases=(*_bases(chosen, part, name), about_limit),
    )


def _bases(chosen: Act, part: Part, name: str) -> Iterator[Basis]:
    yield Basis(
        field="action",
        confidence=chosen.confidence,
        code="C241" if chosen.action and not chosen.has_subject else "C242",
        parameters={"action": chosen.action},
    )
    others = sum(act.is_solid and not act.is_result for act in part.acts)
    title_confidence = 0.9 if others <= 1 else 0.75
    yield Basis(
        field="title",
        confidence=min(title_confidence, chosen.confidence) if not name.endswith("…") else 0.7,
        code="C243",
    )
    if part.rule:
        confidence = {"C231": 0.9, "C232": 0.95, "C233": 0.85}.get(part.rule, 0.7)
        yield Basis(field="split_rule", confidence=confidence, code=part.rule)


def _doubts(made: Commitment) -> Iterator[Diagnostic]:
    if len(made.text) > LONGEST_ROW:
        parameters = {"length": str(len(made.text))}
        yield Diagnostic(
            code="C240", severity=Severity.NOTE, span=made.spans[0], item=made.id, parameters=parameters
        )


class _Defaults:
    """Time limits and words of strength of one sentence after another, and the limits that sections set."""

    def __init__(self, outline: Outline, year: int) -> None:
        self._outline = outline
        self._year = year
        self._by_id = {section.id: section for section in outline.sections}
        self._sections: dict[str, Deadline | None] = {}
        self._sentence: Sentence | None = None
        self._limits: tuple[deadline.DeadlineMention, ...] = ()
        self._strengths: tuple[strength.StrengthMention, ...] = ()

    def of(self, sentence: Sentence, act: Act, section: Section) -> tuple[Deadline, Basis]:
        """Return when an act is due, from its sentence, else its section, else the year's end."""
        self._enter(sentence)
        text = self._outline.reading.text
        found = deadline.governing(self._limits, text, sentence.start, act.object_start, sentence.end)
        if found is not None:
            span = self._outline.reading.span(found.start, found.end)
            written = self._outline.reading.quote(found.start, found.end)
            basis = Basis(
                field="deadline", confidence=found.confidence, code="C244", parameters={"written": written}
            )
            return Deadline(day=found.day, written=written, span=span), basis
        of_section = self._of_section(section)
        if of_section is not None:
            return of_section, Basis(
                field="deadline", confidence=0.8, code="C245", parameters={"written": of_section.written}
            )
        return deadline.default(self._year), Basis(field="deadline", confidence=0.9, code="C246")

    def strengths(self, sentence: Sentence) -> tuple[strength.StrengthMention, ...]:
        """Return the words of strength of a sentence."""
        self._enter(sentence)
        return self._strengths

    def _enter(self, sentence: Sentence) -> None:
        if self._sentence is sentence:
            return
        text = self._outline.reading.text
        self._sentence = sentence
        self._limits = deadline.mentions(text, start=sentence.start, end=sentence.end, year=self._year)
        self._strengths = strength.mentions(text, start=sentence.start, end=sentence.end)

    def _of_section(self, section: Section) -> Deadline | None:
        """Return the limit that the title of a section of goals sets (“十四五”时期主要目标), or None."""
        if section.id not in self._sections:
            parent = self._by_id.get(section.parent)
            self._sections[section.id] = self._from_title(section) or (
                self._of_section(parent) if parent else None
            )
        return self._sections[section.id]

    def _from_title(self, section: Section) -> Deadline | None:
        if section.role is not Role.GOALS:
            return None
        found = deadline.mentions(section.title, year=self._year)
        later = [mention for mention in found if mention.day > date(self._year, 12, 31)]
        return Deadline(day=later[-1].day, written=later[-1].written) if later else None
