"""A ledger with what a settlement needs: two targets of a commitment, reports that are accepted, versions that change it."""

from datetime import date
from decimal import Decimal as D

import msgspec
from ledger_cast import SCHOOLS, Hand, note

from luoshi.cadence.workday import WorkCalendar
from luoshi.delivery.issue import CommitmentsIssued
from luoshi.delivery.judging import Ground
from luoshi.delivery.report import Figure, ReportAccepted, ReportFiled, ReportPassed, Tick
from luoshi.ledger.entry import Proposal
from luoshi.plan.model import Comparator, Course, Deadline, JudgedAs, Target, TargetKind
from luoshi.settle.settlement.baseline import Baseline

END, SETTLED = date(2026, 12, 31), date(2027, 1, 20)
CALENDAR = WorkCalendar()


def target(id, value, *, deadline=END, **fields):
    return Target(
        id=id, spans=(), text="", commitment="c-1", indicator=id, comparator=Comparator.EQ, value=D(value), unit="个",
        kind=TargetKind.COUNT, judged_as=JudgedAs.AT_LEAST, course=Course.CUMULATIVE, deadline=Deadline(day=deadline), number=None, **fields,
    )  # fmt: skip


FIRST = {"t-schools": target("t-schools", "3"), "t-places": target("t-places", "2400")}
GROUND = Ground(targets=FIRST, calendar=CALENDAR, year=2026)
BASELINE = Baseline(targets=FIRST)


def ground_with(**targets):
    """Return the ground with other targets in force; ``schools=target(…)`` replaces ``t-schools``."""
    changed = {f"t-{name}": one for name, one in targets.items()}
    return Ground(targets=FIRST | changed, calendar=CALENDAR, year=2026)


class Office(Hand):
    """Writes reports and versions as offices do; what is written after a later day is written on that day."""

    def write(self, *proposals, on, who="p-liaison"):
        return super().write(*proposals, on=max(on, self.year.known or on), who=who)

    def reported(self, period, end, *, schools=None, places=None, ticked=None, is_accepted=True):
        """File, pass and accept a report; return the entry of its filing."""
        figures = [("t-schools", schools), ("t-places", places)]
        fact = ReportFiled(
            period=period, end=end,
            figures=tuple(Figure(target=name, value=D(value)) for name, value in figures if value is not None),
            ticks=(Tick(deliverable="d-open", done=ticked, evidence=("sha256:e",)),) if ticked else (),
        )  # fmt: skip
        day = min(date(2027, 1, 10), date(end.year + end.month // 12, end.month % 12 + 1, 5))
        filing = self.write(Proposal(fact=fact, day=end, lineage="L-1", unit="市教育局"), on=day)
        self.write(Proposal(fact=ReportPassed(report=filing), day=end, lineage="L-1"), on=day, who="p-head")
        if is_accepted:
            accepted = Proposal(fact=ReportAccepted(report=filing), day=end, lineage="L-1")
            self.write(accepted, on=day, who="p-supervisor")
        return filing

    def issued(self, version, *commitments, on):
        """Publish a version and return its entry."""
        fact = CommitmentsIssued(version=version, plan_digest=f"sha256:{version}", commitments=commitments)
        return self.write(Proposal(fact=fact, day=on), on=on)


def schools(**fields):
    """Return the commitment with other fields."""
    return msgspec.structs.replace(SCHOOLS, **fields)


__all__ = [
    "BASELINE", "CALENDAR", "END", "FIRST", "GROUND", "SCHOOLS", "SETTLED", "Office", "ground_with", "note", "schools", "target",
]  # fmt: skip
