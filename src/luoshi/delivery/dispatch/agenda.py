"""The agenda of a dispatch meeting (调度议程), computed: red first, then silent, then what changed since the last meeting, then what blocks; beside it the tasks that are still open.

A commitment stands once, in the first group that it falls into. Lights are those given by the rule; an override is shown and moves nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

import msgspec

from luoshi.delivery.chasing.task import TaskOrigin, TaskState
from luoshi.delivery.year import Year
from luoshi.kernel.label import Labelled
from luoshi.ledger.canonical import canonical
from luoshi.status.light import Colour


class Group(Labelled):
    """Part of an agenda (议程分组), in this order."""

    RED = "red", "严重滞后", "far behind"
    SILENT = "silent", "未报", "not reported"
    CHANGED = "changed", "上次调度以来有变化", "changed since the last meeting"
    BLOCKED = "blocked", "有堵点", "blocked"


class AgendaItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A commitment on the agenda.

    Attributes:
        group: Why it stands there.
        lineage: The commitment.
        title: Its short name.
        unit: Its lead unit, or "".
        colour: Its light; None where none was given yet.
        before: Its light at the last meeting; None where there was neither.
        since: Day from which it has had this colour without a break; None where none was given yet.
        overridden: Colour that a supervisor put beside it; None where he did not.
        obstacles: Entry of the newest report that says what blocks, or 0; where registers alone say so, 0 too.
        blocked_cases: How many obstacles of cases are open.
        entries: Entries of the ledger that it rests on.
    """

    group: Group
    lineage: str
    title: str
    unit: str
    colour: Colour | None
    before: Colour | None
    since: date | None
    overridden: Colour | None = None
    obstacles: int = 0
    blocked_cases: int = 0
    entries: tuple[int, ...] = ()

    @property
    def is_worse(self) -> bool:
        """Whether its light is worse than at the last meeting."""
        known = self.colour is not None and self.before is not None
        return known and self.colour.severity > self.before.severity  # type: ignore[union-attr]


class OpenTask(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A task of an earlier meeting that is not closed: number, unit, day, how far it is, whether it is overdue."""

    number: int
    unit: str
    due: date
    state: TaskState
    is_overdue: bool


class Agenda(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An agenda.

    Attributes:
        on: Day of the meeting.
        last: Day of the meeting before; None for the first.
        items: Commitments, in the order in which they are to be called.
        tasks: Open tasks of earlier meetings, the overdue ones first.
        is_simulated: Whether any of it is invented for a demonstration.
    """

    on: date
    last: date | None
    items: tuple[AgendaItem, ...]
    tasks: tuple[OpenTask, ...]
    is_simulated: bool = False

    def of(self, group: Group) -> tuple[AgendaItem, ...]:
        """Return the items of a group."""
        return tuple(item for item in self.items if item.group is group)

    @property
    def digest(self) -> str:
        """Digest of the canonical bytes."""
        return "sha256:" + hashlib.sha256(canonical(self)).hexdigest()


def agenda_of(
    year: Year, *, on: date, last: date | None, blocked_cases: Mapping[str, int] | None = None
) -> Agenda:
    """Return the agenda of a meeting.

    Args:
        year: The year as known.
        on: Day of the meeting.
        last: Day of the meeting before; None for the first.
        blocked_cases: By lineage how many obstacles of cases are open, as registers know it.
    """
    blocked = blocked_cases or {}
    found = [_item(year, lineage, on, last, blocked.get(lineage, 0)) for lineage in year.issued]
    items = [item for item in found if item is not None]
    return Agenda(
        on=on, last=last, items=tuple(sorted(items, key=_order)), tasks=_tasks(year, on), is_simulated=year.is_simulated
    )  # fmt: skip


def _item(year: Year, lineage: str, on: date, last: date | None, cases: int) -> AgendaItem | None:
    issued = year.issued[lineage]
    given = year.light_on(lineage, on)
    earlier = year.light_on(lineage, last) if last is not None else None
    colour = given.light.colour if given is not None else None
    before = earlier.light.colour if earlier is not None else None
    obstacles = _obstacles(year, lineage, on)
    if colour is Colour.FAR_BEHIND:
        group = Group.RED
    elif colour is Colour.SILENT:
        group = Group.SILENT
    elif last is not None and before is not None and colour is not before:
        group = Group.CHANGED
    elif obstacles or cases:
        group = Group.BLOCKED
    else:
        return None
    override = year.overrides.get(lineage)
    entries = {
        *(one.entry for one in (given, earlier) if one is not None), obstacles, override.entry if override else 0,
    } - {0}  # fmt: skip
    return AgendaItem(
        group=group, lineage=lineage, title=issued.title, unit=issued.lead_unit, colour=colour, before=before,
        since=_since(year, lineage, on), overridden=override.colour if override else None, obstacles=obstacles,
        blocked_cases=cases, entries=tuple(sorted(entries)),
    )  # fmt: skip


def _obstacles(year: Year, lineage: str, on: date) -> int:
    """Return the entry of the newest valid report, where it says what blocks; 0 where it does not."""
    valid = [
        report.valid for report in year.reports_of(lineage) if report.valid is not None and report.end <= on
    ]
    if not valid:
        return 0
    said = valid[-1].fact.obstacles
    return valid[-1].entry if said is not None and said.length else 0


def _since(year: Year, lineage: str, on: date) -> date | None:
    """Return the day from which a light has had its colour without a break."""
    since, colour = None, None
    for given in reversed([one for one in year.lights.get(lineage, ()) if one.day <= on]):
        if colour is not None and given.light.colour is not colour:
            break
        since, colour = given.day, given.light.colour
    return since


def _order(item: AgendaItem) -> tuple[int, int, date, str]:
    """Return what puts an item in its place: its group; among what changed, what became most worse; what has stood longest; its identity."""
    worse = 0
    if item.group is Group.CHANGED and item.colour is not None and item.before is not None:
        worse = item.before.severity - item.colour.severity
    return (list(Group).index(item.group), worse, item.since or date.max, item.lineage)


def _tasks(year: Year, on: date) -> tuple[OpenTask, ...]:
    found = [
        OpenTask(
            number=task.number, unit=task.unit, due=task.due, state=task.state,
            is_overdue=task.state.waits_for_unit and task.due < on,
        )
        for task in year.chasing.tasks.values()
        if task.fact.origin is TaskOrigin.MEETING and task.state is not TaskState.CLOSED
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.is_overdue, one.due, one.number)))
