"""The plan at a glance: how much of what, where, by whom, until when, and what the compiler is unsure of."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from luoshi.kernel.diagnostic import Diagnostic
from luoshi.plan.items import ItemKind, of_kind
from luoshi.plan.model import Item, ReviewState, Section
from luoshi_web.frame.language import label, reading_language
from luoshi_web.plans.index import PlanIndex, shown

_COUNTED = (ItemKind.COMMITMENT, ItemKind.TARGET, ItemKind.PROJECT, ItemKind.PROCEDURE)
_SCREENS = {
    ItemKind.COMMITMENT: "commitments",
    ItemKind.TARGET: "targets",
    ItemKind.PROJECT: "projects",
    ItemKind.PROCEDURE: "mechanisms",
    ItemKind.TERM: "terms",
    ItemKind.CLAIM: "claims",
}


@dataclass(frozen=True, slots=True)
class Tile:
    """How many items of a kind there are, and how many of them are in doubt."""

    kind: ItemKind
    screen: str
    count: int
    doubts: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a small table: what it is of, the counts, and how long its bar is (0 to 100)."""

    key: str
    name: str
    counts: dict[str, int]
    share: float
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Doubt:
    """A kind of thing that the compiler says, with one example and how often."""

    code: str
    text: str
    severity: str
    count: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The plan at a glance."""

    tiles: list[Tile]
    sections: list[Line]
    kinds: list[Line]
    units: list[Line]
    unassigned: int
    months: list[Line]
    doubts: list[Doubt]
    reviewed: int
    reviewable: int
    states: dict[str, int] = field(default_factory=dict)


def summary_of(index: PlanIndex) -> Summary:
    """Count a plan."""
    plan = index.plan
    reviewable = [item for kind in ItemKind if kind.needs_review for item in of_kind(plan, kind)]
    states = Counter(item.state for item in reviewable)
    return Summary(
        tiles=[_tile(index, kind) for kind in _SCREENS],
        sections=_sections(index),
        kinds=_kinds(index),
        units=_units(index),
        unassigned=sum(not c.lead_unit for c in shown(plan.commitments)),
        months=_months(index),
        doubts=_doubts(plan.diagnostics),
        reviewed=len(reviewable) - states[ReviewState.PROPOSED],
        reviewable=len(reviewable),
    )


def _tile(index: PlanIndex, kind: ItemKind) -> Tile:
    items = shown(of_kind(index.plan, kind))
    return Tile(kind, _SCREENS[kind], len(items), sum(not item.is_sure for item in items))


def _sections(index: PlanIndex) -> list[Line]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for kind in _COUNTED:
        for item in shown(of_kind(index.plan, kind)):
            for section in index.path_of(item):
                counts[section.id][str(kind.value)] += 1
    wanted = [s for s in index.plan.sections if counts[s.id] and len(index.path(s.id)) <= 2]
    most = max((counts[s.id]["commitment"] for s in wanted if _is_lowest(s, wanted)), default=0)
    return [
        Line(
            section.id,
            f"{section.number} {section.title}".strip(),
            dict(counts[section.id]),
            _share(counts[section.id]["commitment"], most) if _is_lowest(section, wanted) else 0,
            len(index.path(section.id)),
        )
        for section in wanted
    ]


def _is_lowest(section: Section, among: list[Section]) -> bool:
    return all(other.parent != section.id for other in among)


def _kinds(index: PlanIndex) -> list[Line]:
    counts = Counter(target.kind for target in shown(index.plan.targets))
    most = max(counts.values(), default=0)
    return [
        Line(str(kind.value), label(kind), {"target": count}, _share(count, most))
        for kind, count in counts.most_common()
    ]


def _units(index: PlanIndex) -> list[Line]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for kind in (ItemKind.COMMITMENT, ItemKind.TARGET, ItemKind.PROJECT):
        for item in shown(of_kind(index.plan, kind)):
            if unit := index.unit_of(item):
                counts[unit][str(kind.value)] += 1
    ordered = sorted(counts, key=lambda unit: (-counts[unit]["commitment"], unit))
    most = max((counts[unit]["commitment"] for unit in ordered), default=0)
    return [
        Line(unit, unit, dict(counts[unit]), _share(counts[unit]["commitment"], most)) for unit in ordered
    ]


def _months(index: PlanIndex) -> list[Line]:
    plan = index.plan
    days = [c.deadline.day for c in shown(plan.commitments)]
    counts = Counter(day.month for day in days if day.year == plan.year)
    later = sum(day.year > plan.year for day in days)
    most = max([*counts.values(), later, 1])
    lines = [
        Line(f"{month:02}", str(month), {"commitment": counts[month]}, _share(counts[month], most))
        for month in range(1, 13)
    ]
    return [*lines, Line("later", "", {"commitment": later}, _share(later, most))]


def _doubts(diagnostics: tuple[Diagnostic, ...]) -> list[Doubt]:
    counts = Counter(d.code for d in diagnostics)
    first = {d.code: d for d in reversed(diagnostics)}
    order = ["error", "warning", "note"]
    found = [
        Doubt(code, first[code].describe(reading_language()), str(first[code].severity.value), count)
        for code, count in counts.items()
    ]
    return sorted(found, key=lambda doubt: (order.index(doubt.severity), -doubt.count))


def _share(count: int, most: int) -> float:
    return round(100 * count / most, 1) if most else 0.0


def doubtful(index: PlanIndex, *, limit: int) -> list[Item]:
    """Return the items that the compiler is least sure of and no person has judged."""
    items = [
        item
        for kind in ItemKind
        if kind.needs_review
        for item in of_kind(index.plan, kind)
        if item.state is ReviewState.PROPOSED and not item.is_sure
    ]
    return sorted(items, key=lambda item: item.confidence)[:limit]
