"""Where a target's figures come from (数据来源), and who says so.

A target whose number a roster or an import knows is not asked for, and nobody can type over it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from luoshi.delivery.fault import DeliveryError
from luoshi.kernel.label import Labelled
from luoshi.ledger.entry import Proposal
from luoshi.ledger.fact import Fact
from luoshi.ledger.note import NoteRef


class SourceKind(Labelled):
    """Kind of source (来源类型)."""

    REPORT = "report", "单位填报", "reported by the lead unit"
    ROSTER = "roster", "清单", "a roster"
    IMPORT = "import", "统计导入", "imported statistics"
    REGISTER = "register", "办件登记簿", "a register of cases"


class SourceBound(Fact, frozen=True, kw_only=True, tag="source_bound"):
    """A target's figures come from here, from now on.

    Attributes:
        target: Identity of the target.
        source: Kind of source.
        name: Identity of the roster, or name of the imported series; "" for a report.
        method: How the number is computed, for people (口径).
        reason: Why the source changes; None for the first binding.
    """

    target: str
    source: SourceKind
    name: str
    method: str
    reason: NoteRef | None = None


class ReferenceSet(Fact, frozen=True, kw_only=True, tag="reference_set"):
    """The value behind a reference without a number (不低于省下达任务) became known."""

    target: str
    value: Decimal
    origin: str


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Source of a target as it stands: kind, name, method, entry that bound it, and the entries before."""

    kind: SourceKind
    name: str = ""
    method: str = ""
    entry: int = 0
    earlier: tuple[int, ...] = ()


REPORTED = Source(kind=SourceKind.REPORT)
"""Source of a target that nothing was bound to."""


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """Value of a reference: how much, where it was found, entry."""

    value: Decimal
    origin: str
    entry: int


def bind(
    source: Source,
    *,
    target: str,
    lineage: str,
    kind: SourceKind,
    name: str,
    method: str,
    reason: NoteRef | None,
    on: date,
) -> Proposal:
    """Return the entry that binds a target to a source.

    Args:
        source: Source so far.
        target: Identity of the target.
        lineage: Its commitment.
        kind: Kind of the new source.
        name: Roster or series; "" for a report.
        method: How the number is computed.
        reason: Why, where there was a binding before.
        on: Day.

    Raises:
        DeliveryError: It is bound to it already (L260), no roster or series is named (L261), or a re-binding has no reason (L262).
    """
    if kind is not SourceKind.REPORT and not name:
        raise DeliveryError("L261")
    if (source.kind, source.name) == (kind, name):
        raise DeliveryError("L260")
    if source.entry and (reason is None or not reason.length):
        raise DeliveryError("L262")
    fact = SourceBound(
        target=target,
        source=kind,
        name=name if kind is not SourceKind.REPORT else "",
        method=method.strip(),
        reason=reason,
    )
    return Proposal(fact=fact, day=on, lineage=lineage)


def set_reference(*, target: str, lineage: str, value: Decimal, origin: str, on: date) -> Proposal:
    """Return the entry that fills a reference in.

    Raises:
        DeliveryError: It is not said where the value was found (L263).
    """
    if not origin.strip():
        raise DeliveryError("L263")
    fact = ReferenceSet(target=target, value=value, origin=origin.strip())
    return Proposal(fact=fact, day=on, lineage=lineage)
