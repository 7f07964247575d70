"""A real site in processes of its own: seeded, served, asked over sockets, killed; on SQLite or in a PostgreSQL database of its own.

Run as a program (``python real_site.py seed`` or ``serve``) it acts on the site that the environment names.
"""

import http.cookiejar
import json
import os
import re
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
PASSWORD = "Yunchuan-2026-test"
PEOPLE = {
    "education-liaison": ("liaison", "市教育局"),
    "education-second": ("liaison", "市教育局"),
    "education-head": ("unit_head", "市教育局"),
    "civil-liaison": ("liaison", "市民政局"),
    "civil-head": ("unit_head", "市民政局"),
    "industry-liaison": ("liaison", "市经信局"),
    "industry-head": ("unit_head", "市经信局"),
    "supervisor": ("supervisor", ""),
    "leader": ("leader", ""),
}


def seed():
    """Make a published plan-year whose clock stands at 4 February 2026, with rosters and people."""
    import django

    django.setup()
    from datetime import UTC, date, datetime

    import sample_plan
    from django.core.management import call_command

    from luoshi.plan.items import every
    from luoshi.plan.review import Accept
    from luoshi.register.roster import ItemEntry, Measure
    from luoshi_web.accounts import store as accounts
    from luoshi_web.frame.clock import standing_at
    from luoshi_web.plans import services, store
    from luoshi_web.registers import services as registers
    from luoshi_web.reporting import services as reporting
    from luoshi_web.reporting.selectors import year_of
    from luoshi_web.rights import Actor, Grant, Role

    call_command("migrate", verbosity=0)
    plan, at = sample_plan.draft(), datetime(2026, 1, 20, 2, tzinfo=UTC)
    with standing_at(at):
        row = store.add_plan_year(plan.place, plan.year, by="测试", at=at)
        store.add_draft(row.pk, plan, by="测试", at=at)
        for name, (role, unit) in PEOPLE.items():
            user = accounts.add_user(
                username=name, display_name=f"{name}某", password=PASSWORD, at=at, must_change=False
            )
            accounts.add_grant(
                user=user, role=Role(role), plan_year=row.pk if unit else None, unit=unit,
                since=date(2026, 1, 1), until=None, granted_by=None, at=at,
            )  # fmt: skip
        supervisor = Actor(None, "测试", (Grant(Role.SUPERVISOR),))
        items = tuple(item.id for _kind, item in every(plan))
        services.decide(supervisor, row.pk, Accept(items=items), revision=1)
        reporting.publish(supervisor, row.pk, reason="首版", revision=2)
        for roster, target in (("r-schools", "t-schools"), ("r-firms", "t-firms")):
            registers.open_roster(
                supervisor, row.pk, roster=roster, target=target, title=roster, measure=Measure.COUNT, quantity_unit="所",
                definition="验收合格", items=[ItemEntry(id=f"{roster}-0", name="第一项")],
            )  # fmt: skip
    store.let_stand(row.pk, date(2026, 2, 4))
    year = year_of(row.pk)
    by_title = {one.title: one.lineage for one in year.issued.values()}
    sys.stdout.write(json.dumps({"plan_year": row.pk, "lineages": by_title}, ensure_ascii=False))


def serve():
    """Serve the site on a free port and say where."""
    from luoshi_web.server import serve as run

    run("127.0.0.1", 0, ready=lambda address: (sys.stdout.write(f"{address}\n"), sys.stdout.flush()))


class Site:
    """A site of the environment, as seen from outside.

    Attributes:
        environment: Variables that name it.
        plan_year: Identity of its plan-year.
        lineages: Lineages of its commitments by title.
    """

    def __init__(self, environment):
        self.environment = environment
        told = json.loads(self.run("seed").stdout)
        self.plan_year, self.lineages = told["plan_year"], told["lineages"]

    def run(self, what):
        return subprocess.run(
            [sys.executable, __file__, what], env=self.environment, capture_output=True, text=True, check=True
        )

    def command(self, *arguments, check=True, **variables):
        """Run a command of Luoshi on the site."""
        return subprocess.run(
            [sys.executable, "-m", "luoshi_cli", *arguments],
            env=self.environment | {"LUOSHI_LANG": "en"} | variables,
            capture_output=True,
            text=True,
            check=check,
        )

    def verified(self):
        """Return what checking the ledger says, one plan-year."""
        told = self.command("verify", "--json", check=False)
        return json.loads(told.stdout.splitlines()[0])

    def items(self, roster):
        """Return the names of a roster's items, as a fresh process reads them from the ledger."""
        code = (
            "import django, json; django.setup()\n"
            "from luoshi_web.reporting.selectors import year_of\n"
            f"year = year_of({self.plan_year})\n"
            f"print(json.dumps([[i.stated.name, i.state.value] for i in year.rosters[{roster!r}].items.values()]))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], env=self.environment, capture_output=True, text=True, check=True
        )
        return dict(json.loads(done.stdout))

    @contextmanager
    def served(self):
        """Serve it from a process of its own."""
        process = subprocess.Popen(
            [sys.executable, __file__, "serve"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        address = process.stdout.readline().strip()
        assert address.startswith("http://"), address + process.stdout.read()
        try:
            yield address.rstrip("/"), process
        finally:
            process.kill()
            process.wait(timeout=10)
            process.stdout.close()


class Person:
    """A browser without a screen: cookies, and forms that are posted with the page's own token."""

    def __init__(self, address, name):
        self.address = address
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), _NoRedirect())
        assert self.get("/sign-in/")[0] == 200
        status, _text = self.post("/sign-in/", {"username": name, "password": PASSWORD})
        assert status == 302, status

    def get(self, path):
        """Return status and text."""
        return self._ask(urllib.request.Request(self.address + path))

    def post(self, path, fields, *, file=None):
        """Return status and text of a form that was posted, with the bytes of a text file where they are given."""
        token = next(cookie.value for cookie in self.jar if cookie.name == "luoshi_csrf")
        fields = fields | {"csrfmiddlewaretoken": token}
        if file is None:
            data = urllib.parse.urlencode(fields, doseq=True).encode()
            return self._ask(urllib.request.Request(self.address + path, data=data))
        parts = [
            f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}' for key, value in fields.items()
        ]
        parts.append(
            f'Content-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n{file}'
        )
        data = "".join(f"--luoshi\r\n{part}\r\n" for part in parts).encode() + b"--luoshi--\r\n"
        request = urllib.request.Request(self.address + path, data=data)
        request.add_header("Content-Type", "multipart/form-data; boundary=luoshi")
        return self._ask(request)

    def _ask(self, request):
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments):
        return None


@contextmanager
def database():
    """Give the address of an empty database of its own, and drop it at the end; "" where the tests run on SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield ""
        return
    import psycopg

    name = f"luoshi_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield re.sub(r"(?<=/)[^/?]+(?=$|\?)", name, url, count=1)
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def environment_of(data, url):
    """Return the variables that name a site."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LUOSHI_")}
    return kept | {
        "LUOSHI_DATA_DIR": str(data),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "luoshi_web.settings",
        "LUOSHI_LOG_LEVEL": "ERROR",
        "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent / "unit")]),
    }


@contextmanager
def real_site(folder):
    """Give a seeded site in a folder."""
    data = folder / "data"
    data.mkdir(mode=0o700)
    with database() as url:
        yield Site(environment_of(data, url))


def wait_until(condition, seconds):
    """Wait until something holds; fail where it does not within so many seconds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


if __name__ == "__main__":
    {"seed": seed, "serve": serve}[sys.argv[1]]()
