"""Publish the procedures of the packs, bind what they count to the targets, and plan what happens in them."""

from __future__ import annotations

from datetime import date, datetime, time
from random import Random

import msgspec

from luoshi.cadence.workday import WorkCalendar
from luoshi.delivery.coverage import proposed_for
from luoshi.delivery.source import SourceKind
from luoshi.packs import packs
from luoshi.plan.model import Target
from luoshi.register.observed import parts_of
from luoshi.register.procedure.model import Procedure
from luoshi_web.cases import services
from luoshi_web.reporting.selectors import ground_of, version_of, year_of
from luoshi_web.rights import Actor
from luoshi_web.simulation.play import Play
from luoshi_web.simulation.registers import approvals, counter, leads, projects
from luoshi_web.simulation.registers.scene import BEGINS, Scene

_PROCEDURES = (
    ("projects", "projects"),
    ("investment", "leads"),
    ("approvals", "approvals"),
    ("services", "service_items"),
    ("services", "service_cases"),
    ("services", "joint_matters"),
    ("services", "start_ups"),
)
_MOST_UNITS = 9


def open_registers(
    plan_year: int,
    play: Play,
    *,
    supervisor: Actor,
    hands: dict[str, Actor],
    heads: dict[str, Actor],
    ends: date,
    seed: int,
) -> None:
    """Plan the year of the registers; what is planned happens as the queue is worked off.

    Args:
        plan_year: Identity of the plan-year; its plan is published.
        play: The queue.
        supervisor: Who publishes procedures and sends cases to units.
        hands: A liaison of each unit, the busiest unit first.
        heads: The head of each unit.
        ends: Day at which the clock of the year stands.
        seed: Begins the chance of the registers.
    """
    year = year_of(plan_year)
    ground = ground_of(version_of(plan_year, year.version))
    promised: dict[str, Target] = {}
    led: dict[str, str] = {}
    for issued in year.issued.values():
        for one in issued.targets:
            target = ground.targets[one]
            source = proposed_for(target, packs())
            if source.kind is SourceKind.REGISTER and issued.lead_unit:
                promised.setdefault(source.name, target)
                led.setdefault(parts_of(source.name)[0], issued.lead_unit)
    units = list(dict.fromkeys((*list(hands)[:_MOST_UNITS], *led.values())))
    chance = Random(seed)  # noqa: S311 -- a play of chance that can be repeated
    scene = Scene(
        plan_year, chance, play, WorkCalendar(), supervisor, hands, heads, units, promised, led, ends,
    )  # fmt: skip

    def begin(at: datetime) -> None:
        for pack, procedure in _PROCEDURES:
            drafted = services.adopt(supervisor, plan_year, pack=pack, procedure=procedure)
            if drafted.is_public:
                services.draft(supervisor, plan_year, _received_by(drafted, scene.desk(pack)))
            services.publish(supervisor, plan_year, procedure)
        services.bind_registers(
            supervisor,
            plan_year,
            [
                target.id
                for target in ground.targets.values()
                if proposed_for(target, packs()).kind is SourceKind.REGISTER
            ],
        )
        for part in (projects, leads, approvals, counter):
            part.begin(scene, at)

    play.plan(datetime.combine(BEGINS, time(8)), begin)
    for month in range(3, ends.month + 1):
        for day in (1, 16):
            if date(2026, month, day) < ends:
                moment = datetime.combine(date(2026, month, day), time(6))
                play.plan(moment, lambda _at: _observe(plan_year))


def _received_by(procedure: Procedure, unit: str) -> Procedure:
    """Return a procedure whose first stage a unit receives, so that anybody can apply for it."""
    first = msgspec.structs.replace(procedure.stages[0], unit=unit)
    return msgspec.structs.replace(procedure, stages=(first, *procedure.stages[1:]))


def _observe(plan_year: int) -> None:
    services.observe(plan_year)
