"""Mechanisms that the body alone states (正文中的机制), and places of the body that belong to defined ones."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal

from msgspec.structs import replace

from luoshi.compiler.listing import Range
from luoshi.compiler.outline import Outline
from luoshi.compiler.procedure.body import Mechanism, mechanisms_of
from luoshi.compiler.procedure.defined import offsets, stages_of
from luoshi.compiler.procedure.numeral import declared
from luoshi.compiler.reading import Reading
from luoshi.kernel.identity import Minter
from luoshi.plan.model import Basis, Comparator, DayType, Limit, Procedure, ProcedureKind, Strike

_LONGEST_SENTENCE = 2000


@dataclass(slots=True)
class Stated:
    """What the body adds.

    Attributes:
        extended: The defined procedures, with further places of the body.
        new: Procedures of the body alone.
    """

    extended: list[Procedure] = field(default_factory=list)
    new: list[Procedure] = field(default_factory=list)


def from_body(outline: Outline, defined: tuple[Procedure, ...], minter: Minter) -> Stated:
    """Read the forward sections for mechanisms that the glossary does not define."""
    reading = outline.reading
    uses = _Uses(reading, defined)
    merged: dict[str, list[Mechanism]] = {}
    further: dict[str, list[Range]] = {}
    for sentence in outline.sentences:
        if not outline.sections[sentence.section].role.is_forward:
            continue
        end = min(sentence.end, sentence.start + _LONGEST_SENTENCE)
        for mechanism in mechanisms_of(reading.text, sentence.start, end):
            if uses.is_one(mechanism):
                continue
            if owner := uses.owner_of(mechanism, sentence.start, sentence.end):
                further.setdefault(owner, []).append(mechanism.use)
            else:
                merged.setdefault(_plain(mechanism.name), []).append(mechanism)
    return Stated(
        [_extended(reading, procedure, further.get(procedure.id, [])) for procedure in defined],
        [_procedure(reading, mechanisms, minter) for mechanisms in merged.values()],
    )


def _plain(name: str) -> str:
    return name.replace("“", "").replace("”", "")


class _Uses:
    """Where the defined procedures are used, in offsets of the reading text."""

    def __init__(self, reading: Reading, procedures: tuple[Procedure, ...]) -> None:
        self._of = {procedure.id: procedure for procedure in procedures}
        places = [
            (*offsets(reading, span), procedure.id)
            for procedure in procedures
            for span in procedure.spans
            if span != procedure.definition
        ]
        self._places = sorted(places)
        self._starts = [place[0] for place in self._places]

    def _between(self, start: int, end: int) -> list[tuple[int, int, str]]:
        return self._places[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)]

    def is_one(self, mechanism: Mechanism) -> bool:
        """Tell whether a mechanism of the body is a defined one in other words."""
        start, end = mechanism.use
        size = max(len(_plain(mechanism.name)), 1)
        return any(
            2 * (min(stop, end) - max(begin, start)) >= size
            for begin, stop, _ in self._between(start - 40, end)
        )

    def owner_of(self, mechanism: Mechanism, start: int, end: int) -> str:
        """Return the defined register of as many states whose working the mechanism describes (三库, …一批、…一批)."""
        if mechanism.kind is not ProcedureKind.PIPELINE:
            return ""
        for _, _, identity in self._between(start, end):
            procedure = self._of[identity]
            is_register = procedure.kind in (ProcedureKind.STATE_SET, ProcedureKind.PIPELINE)
            if is_register and len(procedure.stages) == len(mechanism.stages):
                return identity
        return ""


def _extended(reading: Reading, procedure: Procedure, places: list[Range]) -> Procedure:
    if not places:
        return procedure
    spans = sorted({*procedure.spans, *(reading.span(*place) for place in places)})
    return replace(procedure, spans=tuple(spans), text=spans[0].quote(reading.delivered))


def _procedure(reading: Reading, mechanisms: list[Mechanism], minter: Minter) -> Procedure:
    """Make one procedure of the places that state it, with the parts of the fullest."""
    fullest = max(mechanisms, key=lambda one: len(one.stages) + len(one.members) + len(one.strikes))
    spans = tuple(sorted(reading.span(*mechanism.use) for mechanism in mechanisms))
    count, found = declared(fullest.name), len(fullest.stages) + len(fullest.members)
    bases = [Basis(field="kind", confidence=max(one.confidence for one in mechanisms), code="C417")]
    if count is not None and found and count != found:
        parameters = {"declared": str(count), "found": str(found)}
        bases.append(Basis(field="members", confidence=0.6, code="C412", parameters=parameters))
    return Procedure(
        id=minter.mint("q", fullest.name, spans[0].quote(reading.delivered)),
        spans=spans,
        text=spans[0].quote(reading.delivered),
        bases=tuple(bases),
        name=fullest.name,
        kind=fullest.kind,
        scope=next((one.scope for one in mechanisms if one.scope), ""),
        stages=stages_of(reading, fullest.stages),
        members=stages_of(reading, fullest.members),
        limits=_one_each(fullest),
        strikes=tuple(
            Strike(beat=struck.beat, act=struck.act, span=reading.span(*struck.place))
            for struck in fullest.strikes
        ),
        declared_count=count,
    )


def _one_each(mechanism: Mechanism) -> tuple[Limit, ...]:
    """Return the limit that a rule such as 一师一档 sets: one file a teacher."""
    if not mechanism.one_each:
        return ()
    thing, each = mechanism.one_each
    unit = f"{thing}/{each}"
    return (
        Limit(
            subject=each + thing, comparator=Comparator.EQ, value=Decimal(1), unit=unit, day_type=DayType.NONE
        ),
    )
