"""Headers, content policy, escaping, error pages, secrets: what must hold on every page."""

import os
import re
import stat
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from luoshi.plan.items import ItemKind, by_id, of_kind, with_lists
from luoshi.plan.model import Basis, Unit
from luoshi_web import environment
from luoshi_web.frame.clock import now
from luoshi_web.plans import store
from luoshi_web.rights import Role

PAGES = (
    "/", "/imports/new/", "/imports/plan-file/", "/password/", "/plans/{}/draft/overview/", "/plans/{}/draft/calendar/",
    "/plans/{}/draft/report/?at=S1:20-30&open=c-station", "/plans/{}/draft/search/?q=学校", "/plans/{}/draft/mechanisms/",
    "/plans/{}/draft/commitments/?open=c-station", "/plans/{}/draft/targets/", "/plans/{}/draft/projects/",
    "/plans/{}/draft/terms/", "/plans/{}/draft/claims/", "/plans/{}/draft/versions/",
    "/plans/{}/draft/versions/compare/?old=v1&new=draft", "/plans/{}/draft/items/m-steps/", "/plans/{}/desk/",
    "/plans/{}/desk/history/", "/plans/{}/desk/units/", "/plans/{}/desk/publish/", "/nothing-here/",
)  # fmt: skip
OTHERS = (
    (Role.SYSTEM_ADMINISTRATOR, "/users/"),
    (Role.SYSTEM_ADMINISTRATOR, "/users/new/"),
    (Role.SYSTEM_ADMINISTRATOR, "/users/1/"),
    (Role.SYSTEM_ADMINISTRATOR, "/settings/"),
    (Role.SECURITY_ADMINISTRATOR, "/users/1/roles/"),
    (Role.AUDITOR, "/audit/"),
    (Role.AUDITOR, "/users/"),
)


class Inline(HTMLParser):
    """Collects scripts, styles and handlers that stand in the page itself."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        self.found += [
            f"{tag} {name}" for name in names if name == "style" or name.startswith(("on", "hx-on"))
        ]
        self.found += [
            f"{tag} {value}"
            for value in names.values()
            if (value or "").strip().lower().startswith("javascript:")
        ]
        if tag in {"script", "link", "img", "iframe", "source"}:
            address = names.get("src") or names.get("href") or ""
            if address and not re.match(r"/static/|/plans/\d+/[^/]+/print\.css\?", address):
                self.found.append(f"{tag} {address}")


def assert_is_safe(answer):
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "no-store" in answer["Cache-Control"]
    page = Inline()
    page.feed(answer.content.decode())
    assert page.found == []


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_its_headers_and_nothing_inline(address, published, supervisor):
    assert_is_safe(supervisor.get(address.format(published.plan_year_id)))


@pytest.mark.parametrize(("role", "address"), OTHERS)
def test_every_page_of_the_administrations_too(role, address, published, client_of):
    assert_is_safe(client_of(role).get(address))


def test_the_sign_in_page_too(client, db):
    assert_is_safe(client.get("/sign-in/"))


def test_the_finder_of_inline_code_finds_it():
    page = Inline()
    page.feed(
        "<p style='x' onclick=y><script>z</script><a href='javascript:1'><script src='https://x.example/a.js'></script>"
    )
    assert len(page.found) == 5


HOSTILE = "<script>alert(1)</script>'\"><img src=x onerror=alert(2)>{{7*7}}{% now %}"


@pytest.fixture
def hostile_plan_year(db, plan):
    """A plan whose every text is an attack."""

    def poisoned(item):
        changes = {
            name: HOSTILE
            for name, value in msgspec.structs.asdict(item).items()
            if isinstance(value, str)
            and name
            not in {
                "id",
                "commitment",
                "section",
                "lead_unit",
                "procedure",
                "member_of",
                "parent",
                "supersedes",
            }
        }
        bases = (Basis(field="title", confidence=0.1, code="P390", parameters={"reason": HOSTILE}),)
        return msgspec.structs.replace(item, **changes, bases=bases)

    plan = with_lists(
        plan, {kind: tuple(poisoned(item) for item in of_kind(plan, kind)) for kind in ItemKind}
    )
    text = plan.sources[0].text.replace("各位代表", "<b>各</b>")
    source = msgspec.structs.replace(
        plan.sources[0], title=HOSTILE, name=HOSTILE, body=HOSTILE, session=HOSTILE, text=text
    )
    plan = msgspec.structs.replace(
        plan,
        place=msgspec.structs.replace(plan.place, name="<b>云川</b>"),
        sources=(source,),
        sections=tuple(msgspec.structs.replace(section, title=HOSTILE) for section in plan.sections),
        units=tuple(Unit(id=unit.id, name=HOSTILE) for unit in plan.units),
    )
    row = store.add_plan_year(plan.place, plan.year, by=HOSTILE, at=now())
    store.add_draft(row.pk, plan, by=HOSTILE, at=now())
    return row


@pytest.fixture
def hostile_client(hostile_plan_year):
    from luoshi_web.accounts.services import create_demo_users

    person = next(u for u in create_demo_users(hostile_plan_year.pk) if u.role is Role.SUPERVISOR)
    client = Client()
    client.post("/sign-in/", {"username": person.username, "password": person.password})
    return client


@pytest.mark.parametrize(
    "page",
    [
        "overview",
        "calendar",
        "report",
        "mechanisms",
        "commitments",
        "targets",
        "projects",
        "terms",
        "claims",
        "versions",
    ],
)
def test_texts_of_a_report_are_shown_and_never_run(page, hostile_plan_year, hostile_client):
    answer = hostile_client.get(reverse(f"plans:{page}", args=[hostile_plan_year.pk, "draft"]))
    assert answer.status_code == 200
    assert_is_safe(answer)
    assert "<img src=x" not in answer.content.decode()
    assert "<b>" not in answer.content.decode()


def test_items_of_a_hostile_plan_are_shown_and_never_run(plan, hostile_plan_year, hostile_client):
    for identity in by_id(plan):
        answer = hostile_client.get(reverse("plans:item", args=[hostile_plan_year.pk, "draft", identity]))
        assert answer.status_code == 200
        assert_is_safe(answer)
        assert "<img src=x" not in answer.content.decode()


def test_what_is_searched_for_is_shown_and_never_run(published, supervisor):
    for address in ("search", "commitments", "mechanisms"):
        answer = supervisor.get(
            reverse(f"plans:{address}", args=[published.plan_year_id, "draft"]), {"q": HOSTILE}
        )
        assert_is_safe(answer)
        assert "<img src=x" not in answer.content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_cells_that_look_like_formulas_are_neutralised(form, plan_year, plan, supervisor):
    import io

    from openpyxl import load_workbook

    from luoshi_web.plans.store import lock_draft, set_draft, together

    evil = tuple(msgspec.structs.replace(t, indicator='=HYPERLINK("http://x")') for t in plan.targets)
    with together():
        set_draft(lock_draft(plan_year.pk), msgspec.structs.replace(plan, targets=evil), by="测试", at=now())
    answer = supervisor.get(reverse("plans:export", args=[plan_year.pk, "draft", "targets", form]))
    if form == "csv":
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        assert "'=HYPERLINK" in text
        assert ",=HYPERLINK" not in text
    else:
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet["B2"].value == '\'=HYPERLINK("http://x")'
        assert sheet["B2"].data_type == "s"


def test_a_form_without_its_token_is_refused_with_a_page_that_says_why(people):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_a_page_that_is_not_there_says_so(supervisor):
    answer = supervisor.get("/plans/999999/draft/targets/")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()


def test_an_error_of_the_site_shows_a_page_without_its_insides(plan_year, people, client_of, monkeypatch):
    from luoshi_web.plans.views import overview

    client = client_of(Role.SUPERVISOR)
    client.raise_request_exception = False
    monkeypatch.setattr(overview, "summary_of", lambda index: 1 / 0)
    answer = client.get(reverse("plans:overview", args=[plan_year.pk, "draft"]))
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "系统出了差错" in page
    assert "ZeroDivisionError" not in page
    assert "Traceback" not in page


def test_an_error_in_a_partial_request_is_a_notice(plan_year, client_of, monkeypatch):
    from luoshi_web.plans.views import lists

    client = client_of(Role.SUPERVISOR)
    client.raise_request_exception = False
    monkeypatch.setattr(lists, "ask", lambda *args: 1 / 0)
    answer = client.get(
        reverse("plans:targets", args=[plan_year.pk, "draft"]), headers={"HX-Request": "true"}
    )
    assert answer.status_code == 500
    assert "<html" not in answer.content.decode()
    assert "系统出了差错" in answer.content.decode()


def test_a_host_that_the_site_does_not_have_is_refused_without_insides(client):
    answer = client.get("/sign-in/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "请求无法理解" in answer.content.decode()
    assert "ALLOWED_HOSTS" not in answer.content.decode()


def settings_with(tmp_path, **variables):
    code = "import django; django.setup(); from django.conf import settings as s; print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS)"
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LUOSHI_", "DJANGO_", "DATABASE"))
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        env=kept | {"LUOSHI_DATA_DIR": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "luoshi_web.settings"} | variables,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_nothing_switches_the_debug_pages_on(tmp_path):
    done = settings_with(tmp_path, DEBUG="1", DJANGO_DEBUG="1", LUOSHI_DEBUG="1")
    assert done.stdout.split()[0] == "False", done.stderr


def test_with_https_cookies_are_secure_and_browsers_are_told(tmp_path):
    done = settings_with(tmp_path, LUOSHI_HTTPS="true", LUOSHI_HSTS_SECONDS="3600")
    assert done.stdout.split() == ["False", "True", "3600"], done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LUOSHI_HTTPS", "perhaps"),
        ("LUOSHI_IDLE_MINUTES", "soon"),
        ("LUOSHI_IDLE_MINUTES", "0"),
        ("DATABASE_URL", "mysql://x/y"),
    ],
)
def test_a_variable_that_cannot_be_used_stops_the_start_and_is_named(tmp_path, name, value):
    done = settings_with(tmp_path, **{name: value})
    assert done.returncode != 0
    assert name in done.stderr.strip().splitlines()[-1]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file modes")
def test_the_secret_is_made_once_and_its_owner_alone_can_read_it(tmp_path):
    settings_with(tmp_path)
    key = tmp_path / "data" / "secret.key"
    first = key.read_text()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(first.strip()) >= 50
    settings_with(tmp_path)
    assert key.read_text() == first


def test_a_secret_from_two_places_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("LUOSHI_SECRET_KEY", "x" * 50)
    monkeypatch.setenv("LUOSHI_SECRET_KEY_FILE", str(tmp_path / "key"))
    with pytest.raises(ImproperlyConfigured, match="not both"):
        environment.env_secret("LUOSHI_SECRET_KEY", made_in=tmp_path / "made")


def test_every_variable_that_the_code_reads_is_declared():
    declared = {setting.name for setting in environment.SETTINGS}
    package = Path(environment.__file__).parent
    read = {
        name
        for path in package.rglob("*.py")
        for name in re.findall(
            r"env_(?:text|bool|int|list|choice|secret)\(\s*\"([A-Z_]+)\"", path.read_text(encoding="utf-8")
        )
    }
    assert read <= declared
    assert declared - read == {"LUOSHI_SECRET_KEY_FILE"}


def test_every_variable_is_explained_in_both_languages():
    for setting in environment.SETTINGS:
        assert setting.help.endswith("."), setting.name
        assert setting.zh.endswith("。"), setting.name


def test_the_settings_page_shows_no_secret(client_of, monkeypatch):
    monkeypatch.setenv("LUOSHI_SECRET_KEY", "very-secret-value-that-nobody-may-see")
    page = client_of(Role.SYSTEM_ADMINISTRATOR).get("/settings/").content.decode()
    assert "LUOSHI_SECRET_KEY" in page
    assert "very-secret-value" not in page


def test_files_of_the_site_come_with_headers_and_a_year_s_memory(client, db):
    answer = client.get("/static/luoshi/frame.js")
    answer.close()
    assert answer.status_code == 200
    assert "max-age=31536000" in answer["Cache-Control"]
    assert "default-src 'self'" in answer["Content-Security-Policy"]
