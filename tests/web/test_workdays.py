"""Notices about days off: entered, refused, withdrawn; what they move, and how another process learns of them."""

import re
import subprocess
import sys
from datetime import date

import pytest
from delivery_cast import text_of
from django.db import OperationalError
from real_site import Person, real_site

from luoshi.delivery.judging import cycles_for
from luoshi_web.reporting.selectors import ground_of, version_of, year_of
from luoshi_web.rights import Role
from luoshi_web.workdays import selectors
from luoshi_web.workdays.models import WorkdayNotice

NEW_YEAR = {
    "number": "国办发明电〔2026〕11号",
    "issuer": "国务院办公厅",
    "issued": "2026-11-04",
    "year": "2027",
    "rest": "2027-01-01 2027-01-04",
    "work": "2027-01-02",
}


@pytest.fixture(autouse=True)
def _as_the_database_says(db):
    """What the process keeps is that of this test's database."""
    selectors.look()


@pytest.fixture
def admin(client_of):
    return client_of(Role.SYSTEM_ADMINISTRATOR)


def post(client, **changed):
    return client.post("/workdays/", NEW_YEAR | changed, follow=True)


def test_a_notice_counts_at_once(admin):
    # Friday 1 January is a holiday anyway; Monday the 4th is worked until a notice says otherwise.
    assert selectors.calendar().is_workday(date(2027, 1, 4))
    assert selectors.calendar().status(date(2027, 1, 4)).is_provisional
    assert "立即生效" in text_of(post(admin))
    calendar = selectors.calendar()
    assert not calendar.is_workday(date(2027, 1, 4))
    assert calendar.is_workday(date(2027, 1, 2))
    # From Thursday 31 December one working day later is Saturday the 2nd, and two are Tuesday the 5th.
    assert [calendar.add(date(2026, 12, 31), n).day.day for n in (1, 2)] == [2, 5]
    assert not calendar.status(date(2027, 3, 1)).is_provisional
    page = text_of(admin.get("/workdays/"))
    assert "国办发明电〔2026〕11号" in page
    assert "2027 年全年安排" in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"number": " "}, "请写明文号"),
        ({"issued": ""}, "请写明文号"),
        ({"rest": "", "work": ""}, "至少写一个"),
        ({"rest": "1月1日"}, "“1月1日”不是日期"),
        ({"work": "2027-01-01"}, "2027-01-01"),
    ],
)
def test_a_bad_notice_is_refused_with_a_sentence_and_stays_in_the_form(admin, changed, said):
    answer = post(admin, **changed)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "国务院办公厅" in answer.content.decode()
    assert not WorkdayNotice.objects.exists()


def test_a_number_stands_once_and_a_withdrawn_notice_no_longer_counts(admin):
    post(admin)
    assert "已经登记" in text_of(post(admin))
    row = WorkdayNotice.objects.get()
    assert "没有写撤下的理由" in text_of(
        admin.post(f"/workdays/{row.pk}/withdraw/", {"reason": " "}, follow=True)
    )
    assert "通知已撤下" in text_of(
        admin.post(f"/workdays/{row.pk}/withdraw/", {"reason": "文号有误"}, follow=True)
    )
    assert selectors.calendar().is_workday(date(2027, 1, 4))
    assert "文号有误" in text_of(admin.get("/workdays/"))
    # Both rows stay; the number can be entered again.
    assert WorkdayNotice.objects.count() == 2
    post(admin)
    assert not selectors.calendar().is_workday(date(2027, 1, 4))


def test_due_days_of_reports_move_with_a_notice(admin, issued):
    year = year_of(issued.plan_year_id)
    one = next(iter(year.issued.values()))

    def last_due():
        ground = ground_of(version_of(issued.plan_year_id, year.version))
        return max(cycle.due for cycle in cycles_for(year, one, ground))

    before = last_due()
    # The day on which the last report is due is made a day off.
    assert "立即生效" in text_of(post(admin, year="", rest=before.isoformat(), work=""))
    assert last_due() > before


def test_a_database_that_cannot_be_asked_is_told_of_by_the_page_itself(client, monkeypatch):
    def broken():
        raise OperationalError("gone")

    monkeypatch.setattr("luoshi_web.workdays.selectors.look", broken)
    monkeypatch.setattr("luoshi_web.frame.views.is_database_ready", lambda: False)
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (503, b"database\n")


def test_others_neither_see_nor_enter_notices(client_of):
    for role in (Role.SUPERVISOR, Role.LIAISON):
        assert post(client_of(role)).status_code == 403
    assert not WorkdayNotice.objects.exists()


ENTER = """
import django; django.setup()
from luoshi_web.rights import Actor, Grant, Role
from luoshi_web.workdays import services
from datetime import date
admin = Actor(None, "管理员", (Grant(Role.SYSTEM_ADMINISTRATOR),))
services.add_notice(admin, number="一号", issuer="", issued=date(2026, 1, 30), rest="2026-02-05", work="", year=None)
"""


def test_another_process_counts_with_a_notice_from_its_next_request_on(tmp_path):
    with real_site(tmp_path) as site, site.served() as (address, _process):
        supervisor = Person(address, "supervisor")

        def worked():
            return int(
                re.search(r"全年 (\d+) 个工作日", supervisor.get(f"/plans/{site.plan_year}/v1/calendar/")[1])[
                    1
                ]
            )

        before = worked()
        done = subprocess.run(
            [sys.executable, "-c", ENTER], env=site.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert worked() == before - 1
