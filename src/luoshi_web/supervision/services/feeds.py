"""Open and close calendar feeds (日历订阅): an address that only its owner knows, and that he can take back."""

from __future__ import annotations

import hashlib
import secrets

from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.frame.clock import now
from luoshi_web.plans.store import together
from luoshi_web.rights import Actor, RefusedError, Right
from luoshi_web.supervision import store


def digest_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_feed(actor: Actor, plan_year: int) -> str:
    """Open a feed for the person and return its secret, which is shown once; an earlier one no longer works.

    Raises:
        RefusedError: The person may not see the delivery.
    """
    actor.require(Right.VIEW_DELIVERY, plan_year)
    if actor.id is None:
        raise RefusedError("W101")
    secret = secrets.token_urlsafe(24)
    with together():
        store.put_feed(plan_year, actor.id, digest_of(secret), now())
        record(actor, Action.FEED_OPENED, str(plan_year), plan_year=plan_year)
    return secret


def close_feed(actor: Actor, plan_year: int) -> None:
    """Take the address of a feed back.

    Raises:
        RefusedError: Nobody is signed in.
    """
    if actor.id is None:
        raise RefusedError("W101")
    with together():
        if store.drop_feed(plan_year, actor.id):
            record(actor, Action.FEED_CLOSED, str(plan_year), plan_year=plan_year)
