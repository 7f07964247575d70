"""Assign tasks to units (分派责任单位)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from luoshi.catalogue.bureau import bureaus
from luoshi.compiler.unit import score
from luoshi.compiler.unit.duty import supports
from luoshi.compiler.unit.model import Assignment, Candidate
from luoshi.compiler.unit.name import Roll, Seat, roll, seat
from luoshi.compiler.unit.score import Scores, Weights
from luoshi.plan.model import SURE, Level

CANDIDATES = 6
"""How many candidates an assignment lists at most."""

SUPPORTING = 3
"""How many supporting units are proposed at most: little paper, and each name asks someone for something."""

_LIKELY = 0.15
_HELPFUL = 0.05
_SHARED = 0.08
_UNDECIDED = 0.4
_MANY = 4
_WORDS_SHOWN = 3


def assign(
    tasks: Sequence[str],
    *,
    level: Level = Level.UNKNOWN,
    year: int | None = None,
    units: Sequence[str] | Roll | None = None,
    place: str = "",
    contexts: Sequence[str] = (),
    weights: Weights | None = None,
) -> list[Assignment]:
    """Propose lead and supporting units for each task.

    Args:
        tasks: Texts of the tasks.
        level: Rank of the government whose tasks they are.
        year: Plan year, whose names of bureaus are used; None for the newest.
        units: The place's own names of its units, or the roll made from them; None to write names by rank and year.
        place: Name of the place, for the prefix of the names (市, 自治区).
        contexts: For each task the title of its section; empty where there is none.
        weights: Numbers to judge by; None for the fitted ones.

    Returns:
        An assignment for each task, in the same order. The same arguments give the same result.

    Raises:
        ValueError: There are contexts, but not one for each task.
    """
    if contexts and len(contexts) != len(tasks):
        raise ValueError(f"{len(tasks)} tasks need as many contexts, got {len(contexts)}")
    where = seat(place, level, year)
    own = units if units is None or isinstance(units, Roll) else roll(units)
    titles = contexts or ("",) * len(tasks)
    fitted = weights or score.weights()
    return [
        _assign(task, score.weigh(score.traces(task, title), fitted), fitted, where, own)
        for task, title in zip(tasks, titles, strict=True)
    ]


def _assign(task: str, found: Scores, fitted: Weights, where: Seat, own: Roll | None) -> Assignment:
    ranked = _named(found, task, where, own)
    if not ranked:
        return Assignment((_nobody(where, own),))
    candidates = [
        replace(each, confidence=fitted.confidence(each.confidence)) for each in ranked[:CANDIDATES]
    ]
    return Assignment(_with_doubt(candidates), _supporting(candidates, found, task, own))


def _named(found: Scores, task: str, where: Seat, own: Roll | None) -> list[Candidate]:
    """Write the names of the scored bureaus; the chances of those that one unit does the work of are added up."""
    joined: dict[str, Candidate] = {}
    for key, probability in found.probability.items():
        bureau = bureaus()[key]
        held = (where.write(bureau, task), bureau) if own is None else own.holder(bureau, task)
        if held is None:
            continue
        name, holder = held
        before = joined.get(name)
        if before is not None:
            joined[name] = replace(before, confidence=before.confidence + probability)
            continue
        words = "、".join(found.words.get(key, ())[:_WORDS_SHOWN])
        code, parameters = ("C501", {"words": words}) if words else ("C507", {"bureau": bureau.zh})
        if words and holder is not bureau:
            code, parameters = "C502", {"words": words, "bureau": bureau.zh}
        joined[name] = Candidate(key, name, probability, code, parameters)
    return sorted(joined.values(), key=lambda candidate: -candidate.confidence)


def _with_doubt(ranked: list[Candidate]) -> tuple[Candidate, ...]:
    """Let the reason of the lead say how it may be wrong."""
    lead = ranked[0]
    if lead.confidence >= SURE or len(ranked) == 1:
        return tuple(ranked)
    shared = [candidate.name for candidate in ranked if candidate.confidence >= _SHARED]
    if lead.confidence < _UNDECIDED and len(shared) >= _MANY:
        code, extra = "C508", {"units": "、".join(shared)}
    else:
        code, extra = "C503", {"other": ranked[1].name}
    words = lead.parameters.get("words", "")
    return (replace(lead, code=code, parameters={"words": words, **extra}), *ranked[1:])


def _supporting(
    candidates: list[Candidate], found: Scores, task: str, own: Roll | None
) -> tuple[Candidate, ...]:
    helpers = {key for hit in supports().find(task) for key, _ in hit.owners}
    chosen = [
        candidate
        for candidate in candidates[1:]
        if (candidate.confidence >= _LIKELY and candidate.bureau in found.words)
        or (candidate.confidence >= _HELPFUL and candidate.bureau in helpers)
    ]
    if own is None:
        # Without a list nobody knows whether the place has such a bureau; it may be the lead under another name.
        chosen = [candidate for candidate in chosen if not bureaus()[candidate.bureau].is_rare]
    return tuple(chosen[:SUPPORTING])


def _nobody(where: Seat, own: Roll | None) -> Candidate:
    """Return who stands in for a task that no word gives to anyone: the government's office, in doubt."""
    bureau = bureaus()["general-office"]
    held = own.holder(bureau, "") if own is not None else None
    name = held[0] if held else where.write(bureau)
    return Candidate(bureau.key, name, 0.0, "C504")
