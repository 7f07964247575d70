"""How quick are lists and boards with 1,000,000 cases (100,000 open) and 20,000 projects, and how long does the nightly clock run take?

One process of the real server, asked over a socket by people who are signed in, once its nightly run at the start is over. Floor: a plain Django page on the same server, between the other
requests. Rows are put in directly, as the services would leave them; their entries are not, because no list reads them. PostgreSQL is vacuumed after the run, as its own autovacuum does within minutes.

    python benchmarks/cases.py [--cases 1000000] [--projects 20000]          # SQLite in a temporary folder
    DATABASE_URL=postgres://… python benchmarks/cases.py                      # an empty PostgreSQL database
    python benchmarks/cases.py --folder FOLDER                                # keep the data; measure again without filling
"""

from __future__ import annotations

import argparse
import importlib
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from measuring import machine, wait_until_quiet
from year import LAST, SERVE, USERS, Person, fill_plan, percentile

BATCH = 5000


def put_in(key: int, procedure: str, count: int, open_count: int, units: list[str]) -> None:
    """Put cases into a register: the last ones open, the others closed, spread over stages and units."""
    from luoshi.register.case.model import Case, CaseState, Channel, Stay
    from luoshi_web.cases import selectors, store
    from luoshi_web.cases.models import CaseConcern, CaseRow
    from luoshi_web.plans import selectors as plans
    from luoshi_web.plans import store as plan_store

    version, definition = selectors.published(key)[procedure]
    chance = random.Random(7)
    begin = datetime(2026, 1, 5, 9)  # noqa: DTZ001 -- wall clock of the place
    stages = [stage.key for stage in definition.stages]
    success = next(one for one in definition.outcomes if one.is_success)
    for first in range(0, count, BATCH):
        rows, owners = [], []
        for n in range(first, min(first + BATCH, count)):
            is_open = n >= count - open_count
            place = chance.randrange(len(stages)) if is_open else len(stages) - 1
            since = begin + timedelta(hours=chance.randrange(24 * 330))
            opened = datetime(2026, 11, 1, 9) + timedelta(hours=n % 900) if is_open else since  # noqa: DTZ001
            closed = None if is_open else opened + timedelta(days=chance.randrange(1, 25))
            unit = units[chance.randrange(len(units))]
            stays = tuple(
                Stay(stage=stage, since=opened, until=opened if step < place else closed, unit=unit, entry=n)
                for step, stage in enumerate(stages[: place + 1])
            )
            case = Case(
                id=f"k-{procedure}-{n}", number=f"{definition.prefix}{opened:%Y%m%d}-{n:07d}", procedure=procedure, version=version,
                title=f"第{n}件", channel=Channel.WINDOW, desk=unit, unit=unit,
                state=CaseState.UNDER_WAY if is_open else CaseState.CLOSED, stays=stays, opened=opened, closed=closed,
                outcome="" if is_open else success.key, fields={"item": "营业执照", "total": str(n % 90000)}, entry=n + 1, trail=(n + 1,),
            )  # fmt: skip
            due = opened + timedelta(days=28) if is_open else None
            rows.append(
                CaseRow(
                    plan_year_id=key, case=case.id, procedure=procedure, number=case.number, code="",
                    **store.columns_of(case, definition, due),
                )
            )  # fmt: skip
            owners.append(unit)
        made = CaseRow.objects.bulk_create(rows, batch_size=BATCH)
        CaseConcern.objects.bulk_create(
            [CaseConcern(row=row, unit=unit) for row, unit in zip(made, owners, strict=True)],
            batch_size=BATCH,
        )
    with plan_store.together():
        store.count_reached(store.lock_book(plans.plan_year_with_id(key), procedure))


def fill(arguments: argparse.Namespace) -> None:
    """Fill the database, unless cases are there already."""
    import django

    django.setup()
    connection = importlib.import_module("django.db").connection
    if "cases_case" in connection.introspection.table_names():
        models = importlib.import_module("luoshi_web.cases.models")
        if models.CaseRow.objects.exists():
            return
    started = time.perf_counter()
    key, units = fill_plan()
    assert key == 1
    services = importlib.import_module("luoshi_web.cases.services")
    rights = importlib.import_module("luoshi_web.rights")
    supervisor = rights.Actor(None, "督查员", (rights.Grant(rights.Role.SUPERVISOR),))
    for pack, procedure in (("services", "service_cases"), ("projects", "projects")):
        services.adopt(supervisor, key, pack=pack, procedure=procedure)
        number, faults = services.publish(supervisor, key, procedure)
        assert number == 1, faults
    put_in(key, "service_cases", arguments.cases, arguments.cases // 10, units)
    put_in(key, "projects", arguments.projects, arguments.projects, units)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(
        f"{connection.vendor}: {arguments.cases} cases, a tenth open, and {arguments.projects} projects put in in {time.perf_counter() - started:.0f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--projects", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--folder", help="keep the data there; what is there already is measured as it is")
    arguments = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or temporary
        os.environ |= {
            "LUOSHI_DATA_DIR": folder,
            "DATABASE_URL": os.environ.get("DATABASE_URL", ""),
            "DJANGO_SETTINGS_MODULE": "luoshi_web.settings",
            "LUOSHI_LOG_LEVEL": "ERROR",
        }
        fill(arguments)
        key = 1
        handling = importlib.import_module("luoshi_web.cases.services.handling")
        clock = importlib.import_module("luoshi_web.frame.clock")
        with clock.standing_at(datetime(LAST.year, LAST.month, LAST.day, 18, tzinfo=UTC)):
            started = time.perf_counter()
            moved = handling.rejudge(key)
            print(
                f"nightly clock run, every end reckoned anew: {time.perf_counter() - started:.1f} s, {moved} moved"
            )
            started = time.perf_counter()
            moved = handling.rejudge(key)
            print(f"the same when nothing moves: {time.perf_counter() - started:.1f} s, {moved} moved")
        connection = importlib.import_module("django.db").connection
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE cases_case")
        process = subprocess.Popen([sys.executable, "-c", SERVE], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        base = f"/plans/{key}/cases/"
        pages = {
            "floor: a plain Django page": ("supervisor", "/plain/"),
            "desk of an operator": ("operator", base),
            "desk of a supervisor": ("supervisor", base),
            "cases of a unit": ("operator", f"{base}service_cases/"),
            "all open cases": ("supervisor", f"{base}service_cases/"),
            "all open cases, page 190": ("supervisor", f"{base}service_cases/?page=190"),
            "one stage": ("supervisor", f"{base}service_cases/?stage=review"),
            "late cases": ("supervisor", f"{base}service_cases/?late=1"),
            "closed cases": ("supervisor", f"{base}service_cases/?state=closed"),
            "words in a title": ("supervisor", f"{base}service_cases/?state=all&q={quote('第5777')}"),
            "words in an open title": ("supervisor", f"{base}service_cases/?q={quote('第95777')}"),
            "a number": ("supervisor", f"{base}service_cases/?state=all&q=FW20261101-09"),
            "board of cases": ("supervisor", f"{base}service_cases/board/"),
            "projects": ("supervisor", f"{base}projects/"),
            "board of projects": ("supervisor", f"{base}projects/board/"),
        }
        try:
            address = process.stdout.readline().strip()
            waited = wait_until_quiet(process.pid)
            print(f"the run at the server's start was over after {waited:.0f} s")
            people = {"supervisor": Person(address, f"user{USERS - 1}"), "operator": Person(address, "user1")}
            times: dict[str, list[float]] = {name: [] for name in pages}
            for turn in range(arguments.times + 1):
                for name, (who, path) in pages.items():
                    seconds = people[who].get(path)[2]
                    if turn:
                        times[name].append(seconds)
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
        floor = percentile(times["floor: a plain Django page"], 0.5)
        print(
            f"of {arguments.times} requests a page, milliseconds: middle, 95th percentile; middle as times of the floor"
        )
        for name, taken in times.items():
            middle = percentile(taken, 0.5)
            print(f"{name:40}{middle:8.1f}{percentile(taken, 0.95):8.1f}{middle / floor:8.1f}")


if __name__ == "__main__":
    main()
