"""Assign tasks to units (分派责任单位)."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.catalogue.bureau import bureaus
from luoshi.compiler.unit import score
from luoshi.compiler.unit.duty import supports
from luoshi.compiler.unit.model import Assignment, Candidate
from luoshi.compiler.unit.name import Roll, Seat, roll, seat
from luoshi.plan.model import SURE, Level

CANDIDATES = 6
"""How many candidates an assignment lists."""

_SUPPORTING = 3
_LIKELY = 0.15
_HELPFUL = 0.02
_WORDS_SHOWN = 3


def assign(
    tasks: Sequence[str],
    *,
    level: Level = Level.UNKNOWN,
    year: int | None = None,
    units: Sequence[str] | None = None,
    place: str = "",
    contexts: Sequence[str] = (),
) -> list[Assignment]:
    """Propose lead and supporting units for each task.

    Args:
        tasks: Texts of the tasks.
        level: Rank of the government whose tasks they are.
        year: Plan year, whose names of bureaus are used; None for the newest.
        units: The place's own names of its units; None to write names by rank and year.
        place: Name of the place, for the prefix of the names (市, 自治区).
        contexts: For each task the title of its section; empty where there is none.

    Returns:
        An assignment for each task, in the same order. The same arguments give the same result.

    Raises:
        ValueError: There are contexts, but not one for each task.
    """
    if contexts and len(contexts) != len(tasks):
        raise ValueError(f"{len(tasks)} tasks need as many contexts, got {len(contexts)}")
    where = seat(place, level, year)
    own = None if units is None else roll(units)
    titles = contexts or ("",) * len(tasks)
    return [_assign(task, title, where, own) for task, title in zip(tasks, titles, strict=True)]


def _assign(task: str, context: str, where: Seat, own: Roll | None) -> Assignment:
    found = score.of(task, context)
    candidates = _named(found, task, where, own)
    if not candidates:
        return Assignment((_nobody(where, own),))
    return Assignment(candidates[:CANDIDATES], _supporting(candidates, task))


def _named(found: score.Scores, task: str, where: Seat, own: Roll | None) -> tuple[Candidate, ...]:
    """Write the names of the scored bureaus; those that one unit of the list holds are added up."""
    joined: dict[str, Candidate] = {}
    for key, probability in found.probability.items():
        bureau = bureaus()[key]
        words = found.words[key]
        name, code, extra = where.write(bureau, task), "C501", {}
        if own is not None:
            held = own.holder(bureau, task)
            if held is None:
                continue
            name, holder = held
            if holder is not bureau:
                code, extra = "C502", {"bureau": bureau.zh}
        before = joined.get(name)
        if before is None:
            parameters = {"words": "、".join(words[:_WORDS_SHOWN]), **extra}
            joined[name] = Candidate(key, name, probability, code, parameters)
        else:
            joined[name] = Candidate(
                before.bureau, name, before.confidence + probability, before.code, before.parameters
            )
    ranked = sorted(joined.values(), key=lambda candidate: -candidate.confidence)
    return _with_doubt(ranked)


def _with_doubt(ranked: list[Candidate]) -> tuple[Candidate, ...]:
    if not ranked or ranked[0].confidence >= SURE or len(ranked) == 1:
        return tuple(ranked)
    lead = ranked[0]
    doubted = Candidate(
        lead.bureau, lead.name, lead.confidence, "C503", {**lead.parameters, "other": ranked[1].name}
    )
    return (doubted, *ranked[1:])


def _supporting(candidates: tuple[Candidate, ...], task: str) -> tuple[Candidate, ...]:
    helpers = {key for hit in supports().find(task) for key, _ in hit.owners}
    likely = [
        candidate
        for candidate in candidates[1:]
        if candidate.confidence >= _LIKELY
        or (candidate.bureau in helpers and candidate.confidence >= _HELPFUL)
    ]
    return tuple(likely[:_SUPPORTING])


def _nobody(where: Seat, own: Roll | None) -> Candidate:
    """Return who answers for a task that no word gives to anyone: the government's office, in doubt."""
    bureau = bureaus()["general-office"]
    held = own.holder(bureau, "") if own is not None else None
    name = held[0] if held else where.write(bureau)
    return Candidate(bureau.key, name, 0.0, "C504")
