from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from luoshi.brief.owed_calendar import calendar_of
from luoshi.delivery.chasing.owing import owed_in
from luoshi.delivery.chasing.rule import rule_on
from luoshi_web.accounts.selectors import actor_of
from luoshi_web.frame.clock import now, today
from luoshi_web.frame.limiting import is_too_often
from luoshi_web.ledger import selectors as ledger
from luoshi_web.ledger.store import scope_of
from luoshi_web.reporting.selectors import ground_of, version_of, year_of
from luoshi_web.rights import Right
from luoshi_web.supervision import selectors
from luoshi_web.supervision.services.feeds import digest_of

_AHEAD = timedelta(days=370)
_MOST, _HOUR = 120, 3600


@login_not_required
@require_GET
def calendar(request: HttpRequest, plan_year_id: int, secret: str) -> HttpResponse:
    """What the units of a feed's owner owe, for his calendar; with the roles that he holds today."""
    if is_too_often("calendar", request.actor.address, most=_MOST, seconds=_HOUR):
        return HttpResponse(status=429)
    feed = selectors.feed_with(plan_year_id, digest_of(secret))
    if feed is None or not feed.user.is_active:
        raise Http404
    actor = actor_of(feed.user, day=today(), address=request.actor.address)
    if not actor.may(Right.VIEW_DELIVERY, plan_year_id):
        raise Http404
    plan_year = feed.plan_year
    year, on = year_of(plan_year_id), ledger.day_of(plan_year)
    ground = ground_of(version_of(plan_year_id, year.version))
    units = None if actor.may(Right.VIEW_EVERY_UNIT, plan_year_id) else actor.units(plan_year_id)
    owed = [
        one
        for one in owed_in(year, ground, rule_on(on), on=on, until=on + _AHEAD)
        if units is None or one.unit in units
    ]
    data = calendar_of(
        owed,
        scope=scope_of(plan_year),
        name=f"{plan_year.place} {plan_year.year} 落实",
        stamp=now(),
        is_simulated=year.is_simulated,
    )
    answer = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="luoshi.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer
