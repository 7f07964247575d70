"""Runs the simulated year day by day (模拟年度): publish, handling plans, rosters, statistics, nine months of reports, lights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from luoshi.cadence.workday import WorkCalendar
from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.handling import ContestKind, Handling, Milestone, PlannedDeliverable, Share, Step
from luoshi.delivery.issue import Issued
from luoshi.delivery.judging import cycles_for, deliverables_of, expected_for
from luoshi.delivery.report import Figure, ReportState, Tick
from luoshi.delivery.source import SourceKind
from luoshi.delivery.year import Year
from luoshi.plan.items import every
from luoshi.plan.model import Course, Target, TargetKind
from luoshi.plan.review import Accept, Edit, Reject
from luoshi.register.roster import ItemEntry, ItemState, Measure
from luoshi.register.statistics import series_of
from luoshi.register.table import item_key
from luoshi_web.accounts.store import add_person
from luoshi_web.cases import services as cases
from luoshi_web.frame.clock import standing_at
from luoshi_web.ledger.selectors import evidence_of
from luoshi_web.ledger.services import keep_evidence
from luoshi_web.plans import services as plans
from luoshi_web.plans.models import PlanYear
from luoshi_web.plans.store import let_stand, together
from luoshi_web.registers import services as registers
from luoshi_web.reporting import services as reporting
from luoshi_web.reporting.selectors import ground_of, version_of, year_of
from luoshi_web.rights import Actor, Grant, Role
from luoshi_web.simulation.behaviour import Character, Pace, character_of, figure_of, milestone_of, pace_of
from luoshi_web.simulation.names import noun_of, person, place_names
from luoshi_web.simulation.play import Play
from luoshi_web.simulation.registers import open_registers
from luoshi_web.simulation.registers.scene import BEGINS
from luoshi_web.simulation.supervision import Rhythm, plan_rhythm

SEED = 20260120
STANDS_AT = date(2026, 10, 9)
"""Day at which the clock of the simulated year stands: September is being reported."""
_PUBLISHED = date(2026, 1, 26)
_HANDLING = date(2026, 2, 3)
_APPROVED = date(2026, 2, 6)
_MOST_ROSTERS = 38
_LONGEST_ROSTER = 160
_LARGEST = 1024 * 1024
_PUBLIC = 12
Told = Callable[[float], None]


@dataclass(slots=True)
class Simulation:
    """The state of a run: the plan-year, chance, units with their people and character, how targets go."""

    plan_year: PlanYear
    random: Random
    supervisor: Actor
    liaisons: dict[str, Actor] = field(default_factory=dict)
    heads: dict[str, Actor] = field(default_factory=dict)
    characters: dict[str, Character] = field(default_factory=dict)
    paces: dict[str, Pace] = field(default_factory=dict)
    last: dict[str, Decimal] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    series: dict[str, Target] = field(default_factory=dict)
    play: Play = field(default_factory=Play)


@contextmanager
def _on(day: date, hour: int = 10) -> Iterator[None]:
    # The place is eight hours ahead of UTC.
    with standing_at(datetime(day.year, day.month, day.day, hour - 8, tzinfo=UTC)):
        yield


def simulate(plan_year: PlanYear, *, told: Told | None = None) -> None:
    """Fill a plan-year whose draft is the bundled example with a simulated year; all of it or nothing.

    Args:
        plan_year: The plan-year; its draft must not be published yet.
        told: Called with the share of the work that is done.
    """
    with together():
        _run(plan_year, told or (lambda _share: None))


def _run(plan_year: PlanYear, tell: Told) -> None:
    calendar = WorkCalendar()
    let_stand(plan_year.pk, STANDS_AT)
    plan_year.stands_at = STANDS_AT
    with _on(_PUBLISHED):
        supervisor = _person(plan_year, "模拟·督查员 沈知行", Role.SUPERVISOR, "")
    simulation = Simulation(plan_year, Random(SEED), supervisor)  # noqa: S311 -- a play of chance that can be repeated
    _publish(simulation)
    _people(simulation)
    tell(0.05)
    _handling_plans(simulation)
    tell(0.15)
    open_registers(
        plan_year.pk,
        simulation.play,
        supervisor=supervisor,
        hands=simulation.liaisons,
        heads=simulation.heads,
        ends=STANDS_AT,
        seed=SEED + 1,
    )
    with _on(_PUBLISHED):
        leader = _person(plan_year, "模拟·领导 顾清源", Role.LEADER, "")
    plan_rhythm(
        Rhythm(
            plan_year.pk,
            simulation.play,
            Random(SEED + 2),  # noqa: S311 -- a play of chance that can be repeated
            calendar,
            supervisor,
            leader,
            simulation.liaisons,
            simulation.heads,
            STANDS_AT,
        )
    )
    simulation.play.until(BEGINS)
    _rosters(simulation)
    _series(simulation)
    tell(0.25)
    for month in range(1, 10):
        _month(simulation, month, calendar)
        tell(0.25 + 0.07 * month)
    simulation.play.until(STANDS_AT - timedelta(days=1))
    with _on(STANDS_AT, 9):
        cases.catch_up(plan_year.pk)
        _release(simulation)
    tell(1.0)


def _person(plan_year: PlanYear, name: str, role: Role, unit: str) -> Actor:
    user = add_person(name, role=role, plan_year=plan_year.pk, unit=unit)
    return Actor(user.pk, f"{name}（{user.username}）", (Grant(role, plan_year.pk if unit else None, unit),))


def _publish(simulation: Simulation) -> None:
    pk = simulation.plan_year.pk
    with _on(_PUBLISHED):
        plan, revision = plans.draft_of(pk)
        lost = tuple(item.id for item in (*plan.targets, *plan.deliverables) if not item.commitment)
        if lost:
            decision = Reject(items=lost, reason="不属于任何目标任务")
            revision = plans.decide(simulation.supervisor, pk, decision, revision=revision).revision
        items = tuple(item.id for _kind, item in every(plan) if item.id not in lost)
        revision = plans.decide(simulation.supervisor, pk, Accept(items=items), revision=revision).revision
        for commitment in [one for one in plan.commitments if one.lead_unit][::8][:_PUBLIC]:
            decision_to_show = Edit(item=commitment.id, changes={"publicity": "public"})
            revision = plans.decide(simulation.supervisor, pk, decision_to_show, revision=revision).revision
        reporting.publish(simulation.supervisor, pk, reason="经市政府常务会议审定", revision=revision)


def _people(simulation: Simulation) -> None:
    counts: dict[str, int] = defaultdict(int)
    for issued in year_of(simulation.plan_year.pk).issued.values():
        if issued.lead_unit:
            counts[issued.lead_unit] += 1
    with _on(_PUBLISHED):
        for place, unit in enumerate(sorted(counts, key=lambda unit: (-counts[unit], unit))):
            simulation.characters[unit] = character_of(simulation.random, place)
            simulation.liaisons[unit] = _person(
                simulation.plan_year, f"模拟·联络员 {person(simulation.random)}", Role.LIAISON, unit
            )
            simulation.heads[unit] = _person(
                simulation.plan_year, f"模拟·负责人 {person(simulation.random)}", Role.UNIT_HEAD, unit
            )


def _handling_plans(simulation: Simulation) -> None:
    pk, random = simulation.plan_year.pk, simulation.random
    year = year_of(pk)
    ground = ground_of(version_of(pk, year.version))
    filed: dict[str, int] = {}
    contested = 0
    for lineage, issued in year.issued.items():
        unit = issued.lead_unit
        if not unit or simulation.characters[unit] is Character.SILENT:
            continue
        for one in issued.targets:
            simulation.paces[one] = pace_of(random, simulation.characters[unit])
        with _on(_HANDLING):
            if contested < 3 and issued.supporting_units and random.random() < 0.02:
                contested += 1
                reporting.contest(
                    simulation.heads[unit], pk, unit=unit, lineage=lineage, about=ContestKind.UNIT,
                    proposed=issued.supporting_units[0], reason="主要工作由建议单位承担",
                )  # fmt: skip
                reporting.decide_contest(
                    simulation.supervisor,
                    pk,
                    lineage=lineage,
                    is_upheld=False,
                    reason="按三定方案仍由原单位牵头",
                )
            targets = [ground.targets[one] for one in issued.targets]
            entry = reporting.file_handling(
                simulation.heads[unit], pk, unit=unit, lineage=lineage,
                content=_handling(issued, targets, random), persons=f"分管负责人：{person(random)}",
            )  # fmt: skip
            filed[lineage] = entry.number
    with _on(_APPROVED):
        returned = [lineage for lineage in filed if random.random() < 0.02]
        for lineage in returned:
            reporting.return_handling(
                simulation.supervisor,
                pk,
                lineage=lineage,
                filing=filed[lineage],
                reason="季度安排过于笼统，请写明节点",
            )
        approved = {lineage: filing for lineage, filing in filed.items() if lineage not in returned}
        reporting.approve_handling(simulation.supervisor, pk, filings=approved)
    with _on(date(2026, 2, 10)):
        for lineage in returned:
            issued = year.issued[lineage]
            entry = reporting.file_handling(
                simulation.heads[issued.lead_unit], pk, unit=issued.lead_unit, lineage=lineage,
                content=_handling(issued, [ground.targets[one] for one in issued.targets], random),
            )  # fmt: skip
            reporting.approve_handling(simulation.supervisor, pk, filings={lineage: entry.number})


def _handling(issued: Issued, targets: list[Target], random: Random) -> Handling:
    deliverables = tuple(
        PlannedDeliverable(
            id=one.id,
            done_when=one.done_when,
            evidence=one.evidence,
            due=min(one.due, issued.deadline),
            weight=one.weight,
        )
        for one in issued.deliverables
    )
    ends = {1: (3, 31), 2: (6, 30), 3: (9, 30)}
    milestones = tuple(
        Milestone(target=target.id, day=date(2026, *ends[quarter]), value=milestone_of(target, 3 * quarter))
        for target in targets
        if target.course is Course.CUMULATIVE
        and target.value is not None
        and target.deadline.day.year == 2026
        for quarter in ends
        if date(2026, *ends[quarter]) < target.deadline.day
    )
    steps = tuple(
        Step(quarter=quarter, text=text)
        for quarter, text in enumerate(
            ("明确任务，落实责任", "全面推进，逐月调度", "对照节点，补齐短板", "验收销号，总结提升"), 1
        )
    )
    shares = tuple(
        Share(unit=unit, task=random.choice(("提供数据和要素保障", "配合现场协调", "落实资金和用地")))
        for unit in issued.supporting_units[:2]
    )
    measures = f"围绕“{issued.title}”，建立清单，倒排工期，每月调度一次。"
    return Handling(
        measures=measures, deliverables=deliverables, milestones=milestones, steps=steps, shares=shares
    )


def _backed(simulation: Simulation) -> Iterator[tuple[Issued, Target]]:
    """Yield the count targets that a roster can back, of units that do anything at all."""
    pk = simulation.plan_year.pk
    year = year_of(pk)
    ground = ground_of(version_of(pk, year.version))
    for issued in year.issued.values():
        if not issued.lead_unit or simulation.characters[issued.lead_unit] is Character.SILENT:
            continue
        for target in (ground.targets[one] for one in issued.targets):
            value = target.value
            if (
                target.kind in (TargetKind.COUNT, TargetKind.INCREMENT)
                and target.course is Course.CUMULATIVE
                and target.upper is None
                and value is not None
                and value == value.to_integral_value()
                and 3 <= value <= _LONGEST_ROSTER
                and "万" not in target.unit
                and "亿" not in target.unit
                and target.deadline.day.year == 2026
                and target.id not in year.sources
            ):
                yield issued, target


def _rosters(simulation: Simulation) -> None:
    pk, random = simulation.plan_year.pk, simulation.random
    with _on(date(2026, 2, 12)):
        for issued, target in list(_backed(simulation))[:_MOST_ROSTERS]:
            roster = f"r-{target.id}"
            count = int(target.value or 0)
            names = place_names(random, count, noun_of(target.indicator))
            items = [
                ItemEntry(
                    id=item_key(roster, name),
                    name=name,
                    owner=issued.lead_unit,
                    place=f"绫江市{name[:2]}片区",
                    planned=date(2026, random.randint(3, 12), 28),
                )
                for name in names
            ]
            registers.open_roster(
                simulation.supervisor, pk, roster=roster, target=target.id, title=f"{target.indicator}清单", measure=Measure.COUNT,
                quantity_unit=target.unit, definition="验收合格并交付使用", items=items,
            )  # fmt: skip
            reporting.bind_source(
                simulation.supervisor,
                pk,
                target=target.id,
                kind=SourceKind.ROSTER,
                name=roster,
                method="清单中已认定的条目数",
            )


def _series(simulation: Simulation) -> None:
    """Let statistics feed amounts and rates that a statistics office would know."""
    pk = simulation.plan_year.pk
    year = year_of(pk)
    ground = ground_of(version_of(pk, year.version))
    with _on(date(2026, 2, 12), 14):
        for target in ground.targets.values():
            is_known = target.indicator_key.startswith(
                ("economy.", "finance.", "trade.", "investment.", "employment.")
            )
            is_plain = target.value is not None and target.upper is None and target.deadline.day.year == 2026
            if not is_known or not is_plain or target.course is Course.ANNUAL or target.id in year.sources:
                continue
            name = series_of(target.indicator)
            if name in simulation.series:
                continue
            simulation.series[name] = target
            simulation.paces.setdefault(target.id, pace_of(simulation.random, Character.DILIGENT))
            reporting.bind_source(
                simulation.supervisor,
                pk,
                target=target.id,
                kind=SourceKind.IMPORT,
                name=name,
                method="市统计局月度快报",
            )


def _statistics(simulation: Simulation, month: int, day: date) -> None:
    lines = ["指标,时期,数值,单位,出处"]
    for name, target in simulation.series.items():
        value = figure_of(
            target, month, simulation.paces[target.id], simulation.random, simulation.last.get(target.id)
        )
        simulation.last[target.id] = value
        lines.append(f"{name},2026-{month:02d},{format(value, 'f')},{target.unit},模拟统计快报")
    with _on(day, 9):
        _entry, _count, faults = registers.import_statistics(
            simulation.supervisor,
            simulation.plan_year.pk,
            name=f"模拟统计快报2026年{month}月.csv",
            data="\n".join(lines).encode(),
        )
        if faults:
            raise ValueError(faults[0].describe("en"))


def _month(simulation: Simulation, month: int, calendar: WorkCalendar) -> None:
    """Report a month: rosters move, statistics come, units file, heads pass, the supervisor accepts, lights are given."""
    pk, random = simulation.plan_year.pk, simulation.random
    end = date(2026, month + 1, 1)
    soon = calendar.add(end, 0 if calendar.is_workday(end) else 1).day
    third, late = calendar.add(soon, 2).day, calendar.add(soon, 7).day
    is_last = month == 9
    simulation.play.until(min(soon, STANDS_AT - timedelta(days=1)))
    _grow(simulation, month, min(calendar.add(soon, 1).day, STANDS_AT))
    if third <= STANDS_AT:
        _statistics(simulation, month, third)
    filings: list[int] = []
    busiest = next(iter(simulation.characters))
    for unit, character in simulation.characters.items():
        if is_last and unit == busiest:
            # The demonstration users are of this unit: what it has to report is left to them, whatever chance says.
            continue
        if character is Character.SILENT or (is_last and random.random() < 0.6):
            continue
        is_late = character is Character.LATE and random.random() < 0.5
        if is_late and random.random() < 0.35:
            continue
        day = late if is_late else calendar.add(soon, random.randint(0, 2)).day
        if day <= STANDS_AT:
            filings += _filed(simulation, unit, month, day, calendar, is_last=is_last)
    review = calendar.add(soon, 10).day
    if review <= STANDS_AT:
        with _on(review):
            _reviewed(simulation, filings, random)
            reporting.catch_up(pk)


def _filed(
    simulation: Simulation, unit: str, month: int, day: date, calendar: WorkCalendar, *, is_last: bool
) -> list[int]:
    """File what a unit owes for the periods that end with a month, and let its head pass it."""
    pk = simulation.plan_year.pk
    year = year_of(pk)
    ground = ground_of(version_of(pk, year.version))
    stated = []
    with _on(day):
        for lineage, issued in year.issued.items():
            if issued.lead_unit != unit:
                continue
            cycle = next(
                (
                    cycle
                    for cycle in cycles_for(year, issued, ground)
                    if cycle.period.end.month == month and cycle.opens <= day <= cycle.last
                ),
                None,
            )
            if cycle is None:
                continue
            expected = expected_for(year, issued, ground, before=cycle.period.end)
            figures = []
            for one in expected.asked:
                value = figure_of(
                    ground.targets[one],
                    month,
                    simulation.paces[one],
                    simulation.random,
                    simulation.last.get(one),
                )
                simulation.last[one] = value
                figures.append(Figure(target=one, value=value))
            ticks = _ticks(simulation, year, issued, expected.deliverables, cycle.period.end)
            stated.append(
                reporting.Stated(
                    lineage,
                    cycle.period.key,
                    figures=figures,
                    ticks=ticks,
                    progress=f"{month}月按计划推进，情况正常。",
                )
            )
        if not stated:
            return []
        entries = reporting.file_reports(simulation.liaisons[unit], pk, unit=unit, stated=stated)
        numbers = [entry.number for entry in entries]
    if is_last and simulation.random.random() < 0.4:
        return []
    with _on(min(calendar.add(day, 1).day, STANDS_AT), 16):
        reporting.pass_reports(simulation.heads[unit], pk, unit=unit, filings=numbers)
    return numbers


def _ticks(
    simulation: Simulation, year: Year, issued: Issued, open_ones: Collection[str], end: date
) -> list[Tick]:
    ticks = []
    for one, (words, due, _weight) in deliverables_of(year, issued).items():
        if one in open_ones and due <= end and simulation.random.random() < 0.75:
            ticks.append(
                Tick(deliverable=one, done=min(due, end), evidence=(_evidence(simulation, issued, words),))
            )
    return ticks


def _evidence(simulation: Simulation, issued: Issued, words: str) -> str:
    text = f"模拟佐证材料（演示用，不是真实材料）\n{issued.title}\n{words}\n"
    kept = keep_evidence(
        simulation.liaisons[issued.lead_unit], simulation.plan_year.pk, lineage=issued.lineage, unit=issued.lead_unit,
        name="模拟佐证材料.txt", data=text.encode(), limit=_LARGEST,
    )  # fmt: skip
    return kept.digest


def _reviewed(simulation: Simulation, filings: list[int], random: Random) -> None:
    """Accept what was filed; one in forty is returned."""
    pk = simulation.plan_year.pk
    year = year_of(pk)
    waiting = []
    for filing in filings:
        key = year.filings.get(filing)
        report = year.report(*key) if key else None
        if report is None or report.last.entry != filing or report.last.state is not ReportState.PASSED:
            continue
        if random.random() < 0.025:
            reporting.return_report(
                simulation.supervisor, pk, filing=filing, reason="数字与佐证材料不一致，请核对"
            )
        else:
            waiting.append(filing)
    if waiting:
        reporting.accept_reports(simulation.supervisor, pk, filings=waiting)


def _grow(simulation: Simulation, month: int, day: date) -> None:
    """Let the items of rosters get done, be accepted by heads, and samples be drawn now and then."""
    pk, random = simulation.plan_year.pk, simulation.random
    for roster in list(year_of(pk).rosters.values()):
        pace = simulation.paces.setdefault(roster.target, pace_of(random, Character.DILIGENT))
        wanted = min(len(roster.items), round(len(roster.items) * (month / 12) ** 1.1 * pace.final))
        done = len(roster.with_state(ItemState.ACCEPTED, ItemState.DONE, ItemState.REFUSED))
        fresh = list(roster.with_state(ItemState.PLANNED, ItemState.UNDER_WAY))[: max(0, wanted - done)]
        if not fresh:
            continue
        with _on(day, 11):
            unit = roster.unit
            proof = keep_evidence(
                simulation.liaisons[unit], pk, lineage=roster.lineage, unit=unit, name=f"模拟验收单2026年{month}月.txt",
                data=f"模拟验收单（演示用）\n{roster.title}\n2026年{month}月\n".encode(), limit=_LARGEST,
            )  # fmt: skip
            entries = [
                ItemEntry(
                    id=item.id, name=item.stated.name, owner=item.stated.owner, place=item.stated.place,
                    state=ItemState.DONE, planned=item.stated.planned, done=date(2026, month, random.randint(3, 28)),
                    evidence=(proof.digest,),
                )
                for item in fresh
            ]  # fmt: skip
            registers.set_items(simulation.liaisons[unit], pk, roster=roster.id, items=entries)
            if month < 9 or random.random() < 0.5:
                registers.accept_items(
                    simulation.heads[unit], pk, roster=roster.id, items=[one.id for one in entries]
                )
        if month in (5, 8) and random.random() < 0.3:
            _sample(simulation, roster.id, day)


def _sample(simulation: Simulation, roster_id: str, day: date) -> None:
    pk, random = simulation.plan_year.pk, simulation.random
    with _on(day, 15):
        entry = registers.draw_sample(simulation.supervisor, pk, roster=roster_id, seed=f"{day:%Y%m%d}")
        for item in year_of(pk).rosters[roster_id].samples[-1].drawn:
            is_right = random.random() > 0.04
            registers.check_item(
                simulation.supervisor, pk, roster=roster_id, sample_entry=entry.number, item=item, is_right=is_right,
                finding="" if is_right else "现场尚未完工",
            )  # fmt: skip


def _release(simulation: Simulation) -> None:
    """Show a few commitments to the public, where the plan says that they are public."""
    pk = simulation.plan_year.pk
    done = 0
    for lineage in year_of(pk).issued:
        if done >= _PUBLIC:
            return
        try:
            reporting.release_commitment(simulation.supervisor, pk, lineage=lineage)
        except DeliveryError:
            continue
        for file in evidence_of(pk, lineage)[:1]:
            reporting.release_evidence(
                simulation.supervisor, pk, lineage=lineage, file_id=file.pk, name="模拟佐证材料"
            )
        done += 1
