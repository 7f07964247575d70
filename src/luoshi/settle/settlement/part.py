"""What became of a target or a deliverable (分项结论), from its figures and what was accepted.

Rule (docs/explanation/settlement.md has it with worked cases):
    A target that has to hold, or stay within a limit, is judged by its first figure at or after its deadline; any other by its newest one. Only an accepted figure is a basis. Where
    no figure covers the deadline and the promise is not met yet, the basis is silent and nothing is proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from luoshi.delivery.verdict import Verdict
from luoshi.kernel.label import Language
from luoshi.kernel.message import text_of
from luoshi.ledger.observation import Observation
from luoshi.plan.model import Course, JudgedAs
from luoshi.settle.settlement.rule import SettlementRule
from luoshi.status.course import Path
from luoshi.status.light import DeliverableInputs, TargetInputs, is_met_early, latest, miss_of
from luoshi.status.rule import LightRule

_HUNDRED = Decimal(100)
_TENTH = Decimal("0.1")


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of a part of a commitment.

    Attributes:
        subject: Identity of the target or deliverable.
        verdict: Exceeded, met, partly or not met; None where the basis is silent.
        code: Message code of the reason.
        parameters: Values that fill it.
        is_target: Whether it is a target and not a deliverable.
        is_late: Whether it was met, but after its deadline.
        entries: Entries of the ledger that it rests on.
    """

    subject: str
    verdict: Verdict | None
    code: str
    parameters: dict[str, str] = {}
    is_target: bool = False
    is_late: bool = False
    entries: tuple[int, ...] = ()

    def describe(self, language: Language = "zh") -> str:
        """Return the reason in `language`."""
        return text_of(self.code, self.parameters, language)

    @property
    def is_met(self) -> bool:
        """Whether the promise was kept."""
        return self.verdict in (Verdict.MET, Verdict.EXCEEDED)


def of_target(
    inputs: TargetInputs,
    *,
    until: date,
    rule: SettlementRule,
    light_rule: LightRule,
    also: Sequence[int] = (),
) -> Part:
    """Return what became of a target.

    Args:
        inputs: What its light follows from too.
        until: Last day that figures may cover.
        rule: Rule of settlement in force.
        light_rule: Rule of lights, for the band of 左右.
        also: Entries beside that of the figure: binding of the source, reference, base.
    """
    path = inputs.path
    if path is None:
        return _of_target(inputs, None, "S610", {}, also)
    seen = _at_judgement(inputs, path, until)
    shown = {"goal": _text(path.goal), "unit": inputs.unit, "deadline": path.deadline.isoformat()}
    if seen is None:
        return _of_target(inputs, None, "S611", shown, also)
    shown |= {"value": _text(seen.value), "day": seen.day.isoformat()}
    entries = {*also, seen.entry}
    is_met = _misses(inputs, path, seen, light_rule) <= 0
    if seen.day < path.deadline and not (is_met and is_met_early(inputs, path)):
        code = "S612" if until < path.deadline else "S613"
        return _of_target(inputs, None, code, shown, entries)
    if not seen.is_accepted:
        return _of_target(inputs, None, "S614", shown, entries)
    verdict, code, is_late = _judged(inputs, path, seen, rule, light_rule)
    if code == "S623":
        shown |= {"share": _text(_share(inputs, path, seen.value, rule).quantize(_TENTH, ROUND_HALF_UP))}
    return _of_target(inputs, verdict, code, shown, entries, is_late=is_late)


def _of_target(
    inputs: TargetInputs, verdict: Verdict | None, code: str, shown: dict[str, str], entries: Iterable[int],
    *, is_late: bool = False,
) -> Part:  # fmt: skip
    return Part(
        subject=inputs.target, verdict=verdict, code=code, parameters=shown, is_target=True, is_late=is_late,
        entries=tuple(sorted(set(entries))),
    )  # fmt: skip


def _at_judgement(inputs: TargetInputs, path: Path, until: date) -> Observation | None:
    """Return the figure by which a target is judged."""
    newest = latest(inputs.observations, until)
    if newest is None or is_met_early(inputs, path):
        return newest
    covering = [one.day for one in inputs.observations if path.deadline <= one.day <= until]
    return latest(inputs.observations, min(covering)) if covering else newest


def _misses(inputs: TargetInputs, path: Path, seen: Observation, light_rule: LightRule) -> Decimal:
    return miss_of(
        seen.value, goal=path.goal, judged_as=inputs.judged_as, upper=inputs.upper, band=light_rule.band
    )


def _judged(
    inputs: TargetInputs, path: Path, seen: Observation, rule: SettlementRule, light_rule: LightRule
) -> tuple[Verdict, str, bool]:
    if _misses(inputs, path, seen, light_rule) > 0:
        is_partly = _share(inputs, path, seen.value, rule) >= rule.partly_from
        return (Verdict.PARTLY, "S623", False) if is_partly else (Verdict.NOT_MET, "S624", False)
    # Late is only what an earlier figure, that covered the deadline already, did not reach.
    earlier = [one for one in inputs.observations if path.deadline <= one.day < seen.day]
    is_late = any(
        _misses(inputs, path, latest(inputs.observations, one.day) or one, light_rule) > 0 for one in earlier
    )
    margin = abs(path.goal) * rule.exceeded_by / _HUNDRED
    is_more = inputs.judged_as in rule.exceeding and seen.value > path.goal + margin
    if is_more:
        return Verdict.EXCEEDED, "S622" if is_late else "S621", is_late
    return Verdict.MET, "S622" if is_late else "S620", is_late


def _share(inputs: TargetInputs, path: Path, value: Decimal, rule: SettlementRule) -> Decimal:
    """Return the percentage of the way from where a figure began to the promise; 0 where no way can be told."""
    is_ceiling = inputs.judged_as in (JudgedAs.AT_MOST, JudgedAs.BELOW)
    if path.course not in rule.partial or (path.course is Course.CUMULATIVE and is_ceiling):
        return Decimal(0)
    if path.course is Course.FROM_BASE and path.base is None:
        return Decimal(0)
    begin = path.base if path.base is not None and path.course is Course.FROM_BASE else Decimal(0)
    way = path.goal - begin
    share = (value - begin) * _HUNDRED / way if way else Decimal(0)
    # What went beyond the promise and misses it all the same left a band or a range: no part of a way.
    return share if share <= _HUNDRED else Decimal(0)


def of_deliverable(inputs: DeliverableInputs, *, until: date, entries: Sequence[int] = ()) -> Part:
    """Return what became of a deliverable.

    Args:
        inputs: What its light follows from too.
        until: Last day on which it may have been done.
        entries: Entries of the report that says it was done, or of the newest report.
    """
    shown = {"due": inputs.due.isoformat()}
    rests_on = tuple(sorted(set(entries)))

    def part(verdict: Verdict | None, code: str, *, is_late: bool = False, **more: str) -> Part:
        return Part(
            subject=inputs.id, verdict=verdict, code=code, parameters=shown | more, is_late=is_late, entries=rests_on
        )  # fmt: skip

    done = inputs.ticked
    if done is not None and done <= until:
        if inputs.accepted is None:
            return part(None, "S633", day=done.isoformat())
        is_late = done > inputs.due
        return part(Verdict.MET, "S631" if is_late else "S630", is_late=is_late, day=done.isoformat())
    if inputs.due > until:
        return part(None, "S635")
    if inputs.reported is None or inputs.reported < inputs.due:
        return part(None, "S634")
    return part(Verdict.NOT_MET, "S632", day=inputs.reported.isoformat())


def _text(value: Decimal) -> str:
    return format(value.normalize(), "f")
