"""The clocks of a case (办件时限): the whole, the stage, and each parallel task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from luoshi.cadence.clock import Clock, Pause, reckon
from luoshi.cadence.workday import WorkCalendar
from luoshi.register.case.model import Case, CaseState, Stay
from luoshi.register.procedure.model import Procedure

_UNCOUNTED = "uncounted_stage"


@dataclass(frozen=True, slots=True)
class Timing:
    """The clocks of a case: of the whole, of its stage and of the tasks of its stage; None where nothing is limited."""

    whole: Clock | None
    stage: Clock | None
    tasks: Mapping[str, Clock]

    @property
    def due(self) -> datetime | None:
        """The end that comes first; None where none is set or all stand still."""
        ends = [clock.due for clock in (self.whole, self.stage, *self.tasks.values()) if clock and clock.due]
        return min(ends, default=None)

    @property
    def is_over(self) -> bool:
        """Whether one of them is over."""
        return any(clock.is_over for clock in (self.whole, self.stage, *self.tasks.values()) if clock)


def timing_of(case: Case, procedure: Procedure, *, at: datetime, calendar: WorkCalendar) -> Timing:
    """Return where the clocks of a case stand at a moment (wall clock of the place)."""
    stage = procedure.stage(case.stage)
    pauses = case.pauses
    limit = procedure.limit_of(case.case_class)
    whole = None
    if limit is not None:
        uncounted = [_pause_of(stay) for stay in case.stays if not procedure.stage(stay.stage).is_counted]
        whole = reckon(
            limit,
            case.opened,
            at=at,
            calendar=calendar,
            pauses=[*pauses, *uncounted],
            extensions=case.extensions,
            closed=case.closed,
        )
    ended = case.stays[-1].until if case.state is CaseState.CLOSED else None
    of_stage = None
    if stage.limit is not None:
        of_stage = reckon(stage.limit, case.entered, at=at, calendar=calendar, pauses=pauses, closed=ended)
    tasks = {
        task.key: reckon(
            task.limit,
            case.entered,
            at=at,
            calendar=calendar,
            pauses=pauses,
            closed=case.done.get(task.key) or ended,
        )
        for task in stage.tasks
        if task.limit is not None
    }
    return Timing(whole, of_stage, tasks)


def _pause_of(stay: Stay) -> Pause:
    return Pause(since=stay.since, until=stay.until, reason=_UNCOUNTED)
