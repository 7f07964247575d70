"""The ledger's rows (台账): entries that only grow, and beside them what can be erased."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class LedgerHead(models.Model):
    """The end of a plan-year's chain; whoever appends locks this row first."""

    plan_year = models.OneToOneField("plans.PlanYear", on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=120)
    number = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=80, blank=True)
    algorithm = models.CharField(max_length=10, default="sha256")
    known_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ledger_head"

    def __str__(self) -> str:
        return f"{self.scope} {self.number}"


class LedgerEntry(models.Model):
    """An entry: `content` is what the digest is of, the other columns repeat parts of it for look-ups."""

    plan_year = models.ForeignKey("plans.PlanYear", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    known_at = models.DateTimeField()
    day = models.DateField()
    fact = models.CharField(max_length=40)
    lineage = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=100, blank=True)
    content = models.TextField()
    digest = models.CharField(max_length=80)

    class Meta:
        db_table = "ledger_entry"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="ledger_entry_unique", fields=["plan_year", "number"])]
        indexes = [
            models.Index(name="ledger_entry_known", fields=["plan_year", "known_at"]),
            models.Index(name="ledger_entry_lineage", fields=["plan_year", "lineage"]),
        ]

    def __str__(self) -> str:
        return f"{self.plan_year_id} #{self.number} {self.fact}"


class LedgerPerson(models.Model):
    """Whom an opaque identity of the ledger stands for; erasing the link leaves the ledger whole."""

    key = models.CharField(max_length=40, primary_key=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ledger_person"

    def __str__(self) -> str:
        return self.key


class LedgerNote(models.Model):
    """What a person wrote freely; text and salt can be erased."""

    digest = models.CharField(max_length=80, primary_key=True)
    plan_year = models.ForeignKey("plans.PlanYear", on_delete=models.PROTECT, related_name="+")
    lineage = models.CharField(max_length=80, blank=True)
    salt = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ledger_note"

    def __str__(self) -> str:
        return self.digest


class EvidenceFile(models.Model):
    """A file that shows something (佐证材料); its bytes lie in the data folder under their digest."""

    plan_year = models.ForeignKey("plans.PlanYear", on_delete=models.PROTECT, related_name="+")
    lineage = models.CharField(max_length=80)
    unit = models.CharField(max_length=100)
    digest = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    medium = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=150)

    class Meta:
        db_table = "ledger_evidence_file"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="evidence_file_unique", fields=["plan_year", "lineage", "digest"])
        ]

    def __str__(self) -> str:
        return self.name
