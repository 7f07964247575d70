"""Publication of a reviewed draft as a version (发布), and the draft of an amendment (修订).

A version holds what was accepted and nothing else. Versions never change: an amendment begins as a draft made from the last
one and becomes the next. A commitment's permanent identity (`lineage`) is minted when it is first published; a split goes on as
``L.1``, ``L.2`` …, a merge as the first one's, a recompilation keeps it.

A commitment without a lead unit may be published, with a warning: a promise of the report that nobody owns
is a fact to show, and holding back the whole year for one assignment would hide it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.kernel.errors import DecisionError
from luoshi.kernel.identity import Minter
from luoshi.kernel.label import Language
from luoshi.kernel.message import text_of
from luoshi.plan.carve import with_balanced_shares
from luoshi.plan.items import ItemKind, by_id, commitment_of, every, label_of, of_kind, with_lists
from luoshi.plan.model import Claim, Commitment, Item, Plan, Project, ReviewState


class UnpublishableError(DecisionError):
    """A draft cannot be published (codes P35x).

    Attributes:
        diagnostics: All that stands against publication, in the order of the plan; never empty.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.diagnostics = diagnostics
        self._unreviewed = sum(diagnostic.code == "P351" for diagnostic in diagnostics)
        super().__init__(diagnostics[0].code, diagnostics[0].parameters)

    def describe(self, language: Language = "zh") -> str:
        """Return what stands against publication, in one sentence."""
        if self._unreviewed:
            return text_of("P350", {"count": str(self._unreviewed)}, language)
        first = self.diagnostics[0].describe(language)
        if len(self.diagnostics) == 1:
            return first
        return text_of("P361", {"count": str(len(self.diagnostics)), "first": first}, language)


def standing(draft: Plan) -> tuple[Diagnostic, ...]:
    """Return what stands against publishing `draft` (errors), and what a person should know before (warnings)."""
    return tuple(_errors(draft)) + tuple(_warnings(_kept(draft)))


def publish(draft: Plan, *, version: int, reason: str, baseline: Plan | None) -> Plan:
    """Return the next version: what was accepted in `draft`.

    Args:
        draft: A reviewed draft.
        version: 1 for the first version, else one more than the baseline's.
        reason: Why it is published; needed for an amendment.
        baseline: The last version, or None. It is only read.

    Raises:
        DecisionError: The version, the reason or the baseline does not fit (P357 to P360).
        UnpublishableError: Items are unreviewed, or hang on what is not accepted.
    """
    _check_version(draft, version, reason, baseline)
    against = tuple(_errors(draft))
    if against:
        raise UnpublishableError(against)
    kept = _with_lineage(_kept(draft), baseline)
    kept = with_balanced_shares(kept, {commitment.id for commitment in kept.commitments})
    ids = set(by_id(kept))
    said = [d for d in kept.diagnostics if (not d.item or d.item in ids) and d.code not in _WARNINGS]
    return msgspec.structs.replace(
        kept, version=version, reason=reason.strip(), diagnostics=(*said, *_warnings(kept))
    )


def amendment(published: Plan) -> Plan:
    """Return the draft of an amendment to a version; everything in it is accepted, with its lineage.

    Raises:
        DecisionError: It is a draft, not a version (P362).
    """
    if not published.version:
        raise DecisionError("P362")
    diagnostics = tuple(d for d in published.diagnostics if d.code not in _WARNINGS)
    return msgspec.structs.replace(published, version=0, reason="", diagnostics=diagnostics)


_WARNINGS = ("P354", "P355")


def _check_version(draft: Plan, version: int, reason: str, baseline: Plan | None) -> None:
    if draft.version:
        raise DecisionError("P360", {"version": draft.version})
    wanted = baseline.version + 1 if baseline is not None else 1
    if version != wanted:
        raise DecisionError("P357", {"wanted": wanted, "found": version})
    if baseline is None:
        return
    if (baseline.place.name, baseline.year) != (draft.place.name, draft.year):
        found, expected = (f"{plan.place.name} {plan.year}" for plan in (baseline, draft))
        raise DecisionError("P359", {"found": found, "wanted": expected})
    if not reason.strip():
        raise DecisionError("P358")


def _fault(code: str, severity: Severity, kind: ItemKind, item: Item) -> Diagnostic:
    parameters = {"kind": kind.zh, "label": label_of(item)[:80]}
    return Diagnostic(
        code=code,
        severity=severity,
        span=item.spans[0] if item.spans else None,
        item=item.id,
        parameters=parameters,
    )


def _errors(draft: Plan) -> Iterator[Diagnostic]:
    accepted = {c.id for c in draft.commitments if c.state is ReviewState.ACCEPTED}
    if not accepted:
        yield Diagnostic(code="P356", severity=Severity.ERROR)
    for kind, item in every(draft):
        if kind.needs_review and item.state is ReviewState.PROPOSED:
            yield _fault("P351", Severity.ERROR, kind, item)
        elif (
            kind in (ItemKind.TARGET, ItemKind.DELIVERABLE, ItemKind.PROJECT)
            and item.state is ReviewState.ACCEPTED
        ):
            home = commitment_of(item)
            if not home and not isinstance(item, Project):
                yield _fault("P353", Severity.ERROR, kind, item)
            elif home and home not in accepted:
                yield _fault("P352", Severity.ERROR, kind, item)


def _warnings(kept: Plan) -> Iterator[Diagnostic]:
    judged = {t.commitment for t in kept.targets} | {d.commitment for d in kept.deliverables}
    for commitment in kept.commitments:
        if not commitment.lead_unit:
            yield _fault("P354", Severity.WARNING, ItemKind.COMMITMENT, commitment)
        if commitment.id not in judged:
            yield _fault("P355", Severity.WARNING, ItemKind.COMMITMENT, commitment)


def _is_kept(item: Item) -> bool:
    # Past results are facts of the text, not promises: they stay unless someone rejected them.
    return item.state is ReviewState.ACCEPTED or (
        isinstance(item, Claim) and item.state is not ReviewState.REJECTED
    )


def _kept(draft: Plan) -> Plan:
    """Return the draft with what is kept alone, and no reference to what is not."""
    lists = {kind: tuple(item for item in of_kind(draft, kind) if _is_kept(item)) for kind in ItemKind}
    kept = with_lists(draft, lists)
    ids = set(by_id(kept))

    def loosened(item: Any, field: str) -> Any:
        return item if getattr(item, field) in ids else msgspec.structs.replace(item, **{field: ""})

    used = {unit for c in kept.commitments for unit in (c.lead_unit, *c.supporting_units)}
    return msgspec.structs.replace(
        kept,
        units=tuple(unit for unit in kept.units if unit.id in used),
        projects=tuple(loosened(project, "member_of") for project in kept.projects),
        procedures=tuple(loosened(procedure, "supersedes") for procedure in kept.procedures),
        terms=tuple(loosened(term, "procedure") for term in kept.terms),
    )


def _with_lineage(kept: Plan, baseline: Plan | None) -> Plan:
    earlier = {c.id: c.lineage for c in baseline.commitments} if baseline is not None else {}
    used = {c.lineage for c in kept.commitments} | set(earlier.values())
    commitments: list[Commitment] = []
    for commitment in kept.commitments:
        lineage = commitment.lineage or earlier.get(commitment.id, "")
        minter = Minter()
        while not lineage or (not commitment.lineage and commitment.id not in earlier and lineage in used):
            lineage = minter.mint("k", kept.place.name, str(kept.year), commitment.id)
        used.add(lineage)
        commitments.append(msgspec.structs.replace(commitment, lineage=lineage))
    return msgspec.structs.replace(kept, commitments=tuple(commitments))
