"""Rows of supervision: addresses of calendar feeds; everything else stands in the ledger."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class CalendarFeed(models.Model):
    """An address at which a person's calendar asks what his units owe; only the digest of its secret is kept."""

    plan_year = models.ForeignKey("plans.PlanYear", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    secret = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "supervision_calendar_feed"
        constraints = [models.UniqueConstraint(name="calendar_feed_unique", fields=["plan_year", "user"])]

    def __str__(self) -> str:
        return f"{self.plan_year_id} {self.user_id}"
