"""The year on one screen (全年一览): lights by section and unit, movement, what is worst, who is silent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from luoshi.delivery.issue import Issued
from luoshi.plan.model import Target
from luoshi.status.forecast import Forecast
from luoshi.status.light import Colour, Light
from luoshi.status.rollup import ORDER, Tally, tally
from luoshi_web.reporting.opened import Delivery
from luoshi_web.reporting.selectors import lights_on

_WORST = 10


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a bar of lights: colour, count, start and width in per cent."""

    colour: Colour
    count: int
    start: Decimal
    width: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """A section or a unit with its lights: key, name, tally, the bar, how deep it stands."""

    key: str
    name: str
    tally: Tally
    slices: list[Slice]
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Moved:
    """A commitment whose light changed: from, to."""

    issued: Issued
    before: Colour
    after: Colour

    @property
    def is_worse(self) -> bool:
        """Whether it became worse."""
        return self.after.severity > self.before.severity


@dataclass(frozen=True, slots=True)
class Worst:
    """A commitment in trouble with its light."""

    issued: Issued
    light: Light


def slices_of(found: Tally) -> list[Slice]:
    """Return the parts of a bar, what needs somebody first."""
    parts, start = [], Decimal(0)
    for colour in ORDER:
        count = found.count(colour)
        if count:
            width = Decimal(100) * count / found.total
            parts.append(Slice(colour, count, start, width))
            start += width
    return parts


def shown_colour(delivery: Delivery, lineage: str) -> Colour:
    """Return the colour that counts for a commitment: that of an override where one is in force."""
    override = delivery.year.overrides.get(lineage)
    return override.colour if override is not None else delivery.lights[lineage].colour


def overall(delivery: Delivery) -> Tally:
    """Return all lights counted."""
    return tally(shown_colour(delivery, lineage) for lineage in delivery.year.issued)


def by_section(delivery: Delivery) -> list[Line]:
    """Return the lights of the sections of the first level, in text order."""
    index = delivery.index
    found: dict[str, list[Colour]] = {}
    names: dict[str, str] = {}
    for lineage in delivery.year.issued:
        path = index.path(delivery.commitments[lineage].section)
        key = path[min(1, len(path) - 1)].id if path else ""
        if path:
            section = path[min(1, len(path) - 1)]
            names[key] = f"{section.number}{section.title}" if section.number else section.title
        found.setdefault(key, []).append(shown_colour(delivery, lineage))
    return [_line(key, names.get(key, "—"), colours) for key, colours in found.items()]


def by_unit(delivery: Delivery) -> list[Line]:
    """Return the lights of the lead units, the one with most red first, then most grey."""
    found: dict[str, list[Colour]] = {}
    for lineage, issued in delivery.year.issued.items():
        found.setdefault(issued.lead_unit, []).append(shown_colour(delivery, lineage))
    lines = [_line(unit, unit, colours) for unit, colours in found.items()]
    return sorted(lines, key=lambda line: (line.tally.rank, -line.tally.total, line.name))


def _line(key: str, name: str, colours: Iterable[Colour]) -> Line:
    found = tally(colours)
    return Line(key, name, found, slices_of(found))


def month_before(day: date) -> date:
    """Return the last day of the month before."""
    return day.replace(day=1) - timedelta(days=1)


def moved_since(delivery: Delivery, before: date) -> list[Moved]:
    """Return the commitments whose light changed since a day, those that became worse first."""
    earlier = lights_on(delivery.plan_year.pk, before, delivery.today)
    found = [
        Moved(issued, earlier[lineage].colour, delivery.lights[lineage].colour)
        for lineage, issued in delivery.year.issued.items()
        if lineage in earlier and earlier[lineage].colour is not delivery.lights[lineage].colour
    ]
    return sorted(found, key=lambda one: (not one.is_worse, -one.after.severity, one.issued.title))


def worst(delivery: Delivery, limit: int = _WORST) -> list[Worst]:
    """Return the commitments in most trouble: red by how far behind, then grey."""
    troubled = [
        Worst(issued, delivery.lights[lineage])
        for lineage, issued in delivery.year.issued.items()
        if shown_colour(delivery, lineage) in (Colour.FAR_BEHIND, Colour.SILENT)
    ]
    return sorted(troubled, key=lambda one: (-one.light.colour.severity, -_points(one.light)))[:limit]


def _points(light: Light) -> Decimal:
    parts = [light, *light.parts]
    return max(
        (Decimal(part.parameters["points"]) for part in parts if "points" in part.parameters),
        default=Decimal(0),
    )


def silent_units(delivery: Delivery) -> list[tuple[str, int]]:
    """Return the units with commitments that are silent, and how many, the most first."""
    lines = [(line.name, line.tally.count(Colour.SILENT)) for line in by_unit(delivery)]
    return sorted([pair for pair in lines if pair[1]], key=lambda pair: (-pair[1], pair[0]))


@dataclass(frozen=True, slots=True)
class Unlikely:
    """A commitment with the target that is least likely to be met."""

    issued: Issued
    target: Target
    forecast: Forecast


def unlikely(delivery: Delivery, limit: int = _WORST) -> list[Unlikely]:
    """Return the commitments that are least likely to be met, by what is foretold; those that are foretold to be met are left out."""
    found = []
    for lineage, issued in delivery.year.issued.items():
        if shown_colour(delivery, lineage) is Colour.DONE:
            continue
        told = [
            Unlikely(issued, delivery.ground.targets[one], delivery.forecasts[one])
            for one in issued.targets
            if one in delivery.forecasts and delivery.forecasts[one].chance is not None
        ]
        if told:
            found.append(min(told, key=_chance))
    return sorted((one for one in found if _chance(one) < Decimal("0.5")), key=_chance)[:limit]


def _chance(one: Unlikely) -> Decimal:
    return one.forecast.chance if one.forecast.chance is not None else Decimal(1)
