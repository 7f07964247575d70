"""Review decisions as values (审定操作), and their stored form.

A decision names items by identity alone. It can be stored as JSON and applied again: the same decision on the
same draft gives the same draft (`luoshi.plan.review.apply`).
"""

from __future__ import annotations

from typing import Any

import msgspec

from luoshi.kernel.errors import DecisionError
from luoshi.kernel.span import Span
from luoshi.plan.items import ItemKind
from luoshi.plan.model import SURE


class _Decision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="act"):
    """Base of all decisions; ``act`` names which one a stored decision is."""


class Accept(_Decision, frozen=True, kw_only=True, tag="accept"):
    """Take items as they are (采纳). Items already accepted stay so."""

    items: tuple[str, ...]


class AcceptSure(_Decision, frozen=True, kw_only=True, tag="accept_sure"):
    """Take all items with nothing in doubt (批量采纳).

    Attributes:
        kinds: Kinds to take; all kinds if empty.
        section: Only what stands in this section and those inside it; "" for the whole plan.
        least: Least confidence of every field that no person has set.
    """

    kinds: tuple[ItemKind, ...] = ()
    section: str = ""
    least: float = SURE


class Edit(_Decision, frozen=True, kw_only=True, tag="edit"):
    """Set fields of an item (修改); they count as reviewed from now on.

    Attributes:
        item: The item.
        changes: New values by field name, in JSON form or typed. A deadline may be given as its day alone.
    """

    item: str
    changes: dict[str, Any]


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a split: its title ("" to take it from the text) and its places (none: those of the whole)."""

    title: str = ""
    spans: tuple[Span, ...] = ()


class Split(_Decision, frozen=True, kw_only=True, tag="split"):
    """Make several commitments of one (拆分), either at offsets or into given parts.

    Attributes:
        item: The commitment.
        offsets: Offsets in the source text where a new part begins.
        parts: The parts, where no offsets are given.
    """

    item: str
    offsets: tuple[int, ...] = ()
    parts: tuple[Part, ...] = ()


class Merge(_Decision, frozen=True, kw_only=True, tag="merge"):
    """Make one commitment of several (合并), in text order; `title` "" takes that of the first."""

    items: tuple[str, ...]
    title: str = ""


class Reject(_Decision, frozen=True, kw_only=True, tag="reject"):
    """Leave items out, with a reason (剔除); what belongs to a rejected commitment goes with it."""

    items: tuple[str, ...]
    reason: str


class Restore(_Decision, frozen=True, kw_only=True, tag="restore"):
    """Put items back to review (恢复待审); what was rejected along with a commitment comes back with it."""

    items: tuple[str, ...]


class Assign(_Decision, frozen=True, kw_only=True, tag="assign"):
    """Say who is responsible for commitments (分派). None leaves a field as it is; "" or () clears it.

    Attributes:
        items: The commitments.
        lead: Lead unit (牵头单位), by identity or name; a name that the plan does not have adds a unit.
        supporting: Supporting units (配合单位), likewise.
        official: Leading official (牵头领导).
    """

    items: tuple[str, ...]
    lead: str | None = None
    supporting: tuple[str, ...] | None = None
    official: str | None = None


class Add(_Decision, frozen=True, kw_only=True, tag="add"):
    """Add an item by hand (人工添加), accepted at once.

    Attributes:
        kind: What it is.
        fields: Values by field name, as for `Edit`; what is not given takes its default.
        span: Place chosen in the text, or None.
    """

    kind: ItemKind
    fields: dict[str, Any] = {}
    span: Span | None = None


class RenameUnit(_Decision, frozen=True, kw_only=True, tag="rename_unit"):
    """Write a unit's name as this place writes it (单位更名); its identity and its commitments stay."""

    unit: str
    name: str


Decision = Accept | AcceptSure | Edit | Split | Merge | Reject | Restore | Assign | Add | RenameUnit

_DECODER: msgspec.json.Decoder[Decision] = msgspec.json.Decoder(Decision)


def encode(decision: Decision) -> bytes:
    """Return the stored form of a decision: canonical JSON."""
    return msgspec.json.encode(decision, order="sorted")


def decode(data: bytes | str) -> Decision:
    """Return the decision in its stored form.

    Raises:
        DecisionError: It is not one (P301).
    """
    try:
        return _DECODER.decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise DecisionError("P301", {"detail": str(error)[:200]}) from None
