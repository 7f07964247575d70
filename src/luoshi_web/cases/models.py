"""Rows of procedures and cases (流程与办件): versions and entries only grow, the other tables can be rebuilt from them."""

from __future__ import annotations

from django.db import models


class ProcedureDraft(models.Model):
    """A procedure that is being prepared; `document` is the domain's JSON."""

    plan_year = models.ForeignKey("plans.PlanYear", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=100)
    document = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=150)

    class Meta:
        db_table = "cases_procedure_draft"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="procedure_draft_unique", fields=["plan_year", "key"])]

    def __str__(self) -> str:
        return self.name


class ProcedureVersion(models.Model):
    """A published version of a procedure; it never changes, and cases keep theirs."""

    plan_year = models.ForeignKey("plans.PlanYear", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    document = models.TextField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=150)

    class Meta:
        db_table = "cases_procedure_version"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="procedure_version_unique", fields=["plan_year", "key", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class CaseBook(models.Model):
    """The end of the chain of one procedure's cases; whoever appends locks this row first. `reached` counts cases by the furthest stage they got to."""

    plan_year = models.ForeignKey("plans.PlanYear", on_delete=models.PROTECT, related_name="+")
    procedure = models.CharField(max_length=80)
    scope = models.CharField(max_length=220)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=80, blank=True)
    algorithm = models.CharField(max_length=10, default="sha256")
    known_at = models.DateTimeField(null=True)
    serial_day = models.DateField(null=True)
    serial = models.PositiveIntegerField(default=0)
    reached = models.JSONField(default=dict)

    class Meta:
        db_table = "cases_book"
        constraints = [models.UniqueConstraint(name="case_book_unique", fields=["plan_year", "procedure"])]

    def __str__(self) -> str:
        return f"{self.scope} {self.number}"


class CaseEntry(models.Model):
    """An entry of a case: `content` is what the digest is of, the other columns repeat parts of it for look-ups."""

    book = models.ForeignKey(CaseBook, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField()
    known_at = models.DateTimeField()
    fact = models.CharField(max_length=40)
    case = models.CharField(max_length=40)
    content = models.TextField()
    digest = models.CharField(max_length=80)

    class Meta:
        db_table = "cases_entry"
        constraints = [models.UniqueConstraint(name="case_entry_unique", fields=["book", "number"])]
        indexes = [models.Index(name="case_entry_case", fields=["case", "number"])]

    def __str__(self) -> str:
        return f"{self.book_id} #{self.number} {self.fact}"


class CaseRow(models.Model):
    """A case as it stands, for lists and look-ups; `document` is the domain's JSON."""

    plan_year = models.ForeignKey("plans.PlanYear", on_delete=models.PROTECT, related_name="+")
    case = models.CharField(max_length=40, unique=True)
    procedure = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    code = models.CharField(max_length=20, blank=True)
    parent = models.CharField(max_length=40, blank=True)
    case_class = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    unit = models.CharField(max_length=100, blank=True)
    stage = models.CharField(max_length=80)
    furthest = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=12)
    is_open = models.BooleanField(default=True)
    outcome = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    is_blocked = models.BooleanField(default=False)
    entry = models.PositiveBigIntegerField()
    document = models.TextField()

    class Meta:
        db_table = "cases_case"
        indexes = [
            models.Index(name="case_list", fields=["plan_year", "procedure", "is_open", "due_at", "id"]),
            models.Index(name="case_state", fields=["plan_year", "procedure", "state", "due_at", "id"]),
            # Holds all that the boards and the desk count, so that they are counted from the index alone.
            models.Index(
                name="case_stage",
                fields=["plan_year", "is_open", "procedure", "stage", "due_at", "id", "is_blocked"],
            ),
            models.Index(name="case_unit", fields=["plan_year", "unit", "is_open", "due_at"]),
            models.Index(name="case_number", fields=["plan_year", "procedure", "number"]),
            # Words in titles are sought in the index alone, which is a tenth of the table.
            models.Index(name="case_words", fields=["plan_year", "procedure", "is_open", "title", "id"]),
            models.Index(name="case_code", fields=["code"]),
            models.Index(name="case_waiting", fields=["plan_year", "state", "opened_at"]),
            models.Index(name="case_parent", fields=["parent"]),
        ]

    def __str__(self) -> str:
        return self.number


class CaseConcern(models.Model):
    """A unit that a case concerns, so that its people may see it."""

    row = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="concerns")
    unit = models.CharField(max_length=100)

    class Meta:
        db_table = "cases_concern"
        constraints = [models.UniqueConstraint(name="case_concern_unique", fields=["unit", "row"])]

    def __str__(self) -> str:
        return self.unit
