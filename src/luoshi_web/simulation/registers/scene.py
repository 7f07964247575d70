"""What every simulated register stands on: people, chance, the queue of deeds, and what the report promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from luoshi.cadence.workday import WorkCalendar
from luoshi.plan.model import Target
from luoshi.register.case.act import Act
from luoshi.register.case.model import Case
from luoshi.register.statistics import converted
from luoshi_web.cases import services
from luoshi_web.cases.services import Done, Intake
from luoshi_web.ledger.services import keep_evidence
from luoshi_web.rights import Actor
from luoshi_web.simulation.play import Play

BEGINS = date(2026, 2, 11)
"""Day on which the registers are filled with what there is already."""
_LARGEST = 1024 * 1024


@dataclass(slots=True)
class Scene:
    """Where the registers are kept.

    Attributes:
        plan_year: Identity of the plan-year.
        random: Chance.
        play: The queue of deeds.
        calendar: Working days.
        supervisor: Who sends cases to units.
        hands: Who handles the cases of each unit.
        heads: Who heads each unit.
        units: Units that take part, the busiest first.
        promised: Targets bound to registers, by name of the source.
        leads: Unit that leads the targets of each pack.
        ends: Last day on which anything happens.
    """

    plan_year: int
    random: Random
    play: Play
    calendar: WorkCalendar
    supervisor: Actor
    hands: Mapping[str, Actor]
    heads: Mapping[str, Actor]
    units: Sequence[str]
    promised: Mapping[str, Target]
    leads: Mapping[str, str]
    ends: date

    def desk(self, pack: str) -> str:
        """Return the unit that keeps the registers of a pack: the one that leads their targets."""
        return self.leads.get(pack, self.units[0])

    def wanted(self, source: str, unit: str, otherwise: int) -> int:
        """Return what the report promises of a figure, in a unit; another number where it promises nothing."""
        target = self.promised.get(source)
        if target is None or target.value is None:
            return otherwise
        value = converted(target.value, target.unit, unit)
        return int(target.value if value is None else value)

    def take_in(self, pack: str, procedure: str, intakes: Sequence[Intake], *, unit: str = "") -> list[Done]:
        """Take cases in at the desk of a pack, or of another unit."""
        desk = unit or self.desk(pack)
        return services.receive_all(self.hands[desk], self.plan_year, intakes, procedure=procedure, desk=desk)

    def act(self, case: Case, act: Act, *, by: Actor | None = None, **given: Any) -> Case:
        """Let the people of the unit that has a case do something with it."""
        actor = by or self.hands[case.unit or case.desk]
        return services.perform(actor, self.plan_year, case=case.id, act=act, **given).case

    def proof(self, case: Case, words: str) -> str:
        """Keep a simulated proof and return its digest."""
        unit = case.unit or case.desk
        text = f"模拟凭证（演示用，不是真实材料）\n{case.title}\n{words}\n"
        kept = keep_evidence(
            self.hands[unit], self.plan_year, lineage=case.id, unit=unit, name="模拟凭证.txt", data=text.encode(), limit=_LARGEST
        )  # fmt: skip
        return kept.digest

    def at(self, day: date) -> datetime:
        """Return a moment in office hours of a day, or of the working day after it."""
        day = max(day, BEGINS)
        if not self.calendar.is_workday(day):
            day = self.calendar.add(day, 1).day
        return datetime.combine(day, time(9)) + timedelta(minutes=self.random.randint(0, 450))

    def some_day(self, month: int) -> date:
        """Return a day of a month of the year."""
        return date(2026, month, self.random.randint(1, 28))

    def money(self, least: int, most: int) -> Decimal:
        """Return an amount between two, in tens of 万元, small ones more often than large ones."""
        share = self.random.random() ** 2
        return Decimal(round((least + (most - least) * share) / 10) * 10)


def spread(random: Random, count: int, months: Sequence[int]) -> list[int]:
    """Return `count` months, evenly taken in a random order."""
    found = [months[n % len(months)] for n in range(count)]
    random.shuffle(found)
    return found
