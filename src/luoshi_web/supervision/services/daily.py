"""What has to be done when a day ended (每日更新): count registers, give lights, remind units."""

from __future__ import annotations

from luoshi_web.cases import services as cases
from luoshi_web.supervision.services.chasing import remind_units


def catch_up(plan_year: int) -> int:
    """Count registers, give the lights of the days that have ended, remind the units; return for how many days lights were given."""
    days = cases.catch_up(plan_year)
    remind_units(plan_year)
    return days
