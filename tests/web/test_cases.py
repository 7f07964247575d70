"""Cases through HTTP: from intake to close, what is refused, what stays hidden, sheets in and out, people at once."""

import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

import case_cast_web as cast
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import translation
from openpyxl import load_workbook

from luoshi.ledger.chain import Author, Head, extend, verify
from luoshi.ledger.entry import Proposal, from_content
from luoshi.ledger.note import Note
from luoshi.register.case.act import Act
from luoshi.register.case.fact import CASE_FACTS, CaseFieldsSet, CasePaused
from luoshi.register.case.fold import fold
from luoshi.register.case.model import CaseState, Channel
from luoshi.register.fault import RegisterError
from luoshi.register.procedure import bpmn
from luoshi_web.cases import selectors, services
from luoshi_web.cases.models import CaseBook, CaseEntry, CaseRow
from luoshi_web.cases.story import story_of
from luoshi_web.ledger.models import LedgerNote
from luoshi_web.rights import Actor, Grant, RefusedError, Role


@pytest.fixture
def operator(issued):
    return Actor(None, "操作员", (Grant(Role.OPERATOR, issued.plan_year_id, cast.UNIT),))


@pytest.fixture
def boss(acting):
    return acting(Role.SUPERVISOR)


@pytest.fixture
def case(issued, operator, boss):
    return cast.received(boss, operator, issued.plan_year_id)


def now_of(case) -> object:
    return selectors.case_of(CaseRow.objects.get(case=case.id))


def upload(name, data):
    return SimpleUploadedFile(name, data)


def test_a_case_goes_from_intake_to_close_over_http(issued, client_of, supervisor):
    pk = issued.plan_year_id
    cast.published(Actor(None, "督", (Grant(Role.SUPERVISOR),)), pk)
    operator, head = client_of(Role.OPERATOR), client_of(Role.UNIT_HEAD)
    base = f"/plans/{pk}/cases/permit/"
    answer = operator.post(
        f"{base}new/",
        {
            "title": "柳湾中学扩建",
            "desk": cast.UNIT,
            "channel": "window",
            "class": "small",
            "field-kind": "房建",
            "field-applicant": "柳某某",
        },
    )
    assert answer.status_code == 302
    place = answer["Location"]
    page = operator.get(place).content.decode()
    assert "待分派" in page
    assert "SG2026" in page
    assert "柳某某" not in page
    steps = [
        (operator, "dispatch", {"to": cast.UNIT}),
        (operator, "take_over", {}),
        (operator, "add_paper", {"paper": "form", "file": upload("申请表.txt", "申请".encode())}),
        (operator, "move", {"to": "review"}),
        (operator, "finish_task", {"task": "plan"}),
        (operator, "check", {"check": "drawn", "is_yes": "1"}),
        (operator, "fill", {"field-area": "1200", "field-kind": "房建"}),
        (operator, "pause", {"reason": "supplement"}),
        (operator, "resume", {}),
        (head, "extend", {"amount": "5", "reason": "材料多"}),
        (operator, "block", {"kind": "用地", "note": "红线未批", "unit": "市交通局", "due": "2099-01-05"}),
        (operator, "unblock", {"obstacle": "o1"}),
    ]
    for client, act, data in steps:
        answer = client.post(f"{place}{act}/", data)
        assert answer.status_code == 302, (act, answer.content.decode())
    assert operator.post(f"{place}move/", {"to": "build"}).status_code == 422
    row = CaseRow.objects.get()
    builder = Actor(None, "消防", (Grant(Role.OPERATOR, pk, cast.OTHER),))
    services.perform(builder, pk, case=row.case, act=Act.FINISH_TASK, task="fire")
    for act, data in [
        ("move", {"to": "build"}),
        ("move", {"to": "hand_over"}),
        ("close", {"outcome": "granted"}),
    ]:
        assert operator.post(f"{place}{act}/", data).status_code == 302, act
    found = now_of(selectors.case_of(row))
    assert (found.state, found.outcome) == (CaseState.CLOSED, "granted")
    page = operator.get(place).content.decode()
    for words in ("分派给", "暂停计时：申请人补正", "办结“消防审查”", "红线未批", "办结：准予"):
        assert words in page


def test_the_ledger_of_cases_holds_no_person_and_tells_every_case(case, issued, operator):
    entries = [from_content(row.content, row.digest) for row in CaseEntry.objects.order_by("number")]
    told = "".join(row.content for row in CaseEntry.objects.all())
    assert "柳某某" not in told
    assert "13900001111" not in told
    assert fold(entries) == {case.id: case}
    book = CaseBook.objects.get()
    found = verify(book.scope, entries, head=selectors.head_of(book))
    assert found.faults == ()
    assert services.show_person(operator, issued.plan_year_id, case=case.id)["telephone"] == "13900001111"


def test_names_and_telephones_stay_out_of_lists_exports_and_logs(case, issued, client_of):
    from luoshi_web.audit.models import AuditEntry

    pk = issued.plan_year_id
    for role in (Role.OPERATOR, Role.SUPERVISOR, Role.LEADER):
        client = client_of(role)
        for path in ("", "board/", "export/csv/", f"{case.id}/"):
            answer = client.get(f"/plans/{pk}/cases/permit/{path}")
            text = (
                b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
            )
            assert answer.status_code == 200
            assert "柳某某" not in text
            assert "13900001111" not in text
    assert "13900001111" not in json.dumps(list(AuditEntry.objects.values()), default=str, ensure_ascii=False)
    shown = client_of(Role.OPERATOR).post(f"/plans/{pk}/cases/permit/{case.id}/contact/").content.decode()
    assert "13900001111" in shown
    assert AuditEntry.objects.filter(action="luoshi.case.person_shown").count() == 1


def test_an_erased_person_is_gone_and_the_case_goes_on(case, issued, operator, acting):
    from luoshi_web.ledger.services import erase_note

    assert erase_note(acting(Role.SECURITY_ADMINISTRATOR), case.personal.digest, reason="本人要求")
    assert services.show_person(operator, issued.plan_year_id, case=case.id) == {}
    assert LedgerNote.objects.get(digest=case.personal.digest).text == ""
    assert (
        services.perform(operator, issued.plan_year_id, case=case.id, act=Act.TAKE_OVER).case.state
        is CaseState.UNDER_WAY
    )


def test_people_of_another_unit_neither_see_nor_touch_a_case(case, issued):
    pk = issued.plan_year_id
    stranger = Actor(None, "外人", (Grant(Role.OPERATOR, pk, "市民政局"),))
    assert selectors.row_visible(stranger, pk, case.id) is None
    with pytest.raises(RefusedError):
        services.perform(stranger, pk, case=case.id, act=Act.TAKE_OVER)
    with pytest.raises(RefusedError):
        services.show_person(stranger, pk, case=case.id)


@pytest.mark.parametrize("kind", CASE_FACTS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_step_of_a_case_has_words(kind, language):
    note = Note(salt="s", text="理由").ref
    values = {
        "channel": Channel.WINDOW, "reason": "supplement" if kind is CasePaused else note, "note": note, "due": date(2026, 3, 1),
        "amount": Decimal(5), "value": Decimal(5), "version": 1, "waits": False, "is_yes": True, "rating": 5, "fields": {"area": "1"},
        "personal": None,
    }  # fmt: skip
    fact = kind(**{name: values.get(name, "x") for name in kind.__struct_fields__})
    entry = extend(
        Head(scope="t"),
        [Proposal(fact=fact, day=date(2026, 3, 1), lineage="k")],
        author=Author(who="p", role="operator"),
        known_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    with translation.override(language):
        (step,) = story_of(entry, cast.procedure())
    assert step.words.strip()
    assert (
        not re.search(r"[一-鿿]", step.words)
        or language != "en"
        or "“" in step.words
        or kind is CaseFieldsSet
    )


def test_what_was_seen_must_still_be_so(case, issued, operator):
    pk = issued.plan_year_id
    services.perform(operator, pk, case=case.id, act=Act.TAKE_OVER, seen=case.entry)
    with pytest.raises(RegisterError) as caught:
        services.perform(operator, pk, case=case.id, act=Act.FILL, seen=case.entry, fields={"area": "3"})
    assert caught.value.code == "R423"


def test_a_case_keeps_the_version_under_which_it_began(case, issued, boss, client_of):
    import msgspec

    pk = issued.plan_year_id
    shorter = msgspec.structs.replace(cast.procedure(), stages=cast.procedure().stages[:2], moves=(), outcomes=(
        msgspec.structs.replace(cast.procedure().outcomes[1], stages=()),), name="新施工许可")  # fmt: skip
    services.draft(boss, pk, shorter)
    assert services.publish(boss, pk, "permit")[0] == 2
    operator = client_of(Role.OPERATOR)
    page = operator.get(f"/plans/{pk}/cases/permit/{case.id}/").content.decode()
    assert "按第1版流程" in page
    assert "验收" in page


def test_a_procedure_that_cannot_work_is_not_published(issued, boss):
    import msgspec

    pk = issued.plan_year_id
    services.draft(boss, pk, msgspec.structs.replace(cast.procedure(), outcomes=()))
    number, faults = services.publish(boss, pk, "permit")
    assert number == 0
    assert "R305" in [fault.code for fault in faults]


def test_a_drawing_goes_out_and_comes_in(case, issued, supervisor):
    pk = issued.plan_year_id
    data = supervisor.get(f"/plans/{pk}/cases/procedures/permit/drawing.bpmn").content
    assert bpmn.read(data)[0] == cast.procedure()
    answer = supervisor.post(f"/plans/{pk}/cases/procedures/drawing/", {"file": upload("a.bpmn", data)})
    assert answer.status_code == 302
    assert selectors.draft_of(pk, "permit") == cast.procedure()
    answer = supervisor.post(f"/plans/{pk}/cases/procedures/drawing/", {"file": upload("a.bpmn", b"<x/>")})
    assert answer.status_code == 422
    assert "BPMN" in answer.content.decode()


def test_a_draft_is_completed_and_published_over_http(issued, supervisor, boss):
    pk = issued.plan_year_id
    services.draft(boss, pk, cast.procedure())
    place = f"/plans/{pk}/cases/procedures/permit/"
    data = {
        "name": "施工许可（新）",
        "noun": "办件",
        "prefix": "sx",
        "is_dispatched": "1",
        "stage-accept-name": "受理",
        "stage-accept-amount": "2",
        "stage-accept-type": "working_day",
        "stage-review-name": "审查",
        "stage-review-unit": cast.UNIT,
        "stage-build-name": "施工",
        "stage-hand_over-name": "验收",
        "class-public-amount": "75",
        "class-public-type": "working_day",
        "class-public-basis": "报告",
    }
    assert supervisor.post(place, data).status_code == 302
    draft = selectors.draft_of(pk, "permit")
    assert (draft.name, draft.prefix, draft.stages[0].limit.amount, draft.stages[1].unit) == (
        "施工许可（新）",
        "SX",
        2,
        cast.UNIT,
    )
    assert (draft.classes[0].limit.amount, draft.classes[1].limit) == (75, None)
    assert supervisor.post(f"{place}publish/").status_code == 302
    assert selectors.published(pk)["permit"][0] == 1


SHEET = "编号,名称,类别,环节,承办单位,建筑面积（平方米）,类型\n,东湖小学,小型,并联审查,市教育局,800,房建\n,西湖小学,,,,1200,房建\n"


def test_a_sheet_is_taken_in_once_and_the_same_again_changes_nothing(case, issued, client_of):
    pk = issued.plan_year_id
    client = client_of(Role.OPERATOR)
    place = f"/plans/{pk}/cases/permit/import/"
    for new in (2, 0):
        before = CaseEntry.objects.count()
        answer = client.post(place, {"desk": cast.UNIT, "file": upload("a.csv", SHEET.encode())})
        assert answer.status_code == 302
        assert CaseEntry.objects.count() - before == new
    found = selectors.case_of(CaseRow.objects.get(title="东湖小学"))
    assert (found.stage, found.case_class, found.fields["area"]) == ("review", "small", "800")
    changed = f"编号,名称,建筑面积（平方米）\n{found.number},东湖小学,900\n"
    assert (
        client.post(place, {"desk": cast.UNIT, "file": upload("a.csv", changed.encode())}).status_code == 302
    )
    assert selectors.case_of(CaseRow.objects.get(title="东湖小学")).fields["area"] == "900"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",,小型,,,800,房建", "B3：名称是空的"),
        (",南湖小学,巨型,,,800,房建", "C3：类别“巨型”不认识。可以填：政府投资、小型"),
        (",南湖小学,,装修,,800,房建", "D3：环节“装修”不认识"),
        (",南湖小学,,,没有局,800,房建", "E3：没有叫“没有局”的单位"),
        (",南湖小学,,,,很大,房建", "F3：“很大”不对，应填：数（不写单位）"),
        (",南湖小学,,,,800,桥", "G3：“桥”不对，应填：房建、市政"),
        (",南湖小学,,,,800,", "G3：请填写“类型”"),
        (",东湖小学,,,,800,房建", "B3：“东湖小学”与第 2 行重复"),
        ("SG1,北湖小学,,,,800,房建", "编号“SG1”不在这个登记簿里"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_taken(line, words, case, issued, client_of):
    pk = issued.plan_year_id
    head, good = SHEET.splitlines()[:2]
    before = CaseRow.objects.count()
    answer = client_of(Role.OPERATOR).post(
        f"/plans/{pk}/cases/permit/import/",
        {"desk": cast.UNIT, "file": upload("a.csv", f"{head}\n{good}\n{line}\n".encode())},
    )
    assert answer.status_code == 422
    assert words in answer.content.decode().replace("&quot;", '"')
    assert CaseRow.objects.count() == before


def test_what_is_handed_out_is_what_is_seen(case, issued, client_of):
    pk = issued.plan_year_id
    answer = client_of(Role.LEADER).get(f"/plans/{pk}/cases/permit/export/xlsx/?state=all")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("编号", "名称", "类别", "环节")
    assert rows[1][1:5] == ("城东小学扩建", "政府投资", "受理", "市教育局")
    assert client_of(Role.LEADER).get(f"/plans/{pk}/cases/permit/?late=1&q=x").status_code == 200


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.RATE])
def test_an_empty_form_is_answered_with_what_is_missing(act, case, issued, operator, client_of):
    pk = issued.plan_year_id
    services.perform(operator, pk, case=case.id, act=Act.TAKE_OVER)
    before = now_of(case)
    answer = client_of(Role.UNIT_HEAD).post(f"/plans/{pk}/cases/permit/{case.id}/{act.value}/", {})
    assert answer.status_code in (302, 422, 403)
    if answer.status_code != 302:
        assert now_of(case) == before


def test_a_contact_that_is_replaced_is_forgotten(case, issued, operator):
    pk = issued.plan_year_id
    services.perform(
        operator, pk, case=case.id, act=Act.FILL, fields={"applicant": "杨某某", "telephone": "13900002222"}
    )
    assert services.show_person(operator, pk, case=case.id) == {
        "applicant": "杨某某",
        "telephone": "13900002222",
    }
    assert LedgerNote.objects.get(digest=case.personal.digest).text == ""


def test_several_cases_are_taken_over_together(issued, operator, boss, client_of):
    pk = issued.plan_year_id
    both = [cast.received(boss, operator, pk, title=title) for title in ("甲", "乙")]
    answer = client_of(Role.OPERATOR).post(
        f"/plans/{pk}/cases/permit/together/", {"act": "take_over", "case": [one.id for one in both]}
    )
    assert answer.status_code == 302
    assert {now_of(one).state for one in both} == {CaseState.UNDER_WAY}


def test_the_end_of_a_clock_is_reckoned_anew(case, issued):
    CaseRow.objects.filter(case=case.id).update(due_at=None)
    from luoshi_web.cases.services.handling import rejudge

    assert rejudge(issued.plan_year_id) == 1
    assert rejudge(issued.plan_year_id) == 0
    assert CaseRow.objects.get(case=case.id).due_at is not None


def test_people_who_act_on_the_same_cases_at_once_lose_nothing(transactional_db, issued, operator, boss):
    """Four people try everything on three cases at once; each case stands in one stage and its entries tell it again."""
    pk = issued.plan_year_id
    ids = [cast.received(boss, operator, pk, title=title).id for title in "甲乙丙"]
    head = Actor(None, "负责人", (Grant(Role.UNIT_HEAD, pk, cast.UNIT),))
    tries = [
        (Act.TAKE_OVER, {}),
        (Act.MOVE, {"to": "review"}),
        (Act.MOVE, {"to": "build"}),
        (Act.PAUSE, {"reason": "notice"}),
        (Act.RESUME, {}),
        (Act.FILL, {"fields": {"area": "5"}}),
        (Act.FINISH_TASK, {"task": "plan"}),
        (Act.ADD_PAPER, {"paper": "form", "digest": "sha256:aa"}),
        (Act.TRANSFER, {"to": cast.OTHER, "reason": "换"}),
        (Act.CLOSE, {"outcome": "withdrawn", "reason": "不办了"}),
        (Act.REOPEN, {"reason": "又办"}),
    ]

    def work(seed):
        random = Random(seed)
        refused = done = 0
        try:
            for _turn in range(12):
                act, given = random.choice(tries)
                try:
                    services.perform(
                        random.choice([operator, head, boss]), pk, case=random.choice(ids), act=act, **given
                    )
                    done += 1
                except (RegisterError, RefusedError):
                    refused += 1
        finally:
            connection.close()
        return done, refused

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(work, range(4)))
    assert sum(done + refused for done, refused in results) == 48
    entries = [from_content(row.content, row.digest) for row in CaseEntry.objects.order_by("number")]
    # Publishing aside, each case began with two entries.
    assert len(entries) >= 6
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    told = fold(entries)
    assert set(told) == set(ids)
    for row in CaseRow.objects.all():
        found = selectors.case_of(row)
        assert found == told[row.case]
        assert (row.stage, row.state, row.unit) == (found.stage, str(found.state.value), found.unit)
        assert sum(stay.until is None for stay in found.stays) == (
            0 if found.state is CaseState.CLOSED else 1
        )
    book = CaseBook.objects.get()
    assert verify(book.scope, entries, head=selectors.head_of(book)).faults == ()
