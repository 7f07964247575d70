"""Sign-in through a real OpenID provider (oidc-provider-mock, on Authlib's server), and what a false one might send."""

import json
import re
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from joserfc import jwt
from joserfc.jwk import RSAKey
from oidc_provider_mock import User as ProviderUser
from oidc_provider_mock import run_server_in_thread

from luoshi_web.accounts import oidc, store
from luoshi_web.accounts.models import LinkedIdentity
from luoshi_web.audit.models import AuditEntry
from luoshi_web.frame.clock import now

CLIENT = "luoshi-site"
# The provider of the tests still calls what its own library will take away.
pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated and will be removed")


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # the provider is on this machine, without TLS
    oidc._known.clear()


@pytest.fixture(scope="module")
def provider():
    users = [ProviderUser(sub="subject-1", claims={"preferred_username": "zhou"})]
    with run_server_in_thread(user_claims=users, require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def configured(settings, provider):
    def configure(issuer=provider, claim=""):
        settings.OIDC = {
            "issuer": issuer, "client_id": CLIENT, "client_secret": "s3cret", "scopes": "openid profile", "claim": claim, "name": "统一认证",
        }  # fmt: skip

    configure()
    return configure


@pytest.fixture
def zhou(db):
    return store.add_user(
        username="zhou", display_name="周某", password="Yunchuan-2026-zhou", at=now(), must_change=False
    )


def at_the_provider(address, subject="subject-1"):
    """Let the person agree at the provider; return the query with which he comes back."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    return urlsplit(answer.headers["Location"])


def go(client, next_address="/plans/", subject="subject-1"):
    """Begin here, agree there, and come back."""
    begun = client.get("/sign-in/oidc/", {"next": next_address})
    assert begun.status_code == 302, begun.content.decode()
    back = at_the_provider(begun["Location"], subject)
    assert back.path == "/sign-in/oidc/finish/"
    return client.get(f"{back.path}?{back.query}")


def is_signed_in(client):
    return client.get("/password/").status_code == 200


def test_a_linked_person_signs_in_and_it_is_audited(configured, zhou, provider):
    store.link(zhou, issuer=provider, subject="subject-1")
    client = Client()
    answer = go(client)
    assert (answer.status_code, answer["Location"]) == (302, "/plans/")
    assert is_signed_in(client)
    entry = AuditEntry.objects.latest("pk")
    assert entry.action == "luoshi.account.signed_in"
    assert provider in json.dumps(entry.detail)


def test_the_request_asks_for_a_code_with_proof_and_a_nonce(configured, db):
    begun = Client().get("/sign-in/oidc/")
    asked = parse_qs(urlsplit(begun["Location"]).query)
    assert asked["response_type"] == ["code"]
    assert asked["client_id"] == [CLIENT]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) >= 32
    assert len(asked["state"][0]) >= 20
    assert "code_verifier" not in asked


def test_the_way_back_leads_nowhere_else(configured, zhou, provider):
    store.link(zhou, issuer=provider, subject="subject-1")
    assert go(Client(), "https://elsewhere.example/")["Location"] == "/"


def test_without_a_link_nobody_gets_in_and_no_account_is_made(configured, zhou):
    client = Client()
    answer = go(client)
    assert answer.status_code == 403
    assert "没有对应的账号" in answer.content.decode()
    assert not is_signed_in(client)
    assert LinkedIdentity.objects.count() == 0


def test_a_configured_claim_links_at_the_first_sign_in_and_only_once(configured, zhou, provider):
    configured(claim="preferred_username")
    client = Client()
    assert go(client).status_code == 302
    assert is_signed_in(client)
    assert (zhou.linked_identity.issuer, zhou.linked_identity.subject) == (provider, "subject-1")
    # Whoever else claims that name later does not take the account over.
    LinkedIdentity.objects.update(subject="subject-0")
    other = Client()
    assert go(other).status_code == 403
    assert not is_signed_in(other)


def test_a_closed_account_stays_closed(configured, zhou, provider):
    store.link(zhou, issuer=provider, subject="subject-1")
    store.set_active(zhou, active=False)
    client = Client()
    answer = go(client)
    assert answer.status_code == 403
    assert not is_signed_in(client)


def test_a_locked_name_is_locked_here_too(configured, zhou, provider):
    store.link(zhou, issuer=provider, subject="subject-1")
    for _turn in range(12):
        Client().post("/sign-in/", {"username": "zhou", "password": "wrong"})
    answer = go(Client())
    assert answer.status_code == 403
    assert "锁定" in answer.content.decode()


@pytest.mark.parametrize("change", ["state", "code", "error", "session"])
def test_what_does_not_fit_the_session_is_refused(configured, zhou, provider, change):
    store.link(zhou, issuer=provider, subject="subject-1")
    client = Client()
    back = at_the_provider(client.get("/sign-in/oidc/")["Location"])
    query = {key: values[0] for key, values in parse_qs(back.query).items()}
    if change == "session":
        client = Client()
    elif change == "error":
        query = {"state": query["state"], "error": "access_denied"}
    else:
        query[change] = "x" + query[change]
    answer = client.get(back.path, query)
    assert answer.status_code == 403
    assert not is_signed_in(client)
    assert AuditEntry.objects.filter(action="luoshi.account.sign_in_failed").exists()


def test_a_code_is_good_for_one_sign_in(configured, zhou, provider):
    store.link(zhou, issuer=provider, subject="subject-1")
    client = Client()
    back = at_the_provider(client.get("/sign-in/oidc/")["Location"])
    address = f"{back.path}?{back.query}"
    assert client.get(address).status_code == 302
    assert Client().get(address).status_code == 403


def test_a_nonce_of_another_sign_in_is_refused(configured, zhou, provider):
    store.link(zhou, issuer=provider, subject="subject-1")
    client = Client()
    back = at_the_provider(client.get("/sign-in/oidc/")["Location"])
    session = client.session
    session["oidc"] = session["oidc"] | {"nonce": "of-another-sign-in"}
    session.save()
    assert client.get(f"{back.path}?{back.query}").status_code == 403
    assert not is_signed_in(client)


def test_a_token_that_has_expired_is_refused(configured, zhou):
    users = [ProviderUser(sub="subject-1", claims={})]
    with run_server_in_thread(user_claims=users, access_token_max_age=timedelta(hours=-1)) as server:
        issuer = f"http://localhost:{server.server_port}"
        configured(issuer)
        store.link(zhou, issuer=issuer, subject="subject-1")
        client = Client()
        assert go(client).status_code == 403
        assert not is_signed_in(client)


def test_a_provider_that_is_down_leaves_the_password(configured, zhou):
    configured("http://localhost:9")
    client = Client()
    answer = client.get("/sign-in/oidc/")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "连不上" in page
    assert 'name="password"' in page
    done = client.post("/sign-in/", {"username": "zhou", "password": "Yunchuan-2026-zhou"})
    assert done.status_code == 302


def test_without_configuration_there_is_no_such_page(db, settings):
    settings.OIDC = None
    assert Client().get("/sign-in/oidc/").status_code == 404
    assert Client().get("/sign-in/oidc/finish/").status_code == 404
    assert "oidc" not in Client().get("/sign-in/").content.decode()


def test_the_sign_in_page_offers_it_and_keeps_where_the_person_wanted_to_go(configured, db):
    page = Client().get("/sign-in/", {"next": "/audit/"}).content.decode()
    assert "统一认证" in page
    assert re.search(r'href="/sign-in/oidc/\?next=(/|%2F)audit(/|%2F)"', page)


def test_an_administrator_links_and_unlinks_and_no_two_share_a_subject(configured, client_of, people, zhou):
    from luoshi_web.rights import Role

    administrator = client_of(Role.SYSTEM_ADMINISTRATOR)
    address = f"/users/{zhou.pk}/"
    fields = {"display_name": "周某", "phone": "", "email": ""}
    assert administrator.post(address, fields | {"subject": "subject-7"}).status_code == 302
    assert zhou.linked_identity.subject == "subject-7"
    assert "subject-7" in administrator.get(address).content.decode()
    other = store.add_user(
        username="other", display_name="他", password="Yunchuan-2026-he", at=now(), must_change=False
    )
    taken = administrator.post(f"/users/{other.pk}/", fields | {"subject": "subject-7"})
    assert taken.status_code == 200
    assert "zhou" in taken.content.decode()
    assert administrator.post(address, fields | {"subject": ""}).status_code == 302
    assert not LinkedIdentity.objects.filter(user=zhou).exists()


class FalseProvider(BaseHTTPRequestHandler):
    """Says of itself what a provider says, and signs whatever the test wants it to."""

    key = RSAKey.generate_key(2048, parameters={"kid": "k"})
    other_key = RSAKey.generate_key(2048, parameters={"kid": "k"})
    nonce = ""
    change: ClassVar[dict] = {}
    signed_with = None
    algorithm = "RS256"

    def log_message(self, *_arguments):
        pass

    def _say(self, told):
        data = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    @property
    def _issuer(self):
        return f"http://localhost:{self.server.server_port}"

    def do_GET(self):
        if self.path.endswith("/openid-configuration"):
            own = {
                "issuer": self._issuer,
                "authorization_endpoint": f"{self._issuer}/authorize",
                "token_endpoint": f"{self._issuer}/token",
                "jwks_uri": f"{self._issuer}/jwks",
            }
            self._say(own)
        else:
            self._say({"keys": [self.key.as_dict(private=False)]})

    def do_POST(self):
        at = int(time.time())
        claims = {
            "iss": self._issuer,
            "aud": CLIENT,
            "sub": "subject-1",
            "iat": at,
            "exp": at + 60,
            "nonce": type(self).nonce,
        }
        claims = {key: value for key, value in (claims | type(self).change).items() if value is not None}
        token = jwt.encode({"alg": "RS256", "kid": "k"}, claims, type(self).signed_with or self.key)
        if self.algorithm == "none":
            token = f"eyJhbGciOiJub25lIn0.{token.split('.')[1]}."
        self._say({"access_token": "x", "token_type": "Bearer", "id_token": token})


@pytest.fixture
def false_provider(configured, zhou):
    server = ThreadingHTTPServer(("localhost", 0), FalseProvider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    issuer = f"http://localhost:{server.server_port}"
    configured(issuer)
    store.link(zhou, issuer=issuer, subject="subject-1")

    def come_back(*, change=None, signed_with=None, algorithm="RS256"):
        client = Client()
        asked = parse_qs(urlsplit(client.get("/sign-in/oidc/")["Location"]).query)
        FalseProvider.nonce, FalseProvider.change = asked["nonce"][0], change or {}
        FalseProvider.signed_with, FalseProvider.algorithm = signed_with, algorithm
        answer = client.get("/sign-in/oidc/finish/", {"state": asked["state"][0], "code": "c"})
        return answer.status_code, is_signed_in(client)

    yield come_back
    server.shutdown()
    server.server_close()


def test_a_right_token_is_believed(false_provider):
    assert false_provider() == (302, True)


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "another-site"},
        {"iss": "http://localhost:1"},
        {"exp": 1},
        {"nonce": "x"},
        {"nonce": None},
        {"sub": None},
        {"exp": None},
        {"sub": "somebody-else"},
    ],
    ids=str,
)
def test_a_wrong_token_is_not(false_provider, change):
    assert false_provider(change=change) == (403, False)


def test_a_token_that_another_key_signed_or_none_is_not(false_provider):
    assert false_provider(signed_with=FalseProvider.other_key) == (403, False)
    assert false_provider(algorithm="none") == (403, False)
