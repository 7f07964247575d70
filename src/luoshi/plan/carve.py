"""Splitting and merging commitments (拆分与合并): what becomes of the fields and of what belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from luoshi.kernel.errors import DecisionError
from luoshi.kernel.identity import Minter
from luoshi.kernel.span import Span
from luoshi.plan.decision import Merge, Part, Split
from luoshi.plan.field import check_span, converted
from luoshi.plan.items import ItemKind, by_id, label_of, of_kind
from luoshi.plan.model import Basis, Commitment, Deliverable, Item, Origin, Plan, Publicity, ReviewState
from luoshi.plan.shares import balanced

_PARTING = "，、；,; \t\r\n\u3000"
"""Signs that part the clauses of a sentence; a part neither begins nor ends with one."""
_LONGEST_TITLE = 60
_BELONGING = (ItemKind.TARGET, ItemKind.DELIVERABLE, ItemKind.PROJECT)
_INHERITED_DOUBT = 0.5
_OPENNESS = (Publicity.INTERNAL, Publicity.ON_REQUEST, Publicity.PUBLIC)


def split(plan: Plan, decision: Split) -> Plan:
    """Return the plan with one commitment in parts; targets, projects and deliverables follow their places.

    Fields are taken over by each part. Where the words of a field (action, object, strength, deadline) do not stand in the part,
    it is in doubt. A published identity goes on as ``L.1``, ``L.2`` ….

    Raises:
        DecisionError: P312 to P314, P316 or P309.
    """
    whole = _open_commitment(plan, decision.item)
    parts = decision.parts or _at_offsets(plan, whole, decision.offsets)
    if len(parts) < 2 or (decision.parts and decision.offsets):
        raise DecisionError("P312")
    taken = set(by_id(plan))
    children: list[Commitment] = []
    for number, part in enumerate(parts, 1):
        child = _child(plan, whole, part, number, taken)
        taken.add(child.id)
        children.append(child)
    at = plan.commitments.index(whole)
    commitments = (*plan.commitments[:at], *children, *plan.commitments[at + 1 :])
    homes = {
        item.id: home_among(item, children)
        for kind in _BELONGING
        for item in of_kind(plan, kind)
        if getattr(item, "commitment", "") == whole.id
    }
    return _rehoused(msgspec.structs.replace(plan, commitments=commitments), homes)


def merge(plan: Plan, decision: Merge) -> Plan:
    """Return the plan with several commitments as one, at the place of the first; what belongs to them follows.

    The first one's words and lead unit stand; other lead units become supporting ones; the last deadline holds,
    in doubt where they differed; the narrowest publicity holds.

    Raises:
        DecisionError: P315, P316 or P302.
    """
    named = set(decision.items)
    if len(named) < 2:
        raise DecisionError("P315")
    for name in sorted(named):
        _open_commitment(plan, name)
    merged = [commitment for commitment in plan.commitments if commitment.id in named]
    one = _joined(plan, merged, decision.title)
    commitments = tuple(
        one if commitment is merged[0] else commitment
        for commitment in plan.commitments
        if commitment is merged[0] or commitment.id not in named
    )
    homes = {
        item.id: one.id
        for kind in _BELONGING
        for item in of_kind(plan, kind)
        if getattr(item, "commitment", "") in named
    }
    return _rehoused(msgspec.structs.replace(plan, commitments=commitments), homes)


def new_id(taken: Iterable[str], prefix: str, *content: str) -> str:
    """Return an identity from content that is not yet `taken`."""
    minter = Minter()
    known = set(taken)
    while (identity := minter.mint(prefix, *content)) in known:
        pass
    return identity


def title_of(text: str) -> str:
    """Return a short name for a stretch of text: without its end marks, cut where it is long."""
    words = "".join(text.split()).strip(_PARTING + "。！!.")
    return words if len(words) <= _LONGEST_TITLE else words[: _LONGEST_TITLE - 1] + "…"


def _open_commitment(plan: Plan, name: str) -> Commitment:
    commitment = next((c for c in plan.commitments if c.id == name), None)
    if commitment is None:
        raise DecisionError("P302", {"id": name})
    if commitment.state is ReviewState.REJECTED:
        raise DecisionError("P316", {"label": commitment.title})
    return commitment


def _at_offsets(plan: Plan, whole: Commitment, offsets: Sequence[int]) -> tuple[Part, ...]:
    cuts = sorted(set(offsets))
    starts = [span.start for span in whole.spans]
    for cut in cuts:
        inside = any(span.start < cut < span.end for span in whole.spans)
        if not inside and cut not in starts[1:]:
            raise DecisionError("P314", {"offset": cut, "label": whole.title})
    parts = []
    for number, (low, high) in enumerate(zip([-1, *cuts], [*cuts, None], strict=True), 1):
        spans = []
        for span in whole.spans:
            start, end = max(span.start, low), span.end if high is None else min(span.end, high)
            spans.extend(_trimmed(plan, span.source, start, end))
        if not spans:
            raise DecisionError("P313", {"number": number})
        parts.append(Part(spans=tuple(spans)))
    return tuple(parts)


def _trimmed(plan: Plan, source: str, start: int, end: int) -> list[Span]:
    """Return the stretch without the signs around it, or nothing where nothing else is in it."""
    text = plan.source(source).text
    while start < end and text[start] in _PARTING:
        start += 1
    while start < end and text[end - 1] in _PARTING:
        end -= 1
    words = text[start:end].strip("。！!.")
    return [Span(source, start, end)] if words else []


def _child(plan: Plan, whole: Commitment, part: Part, number: int, taken: set[str]) -> Commitment:
    for span in part.spans:
        check_span(plan, span)
    spans = part.spans or whole.spans
    words = "".join(plan.quote(span) for span in part.spans)
    title = part.title.strip() or title_of(words)
    if not title:
        raise DecisionError("P313", {"number": number})
    converted(plan, ItemKind.COMMITMENT, "title", title)
    doubts = tuple(
        Basis(field=field, confidence=_INHERITED_DOUBT, code="P380")
        for field, said in _said(whole)
        if said and said not in words + title and field not in whole.reviewed
    )
    doubted = {"title", "spans", *(doubt.field for doubt in doubts)}
    return msgspec.structs.replace(
        whole,
        id=new_id(taken, "c", whole.id, words or title),
        spans=spans,
        text=plan.quote(spans[0]) if spans else title,
        origin=whole.origin if spans else Origin.HAND,
        title=title,
        state=ReviewState.PROPOSED,
        bases=(*(basis for basis in whole.bases if basis.field not in doubted), *doubts),
        reviewed=tuple(
            dict.fromkeys((*whole.reviewed, "spans", *(("title",) if part.title.strip() else ())))
        ),
        parent=whole.id,
        merged_from=(),
        split_rule="",
        lineage=f"{whole.lineage}.{number}" if whole.lineage else "",
    )


def _said(commitment: Commitment) -> tuple[tuple[str, str], ...]:
    return (
        ("action", commitment.action),
        ("object", commitment.object),
        ("strength", commitment.strength),
        ("deadline", commitment.deadline.written),
    )


def home_among(item: Item, children: Sequence[Commitment]) -> str:
    """Return the part that an item goes to: the tightest that covers its place, else the one that sounds like it."""

    def fit(child: Commitment) -> tuple[int, int, float]:
        covering = [
            span.end - span.start for span in child.spans if item.spans and span.covers(item.spans[0])
        ]
        shared = sum(_shared(span, item.spans[0]) for span in child.spans) if item.spans else 0
        likeness = sum(character in child.title for character in set(label_of(item)))
        return (-min(covering) if covering else -(10**9), shared, likeness)

    return max(children, key=fit).id


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start)) if one.source == other.source else 0


def _joined(plan: Plan, merged: Sequence[Commitment], title: str) -> Commitment:
    first = merged[0]
    units = dict.fromkeys(unit for c in merged for unit in (c.lead_unit, *c.supporting_units) if unit)
    lead = next((c.lead_unit for c in merged if c.lead_unit), "")
    days = sorted({c.deadline.day for c in merged})
    bases = [basis for basis in first.bases if basis.field not in ("deadline", "spans")]
    reviewed: dict[str, None] = dict.fromkeys((*(name for c in merged for name in c.reviewed), "spans"))
    if len(days) > 1:
        found = ", ".join(map(str, days))
        bases.append(
            Basis(field="deadline", confidence=_INHERITED_DOUBT, code="P381", parameters={"found": found})
        )
        reviewed.pop("deadline", None)
    if title.strip():
        converted(plan, ItemKind.COMMITMENT, "title", title.strip())
        reviewed["title"] = None
    spans = _united([span for c in merged for span in c.spans])
    parents = {c.parent for c in merged}
    return msgspec.structs.replace(
        first,
        id=new_id(by_id(plan), "c", *(c.id for c in merged)),
        spans=spans,
        text=plan.quote(spans[0]) if spans else first.text,
        origin=Origin.COMPILED if any(c.origin is Origin.COMPILED for c in merged) else Origin.HAND,
        title=title.strip() or first.title,
        state=ReviewState.PROPOSED,
        bases=tuple(bases),
        reviewed=tuple(reviewed),
        deadline=max((c.deadline for c in merged), key=lambda deadline: deadline.day),
        lead_unit=lead,
        supporting_units=tuple(unit for unit in units if unit != lead),
        leading_official=next((c.leading_official for c in merged if c.leading_official), ""),
        parent=parents.pop() if len(parents) == 1 else "",
        merged_from=tuple(dict.fromkeys(name for c in merged for name in (*c.merged_from, c.id))),
        split_rule="",
        lineage=next((c.lineage for c in merged if c.lineage), ""),
        publicity=min((c.publicity for c in merged), key=_OPENNESS.index),
    )


def _united(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the places in text order, those that touch or overlap as one."""
    united: list[Span] = []
    for span in sorted(spans):
        last = united[-1] if united else None
        if last is not None and last.source == span.source and span.start <= last.end:
            united[-1] = Span(span.source, last.start, max(last.end, span.end))
        else:
            united.append(span)
    return tuple(united)


def _rehoused(plan: Plan, homes: dict[str, str]) -> Plan:
    """Return the plan with items moved to new commitments, and the weights of each one's deliverables making 1."""
    lists: dict[str, Any] = {}
    for kind in _BELONGING:
        lists[kind.list_name] = tuple(
            msgspec.structs.replace(item, commitment=homes[item.id]) if item.id in homes else item
            for item in of_kind(plan, kind)
        )
    moved: Plan = msgspec.structs.replace(plan, **lists)
    return with_balanced_shares(moved, set(homes.values()))


def with_balanced_shares(plan: Plan, commitments: set[str]) -> Plan:
    """Return the plan with the weights of these commitments' deliverables making 1 for each."""
    groups: dict[str, list[Deliverable]] = {}
    for deliverable in plan.deliverables:
        if deliverable.commitment in commitments:
            groups.setdefault(deliverable.commitment, []).append(deliverable)
    scaled = {deliverable.id: deliverable for group in groups.values() for deliverable in balanced(group)}
    return msgspec.structs.replace(plan, deliverables=tuple(scaled.get(d.id, d) for d in plan.deliverables))
