"""Rows of reconciliation: the reports of the year after; what people decide stands in the ledger."""

from __future__ import annotations

from django.db import models


class NextReport(models.Model):
    """A report of the year after, compiled; it never changes. It is no source of the plan-year's own plan, so that no draft takes it up."""

    plan_year = models.ForeignKey("plans.PlanYear", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    document = models.TextField()
    added_at = models.DateTimeField()

    class Meta:
        db_table = "reconciliation_next_report"
        constraints = [models.UniqueConstraint(name="next_report_unique", fields=["plan_year", "digest"])]

    def __str__(self) -> str:
        return f"{self.plan_year_id} {self.name}"
