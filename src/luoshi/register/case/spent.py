"""Where the days go (时间去向): working days that cases spent in each stage, by class, and for what their clocks stood still.

A stay counts when it ended inside the window. Its length is the working days after the day on which it began, up to and with the day on which it ended (the day of
receipt does not count), less the working days of pauses that fell inside it. The middle and the ninetieth percentile are nearest ranks: the smallest value that at least
half, or nine tenths, of the stays do not exceed. Written down in ``docs/explanation/registers.md``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from luoshi.cadence.array import Counts, WorkdayTable
from luoshi.register.case.model import Case
from luoshi.register.procedure.model import Procedure


@dataclass(frozen=True, slots=True)
class StageSpent:
    """What stays in a stage took, of one class: how many, and working days: middle, ninetieth percentile, longest."""

    case_class: str
    stage: str
    stays: int
    middle: int
    ninetieth: int
    longest: int


@dataclass(frozen=True, slots=True)
class PauseSpent:
    """For what clocks stood still: reason, how often, and how many working days altogether."""

    reason: str
    times: int
    days: int


@dataclass(frozen=True, slots=True)
class Spent:
    """Where the days went: by class and stage, by reason of a pause, and how many cases were looked at."""

    stages: tuple[StageSpent, ...]
    pauses: tuple[PauseSpent, ...]
    cases: int


def spent(
    cases: Iterable[Case], procedure: Procedure, table: WorkdayTable, since: date, until: date
) -> Spent:
    """Return where the days went.

    Args:
        cases: Cases of the procedure.
        procedure: It.
        table: Working days; its years hold every day on which a case was open.
        since: First day of the window.
        until: Last day of the window.
    """
    keys: list[tuple[str, str]] = []
    begins: list[date] = []
    ends: list[date] = []
    # Pauses inside of a stay, each with the place of the stay.
    places: list[int] = []
    paused: list[tuple[date, date]] = []
    reasons: dict[str, list[tuple[date, date]]] = defaultdict(list)
    count = 0
    for case in cases:
        count += 1
        for pause in case.pauses:
            end = pause.until.date() if pause.until else until
            if since <= end <= until:
                reasons[pause.reason].append((pause.since.date(), end))
        for stay in case.stays:
            if stay.until is None or not since <= stay.until.date() <= until:
                continue
            first, last = stay.since.date(), stay.until.date()
            for pause in case.pauses:
                start = max(first, pause.since.date())
                stop = min(last, pause.until.date() if pause.until else last)
                if start < stop:
                    places.append(len(keys))
                    paused.append((start, stop))
            keys.append((case.case_class, stay.stage))
            begins.append(first)
            ends.append(last)
    lengths = _lengths(table, list(zip(begins, ends, strict=True)))
    np.subtract.at(lengths, np.array(places, dtype=np.int64), _lengths(table, paused))
    grouped: dict[tuple[str, str], list[int]] = defaultdict(list)
    for key, length in zip(keys, lengths.tolist(), strict=True):
        grouped[key].append(max(0, length))
    classes = [one.key for one in procedure.classes] or [""]
    stages = tuple(
        _stage_spent(case_class, stage.key, sorted(grouped[case_class, stage.key]))
        for case_class in classes
        for stage in procedure.stages
        if grouped.get((case_class, stage.key))
    )
    pauses = [
        PauseSpent(reason, len(found), int(_lengths(table, found).sum())) for reason, found in reasons.items()
    ]
    return Spent(stages, tuple(sorted(pauses, key=lambda one: (-one.days, one.reason))), count)


def _lengths(table: WorkdayTable, periods: Sequence[tuple[date, date]]) -> Counts:
    if not periods:
        return np.zeros(0, dtype=np.int64)
    begins, ends = (np.array(days, dtype="datetime64[D]") for days in zip(*periods, strict=True))
    return table.count(begins, ends)


def _stage_spent(case_class: str, stage: str, lengths: Sequence[int]) -> StageSpent:
    return StageSpent(case_class, stage, len(lengths), _rank(lengths, 50), _rank(lengths, 90), lengths[-1])


def _rank(lengths: Sequence[int], percent: int) -> int:
    # Nearest rank, in whole numbers so that no rounding can move it.
    return lengths[-(-len(lengths) * percent // 100) - 1]
