"""The audit log and published versions only grow: the database itself refuses the rest."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from luoshi_web.audit.models import AuditEntry
from luoshi_web.plans.models import PlanVersion
from luoshi_web.rights import Role


@pytest.fixture(params=[AuditEntry, PlanVersion], ids=lambda model: model.__name__)
def model(request, published):
    return request.param


def refused():
    return pytest.raises(DatabaseError, match="append-only")


def test_rows_cannot_be_changed(model):
    field = "actor_name" if model is AuditEntry else "reason"
    with refused(), transaction.atomic():
        model.objects.update(**{field: "改"})
    row = model.objects.first()
    setattr(row, field, "改")
    with refused(), transaction.atomic():
        row.save()


def test_rows_cannot_be_deleted(model):
    before = model.objects.count()
    with refused(), transaction.atomic():
        model.objects.all().delete()
    with refused(), transaction.atomic():
        model.objects.first().delete()
    assert model.objects.count() == before > 0


def test_sql_from_outside_is_refused_too(model):
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")


def test_tables_cannot_be_emptied_as_a_whole(model):
    # SQLite knows no TRUNCATE at all.
    says = "append-only" if connection.vendor == "postgresql" else "syntax error"
    connection.check_constraints()
    with pytest.raises(DatabaseError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")


def test_two_versions_cannot_have_one_number(published):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.create(
            plan_year_id=published.plan_year_id,
            number=1,
            document="{}",
            digest="",
            reason="",
            by="",
            at=published.at,
        )


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_auditors_find_what_happened(published, client_of):
    auditor = client_of(Role.AUDITOR)
    page = auditor.get("/audit/").content.decode()
    assert "发布计划" in page
    assert "登录" in page
    narrowed = auditor.get("/audit/", {"action": "luoshi.plan.published"}).content.decode()
    assert narrowed.count("<tr data-row>") == 1
    nothing = auditor.get("/audit/", {"q": "没有这个人"}).content.decode()
    assert "没有符合条件的记录" in nothing


def test_an_export_of_the_log_is_in_the_log(published, client_of):
    auditor = client_of(Role.AUDITOR)
    text = b"".join(auditor.get("/audit/export.csv").streaming_content).decode("utf-8-sig")
    assert "发布计划" in text
    assert AuditEntry.objects.filter(action="luoshi.audit.exported").count() == 1


@pytest.mark.parametrize(
    "query", [{"since": "tomorrow"}, {"action": "no.such"}, {"page": "x"}, {"until": "9999-12-31"}]
)
def test_a_filter_that_makes_no_sense_shows_the_page_all_the_same(published, client_of, query):
    assert client_of(Role.AUDITOR).get("/audit/", query).status_code == 200


def test_whoever_reaches_for_what_is_not_his_leaves_a_trace(published, client_of):
    client_of(Role.LIAISON).post("/users/new/", {"username": "x"})
    entry = AuditEntry.objects.get(action="luoshi.access.refused")
    assert "联络员" in entry.actor_name
    assert entry.subject == "POST /users/new/"


def test_the_log_is_exported_in_the_language_of_the_page(published, client_of):
    auditor = client_of(Role.AUDITOR)
    auditor.cookies["luoshi_language"] = "en"
    text = b"".join(auditor.get("/audit/export.csv").streaming_content).decode("utf-8-sig")
    assert "published a version" in text
    assert "发布计划" not in text
