"""Sign in and out (登录), with a lock after failures."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.http import HttpRequest

from luoshi_web.accounts import selectors, store
from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.frame.clock import now, today
from luoshi_web.rights import Actor, RefusedError


def address_of(request: HttpRequest) -> str:
    """Return the network address of a request; behind a trusted proxy the server has set it right already."""
    return str(request.META.get("REMOTE_ADDR", ""))


def sign_in(request: HttpRequest, *, username: str, password: str) -> None:
    """Sign a person in.

    Raises:
        RefusedError: Name or password are wrong (W110), or there were too many failures (W111).
    """
    address = address_of(request)
    stranger = Actor(None, username[:60], address=address)
    if selectors.is_locked(username, address, moment=now()):
        record(stranger, Action.SIGN_IN_LOCKED, username)
        raise RefusedError("W111", {"minutes": selectors.LOCK_MINUTES})
    user = authenticate(request, username=username, password=password)
    if user is None:
        with transaction.atomic():
            store.add_failure(username, address, at=now())
            record(stranger, Action.SIGN_IN_FAILED, username)
        raise RefusedError("W110")
    store.forget_failures(username)
    login(request, user)
    record(selectors.actor_of(user, day=today(), address=address), Action.SIGNED_IN, user.username)


def sign_out(request: HttpRequest, actor: Actor) -> None:
    """Sign the person out."""
    if actor.id is not None:
        record(actor, Action.SIGNED_OUT)
    logout(request)
