"""How a passage reads against what was promised (兑现情况的判读)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from luoshi.catalogue.conversion import in_base
from luoshi.catalogue.indicator import indicators
from luoshi.catalogue.measure import COUNTED, dimension_of
from luoshi.plan.model import JudgedAs, ProjectStage, Target, TargetKind
from luoshi.settle.reconcile.model import Outcome
from luoshi.settle.reconcile.pairing import Match
from luoshi.settle.reconcile.passage import Stated
from luoshi.settle.reconcile.rule import ReconciliationRule
from luoshi.settle.reconcile.subject import Asked
from luoshi.settle.reconcile.wording import core, first_of, grams, is_successor, words

_LOWER = frozenset({JudgedAs.AT_MOST, JudgedAs.BELOW})
_BEGINS = frozenset({ProjectStage.STARTED})
_GOES_ON = frozenset({ProjectStage.BUILDING, ProjectStage.PLANNED, ProjectStage.PREPARED})


@dataclass(frozen=True, slots=True)
class Read:
    """A reading: the outcome, and the code and values of its reason."""

    outcome: Outcome
    code: str
    parameters: dict[str, str]


def read(
    asked: Asked,
    match: Match | None,
    clause: str,
    *,
    year: int,
    growth: Decimal | None,
    rule: ReconciliationRule,
) -> Read:
    """Return how the passage that was found reads.

    Args:
        asked: The subject.
        match: What was found, or None.
        clause: The words at the passage.
        year: Year whose commitments are reconciled; what is due later is not short yet.
        growth: Growth of the economy that the review states, in percent, for what was promised in step with it.
        rule: Rule in force.
    """
    if match is None:
        return Read(Outcome.NOT_MENTIONED, "S906", {})
    target = asked.target
    if target is not None and target.value is None:
        return _of_reference(target, match, clause, growth, rule)
    if target is not None and match.stated is not None:
        return _of_number(target, match, match.stated, year, rule)
    if target is not None:
        return Read(Outcome.UNCLEAR, "S907", {"asked": _plain(target.value, target.unit)})
    return _of_words(asked, match, clause, rule)


def _plain(value: Decimal | None, unit: str) -> str:
    return "" if value is None else f"{value.normalize():f}{unit}"


def _of_number(target: Target, match: Match, stated: Stated, year: int, rule: ReconciliationRule) -> Read:
    assert target.value is not None
    values = {"asked": _plain(target.value, target.unit), "said": _plain(stated.value, stated.unit)}
    is_asked_growth = target.kind in (TargetKind.GROWTH, TargetKind.CUT)
    is_said_growth = stated.kind in (TargetKind.GROWTH, TargetKind.CUT)
    if is_asked_growth != is_said_growth:
        return Read(Outcome.CHANGED, "S905", values)
    if stated.claim.year is not None and is_successor(
        target.indicator_key, stated.claim.indicator_key, stated.claim.year
    ):
        return Read(
            Outcome.CHANGED, "S916", values | {"was": target.indicator, "now": stated.claim.indicator}
        )
    asked, asked_unit = in_base(target.value, target.unit)
    said, said_unit = in_base(stated.value, stated.unit)
    if not _same_measure(asked_unit, said_unit):
        return Read(Outcome.CHANGED, "S904", values)
    if match.likeness < rule.sure:
        return Read(Outcome.UNCLEAR, "S911", values)
    if stated.claim.year is None:
        return Read(Outcome.UNCLEAR, "S914", values)
    if _is_sum(target, stated):
        return Read(Outcome.UNCLEAR, "S915", values)
    if is_said_growth and stated.kind is not target.kind:
        said = -said
    upper = in_base(target.upper, target.unit)[0] if target.upper is not None else None
    outcome = _compared(target, asked, upper, said, rule)
    if outcome is Outcome.EXCEEDED and not is_said_growth and said > asked * rule.unlikely_times:
        return Read(Outcome.UNCLEAR, "S911", values)
    if outcome is Outcome.SHORT and target.deadline.day.year > year:
        return Read(Outcome.UNCLEAR, "S917", values | {"due": target.deadline.day.isoformat()})
    codes = {Outcome.FULFILLED: "S901", Outcome.EXCEEDED: "S902", Outcome.SHORT: "S903"}
    return Read(outcome, codes[outcome], values)


def _is_sum(target: Target, stated: Stated) -> bool:
    """Tell whether an addition was promised and the claim states a total, or a sum over more than the year."""
    lexicon, said = words(), stated.claim.text
    if bool(first_of(lexicon.summed, said)) is not bool(first_of(lexicon.summed, target.text)):
        return True
    if target.kind is not TargetKind.INCREMENT or stated.kind is TargetKind.INCREMENT:
        return False
    return bool(first_of(lexicon.total, said)) and not first_of(lexicon.added, said)


def _same_measure(asked: str, said: str) -> bool:
    if asked == said:
        return True
    # Two measure words for things count the same.
    first, second = dimension_of(asked), dimension_of(said)
    return first == second and first in COUNTED


def _compared(
    target: Target, asked: Decimal, upper: Decimal | None, said: Decimal, rule: ReconciliationRule
) -> Outcome:
    is_rate = target.unit in ("%", "个百分点", "百分点")
    is_growth = target.kind in (TargetKind.GROWTH, TargetKind.CUT) and is_rate
    is_lower = target.judged_as in _LOWER or _wants_less(target)
    slack = Decimal(0)
    if target.judged_as is JudgedAs.WITHIN_BAND:
        slack = rule.about_points if is_rate else abs(asked) * rule.about_percent / 100
    if is_lower:
        most = upper if upper is not None else asked
        return Outcome.FULFILLED if said <= most + slack else Outcome.SHORT
    if said < asked - slack:
        return Outcome.SHORT
    base = upper if upper is not None else asked
    margin = rule.exceeded_points if is_growth else abs(base) * rule.exceeded_percent / 100
    if target.judged_as is JudgedAs.EXACTLY:
        return Outcome.FULFILLED
    return Outcome.EXCEEDED if said >= base + margin else Outcome.FULFILLED


def _wants_less(target: Target) -> bool:
    known = indicators().get(target.indicator_key)
    return known is not None and known.direction == "lower" and target.kind is not TargetKind.CUT


def _of_reference(
    target: Target, match: Match, clause: str, growth: Decimal | None, rule: ReconciliationRule
) -> Read:
    lexicon = words()
    values = {"asked": target.reference, "said": clause}
    if match.likeness < rule.sure_words:
        return Read(Outcome.UNCLEAR, "S911", values)
    if first_of(lexicon.undone, clause):
        return Read(Outcome.SHORT, "S909", {"word": first_of(lexicon.undone, clause)})
    is_in_step = first_of(lexicon.in_step, target.reference) != ""
    if is_in_step and growth is not None and match.stated is not None and match.stated.unit == "%":
        said = match.stated.value
        values = {"said": _plain(said, "%"), "growth": _plain(growth, "%")}
        if said < growth - rule.in_step_points:
            return Read(Outcome.SHORT, "S913", values)
        return Read(Outcome.FULFILLED, "S913", values)
    if not is_in_step and "任务" in clause and (met := first_of(lexicon.met, clause)):
        return Read(Outcome.FULFILLED, "S912", {"word": met})
    return Read(Outcome.UNCLEAR, "S910", {})


def _of_words(asked: Asked, match: Match, clause: str, rule: ReconciliationRule) -> Read:
    lexicon = words()
    if undone := first_of(lexicon.undone, clause):
        return Read(Outcome.SHORT, "S909", {"word": undone})
    done, begun = first_of(lexicon.done, clause), first_of(lexicon.begun, clause)
    ongoing = first_of(lexicon.ongoing, clause)
    if match.likeness < rule.sure_words or len(grams(core(asked.subject.name))) < rule.least_pairs:
        return Read(Outcome.UNCLEAR, "S911", {"asked": asked.subject.name, "said": clause})
    stage = asked.project.stage if asked.project is not None else ProjectStage.UNSTATED
    action = (
        asked.project.action
        if asked.project is not None
        else asked.commitment.action
        if asked.commitment
        else ""
    )
    wants_begun = stage in _BEGINS or bool(first_of(lexicon.begun, action))
    wants_ongoing = stage in _GOES_ON or (
        stage is ProjectStage.UNSTATED and bool(first_of(lexicon.ongoing, action))
    )
    wants_done = stage is ProjectStage.COMPLETED or (
        stage is ProjectStage.UNSTATED and bool(first_of(lexicon.done, action))
    )
    if wants_begun and (begun or done):
        return Read(Outcome.FULFILLED, "S908", {"word": begun or done})
    if wants_ongoing and not wants_done and (done or begun or ongoing):
        return Read(Outcome.FULFILLED, "S908", {"word": done or begun or ongoing})
    if wants_done and done and not (ongoing or begun):
        return Read(Outcome.FULFILLED, "S908", {"word": done})
    if wants_done and (ongoing or begun) and not done:
        return Read(Outcome.SHORT, "S909", {"word": begun or ongoing})
    return Read(Outcome.UNCLEAR, "S910", {})
