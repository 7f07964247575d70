"""A small year for briefs: the sample plan as issued, three reports, lights of two days.

Entry 1 issues the plan on 1 February. Entries 2 to 5 are reports of March (factories, schools), passed. Entry 6 gives the lights of 10 April: factories
yellow, station not started, schools and care centre green, the four steps silent. Entries 7 and 8 are the schools' report of April; entry 9 gives the lights of
10 May: factories green, schools red, the rest as before.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import sample_plan

from luoshi.brief.drafting.letterhead import Letterhead
from luoshi.brief.drafting.situation import Situation
from luoshi.cadence.workday import WorkCalendar
from luoshi.delivery.given import LightsGiven, NewLight
from luoshi.delivery.issue import issue
from luoshi.delivery.judging import Ground
from luoshi.delivery.report import Figure, ReportFiled, ReportPassed
from luoshi.delivery.year import fold
from luoshi.ledger.chain import Author, Head, extend, head_of
from luoshi.ledger.entry import Proposal
from luoshi.ledger.note import Note
from luoshi.status.light import Colour, Light

OBSTACLE = Note(salt="salt", text="征地还差12户没有签约")
SINCE, AS_OF = date(2026, 4, 10), date(2026, 5, 12)
LETTERHEAD = Letterhead(
    unit="云川市人民政府办公室",
    sign="云政督",
    red_head="云川市人民政府办公室",
    addressees=("市政府各位领导",),
    copies=("市委办公室", "市人大常委会办公室"),
)


def version():
    """The sample plan as version 1, each commitment with a permanent identity."""
    plan = sample_plan.draft()
    commitments = tuple(
        msgspec.structs.replace(one, lineage=f"L-{one.id.removeprefix('c-')}") for one in plan.commitments
    )
    return msgspec.structs.replace(plan, version=1, reason="首版", commitments=commitments)


def light(colour, code="S245", parts=(), subject="", **parameters):
    values = {"due": "2026-12-31"} | parameters
    return Light(
        colour=colour,
        code=code,
        parameters=values,
        rule="luoshi.light/1",
        inputs="sha256:0",
        parts=parts,
        subject=subject,
    )


def given(day, **lights):
    made = tuple(NewLight(lineage=f"L-{name}", light=one) for name, one in lights.items())
    return Proposal(fact=LightsGiven(day=day, rule="luoshi.light/1", lights=made), day=day)


def filed(name, unit, period, end, obstacles=None, **figures):
    fact = ReportFiled(
        period=period,
        end=end,
        figures=tuple(Figure(target=f"t-{key}", value=Decimal(value)) for key, value in figures.items()),
        obstacles=obstacles,
    )
    return Proposal(fact=fact, day=end, lineage=f"L-{name}", unit=unit)


def schools_behind():
    lagging = light(
        Colour.FAR_BEHIND,
        "S231",
        subject="t-schools",
        day="2026-04-30",
        value="0.1",
        unit="所",
        goal="3",
        expected="0.97",
        points="29.00",
    )
    fine = light(Colour.ON_COURSE, "S245", subject="t-places")
    return light(Colour.FAR_BEHIND, "S255", parts=(fine, lagging), count="1", all="2", silent="0")


def entries(is_simulated=False):
    plan = version()
    steps = [
        (date(2026, 2, 1), [issue(plan, plan_digest="sha256:0", on=date(2026, 2, 1))]),
        (
            date(2026, 4, 2),
            [
                filed("industry", "市经信局", "2026-03", date(2026, 3, 31), firms="2"),
                Proposal(fact=ReportPassed(report=2), day=date(2026, 4, 2), lineage="L-industry"),
                filed("school", "市教育局", "2026-03", date(2026, 3, 31), schools="0.1", places="600"),
                Proposal(fact=ReportPassed(report=4), day=date(2026, 4, 2), lineage="L-school"),
            ],
        ),
        (
            date(2026, 4, 10),
            [
                given(
                    date(2026, 4, 10),
                    industry=light(Colour.BEHIND),
                    station=light(Colour.NOT_STARTED),
                    school=light(Colour.ON_COURSE),
                    elder=light(Colour.ON_COURSE),
                    steps=light(Colour.SILENT, "S205", day="2026-03-31"),
                )
            ],
        ),
        (
            date(2026, 5, 6),
            [
                filed(
                    "school",
                    "市教育局",
                    "2026-04",
                    date(2026, 4, 30),
                    OBSTACLE.ref,
                    schools="0.1",
                    places="600",
                ),
                Proposal(fact=ReportPassed(report=7), day=date(2026, 5, 6), lineage="L-school"),
            ],
        ),
        (
            date(2026, 5, 10),
            [given(date(2026, 5, 10), industry=light(Colour.ON_COURSE), school=schools_behind())],
        ),
    ]
    head, made = Head(scope="云川市/2026"), []
    for day, proposals in steps:
        at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        added = extend(head, proposals, author=Author(), known_at=at, is_simulated=is_simulated)
        head, made = head_of(head, added), [*made, *added]
    return head, made


def situation(*, since=SINCE, is_simulated=False):
    plan = version()
    head, made = entries(is_simulated)
    ground = Ground({target.id: target for target in plan.targets}, WorkCalendar(), plan.year)
    notes = {OBSTACLE.ref.digest: OBSTACLE.text}
    return Situation(plan, fold(made), ground, AS_OF, head, since=since, notes=notes)
