"""Nobody sees a page without signing in; whoever is idle too long is signed out."""

from __future__ import annotations

from collections.abc import Callable
from time import time
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from luoshi_web.accounts import selectors
from luoshi_web.accounts.sign_in import address_of
from luoshi_web.frame.clock import today
from luoshi_web.rights import NOBODY

_SEEN = "seen"
# The moment of the last request is written at most this often.
_SEEN_STEP_SECONDS = 60
_OPEN_WITH_OLD_PASSWORD = {"accounts:password", "accounts:sign_out", "frame:language"}


class SignedIn:
    """Puts the person who acts on the request, and sends everybody else to sign in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = NOBODY
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if view.__dict__.get("login_required", True) is False and not request.session.session_key:
            return None
        if request.user.is_authenticated and _is_idle(request):
            logout(request)
        if request.user.is_authenticated:
            request.actor = selectors.actor_of(request.user, day=today(), address=address_of(request))
            name = request.resolver_match.view_name if request.resolver_match else ""
            if request.user.must_change_password and name not in _OPEN_WITH_OLD_PASSWORD:
                return _go_to(request, reverse("accounts:password"))
            return None
        if view.__dict__.get("login_required", True) is False:
            return None
        query = (
            urlencode({"next": request.get_full_path()})
            if request.method == "GET" and not request.htmx
            else ""
        )
        address = reverse(settings.LOGIN_URL)
        return _go_to(request, f"{address}?{query}" if query else address)


def _is_idle(request: HttpRequest) -> bool:
    moment = int(time())
    seen = request.session.get(_SEEN, moment)
    if moment - seen > settings.IDLE_SECONDS:
        return True
    if moment - seen >= _SEEN_STEP_SECONDS or _SEEN not in request.session:
        request.session[_SEEN] = moment
    return False


def _go_to(request: HttpRequest, address: str) -> HttpResponse:
    if request.htmx:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = address
        return response
    return HttpResponseRedirect(address)
