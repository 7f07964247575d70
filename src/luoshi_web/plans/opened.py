"""What a screen of a plan-year has open: the plan-year, its editions, and the plan of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from luoshi.plan.model import Plan
from luoshi_web.plans import selectors
from luoshi_web.plans.edition import Edition
from luoshi_web.plans.index import PlanIndex, shown
from luoshi_web.plans.models import PlanYear
from luoshi_web.plans.selectors import EditionFacts
from luoshi_web.rights import Right


def edition_name(edition: Edition) -> str:
    """Return how an edition is called: 草案, 第1版."""
    return _("草案") if edition.is_draft else _("第%(number)s版") % {"number": edition.number}


@dataclass(frozen=True, slots=True)
class Opened:
    """A plan-year that the person may see, opened at one edition.

    Attributes:
        plan_year: The plan-year.
        plan_years: All that the person may see, for the switch at the top.
        facts: The edition.
        editions: All that the person may see.
        index: Its plan, with look-ups.
    """

    plan_year: PlanYear
    plan_years: list[PlanYear]
    facts: EditionFacts
    editions: list[EditionFacts]
    index: PlanIndex

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.index.plan

    @property
    def edition(self) -> Edition:
        """The edition."""
        return self.facts.edition

    def address(self, name: str, **more: object) -> str:
        """Return the address of a screen of the `plans` app in this plan-year and edition."""
        return reverse(
            f"plans:{name}", kwargs={"plan_year_id": self.plan_year.pk, "edition": self.edition} | more
        )

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the frame needs to show where the person is."""
        plan = self.plan
        match = request.resolver_match
        return {
            "opened": self,
            "plan": plan,
            "index": self.index,
            "plan_year": self.plan_year,
            "plan_years": self.plan_years,
            "edition": self.edition,
            "edition_name": edition_name(self.edition),
            "editions": [
                {
                    "edition": one.edition,
                    "name": edition_name(one.edition),
                    "address": _same_screen(match.view_name, match.kwargs, one.edition),
                }
                for one in self.editions
            ],
            "counts": {
                "commitments": len(shown(plan.commitments)),
                "targets": len(shown(plan.targets)),
                "projects": len(shown(plan.projects)),
                "procedures": len(shown(plan.procedures)),
                "terms": len(shown(plan.terms)),
                "claims": len(shown(plan.claims)),
            },
            "may_decide": request.actor.may(Right.DECIDE, self.plan_year.pk),
            "may_see_every_unit": request.actor.may(Right.VIEW_EVERY_UNIT, self.plan_year.pk),
            "may_view_delivery": request.actor.may(Right.VIEW_DELIVERY, self.plan_year.pk)
            and any(not one.edition.is_draft for one in self.editions),
            "may_publish": request.actor.may(Right.PUBLISH, self.plan_year.pk),
        }


def _same_screen(view_name: str, kwargs: dict[str, Any], edition: Edition) -> str:
    wanted = {"plan_year_id": kwargs["plan_year_id"], "edition": edition}
    if "edition" in kwargs and set(kwargs) <= {"plan_year_id", "edition", "screen"}:
        try:
            return reverse(view_name, kwargs={**kwargs, **wanted})
        except NoReverseMatch:
            pass
    return reverse("plans:overview", kwargs=wanted)


def open_plan_year(request: HttpRequest, plan_year_id: int) -> tuple[PlanYear, list[PlanYear]]:
    """Return a plan-year that the person may see, and all others that he may.

    Raises:
        Http404: There is none, or he may not see it.
    """
    plan_years = list(selectors.plan_years_visible_to(request.actor))
    for plan_year in plan_years:
        if plan_year.pk == plan_year_id:
            return plan_year, plan_years
    raise Http404


def open_plan(request: HttpRequest, plan_year_id: int, edition: Edition | None = None) -> Opened:
    """Open a plan-year at an edition; at the newest that the person may see where none is given.

    Raises:
        Http404: There is no such plan-year or edition, or he may not see it.
    """
    plan_year, plan_years = open_plan_year(request, plan_year_id)
    editions = selectors.editions_visible_to(request.actor, plan_year_id)
    for facts in editions:
        if edition is None or facts.edition == edition:
            index = selectors.plan_of(request.actor, plan_year_id, facts)
            return Opened(plan_year, plan_years, facts, editions, index)
    raise Http404
