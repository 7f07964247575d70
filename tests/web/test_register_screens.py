"""Screens of a register besides list and board: as of a past day, on a map, where the days go, saved filters."""

from datetime import UTC, date, datetime

import case_cast_web as cast
import pytest
from delivery_cast import Cast

from luoshi.register.case.act import Act
from luoshi.register.case.model import Channel
from luoshi_web.cases import services
from luoshi_web.frame.clock import standing_at
from luoshi_web.plans.models import SavedView
from luoshi_web.rights import Actor, Grant, Role


def on(month: int, day: int):
    return standing_at(datetime(2026, month, day, 2, tzinfo=UTC))


@pytest.fixture
def people_of(plan_year, plan):
    """The people of the city, whose plan was published in January."""
    people = Cast(plan_year)
    people.publish(date(2026, 1, 20), plan)
    return people


@pytest.fixture
def client_of(people_of):
    """A client for each role that a test asks for."""
    names = {Role.SUPERVISOR: "supervisor", Role.OPERATOR: "education-liaison"}
    return lambda role: people_of.client(names[role])


@pytest.fixture
def register(people_of):
    """Two projects: one of February that starts in March, one of April with no place."""
    pk, boss = people_of.pk, Actor(None, "督查员", (Grant(Role.SUPERVISOR),))
    operator = Actor(None, "操作员", (Grant(Role.OPERATOR, pk, cast.UNIT),))
    fields = {"flow": "政府投资", "total": "8000"}
    with on(2, 20):
        cast.offered(boss, pk, "projects", "projects")
        given = services.Intake(
            title="柳湾泵站", channel=Channel.OFFICE, fields=fields | {"point": "113.1,30.6"}
        )
        first = services.receive(operator, pk, given, procedure="projects", desk=cast.UNIT).case
    with on(3, 10):
        services.perform(operator, pk, case=first.id, act=Act.FILL, fields={"started": "2026-03-10"})
        services.perform(operator, pk, case=first.id, act=Act.MOVE, to="construction", unit="", reason="")
    with on(4, 8):
        later = services.Intake(title="槐荫水厂", channel=Channel.OFFICE, fields=fields)
        services.receive(operator, pk, later, procedure="projects", desk=cast.UNIT)
    return f"/plans/{pk}/cases/projects/", first


def test_a_list_as_of_a_past_day_shows_what_was_known_then(register, client_of):
    base, first = register
    client = client_of(Role.SUPERVISOR)
    with on(5, 1):
        page = client.get(f"{base}?on=2026-03-01").content.decode()
        assert "柳湾泵站" in page
        assert "槐荫水厂" not in page
        assert "2026-03-10" not in page
        assert "受理登记" not in page
        case = client.get(f"{base}{first.id}/?on=2026-03-01").content.decode()
        assert "进入“建设库”" not in case
        assert "进入“建设库”" in client.get(f"{base}{first.id}/").content.decode()
        assert client.get(f"{base}{first.id}/?on=2026-02-19").status_code == 404
        assert client.get(f"{base}board/?on=2026-03-01")["Location"] == f"{base}?on=2026-03-01"


def test_an_export_as_of_a_past_day_holds_what_was_known_then(register, client_of):
    base, _first = register
    with on(5, 1):
        answer = client_of(Role.SUPERVISOR).get(f"{base}export/csv/?on=2026-03-01")
        text = b"".join(answer).decode("utf-8-sig")
        assert "柳湾泵站" in text
        assert "储备库" in text
        assert "槐荫水厂" not in text
        now = b"".join(client_of(Role.SUPERVISOR).get(f"{base}export/csv/")).decode("utf-8-sig")
    assert "建设库" in now
    assert "槐荫水厂" in now


def test_nobody_acts_on_a_past_day(register, client_of):
    base, first = register
    with on(5, 1):
        client = client_of(Role.OPERATOR)
        assert "进入“达效库”" in client.get(f"{base}{first.id}/").content.decode()
        assert "进入“达效库”" not in client.get(f"{base}{first.id}/?on=2026-04-01").content.decode()
        assert client.get(f"{base}new/?on=2026-04-01").status_code == 404


def test_the_map_shows_what_has_a_place_and_counts_the_rest(register, client_of):
    base, first = register
    with on(5, 1):
        page = client_of(Role.SUPERVISOR).get(f"{base}places/").content.decode()
    assert page.count("<circle") == 1
    assert first.id in page
    assert "1 件没有填经纬度" in page


def test_a_register_without_places_has_no_map(people_of, client_of):
    boss = Actor(None, "督查员", (Grant(Role.SUPERVISOR),))
    base = f"/plans/{people_of.pk}/cases/start_ups/"
    with on(5, 1):
        cast.offered(boss, people_of.pk, "services", "start_ups")
        assert client_of(Role.SUPERVISOR).get(f"{base}places/").status_code == 404
        assert "places/" not in client_of(Role.SUPERVISOR).get(base).content.decode()


def test_days_by_stage(register, client_of):
    base, _first = register
    with on(5, 1):
        page = client_of(Role.SUPERVISOR).get(f"{base}days/").content.decode()
    # From Friday 20 February to Tuesday 10 March 2026: the holiday lasts to the 23rd; 24–28 February (Saturday the 28th is worked) 5, 2–6 March 5, 9 and 10 March 2.
    assert '<td class="num" data-title="中位数">12</td>' in page


def test_a_filter_of_a_register_is_saved_and_offered_there_alone(register, client_of):
    base, _first = register
    client = client_of(Role.SUPERVISOR)
    data = {"name": "堵着的", "screen": "cases:projects", "query": "blocked=1", "next": base}
    assert client.post("/views/save/", data).status_code == 302
    assert SavedView.objects.get().query == "blocked=1"
    with on(5, 1):
        assert "堵着的" in client.get(base).content.decode()
    assert client.post("/views/save/", data | {"screen": "elsewhere"}).status_code == 302
    assert SavedView.objects.count() == 1


def rows_of(page: str) -> list[str]:
    """The titles that a list shows, in its order."""
    return [title for title in ("柳湾泵站", "槐荫水厂") if title in page]


@pytest.mark.parametrize("few", [900, 1, 0])
def test_words_are_sought_in_titles_whether_few_or_many_hold_them(register, client_of, monkeypatch, few):
    base, first = register
    monkeypatch.setattr("luoshi_web.cases.selectors._FEW", few)
    client = client_of(Role.SUPERVISOR)
    with on(5, 1):
        assert rows_of(client.get(base, {"q": "湾泵"}).content.decode()) == ["柳湾泵站"]
        assert rows_of(client.get(base, {"q": "水厂"}).content.decode()) == ["槐荫水厂"]
        assert rows_of(client.get(base, {"q": "没有这件"}).content.decode()) == []
        # A beginning of a number is looked up among the numbers.
        assert rows_of(client.get(base, {"q": first.number}).content.decode()) == ["柳湾泵站"]


def test_somebody_without_the_unit_finds_nothing_by_words(register, people_of):
    base, _first = register
    with on(5, 1):
        answer = people_of.client("civil-liaison").get(base, {"q": "泵站"})
    assert "柳湾泵站" not in answer.content.decode()
