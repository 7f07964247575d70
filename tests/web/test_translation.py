"""Chinese first, English complete: catalogue, compiled catalogue and pages."""

import re
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.urls import reverse

import luoshi_web
from luoshi_web.frame.msgids import texts_in
from luoshi_web.rights import Role

PACKAGE = Path(luoshi_web.__file__).parent
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
CHINESE = re.compile(r"[一-鿿、。，；：？！（）【】《》]")
# The name of the other language is written in that language.
SAID_IN_CHINESE = {"中文"}


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(CATALOGUE))


def test_the_catalogue_has_every_text_of_the_site_and_no_other(catalogue):
    there = {(entry.msgctxt or "", entry.msgid, entry.msgid_plural or "") for entry in catalogue}
    assert there == texts_in(PACKAGE)


def test_every_text_has_its_english(catalogue):
    assert [entry.msgid for entry in catalogue if not entry.translated()] == []


def test_no_english_text_has_chinese_in_it(catalogue):
    texts = [text for entry in catalogue for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [text for text in texts if re.search(r"[一-鿿]", text)] == []


def test_english_keeps_the_values_that_are_filled_in(catalogue):
    def values(text):
        return sorted(re.findall(r"%\((\w+)\)s", text))

    for entry in catalogue:
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text:
                assert values(text) == values(entry.msgid), entry.msgid


def test_the_compiled_catalogue_is_that_of_the_readable_one(catalogue):
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))

    def contents(file):
        return {(e.msgctxt, e.msgid): (e.msgstr, tuple(sorted(e.msgstr_plural.items()))) for e in file}

    assert contents(compiled) == contents(catalogue)


class Words(HTMLParser):
    """Collects the words of a page that are not marked as Chinese."""

    VOID = frozenset({"meta", "link", "input", "img", "br", "hr", "path", "rect", "circle", "line"})

    def __init__(self):
        super().__init__()
        self.open = []
        self.found = []

    def is_chinese(self, attributes=()):
        for tag_attributes in [dict(attributes), *(dict(a) for _tag, a in reversed(self.open))]:
            if "lang" in tag_attributes:
                return tag_attributes["lang"].startswith("zh")
        return False

    def handle_starttag(self, tag, attributes):
        if not self.is_chinese(attributes):
            shown = (
                "title",
                "alt",
                "placeholder",
                "aria-label",
                "data-title",
                "data-confirm",
                "data-offline",
            )
            self.found += [value for key, value in attributes if key in shown and value]
        if tag not in self.VOID:
            self.open.append((tag, attributes))

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        # The title of a window and the choices of a box cannot hold marked words; they name places and units.
        is_bare = self.open and self.open[-1][0] in {"title", "option"}
        if data.strip() and not is_bare and not self.is_chinese():
            self.found.append(data.strip())


def untranslated(page):
    words = Words()
    words.feed(page)
    return [text for text in words.found if CHINESE.search(text) and text not in SAID_IN_CHINESE]


PLAN_PAGES = (
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
)


def in_english(client):
    client.cookies["luoshi_language"] = "en"
    return client


@pytest.mark.parametrize("name", PLAN_PAGES)
def test_english_pages_of_a_plan_have_no_chinese_but_the_report_s(name, published, supervisor):
    kwargs = {"plan_year_id": published.plan_year_id, "edition": "draft"}
    page = in_english(supervisor).get(reverse(f"plans:{name}", kwargs=kwargs)).content.decode()
    assert '<html lang="en">' in page
    assert untranslated(page) == []


@pytest.mark.parametrize(
    "item", ["c-station", "t-growth", "d-station", "p-station", "m-steps", "g-steps", "r-park"]
)
def test_english_drawers_have_no_chinese_but_the_report_s(item, plan, published, supervisor):
    from luoshi.plan.items import by_id

    found = item if item in by_id(plan) else next(i for i in by_id(plan) if i.startswith(item[:2]))
    kwargs = {"plan_year_id": published.plan_year_id, "edition": "draft", "item_id": found}
    page = in_english(supervisor).get(reverse("plans:item", kwargs=kwargs)).content.decode()
    assert untranslated(page) == []


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.SUPERVISOR, "/"),
        (Role.SUPERVISOR, "/imports/new/"),
        (Role.SUPERVISOR, "/imports/plan-file/"),
        (Role.SUPERVISOR, "/password/"),
        (Role.SUPERVISOR, "/plans/{}/draft/versions/compare/?old=v1&new=draft"),
        (Role.SUPERVISOR, "/plans/{}/draft/search/?q=学校"),
        (Role.SUPERVISOR, "/plans/{}/draft/targets/?q=nothing-like-it"),
        (Role.SYSTEM_ADMINISTRATOR, "/users/"),
        (Role.SYSTEM_ADMINISTRATOR, "/users/new/"),
        (Role.SYSTEM_ADMINISTRATOR, "/settings/"),
        (Role.SECURITY_ADMINISTRATOR, "/users/1/roles/"),
        (Role.AUDITOR, "/audit/"),
        (Role.AUDITOR, "/users/"),
        (Role.AUDITOR, "/nothing-here/"),
    ],
)
def test_other_english_pages_have_no_chinese(role, address, published, client_of):
    page = in_english(client_of(role)).get(address.format(published.plan_year_id)).content.decode()
    assert untranslated(page) == []


def test_the_english_sign_in_page_has_no_chinese(client):
    page = in_english(client).get("/sign-in/").content.decode()
    assert untranslated(page) == []


def test_the_finder_of_untranslated_words_finds_them():
    assert untranslated('<p>Open <span lang="zh-Hans">学校</span></p><p title="关闭">x</p><b>审定</b>') == [
        "关闭",
        "审定",
    ]


def test_the_switch_of_languages_is_remembered(client):
    answer = client.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert answer["Location"] == "/sign-in/"
    assert "Sign in" in client.get("/sign-in/").content.decode()


def test_the_switch_never_leads_to_another_site(client):
    assert client.post("/language/", {"language": "en", "next": "//evil.example/"})["Location"] == "/"


def test_chinese_is_what_a_browser_without_a_choice_gets(client):
    page = client.get("/sign-in/", headers={"Accept-Language": "en-US,en;q=0.9"}).content.decode()
    assert '<html lang="zh-Hans">' in page
