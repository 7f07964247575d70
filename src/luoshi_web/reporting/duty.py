"""What a commitment asks of its lead unit now (待办): its handling plan, its report of the running period, what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.cadence.cycle import Cycle, CycleState, state_of
from luoshi.delivery.handling import HandlingRecord, HandlingState
from luoshi.delivery.issue import Issued
from luoshi.delivery.judging import cycles_for, expected_for, extended_for
from luoshi.delivery.report import Report, ReportState
from luoshi.kernel.label import Labelled
from luoshi_web.reporting.opened import Delivery


class Need(Labelled):
    """What has to be done next, and by whom (待办事项)."""

    OVERDUE = "overdue", "逾期未报", "report overdue"
    RETURNED = "returned", "退回待改", "returned, to be mended"
    HANDLING = "handling", "待填办理方案", "handling plan to be filed"
    DUE = "due", "待填报", "to be reported"
    HEAD = "head", "待本单位审核", "waits for the unit's head"
    SUPERVISOR = "supervisor", "待督查审核", "waits for the supervisor"
    LOCKED = "locked", "漏报已锁定", "missed and locked"
    NOTHING = "nothing", "本期无事", "nothing due"

    @property
    def is_for_unit(self) -> bool:
        """Whether the unit has to act."""
        return self in (Need.OVERDUE, Need.RETURNED, Need.HANDLING, Need.DUE)


@dataclass(frozen=True, slots=True)
class Duty:
    """A commitment with what it needs.

    Attributes:
        issued: The commitment.
        need: What has to be done next.
        handling: Its handling plan.
        cycle: The cycle that is asked about now; None before the first opens.
        state: Where that cycle stands.
        report: Its report.
        until: Day by which the unit has to act; None where it has not to.
        has_figures: Whether the unit states any figure itself.
        has_earlier: Whether it reported before, so that it can say that nothing changed.
    """

    issued: Issued
    need: Need
    handling: HandlingRecord
    cycle: Cycle | None
    state: CycleState | None
    report: Report | None
    until: date | None
    has_figures: bool
    has_earlier: bool

    @property
    def can_report(self) -> bool:
        """Whether a report can be filed now, whatever else is asked for first."""
        is_back = self.report is not None and self.report.last.state in (
            ReportState.RETURNED,
            ReportState.HELD,
        )
        is_open = self.report is None and self.state is not None and self.state.takes_reports
        return self.cycle is not None and (is_open or is_back)

    @property
    def can_be_unchanged(self) -> bool:
        """Whether one tap can say that nothing changed this period."""
        return self.need in (Need.DUE, Need.OVERDUE) and self.can_report and self.has_earlier


def duty_of(delivery: Delivery, issued: Issued) -> Duty:
    """Return what a commitment needs as of the day shown."""
    year, day = delivery.year, delivery.day
    handling = year.handling_of(issued.lineage)
    extended = extended_for(year, issued)
    cycles = [cycle for cycle in cycles_for(year, issued, delivery.ground) if cycle.opens <= day]
    cycle, state, report = None, None, None
    for candidate in reversed(cycles):
        found = year.report(issued.lineage, candidate.period.key)
        stands = state_of(candidate, day, until=extended.get(candidate.period.key))
        is_open = stands.takes_reports and (found is None or not found.last.state.has_left_unit)
        is_returned = found is not None and found.last.state in (ReportState.RETURNED, ReportState.HELD)
        if cycle is None or is_open or is_returned:
            cycle, state, report = candidate, stands, found
        if candidate.last < day and not is_returned:
            break
    until = max(cycle.due, extended.get(cycle.period.key, cycle.due)) if cycle else None
    need = _need(handling, cycle, state, report)
    expected = expected_for(year, issued, delivery.ground, before=cycle.period.end) if cycle else None
    return Duty(
        issued,
        need,
        handling,
        cycle,
        state,
        report,
        until if need.is_for_unit else None,
        bool(expected and expected.asked),
        bool(expected and expected.has_earlier),
    )


def _need(
    handling: HandlingRecord, cycle: Cycle | None, state: CycleState | None, report: Report | None
) -> Need:
    if report is not None:
        match report.last.state:
            case ReportState.RETURNED | ReportState.HELD:
                return Need.RETURNED
            case ReportState.FILED:
                return Need.HEAD
    if handling.state in (HandlingState.WAITING, HandlingState.RETURNED):
        return Need.HANDLING
    if report is not None:
        return Need.SUPERVISOR if report.last.state is ReportState.PASSED else Need.NOTHING
    match state:
        case CycleState.LATE:
            return Need.OVERDUE
        case CycleState.OPEN:
            return Need.DUE
        case CycleState.LOCKED:
            return Need.LOCKED
        case _:
            return Need.NOTHING


def duties_of(delivery: Delivery, units: frozenset[str]) -> list[Duty]:
    """Return what the commitments led by some units need, the most urgent first."""
    found = [
        duty_of(delivery, issued) for issued in delivery.year.issued.values() if issued.lead_unit in units
    ]
    order = list(Need)
    return sorted(found, key=lambda duty: (order.index(duty.need), duty.until or date.max))
