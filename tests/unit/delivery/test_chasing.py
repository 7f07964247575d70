"""Chasing: who owes what by when, reminders, and the steps that follow; days counted by hand in the calendar of 2026."""

from datetime import date
from decimal import Decimal as D

import msgspec
import pytest
from ledger_cast import SCHOOLS, Hand, note

from luoshi.cadence.limit import Limit
from luoshi.cadence.workday import WorkCalendar
from luoshi.delivery.chasing import notice as notices
from luoshi.delivery.chasing.owing import owed_in
from luoshi.delivery.chasing.reminder import Step, escalations_on, remind, reminders_on
from luoshi.delivery.chasing.rule import OwedKind, rule_on, rules, rules_from
from luoshi.delivery.handling import (
    ContestDecided,
    ContestKind,
    Handling,
    HandlingApproved,
    HandlingContested,
    HandlingFiled,
    HandlingReturned,
    PlannedDeliverable,
)
from luoshi.delivery.issue import CommitmentsIssued
from luoshi.delivery.judging import Ground
from luoshi.delivery.report import ReportFiled, ReportPassed, ReportReturned, Tick, extend
from luoshi.ledger.entry import Proposal
from luoshi.plan.model import Comparator, Course, Deadline, JudgedAs, Target, TargetKind

CALENDAR = WorkCalendar()
RULE = rule_on(date(2026, 2, 1))
UNIT = "市教育局"


def target(id):
    return Target(
        id=id, spans=(), text="", commitment="c-1", indicator=id, comparator=Comparator.EQ, value=D(3), unit="所",
        kind=TargetKind.COUNT, judged_as=JudgedAs.AT_LEAST, course=Course.CUMULATIVE, deadline=Deadline(day=date(2026, 12, 31)), number=None,
    )  # fmt: skip


GROUND = Ground(targets={one: target(one) for one in SCHOOLS.targets}, calendar=CALENDAR, year=2026)


@pytest.fixture
def hand():
    return Hand()


def owed(hand, on, until=date(2026, 12, 31), unit=None):
    return owed_in(hand.year, GROUND, RULE, on=on, until=until, unit=unit)


def kinds(found):
    return [(one.kind.value, one.subject, one.due) for one in found]


def reminded(hand, on):
    made = reminders_on(owed(hand, on), hand.year.chasing, on=on, calendar=CALENDAR, rule=RULE)
    return [(one.kind.value, reminder.offset) for one, reminder in made]


def send(hand, on):
    made = reminders_on(owed(hand, on), hand.year.chasing, on=on, calendar=CALENDAR, rule=RULE)
    return hand.write(remind(made, rule=RULE, on=on), on=on, who="")


def escalated(hand, on):
    made = escalations_on(owed(hand, on), hand.year.chasing, on=on, calendar=CALENDAR, rule=RULE)
    return [(one.step, one.owed.key, one.days) for one in made]


def reported(hand, period, end, on, *, ticks=()):
    filing = hand.write(
        Proposal(fact=ReportFiled(period=period, end=end, ticks=ticks), day=end, lineage="L-1", unit=UNIT), on=on
    )  # fmt: skip
    hand.write(Proposal(fact=ReportPassed(report=filing), day=end, lineage="L-1"), on=on, who="p-head")
    return filing


def planned(hand, on):
    part = PlannedDeliverable(
        id="d-open", done_when="学校交付使用", evidence="备案表", due=date(2026, 11, 30), weight=D(1)
    )
    fact = HandlingFiled(handling=Handling(deliverables=(part,)))
    return hand.write(Proposal(fact=fact, day=on, lineage="L-1", unit=UNIT), on=on)


def test_handling_plan_and_reports_are_owed_with_their_days(hand):
    found = owed(hand, date(2026, 2, 3), until=date(2026, 4, 8))
    # Ten working days after Sunday 1 February: 2–6 and 9–13. February's report: fifth working day of March. March's: 1–3, 7 and 8 April, 清明 between.
    assert kinds(found) == [
        ("handling", "handling", date(2026, 2, 13)),
        ("report", "2026-02", date(2026, 3, 6)),
        ("report", "2026-03", date(2026, 4, 8)),
    ]
    assert {one.entry for one in found} == {1}
    assert found[1].describe("zh") == "“新建学校3所”2026年2月填报，2026-03-06 前报出。"
    assert owed(hand, date(2026, 2, 3), unit="市住建局") == ()


def test_a_report_is_owed_until_it_left_the_unit_or_is_locked(hand):
    february = date(2026, 2, 28)
    fact = ReportFiled(period="2026-02", end=february)
    filing = hand.write(Proposal(fact=fact, day=february, lineage="L-1", unit=UNIT), on=date(2026, 3, 3))
    until = date(2026, 3, 6)
    assert ("report", "2026-02", until) in kinds(owed(hand, date(2026, 3, 4)))
    passed = Proposal(fact=ReportPassed(report=filing), day=february, lineage="L-1")
    other = Hand()
    hand.write(passed, on=date(2026, 3, 5), who="p-head")
    assert "2026-02" not in [one.subject for one in owed(hand, date(2026, 3, 5))]
    # The fifteenth working day of March is the 20th; more time opens it again.
    assert "2026-02" in [one.subject for one in owed(other, date(2026, 3, 20))]
    assert "2026-02" not in [one.subject for one in owed(other, date(2026, 3, 21))]
    more = extend(
        period="2026-02", until=date(2026, 3, 31), reason=note("汛期"), unit=UNIT, lineage="", on=date(2026, 3, 23)
    )  # fmt: skip
    other.write(more, on=date(2026, 3, 23))
    assert ("report", "2026-02", date(2026, 3, 31)) in kinds(owed(other, date(2026, 3, 24)))


def test_what_was_returned_is_owed_again_in_three_working_days(hand):
    filing = reported(hand, "2026-05", date(2026, 5, 31), date(2026, 6, 4))
    fact = ReportReturned(report=filing, reason=note("口径不符"))
    returned = hand.write(Proposal(fact=fact, day=date(2026, 5, 31), lineage="L-1"), on=date(2026, 6, 10))
    (one,) = [one for one in owed(hand, date(2026, 6, 10)) if one.kind is OwedKind.RETURNED]
    # Wednesday 10 June: 11, 12 and 15.
    assert (one.subject, one.due, one.entry) == ("2026-05", date(2026, 6, 15), returned)
    reported(hand, "2026-05", date(2026, 5, 31), date(2026, 6, 12))
    assert OwedKind.RETURNED not in {one.kind for one in owed(hand, date(2026, 6, 12))}


def test_a_returned_handling_plan_is_owed_and_one_that_waits_for_approval_is_not(hand):
    planned(hand, date(2026, 2, 5))
    assert "handling" not in [one.subject for one in owed(hand, date(2026, 2, 6))]
    fact = HandlingReturned(reason=note("季度安排不具体"))
    hand.write(Proposal(fact=fact, day=date(2026, 2, 6), lineage="L-1"), on=date(2026, 2, 6))
    # Friday 6 February: 9, 10, 11.
    assert kinds(owed(hand, date(2026, 2, 6)))[0] == ("returned", "handling", date(2026, 2, 11))


def test_a_contest_that_was_decided_and_a_new_lead_unit_begin_anew(hand):
    contest = HandlingContested(about=ContestKind.UNIT, proposed="市住建局", reason=note("职责不符"))
    hand.write(Proposal(fact=contest, day=date(2026, 2, 5), lineage="L-1", unit=UNIT), on=date(2026, 2, 5))
    assert "handling" not in [one.subject for one in owed(hand, date(2026, 2, 6))]
    decided = ContestDecided(is_upheld=True, reason=note("采纳"))
    hand.write(Proposal(fact=decided, day=date(2026, 2, 6), lineage="L-1"), on=date(2026, 2, 6))
    # Friday 6 February: 9–14 are six working days, 24–27 four.
    assert kinds(owed(hand, date(2026, 2, 6)))[0] == ("handling", "handling", date(2026, 2, 27))
    # The new lead unit gets it on Monday 2 March; February's report is not its own.
    other = msgspec.structs.replace(SCHOOLS, lead_unit="市住建局")
    fact = CommitmentsIssued(version=2, plan_digest="sha256:2", commitments=(other,))
    entry = hand.write(Proposal(fact=fact, day=date(2026, 3, 2)), on=date(2026, 3, 2))
    found = owed(hand, date(2026, 3, 2), until=date(2026, 4, 8))
    assert kinds(found) == [
        ("handling", "handling", date(2026, 3, 16)),
        ("report", "2026-03", date(2026, 4, 8)),
    ]
    assert {(one.unit, one.entry) for one in found} == {("市住建局", entry)}


def test_a_deliverable_is_owed_once_a_plan_approved_it_and_until_the_unit_says_it_is_done(hand):
    filing = planned(hand, date(2026, 2, 5))
    assert OwedKind.DELIVERABLE not in {one.kind for one in owed(hand, date(2026, 2, 6))}
    approved = Proposal(fact=HandlingApproved(filing=filing), day=date(2026, 2, 6), lineage="L-1")
    entry = hand.write(approved, on=date(2026, 2, 6), who="p-supervisor")
    (one,) = [one for one in owed(hand, date(2026, 2, 6)) if one.kind is OwedKind.DELIVERABLE]
    assert (one.subject, one.due, one.entry) == ("d-open", date(2026, 11, 30), entry)
    tick = Tick(deliverable="d-open", done=date(2026, 9, 1), evidence=("sha256:e",))
    reported(hand, "2026-09", date(2026, 9, 30), date(2026, 10, 9), ticks=(tick,))
    assert OwedKind.DELIVERABLE not in {one.kind for one in owed(hand, date(2026, 10, 10))}


def test_reminders_go_out_on_working_days_before_and_after(hand):
    # Due Friday 13 February. Three working days before is Tuesday the 10th.
    assert reminded(hand, date(2026, 2, 9)) == []
    assert reminded(hand, date(2026, 2, 10)) == [("handling", -3)]
    # A day was missed: the reminder still goes out, once.
    assert reminded(hand, date(2026, 2, 11)) == [("handling", -3)]
    send(hand, date(2026, 2, 11))
    assert reminded(hand, date(2026, 2, 13)) == []
    # Saturday the 14th is worked in exchange, the 15th to the 23rd are off, the 24th is the second working day after.
    assert reminded(hand, date(2026, 2, 14)) == [("handling", 1)]
    assert reminded(hand, date(2026, 2, 15)) == []
    assert reminded(hand, date(2026, 2, 24)) == [("handling", 1)]
    send(hand, date(2026, 2, 24))
    assert reminded(hand, date(2026, 2, 25)) == []
    # The 27th is the fifth.
    assert reminded(hand, date(2026, 2, 27)) == [("handling", 5)]


def test_a_later_due_day_begins_anew(hand):
    planned(hand, date(2026, 2, 2))
    send(hand, date(2026, 3, 4))
    assert reminded(hand, date(2026, 3, 5)) == []
    more = extend(
        period="2026-02", until=date(2026, 3, 13), reason=note("汛期"), unit=UNIT, lineage="", on=date(2026, 3, 5)
    )  # fmt: skip
    hand.write(more, on=date(2026, 3, 5))
    assert reminded(hand, date(2026, 3, 6)) == []
    assert reminded(hand, date(2026, 3, 11)) == [("report", -2)]


def test_nothing_to_remind_of_is_no_entry(hand):
    assert remind([], rule=RULE, on=date(2026, 2, 9)) is None


def issued(hand, on, about=("handling:L-1:handling",)):
    made = notices.issue(
        hand.year.chasing.notices, unit=UNIT, lineage="L-1", about=about, request=note("请报送办理方案"),
        limit=Limit(amount=D(RULE.notice_limit), basis="督办单"), calendar=CALENDAR, on=on,
    )  # fmt: skip
    return hand.write(made, on=on, who="p-supervisor")


def test_reminder_then_notice_then_circulation(hand):
    # Due 13 February; the fifth working day after it is the 27th.
    assert escalated(hand, date(2026, 2, 26)) == []
    assert escalated(hand, date(2026, 2, 27)) == [(Step.NOTICE, "handling:L-1:handling", 5)]
    issued(hand, date(2026, 2, 27))
    # Saturday 28 February is worked: 28, 2, 3, 4, 5 March. What the notice is about is not proposed again.
    (one,) = [one for one in owed(hand, date(2026, 3, 2)) if one.kind is OwedKind.NOTICE]
    assert (one.subject, one.due) == ("1", date(2026, 3, 5))
    assert [step for step, *_ in escalated(hand, date(2026, 3, 9))] == []
    assert escalated(hand, date(2026, 3, 10)) == [(Step.CIRCULATION, "notice:L-1:1", 3)]
    notice = hand.year.chasing.notices[1]
    hand.write(
        notices.circulate(notice, reason=note("逾期三日未回复"), on=date(2026, 3, 10)), on=date(2026, 3, 10)
    )
    assert [step for step, *_ in escalated(hand, date(2026, 3, 11)) if step is Step.CIRCULATION] == []


def test_a_place_can_put_its_own_days_in_force():
    row = {
        "name": "place/1", "since": date(2026, 7, 1), "reference": "府办发〔2026〕1号", "handling": 5, "returned": 2,
        "before": {"report": [3, 1]}, "after": {"report": [2]}, "notice_after": {"report": 3}, "notice_limit": 3, "circulate_after": 1, "look_back": 20,
    }  # fmt: skip
    (own,) = rules_from([row])
    assert own.offsets(OwedKind.REPORT) == (-3, -1, 2)
    assert own.offsets(OwedKind.TASK) == ()
    assert rule_on(date(2026, 7, 1), [*rules(), own]).name == "place/1"
    with pytest.raises(ValueError, match="above 0"):
        rules_from([row | {"notice_limit": 0}])
    with pytest.raises(ValueError, match="no rule of chasing"):
        rule_on(date(2026, 6, 30), [own])
