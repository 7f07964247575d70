"""Mechanisms that the glossary defines (释义中的机制), joined with their uses."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal

from luoshi.catalogue.procedure import alternatives, words
from luoshi.compiler.listing import Range, split, trim
from luoshi.compiler.outline import Outline
from luoshi.compiler.procedure.beat import name_run, runs_of
from luoshi.compiler.procedure.definition import Parts, are_checks, name_parts, parts_of
from luoshi.compiler.procedure.limit import Found, hundred_days, limits_of, steps_of
from luoshi.compiler.procedure.numeral import core, declared, groups_of, numbers_of
from luoshi.compiler.procedure.spelling import alike
from luoshi.compiler.reading import Reading
from luoshi.kernel.identity import Minter
from luoshi.kernel.span import Span
from luoshi.plan.model import Basis, DayType, Limit, Procedure, ProcedureKind, Stage, Strike, Term

_LONGEST_DEFINITION = 3000
_WORDS = words()
_SERVICE_NAME = re.compile(rf"“?[\u4e00-\u9fff0-9+]*{alternatives(_WORDS.services)}”?")
_MECHANISM_NAME = re.compile(rf"{alternatives(_WORDS.mechanism_nouns)}”?$")
_AFTER_USE = re.compile(
    rf"”?(?P<scope>[\u4e00-\u9fff]{{0,6}}?)(?P<noun>{alternatives(_WORDS.mechanism_nouns)}|改革)"
)
_SCOPE_TAILS = re.compile(rf"{alternatives(_WORDS.scope_tails)}$")
_AT_ONCE_NAME = re.compile(rf"即可?{alternatives(_WORDS.at_once)}”?$")
_NUMBER_NAME = re.compile(r"[\d半、，.+＋/]{2,}")
_ONE_THING = re.compile(r"“?一[张个本套把条盘号件码站窗门网键][\u4e00-\u9fff]{1,3}”?$")
_CASE = re.compile(
    rf"(?:从[^，]*|同步办理|一并办理|并联办理|同步|合计|共计|{alternatives(_WORDS.measures)}|{alternatives(_WORDS.at_most_before)}|在)+$"
)


_CHANNEL = re.compile(rf"[^，、]{{1,10}}?{alternatives(_WORDS.channels)}")


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a definition comes to: its kind, its parts and what was declared."""

    kind: ProcedureKind
    stages: tuple[Range, ...] = ()
    members: tuple[Range, ...] = ()
    limits: tuple[Found, ...] = ()
    declared: int | None = None
    bases: tuple[Basis, ...] = ()


def from_terms(outline: Outline, terms: tuple[Term, ...], minter: Minter) -> tuple[Procedure, ...]:
    """Make procedures of the terms that define one; plain words of art (5G) make none."""
    procedures = []
    for term in terms:
        place = offsets(outline.reading, term.spans[0])
        if procedure := _procedure(outline.reading, term, place, minter):
            procedures.append(procedure)
    return tuple(procedures)


def offsets(reading: Reading, span: Span) -> Range:
    """Return where a span of the source stands in the reading text."""
    return bisect_left(reading.origin, span.start), bisect_left(reading.origin, span.end)


def stages_of(reading: Reading, pieces: tuple[Range, ...]) -> tuple[Stage, ...]:
    """Return places of the reading text as named stages; line ends inside are no part of a name."""
    return tuple(
        Stage(name=reading.text[start:end].replace("\n", ""), span=reading.span(start, end))
        for start, end in pieces
    )


def _procedure(reading: Reading, term: Term, place: Range, minter: Minter) -> Procedure | None:
    text = reading.text
    start = text.find(term.definition[:20], place[0] + len(term.name), place[1])
    start = place[0] if start < 0 else start
    end = min(place[1], start + _LONGEST_DEFINITION)
    named = text.find(term.name, *place)
    own = name_run(text, named, named + len(term.name)) if 0 <= named < start else []
    runs = [own] if own else runs_of(text, start, end)
    shape = _shape(text, term, (place[0], start), start, end)
    if own or (runs and declared(term.name) in (None, len(runs[0]))):
        count = len(own) if own else declared(term.name)
        shape = _Shape(ProcedureKind.CADENCE, declared=count)
    if shape is None:
        shape = _named_only(reading, term, start, end)
    if shape is None:
        return None
    spans = term.uses or term.spans
    return Procedure(
        id=minter.mint("q", term.name, term.definition),
        spans=spans,
        text=spans[0].quote(reading.delivered),
        bases=shape.bases,
        name=term.name,
        kind=shape.kind,
        scope=_scope(reading, term, shape),
        stages=stages_of(reading, shape.stages),
        members=stages_of(reading, shape.members),
        limits=tuple(as_limit(reading, found) for found in shape.limits),
        strikes=tuple(
            Strike(beat=struck.beat, act=struck.act, span=reading.span(*struck.place))
            for struck in (runs[0] if shape.kind is ProcedureKind.CADENCE else ())
        ),
        declared_count=shape.declared,
        definition=term.spans[0],
    )


def as_limit(reading: Reading, found: Found) -> Limit:
    """Return a limit as the plan has it."""
    return Limit(
        subject=found.subject,
        comparator=found.comparator,
        value=found.value,
        unit=found.unit,
        day_type=found.day_type,
        span=reading.span(*found.place),
    )


def _shape(text: str, term: Term, head: Range, start: int, end: int) -> _Shape | None:
    name = term.name
    prefix = name[: name.find("“")] if "“" in name else ""
    limits = limits_of(text, prefix, start, end)
    if clock := _clock(text, name, limits, start, end):
        return clock
    parts = parts_of(text, name, start, end)
    if parts is None and (own := name_parts(name)) and declared(name) in (None, len(own)):
        parts = _parts_of_name(text, own, head)
    if parts is None:
        count = declared(name)
        if count is None or not any(group.unit.startswith(_CLASSIFIERS) for group in groups_of(name)):
            return None  # 三峡 names a place; 五大行动 says five of something
        basis = Basis(field="members", confidence=0.6, code="C413", parameters={"declared": str(count)})
        return _Shape(ProcedureKind.MEMBER_SET, declared=count, bases=(basis,))
    return _with_parts(text, name, parts, limits)


def _with_parts(text: str, name: str, parts: Parts, limits: list[Found]) -> _Shape:
    kind = _kind(text, name, parts)
    count = declared(name)
    bases: tuple[Basis, ...] = ()
    if not parts.is_exact:
        field = "stages" if kind in _STAGED else "members"
        parameters = {"declared": str(count), "found": str(len(parts.pieces))}
        bases = (Basis(field=field, confidence=0.5, code="C412", parameters=parameters),)
    elif not groups_of(name):
        bases = (Basis(field="members", confidence=0.8, code="C411"),)
    kept = [limit for limit in limits if kind is ProcedureKind.SERVICE or limit.day_type is not DayType.NONE]
    return _Shape(
        kind,
        stages=parts.pieces if kind in _STAGED else (),
        members=() if kind in _STAGED else parts.pieces,
        limits=tuple(kept + hundred_days(text, list(parts.pieces))),
        declared=count,
        bases=bases,
    )


_CLASSIFIERS = ("个", "大", "项", "种", "类", "条", "支", "张", "件")
_STAGED = (ProcedureKind.PIPELINE, ProcedureKind.STATE_SET, ProcedureKind.SERVICE)


def _kind(text: str, name: str, parts: Parts) -> ProcedureKind:
    units = [group.unit for group in groups_of(name)]
    if any(unit.startswith(_WORDS.pipeline_units) for unit in units) or name.endswith(
        ("流程", "闭环", "步走")
    ):
        return ProcedureKind.PIPELINE
    if any(unit.startswith(_WORDS.state_units) for unit in units):
        return ProcedureKind.STATE_SET
    if _SERVICE_NAME.fullmatch(name):
        return ProcedureKind.SERVICE
    return ProcedureKind.CHECKLIST if are_checks(text, parts) else ProcedureKind.MEMBER_SET


def _parts_of_name(text: str, own: tuple[str, ...], head: Range) -> Parts | None:
    pieces = []
    for part in own:
        begin = text.find(part, *head)
        if begin < 0:
            return None
        pieces.append((begin, begin + len(part)))
    return Parts(tuple(pieces), "name", True)


def _clock(text: str, name: str, limits: list[Found], start: int, end: int) -> _Shape | None:
    """Make a clock of a name that is its limits (“75、40、35”, “210”), or of several limits of time."""
    timed = [limit for limit in limits if limit.day_type is not DayType.NONE]
    numbers = numbers_of(name)
    is_number = _NUMBER_NAME.fullmatch(core(name)) is not None
    agrees, count = _agreement(core(name), limits)
    if not numbers and not is_number:
        if groups_of(name):
            return None  # a name that counts parts is a set of them, whatever limits they have
        agrees, count = len(timed) > 1, None
    elif not agrees:
        count = len(numbers) or None
    if not timed or (not agrees and len(timed) < 2):
        return None
    bases = [] if agrees else [Basis(field="limits", confidence=0.5, code="C414", parameters={"name": name})]
    if any(limit.unit in ("天", "日") for limit in timed):
        bases.append(Basis(field="limits", confidence=0.75, code="C415"))
    return _Shape(
        ProcedureKind.CLOCK,
        stages=tuple(steps_of(text, start, end)),
        members=tuple(_cases(text, name, timed)),
        limits=tuple(limits),
        declared=count,
        bases=tuple(bases),
    )


def _agreement(digits: str, limits: list[Found]) -> tuple[bool, int | None]:
    """Tell whether the digits of a name are its limits, one after the other, and how many of them.

    “75、40、35” and “805540” are the values, “753” their tens (70, 50, 30), “2半0” has half a day.
    """
    wanted = "".join(mark for mark in digits if mark.isdecimal() or mark == "半")
    values = ["半" if limit.value == Decimal("0.5") else f"{limit.value.normalize():f}" for limit in limits]
    for written in (values, [value.rstrip("0") or value for value in values]):
        for count in range(1, len(written) + 1):
            if "".join(written[:count]) == wanted:
                return count > 1, count
    return False, None


def _cases(text: str, name: str, limits: list[Found]) -> list[Range]:
    """Return the kinds of cases that have limits of their own, out of the subjects of the limits."""
    cases: list[Range] = []
    for limit in limits:
        first = split(text, *limit.holder, "，（）")[:1]
        for begin, stop in split(text, *first[0]) if first else ():
            if match := _CASE.search(text, begin, stop):
                stop = match.start()
            begin, stop = trim(text, begin, stop)
            if (channel := _CHANNEL.match(text, begin, stop)) and stop - channel.end() > 2:
                begin = channel.end()
            if stop - begin > 1 and text[begin:stop] not in name:
                cases.append((begin, stop))
    return cases


def _named_only(reading: Reading, term: Term, start: int, end: int) -> _Shape | None:
    """Keep a term that names a mechanism or a service though its definition lists nothing."""
    limits = tuple(limits_of(reading.text, "", start, end))
    counts = tuple(limit for limit in limits if limit.day_type is DayType.NONE)
    if _SERVICE_NAME.fullmatch(term.name):
        steps = tuple(alike(reading.text, start, end))
        kept = (limit for limit in counts if limit.place[0] not in {step[0] for step in steps})
        return _Shape(ProcedureKind.SERVICE, stages=steps, limits=tuple(kept))
    if _AT_ONCE_NAME.search(term.name) and len(counts) < len(limits):
        return _Shape(ProcedureKind.CLOCK, limits=limits)
    is_used_as_one = any(
        (match := _AFTER_USE.match(reading.text, offsets(reading, use)[1])) and match["noun"]
        for use in term.uses
    )
    if _MECHANISM_NAME.search(term.name) or _ONE_THING.match(term.name) or is_used_as_one:
        basis = Basis(field="stages", confidence=0.8, code="C416")
        return _Shape(ProcedureKind.MECHANISM, limits=counts, bases=(basis,))
    return None


def _scope(reading: Reading, term: Term, shape: _Shape) -> str:
    """Return what the mechanism applies to: its own prefix, the noun behind a use, or the word its stages share."""
    if shape.kind is ProcedureKind.CLOCK and "“" in term.name:
        return term.name[: term.name.find("“")]
    for use in term.uses:
        if match := _AFTER_USE.match(reading.text, offsets(reading, use)[1]):
            scope = match["scope"]
            while tail := _SCOPE_TAILS.search(scope):
                scope = scope[: tail.start()]
            if len(scope) > 1:
                return scope
    openings = [reading.text[start : start + 2] for start, _ in shape.stages]
    common = max(openings, key=openings.count, default="")
    return common if openings.count(common) >= 3 else ""
