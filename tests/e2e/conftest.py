"""A real site, started as a user starts it, and a real Chromium."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SCREENSHOTS = os.environ.get("LUOSHI_SCREENSHOTS", "")


@dataclass(frozen=True)
class Site:
    """A running site: its address, its data folder, and the demonstration users' passwords by role."""

    address: str
    data: Path
    passwords: dict[str, str]


@contextmanager
def _running(data, *options):
    """Run a site as a user starts it, and end it as a service manager does."""
    log = data / "log.txt"
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("LUOSHI_") and key != "DATABASE_URL"
    }
    environment["LUOSHI_LANG"] = "en"
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "luoshi_cli", "up", *options, "--data-dir", str(data)],
            stdout=out,
            stderr=subprocess.STDOUT,
            env=environment,
        )
    try:
        address = _wait(process, data / "site.json", log)
        people = json.loads((data / "demo-users.json").read_text(encoding="utf-8"))
        yield Site(address, data, {one["name"]: one["password"] for one in people})
    finally:
        process.terminate()
        process.wait(timeout=20)
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said, said


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """A site whose example is a draft to be reviewed."""
    with _running(tmp_path_factory.mktemp("draft"), "--draft-only") as running:
        yield running


@pytest.fixture(scope="session")
def year_site(tmp_path_factory):
    """A site whose example has its simulated year."""
    with _running(tmp_path_factory.mktemp("year")) as running:
        yield running


def _wait(process, note, log):
    for _ in range(1200):
        if process.poll() is not None:
            pytest.fail(f"the site stopped: {log.read_text(encoding='utf-8')}")
        if note.exists():
            try:
                address = json.loads(note.read_text(encoding="utf-8"))["address"]
                urllib.request.urlopen(address + "health/", timeout=2)
                return address.rstrip("/")
            except (OSError, ValueError):
                pass
        time.sleep(0.2)
    pytest.fail(f"the site did not start: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def chromium():
    path = os.environ.get("LUOSHI_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_as(site, chromium):
    """Return a function that signs a demonstration user in and gives his page; what the browser complains of fails the test."""
    with _opener(site, chromium) as open_page:
        yield open_page


@pytest.fixture
def open_year_as(year_site, chromium):
    """Return the same for the site with a simulated year."""
    with _opener(year_site, chromium) as open_page:
        yield open_page


@contextmanager
def _opener(site, chromium):
    contexts, complaints = [], []

    def open_page(name, *, width=1440, height=900, language="zh"):
        context = chromium.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        contexts.append(context)
        if language == "en":
            context.add_cookies([{"name": "luoshi_language", "value": "en", "url": site.address}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        if name:
            page.goto(f"{site.address}/sign-in/")
            page.fill("[name=username]", name)
            page.fill("[name=password]", site.passwords[name])
            page.click("main button.btn-primary")
            page.wait_for_url(lambda url: "sign-in" not in url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    # An answer of 409 or 422 is part of some journeys, and so is a lost connection; Chromium calls them failed resources.
    expected = ("status of 4", "net::ERR_INTERNET_DISCONNECTED")
    assert [text for text in complaints if not any(one in text for one in expected)] == []


@pytest.fixture
def picture():
    """Return a function that keeps a picture of a page where LUOSHI_SCREENSHOTS names a folder."""

    def take(page, name):
        if SCREENSHOTS:
            Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(Path(SCREENSHOTS) / f"{name}.png"))

    return take


def overflow_of(page):
    """Return by how many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
