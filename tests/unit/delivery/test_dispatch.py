"""Dispatch meetings: the agenda's order, minutes, decisions that become tasks."""

from datetime import date

import msgspec
import pytest
from ledger_cast import SCHOOLS, Hand, note

from luoshi.delivery.chasing import task as tasks
from luoshi.delivery.chasing.task import Order, TaskOrigin
from luoshi.delivery.dispatch.agenda import Group, agenda_of
from luoshi.delivery.dispatch.meeting import correct, hold
from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.given import LightsGiven, NewLight, override
from luoshi.delivery.issue import CommitmentsIssued
from luoshi.delivery.report import ReportFiled, ReportPassed
from luoshi.ledger.entry import Proposal
from luoshi.status.light import Colour, Light

MARCH, APRIL = date(2026, 3, 31), date(2026, 4, 30)
RED, GREY, YELLOW, GREEN, BLUE = (
    Colour.FAR_BEHIND, Colour.SILENT, Colour.BEHIND, Colour.ON_COURSE, Colour.DONE,
)  # fmt: skip


def given(hand, day, **colours):
    lights = tuple(
        NewLight(
            lineage=name.replace("_", "-"), light=Light(colour=colour, code="S230", rule="r", inputs="i")
        )
        for name, colour in colours.items()
    )
    return hand.write(Proposal(fact=LightsGiven(day=day, rule="r", lights=lights), day=day), on=day, who="")


@pytest.fixture
def hand():
    hand = Hand()
    issued = tuple(
        msgspec.structs.replace(SCHOOLS, lineage=f"L-{number}", title=f"任务{number}") for number in range(1, 9)
    )  # fmt: skip
    fact = CommitmentsIssued(version=2, plan_digest="sha256:2", commitments=issued)
    hand.write(Proposal(fact=fact, day=date(2026, 2, 2)), on=date(2026, 2, 2))
    given(hand, date(2026, 3, 10), L_1=GREEN, L_2=RED, L_3=GREY, L_4=GREEN, L_5=GREEN, L_6=GREEN, L_7=GREEN)
    given(hand, date(2026, 4, 20), L_1=RED, L_4=YELLOW, L_5=BLUE)
    return hand


def blocked(hand, lineage):
    fact = ReportFiled(period="2026-03", end=MARCH, obstacles=note("征地未完成"))
    filing = hand.write(
        Proposal(fact=fact, day=MARCH, lineage=lineage, unit="市教育局"), on=date(2026, 4, 21)
    )
    passed = Proposal(fact=ReportPassed(report=filing), day=MARCH, lineage=lineage)
    hand.write(passed, on=date(2026, 4, 21), who="p-head")
    return filing


def refusal(action):
    with pytest.raises(DeliveryError) as caught:
        action()
    return caught.value.code


def test_red_first_then_silent_then_changed_then_blocked(hand):
    filing = blocked(hand, "L-6")
    agenda = agenda_of(hand.year, on=APRIL, last=MARCH, blocked_cases={"L-8": 2, "L-1": 1})
    assert [(item.lineage, item.group) for item in agenda.items] == [
        ("L-2", Group.RED),  # red since 10 March
        ("L-1", Group.RED),  # red since 20 April
        ("L-3", Group.SILENT),
        ("L-4", Group.CHANGED),  # became worse
        ("L-5", Group.CHANGED),  # became better
        ("L-6", Group.BLOCKED),
        ("L-8", Group.BLOCKED),  # no light yet, but its cases are blocked
    ]
    second, first = agenda.items[1], agenda.items[0]
    assert (first.since, second.since, second.before, second.is_worse, second.blocked_cases) == (
        date(2026, 3, 10), date(2026, 4, 20), GREEN, True, 1,
    )  # fmt: skip
    assert agenda.items[5].obstacles == filing
    assert filing in agenda.items[5].entries
    assert (agenda.items[6].colour, agenda.items[6].since) == (None, None)


def test_the_first_meeting_has_nothing_that_changed(hand):
    agenda = agenda_of(hand.year, on=APRIL, last=None)
    assert [item.lineage for item in agenda.items] == ["L-2", "L-1", "L-3"]
    assert agenda.of(Group.CHANGED) == ()


def test_an_override_is_shown_and_moves_nothing(hand):
    entry = hand.write(override(lineage="L-2", colour=YELLOW, reason=note("已补办"), on=APRIL), on=APRIL)
    first = agenda_of(hand.year, on=APRIL, last=MARCH).items[0]
    assert (first.lineage, first.colour, first.overridden) == ("L-2", RED, YELLOW)
    assert entry in first.entries


def held(hand, on, *, minutes="会议议定三项", orders=()):
    agenda = agenda_of(hand.year, on=on, last=hand.year.meetings[-1].day if hand.year.meetings else None)
    return hold(
        hand.year.meetings, hand.year.chasing.tasks, agenda=agenda.digest, items=[one.lineage for one in agenda.items],
        minutes=note(minutes), orders=orders, on=on,
    )  # fmt: skip


def test_decisions_become_tasks_and_come_back_to_the_next_meeting(hand):
    orders = (
        Order(unit="市教育局", words=note("六月下旬前开工"), due=date(2026, 6, 24), lineage="L-2"),
        Order(unit="市住建局", words=note("保障用地"), due=date(2026, 6, 20), lineage="L-2"),
        Order(unit="市财政局", words=note("拨付资金"), due=date(2026, 6, 15)),
    )
    hand.write(*held(hand, date(2026, 4, 22)), on=date(2026, 4, 22))
    assert refusal(lambda: held(hand, date(2026, 4, 22))) == "L362"
    assert refusal(lambda: held(hand, APRIL, minutes="")) == "L361"
    may, june = date(2026, 5, 29), date(2026, 6, 30)
    hand.write(*held(hand, may, orders=orders), on=may)
    meeting = hand.year.meetings[-1]
    assert (meeting.fact.number, meeting.key, meeting.day) == (2, "meeting-2", may)
    assert [(one.fact.origin, one.fact.source) for one in hand.year.chasing.tasks.values()] == [
        (TaskOrigin.MEETING, "meeting-2")
    ] * 3
    # Task 1 was due 24 June, 2 on 20 June, 3 on 15 June; 3 is answered and closed, 1 and 2 are overdue by the end of June.
    third = hand.year.chasing.tasks[3]
    hand.write(tasks.accept(third, unit="市财政局", on=may), on=may)
    words = tasks.reply(
        hand.year.chasing.tasks[3], words=note("已拨付"), evidence=(), unit="市财政局", on=may
    )
    hand.write(words, on=may)
    hand.write(tasks.close(hand.year.chasing.tasks[3], finding=note("属实"), on=may), on=may)
    agenda = agenda_of(hand.year, on=june, last=may)
    assert [(one.number, one.is_overdue) for one in agenda.tasks] == [(2, True), (1, True)]
    assert [one.number for one in agenda_of(hand.year, on=date(2026, 6, 22), last=may).tasks] == [2, 1]
    assert [one.is_overdue for one in agenda_of(hand.year, on=date(2026, 6, 22), last=may).tasks] == [
        True,
        False,
    ]


def test_minutes_can_be_corrected_and_those_before_stay(hand):
    hand.write(*held(hand, APRIL), on=APRIL)
    meeting = hand.year.meetings[0]
    assert refusal(lambda: correct(meeting, minutes=note(""), reason=note("漏项"), on=APRIL)) == "L361"
    assert refusal(lambda: correct(meeting, minutes=note("四项"), reason=note(""), on=APRIL)) == "L207"
    entry = hand.write(
        correct(meeting, minutes=note("会议议定四项"), reason=note("漏项"), on=APRIL), on=APRIL
    )
    assert [one.length for one in hand.year.meetings[0].minutes] == [6, 6]
    assert hand.entries[entry - 1].replaces == meeting.entry


def test_the_same_year_gives_the_same_agenda(hand):
    one, other = (agenda_of(hand.year, on=APRIL, last=MARCH) for _ in range(2))
    assert one.digest == other.digest
    assert one.digest != agenda_of(hand.year, on=APRIL, last=None).digest
