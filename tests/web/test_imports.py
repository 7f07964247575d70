"""A report comes in: upload, paste, questions, faults as sentences, restarts, and nothing overwritten."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.plan.document import from_stored, to_json
from luoshi_web.audit.models import AuditEntry
from luoshi_web.frame import blob
from luoshi_web.frame.clock import now
from luoshi_web.plans import importing, services
from luoshi_web.plans.models import Draft, Import, PlanYear, SourceFile
from luoshi_web.rights import Role

REPORT = """青浦县人民政府工作报告
——2026年1月12日在青浦县第十九届人民代表大会第五次会议上
各位代表：
一、2025年工作回顾
全县建成口袋公园12个。
二、2026年重点工作
（一）稳住工业经济
新增规上工业企业20家以上。推动县城东站年内开工。
（二）办好民生实事
新建改扩建学校3所，新增学位2400个。6月底前建成青杉社区养老服务中心。
"""
NAMELESS = """各位代表：
一、重点工作
新建改扩建学校3所。推动东站开工。
"""


def upload(client, data, name="报告.txt", **more):
    return client.post("/imports/new/", {"file": SimpleUploadedFile(name, data), **more})


def newest():
    return Import.objects.latest("id")


def test_an_uploaded_report_becomes_a_plan_year_and_leads_to_the_doubts(supervisor):
    answer = upload(supervisor, REPORT.encode())
    job = newest()
    assert answer["Location"] == f"/imports/{job.pk}/"
    assert job.state == "done"
    row = PlanYear.objects.get(place="青浦县")
    assert row.year == 2026
    plan = from_stored(row.draft.document.encode())
    assert plan.sources[0].text == REPORT
    assert len(plan.targets) >= 3
    assert supervisor.get(answer["Location"])["Location"] == f"/plans/{row.pk}/doubts/"
    assert supervisor.get(f"/plans/{row.pk}/doubts/")["Location"] == f"/plans/{row.pk}/desk/"


def test_the_file_is_kept_as_it_came_and_named_by_its_digest(supervisor):
    data = REPORT.encode("gb18030")
    upload(supervisor, data)
    file = SourceFile.objects.get()
    assert blob.path_of(file.digest).read_bytes() == data
    assert file.text == REPORT
    assert file.plan_year.place == "青浦县"


def test_a_pasted_report_is_marked_as_pasted(supervisor):
    supervisor.post("/imports/new/", {"text": REPORT})
    plan = from_stored(Draft.objects.get(plan_year__place="青浦县").document.encode())
    assert plan.sources[0].medium.value == "pasted"


def test_the_import_is_in_the_log(supervisor):
    upload(supervisor, REPORT.encode())
    actions = list(
        AuditEntry.objects.filter(action__startswith="luoshi.plan.")
        .order_by("id")
        .values_list("action", flat=True)
    )
    assert actions == [
        "luoshi.plan.import_started",
        "luoshi.plan.plan_year_created",
        "luoshi.plan.import_finished",
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "请选择一个文件，或粘贴报告全文"),
        ({"file": SimpleUploadedFile("a.txt", b"x"), "text": "y"}, "文件和粘贴的文字只要一样"),
        ({"file": SimpleUploadedFile("a.txt", b"")}, "文件"),
        ({"text": "y", "year": "12"}, "1980"),
    ],
)
def test_a_form_that_cannot_be_used_says_why(supervisor, data, says):
    for value in data.values():
        if hasattr(value, "seek"):
            value.seek(0)
    answer = supervisor.post("/imports/new/", data)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Import.objects.exists()


def test_a_file_that_is_too_large_is_refused(supervisor, settings):
    settings.MAX_UPLOAD_BYTES = 100
    answer = upload(supervisor, b"x" * 101)
    assert answer.status_code == 422
    assert "超过上限" in answer.content.decode()


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 200, b"%PDF-1.7 broken", b"PK\x03\x04 broken zip"])
def test_a_file_that_cannot_be_read_says_so_in_one_sentence_and_leaves_nothing(supervisor, data):
    before = PlanYear.objects.count()
    answer = upload(supervisor, data, follow=True)
    job = newest()
    assert job.state == "failed"
    assert job.message.startswith("C1")
    page = supervisor.get(answer["Location"]).content.decode()
    assert 'role="alert"' in page
    assert "再试一次" in page
    assert PlanYear.objects.count() == before


def test_a_text_that_is_no_report_can_be_taken_all_the_same(supervisor):
    text = "青浦县2026年天气记录\n" + "今天多云，气温二十度。\n" * 30
    answer = upload(supervisor, text.encode(), place="青浦县", year="2026")
    assert newest().message == "C001"
    assert "确认是报告，继续编译" in supervisor.get(answer["Location"]).content.decode()
    supervisor.post(f"{answer['Location']}answer/", {"choice": "go_on"})
    assert newest().state == "done"


def test_where_place_or_year_are_unclear_the_person_is_asked(supervisor):
    answer = upload(supervisor, NAMELESS.encode(), name="a.txt")
    assert newest().state == "asking"
    page = supervisor.get(answer["Location"]).content.decode()
    assert "确认并编译" in page
    wrong = supervisor.post(f"{answer['Location']}answer/", {"choice": "place", "place": "", "year": "26"})
    assert wrong.status_code == 422
    supervisor.post(f"{answer['Location']}answer/", {"choice": "place", "place": "青浦县", "year": "2026"})
    assert newest().state == "done"
    assert PlanYear.objects.get(place="青浦县").year == 2026


def test_an_import_that_asks_can_be_cancelled(supervisor):
    answer = upload(supervisor, NAMELESS.encode(), name="a.txt")
    supervisor.post(f"{answer['Location']}answer/", {"choice": "cancel"})
    assert newest().state == "cancelled"
    assert AuditEntry.objects.filter(action="luoshi.plan.import_cancelled").exists()


def test_a_plan_year_that_is_there_is_never_overwritten(supervisor):
    upload(supervisor, REPORT.encode())
    before = Draft.objects.get(plan_year__place="青浦县")
    changed = REPORT.replace("新增学位2400个", "新增学位2600个")
    answer = upload(supervisor, changed.encode())
    after = Draft.objects.get(pk=before.pk)
    assert newest().state == "asking"
    assert (after.revision, after.digest) == (before.revision, before.digest)
    page = supervisor.get(answer["Location"]).content.decode()
    assert "已经有青浦县 2026 年度的计划" in page
    assert "2600" in page
    assert "2400" in page


def test_a_compilation_is_taken_in_as_a_proposal_and_keeps_what_was_reviewed(supervisor, acting):
    from luoshi.plan.review import Accept, Edit

    upload(supervisor, REPORT.encode())
    row = PlanYear.objects.get(place="青浦县")
    plan = from_stored(row.draft.document.encode())
    seats = next(t for t in plan.targets if "学位" in t.indicator)
    boss = acting(Role.SUPERVISOR)
    services.decide(boss, row.pk, Edit(item=seats.id, changes={"indicator": "新增公办学位"}), revision=1)
    services.decide(boss, row.pk, Accept(items=(seats.id,)), revision=2)
    answer = upload(supervisor, REPORT.replace("学校3所", "学校5所").encode())
    supervisor.post(f"{answer['Location']}answer/", {"choice": "merge"})
    merged = from_stored(Draft.objects.get(plan_year=row).document.encode())
    assert any(t.indicator == "新增公办学位" and t.state.value == "accepted" for t in merged.targets)
    assert any(t.value == 5 for t in merged.targets)
    assert newest().state == "done"


def test_two_plan_years_live_side_by_side(supervisor):
    upload(supervisor, REPORT.encode())
    upload(supervisor, REPORT.replace("2026", "2027").replace("2025", "2026").encode())
    assert sorted(PlanYear.objects.filter(place="青浦县").values_list("year", flat=True)) == [2026, 2027]
    page = supervisor.get("/").content.decode()
    assert page.count("青浦县") == 2


def test_an_error_of_the_compiler_is_said_and_logged_and_leaves_nothing(supervisor, monkeypatch, caplog):
    from luoshi.compiler import pipeline

    monkeypatch.setattr(pipeline, "compile_report", lambda *args, **kwargs: 1 / 0)
    answer = upload(supervisor, REPORT.encode())
    assert newest().message == "W401"
    page = supervisor.get(answer["Location"]).content.decode()
    assert "编译时出了差错" in page
    assert "ZeroDivisionError" not in page
    assert "ZeroDivisionError" in caplog.text
    assert not PlanYear.objects.filter(place="青浦县").exists()


def test_an_import_cut_off_by_a_restart_is_shown_as_such_and_can_be_tried_again(supervisor):
    upload(supervisor, REPORT.encode())
    PlanYear.objects.filter(place="青浦县")  # the first one went through
    job = Import.objects.get()
    job.pk = None
    job.state, job.plan_year, job.beat_at = "running", None, now() - timedelta(minutes=5)
    job.file = SourceFile.objects.create(
        name="b.txt",
        digest=blob.keep(REPORT.replace("2026", "2028").encode()),
        size=1,
        added_at=now(),
        added_by="测试",
    )
    job.save()
    page = supervisor.get(f"/imports/{job.pk}/").content.decode()
    assert "服务器在编译途中重新启动" in page
    supervisor.post(f"/imports/{job.pk}/answer/", {"choice": "again"})
    job.refresh_from_db()
    assert job.state == "done"


def test_an_import_whose_process_lives_is_not_taken_for_dead(supervisor):
    upload(supervisor, REPORT.encode())
    job = Import.objects.get()
    Import.objects.update(state="running", beat_at=now() - timedelta(seconds=10))
    page = supervisor.get(f"/imports/{job.pk}/").content.decode()
    assert "正在编译" in page
    assert "hx-trigger" in page


def test_an_import_is_compiled_once_even_if_asked_twice(supervisor):
    upload(supervisor, REPORT.encode())
    importing.run(newest().pk)
    assert PlanYear.objects.filter(place="青浦县").count() == 1


def test_an_answer_that_no_longer_fits_is_refused_with_a_sentence(supervisor):
    answer = upload(supervisor, REPORT.encode())
    for choice in ("again", "merge", "cancel", "go_on"):
        refused = supervisor.post(f"{answer['Location']}answer/", {"choice": choice})
        assert refused.status_code == 422
        assert "现在不能这样处理" in refused.content.decode()


def test_progress_is_told_in_steps(supervisor, monkeypatch):
    told = []
    monkeypatch.setattr(
        importing.store, "set_progress", lambda key, step, share, *, at: told.append((step, share))
    )
    upload(supervisor, REPORT.encode())
    steps = [step for step, _share in told]
    assert steps[0] == "reading_file"
    assert steps[-1] == "done"
    assert [share for _step, share in told] == sorted(share for _step, share in told)


def plan_file(client, data, name="plan.json"):
    return client.post("/imports/plan-file/", {"file": SimpleUploadedFile(name, data)})


def test_a_plan_file_of_an_unknown_place_becomes_a_plan_year(supervisor, plan):
    import msgspec

    other = msgspec.structs.replace(plan, place=msgspec.structs.replace(plan.place, name="青浦县"))
    answer = plan_file(supervisor, to_json(other))
    assert answer.status_code == 302
    assert Draft.objects.get(plan_year__place="青浦县").facts["commitments"] == 5


def test_a_plan_file_goes_into_the_draft_that_is_there_as_a_proposal(supervisor, plan_year, plan):
    import msgspec

    targets = tuple(
        msgspec.structs.replace(t, indicator="新增公办学位") if t.indicator == "新增学位" else t
        for t in plan.targets
    )
    answer = plan_file(supervisor, to_json(msgspec.structs.replace(plan, targets=targets)))
    assert answer.status_code == 302
    draft = Draft.objects.get(plan_year=plan_year)
    assert draft.revision == 2
    assert "新增公办学位" in draft.document


@pytest.mark.parametrize(
    "data",
    [
        b"not json at all",
        b'{"schema": "luoshi.plan/9"}',
        b'{"schema": "luoshi.plan/1", "place": {"name": "x"}, "year": 2026, "sources": [], "evil": 1}',
        b"schema: !!python/object/apply:os.system [ls]",
    ],
)
def test_a_plan_file_that_is_wrong_is_refused_as_a_whole_with_every_fault(supervisor, plan_year, data):
    answer = plan_file(supervisor, data)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Draft.objects.get(plan_year=plan_year).revision == 1


def test_a_scoped_supervisor_imports_into_his_own_plan_year_alone(plan_year, plan):
    """His reports of other places are refused; nothing is made."""
    from luoshi_web.rights import Actor, Grant, RefusedError

    scoped = Actor(None, "督查员", (Grant(Role.SUPERVISOR, plan_year.pk),))
    import msgspec

    other = msgspec.structs.replace(plan, place=msgspec.structs.replace(plan.place, name="青浦县"))
    with pytest.raises(RefusedError):
        services.import_plan_document(scoped, to_json(other))
    assert not PlanYear.objects.filter(place="青浦县").exists()
    row, difference = services.import_plan_document(scoped, to_json(plan))
    assert row == plan_year
    assert sum(difference.counts().values()) == 0


def test_a_scoped_supervisor_s_report_of_another_place_makes_nothing_and_shows_nothing(plan_year):
    from django.test import Client

    from luoshi_web.accounts import services as accounts
    from luoshi_web.accounts.models import User
    from luoshi_web.rights import Actor, Grant

    security = Actor(
        None, "安全管理员", (Grant(Role.SECURITY_ADMINISTRATOR), Grant(Role.SYSTEM_ADMINISTRATOR))
    )
    user, password = accounts.create_user(security, username="wang", display_name="王主任")
    accounts.grant_role(security, user, Role.SUPERVISOR, plan_year=plan_year.pk)
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    client = Client()
    client.post("/sign-in/", {"username": "wang", "password": password})
    answer = upload(client, REPORT.encode())
    assert newest().message == "W403"
    assert "没有导入它的权限" in client.get(answer["Location"]).content.decode()
    assert not PlanYear.objects.filter(place="青浦县").exists()
