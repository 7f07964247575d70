"""Rows of the mails (邮件): what is to be sent to whom, once; and who wants none."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Message(models.Model):
    """A mail to a person: queued with what it tells of, in the same transaction; sent once or never, and never again by itself once its outcome is unknown.

    `key` names what it tells of, so that nothing is queued twice; `body` is emptied when it was sent.
    """

    plan_year = models.ForeignKey("plans.PlanYear", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, default="queued")
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    next_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "mail_message"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(name="mail_once", fields=["plan_year", "user", "key"])]
        indexes = [models.Index(name="mail_waiting", fields=["state", "next_at"])]

    def __str__(self) -> str:
        return f"{self.plan_year_id} {self.key} {self.state}"


class MailRefusal(models.Model):
    """A person who wants no mails."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "mail_refusal"

    def __str__(self) -> str:
        return str(self.user_id)
