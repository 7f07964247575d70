"""Rows of documents (公文): a document and its versions; versions only grow."""

from __future__ import annotations

from django.db import models


class Brief(models.Model):
    """A document in the making or issued; its newest version says how far it has come."""

    plan_year = models.ForeignKey("plans.PlanYear", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    as_of = models.DateField()
    state = models.CharField(max_length=10)
    number = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "briefs_brief"
        ordering = ["-pk"]
        indexes = [models.Index(name="brief_list", fields=["plan_year", "kind", "state"])]

    def __str__(self) -> str:
        return self.title


class BriefVersion(models.Model):
    """A version of a document; `content` is the domain's JSON."""

    brief = models.ForeignKey(Brief, on_delete=models.PROTECT, related_name="versions")
    revision = models.PositiveIntegerField()
    state = models.CharField(max_length=10)
    content = models.TextField()
    digest = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "briefs_version"
        ordering = ["revision"]
        constraints = [models.UniqueConstraint(name="brief_version_unique", fields=["brief", "revision"])]

    def __str__(self) -> str:
        return f"{self.brief_id} {self.revision}"
