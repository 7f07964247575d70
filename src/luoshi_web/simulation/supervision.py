"""The simulated rhythm of the year (模拟督查): reminders, notices, an instruction, monthly meetings, briefs, drills, an assessment with an objection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from luoshi.brief.drafting.letterhead import Letterhead
from luoshi.brief.official.model import DocumentKind
from luoshi.cadence.workday import WorkCalendar
from luoshi.delivery.chasing.notice import LookBack
from luoshi.delivery.chasing.owing import owed_in
from luoshi.delivery.chasing.reminder import Step, escalations_on
from luoshi.delivery.chasing.rule import rule_on
from luoshi.delivery.drill.fact import Site
from luoshi.status.light import Colour
from luoshi_web.briefs import services as briefs
from luoshi_web.ledger.store import person_key
from luoshi_web.reporting.selectors import ground_of, version_of, year_of
from luoshi_web.rights import Actor
from luoshi_web.simulation.play import Deed, Play
from luoshi_web.supervision.services import assessing, chasing, drilling, meetings
from luoshi_web.supervision.services.chasing import Wanted

_MEETINGS = (3, 4, 5, 6, 7, 8, 9)
_DRILLS = {5: "2026-Q2", 8: "2026-Q3"}
_BRIEFS = (
    (3, DocumentKind.MONTH),
    (4, DocumentKind.QUARTER),
    (5, DocumentKind.MONTH),
    (6, DocumentKind.MONTH),
    (7, DocumentKind.HALF_YEAR),
    (8, DocumentKind.MONTH),
    (9, DocumentKind.MONTH),
)
_SITES, _NOTICES, _DECISIONS = 5, 3, 3


@dataclass(slots=True)
class Rhythm:
    """Who takes part: plan-year, queue, chance, working days, supervisor, leader, hands and heads of the units, last day."""

    plan_year: int
    play: Play
    random: Random
    calendar: WorkCalendar
    supervisor: Actor
    leader: Actor
    hands: Mapping[str, Actor]
    heads: Mapping[str, Actor]
    ends: date

    def on(self, month: int, day: int, hour: int = 10) -> datetime:
        """Return a moment of a working day."""
        found = date(2026, month, day)
        if not self.calendar.is_workday(found):
            found = self.calendar.add(found, 1).day
        return datetime.combine(found, time(hour))

    def after(self, day: date, working_days: int) -> datetime:
        """Return a moment some working days later."""
        return datetime.combine(self.calendar.add(day, working_days).day, time(10))

    def plan(self, at: datetime, deed: Deed) -> None:
        """Plan a deed, unless the clock stands before it."""
        if at.date() < self.ends:
            self.play.plan(at, deed)


def plan_rhythm(rhythm: Rhythm) -> None:
    """Plan the year of supervision."""
    day = date(2026, 2, 24)
    while day < rhythm.ends:
        if rhythm.calendar.is_workday(day):
            rhythm.plan(datetime.combine(day, time(7)), lambda _at: chasing.remind_units(rhythm.plan_year))
        day += timedelta(days=7)
    for month in _MEETINGS:
        rhythm.plan(rhythm.on(month, 23, 15), lambda at: _meet(rhythm, at))
        rhythm.plan(rhythm.on(month, 24), lambda at: _urge(rhythm, at))
    for serial, (month, kind) in enumerate(_BRIEFS, 1):
        rhythm.plan(rhythm.on(month, 22, 16), _brief(rhythm, serial, kind))
    for month, quarter in _DRILLS.items():
        rhythm.plan(rhythm.on(month, 18, 9), _drill(rhythm, quarter))
    rhythm.plan(rhythm.on(5, 6), lambda at: _instruct(rhythm, at))
    rhythm.plan(rhythm.on(7, 17), lambda at: _assess(rhythm, at))


def _urge(rhythm: Rhythm, at: datetime) -> None:
    """Issue notices where the rule proposes them, to a few units; most answer, some late."""
    year, on = year_of(rhythm.plan_year), at.date()
    ground = ground_of(version_of(rhythm.plan_year, year.version))
    owed = owed_in(year, ground, rule_on(on), on=on, until=on)
    found = escalations_on(owed, year.chasing, on=on, calendar=ground.calendar, rule=rule_on(on))
    proposed = [one for one in found if one.step is Step.NOTICE]
    for one in rhythm.random.sample(proposed, min(_NOTICES, len(proposed))):
        chasing.issue_notice(
            rhythm.supervisor,
            rhythm.plan_year,
            unit=one.owed.unit,
            request=f"模拟：{one.owed.describe('zh')}",
            lineage=one.owed.lineage,
            about=[one.owed.key],
        )
        number = max(year_of(rhythm.plan_year).chasing.notices)
        if rhythm.random.random() < 0.8:
            days = rhythm.random.choice((2, 3, 4, 5, 8))
            rhythm.plan(rhythm.after(on, days), _answered(rhythm, number, one.owed.unit))


def _answered(rhythm: Rhythm, number: int, unit: str) -> Deed:
    def deed(at: datetime) -> None:
        chasing.reply_to_notice(
            rhythm.hands[unit], rhythm.plan_year, number=number, words="模拟：已补报，并查明原因"
        )
        rhythm.plan(rhythm.after(at.date(), 2), _closed_out(rhythm, number))

    return deed


def _closed_out(rhythm: Rhythm, number: int) -> Deed:
    """Close a notice out, and look back at most of them later; some matters came back."""

    def deed(at: datetime) -> None:
        chasing.close_notice(
            rhythm.supervisor, rhythm.plan_year, number=number, finding="模拟：核查属实，予以销号"
        )
        if rhythm.random.random() < 0.7:
            rhythm.plan(rhythm.after(at.date(), rhythm.random.choice((15, 25, 35))), look_back)

    def look_back(_at: datetime) -> None:
        if year_of(rhythm.plan_year).chasing.notices[number].waits_for_look_back:
            came_back = rhythm.random.random() < 0.2
            chasing.look_back_at_notice(
                rhythm.supervisor,
                rhythm.plan_year,
                number=number,
                finding="模拟：又有逾期" if came_back else "模拟：没有反弹",
                outcome=LookBack.CAME_BACK if came_back else LookBack.HOLDS,
            )

    return deed


def _meet(rhythm: Rhythm, at: datetime) -> None:
    """Hold the dispatch meeting of a month; what is red first is to be done first."""
    year, on = year_of(rhythm.plan_year), at.date()
    agenda = meetings.agenda_on(rhythm.plan_year, year, on)
    due = rhythm.calendar.add(on, 10).day
    decisions = [
        Wanted(
            unit=item.unit, words=f"模拟：两周内拿出“{item.title}”的赶进度办法", due=due, lineage=item.lineage
        )
        for item in agenda.items
        if item.unit in rhythm.hands
    ][:_DECISIONS]
    meetings.hold_meeting(
        rhythm.supervisor,
        rhythm.plan_year,
        minutes=f"模拟纪要：会议逐项调度 {len(agenda.items)} 项目标任务，议定 {len(decisions)} 件事项。",
        decisions=decisions,
        day=on,
    )
    tasks = year_of(rhythm.plan_year).chasing.tasks
    for number in sorted(tasks)[len(tasks) - len(decisions) :]:
        _follow(rhythm, number, on)


def _follow(rhythm: Rhythm, number: int, since: date) -> None:
    """Let a unit accept a task and answer it; one in four forgets."""
    if rhythm.random.random() < 0.25:
        return
    unit = year_of(rhythm.plan_year).chasing.tasks[number].unit

    def accepted(at: datetime) -> None:
        chasing.accept_task(rhythm.hands[unit], rhythm.plan_year, number=number)
        rhythm.plan(rhythm.after(at.date(), rhythm.random.randint(3, 10)), replied)

    def replied(at: datetime) -> None:
        chasing.reply_to_task(
            rhythm.hands[unit], rhythm.plan_year, number=number, words="模拟：办法已印发，正在落实"
        )
        rhythm.plan(rhythm.after(at.date(), 2), closed)

    def closed(_at: datetime) -> None:
        chasing.close_task(rhythm.supervisor, rhythm.plan_year, number=number, finding="模拟：已落实")

    rhythm.plan(rhythm.after(since, 1), accepted)


def _instruct(rhythm: Rhythm, at: datetime) -> None:
    year, on = year_of(rhythm.plan_year), at.date()
    red = [
        issued
        for lineage, issued in year.issued.items()
        if issued.lead_unit in rhythm.hands
        and (given := year.light_on(lineage, on)) is not None
        and given.light.colour is Colour.FAR_BEHIND
    ]
    for issued in red[:2]:
        wanted = Wanted(
            unit=issued.lead_unit,
            words="模拟：一周内到现场解决堵点，书面报告",
            due=on + timedelta(days=9),
            lineage=issued.lineage,
        )
        chasing.instruct(
            rhythm.leader,
            rhythm.plan_year,
            words=f"模拟批示：请抓紧“{issued.title}”。",
            wanted=[wanted],
            lineage=issued.lineage,
        )
        _follow(rhythm, max(year_of(rhythm.plan_year).chasing.tasks), on)


def _brief(rhythm: Rhythm, serial: int, kind: DocumentKind) -> Deed:
    """Draft a brief from the ledger, let the leader approve it the next working day, and issue it; the newest is left as a draft."""
    letterhead = Letterhead(
        unit="模拟·绫江市人民政府督查室",
        sign="绫督报",
        year=2026,
        red_head="模拟·督查专报",
        addressees=("市政府领导",),
        copies=("各责任单位",),
    )

    def drafted(at: datetime) -> None:
        made = briefs.draft(
            rhythm.supervisor, rhythm.plan_year, briefs.Wanted(kind=kind, letterhead=letterhead)
        )
        if serial < len(_BRIEFS):
            rhythm.plan(rhythm.after(at.date(), 1), lambda _at: issued(made.pk))

    def issued(brief: int) -> None:
        briefs.approve(rhythm.leader, rhythm.plan_year, brief)
        briefs.issue(rhythm.supervisor, rhythm.plan_year, brief, serial=serial)

    return drafted


def _drill(rhythm: Rhythm, quarter: str) -> Deed:
    """Visit sites of the busiest units; a panel of three files its sheets, and one member misses one."""

    def deed(_at: datetime) -> None:
        year = year_of(rhythm.plan_year)
        led: dict[str, str] = {}
        for lineage, issued in year.issued.items():
            if issued.lead_unit in rhythm.hands:
                led.setdefault(issued.lead_unit, lineage)
        sites = [
            Site(id=f"s{place}", name=f"模拟现场·{year.issued[lineage].title}", unit=unit, lineage=lineage)
            for place, (unit, lineage) in enumerate(list(led.items())[:_SITES], 1)
        ]
        panel = [rhythm.supervisor, rhythm.leader, *list(rhythm.heads.values())[-1:]]
        keys = [person_key(one.id) for one in panel]
        drilling.plan_drill(rhythm.supervisor, rhythm.plan_year, quarter=quarter, sites=sites, panel=keys)
        scheme = drilling.scheme_of(year_of(rhythm.plan_year).drills[quarter])
        missed = (sites[-1].id, keys[-1])
        for member, key in zip(panel, keys, strict=True):
            for site in sites:
                if (site.id, key) == missed:
                    continue
                points = {
                    one.key: (one.most * Decimal(rhythm.random.randint(60, 98)) / 100).quantize(
                        Decimal("0.5")
                    )
                    for one in scheme.criteria
                }
                drilling.file_sheet(
                    member, rhythm.plan_year, quarter=quarter, site=site.id, points=points, remark="模拟：现场有序"
                )  # fmt: skip
        drilling.excuse_sheet(
            rhythm.supervisor, rhythm.plan_year, quarter=quarter, site=missed[0], member=missed[1], reason="模拟：回避本单位"
        )  # fmt: skip
        drilling.freeze_drill(rhythm.supervisor, rhythm.plan_year, quarter=quarter)

    return deed


def _assess(rhythm: Rhythm, at: datetime) -> None:
    """Announce the results of the first half-year; one unit objects and is answered, then they are frozen."""
    half = "2026-H1"
    assessing.announce(rhythm.supervisor, rhythm.plan_year, half=half)
    period = assessing.half_of(2026, half)
    scheme, results = assessing.results_on(rhythm.plan_year, year_of(rhythm.plan_year), period, at.date())
    placed = [one.key for one in results.places if one.place is not None and one.key in rhythm.heads]
    unit, component = placed[-1], scheme.items[1].key

    def objected(_at: datetime) -> None:
        assessing.object_to(
            rhythm.heads[unit], rhythm.plan_year, half=half, unit=unit, component=component, reason="模拟：三月份因系统升级晚报一天"
        )  # fmt: skip

    def answered(_at: datetime) -> None:
        (waiting,) = assessing.assessment_of(year_of(rhythm.plan_year), period).open_objections
        assessing.answer_objection(
            rhythm.supervisor, rhythm.plan_year, half=half, objection=waiting.entry, is_upheld=False, reason="模拟：台账显示当日系统正常"
        )  # fmt: skip

    rhythm.plan(rhythm.after(at.date(), 3), objected)
    rhythm.plan(rhythm.after(at.date(), 8), answered)
    rhythm.plan(
        rhythm.on(8, 25), lambda _at: assessing.freeze(rhythm.supervisor, rhythm.plan_year, half=half)
    )
