"""Targets as records for comparison with annotations (指标记录): one object a target, offsets in the source."""

from __future__ import annotations

from decimal import Decimal

from luoshi.plan.model import Plan, Role, Target

Record = dict[str, str | int | float]


def records(plan: Plan) -> list[Record]:
    """Return a record for each target that has a number, in text order.

    Each has ``id`` (T001 …), ``start``, ``end``, ``text``, ``num_start``, ``num_end``, ``num_text``, ``indicator``, ``comparator``,
    ``value`` (and ``value2`` for a range), ``unit``, ``kind``, ``modal``, ``deadline`` (as written, "" for the default), ``section``
    (body, glossary or annex) and ``note``. Offsets count in `Source.text`.
    """
    order = {source.id: index for index, source in enumerate(plan.sources)}
    targets = [target for target in plan.targets if target.value is not None and target.number is not None]
    targets.sort(key=lambda target: _place(target, order))
    return [_record(plan, target, f"T{index:03d}") for index, target in enumerate(targets, start=1)]


def _place(target: Target, order: dict[str, int]) -> tuple[int, int, int]:
    number = target.number
    return (order.get(number.source, 0), number.start, number.end) if number else (0, 0, 0)


def _record(plan: Plan, target: Target, label: str) -> Record:
    clause, number = target.spans[0], target.number
    record: Record = {
        "id": label,
        "start": clause.start,
        "end": clause.end,
        "text": plan.quote(clause),
        "num_start": number.start if number else clause.start,
        "num_end": number.end if number else clause.end,
        "num_text": plan.quote(number) if number else "",
        "indicator": target.indicator,
        "comparator": target.comparator.value,
        "value": _plain(target.value or Decimal(0)),
    }
    if target.upper is not None:
        record["value2"] = _plain(target.upper)
    return record | {
        "unit": target.unit,
        "kind": target.kind.value,
        "modal": target.strength,
        "deadline": target.deadline.written,
        "section": _section(plan, target),
        "note": "",
    }


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _section(plan: Plan, target: Target) -> str:
    clause = target.spans[0]
    role = Role.WORK
    for section in plan.sections:
        if section.span.source == clause.source and section.span.start <= clause.start < section.span.end:
            role = section.role
    return {Role.GLOSSARY: "glossary", Role.ANNEX: "annex"}.get(role, "body")
