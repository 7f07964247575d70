"""The public counter: apply without an account, follow one's case by number and code, rate it; names stay where they belong."""

import re

import case_cast_web as cast
import pytest
from django.core.cache import cache
from django.test import Client

from luoshi.register.case.act import Act
from luoshi.register.case.model import CaseState
from luoshi_web.cases import selectors, services
from luoshi_web.cases.models import CaseEntry, CaseRow
from luoshi_web.rights import Actor, Grant, Role

NAME, TELEPHONE = "柳望舒", "13900001234"
FORM = {"title": "食品经营许可变更地址", "field-item": "食品经营许可", "field-applicant": NAME, "field-telephone": TELEPHONE}  # fmt: skip


@pytest.fixture
def pk(issued, acting):
    cache.clear()
    cast.offered(acting(Role.SUPERVISOR), issued.plan_year_id, "services", "service_cases", "service_items")
    return issued.plan_year_id


@pytest.fixture
def operator(issued):
    return Actor(None, "操作员", (Grant(Role.OPERATOR, issued.plan_year_id, cast.UNIT),))


def applied(pk, **changes):
    answer = Client(enforce_csrf_checks=True).post(
        f"/public/{pk}/services/service_cases/apply/", FORM | changes
    )
    page = answer.content.decode()
    if answer.status_code != 201:
        return answer.status_code, page, "", ""
    number = re.search(r"FW\d{8}-\d{4}", page)[0]
    return 201, page, number, re.search(r"portal-code\">([A-Z2-9]{10})<", page)[1]


def tracked(pk, number, code, **more):
    answer = Client().post(f"/public/{pk}/services/track/", {"number": number, "code": code} | more)
    return answer.status_code, answer.content.decode()


def test_anybody_applies_and_follows_the_case_by_number_and_code(pk, operator):
    status, page, number, code = applied(pk)
    assert status == 201
    row = CaseRow.objects.get()
    assert (row.number, row.code, row.unit) == (number, code, cast.UNIT)
    status, page = tracked(pk, number.lower(), code.lower())
    assert status == 200
    assert "综合收件" in page
    assert NAME not in page
    assert TELEPHONE not in page
    services.perform(operator, pk, case=row.case, act=Act.TAKE_OVER)
    services.perform(operator, pk, case=row.case, act=Act.PAUSE, reason="supplement", note="请补租赁合同")
    page = tracked(pk, number, code)[1]
    assert "申请人补正" in page
    assert "租赁合同" not in page


def test_names_and_telephones_stay_out_of_entries_rows_and_lists(pk, client_of, caplog):
    _status, page, _number, _code = applied(pk)
    assert NAME not in page
    for text in (CaseEntry.objects.get().content, CaseRow.objects.get().document):
        assert NAME not in text
        assert TELEPHONE not in text
    client = client_of(Role.OPERATOR)
    for address in ("", "board/", "export/csv/", f"{CaseRow.objects.get().case}/"):
        answer = client.get(f"/plans/{pk}/cases/service_cases/{address}")
        shown = b"".join(answer).decode("utf-8-sig")
        assert FORM["title"] in shown
        assert NAME not in shown
        assert TELEPHONE not in shown
    assert NAME not in caplog.text


def test_the_wrong_code_shows_nothing(pk):
    _status, _page, number, code = applied(pk)
    for given in ("", "AAAAAAAAAA", code[:-1]):
        status, page = tracked(pk, number, given)
        assert status == 404
        assert "食品经营" not in page
    assert tracked(pk, "FW20200101-0001", code)[0] == 404


def test_a_number_in_other_letters_is_only_a_wrong_number(pk):
    _status, _page, _number, code = applied(pk)
    status, page = tracked(pk, "ＦＷ２０２６１１２７－０００１", code)
    assert status == 404
    assert "食品经营" not in page


def test_what_is_missing_is_asked_for_and_nothing_is_kept(pk):
    status, page, _number, _code = applied(pk, **{"field-telephone": " "})
    assert status == 422
    assert "联系电话" in page
    assert NAME in page
    assert not CaseRow.objects.exists()


def test_only_what_is_open_to_the_public_can_be_applied_for(pk):
    client = Client()
    assert "政务服务办件" in client.get(f"/public/{pk}/services/").content.decode()
    assert client.get(f"/public/{pk}/services/service_items/apply/").status_code == 404
    assert client.post(f"/public/{pk}/services/service_items/apply/", {"title": "一"}).status_code == 404
    assert client.get(f"/public/{pk + 1}/services/").status_code == 404


def test_a_closed_case_is_rated_once_by_whoever_has_the_code(pk, operator):
    _status, _page, number, code = applied(pk)
    case = CaseRow.objects.get().case
    assert "办得怎么样" not in tracked(pk, number, code)[1]
    for act, given in [
        (Act.TAKE_OVER, {}),
        (Act.MOVE, {"to": "review", "unit": "", "reason": ""}),
        (Act.MOVE, {"to": "hand_out", "unit": "", "reason": ""}),
        (Act.CLOSE, {"outcome": "granted", "reason": ""}),
    ]:
        services.perform(operator, pk, case=case, act=act, **given)
    assert "办得怎么样" in tracked(pk, number, code)[1]
    status, page = tracked(pk, number, code, rating="4")
    assert status == 200
    assert "4 / 5" in page
    assert tracked(pk, number, code, rating="1")[0] == 422
    found = selectors.case_of(CaseRow.objects.get())
    assert (found.rating, found.state) == (4, CaseState.CLOSED)


def test_one_address_cannot_flood_the_counter(pk, monkeypatch):
    monkeypatch.setattr("luoshi_web.portal.counter._APPLICATIONS", 2)
    monkeypatch.setattr("luoshi_web.portal.counter._LOOKS", 1)
    assert [applied(pk)[0] for _ in range(3)] == [201, 201, 422]
    assert CaseRow.objects.count() == 2
    row = CaseRow.objects.first()
    assert [tracked(pk, row.number, row.code)[0] for _ in range(2)] == [200, 429]


def test_who_is_signed_in_applies_as_nobody(pk, client_of):
    answer = client_of(Role.SUPERVISOR).post(f"/public/{pk}/services/service_cases/apply/", FORM)
    assert answer.status_code == 201
    assert '"who":""' in CaseEntry.objects.get().content
