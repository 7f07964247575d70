"""Rows of notices about days off (放假调休通知); they only grow, a withdrawal is a row of its own."""

from __future__ import annotations

from django.db import models


class WorkdayNotice(models.Model):
    """A notice as it was entered, or the withdrawal of one (`withdraws`)."""

    number = models.CharField(max_length=100)
    issuer = models.CharField(max_length=100, blank=True)
    issued = models.DateField()
    rest = models.JSONField(default=list)
    work = models.JSONField(default=list)
    year = models.PositiveSmallIntegerField(null=True)
    withdraws = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        db_table = "workdays_notice"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.number
