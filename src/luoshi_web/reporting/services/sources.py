"""Say where figures come from (数据来源), and fill references in."""

from __future__ import annotations

from decimal import Decimal

from luoshi.delivery import source
from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.source import SourceKind
from luoshi.ledger.entry import Entry
from luoshi.packs import packs
from luoshi.register.observed import parts_of
from luoshi_web.audit.action import Action
from luoshi_web.reporting.services.writing import writing
from luoshi_web.rights import Actor, Right


def bind_source(
    actor: Actor,
    plan_year: int,
    *,
    target: str,
    kind: SourceKind,
    name: str,
    method: str,
    reason: str = "",
) -> Entry:
    """Bind a target to a roster, to imported statistics or to the unit's report.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: There is no such target, roster or series, or a re-binding has no reason (L26x).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        lineage = ledger.year.lineage_of_target(target)
        if kind is SourceKind.ROSTER and name not in ledger.year.rosters:
            raise DeliveryError("L261")
        if kind is SourceKind.REGISTER:
            pack, indicator, _parameter = parts_of(name)
            if pack not in packs() or indicator not in packs()[pack].indicators:
                raise DeliveryError("L261")
        proposal = source.bind(
            ledger.year.source_of(target),
            target=target,
            lineage=lineage,
            kind=kind,
            name=name,
            method=method,
            reason=ledger.note_or_none(reason, lineage=lineage),
            on=ledger.on,
        )
        (entry,) = ledger.add(proposal, action=Action.SOURCE_BOUND, about=name or str(kind.value))
    return entry


def fill_reference(actor: Actor, plan_year: int, *, target: str, value: Decimal, origin: str) -> Entry:
    """Fill in the value behind a reference without a number.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: There is no such target, or it is not said where the value was found (L263, L264).
    """
    actor.require(Right.SUPERVISE, plan_year)
    with writing(actor, plan_year) as ledger:
        lineage = ledger.year.lineage_of_target(target)
        proposal = source.set_reference(
            target=target, lineage=lineage, value=value, origin=origin, on=ledger.on
        )
        (entry,) = ledger.add(proposal, action=Action.REFERENCE_SET, about=origin)
    return entry
