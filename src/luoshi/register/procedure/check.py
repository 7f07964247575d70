"""What keeps a procedure from being published, as values with the place of each fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from luoshi.cadence.limit import Limit, PeriodType, pausings
from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.register.procedure.model import FieldKind, Part, Procedure, Stage


def faults_of(procedure: Procedure, *, units: Collection[str] | None = None) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a procedure; nothing for one that can be published.

    Args:
        procedure: The procedure.
        units: Units that there are; None leaves units unchecked.
    """
    return tuple(_faults(procedure, units))


def _fault(code: str, **parameters: str) -> Diagnostic:
    return Diagnostic(code=code, severity=Severity.ERROR, parameters=parameters)


def _faults(procedure: Procedure, units: Collection[str] | None) -> Iterator[Diagnostic]:
    if not procedure.name.strip() or not procedure.stages:
        yield _fault("R301")
        return
    yield from _twice(procedure.stages, "R302")
    for parts in (
        procedure.classes,
        procedure.outcomes,
        procedure.fields,
        procedure.series,
        procedure.follow_ups,
    ):
        yield from _twice(parts, "R303")
    known = {stage.key for stage in procedure.stages}
    for move in procedure.moves:
        for end in (move.source, move.target):
            if end not in known:
                yield _fault("R304", stage=end)
    yield from _unreached(procedure, known)
    for outcome in procedure.outcomes:
        for key in outcome.stages:
            if key not in known:
                yield _fault("R304", stage=key)
    for follow_up in procedure.follow_ups:
        for key in follow_up.stages:
            if key not in known:
                yield _fault("R304", stage=key)
        for key in follow_up.carried.values():
            if procedure.field(key) is None:
                yield _fault("R325", name=follow_up.name, field=key)
    if not procedure.outcomes:
        yield _fault("R305")
    for stage in procedure.stages:
        yield from _faults_of_stage(procedure, stage)
        if not procedure.moves_from(stage.key) and not procedure.outcomes_from(stage.key):
            yield _fault("R306", stage=stage.name)
    for limit, name in _limits(procedure):
        yield from _faults_of_limit(limit, name)
    for reason in procedure.pauses:
        if reason not in pausings():
            yield _fault("R309", reason=reason)
    for field in procedure.fields:
        if field.kind is FieldKind.CHOICE and not field.options:
            yield _fault("R310", name=field.name)
    if units is not None:
        for unit in dict.fromkeys(procedure.units()):
            if unit not in units:
                yield _fault("R311", unit=unit)


def _twice(parts: Iterable[Part], code: str) -> Iterator[Diagnostic]:
    listed = list(parts)
    counts = Counter(part.key for part in listed)
    for part in listed:
        if not part.key or not part.name.strip():
            yield _fault("R312", key=part.key, name=part.name)
    for key, count in counts.items():
        if count > 1:
            yield _fault(code, key=key)


def _unreached(procedure: Procedure, known: set[str]) -> Iterator[Diagnostic]:
    reached, waiting = set[str](), [procedure.stages[0].key]
    while waiting:
        here = waiting.pop()
        if here in reached or here not in known:
            continue
        reached.add(here)
        waiting += [move.target for move in procedure.moves_from(here)]
    for stage in procedure.stages:
        if stage.key not in reached:
            yield _fault("R307", stage=stage.name)


def _faults_of_stage(procedure: Procedure, stage: Stage) -> Iterator[Diagnostic]:
    for parts in (stage.tasks, stage.papers, stage.checks):
        yield from _twice(parts, "R303")
    for field in stage.needs:
        if procedure.field(field) is None:
            yield _fault("R308", stage=stage.name, field=field)


def _limits(procedure: Procedure) -> Iterator[tuple[Limit, str]]:
    if procedure.limit:
        yield procedure.limit, procedure.name
    for one in procedure.classes:
        if one.limit:
            yield one.limit, one.name
    for stage in procedure.stages:
        if stage.limit:
            yield stage.limit, stage.name
        yield from ((task.limit, task.name) for task in stage.tasks if task.limit)


_LONGEST = Decimal(3650)


def _faults_of_limit(limit: Limit, name: str) -> Iterator[Diagnostic]:
    is_whole = limit.amount == limit.amount.to_integral_value()
    may_be_part = limit.type in (PeriodType.WORKING_HOUR, PeriodType.HOUR) or (
        limit.type is PeriodType.WORKING_DAY and limit.amount < 1
    )
    if not 0 < limit.amount <= _LONGEST or not (is_whole or may_be_part):
        yield _fault("R313", name=name, amount=format(limit.amount, "f"))
