"""Sign in through the office's own identity provider (统一身份认证), by OpenID Connect.

Standard:
    OpenID Connect Core 1.0 (incorporating errata set 2), 3.1: the authorization code flow, with PKCE (RFC 7636) and a nonce; metadata by OpenID
    Connect Discovery 1.0. Signature, issuer, audience, times and nonce of the ID token are checked before anything is believed.

Rule:
    A person is who the provider says if his subject was linked to an account; or, where a claim is configured, if an account of that user name is not
    linked yet: then it is linked at this sign-in. No account and no role is made by signing in.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import Any

import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from luoshi_web.accounts import selectors, store
from luoshi_web.accounts.models import User
from luoshi_web.accounts.sign_in import address_of
from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.frame.clock import now, today
from luoshi_web.rights import Actor, RefusedError

_WAITING = "oidc"
_SECONDS = 10
_KEPT_SECONDS = 3600
_LEEWAY = 60
# Signatures with a shared secret and none at all are left out: the provider must have a key of its own.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
_BACKEND = "luoshi_web.accounts.backend.PasswordBackend"


@dataclass(frozen=True, slots=True)
class Provider:
    """What the provider says of itself: its metadata and its keys."""

    metadata: dict[str, Any]
    keys: KeySet


_known: dict[str, tuple[float, Provider]] = {}


def _provider(*, is_fresh: bool = False) -> Provider:
    """Return the provider's metadata and keys, kept for an hour.

    Raises:
        RefusedError: It cannot be reached, or says something else than its issuer (W113).
    """
    issuer = settings.OIDC["issuer"]
    kept = _known.get(issuer)
    if kept is not None and not is_fresh and monotonic() - kept[0] < _KEPT_SECONDS:
        return kept[1]
    try:
        metadata = _fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if metadata["issuer"] != issuer:
            raise RefusedError("W113")
        found = Provider(metadata, KeySet.import_key_set(_fetched(metadata["jwks_uri"])))
    except (requests.RequestException, ValueError, KeyError, TypeError, JoseError):
        raise RefusedError("W113") from None
    _known[issuer] = (monotonic(), found)
    return found


def _fetched(address: str) -> Any:
    answer = requests.get(address, timeout=_SECONDS)
    answer.raise_for_status()
    return answer.json()


def _session(request: HttpRequest, **more: Any) -> OAuth2Session:
    return OAuth2Session(
        settings.OIDC["client_id"],
        settings.OIDC["client_secret"] or None,
        scope=settings.OIDC["scopes"],
        redirect_uri=request.build_absolute_uri(reverse("accounts:oidc_finish")),
        code_challenge_method="S256",
        **more,
    )


def begin(request: HttpRequest, *, next_address: str) -> str:
    """Return the provider's address to which the person is sent, and remember in his session what must come back.

    Raises:
        RefusedError: The provider cannot be reached (W113).
    """
    provider = _provider()
    waiting = {"nonce": generate_token(32), "verifier": generate_token(48), "next": next_address}
    address, state = _session(request).create_authorization_url(
        provider.metadata["authorization_endpoint"], code_verifier=waiting["verifier"], nonce=waiting["nonce"]
    )
    request.session[_WAITING] = waiting | {"state": state}
    return str(address)


def finish(request: HttpRequest) -> str:
    """Sign the person in who came back from the provider, and return where he wanted to go.

    Raises:
        RefusedError: What came back is not what was asked for, or cannot be believed (W112); the provider cannot be reached (W113); the person has no
            account here, or a closed one (W114); he failed too often (W111).
    """
    waiting = request.session.pop(_WAITING, None)
    address = address_of(request)
    stranger = Actor(None, "OIDC", address=address)
    if waiting is None or request.GET.get("state") != waiting["state"] or "code" not in request.GET:
        raise _refused(stranger, "state")
    try:
        token = _session(request, state=waiting["state"]).fetch_token(
            _provider().metadata["token_endpoint"],
            code=request.GET["code"],
            code_verifier=waiting["verifier"],
            timeout=_SECONDS,
        )
        claims = _claims_of(str(token["id_token"]), waiting["nonce"])
    except requests.RequestException:
        raise RefusedError("W113") from None
    except (OAuthError, JoseError, KeyError, ValueError):
        raise _refused(stranger, "token") from None
    user = _user_of(claims, address)
    login(request, user, backend=_BACKEND)
    record(
        selectors.actor_of(user, day=today(), address=address),
        Action.SIGNED_IN,
        user.username,
        by=settings.OIDC["issuer"],
    )
    return str(waiting["next"])


def _refused(stranger: Actor, why: str) -> RefusedError:
    record(stranger, Action.SIGN_IN_FAILED, why)
    return RefusedError("W112")


def _claims_of(token: str, nonce: str) -> dict[str, Any]:
    """Return the claims of an ID token that can be believed.

    Raises:
        JoseError: Signature, issuer, audience, times or nonce are wrong.
    """
    try:
        decoded = jwt.decode(token, _provider().keys, algorithms=_ALGORITHMS)
    except (JoseError, ValueError):
        # The provider may have changed its keys since they were fetched.
        decoded = jwt.decode(token, _provider(is_fresh=True).keys, algorithms=_ALGORITHMS)
    jwt.JWTClaimsRegistry(
        leeway=_LEEWAY,
        now=lambda: int(now().timestamp()),
        iss={"essential": True, "value": settings.OIDC["issuer"]},
        aud={"essential": True, "value": settings.OIDC["client_id"]},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": nonce},
    ).validate(decoded.claims)
    return dict(decoded.claims)


def _user_of(claims: dict[str, Any], address: str) -> User:
    """Return the account of the person, linking it where that is configured.

    Raises:
        RefusedError: He has none, or it is closed (W114); he failed too often (W111).
    """
    issuer, subject = settings.OIDC["issuer"], str(claims["sub"])
    name = str(claims.get(settings.OIDC["claim"], "")) if settings.OIDC["claim"] else ""
    stranger = Actor(None, name[:60] or subject[:60], address=address)
    user = selectors.user_linked(issuer, subject)
    if user is None and name:
        named = selectors.user_named(name)
        if named is not None and selectors.may_sign_in(named) and not selectors.is_linked(named):
            with transaction.atomic():
                store.link(named, issuer=issuer, subject=subject)
                record(stranger, Action.USER_CHANGED, named.username, linked=issuer)
            user = named
    if user is not None and selectors.is_locked(user.username, address, moment=now()):
        record(stranger, Action.SIGN_IN_LOCKED, user.username)
        raise RefusedError("W111", {"minutes": selectors.LOCK_MINUTES})
    if user is None or not selectors.may_sign_in(user):
        record(stranger, Action.SIGN_IN_FAILED, name or subject)
        raise RefusedError("W114")
    return user
