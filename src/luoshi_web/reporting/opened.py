"""What a screen of the year of delivery has open: the plan-year as known on a day, and the version in force then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.delivery.issue import Issued
from luoshi.delivery.judging import Ground
from luoshi.delivery.year import Year
from luoshi.plan.model import Commitment
from luoshi.status.forecast import Forecast
from luoshi.status.light import Colour, Light
from luoshi.status.rollup import ORDER
from luoshi_web.ledger import selectors as ledger
from luoshi_web.plans.edition import Edition
from luoshi_web.plans.index import PlanIndex
from luoshi_web.plans.models import PlanYear
from luoshi_web.plans.opened import Opened, open_plan, open_plan_year
from luoshi_web.reporting.selectors import forecasts_on, ground_of, lights_on, year_of
from luoshi_web.rights import Actor, Right


@dataclass(frozen=True)
class Delivery:
    """A plan-year's delivery that the person may see.

    Attributes:
        actor: The person.
        opened: The version in force on the day.
        year: The year as known on the day.
        day: The day as of which it is shown.
        today: The day that it is in the plan-year.
    """

    actor: Actor
    opened: Opened
    year: Year
    day: date
    today: date

    @property
    def plan_year(self) -> PlanYear:
        """The plan-year."""
        return self.opened.plan_year

    @property
    def index(self) -> PlanIndex:
        """The version in force, with look-ups."""
        return self.opened.index

    @property
    def is_past(self) -> bool:
        """Whether a past day is shown."""
        return self.day < self.today

    @property
    def mark(self) -> str:
        """What every file made from here is marked with: that its figures are simulated; "" for a real year."""
        return _("模拟数据") if self.plan_year.stands_at is not None else ""

    @property
    def legend(self) -> tuple[Colour, ...]:
        """Colours in the order in which they are explained."""
        return ORDER

    @cached_property
    def ground(self) -> Ground:
        """What judging needs of the version."""
        return ground_of(self.index)

    @cached_property
    def lights(self) -> dict[str, Light]:
        """Lights by lineage."""
        return lights_on(self.plan_year.pk, self.day, self.today)

    @cached_property
    def forecasts(self) -> dict[str, Forecast]:
        """What the targets may come to, by target."""
        return forecasts_on(self.plan_year.pk, self.day, self.today)

    @cached_property
    def commitments(self) -> dict[str, Commitment]:
        """Commitments of the version in force by lineage."""
        return {commitment.lineage: commitment for commitment in self.opened.plan.commitments}

    @property
    def sees_every_unit(self) -> bool:
        """Whether the person sees the papers of every unit."""
        return self.actor.may(Right.VIEW_EVERY_UNIT, self.plan_year.pk)

    @cached_property
    def own_units(self) -> frozenset[str]:
        """Units for which the person holds a role here."""
        return self.actor.units(self.plan_year.pk)

    def concerns(self, issued: Issued) -> bool:
        """Tell whether the person may see the papers of a commitment."""
        return self.sees_every_unit or bool(self.own_units & {issued.lead_unit, *issued.supporting_units})

    @cached_property
    def visible(self) -> dict[str, Issued]:
        """Commitments whose papers the person may see, by lineage, in text order."""
        return {lineage: one for lineage, one in self.year.issued.items() if self.concerns(one)}

    def address(self, name: str, **more: object) -> str:
        """Return the address of a screen of this app in this plan-year."""
        return reverse(f"reporting:{name}", kwargs={"plan_year_id": self.plan_year.pk} | more)

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the frame needs to show where the person is and as of when."""
        pk = self.plan_year.pk
        return self.opened.context(request) | {
            "delivery": self,
            "year": self.year,
            "as_of": self.day,
            "today": self.today,
            "is_past": self.is_past,
            "as_of_query": f"?on={self.day.isoformat()}" if self.is_past else "",
            "is_simulated": self.plan_year.stands_at is not None,
            "may_supervise": self.actor.may(Right.SUPERVISE, pk) and not self.is_past,
            "may_release": self.actor.may(Right.RELEASE, pk) and not self.is_past,
        }


def open_delivery(request: HttpRequest, plan_year_id: int) -> Delivery:
    """Open a plan-year's delivery as of the day that the address names; as of today where it names none.

    Raises:
        Http404: There is no such plan-year, the person may not see its delivery, or nothing was issued by that day.
    """
    plan_year, _plan_years = open_plan_year(request, plan_year_id)
    if not request.actor.may(Right.VIEW_DELIVERY, plan_year_id):
        raise Http404
    today = ledger.day_of(plan_year)
    day = min(_day(request.GET.get("on", "")) or today, today)
    year = year_of(plan_year_id, day if day < today else None)
    if not year.version:
        raise Http404
    opened = open_plan(request, plan_year_id, Edition(year.version))
    return Delivery(request.actor, opened, year, day, today)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
