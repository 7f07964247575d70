"""Read the reconciliation of a plan-year: what is proposed, and what people ruled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from luoshi.delivery.reconciling import Reconciling
from luoshi.delivery.verdict import Verdict
from luoshi.delivery.year import Year
from luoshi.plan.document import read
from luoshi.plan.model import Plan
from luoshi.settle.reconcile import Outcome, Reconciliation, reconcile
from luoshi.settle.reconcile.reviewed import ReviewedPair, digest_of, reviewed
from luoshi_web.plans.selectors import version_digest
from luoshi_web.reconciliation.models import NextReport
from luoshi_web.reporting.selectors import version_of


@dataclass(frozen=True, slots=True)
class Review:
    """A reconciliation with what people ruled, and the report that it was made with."""

    result: Reconciliation
    rows: tuple[ReviewedPair, ...]
    state: Reconciling

    @property
    def unruled(self) -> int:
        """How many pairs nobody ruled on."""
        return sum(row.ruling is None for row in self.rows)

    @property
    def digest(self) -> str:
        """Digest of what is ruled."""
        return digest_of(self.rows)

    @property
    def is_released(self) -> bool:
        """Whether the result that is shown to the public is this one."""
        return self.state.released is not None and self.state.released.result == self.digest

    def counts(self) -> dict[Outcome, int]:
        """Return how many pairs have each reading, rulings counted."""
        return {outcome: sum(row.outcome is outcome for row in self.rows) for outcome in Outcome}


@lru_cache(maxsize=32)
def _compiled(plan_year: int, digest: str) -> Plan:
    return read(NextReport.objects.get(plan_year_id=plan_year, digest=digest).document.encode())


@lru_cache(maxsize=32)
def _reconciled(
    plan_year: int, version: int, published: str, report: str, verdicts: tuple[tuple[str, Verdict], ...]
) -> Reconciliation:
    # By digests, so that what is kept here is of this very version and this very report.
    plan = version_of(plan_year, version).plan
    return reconcile(plan, _compiled(plan_year, report), verdicts=dict(verdicts))


def verdicts_of(year: Year) -> dict[str, Verdict]:
    """Return what the ledger settled for each commitment, corrections counted."""
    return {
        lineage: settled.corrections[-1].verdict if settled.corrections else settled.fact.verdict
        for lineage, settled in year.settling.verdicts.items()
    }


def review_of(plan_year: int, year: Year) -> Review | None:
    """Return the reconciliation of a plan-year; None before the next report was added."""
    report = year.reconciling.report
    if report is None or not year.version:
        return None
    verdicts = tuple(sorted(verdicts_of(year).items()))
    published = version_digest(plan_year, year.version)
    result = _reconciled(plan_year, year.version, published, report.digest, verdicts)
    return Review(result, reviewed(result, year.reconciling), year.reconciling)
