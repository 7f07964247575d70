"""What a screen of a register has open: the plan-year, the procedure, and the person's part in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest

from luoshi.kernel.zone import PLACE_TIME, wall_clock
from luoshi.register.procedure.model import Field, FieldKind, Procedure
from luoshi_web.cases import selectors
from luoshi_web.ledger import selectors as ledger
from luoshi_web.reporting.opened import Delivery, open_delivery
from luoshi_web.rights import Right


@dataclass(frozen=True)
class Register:
    """A register (登记簿): the cases of one procedure in a plan-year that the person may see.

    Attributes:
        delivery: The plan-year.
        procedure: The newest version of the procedure.
        version: Its number.
    """

    delivery: Delivery
    procedure: Procedure
    version: int

    @property
    def pk(self) -> int:
        """Identity of the plan-year."""
        return self.delivery.plan_year.pk

    @cached_property
    def at(self) -> datetime:
        """This moment in the plan-year, or the end of the past day that is shown."""
        return self.end or ledger.moment_of(self.delivery.plan_year)

    @cached_property
    def end(self) -> datetime | None:
        """End of the past day as of which it is shown; None for today."""
        if not self.delivery.is_past:
            return None
        return datetime.combine(self.delivery.day + timedelta(days=1), time.min, tzinfo=PLACE_TIME)

    @property
    def wall(self) -> datetime:
        """This moment by the wall clock of the place."""
        return wall_clock(self.at)

    @property
    def listed(self) -> list[Field]:
        """Fields that lists show."""
        return [field for field in self.procedure.fields if field.in_list and not field.kind.is_personal]

    @property
    def has_places(self) -> bool:
        """Whether its cases lie somewhere."""
        return any(field.kind is FieldKind.POINT for field in self.procedure.fields)

    @cached_property
    def desks(self) -> list[str]:
        """Units in whose name the person takes cases in; none for a past day, on which nothing can be done any more."""
        if self.delivery.is_past:
            return []
        return sorted(self.delivery.actor.units_with(Right.HANDLE_CASES, self.pk))

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the frame and the tabs of the register need."""
        return self.delivery.context(request) | {
            "register": self,
            "procedure": self.procedure,
            "desks": self.desks,
            "units": units_of(self.delivery),
        }


def units_of(delivery: Delivery) -> list[str]:
    """Return the units of a plan-year, to which a case can be sent."""
    found = {
        unit
        for issued in delivery.year.issued.values()
        for unit in (issued.lead_unit, *issued.supporting_units)
        if unit
    }
    return sorted(found | delivery.own_units)


def open_register(request: HttpRequest, plan_year_id: int, procedure: str) -> Register:
    """Open a register.

    Raises:
        Http404: There is no such plan-year or published procedure, or the person may not see it.
    """
    delivery = open_delivery(request, plan_year_id)
    known = selectors.published(plan_year_id).get(procedure)
    if known is None:
        raise Http404
    version, definition = known
    return Register(delivery, definition, version)
