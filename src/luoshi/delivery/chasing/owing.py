"""Who owes what by when (待办清单), computed from the year, the schedule and the day as of which it is asked.

Rule:
    A report is owed until it has left the unit, from the period in which the unit became the commitment's lead unit; once its cycle is locked it cannot be filed and is owed no more, unless more time was given. A handling plan is owed
    after that issue, or after a contest was decided, what was returned after its return, by the rule's working days. A deliverable is owed where its light counts, until the unit says that it is done. Notices and tasks are owed until they are answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from luoshi.cadence.cycle import CycleState, state_of
from luoshi.delivery.chasing.rule import ChasingRule, OwedKind
from luoshi.delivery.handling import HandlingState
from luoshi.delivery.issue import Issued, led_since
from luoshi.delivery.judging import Ground, cycles_for, deliverables_of, extended_for, ticks_of
from luoshi.delivery.report import ReportState
from luoshi.delivery.year import Year
from luoshi.kernel.label import Language
from luoshi.kernel.message import text_of


class Owed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that a unit owes.

    Attributes:
        kind: What sort it is.
        unit: Who owes it.
        lineage: Commitment that it is about, or "".
        subject: Period, deliverable, ``handling``, or number of the notice or task.
        title: Short name of the commitment, or "".
        detail: What a person needs to tell it from the like: period, what counts as done, number.
        due: Last day in time.
        entry: Entry of the ledger that it arises from.
        is_provisional: Whether the day may still move, because the year's notice of days off is not out.
    """

    kind: OwedKind
    unit: str
    lineage: str
    subject: str
    title: str
    detail: str
    due: date
    entry: int
    is_provisional: bool = False

    @property
    def key(self) -> str:
        """Key that stays the same while it is owed."""
        return f"{self.kind.value}:{self.lineage}:{self.subject}"

    def describe(self, language: Language = "zh") -> str:
        """Return it as a sentence."""
        values = {"title": self.title or "—", "detail": self.detail, "due": self.due.isoformat()}
        return text_of(_CODES[self.kind], values, language)


_CODES = {
    OwedKind.REPORT: "S801",
    OwedKind.HANDLING: "S802",
    OwedKind.RETURNED: "S803",
    OwedKind.DELIVERABLE: "S804",
    OwedKind.NOTICE: "S805",
    OwedKind.TASK: "S806",
}


def owed_in(
    year: Year, ground: Ground, rule: ChasingRule, *, on: date, until: date, unit: str | None = None
) -> tuple[Owed, ...]:
    """Return what is owed as known on a day and due by another, what is overdue included; by due day, unit and key.

    Args:
        year: The year as known.
        ground: Targets in force, calendar, year of the plan.
        rule: Rule of chasing in force.
        on: The day.
        until: Last due day that is looked at.
        unit: Unit whose debts are asked for; all where None is given.
    """
    found: list[Owed] = []
    for issued in year.issued.values():
        if issued.lead_unit and unit in (None, issued.lead_unit):
            found += _handling(year, issued, ground, rule)
            found += _reports(year, issued, ground, rule, on)
            found += _deliverables(year, issued)
    found += [one for one in (*_notices(year), *_tasks(year)) if unit in (None, one.unit)]
    due = [one for one in found if one.due <= until]
    return tuple(sorted(due, key=lambda one: (one.due, one.unit, one.key)))


def _handling(year: Year, issued: Issued, ground: Ground, rule: ChasingRule) -> Iterator[Owed]:
    record = year.handling_of(issued.lineage)
    first = led_since(year.issues[issued.lineage])
    if record.state is HandlingState.WAITING:
        decided = [one.decided_on for one in record.contests if one.decided_on is not None]
        due = ground.calendar.add(max([first.day, *decided]), rule.handling)
        yield Owed(
            kind=OwedKind.HANDLING, unit=issued.lead_unit, lineage=issued.lineage, subject="handling", title=issued.title,
            detail="", due=due.day, entry=first.entry, is_provisional=due.is_provisional,
        )  # fmt: skip
    elif record.state is HandlingState.RETURNED and record.returned_on is not None:
        due = ground.calendar.add(record.returned_on, rule.returned)
        yield Owed(
            kind=OwedKind.RETURNED, unit=issued.lead_unit, lineage=issued.lineage, subject="handling", title=issued.title,
            detail=OwedKind.HANDLING.zh, due=due.day, entry=record.history[-1], is_provisional=due.is_provisional,
        )  # fmt: skip


def _reports(year: Year, issued: Issued, ground: Ground, rule: ChasingRule, on: date) -> Iterator[Owed]:
    first, extended = led_since(year.issues[issued.lineage]), extended_for(year, issued)
    for cycle in cycles_for(year, issued, ground):
        period = cycle.period
        if period.end < first.day:
            continue
        report, detail = year.report(issued.lineage, period.key), period.label("zh")
        if report is not None and report.last.state is ReportState.RETURNED:
            since = report.last.returned or report.last.known
            due = ground.calendar.add(since, rule.returned)
            yield Owed(
                kind=OwedKind.RETURNED, unit=issued.lead_unit, lineage=issued.lineage, subject=period.key, title=issued.title,
                detail=detail, due=due.day, entry=report.last.trail[-1], is_provisional=due.is_provisional,
            )  # fmt: skip
        elif report is None or report.valid is None:
            until = extended.get(period.key)
            if state_of(cycle, on, until=until) is CycleState.LOCKED:
                continue
            yield Owed(
                kind=OwedKind.REPORT, unit=issued.lead_unit, lineage=issued.lineage, subject=period.key, title=issued.title,
                detail=detail, due=max(cycle.due, until or cycle.due), entry=first.entry, is_provisional=cycle.is_provisional,
            )  # fmt: skip


def _deliverables(year: Year, issued: Issued) -> Iterator[Owed]:
    record = year.handling_of(issued.lineage)
    # As for lights: deliverables count beside targets only once a handling plan has approved them.
    if issued.targets and record.in_force is None:
        return
    entry = record.approvals[-1].entry if record.approvals else year.issues[issued.lineage][-1].entry
    ticks = ticks_of(year, issued.lineage)
    for one, (words, due, _weight) in deliverables_of(year, issued).items():
        if one not in ticks:
            yield Owed(
                kind=OwedKind.DELIVERABLE, unit=issued.lead_unit, lineage=issued.lineage, subject=one, title=issued.title,
                detail=words, due=due, entry=entry,
            )  # fmt: skip


def _notices(year: Year) -> Iterator[Owed]:
    for notice in year.chasing.notices.values():
        if notice.state.waits_for_unit:
            yield Owed(
                kind=OwedKind.NOTICE, unit=notice.unit, lineage=notice.lineage, subject=str(notice.number),
                title=_title(year, notice.lineage), detail=str(notice.number), due=notice.due, entry=notice.entry,
            )  # fmt: skip


def _tasks(year: Year) -> Iterator[Owed]:
    for task in year.chasing.tasks.values():
        if task.state.waits_for_unit:
            yield Owed(
                kind=OwedKind.TASK, unit=task.unit, lineage=task.lineage, subject=str(task.number),
                title=_title(year, task.lineage), detail=str(task.number), due=task.due, entry=task.entry,
            )  # fmt: skip


def _title(year: Year, lineage: str) -> str:
    return year.issued[lineage].title if lineage in year.issued else ""
