"""The plan at a glance: how much of what, where, by whom, until when, and what the compiler is unsure of."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.plan.items import ItemKind, label_of, of_kind
from luoshi.plan.model import Section
from luoshi.plan.progress import Doubt, Progress, doubts, progress
from luoshi_web.frame.language import label, month_text, reading_language
from luoshi_web.plans.index import PlanIndex, shown
from luoshi_web.plans.wording import section_text

_SCREENS = {
    ItemKind.COMMITMENT: ("commitments", _("目标任务")),
    ItemKind.TARGET: ("targets", _("量化指标")),
    ItemKind.PROJECT: ("projects", _("项目")),
    ItemKind.PROCEDURE: ("mechanisms", _("机制流程")),
    ItemKind.TERM: ("terms", _("用语")),
    ItemKind.CLAIM: ("claims", _("成效")),
}
_COUNTED = (ItemKind.COMMITMENT, ItemKind.TARGET, ItemKind.PROJECT)
_MOST_UNITS = 12
_MOST_DOUBTS = 8


@dataclass(frozen=True, slots=True)
class Tile:
    """How many items of a kind there are, and how many of them are in doubt."""

    kind: ItemKind
    screen: str
    title: Any
    count: int
    in_doubt: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a small table.

    Attributes:
        key: Key by which the list is narrowed to what the line counts.
        name: Name shown.
        counts: Counts by kind of item.
        share: Length of its bar, 0 to 100.
        depth: How far it is indented.
    """

    key: str
    name: str
    counts: dict[str, int]
    share: int = 0
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """A thing that the compiler says, with its first case and how often it says it."""

    code: str
    text: str
    severity: Severity
    count: int


@dataclass(frozen=True, slots=True)
class DoubtLine:
    """An item in doubt: its words, and the reason that is least sure."""

    doubt: Doubt
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The plan at a glance."""

    tiles: list[Tile]
    sections: list[Line]
    kinds: list[Line]
    units: list[Line]
    more_units: int
    unassigned: int
    months: list[Line]
    notes: list[Note]
    doubts: list[DoubtLine]
    doubt_count: int
    progress: Progress


def summary_of(index: PlanIndex) -> Summary:
    """Count a plan."""
    plan = index.plan
    how_far = progress(plan)
    found = doubts(plan)
    units = _units(index)
    return Summary(
        tiles=[
            Tile(kind, screen, title, len(shown(of_kind(plan, kind))), how_far.kinds[kind].in_doubt)
            for kind, (screen, title) in _SCREENS.items()
        ],
        sections=_sections(index),
        kinds=_kinds(index),
        units=units[:_MOST_UNITS],
        more_units=max(0, len(units) - _MOST_UNITS),
        unassigned=sum(not commitment.lead_unit for commitment in shown(plan.commitments)),
        months=_months(index),
        notes=_notes(plan.diagnostics),
        doubts=[_doubt_line(doubt) for doubt in found[:_MOST_DOUBTS]],
        doubt_count=len(found),
        progress=how_far,
    )


def _doubt_line(doubt: Doubt) -> DoubtLine:
    language = reading_language()
    said = [basis.describe(language) for basis in doubt.bases] + [
        d.describe(language) for d in doubt.diagnostics
    ]
    return DoubtLine(doubt, label_of(doubt.item), said[0] if said else "")


def _sections(index: PlanIndex) -> list[Line]:
    """Return the first two levels of the outline with what they hold; a bar where nothing lies below."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for kind in _COUNTED:
        for item in shown(of_kind(index.plan, kind)):
            for section in index.path_of(item):
                counts[section.id][str(kind.value)] += 1
    wanted = [s for s in index.plan.sections if counts[s.id] and len(index.path(s.id)) <= 2]
    lowest = {s.id for s in wanted if _is_lowest(s, wanted)}
    most = max((counts[key]["commitment"] for key in lowest), default=0)
    return [
        Line(
            section.id,
            section_text(section),
            dict(counts[section.id]),
            _share(counts[section.id]["commitment"], most) if section.id in lowest else 0,
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
    for kind in _COUNTED:
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
    days = [commitment.deadline.day for commitment in shown(plan.commitments)]
    counts = Counter(day.month for day in days if day.year == plan.year)
    later = sum(day.year > plan.year for day in days)
    most = max([*counts.values(), later, 1])
    lines = [
        Line(f"{month:02}", month_text(month), {"commitment": counts[month]}, _share(counts[month], most))
        for month in range(1, 13)
    ]
    return [*lines, Line("later", "", {"commitment": later}, _share(later, most))] if later else lines


def _notes(diagnostics: tuple[Diagnostic, ...]) -> list[Note]:
    counts = Counter(diagnostic.code for diagnostic in diagnostics)
    first = {diagnostic.code: diagnostic for diagnostic in reversed(diagnostics)}
    found = [
        Note(code, first[code].describe(reading_language()), first[code].severity, count)
        for code, count in counts.items()
    ]
    order = list(Severity)
    return sorted(found, key=lambda note: (order.index(note.severity), -note.count))


def _share(count: int, most: int) -> int:
    return round(100 * count / most) if most else 0
