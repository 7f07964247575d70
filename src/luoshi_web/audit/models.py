"""Audit log (审计日志): who did what, when; rows are added and never changed."""

from __future__ import annotations

from django.db import models


class AuditEntry(models.Model):
    at = models.DateTimeField(db_index=True)
    # No foreign key: the log outlives the users that it names.
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150)
    address = models.CharField(max_length=45, blank=True)
    action = models.CharField(max_length=80, db_index=True)
    subject = models.CharField(max_length=200, blank=True)
    plan_year_id = models.BigIntegerField(null=True, db_index=True)
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "audit_entry"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor_name} {self.action}"
