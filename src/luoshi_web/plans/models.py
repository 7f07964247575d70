"""Plan-years, their documents, drafts, decisions and published versions (年度计划)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from luoshi.kernel.label import Labelled
from luoshi_web.frame.language import reading_language


class PlanYear(models.Model):
    place = models.CharField(max_length=60)
    code = models.CharField(max_length=12, blank=True)
    level = models.CharField(max_length=12, default="unknown")
    year = models.PositiveSmallIntegerField()
    # The day at which the clock of a simulated plan-year stands; empty for a real one.
    stands_at = models.DateField(null=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=150)

    class Meta:
        db_table = "plans_plan_year"
        ordering = ["-year", "place"]
        constraints = [models.UniqueConstraint(name="plan_year_unique", fields=["place", "code", "year"])]

    def __str__(self) -> str:
        return f"{self.place} {self.year}年" if reading_language() == "zh" else f"{self.place} {self.year}"


class SourceFile(models.Model):
    """A file as it came (来源文件); its bytes lie in the data folder under their digest."""

    plan_year = models.ForeignKey(PlanYear, null=True, on_delete=models.PROTECT, related_name="source_files")
    name = models.CharField(max_length=200)
    medium = models.CharField(max_length=10, blank=True)
    digest = models.CharField(max_length=80, db_index=True)
    size = models.PositiveBigIntegerField()
    text = models.TextField(blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=150)

    class Meta:
        db_table = "plans_source_file"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class ImportState(Labelled):
    """How far an import has come (导入状态)."""

    WAITING = "waiting", "排队中", "waiting"
    RUNNING = "running", "正在编译", "compiling"
    ASKING = "asking", "待您确认", "needs your answer"
    DONE = "done", "已完成", "done"
    FAILED = "failed", "未成功", "failed"
    INTERRUPTED = "interrupted", "已中断", "interrupted"
    CANCELLED = "cancelled", "已取消", "cancelled"

    @property
    def is_under_way(self) -> bool:
        """Whether the machine is still at work."""
        return self in (ImportState.WAITING, ImportState.RUNNING)


class Import(models.Model):
    """A report being read and compiled (导入)."""

    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="+")
    plan_year = models.ForeignKey(PlanYear, null=True, on_delete=models.PROTECT, related_name="+")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    requested_name = models.CharField(max_length=150)
    state = models.CharField(max_length=12, default=ImportState.WAITING.value, db_index=True)
    step = models.CharField(max_length=60, blank=True)
    progress = models.FloatField(default=0)
    # The sentence that tells what went wrong, as a code with what fills it.
    message = models.CharField(max_length=10, blank=True)
    parameters = models.JSONField(default=dict)
    # What the person said; empty where he left it to the compiler.
    place = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    even_if_no_report = models.BooleanField(default=False)
    # The compiled plan while the person is asked what to do with it.
    document = models.TextField(blank=True)
    runner = models.CharField(max_length=40, blank=True)
    beat_at = models.DateTimeField()
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "plans_import"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.file_id} {self.state}"


class Draft(models.Model):
    """The plan under review (草案); `revision` rises with every change."""

    plan_year = models.OneToOneField(PlanYear, on_delete=models.PROTECT, related_name="draft")
    document = models.TextField()
    # The plan before the first decision of the chapter.
    base = models.TextField()
    digest = models.CharField(max_length=80)
    # Counts for lists of plans, from `luoshi_web.plans.store.facts_of`; the document is what counts.
    facts = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    chapter = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=150)

    class Meta:
        db_table = "plans_draft"

    def __str__(self) -> str:
        return f"{self.plan_year_id} r{self.revision}"


class DecisionEntry(models.Model):
    """A review decision (审定决定), one row each."""

    plan_year = models.ForeignKey(PlanYear, on_delete=models.PROTECT, related_name="decisions")
    # A draft that was compiled anew begins a new chapter; older decisions are kept, and can no longer be undone.
    chapter = models.PositiveIntegerField()
    # The decision and what it touched, as `luoshi.plan.review.encode_record` writes it.
    record = models.TextField()
    kind = models.CharField(max_length=30)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)

    class Meta:
        db_table = "plans_decision"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.plan_year_id} {self.kind}"


class PlanVersion(models.Model):
    """A published version (发布版本); never changed."""

    plan_year = models.ForeignKey(PlanYear, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.TextField()
    digest = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    reason = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        db_table = "plans_plan_version"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(name="plan_version_unique", fields=["plan_year", "number"])]

    def __str__(self) -> str:
        return f"{self.plan_year_id} v{self.number}"


class SavedView(models.Model):
    """A list as a person likes to see it (常用视图)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    screen = models.CharField(max_length=100)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000)

    class Meta:
        db_table = "plans_saved_view"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(name="saved_view_unique", fields=["user", "screen", "name"])]

    def __str__(self) -> str:
        return self.name
