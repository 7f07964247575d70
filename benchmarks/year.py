"""How quick are the pages of a full year: 300 commitments, 100 units, 400 users, twelve months of reports?

One process of the real server on SQLite, asked over a socket by people who are signed in, one after the other. Floor: a plain Django page on the same
server, between the other requests. The lights of a day are reckoned in this process.
"""

import argparse
import http.client
import importlib
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, urlencode

from measuring import machine

COMMITMENTS, UNITS, USERS = 300, 100, 400
PASSWORD = "Yunchuan-2026-bench"
LAST = date(2026, 12, 20)
SERVE = """
import sys
from django.conf import settings
from django.http import HttpResponse
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
import django; django.setup()
plain = login_not_required(lambda request: HttpResponse("<!doctype html><title>plain</title><p>plain</p>"))
module = type(sys)("with_floor")
module.urlpatterns = [path("plain/", plain, name="plain"), path("", include("luoshi_web.urls"))]
sys.modules["with_floor"] = module
settings.ROOT_URLCONF = "with_floor"
from luoshi_web.server import serve
serve("127.0.0.1", 0, ready=lambda address: print(address, flush=True))
"""


def report() -> str:
    """Return a report of an invented county with so many promises."""
    lines = [
        "2026年澄溪县政府工作报告",
        "",
        "一、2025年工作回顾",
        "过去一年，全县新建标准厂房12万平方米。",
        "",
        "二、2026年重点工作",
    ]
    made = 0
    for section in range(1, 11):
        lines.append(f"（{'一二三四五六七八九十'[section - 1]}）第{section}方面。")
        for _one in range(COMMITMENTS // 10):
            made += 1
            lines.append(f"建成第{made}批农村公路{made % 40 + 12}公里。")
    return "\n".join(lines)


def fill_plan() -> tuple[int, list[str]]:
    """Make the plan-year, publish it and add its people; return its identity and the names of its units."""
    import django

    django.setup()
    import msgspec
    from django.core.management import call_command

    from luoshi.compiler import pipeline
    from luoshi.compiler.source import document, read
    from luoshi.plan.items import every
    from luoshi.plan.model import Unit
    from luoshi.plan.review import Accept, Reject
    from luoshi_web.frame.clock import standing_at
    from luoshi_web.plans import services as plans
    from luoshi_web.plans import store
    from luoshi_web.reporting import services as reporting
    from luoshi_web.rights import Actor, Grant, Role

    call_command("migrate", verbosity=0)
    plan = pipeline.compile_report(document(read(report().encode(), name="2026.txt"), name="2026.txt"))
    units = tuple(Unit(id=f"u-{n}", name=f"第{n}局") for n in range(UNITS))
    plan = msgspec.structs.replace(
        plan,
        units=units,
        commitments=tuple(
            msgspec.structs.replace(one, lead_unit=units[n % UNITS].id, supporting_units=())
            for n, one in enumerate(plan.commitments)
        ),
    )

    first = date(2026, 1, 20)
    with standing_at(datetime(first.year, first.month, first.day, 4, tzinfo=UTC)):
        row = store.add_plan_year(plan.place, plan.year, by="benchmark", at=datetime(2026, 1, 20, tzinfo=UTC))
        store.add_draft(row.pk, plan, by="benchmark", at=datetime(2026, 1, 20, tzinfo=UTC))
        supervisor = Actor(None, "督查员", (Grant(Role.SUPERVISOR),))
        lost = tuple(one.id for one in (*plan.targets, *plan.deliverables) if not one.commitment)
        revision = 1
        if lost:
            revision = plans.decide(
                supervisor, row.pk, Reject(items=lost, reason="无"), revision=revision
            ).revision
        items = tuple(item.id for _kind, item in every(plan) if item.id not in lost)
        revision = plans.decide(supervisor, row.pk, Accept(items=items), revision=revision).revision
        reporting.publish(supervisor, row.pk, reason="首版", revision=revision)
        _add_people(row.pk, [unit.name for unit in units])
    return row.pk, [unit.name for unit in units]


def fill() -> int:
    """Make the plan-year and its year of reports, through the services that people use; return its identity."""
    key, units = fill_plan()
    from luoshi.delivery.judging import cycles_for, expected_for
    from luoshi.delivery.report import Figure
    from luoshi_web.frame.clock import standing_at
    from luoshi_web.plans import store
    from luoshi_web.reporting import services as reporting
    from luoshi_web.reporting.selectors import ground_of, version_of, year_of
    from luoshi_web.rights import Actor, Grant, Role

    supervisor = Actor(None, "督查员", (Grant(Role.SUPERVISOR),))

    def on(day: date) -> object:
        return standing_at(datetime(day.year, day.month, day.day, 4, tzinfo=UTC))

    chance = random.Random(1)
    filed: set[tuple[str, str]] = set()
    day = date(2026, 2, 2)
    while day <= LAST:
        year = year_of(key)
        ground = ground_of(version_of(key, year.version))
        with on(day):
            numbers = []
            for unit in units:
                stated = []
                for lineage, issued in year.issued.items():
                    if issued.lead_unit != unit:
                        continue
                    for cycle in cycles_for(year, issued, ground):
                        if (lineage, cycle.period.key) in filed or not cycle.opens <= day <= cycle.last:
                            continue
                        filed.add((lineage, cycle.period.key))
                        asked = expected_for(year, issued, ground, before=cycle.period.end).asked
                        share = cycle.period.end.month / 12 * chance.choice((0.5, 0.9, 1.0, 1.1))
                        figures = [
                            Figure(
                                target=one,
                                value=round((ground.targets[one].value or 1) * int(share * 100) / 100, 1),
                            )
                            for one in asked
                        ]
                        stated.append(
                            reporting.Stated(
                                lineage, cycle.period.key, figures=figures, progress="按计划推进"
                            )
                        )
                if stated and chance.random() > 0.04:
                    liaison = Actor(None, "联络员", (Grant(Role.LIAISON, key, unit),))
                    head = Actor(None, "负责人", (Grant(Role.UNIT_HEAD, key, unit),))
                    entries = reporting.file_reports(liaison, key, unit=unit, stated=stated)
                    kept = [entry.number for entry in entries]
                    reporting.pass_reports(head, key, unit=unit, filings=kept)
                    numbers += kept
            if numbers:
                reporting.accept_reports(supervisor, key, filings=numbers)
            reporting.catch_up(key)
        day = (day.replace(day=28) + timedelta(days=8)).replace(day=3)
    store.let_stand(key, LAST)
    return key


def _add_people(key: int, units: list[str]) -> None:
    """Add liaisons and heads of every unit, leaders, and one supervisor; one password for all, hashed once."""
    from luoshi_web.accounts import store as accounts
    from luoshi_web.rights import Role

    at, hashed = datetime(2026, 1, 1, tzinfo=UTC), ""
    for n in range(USERS):
        role = (Role.LIAISON, Role.UNIT_HEAD, Role.LIAISON, Role.LEADER)[n // UNITS]
        if n == USERS - 1:
            role = Role.SUPERVISOR
        unit = units[n % UNITS] if role.needs_unit else ""
        user = accounts.add_user(
            username=f"user{n}",
            display_name=f"用户{n}",
            password=None if hashed else PASSWORD,
            at=at,
            must_change=False,
        )
        hashed = hashed or user.password
        user.password = hashed
        user.save(update_fields=["password"])
        accounts.add_grant(
            user=user, role=role, plan_year=key if unit else None, unit=unit, since=date(2026, 1, 1), until=None, granted_by=None, at=at,
        )  # fmt: skip


class Person:
    """A person who is signed in, over one connection that stays open."""

    def __init__(self, address: str, name: str) -> None:
        host, port = re.fullmatch(r"http://(.+):(\d+)/", address).groups()  # type: ignore[union-attr]
        self.connection = http.client.HTTPConnection(host, int(port), timeout=60)
        self.cookies: dict[str, str] = {}
        text = self.get("/sign-in/")[1]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]  # type: ignore[index]
        fields = {"username": name, "password": PASSWORD, "csrfmiddlewaretoken": token}
        status, _text, _time = self.ask("POST", "/sign-in/", urlencode(fields))
        assert status == 302, status

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, float]:
        headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        taken = time.perf_counter() - started
        for line in answer.msg.get_all("Set-Cookie", []):
            name, _sign, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text, taken

    def get(self, path: str) -> tuple[int, str, float]:
        status, text, taken = self.ask("GET", path)
        assert status == 200, (path, status)
        return status, text, taken


def percentile(times: list[float], share: float) -> float:
    """Return a percentile in milliseconds."""
    return 1000 * sorted(times)[min(len(times) - 1, int(share * len(times)))]


def pages_of(key: int, lineage: str, unit: str) -> dict[str, tuple[str, str]]:
    """Return who asks for which address, by name of the page."""
    base = f"/plans/{key}/delivery/"
    return {
        "floor: a plain Django page": ("leader", "/plain/"),
        "the year at a glance": ("leader", base),
        "the year at a glance, three months ago": ("leader", f"{base}?on=2026-09-20"),
        "lights": ("leader", f"{base}lights/"),
        "commitments × months": ("leader", f"{base}months/"),
        "units": ("leader", f"{base}units/"),
        "a unit": ("leader", f"{base}unit/?unit={quote(unit)}"),
        "wall": ("leader", f"{base}wall/"),
        "a commitment": ("liaison", f"{base}commitments/{lineage}/"),
        "work of a liaison": ("liaison", f"{base}work/"),
        "report of a period": ("liaison", f"{base}commitments/{lineage}/reports/2026-11/"),
        "work of a supervisor": ("supervisor", f"{base}work/"),
        "check-list of the ledger": ("supervisor", f"{base}ledger/"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=40)
    arguments = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "LUOSHI_DATA_DIR": folder,
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "luoshi_web.settings",
            "LUOSHI_LOG_LEVEL": "ERROR",
        }
        started = time.perf_counter()
        key = fill()
        judging = importlib.import_module("luoshi.delivery.judging")
        selectors = importlib.import_module("luoshi_web.reporting.selectors")
        year = selectors.year_of(key)
        reports = sum(len(one) for one in year.reports.values())
        print(
            f"{len(year.issued)} commitments, {UNITS} units, {USERS} users, {reports} reports, {year.number} entries; "
            f"made in {time.perf_counter() - started:.0f} s"
        )
        ground = selectors.ground_of(selectors.version_of(key, year.version))
        taken = []
        for _one in range(5):
            started = time.perf_counter()
            judging.lights_of(year, ground, on=LAST)
            taken.append(time.perf_counter() - started)
        print(f"all lights of a day: {1000 * min(taken):.0f} ms")
        started = time.perf_counter()
        selectors.forget_folds()
        selectors.year_of(key)
        print(f"the whole ledger folded anew: {1000 * (time.perf_counter() - started):.0f} ms")
        lineage = next(iter(year.issued))
        unit = year.issued[lineage].lead_unit
        process = subprocess.Popen([sys.executable, "-c", SERVE], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            people = {
                "leader": Person(address, f"user{USERS - 2}"),
                "supervisor": Person(address, f"user{USERS - 1}"),
                "liaison": Person(address, f"user{UNITS * 2 + int(unit[1:-1])}"),
            }
            asked = pages_of(key, lineage, unit)
            first: dict[str, float] = {}
            times: dict[str, list[float]] = {name: [] for name in asked}
            for turn in range(arguments.times + 1):
                for name, (who, path) in asked.items():
                    seconds = people[who].get(path)[2]
                    if turn:
                        times[name].append(seconds)
                    else:
                        first[name] = seconds
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
        floor = percentile(times["floor: a plain Django page"], 0.5)
        print(
            f"of {arguments.times} requests a page, milliseconds: middle, 95th percentile, first; middle as times of the floor"
        )
        for name, taken in times.items():
            middle = percentile(taken, 0.5)
            print(
                f"{name:40}{middle:8.1f}{percentile(taken, 0.95):8.1f}{1000 * first[name]:8.0f}{middle / floor:8.1f}"
            )


if __name__ == "__main__":
    main()
