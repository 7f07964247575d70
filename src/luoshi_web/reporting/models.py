"""What units have written and not filed yet (未提交稿); everything that was filed stands in the ledger."""

from __future__ import annotations

from django.db import models


class Unfiled(models.Model):
    """A handling plan or a report that a unit is still writing; nobody outside of the unit sees it."""

    plan_year = models.ForeignKey("plans.PlanYear", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    unit = models.CharField(max_length=100)
    lineage = models.CharField(max_length=80)
    # Key of the period; empty for a handling plan.
    period = models.CharField(max_length=10, blank=True)
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=150)

    class Meta:
        db_table = "reporting_unfiled"
        constraints = [
            models.UniqueConstraint(
                name="unfiled_unique", fields=["plan_year", "kind", "unit", "lineage", "period"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.lineage} {self.period}"
