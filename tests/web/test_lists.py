"""Lists: search, chips with counts, order, columns, saved views, export of exactly what is shown."""

import csv
import io
import re

import pytest
from django.http import QueryDict
from django.urls import reverse

from luoshi_web.plans.index import PlanIndex
from luoshi_web.plans.listing import SCREENS
from luoshi_web.plans.models import SavedView
from luoshi_web.plans.table import ask
from luoshi_web.rights import Role


def asked(plan, screen, query="", units=frozenset()):
    return ask(SCREENS[screen](PlanIndex(plan), units), QueryDict(query))


def names(listing):
    return [next(cell.text for column, cell in row.cells if column.is_main) for row in listing.rows]


def counts(listing, key):
    return {
        choice.name: choice.count for facet in listing.facets if facet.key == key for choice in facet.choices
    }


def test_a_list_shows_all_in_the_order_of_the_text(plan):
    assert names(asked(plan, "commitments")) == [
        "工业增长和规上企业培育",
        "云川东站开工",
        "学校建设",
        "青杉社区养老服务中心建成",
        "项目四步法",
    ]


def test_words_are_looked_for_in_all_that_a_row_says(plan):
    assert names(asked(plan, "commitments", "q=学位")) == ["学校建设"]  # in its targets
    assert names(asked(plan, "commitments", "q=民政局")) == ["青杉社区养老服务中心建成"]  # its unit
    assert names(asked(plan, "commitments", "q=学校+学位")) == ["学校建设"]
    assert names(asked(plan, "commitments", "q=学校+养老")) == []


def test_chips_narrow_and_count_what_choosing_them_would_show(plan):
    listing = asked(plan, "commitments")
    assert counts(listing, "figures") == {"有量化指标": 3, "无量化指标": 2}
    assert counts(listing, "sure") == {"有把握": 4, "拿不准": 1}
    narrowed = asked(plan, "commitments", "figures=no")
    assert names(narrowed) == ["云川东站开工", "青杉社区养老服务中心建成"]
    assert counts(narrowed, "sure") == {"有把握": 1, "拿不准": 1}
    # The chips of the facet itself go on counting what is beside the choice.
    assert counts(narrowed, "figures") == {"有量化指标": 3, "无量化指标": 2}


def test_two_chips_of_one_facet_add_up_and_two_facets_cut(plan):
    both = asked(plan, "targets", "kind=growth&kind=duration")
    assert names(both) == ["规模以上工业增加值", "审批时限"]
    assert names(asked(plan, "targets", "kind=growth&unit=市教育局")) == []


def test_a_section_holds_what_its_parts_hold(plan):
    assert len(asked(plan, "commitments", "section=s-work").rows) == 5
    assert len(asked(plan, "commitments", "section=s-life").rows) == 3


def test_a_query_that_names_nothing_known_is_an_empty_list_and_no_error(plan):
    assert names(asked(plan, "commitments", "section=no-such&page=-3&sort=no&cols=%00")) == []


def test_order_follows_a_column_both_ways(plan):
    rising = names(asked(plan, "targets", "sort=value"))
    assert rising == ["新建改扩建学校", "规模以上工业增加值", "新增规上工业企业", "审批时限", "新增学位"]
    assert names(asked(plan, "targets", "sort=-value")) == rising[::-1]


def test_what_has_no_value_stands_last_in_both_directions(plan):
    rising, falling = (names(asked(plan, "commitments", f"sort={sort}")) for sort in ("unit", "-unit"))
    assert rising[-1] == falling[-1] == "项目四步法"


def test_columns_are_chosen_and_the_main_one_stays(plan):
    listing = asked(plan, "targets", "cols=kind-due")
    assert [heading.column.key for heading in listing.headings] == ["title", "kind", "due"]
    assert [choice.key for choice in listing.columns if choice.is_on] == ["kind", "due"]


def test_people_of_a_unit_find_what_is_theirs(plan):
    listing = asked(plan, "commitments", "mine=lead", frozenset({"市教育局"}))
    assert names(listing) == ["学校建设"]
    assert counts(asked(plan, "commitments"), "mine") == {}


def test_a_page_of_a_long_list_says_how_many_there_are(plan, monkeypatch):
    from luoshi_web.plans import table

    monkeypatch.setattr(table, "PAGE_SIZE", 2)
    listing = asked(plan, "commitments", "page=2")
    assert (listing.page, listing.pages, len(listing.rows), listing.found) == (2, 3, 2, 5)
    assert asked(plan, "commitments", "page=99").page == 3


def address(plan_year, page_name, **more):
    return reverse(f"plans:{page_name}", kwargs={"plan_year_id": plan_year.pk, "edition": "draft", **more})


def test_a_partial_request_gets_the_list_alone(plan_year, supervisor):
    answer = supervisor.get(address(plan_year, "targets"), {"q": "学位"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<html" not in page
    assert page.count("<tr data-row") == 1
    assert 'id="export-menu"' in page
    assert f"{address(plan_year, 'export', screen='targets', form='csv')}?q=%E5%AD%A6%E4%BD%8D" in page


def test_the_page_can_be_sorted_by_its_heads(plan_year, supervisor):
    page = supervisor.get(address(plan_year, "targets"), {"sort": "value"}).content.decode()
    assert 'aria-sort="ascending"' in page
    assert "sort=-value" in page
    assert "sort=due" in page


@pytest.mark.parametrize(
    "query", [{}, {"q": "学"}, {"kind": "increment", "sort": "-value", "cols": "value-due"}]
)
def test_an_export_holds_exactly_what_is_shown(plan_year, supervisor, query):
    page = supervisor.get(address(plan_year, "targets"), query).content.decode()
    file = supervisor.get(address(plan_year, "export", screen="targets", form="csv"), query)
    head, *rows = csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig")))
    assert len(rows) == page.count("<tr data-row")
    assert [
        re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<th scope=.*?</th>", page, re.DOTALL)
    ] == head
    main = head.index("指标")
    assert [row[main] for row in rows] == re.findall(r"<a data-open[^>]*>([^<]+)</a>", page)


def test_an_export_is_noted(plan_year, supervisor):
    from luoshi_web.audit.models import AuditEntry

    supervisor.get(address(plan_year, "export", screen="claims", form="xlsx"))
    entry = AuditEntry.objects.get(action="luoshi.plan.exported")
    assert (entry.subject, entry.plan_year_id) == ("claims.xlsx", plan_year.pk)


def test_an_export_in_a_form_that_there_is_not_is_no_page(plan_year, supervisor):
    assert supervisor.get(address(plan_year, "export", screen="claims", form="exe")).status_code == 404
    assert supervisor.get(address(plan_year, "export", screen="users", form="csv")).status_code == 404


def test_a_view_is_saved_found_again_and_deleted_by_its_owner_alone(plan_year, supervisor, client_of):
    page = address(plan_year, "targets")
    supervisor.post(
        "/views/save/", {"name": "增长类", "screen": "targets", "query": "kind=growth", "next": page}
    )
    assert 'href="?kind=growth"' in supervisor.get(page).content.decode()
    assert "增长类" not in supervisor.get(address(plan_year, "projects")).content.decode()
    view = SavedView.objects.get()
    leader = client_of(Role.LEADER)
    assert "增长类" not in leader.get(page).content.decode()
    leader.post(f"/views/{view.pk}/delete/", {"next": "/"})
    assert SavedView.objects.exists()
    supervisor.post(f"/views/{view.pk}/delete/", {"next": page})
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_is_refused_with_a_sentence(plan_year, supervisor):
    page = address(plan_year, "targets")
    answer = supervisor.post(
        "/views/save/", {"name": "", "screen": "targets", "query": "", "next": page}, follow=True
    )
    assert "视图没有保存" in answer.content.decode()


def test_a_drawer_opens_beside_the_list_and_has_an_address_of_its_own(plan_year, supervisor):
    item = address(plan_year, "item", item_id="c-station")
    page = address(plan_year, "commitments") + "?sort=due"
    answer = supervisor.get(
        item, headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
    )
    assert answer["HX-Push-Url"] == f"{page}&open=c-station"
    assert "<html" not in answer.content.decode()
    reloaded = supervisor.get(answer["HX-Push-Url"]).content.decode()
    assert 'class="drawer is-open"' in reloaded
    assert reloaded.count("<tr data-row") == 5
    alone = supervisor.get(item).content.decode()
    assert "<html" in alone
    assert "推动云川东站年内开工" in alone


def test_an_item_that_is_not_there_is_no_page_and_no_drawer(plan_year, supervisor):
    assert supervisor.get(address(plan_year, "item", item_id="c-none")).status_code == 404
    page = supervisor.get(address(plan_year, "commitments"), {"open": "c-none"}).content.decode()
    assert "drawer is-open" not in page


def test_search_finds_items_and_places_of_the_text(plan_year, supervisor):
    page = supervisor.get(address(plan_year, "search"), {"q": "四步法"}).content.decode()
    assert "项目四步法" in page
    assert page.count("<mark>四步法</mark>") == 2
