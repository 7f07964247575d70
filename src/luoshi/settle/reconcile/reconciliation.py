"""Reconcile a year's plan with next year's report (兑现核对)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from luoshi.delivery.verdict import Verdict
from luoshi.kernel.span import Span
from luoshi.plan.model import Plan, TargetKind
from luoshi.settle.reconcile.model import Finding, Outcome, Pair, Reconciliation
from luoshi.settle.reconcile.pairing import Match, Pairing
from luoshi.settle.reconcile.passage import Stated, sentences_of, stated_in
from luoshi.settle.reconcile.reading import read
from luoshi.settle.reconcile.rule import ReconciliationRule, newest
from luoshi.settle.reconcile.subject import subjects_of
from luoshi.settle.reconcile.wording import Weights

_ECONOMY = "economy.gdp"
_SAYS = {
    Outcome.FULFILLED: frozenset({Verdict.MET, Verdict.EXCEEDED}),
    Outcome.EXCEEDED: frozenset({Verdict.MET, Verdict.EXCEEDED}),
    Outcome.SHORT: frozenset({Verdict.PARTLY, Verdict.NOT_MET}),
}
"""Verdicts of the ledger that say the same as a reading; readings that are missing say nothing that could differ."""


def reconcile(
    promised: Plan,
    claiming: Plan,
    *,
    verdicts: Mapping[str, Verdict] | None = None,
    rule: ReconciliationRule | None = None,
) -> Reconciliation:
    """Match next year's claims to this year's commitments and propose how each reads.

    The same two plans give the same result, whatever the order of the items in their lists.

    Args:
        promised: The plan of the year, a draft or a published version.
        claiming: The compiled report of the year after.
        verdicts: What the ledger settled, by the permanent identity of the commitment.
        rule: Rule in force; Luoshi's newest where None is given.

    Raises:
        ValueError: The claiming plan is not for a later year, or one of them has no source.
    """
    if claiming.year <= promised.year:
        raise ValueError(f"the report for {claiming.year} cannot tell what became of {promised.year}")
    if not promised.sources or not claiming.sources:
        raise ValueError("both plans need a source")
    by = rule or newest()
    asked, review = subjects_of(promised), sentences_of(claiming, forward=False)
    stated = stated_in(claiming, review)
    weights = Weights([one.text for one in (*sentences_of(promised, forward=True), *review)])
    texts = {source.id: source.text for source in claiming.sources}
    pairing = Pairing(asked, stated, review, weights, year=promised.year, rule=by, source_text=texts)
    growth = _growth_of_economy(stated, promised.year)
    pairs, used = [], set()
    for one, found in zip(asked, pairing.paired(), strict=True):
        chosen = found.chosen
        clause = claiming.quote(chosen.span) if chosen is not None else ""
        reading = read(one, chosen, clause, year=promised.year, growth=growth, rule=by)
        if chosen is not None and chosen.stated is not None:
            used.add(chosen.stated.claim.id)
        verdict = (verdicts or {}).get(one.subject.lineage) if one.subject.lineage else None
        pairs.append(
            Pair(
                subject=one.subject,
                finding=_finding(chosen, claiming) if chosen is not None else None,
                outcome=reading.outcome,
                code=reading.code,
                parameters=reading.parameters,
                others=tuple(_finding(other, claiming) for other in found.others),
                verdict=verdict,
                differs=differs(reading.outcome, verdict),
            )
        )
    return Reconciliation(
        place=promised.place.name,
        year=promised.year,
        promised=promised.sources[0].digest,
        claiming=claiming.sources[0].digest,
        rule=by.name,
        pairs=tuple(pairs),
        unasked=_unasked(stated, used, promised.year, claiming),
    )


def differs(outcome: Outcome, verdict: Verdict | None) -> bool:
    """Tell whether a reading and the ledger's verdict say different things; where one of them is silent, they do not."""
    says = _SAYS.get(outcome)
    settled = {Verdict.MET, Verdict.EXCEEDED, Verdict.PARTLY, Verdict.NOT_MET}
    return says is not None and verdict in settled and verdict not in says


def _finding(match: Match, claiming: Plan) -> Finding:
    stated = match.stated
    return Finding(
        span=match.span,
        text=claiming.quote(match.span),
        claim=stated.claim.id if stated else "",
        value=stated.value if stated else None,
        unit=stated.unit if stated else "",
        likeness=min(match.likeness, 1.0),
    )


def _growth_of_economy(stated: tuple[Stated, ...], year: int) -> Decimal | None:
    """Return the growth of the economy that a review states, or None."""
    return next(
        (
            one.value
            for one in stated
            if one.claim.indicator_key == _ECONOMY
            and one.kind is TargetKind.GROWTH
            and one.claim.year == year
        ),
        None,
    )


def _unasked(stated: tuple[Stated, ...], used: set[str], year: int, claiming: Plan) -> tuple[Finding, ...]:
    """Return the claims about the year that answer nothing, in text order."""
    found: dict[Span, Finding] = {}
    for one in stated:
        if one.claim.id not in used and one.claim.year == year and not one.is_beside:
            match = Match(0.0, one, one.span, one.claim.text)
            found.setdefault(match.span, _finding(match, claiming))
    return tuple(found[span] for span in sorted(found))
