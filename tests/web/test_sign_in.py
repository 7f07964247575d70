"""Signing in and out, the lock after failures, rules for passwords."""

import pytest

from luoshi_web.audit.models import AuditEntry
from luoshi_web.rights import Role


def sign_in(client, person, password=None):
    return client.post("/sign-in/", {"username": person.username, "password": password or person.password})


def test_nobody_sees_a_page_without_signing_in(client, plan_year):
    for address in ("/", f"/plans/{plan_year.pk}/draft/overview/", "/users/", "/imports/new/", "/audit/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/?next=")


def test_a_partial_request_is_sent_to_the_sign_in_page_as_a_whole(client, plan_year):
    answer = client.get(f"/plans/{plan_year.pk}/draft/targets/", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/sign-in/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(client, people):
    person = people[Role.SUPERVISOR]
    answer = client.post(
        "/sign-in/", {"username": person.username, "password": person.password, "next": "/imports/new/"}
    )
    assert answer["Location"] == "/imports/new/"


def test_signing_in_never_leads_to_another_site(client, people):
    person = people[Role.SUPERVISOR]
    answer = client.post(
        "/sign-in/",
        {"username": person.username, "password": person.password, "next": "https://evil.example/"},
    )
    assert answer["Location"] == "/"


def test_a_wrong_password_is_refused_with_a_sentence_and_noted(client, people):
    answer = sign_in(client, people[Role.LEADER], "wrong")
    assert answer.status_code == 403
    assert "用户名或口令不对" in answer.content.decode()
    assert AuditEntry.objects.filter(action="luoshi.account.sign_in_failed").count() == 1


def test_an_unknown_name_is_answered_like_a_wrong_password(client, people):
    known = sign_in(client, people[Role.LEADER], "wrong").content.decode()
    unknown = client.post("/sign-in/", {"username": "nobody", "password": "wrong"}).content.decode()
    assert "用户名或口令不对" in known
    assert "用户名或口令不对" in unknown


def test_five_failures_lock_the_name_even_for_the_right_password(client, people):
    person = people[Role.LEADER]
    for _ in range(5):
        sign_in(client, person, "wrong")
    answer = sign_in(client, person)
    assert answer.status_code == 403
    assert "暂时锁定" in answer.content.decode()
    assert AuditEntry.objects.filter(action="luoshi.account.sign_in_locked").count() == 1
    # Others are not locked out.
    assert sign_in(client, people[Role.SUPERVISOR]).status_code == 302


def test_four_failures_do_not_lock(client, people):
    person = people[Role.LEADER]
    for _ in range(4):
        sign_in(client, person, "wrong")
    assert sign_in(client, person).status_code == 302


def test_demonstration_users_cannot_sign_in_where_the_site_is_no_demonstration(client, people, settings):
    settings.DEMO = False
    assert sign_in(client, people[Role.SUPERVISOR]).status_code == 403


def test_a_session_of_a_demonstration_user_ends_with_the_demonstration(supervisor, settings):
    assert supervisor.get("/").status_code == 200
    settings.DEMO = False
    assert supervisor.get("/").status_code == 302


def test_whoever_is_idle_too_long_is_signed_out(supervisor, settings):
    supervisor.get("/")
    session = supervisor.session
    session["seen"] -= settings.IDLE_SECONDS + 1
    session.save()
    assert supervisor.get("/").status_code == 302


def test_signing_out_ends_the_session(supervisor):
    assert supervisor.post("/sign-out/").status_code == 302
    assert supervisor.get("/").status_code == 302


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("Short-1", "口令太短"),
        ("onlysmallletters", "至少三类"),
        ("demo-supervisor1A", "太相似"),
    ],
)
def test_weak_passwords_are_refused(supervisor, people, new, says):
    old = people[Role.SUPERVISOR].password
    answer = supervisor.post("/password/", {"old": old, "new": new, "again": new})
    assert answer.status_code == 200
    assert says in answer.content.decode()


def test_a_password_is_changed_and_the_person_stays_signed_in(supervisor, people):
    old = people[Role.SUPERVISOR].password
    answer = supervisor.post("/password/", {"old": old, "new": "Qiu-tian-2026", "again": "Qiu-tian-2026"})
    assert answer.status_code == 302
    assert supervisor.get("/").status_code == 200


def test_the_same_password_again_is_refused(supervisor, people):
    old = people[Role.SUPERVISOR].password
    answer = supervisor.post("/password/", {"old": old, "new": old, "again": old})
    assert "与现在的口令相同" in answer.content.decode()


def test_a_first_password_has_to_be_changed_before_anything_else(client, client_of):
    administrator = client_of(Role.SYSTEM_ADMINISTRATOR)
    page = administrator.post(
        "/users/new/", {"username": "zhao.gong", "display_name": "赵工"}
    ).content.decode()
    password = page.split('<code class="figure-big">')[1].split("<")[0]
    assert client.post("/sign-in/", {"username": "zhao.gong", "password": password}).status_code == 302
    assert client.get("/")["Location"] == "/password/"
    client.post("/password/", {"old": password, "new": "Qiu-tian-2026", "again": "Qiu-tian-2026"})
    assert client.get("/").status_code == 200
