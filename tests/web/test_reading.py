"""The report with its marks, the year's calendar, mechanisms, the overview."""

import re
from datetime import date
from html import unescape

import msgspec
import pytest
from django.urls import reverse

from luoshi.plan.model import Beat, DayType, Deadline, Procedure, ProcedureKind, Strike
from luoshi_web.plans.calendar import year_of
from luoshi_web.plans.drawing import bars_of, strip_of
from luoshi_web.plans.index import PlanIndex
from luoshi_web.plans.marking import lines_of
from luoshi_web.plans.summary import summary_of


def page(plan_year, name, **more):
    return reverse(f"plans:{name}", kwargs={"plan_year_id": plan_year.pk, "edition": "draft", **more})


def test_the_pieces_of_the_text_are_the_text(plan):
    lines = lines_of(PlanIndex(plan), "S1")
    shown = "".join("".join(piece.text for piece in line.pieces) for line in lines)
    assert shown == plan.sources[0].text.replace("\n", "")


def pieces(plan, focus=None):
    return [piece for line in lines_of(PlanIndex(plan), "S1", focus) for piece in line.pieces]


def test_a_place_opens_the_narrowest_item_and_knows_all_that_cover_it(plan):
    number = next(piece for piece in pieces(plan) if piece.text.startswith("2400"))
    target = next(t for t in plan.targets if t.indicator == "新增学位")
    assert number.item == target.id
    assert target.commitment in number.inside.split()
    assert {"commitment", "target", "number"} <= set(number.kinds)


def test_every_item_can_be_reached_by_the_keyboard_once(plan):
    first = [piece.item for piece in pieces(plan) if piece.is_first]
    assert len(first) == len(set(first))
    assert {c.id for c in plan.commitments} - set(first) <= {t.commitment for t in plan.targets} | {
        p.commitment for p in plan.projects
    }


def test_rejected_items_are_not_marked(plan):
    from luoshi.plan.review import Reject, apply

    without = apply(plan, Reject(items=("c-station",), reason="重复"))
    assert not any("c-station" in piece.inside.split() for piece in pieces(without))


def test_the_place_that_the_address_asks_for_is_shown(plan, plan_year, supervisor):
    words = "推动云川东站年内开工"
    start = plan.sources[0].text.index(words)
    found = pieces(plan, (start, start + len(words)))
    assert "".join(piece.text for piece in found if piece.is_focus) == words
    assert sum(piece.is_focus_start for piece in found) == 1
    text = supervisor.get(
        page(plan_year, "report"), {"at": f"S1:{start}-{start + len(words)}"}
    ).content.decode()
    assert text.count('id="at"') == 1


@pytest.mark.parametrize("at", ["S1:5-2", "S1:0-99999999", "S9:1-2", "nonsense", "S1:-1-5", "S1"])
def test_an_address_that_names_no_place_shows_the_report(plan_year, supervisor, at):
    answer = supervisor.get(page(plan_year, "report"), {"at": at})
    assert answer.status_code == 200
    assert 'id="at"' not in answer.content.decode()


def test_every_section_of_the_outline_leads_into_the_text(plan_year, plan, supervisor):
    text = supervisor.get(page(plan_year, "report")).content.decode()
    for target in re.findall(r'<a href="#([^"]+)"', text):
        assert f'id="{target}"' in text
    assert all(f'id="{section.id}"' in text for section in plan.sections)


def test_an_item_leads_back_to_its_sentence(plan_year, plan, supervisor):
    text = unescape(supervisor.get(page(plan_year, "item", item_id="c-station")).content.decode())
    address = re.search(r'href="([^"]+/report/\?at=[^"]+)"', text)[1]
    shown = supervisor.get(address).content.decode()
    at = re.search(r'<a[^>]*id="at"[^>]*>([^<]+)</a>', shown)
    assert at[1].startswith("推动")
    assert 'class="drawer is-open"' in shown


def test_terms_are_linked_where_they_occur(plan_year, plan, supervisor):
    steps = next(c for c in plan.commitments if "四步法" in c.text)
    text = supervisor.get(page(plan_year, "item", item_id=steps.id)).content.decode()
    assert re.search(r'class="term"[^>]*items/g-steps/', text)


def test_the_year_has_its_days_off_and_written_deadlines_alone(plan):
    year = year_of(PlanIndex(plan), today=date(2026, 3, 2))
    assert [month.workdays for month in year.months][:2] == [21, 16]
    assert year.workdays == 248
    titles = [(event.day, event.title) for month in year.months for event in month.events]
    assert titles == [(date(2026, 6, 30), "青杉社区养老服务中心建成"), (date(2026, 12, 31), "云川东站开工")]
    assert year.by_default == 3
    assert sum(day.is_today for m in year.months for week in m.weeks for day in week if day) == 1


def test_a_deadline_on_a_day_off_moves_and_one_of_a_later_year_stands_apart(plan):
    saturday = Deadline(day=date(2026, 5, 30), written="5月30日前")
    later = Deadline(day=date(2027, 6, 30), written="2027年上半年")
    changed = [
        msgspec.structs.replace(c, deadline=saturday if c.id == "c-station" else later)
        for c in plan.commitments[:2]
    ]
    year = year_of(
        PlanIndex(msgspec.structs.replace(plan, commitments=tuple(changed), projects=(), targets=())),
        today=date(2026, 1, 1),
    )
    assert [(e.day, e.nominal) for m in year.months for e in m.events] == [
        (date(2026, 5, 29), date(2026, 5, 30))
    ]
    assert len(year.later) == 1


def cadence(plan):
    return Procedure(
        id="m-beat",
        spans=plan.procedures[0].spans,
        text="一月一调度",
        name="一月一调度",
        kind=ProcedureKind.CADENCE,
        scope="项目",
        strikes=(Strike(beat=Beat.MONTH, act="调度"), Strike(beat=Beat.QUARTER, act="拉练")),
    )


def test_a_cadence_is_a_strip_of_the_year(plan):
    strip = strip_of(cadence(plan), 2026)
    assert len([tick for tick in strip.ticks if tick.level == 0]) == 12
    assert len([tick for tick in strip.ticks if tick.level == 1]) == 4
    assert [row[0] for row in strip.rows] == ["调度", "拉练"]
    assert all(0 <= tick.x <= strip.width for tick in strip.ticks)
    assert strip_of(plan.procedures[0], 2026) is None


def test_limits_are_bars_that_can_be_compared(plan):
    procedure = plan.procedures[0]
    long, short = (
        msgspec.structs.replace(procedure.limits[0], value=value)
        for value in (procedure.limits[0].value * 2, procedure.limits[0].value)
    )
    bars = bars_of(msgspec.structs.replace(procedure, limits=(long, short)))
    assert (bars[0].share, bars[1].share) == (100, 50)
    assert bars[1].text == "30工作日以内"


def test_a_bar_says_how_time_is_counted_where_its_unit_does_not(plan):
    limit = plan.procedures[0].limits[0]
    plain = msgspec.structs.replace(limit, unit="天", day_type=DayType.CALENDAR_DAY)
    money = msgspec.structs.replace(limit, unit="元", day_type=DayType.NONE)
    bars = bars_of(msgspec.structs.replace(plan.procedures[0], limits=(limit, plain, money)))
    assert [bar.day_type for bar in bars] == [None, DayType.CALENDAR_DAY, None]
    assert bars[2].share == 0


def test_each_kind_of_mechanism_is_drawn(plan_year, plan, supervisor):
    from luoshi_web.frame.clock import now
    from luoshi_web.plans.store import lock_draft, set_draft, together

    states = msgspec.structs.replace(
        plan.procedures[0], id="m-states", kind=ProcedureKind.STATE_SET, name="三库"
    )
    named_only = Procedure(
        id="m-name", spans=plan.procedures[0].spans, text="x", name="一张网", kind=ProcedureKind.SERVICE
    )
    drawn = msgspec.structs.replace(plan, procedures=(*plan.procedures, states, cadence(plan), named_only))
    with together():
        set_draft(lock_draft(plan_year.pk), drawn, by="测试", at=now())
    text = supervisor.get(page(plan_year, "mechanisms")).content.decode()
    assert '<ol class="steps"' in text
    assert '<ol class="states"' in text
    assert '<svg class="strip"' in text
    assert '<table class="bars">' in text
    assert "报告只提到名称" in text
    narrowed = supervisor.get(page(plan_year, "mechanisms"), {"kind": "cadence"}).content.decode()
    assert narrowed.count("<article") == 1
    searched = supervisor.get(page(plan_year, "mechanisms"), {"q": "会商"}).content.decode()
    assert searched.count("<article") == 2


def test_the_overview_counts_what_is_there(plan):
    summary = summary_of(PlanIndex(plan))
    assert {str(tile.kind.value): tile.count for tile in summary.tiles} == {
        "commitment": 5, "target": 5, "project": 1, "procedure": 1, "term": 1, "claim": 1,
    }  # fmt: skip
    assert [(line.name, line.counts.get("commitment")) for line in summary.sections] == [
        ("二、2026年重点工作", 5), ("（一）稳住工业经济", 2), ("（二）办好民生实事", 3),
    ]  # fmt: skip
    assert summary.unassigned == 1
    assert sum(line.counts["commitment"] for line in summary.months) == 5
    assert [line.name for line in summary.doubts] == ["云川东站开工", "新增学位"]


def test_numbers_of_the_overview_lead_to_the_lists_that_they_count(plan_year, supervisor):
    text = unescape(supervisor.get(page(plan_year, "overview")).content.decode())
    for address, shown in re.findall(
        r'<tr class="depth-\d"><td><a href="([^"]+)".*?<td class="num">(\d+)</td>', text
    ):
        listed = supervisor.get(address).content.decode()
        assert listed.count("<tr data-row") == int(shown)


def test_a_plan_without_anything_says_what_will_be_here(plan_year, plan, supervisor):
    from luoshi_web.frame.clock import now
    from luoshi_web.plans.store import lock_draft, set_draft, together

    bare = msgspec.structs.replace(
        plan,
        commitments=(),
        targets=(),
        deliverables=(),
        projects=(),
        procedures=(),
        terms=(),
        claims=(),
        passages=(),
        numbers=(),
        units=(),
    )
    with together():
        set_draft(lock_draft(plan_year.pk), bare, by="测试", at=now())
    for name in ("overview", "calendar", "report", "versions"):
        assert supervisor.get(page(plan_year, name)).status_code == 200
    for name in ("commitments", "targets", "projects", "terms", "claims"):
        assert "本计划没有这类条目" in supervisor.get(page(plan_year, name)).content.decode()
    assert "报告没有规定专门的机制" in supervisor.get(page(plan_year, "mechanisms")).content.decode()


def test_an_empty_site_says_how_to_begin(db, client):
    from luoshi_web.accounts.services import create_demo_users
    from luoshi_web.rights import Role

    person = next(u for u in create_demo_users(None) if u.role is Role.SUPERVISOR)
    client.post("/sign-in/", {"username": person.username, "password": person.password})
    assert "导入第一份报告" in client.get("/").content.decode()


def test_printed_sheets_carry_place_edition_and_day(plan_year, supervisor):
    text = supervisor.get(page(plan_year, "overview")).content.decode()
    address = re.search(r'media="print" href="([^"]+)"', text)[1]
    style = supervisor.get(address)
    assert style["Content-Type"].startswith("text/css")
    written = re.search(r'content: "([^"]+)"', style.content.decode())[1]
    words = "".join(chr(int(code, 16)) for code in written.split("\\")[1:])
    assert re.fullmatch(r"云川市 2026年 · 草案 · 截至 \d+年\d+月\d+日", words)


def test_a_place_with_a_hostile_name_cannot_write_styles(db, plan, client):
    from luoshi_web.accounts.services import create_demo_users
    from luoshi_web.frame.clock import now
    from luoshi_web.plans import store
    from luoshi_web.rights import Role

    place = msgspec.structs.replace(plan.place, name='"; } * { display: none')
    row = store.add_plan_year(place, 2026, by="测试", at=now())
    person = next(u for u in create_demo_users(row.pk) if u.role is Role.SUPERVISOR)
    client.post("/sign-in/", {"username": person.username, "password": person.password})
    style = client.get(page(row, "print_style")).content.decode()
    assert style.count("{") == 2
    assert "display" not in style
