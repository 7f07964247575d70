"""Five journeys of people through the site, in a real browser against a site started as users start it."""

import io
import re

import openpyxl
from conftest import overflow_of
from docx import Document

SMALL = """2026年澄溪县政府工作报告

一、2025年工作回顾
过去一年，全县新建标准厂房12万平方米，城镇新增就业2100人。

二、2026年重点工作
（一）壮大县域产业。新增规上工业企业6家，完成技改投资9亿元以上。推进澄溪冷链物流园年内开工，6月底前建成青石桥农贸市场。
（二）办好民生实事。改造老旧小区8个，新增公办幼儿园学位450个，农村自来水普及率达到96%。
（三）改善生态环境。完成人工造林1.2万亩，全面推行河长制，县城污水处理率稳定在97%以上。

三、加强政府自身建设
严格控制一般性支出，“三公”经费压减5%以上，人大代表建议答复率达到100%。

名词解释
河长制：由各级党政负责同志担任河长，负责组织领导相应河湖的管理和保护工作。
"""


def plan_id(page):
    return re.search(r"/plans/(\d+)/", page.url)[1]


def import_small(page, site, year):
    """Upload the small report for a year of its own and wait at the desk."""
    page.goto(f"{site.address}/imports/new/")
    page.set_input_files(
        "input[type=file]",
        {
            "name": f"澄溪县{year}.txt",
            "mimeType": "text/plain",
            "buffer": SMALL.replace("2026", str(year)).replace("2025", str(year - 1)).encode(),
        },
    )
    page.click("main form .btn-primary")
    page.wait_for_url("**/desk/**", timeout=60_000)
    return plan_id(page)


def test_a_supervisor_turns_a_report_into_a_published_plan(site, open_as, picture):
    page = open_as("demo-supervisor")
    key = import_small(page, site, 2026)
    assert page.locator("h1").inner_text() == "审定台"
    picture(page, "desk-small")

    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{site.address}/plans/{key}/desk/?show=open")
    # What is left after the sure ones is taken entry by entry with the keyboard.
    bulk = page.locator("form[action$='accept_sure/'] button")
    if bulk.is_enabled():
        bulk.click()
        page.wait_for_selector(".desk-said")
    for _ in range(80):
        if page.locator(".desk-none").count():
            break
        before = page.locator(".desk-tally").inner_text()
        page.keyboard.press("a")
        page.wait_for_function(
            "before => document.querySelector('.desk-tally').innerText !== before", arg=before
        )
    assert page.locator(".desk-none").count() == 1

    page.click("a[href$='/desk/publish/']")
    page.click("main form button.btn-primary")
    page.wait_for_url("**/versions/**")
    assert "第1版" in page.locator("main").inner_text()
    picture(page, "versions-small")
    with page.expect_download() as got:
        page.locator("a[href*='.xlsx']").first.click()
    book = openpyxl.load_workbook(io.BytesIO(got.value.path().read_bytes()))
    cells = [
        str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None
    ]
    assert any("新增规上工业企业" in cell for cell in cells)
    with page.expect_download() as got:
        page.locator("a[href*='.docx']").first.click()
    table = Document(io.BytesIO(got.value.path().read_bytes())).tables[0]
    assert any("老旧小区" in cell.text for row in table.rows for cell in row.cells)


def test_a_reviewer_edits_splits_merges_and_undoes_by_keyboard(site, open_as, picture):
    page = open_as("demo-supervisor")
    key = import_small(page, site, 2027)
    page.goto(f"{site.address}/plans/{key}/desk/?show=all&q=老旧小区")
    tally = page.locator(".desk-chips .chip.is-on .n").inner_text()

    page.keyboard.press("e")
    page.fill("[data-panel-body=edit] [name=title]", "改造一批老旧小区")
    page.click("[data-panel-body=edit] .btn-primary")
    page.wait_for_function("() => document.querySelector('#card h2').innerText.includes('改造一批老旧小区')")
    page.keyboard.press("l")
    page.fill("#lead", "县住房和城乡建设局")
    page.click("[data-panel-body=assign] .btn-primary")
    page.wait_for_function(
        "() => document.querySelector('.desk-facts').innerText.includes('县住房和城乡建设局')"
    )
    picture(page, "desk-edited")

    page.keyboard.press("u")
    page.wait_for_function(
        "() => !document.querySelector('.desk-facts').innerText.includes('县住房和城乡建设局')"
    )
    page.keyboard.press("u")
    page.wait_for_function("() => !document.querySelector('#card h2').innerText.includes('改造一批老旧小区')")
    assert page.locator(".desk-chips .chip.is-on .n").inner_text() == tally

    page.goto(f"{site.address}/plans/{key}/desk/?show=all&kind=commitment")
    count = page.locator(".desk-entry").count()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.wait_for_function("() => document.querySelectorAll('.desk-entry')[1].classList.contains('is-at')")
    page.keyboard.press("x")
    page.keyboard.press("m")
    page.wait_for_function(
        "count => document.querySelectorAll('.desk-entry').length === count - 1", arg=count
    )
    page.keyboard.press("u")
    page.wait_for_function("count => document.querySelectorAll('.desk-entry').length === count", arg=count)

    page.goto(f"{site.address}/plans/{key}/desk/?show=all&kind=commitment")
    entries = page.locator(".desk-entry a")
    for number in range(entries.count()):
        if number:
            # The first entry is open already; to open it again would swap the card under the keys below.
            page.locator(".desk-entry a").nth(number).click()
        page.wait_for_function(
            "n => document.querySelectorAll('.desk-entry')[n].classList.contains('is-at')", arg=number
        )
        if page.locator("[data-panel=split]").count():
            break
    page.keyboard.press("s")
    page.locator(".cut span").first.click()
    page.click("[data-panel-body=split] .btn-primary")
    page.wait_for_function(
        "count => document.querySelectorAll('.desk-entry').length === count + 1", arg=count
    )
    page.goto(f"{site.address}/plans/{key}/desk/history/")
    assert "拆分" in page.locator("main").inner_text()


def test_a_leader_goes_from_the_overview_to_the_sentence(site, open_as, picture):
    page = open_as("demo-leader")
    page.get_by_text("绫江市").first.click()
    page.wait_for_url("**/overview/**")
    picture(page, "overview")
    page.click("nav a[href$='/report/']")
    page.locator("a.mk-target").first.click()
    page.wait_for_selector("#drawer.is-open .quote mark")
    words = page.locator("#drawer .quote mark").first.inner_text()
    picture(page, "report")
    page.locator("#drawer [data-source]").first.click()
    page.wait_for_selector("#at")
    focused = "".join(page.locator(".is-focus").all_inner_texts())
    assert words
    assert words in focused
    page.keyboard.press("Escape")
    page.wait_for_function("() => !document.getElementById('drawer').classList.contains('is-open')")
    page.click("nav a[href$='/mechanisms/']")
    assert "八步走" in page.locator("main").inner_text()
    picture(page, "mechanisms")
    assert page.locator("a[href*='/desk/']").count() == 0


def test_every_screen_fits_a_phone(site, open_as, picture):
    page = open_as("demo-supervisor", width=390, height=844)
    page.get_by_text("绫江市").first.click()
    page.wait_for_url("**/overview/**")
    key = plan_id(page)
    for screen in (
        "overview",
        "calendar",
        "report",
        "commitments",
        "targets",
        "projects",
        "mechanisms",
        "terms",
        "claims",
        "versions",
    ):
        page.goto(f"{site.address}/plans/{key}/draft/{screen}/")
        assert overflow_of(page) == 0, screen
        picture(page, f"phone-{screen}")
    for address in (f"/plans/{key}/desk/", "/imports/new/", "/"):
        page.goto(site.address + address)
        assert overflow_of(page) == 0, address
    page.goto(f"{site.address}/plans/{key}/draft/commitments/")
    page.locator("[data-row]").first.click()
    page.wait_for_selector("#drawer.is-open .quote")
    assert overflow_of(page) == 0
    picture(page, "phone-drawer")


def test_the_administrations_stand_apart_and_read_english(site, open_as, picture):
    page = open_as("demo-security", language="en")
    page.goto(f"{site.address}/users/")
    assert page.locator("html").get_attribute("lang") == "en"
    picture(page, "users-en")
    assert page.goto(f"{site.address}/audit/").status == 403
    auditor = open_as("demo-auditor", language="en")
    assert auditor.goto(f"{site.address}/audit/").status == 200
    assert "signed in" in auditor.locator("main").inner_text()
    assert auditor.goto(f"{site.address}/users/").status == 403
    picture(auditor, "audit-en")
    system = open_as("demo-system", language="en")
    assert system.goto(f"{site.address}/settings/").status == 200
    for other in (page, auditor, system):
        assert other.goto(f"{site.address}/plans/1/draft/overview/").status == 404
