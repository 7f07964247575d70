"""How the number of each target will be known (数据来源覆盖): what it is bound to, and what is proposed where it is still typed.

Proposed are, in this order: a register of a pack whose indicator is named like the target; a roster for things that can be listed by name; imported statistics for
what the catalogue of indicators knows. What is left is typed by the lead unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from luoshi.cadence.limit import Limit, PeriodType
from luoshi.catalogue.indicator import indicators
from luoshi.catalogue.measure import dimension_of
from luoshi.delivery.source import Source, SourceKind
from luoshi.kernel.quantity import split_unit
from luoshi.plan.model import Target, TargetKind
from luoshi.register.observed import source_name
from luoshi.register.pack import Pack
from luoshi.register.procedure.model import Procedure
from luoshi.register.statistics import series_of

_LISTED = frozenset({"thing", "length", "area", "event"})
"""What can be listed by name: things, stretches, plots, events. People and money are not listed."""
_ADDS_UP = (TargetKind.COUNT, TargetKind.INCREMENT)
_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed source: kind, name (of the register's figure or the series; "" for a roster or a report), procedure of a register."""

    kind: SourceKind
    name: str = ""
    procedure: str = ""


def proposed_for(target: Target, packs: Mapping[str, Pack]) -> Proposed:
    """Return the source that is proposed for a target.

    Args:
        target: The target.
        packs: Packs that there are.
    """
    for pack in packs.values():
        for indicator in pack.indicators.values():
            parameter = indicator.parameter_for(target.indicator)
            if parameter is not None and _fits(target.unit, indicator.unit):
                name = source_name(pack.key, indicator.key, parameter)
                return Proposed(SourceKind.REGISTER, name, indicator.procedure)
    dimension = dimension_of(target.unit)
    is_listed = target.kind in _ADDS_UP and dimension in _LISTED and target.value is not None
    if is_listed:
        return Proposed(SourceKind.ROSTER)
    if target.indicator_key in indicators():
        return Proposed(SourceKind.IMPORT, series_of(target.indicator))
    return Proposed(SourceKind.REPORT)


def _fits(unit: str, given: str) -> bool:
    """Tell whether a register's unit can stand for that of a target: of one dimension, multipliers aside."""
    if unit == given:
        return True
    mine, theirs = dimension_of(unit), dimension_of(given)
    return bool(mine) and mine == theirs and (mine != "time" or split_unit(unit)[1] == split_unit(given)[1])


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many targets are known by each kind of source, now and as proposed."""

    bound: Mapping[SourceKind, int]
    proposed: Mapping[SourceKind, int]
    total: int


def coverage_of(
    targets: Iterable[Target], sources: Mapping[str, Source], packs: Mapping[str, Pack]
) -> Coverage:
    """Return how many targets of a plan-year are known by which kind of source.

    Args:
        targets: Targets in force.
        sources: Sources that were bound, by target.
        packs: Packs that there are.
    """
    listed = list(targets)
    bound = dict.fromkeys(SourceKind, 0)
    proposed = dict.fromkeys(SourceKind, 0)
    for target in listed:
        source = sources.get(target.id)
        bound[source.kind if source else SourceKind.REPORT] += 1
        proposed[proposed_for(target, packs).kind] += 1
    return Coverage(bound, proposed, len(listed))


def with_stated_limits(procedure: Procedure, targets: Iterable[Target], pack: Pack) -> Procedure:
    """Return a procedure of a pack with the limits that the report itself promises; the rest stays.

    Where the report names several for one class, the shortest counts, because a case that keeps it keeps the others. The supervisor sees it in the draft, with the report's words as its basis.

    Args:
        procedure: A procedure of the pack.
        targets: Targets in force.
        pack: The pack.
    """
    shortest: dict[str, Target] = {}
    for target in targets:
        for indicator in pack.indicators.values():
            if not indicator.is_limit or indicator.procedure != procedure.key or target.value is None:
                continue
            name = indicator.parameter_for(target.indicator)
            if name is None or not _fits(target.unit, indicator.unit):
                continue
            known = shortest.get(name)
            if known is None or known.value is None or target.value < known.value:
                shortest[name] = target
    classes = tuple(
        msgspec.structs.replace(one, limit=_stated(one.limit, shortest.get(one.key)))
        for one in procedure.classes
    )
    return msgspec.structs.replace(
        procedure, classes=classes, limit=_stated(procedure.limit, shortest.get(""))
    )


def _stated(before: Limit | None, target: Target | None) -> Limit | None:
    if target is None or target.value is None:
        return before
    return Limit(
        amount=target.value,
        type=before.type if before else PeriodType.WORKING_DAY,
        basis=f"政府工作报告：“{target.text[:_QUOTED]}”",
    )
