"""Journeys through a year of delivery, on the simulated year of the bundled example."""

import json
import os
import re
import subprocess
import sys

from conftest import overflow_of

DELIVERY = "/plans/1/delivery"
WORK = "/plans/1/delivery/work/"
COUNTED = """
import json, django; django.setup()
from luoshi_web.reporting.selectors import year_of, version_of
year = year_of(1); plan = version_of(1, year.version).plan
kinds = {target.id: target.kind.value for target in plan.targets}
print(json.dumps({
    "bound": {target: [source.kind.value, kinds[target]] for target, source in year.sources.items()},
    "entries": year.number, "simulated": year.is_simulated,
}))
"""


def asked_of_the_data(site, code):
    """Run a few lines on a site's data folder, as a command on the server would."""
    environment = os.environ | {
        "LUOSHI_DATA_DIR": str(site.data),
        "DJANGO_SETTINGS_MODULE": "luoshi_web.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_the_simulated_year_is_drawn_from_rosters_and_statistics_and_says_so(
    year_site, open_year_as, picture
):
    found = asked_of_the_data(year_site, COUNTED)
    from_registers = [
        kind for how, kind in found["bound"].values() if how in ("roster", "import", "register")
    ]
    counts_and_amounts = [kind for kind in from_registers if kind in ("count", "amount", "increment")]
    assert len(counts_and_amounts) >= 40, len(counts_and_amounts)
    assert found["simulated"]
    page = open_year_as("demo-leader")
    for path, name in (
        ("/", "year-at-a-glance"),
        ("/lights/", "lights"),
        ("/months/", "months"),
        ("/units/", "units"),
        ("/rosters/", "rosters"),
        ("/statistics/", "statistics"),
        ("/wall/", "wall"),
    ):
        page.goto(f"{year_site.address}{DELIVERY}{path}")
        assert "模拟数据" in page.inner_text("body"), path
        assert "2026年10月9日" in page.inner_text("body"), path
        assert overflow_of(page) <= 0, path
        picture(page, name)
    page.goto(f"{year_site.address}{DELIVERY}/")
    card = page.locator("section", has_text="预测最可能完不成的")
    assert card.locator("li").count() == 10
    card.locator("a").first.click()
    assert re.search(r"预测 (pace|profile|level)-1", page.inner_text("main"))
    assert page.locator(".course-chart .fan").count() >= 1


def test_a_liaison_reports_on_a_phone_and_loses_no_word_with_the_connection(year_site, open_year_as, picture):
    page = open_year_as("demo-liaison", width=390, height=844)
    page.goto(f"{year_site.address}{WORK}")
    assert overflow_of(page) <= 0
    picture(page, "phone-work")
    due = page.locator(".duty.need-due a")
    before = due.count()
    assert before > 3
    title = due.nth(0).inner_text()
    due.nth(0).click()
    assert overflow_of(page) <= 0
    address = page.url
    page.context.set_offline(True)
    page.fill("#progress", "三季度已完成年度任务的四分之三")
    assert "没有网络，已存在本机" in page.inner_text("[data-kept]")
    page.click("button[value=file]")
    assert page.url == address
    page.context.set_offline(False)
    page.reload()
    assert page.input_value("#progress") == "三季度已完成年度任务的四分之三"
    for box in page.locator(".ask input").all():
        box.fill("100")
    picture(page, "phone-report")
    page.click("button[value=file]")
    page.wait_for_selector(".notice-success, .messages, .alert-success")
    page.goto(f"{year_site.address}{WORK}")
    assert page.locator(".duty.need-due a").count() == before - 1
    assert title not in page.locator(".duty.need-due").all_inner_texts()
    # "No change" is one tap in the list.
    left = due.count()
    page.locator(".duty.need-due button[value=unchanged]").first.click()
    page.wait_for_load_state()
    assert page.locator(".duty.need-due a").count() == left - 1
    # Nothing is left of it on the phone.
    assert (
        page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('luoshi:report')).length")
        == 0
    )


def test_a_head_returns_and_passes_and_a_supervisor_accepts(year_site, open_year_as, picture):
    liaison = open_year_as("demo-liaison")
    liaison.goto(f"{year_site.address}{WORK}")
    liaison.locator(".duty.need-due a").nth(0).click()
    title = liaison.locator(".crumbs li").nth(1).inner_text()
    for box in liaison.locator(".ask input").all():
        box.fill("90")
    liaison.fill("#progress", "头一回这样写")
    liaison.click("button[value=file]")
    liaison.wait_for_url(lambda url: "/reports/" not in url)

    head = open_year_as("demo-unit-head")
    head.goto(f"{year_site.address}{WORK}")
    waiting = head.locator(".todo", has_text="头一回这样写")
    waiting.locator("[name=reason]").fill("请写清节点")
    picture(head, "head-work")
    waiting.get_by_text("退回", exact=True).click()
    head.wait_for_load_state()
    assert head.locator(".todo", has_text="头一回这样写").count() == 0

    liaison.goto(f"{year_site.address}{WORK}")
    returned = liaison.locator(".duty.need-returned", has_text=title)
    assert "请写清节点" in returned.inner_text()
    returned.locator("a").click()
    assert "请写清节点" in liaison.inner_text("main")
    liaison.fill("#progress", "八月完成主体，九月装修")
    liaison.click("button[value=file]")
    liaison.wait_for_url(lambda url: "/reports/" not in url)

    head.goto(f"{year_site.address}{WORK}")
    head.locator(".todo", has_text="八月完成主体").get_by_text("报出").click()
    head.wait_for_load_state()

    supervisor = open_year_as("demo-supervisor")
    supervisor.goto(f"{year_site.address}{WORK}")
    picture(supervisor, "supervisor-work")
    row = supervisor.locator("tr", has_text="八月完成主体")
    row.locator("input[type=checkbox]").check()
    supervisor.get_by_text("采纳所选").click()
    supervisor.wait_for_load_state()
    assert supervisor.locator("tr", has_text="八月完成主体").count() == 0
    supervisor.goto(f"{year_site.address}{DELIVERY}/lights/?q={title}")
    supervisor.locator("tr[data-row] a").nth(0).click()
    assert "已采纳" in supervisor.inner_text("main")


def test_a_supervisor_draws_a_sample_and_checks_it(year_site, open_year_as, picture):
    page = open_year_as("demo-supervisor")
    page.goto(f"{year_site.address}{DELIVERY}/rosters/")
    addresses = [one.get_attribute("href") for one in page.locator("tr[data-row] a").all()]
    for address in addresses:
        page.goto(year_site.address + address)
        if "单位负责人审核" in page.inner_text(".figure.known") and page.locator("#seed").count():
            break
    else:
        raise AssertionError("no roster without a sample")
    page.fill("#seed", "20261009")
    page.get_by_role("button", name="抽样").click()
    page.wait_for_load_state()
    assert "种子“20261009”" in page.inner_text("main")
    drawn = page.locator("form[action$='/check/']").count()
    assert drawn > 0
    picture(page, "sample")
    for _one in range(drawn):
        page.locator("button[name=right][value='1']").first.click()
        page.wait_for_load_state()
    assert page.locator("form[action$='/check/']").count() == 0
    assert "督查抽样核实" in page.inner_text(".figure.known")


def test_a_leader_is_two_clicks_from_a_red_light_to_its_evidence(year_site, open_year_as, picture):
    page = open_year_as("demo-leader")
    page.goto(f"{year_site.address}{DELIVERY}/lights/?light=far_behind")
    rows = page.locator("tr[data-row] a")
    titles = rows.all_inner_texts()
    assert len(titles) > 10
    for place in range(len(titles)):
        page.goto(f"{year_site.address}{DELIVERY}/lights/?light=far_behind")
        rows.nth(place).click()
        files = page.locator("a[href*='/delivery/files/']")
        if files.count():
            break
    else:
        raise AssertionError("no red light has evidence")
    assert "严重滞后" in page.inner_text(".lights-line")
    picture(page, "red-light")
    with page.expect_download() as waiting:
        files.first.click()
    assert "模拟佐证材料" in waiting.value.path().read_text(encoding="utf-8")


def test_the_year_as_of_a_past_day_says_so_and_offers_no_act(year_site, open_year_as, picture):
    page = open_year_as("demo-supervisor")
    page.goto(f"{year_site.address}{DELIVERY}/?on=2026-05-31")
    assert "2026年5月31日" in page.inner_text("main")
    picture(page, "as-of")
    page.goto(f"{year_site.address}{DELIVERY}/lights/?on=2026-05-31")
    page.locator("tr[data-row] a").nth(0).click()
    assert re.search(r"on=2026-05-31", page.url)
    assert page.locator("main form[method=post]").count() == 0


def test_the_public_sees_what_was_released_and_nothing_else(year_site, open_year_as, picture):
    supervisor = open_year_as("demo-supervisor")
    everything = set()
    for number in (1, 2, 3):
        supervisor.goto(f"{year_site.address}{DELIVERY}/lights/?page={number}")
        everything |= set(supervisor.locator("tr[data-row] td.main a").all_inner_texts())
    assert len(everything) > 200
    supervisor.goto(f"{year_site.address}{DELIVERY}/")
    supervisor.get_by_text("公众看到的").click()
    assert "/public/1/" in supervisor.url

    page = open_year_as("", width=390, height=844)
    page.goto(f"{year_site.address}/public/")
    page.locator(".portal-years a").click()
    assert "模拟数据" in page.inner_text("body")
    assert overflow_of(page) <= 0
    picture(page, "public-phone")
    released = set(page.locator(".portal-rows h2").all_inner_texts())
    assert 3 <= len(released) <= 12
    assert released < everything
    text = page.inner_text("body")
    assert [title for title in everything - released if f"\n{title}\n" in text] == []
    page.locator(".portal-rows a").first.click()
    assert overflow_of(page) <= 0
    assert "报告原文" in page.inner_text("main")
    picture(page, "public-commitment-phone")
    assert page.context.cookies() == []
    # What is not released is not there, and work is behind the sign-in.
    assert page.goto(f"{year_site.address}/public/1/k-0000000000/").status == 404
    page.goto(f"{year_site.address}{DELIVERY}/lights/")
    assert "/sign-in/" in page.url

    wide = open_year_as("")
    wide.goto(f"{year_site.address}/public/1/?lang=en")
    assert "Public record" in wide.inner_text("h1")
    assert overflow_of(wide) <= 0
    picture(wide, "public-en")
    with wide.expect_download() as waiting:
        wide.get_by_role("link", name="CSV").click()
    assert "模拟数据" in waiting.value.suggested_filename or "Simulated" in waiting.value.suggested_filename
