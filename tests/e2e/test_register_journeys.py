"""Journeys through registers and supervision, on the simulated year of the bundled example."""

import re

from conftest import overflow_of

SERVICES = "/public/1/services"
CASES = "/plans/1/cases/service_cases"
SUPERVISION = "/plans/1/supervision"


def test_a_citizen_applies_on_a_phone_and_the_case_goes_to_its_end(year_site, open_year_as, picture):
    citizen = open_year_as("", width=390, height=844)
    citizen.goto(f"{year_site.address}{SERVICES}/service_cases/apply/")
    assert "模拟数据" in citizen.inner_text("body")
    assert overflow_of(citizen) <= 0
    citizen.fill("#title", "食品经营许可变更地址")
    citizen.fill("#field-item", "食品经营许可")
    citizen.fill("#field-applicant", "模拟·柳望舒")
    citizen.fill("#field-telephone", "13900001234")
    picture(citizen, "phone-apply")
    citizen.click("button.btn-primary")
    number = re.search(r"FW\d{8}-\d{4}", citizen.inner_text("main"))[0]
    code = citizen.inner_text(".portal-code")

    operator = open_year_as("demo-operator")
    operator.goto(f"{year_site.address}/plans/1/cases/")
    unit = operator.locator("a", has_text="政务服务办件").first
    assert unit.is_visible()
    own = year_site_unit(operator, year_site)

    supervisor = open_year_as("demo-supervisor")
    supervisor.goto(f"{year_site.address}{CASES}/?state=all&q={number}")
    supervisor.click(f"tr:has-text('{number}') a[data-open]")
    assert "模拟·柳望舒" not in supervisor.inner_text("body")
    supervisor.fill("form[action$='/dispatch/'] [name=to]", own)
    supervisor.click("form[action$='/dispatch/'] button")
    supervisor.wait_for_selector(".notice-success")
    address = supervisor.url

    operator.goto(address)
    for act, stage in (("take_over", ""), ("move", "分类审批"), ("move", "统一出件")):
        operator.locator(f"form[action$='/{act}/'] button").first.click()
        operator.wait_for_selector(".notice-success")
        if stage:
            assert operator.inner_text(".steps .is-here") == stage
    operator.click("form[action$='/contact/'] button")
    assert "模拟·柳望舒" in operator.inner_text("main")
    operator.goto(address)
    picture(operator, "case")
    operator.locator("form[action$='/close/'] button", has_text="准予").click()
    operator.wait_for_selector(".notice-success")

    citizen.goto(f"{year_site.address}{SERVICES}/track/")
    citizen.fill("[name=number]", number)
    citizen.fill("[name=code]", code.lower())
    citizen.locator("button.btn-primary").last.click()
    assert "已办结" in citizen.inner_text("main")
    assert "准予" in citizen.inner_text("main")
    assert overflow_of(citizen) <= 0
    citizen.select_option("#rating", "4")
    citizen.locator("form:has(#rating) button").click()
    assert "4 / 5" in citizen.inner_text("main")
    picture(citizen, "phone-track")


def year_site_unit(page, site):
    """Return the unit in whose name the operator takes cases in, as the form for a new case offers it."""
    page.goto(f"{site.address}{CASES}/new/")
    return page.input_value("#desk")


def test_a_drill_is_planned_and_scored_on_a_phone(year_site, open_year_as, picture):
    supervisor = open_year_as("demo-supervisor")
    supervisor.goto(f"{year_site.address}{SUPERVISION}/drills/?quarter=2026-Q4")
    supervisor.locator("[name=about]").nth(0).select_option(index=1)
    supervisor.locator("[name=site]").nth(0).fill("模拟工地")
    supervisor.locator(".panel label", has_text="演示·督查员").locator("input").check()
    supervisor.click("form[action$='/plan-drill/'] button.btn-primary")
    supervisor.wait_for_selector(".notice-success")
    phone = open_year_as("demo-supervisor", width=390, height=844)
    phone.goto(f"{year_site.address}{SUPERVISION}/drills/?quarter=2026-Q4")
    assert overflow_of(phone) <= 0
    phone.click("a:has-text('模拟工地')")
    assert overflow_of(phone) <= 0
    boxes = phone.locator(".criterion input")
    assert boxes.count() > 2
    for box in boxes.all():
        assert box.bounding_box()["height"] >= 44
        box.fill("5")
    picture(phone, "phone-sheet")
    phone.click("button.btn-large")
    phone.wait_for_selector(".notice-success")
    supervisor.reload()
    total = 5 * boxes_of(supervisor, year_site)
    assert str(total) in supervisor.locator("tr", has_text="模拟工地").inner_text()


def boxes_of(page, site):
    """Return how many criteria a sheet of the drill has."""
    address = page.locator("tr", has_text="模拟工地").locator("a").first.get_attribute("href")
    other = page.context.new_page()
    other.goto(f"{site.address}{address}")
    count = other.locator(".criterion input").count()
    other.close()
    return count


def test_a_brief_is_drafted_read_and_handed_out(year_site, open_year_as, picture):
    page = open_year_as("demo-supervisor")
    page.goto(f"{year_site.address}/plans/1/briefs/")
    # The simulated year has issued briefs, so the form for another one is folded.
    assert page.locator("main", has_text="绫督报〔2026〕6号").count() == 1
    page.locator("details:has(.brief-form) > summary").click()
    page.click(".brief-form > button.btn-primary")
    page.wait_for_url(lambda url: re.search(r"/briefs/\d+/$", url))
    assert "数据来源" in page.inner_text("main")
    assert page.locator(".paper sup a").count() > 10
    picture(page, "brief")
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow_of(page) <= 0
    picture(page, "phone-brief")
    with page.expect_download() as found:
        page.click("text=Word")
    assert found.value.suggested_filename.endswith(".docx")


def test_supervision_pages_fit_a_phone(year_site, open_year_as, picture):
    phone = open_year_as("demo-supervisor", width=390, height=844)
    for path in ("", "notices/", "notices/1/", "tasks/", "tasks/1/", "meetings/", "meetings/1/", "drills/?quarter=2026-Q2",
                 "assessment/?half=2026-H1", "settlement/"):  # fmt: skip
        phone.goto(f"{year_site.address}{SUPERVISION}/{path}")
        assert "模拟数据" in phone.inner_text("body"), path
        assert overflow_of(phone) <= 0, path
        picture(phone, "phone-" + (path.split("/")[0] or "owed"))
    for path in ("projects/places/", "approvals/days/", "projects/?on=2026-05-20"):
        phone.goto(f"{year_site.address}/plans/1/cases/{path}")
        assert overflow_of(phone) <= 0, path
        picture(phone, "phone-" + path.strip("/").split("/")[1].split("?")[0])


NEXT_REPORT = """绫江市人民政府工作报告
（2027年1月12日在绫江市第七届人民代表大会第一次会议上）
各位代表：
一、2026年工作回顾
过去一年，全市地区生产总值增长5.9%，社会消费品零售总额增长5.1%。新改建农村公路231公里，发放消费券3000万元。
二、2027年重点工作
（一）办好民生实事
新建公园5个。
"""


def test_next_years_report_is_reconciled_and_ruled_on(year_site, open_year_as, picture, tmp_path):
    report = tmp_path / "2027.txt"
    report.write_text(NEXT_REPORT, encoding="utf-8")
    supervisor = open_year_as("demo-supervisor")
    supervisor.goto(f"{year_site.address}/plans/1/reconciliation/")
    picture(supervisor, "reconciliation-empty")
    supervisor.set_input_files("[name=file]", str(report))
    supervisor.click("button:has-text('加入并核对')")
    supervisor.wait_for_selector(".notice-success")
    supervisor.goto(f"{year_site.address}/plans/1/reconciliation/?show=short")
    card = supervisor.locator("article", has_text="新改建农村公路231公里").first
    # The summary opens the form and not the commitment.
    card.locator("summary").click()
    assert "/reconciliation/" in supervisor.url
    picture(supervisor, "reconciliation")
    card.locator("button", has_text="核定").click()
    supervisor.wait_for_selector(".notice-success")
    ruled = supervisor.locator("article", has_text="新改建农村公路231公里").first
    assert "核定：未达到" in ruled.inner_text()

    phone = open_year_as("demo-supervisor", width=390, height=844)
    phone.goto(f"{year_site.address}/plans/1/reconciliation/?show=short")
    assert overflow_of(phone) <= 0
    picture(phone, "phone-reconciliation")
    phone.goto(f"{year_site.address}/plans/1/mail/")
    assert "没有设置邮件服务器" in phone.inner_text("main")
    assert overflow_of(phone) <= 0
    phone.goto(f"{year_site.address}/mail/")
    phone.check("[name=wants][value=no]")
    phone.click("main button.btn-primary")
    phone.wait_for_selector(".notice-success")
    assert phone.is_checked("[name=wants][value=no]")
    picture(phone, "phone-mail")
