"""Imports in a thread of the server's own process, with real commits."""

from time import monotonic, sleep

import pytest

from luoshi_web.plans import services, tasks
from luoshi_web.plans.models import Import, ImportState, PlanYear
from luoshi_web.rights import machine

REPORT = """青浦县人民政府工作报告
——2026年1月12日在青浦县第十九届人民代表大会第五次会议上
各位代表：
一、2026年重点工作
新增规上工业企业20家以上。推动县城东站年内开工。新建改扩建学校3所，新增学位2400个。
"""
PATIENCE_SECONDS = 120


def wait_for(job):
    until = monotonic() + PATIENCE_SECONDS
    while ImportState(job.state).is_under_way and monotonic() < until:
        sleep(0.1)
        job.refresh_from_db()
    return ImportState(job.state)


@pytest.fixture
def in_background(settings, transactional_db):
    """Run imports as a site does, and leave no thread behind."""
    settings.IMPORTS_IN_BACKGROUND = True
    yield
    tasks.finish()


def test_an_import_runs_beside_the_requests_and_two_wait_for_each_other(in_background):
    first = services.start_import(machine("test"), name="a.txt", data=REPORT.encode())
    second = services.start_import(
        machine("test"), name="b.txt", data=REPORT.replace("2026", "2027").encode()
    )
    assert ImportState(second.state).is_under_way
    assert wait_for(first) is ImportState.DONE
    assert wait_for(second) is ImportState.DONE
    assert sorted(PlanYear.objects.values_list("year", flat=True)) == [2026, 2027]


def test_the_worker_outlives_an_import_that_breaks(in_background, monkeypatch, caplog):
    from luoshi_web.plans import importing

    monkeypatch.setattr(importing.store, "take_import", lambda *args, **kwargs: 1 / 0)
    broken = services.start_import(machine("test"), name="a.txt", data=REPORT.encode())
    until = monotonic() + PATIENCE_SECONDS
    while "broke" not in caplog.text and monotonic() < until:
        sleep(0.05)
    monkeypatch.undo()
    good = services.start_import(machine("test"), name="b.txt", data=REPORT.encode())
    assert wait_for(good) is ImportState.DONE
    assert Import.objects.get(pk=broken.pk).state == "waiting"


def test_a_live_server_serves_pages_and_health(live_server, transactional_db):
    from urllib.request import urlopen

    with urlopen(f"{live_server.url}/health/") as answer:
        assert answer.read() == b"ok\n"
    with urlopen(f"{live_server.url}/") as answer:
        assert answer.url.startswith(f"{live_server.url}/sign-in/")
