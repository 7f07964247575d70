"""Decisions with a revision, versions that never change, comparison, downloads."""

import io
import json

import pytest
from django.urls import reverse

from luoshi.kernel.errors import DecisionError
from luoshi.plan.document import content_digest, from_json, from_stored
from luoshi.plan.items import every
from luoshi.plan.review import Accept, Edit, Reject
from luoshi_web.audit.models import AuditEntry
from luoshi_web.plans import services
from luoshi_web.plans.models import DecisionEntry, Draft, PlanVersion
from luoshi_web.rights import ConflictError, RefusedError, Role, RuleError


@pytest.fixture
def boss(acting):
    return acting(Role.SUPERVISOR)


def draft_plan(plan_year):
    return from_stored(Draft.objects.get(plan_year=plan_year).document.encode())


def test_a_decision_changes_the_draft_and_is_kept_with_who_and_when(plan_year, boss):
    outcome = services.decide(boss, plan_year.pk, Accept(items=("c-station",)), revision=1)
    assert outcome.revision == 2
    accepted = {c.id for c in draft_plan(plan_year).commitments if c.state.value == "accepted"}
    assert accepted == {"c-station"}
    entry = DecisionEntry.objects.get()
    assert (entry.kind, entry.by, entry.undone_at) == ("accept", "测试员", None)
    assert AuditEntry.objects.filter(action="luoshi.plan.decided", plan_year_id=plan_year.pk).count() == 1


def test_whoever_decides_on_an_old_page_is_told_and_nothing_happens(plan_year, boss):
    services.decide(boss, plan_year.pk, Accept(items=("c-station",)), revision=1)
    with pytest.raises(ConflictError) as caught:
        services.decide(boss, plan_year.pk, Reject(items=("c-station",), reason="重复"), revision=1)
    assert "测试员改动了草案（现为第 2 次修改）" in caught.value.describe()
    assert Draft.objects.get(plan_year=plan_year).revision == 2
    assert DecisionEntry.objects.count() == 1


def test_a_conflict_is_answered_with_a_page_that_says_so(plan_year, boss, supervisor):
    services.decide(boss, plan_year.pk, Accept(items=("c-station",)), revision=1)
    answer = supervisor.post(f"/plans/{plan_year.pk}/desk/undo/", {"revision": 1})
    assert answer.status_code == 409
    assert "改动了草案" in answer.content.decode()


def test_undo_takes_back_exactly_the_last_decision(plan_year, boss):
    before = draft_plan(plan_year)
    services.decide(boss, plan_year.pk, Accept(items=("c-station",)), revision=1)
    between = draft_plan(plan_year)
    services.decide(
        boss, plan_year.pk, Edit(item="c-station", changes={"title": "云川东站开工建设"}), revision=2
    )
    services.undo(boss, plan_year.pk, revision=3)
    assert draft_plan(plan_year) == between
    services.undo(boss, plan_year.pk, revision=4)
    assert draft_plan(plan_year) == before
    with pytest.raises(RuleError):
        services.undo(boss, plan_year.pk, revision=5)
    assert DecisionEntry.objects.exclude(undone_at=None).count() == 2


def test_a_decision_that_does_not_fit_leaves_nothing(plan_year, boss):
    with pytest.raises(DecisionError):
        services.decide(boss, plan_year.pk, Accept(items=("c-none",)), revision=1)
    assert Draft.objects.get(plan_year=plan_year).revision == 1
    assert not DecisionEntry.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
def test_only_supervisors_decide_undo_and_publish(plan_year, acting, role):
    actor = acting(role)
    for act in (
        lambda: services.decide(actor, plan_year.pk, Accept(items=("c-station",)), revision=1),
        lambda: services.undo(actor, plan_year.pk, revision=1),
        lambda: services.publish(actor, plan_year.pk, reason="", revision=1),
    ):
        with pytest.raises(RefusedError):
            act()
    assert Draft.objects.get(plan_year=plan_year).revision == 1


def test_an_unreviewed_draft_cannot_be_published(plan_year, boss):
    with pytest.raises(DecisionError):
        services.publish(boss, plan_year.pk, reason="首版", revision=1)
    assert not PlanVersion.objects.exists()


def test_a_version_is_what_was_accepted_under_its_digest(published, plan):
    version = from_stored(published.document.encode())
    assert (version.version, version.reason) == (1, "首版")
    assert len(version.commitments) == len(plan.commitments)
    assert all(commitment.lineage for commitment in version.commitments)
    assert published.digest == content_digest(version)


def test_the_same_again_is_not_published(published, boss):
    with pytest.raises(RuleError, match="version 1"):
        services.publish(boss, published.plan_year_id, reason="再发一次", revision=2)


def test_an_amendment_is_a_new_version_with_a_reason_and_the_old_one_stays(published, boss):
    plan_year = published.plan_year_id
    services.decide(
        boss, plan_year, Edit(item="c-station", changes={"title": "云川东站开工建设"}), revision=2
    )
    with pytest.raises(DecisionError):
        services.publish(boss, plan_year, reason=" ", revision=3)
    second = services.publish(boss, plan_year, reason="名称写全", revision=3)
    assert second.number == 2
    first = from_stored(PlanVersion.objects.get(number=1).document.encode())
    assert "云川东站开工" in {c.title for c in first.commitments}
    lineages = [
        {c.title[:6]: c.lineage for c in from_stored(v.document.encode()).commitments}
        for v in PlanVersion.objects.order_by("number")
    ]
    assert lineages[0] == lineages[1]


def page(plan_year, name, edition="draft", **more):
    return reverse(f"plans:{name}", kwargs={"plan_year_id": plan_year, "edition": edition, **more})


def test_two_versions_are_compared_field_by_field(published, boss, supervisor):
    plan_year = published.plan_year_id
    services.decide(
        boss, plan_year, Edit(item="c-station", changes={"title": "云川东站开工建设"}), revision=2
    )
    services.publish(boss, plan_year, reason="名称写全", revision=3)
    text = supervisor.get(page(plan_year, "compare"), {"old": "v1", "new": "v2"}).content.decode()
    assert "第1版 → 第2版" in text
    assert '<del lang="zh-Hans">云川东站开工</del>' in text
    assert '<ins lang="zh-Hans">云川东站开工建设</ins>' in text
    same = supervisor.get(page(plan_year, "compare"), {"old": "v2", "new": "v2"}).content.decode()
    assert "没有差别" in same


@pytest.mark.parametrize(
    "query", [{}, {"old": "v1"}, {"old": "v9", "new": "v1"}, {"old": "draft'", "new": "v1"}]
)
def test_a_comparison_that_names_no_versions_leads_to_the_list(published, supervisor, query):
    answer = supervisor.get(page(published.plan_year_id, "compare"), query)
    assert answer.status_code == 302


def test_drafts_cannot_be_compared_by_those_who_may_not_see_them(published, client_of):
    liaison = client_of(Role.LIAISON)
    answer = liaison.get(page(published.plan_year_id, "compare", "v1"), {"old": "v1", "new": "draft"})
    assert answer.status_code == 302


def test_a_plan_file_goes_out_and_comes_back_without_loss(published, supervisor):
    answer = supervisor.get(page(published.plan_year_id, "download", "v1", form="json"))
    assert "attachment" in answer["Content-Disposition"]
    assert from_json(answer.content) == from_stored(published.document.encode())
    yaml = supervisor.get(page(published.plan_year_id, "download", "v1", form="yaml"))
    assert "云川东站开工" in yaml.content.decode()
    assert json.loads(answer.content)["version"] == 1


@pytest.mark.parametrize(("form", "start"), [("docx", b"PK"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_the_breakdown_comes_as_word_excel_and_csv(published, supervisor, form, start):
    answer = supervisor.get(page(published.plan_year_id, "breakdown", "v1", form=form))
    assert answer.content.startswith(start)
    assert "%E8%B4%A3%E4%BB%BB%E5%88%86%E8%A7%A3%E8%A1%A8" in answer["Content-Disposition"]
    if form == "docx":
        from docx import Document

        words = "\n".join(
            cell.text
            for table in Document(io.BytesIO(answer.content)).tables
            for row in table.rows
            for cell in row.cells
        )
        assert "市交通局" in words


@pytest.mark.parametrize("name", ["download", "breakdown"])
def test_a_form_that_there_is_not_is_no_page(published, supervisor, name):
    assert supervisor.get(page(published.plan_year_id, name, "v1", form="exe")).status_code == 404


def test_an_edition_that_is_not_there_is_no_page(published, supervisor):
    assert supervisor.get(page(published.plan_year_id, "overview", "v7")).status_code == 404


def test_whoever_may_not_see_drafts_lands_on_the_newest_version(published, client_of):
    answer = client_of(Role.UNIT_HEAD).get(f"/plans/{published.plan_year_id}/")
    assert answer["Location"] == page(published.plan_year_id, "overview", "v1")


def test_before_publication_units_are_told_to_wait(plan_year, client_of):
    text = client_of(Role.UNIT_HEAD).get(f"/plans/{plan_year.pk}/").content.decode()
    assert "计划尚未发布" in text


def test_a_version_shows_no_doubts_and_no_desk(published, client_of):
    text = client_of(Role.LIAISON).get(page(published.plan_year_id, "overview", "v1")).content.decode()
    assert "拿不准" not in text
    assert "审定台" not in text


def test_the_home_page_counts_what_the_person_may_see(published, client_of, plan):
    for role in (Role.SUPERVISOR, Role.LIAISON):
        text = client_of(role).get("/").content.decode()
        assert f"<strong>{len(plan.commitments)}</strong>" in text
    assert "草案" not in client_of(Role.LIAISON).get("/").content.decode()


def test_every_item_of_the_draft_can_be_opened(plan_year, plan, supervisor):
    for _kind, item in every(plan):
        assert supervisor.get(page(plan_year.pk, "item", item_id=item.id)).status_code == 200
