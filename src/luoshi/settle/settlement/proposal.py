"""What is proposed for every commitment (拟定结论): a verdict with its reason, what it rests on, and what was amended.

Rule (docs/explanation/settlement.md has it with worked cases):
    Left out of the version in force: withdrawn, or adjusted where it lives on in another commitment. A part whose basis is silent: nothing is proposed. All parts met: met, and exceeded where
    every target is; none met: not met; else partly met. Where an amendment made the promise easier and the baseline was not kept in time: adjusted, with the verdict on what is in force beside it.
"""

from __future__ import annotations

import hashlib
from datetime import date

import msgspec

from luoshi.delivery.issue import Issued
from luoshi.delivery.judging import Ground, inputs_of, ticks_of
from luoshi.delivery.verdict import Verdict
from luoshi.delivery.year import Year
from luoshi.kernel.label import Language
from luoshi.kernel.message import text_of
from luoshi.ledger.canonical import canonical
from luoshi.settle.settlement.baseline import Amendment, Baseline, amendments_of, first_deliverables
from luoshi.settle.settlement.part import Part, of_deliverable, of_target
from luoshi.settle.settlement.rule import SettlementRule, rule_on
from luoshi.status import rule as light_rules
from luoshi.status.light import DeliverableInputs
from luoshi.status.rule import LightRule


class ProposedVerdict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is proposed for a commitment.

    Attributes:
        lineage: The commitment.
        title: Its short name.
        lead_unit: Name of its lead unit, or "".
        verdict: The verdict; None where the basis is silent.
        code: Message code of the reason.
        parameters: Values that fill it.
        rule: Rule of settlement, by name.
        parts: What became of its targets and deliverables as in force.
        as_in_force: Verdict on what is in force, where `verdict` is adjusted.
        amendments: What differs from the baseline.
        entries: Entries of the ledger that it rests on.
        inputs: Digest of all of this; two days on which nothing differs give the same one.
    """

    lineage: str
    title: str
    lead_unit: str
    verdict: Verdict | None
    code: str
    parameters: dict[str, str] = {}
    rule: str
    parts: tuple[Part, ...] = ()
    as_in_force: Verdict | None = None
    amendments: tuple[Amendment, ...] = ()
    entries: tuple[int, ...] = ()
    inputs: str = ""

    def describe(self, language: Language = "zh") -> str:
        """Return the reason in `language`."""
        return text_of(self.code, self.parameters, language)


def proposals_of(
    year: Year, ground: Ground, baseline: Baseline, *, on: date, rule: SettlementRule | None = None
) -> tuple[ProposedVerdict, ...]:
    """Return what is proposed for every commitment that was ever issued: those in force in text order, then those left out.

    Args:
        year: The year as known.
        ground: Targets in force, calendar, year of the plan.
        baseline: What the published versions say about the beginning.
        on: Day of settlement.
        rule: Rule of settlement; the one in force on the day where None is given.
    """
    by = rule or rule_on(on)
    lineages = [*year.issued, *sorted(set(year.issues) - set(year.issued))]
    return tuple(propose(year, lineage, ground, baseline, on=on, rule=by) for lineage in lineages)


def propose(
    year: Year, lineage: str, ground: Ground, baseline: Baseline, *, on: date, rule: SettlementRule
) -> ProposedVerdict:
    """Return what is proposed for a commitment.

    Args:
        year: The year as known.
        lineage: A commitment that was issued at some time.
        ground: Targets in force, calendar, year of the plan.
        baseline: What the published versions say about the beginning.
        on: Day of settlement.
        rule: Rule of settlement.
    """
    issued = year.issued.get(lineage)
    made = (
        _left_out(year, lineage, baseline, rule)
        if issued is None
        else _in_force(year, issued, ground, baseline, on, rule)
    )
    return msgspec.structs.replace(made, inputs="sha256:" + hashlib.sha256(canonical(made)).hexdigest())


def _left_out(year: Year, lineage: str, baseline: Baseline, rule: SettlementRule) -> ProposedVerdict:
    history = year.issues[lineage]
    was = next(one.issued for one in reversed(history) if one.issued is not None)
    gone = history[-1]
    shown = {"version": str(gone.version), "day": gone.day.isoformat()}
    homes = [year.issued[one].title for one in baseline.carried.get(lineage, ()) if one in year.issued]
    if homes:
        verdict, code, shown = Verdict.ADJUSTED, "S607", shown | {"titles": "；".join(homes)}
    else:
        verdict, code = Verdict.WITHDRAWN, "S606"
    return ProposedVerdict(
        lineage=lineage, title=was.title, lead_unit=was.lead_unit, verdict=verdict, code=code, parameters=shown,
        rule=rule.name, entries=(history[0].entry, gone.entry),
    )  # fmt: skip


def _in_force(
    year: Year, issued: Issued, ground: Ground, baseline: Baseline, on: date, rule: SettlementRule
) -> ProposedVerdict:
    until = _until(issued, ground, on)
    light_rule = light_rules.rule_on(until)
    parts = _parts(year, issued, ground, until, rule, light_rule)
    amendments = amendments_of(year, issued.lineage, ground, baseline)
    verdict, code, shown = _of_parts(parts)
    as_in_force = None
    if verdict is not None and any(one.eases for one in amendments):
        first = _baseline_parts(year, issued.lineage, ground, baseline, on, rule, amendments)
        if not first or not all(part.is_met and not part.is_late for part in first):
            as_in_force, verdict, code = verdict, Verdict.ADJUSTED, "S605"
            easing = sum(one.eases for one in amendments)
            shown = shown | {"easing": str(easing)}
    history = year.issues[issued.lineage]
    entries = {
        history[0].entry,
        history[-1].entry,
        *(one.entry for one in amendments),
        *(entry for part in parts for entry in part.entries),
    }
    return ProposedVerdict(
        lineage=issued.lineage, title=issued.title, lead_unit=issued.lead_unit, verdict=verdict, code=code,
        parameters=shown, rule=rule.name, parts=parts, as_in_force=as_in_force, amendments=amendments,
        entries=tuple(sorted(entries)),
    )  # fmt: skip


def _until(issued: Issued, ground: Ground, on: date) -> date:
    """Return the last day that counts: the year's last, or the deadline where it is later, but not after the settlement."""
    return min(on, max(issued.deadline, date(ground.year, 12, 31)))


def _parts(
    year: Year, issued: Issued, ground: Ground, until: date, rule: SettlementRule, light_rule: LightRule
) -> tuple[Part, ...]:
    targets, deliverables = inputs_of(year, issued, ground, on=until, rule=light_rule)
    parts = [
        of_target(
            one, until=until, rule=rule, light_rule=light_rule, also=_also(year, issued.lineage, one.target)
        )
        for one in targets
    ]
    # As for lights: deliverables count beside targets only once a handling plan has approved them.
    if not targets or year.handling_of(issued.lineage).in_force is not None:
        parts += [
            of_deliverable(one, until=until, entries=_of_reports(year, issued.lineage, one.id))
            for one in deliverables
        ]
    return tuple(sorted(parts, key=lambda part: part.subject))


def _also(year: Year, lineage: str, target: str) -> list[int]:
    """Return the entries that a target's judgement rests on beside its figure: source, reference, handling plan."""
    approvals = year.handling_of(lineage).approvals
    reference = year.references.get(target)
    found = [
        year.source_of(target).entry,
        reference.entry if reference is not None else 0,
        approvals[-1].entry if approvals else 0,
    ]
    return [entry for entry in found if entry]


def _of_reports(year: Year, lineage: str, deliverable: str) -> list[int]:
    ticks = ticks_of(year, lineage)
    if deliverable in ticks:
        return [ticks[deliverable][3]]
    valid = [report.valid for report in year.reports_of(lineage) if report.valid is not None]
    return [valid[-1].entry] if valid else []


def _of_parts(parts: tuple[Part, ...]) -> tuple[Verdict | None, str, dict[str, str]]:
    """Return verdict, reason and values for what became of the parts."""
    silent = [part for part in parts if part.verdict is None]
    met = [part for part in parts if part.is_met]
    late = sum(part.is_late for part in parts)
    shown = {
        "all": str(len(parts)), "met": str(len(met)), "silent": str(len(silent)), "late": str(late),
    }  # fmt: skip
    if not parts:
        return None, "S609", {}
    if silent:
        return None, "S608", shown
    if len(met) == len(parts):
        # A deliverable cannot be exceeded: it follows from the targets alone.
        counted = [part for part in parts if part.is_target]
        if counted and all(part.verdict is Verdict.EXCEEDED for part in counted):
            return Verdict.EXCEEDED, "S600", shown
        return Verdict.MET, "S602" if late else "S601", shown
    if met or any(part.verdict is Verdict.PARTLY for part in parts):
        return Verdict.PARTLY, "S603", shown
    return Verdict.NOT_MET, "S604", shown


def _baseline_parts(
    year: Year, lineage: str, ground: Ground, baseline: Baseline, on: date, rule: SettlementRule,
    amendments: tuple[Amendment, ...],
) -> tuple[Part, ...]:  # fmt: skip
    """Return what became of the parts of the baseline, as far as the same figures and reports tell it.

    A deliverable whose words changed was accepted by its new words, and tells nothing about the old ones.
    """
    first = year.issues[lineage][0].issued
    assert first is not None
    was = Ground(targets=baseline.targets, calendar=ground.calendar, year=ground.year)
    until = _until(first, ground, on)
    light_rule = light_rules.rule_on(until)
    targets, _ = inputs_of(year, first, was, on=until, rule=light_rule)
    parts = [of_target(one, until=until, rule=rule, light_rule=light_rule) for one in targets]
    unknown = {one for one in first.targets if one not in baseline.targets}
    parts += [Part(subject=one, verdict=None, code="S610") for one in sorted(unknown)]
    if not first.targets or year.handling_of(lineage).in_force is not None:
        parts += _first_deliverables(year, first, was, until, amendments)
    return tuple(parts)


def _first_deliverables(
    year: Year, first: Issued, ground: Ground, until: date, amendments: tuple[Amendment, ...]
) -> list[Part]:
    ticks = ticks_of(year, first.lineage)
    covered = [report.end for report in year.reports_of(first.lineage) if report.valid is not None]
    reworded = {one.subject for one in amendments if one.field in ("done_when", "dropped")}
    parts = []
    for one, (_words, due, _weight) in first_deliverables(year, first).items():
        if one in reworded:
            parts.append(Part(subject=one, verdict=None, code="S634", parameters={"due": due.isoformat()}))
            continue
        done, accepted, _evidence, entry = ticks.get(one, (None, None, (), 0))
        inputs = DeliverableInputs(
            id=one, due=due, ticked=done, accepted=accepted, starts=ground.start, reported=max(covered, default=None)
        )  # fmt: skip
        parts.append(of_deliverable(inputs, until=until, entries=(entry,) if entry else ()))
    return parts
