"""Supervision notices and tasks: every act, every refusal, numbers without gaps, clocks that explain themselves."""

from datetime import date
from decimal import Decimal as D

import msgspec
import pytest
from ledger_cast import Hand, note

from luoshi.cadence.cycle import period_with
from luoshi.cadence.limit import Limit, PeriodType
from luoshi.cadence.workday import WorkCalendar
from luoshi.delivery.assessment.figure import figures_of
from luoshi.delivery.chasing import notice as notices
from luoshi.delivery.chasing import task as tasks
from luoshi.delivery.chasing.notice import NoticeState
from luoshi.delivery.chasing.rule import rule_on
from luoshi.delivery.chasing.task import Order, TaskState
from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.judging import Ground

CALENDAR = WorkCalendar()
UNIT = "市教育局"
DAY = date(2026, 3, 2)
FIVE = Limit(amount=D(5), basis="府办发〔2026〕1号")


@pytest.fixture
def hand():
    return Hand()


def refusal(action):
    with pytest.raises(DeliveryError) as caught:
        action()
    return caught.value.code


def issue(hand, **changed):
    given = {
        "unit": UNIT, "lineage": "L-1", "about": ("report:L-1:2026-02",), "request": note("请报送二月进展"), "limit": FIVE,
        "calendar": CALENDAR, "on": DAY,
    } | changed  # fmt: skip
    return notices.issue(hand.year.chasing.notices, **given)


def reply(notice, on, *, unit=UNIT, words="已补报"):
    return notices.reply(notice, words=note(words), evidence=("sha256:e",), unit=unit, on=on)


def test_a_notice_is_numbered_and_due_in_working_days(hand):
    hand.write(issue(hand), on=DAY)
    hand.write(issue(hand, about=()), on=DAY)
    first, second = hand.year.chasing.notices[1], hand.year.chasing.notices[2]
    assert (first.number, second.number) == (1, 2)
    assert first.label(2026, "绫督") == "绫督〔2026〕1号"
    # Monday 2 March does not count: 3, 4, 5, 6 and 9.
    assert (first.due, first.state) == (date(2026, 3, 9), NoticeState.ISSUED)


def test_the_clock_of_a_notice_explains_itself(hand):
    hand.write(issue(hand), on=DAY)
    clock = notices.clock_of(hand.year.chasing.notices[1], date(2026, 3, 4), CALENDAR)
    assert (clock.elapsed, clock.left, clock.due_day, clock.is_over) == (2, 3, date(2026, 3, 9), False)
    assert [reason.code for reason in clock.reasons] == ["D120", "D121", "D126"]
    assert "府办发〔2026〕1号" in clock.reasons[0].describe("zh")
    hand.write(reply(hand.year.chasing.notices[1], date(2026, 3, 5)), on=date(2026, 3, 5))
    # An answer stops it: 3, 4 and 5 March.
    assert notices.clock_of(hand.year.chasing.notices[1], date(2026, 3, 20), CALENDAR).elapsed == 3


def test_what_a_notice_refuses(hand):
    assert refusal(lambda: issue(hand, unit="")) == "L255"
    assert refusal(lambda: issue(hand, request=note(""))) == "L341"
    assert refusal(lambda: issue(hand, limit=Limit(amount=D("0.5")))) == "L342"
    assert refusal(lambda: issue(hand, limit=Limit(amount=D(0)))) == "L342"
    assert refusal(lambda: issue(hand, limit=Limit(amount=D(5), type=PeriodType.CALENDAR_DAY))) == "L342"
    hand.write(issue(hand), on=DAY)
    assert refusal(lambda: issue(hand)) == "L343"


def test_reply_return_reply_close(hand):
    hand.write(issue(hand), on=DAY)
    state = lambda: hand.year.chasing.notices[1]  # noqa: E731
    assert refusal(lambda: notices.close(state(), finding=note("属实"), on=DAY)) == "L347"
    assert refusal(lambda: reply(state(), DAY, unit="市住建局")) == "L344"
    assert refusal(lambda: reply(state(), DAY, words="")) == "L346"
    hand.write(reply(state(), date(2026, 3, 9)), on=date(2026, 3, 9))
    assert state().state is NoticeState.REPLIED
    assert not state().is_late(date(2026, 4, 1))
    assert refusal(lambda: reply(state(), DAY)) == "L345"
    given = {"limit": Limit(amount=D(2)), "calendar": CALENDAR, "on": date(2026, 3, 10)}
    assert refusal(lambda: notices.give_back(state(), reason=note(""), **given)) == "L207"
    hand.write(notices.give_back(state(), reason=note("没有附件"), **given), on=date(2026, 3, 10))
    # 11 and 12 March.
    assert (state().state, state().due, len(state().rounds)) == (
        NoticeState.RETURNED, date(2026, 3, 12), 2,
    )  # fmt: skip
    hand.write(reply(state(), date(2026, 3, 13)), on=date(2026, 3, 13))
    # The second answer came a day late, and that stays.
    assert state().is_late(date(2026, 3, 13))
    assert refusal(lambda: notices.close(state(), finding=note(""), on=DAY)) == "L348"
    hand.write(notices.close(state(), finding=note("已查，属实"), on=date(2026, 3, 16)), on=date(2026, 3, 16))
    assert (state().state, len(state().trail)) == (NoticeState.CLOSED, 5)
    # Closed: the same matter can be urged again, with the next number.
    assert issue(hand).fact.number == 2


def closed(hand, on):
    """Issue, answer and close a notice within one day."""
    hand.write(issue(hand, on=on), on=on)
    number = max(hand.year.chasing.notices)
    hand.write(reply(hand.year.chasing.notices[number], on), on=on)
    hand.write(notices.close(hand.year.chasing.notices[number], finding=note("属实"), on=on), on=on)
    return number


def test_a_look_back_that_holds_leaves_the_notice_closed(hand):
    number = closed(hand, DAY)
    state = lambda: hand.year.chasing.notices[number]  # noqa: E731
    assert (state().closed, state().waits_for_look_back) == (DAY, True)
    given = {"limit": None, "calendar": CALENDAR, "on": date(2026, 4, 20)}
    assert refusal(lambda: notices.look_back(state(), finding=note(""), **given)) == "L348"
    hand.write(notices.look_back(state(), finding=note("没有反弹"), **given), on=date(2026, 4, 20))
    assert (state().state, state().waits_for_look_back, len(state().rounds)) == (NoticeState.CLOSED, False, 1)


def test_what_came_back_opens_the_notice_again_and_keeps_its_history(hand):
    number = closed(hand, DAY)
    state = lambda: hand.year.chasing.notices[number]  # noqa: E731
    on = date(2026, 4, 20)
    entry = hand.write(
        notices.look_back(state(), finding=note("又停工了"), limit=Limit(amount=D(3)), calendar=CALENDAR, on=on), on=on
    )  # fmt: skip
    # Tuesday 21, 22 and 23 April.
    assert (state().state, state().due, len(state().rounds)) == (NoticeState.RETURNED, date(2026, 4, 23), 2)
    assert state().trail[-1] == entry
    assert (
        refusal(lambda: notices.look_back(state(), finding=note("看"), limit=None, calendar=CALENDAR, on=on))
        == "L364"
    )
    # The same matter stands open in this notice, so no second one is issued.
    assert refusal(lambda: issue(hand, on=on)) == "L343"
    hand.write(reply(state(), on), on=on)
    hand.write(notices.close(state(), finding=note("复工了"), on=on), on=on)
    # Closed out on the day of the look-back: it waits for the next one.
    assert (state().state, state().closed, state().waits_for_look_back) == (NoticeState.CLOSED, on, True)


def test_when_a_look_back_is_due(hand):
    rule = msgspec.structs.replace(rule_on(DAY), look_back=5)
    hand.write(issue(hand), on=DAY)
    hand.write(issue(hand, about=()), on=DAY)
    for number, on in ((2, DAY), (1, date(2026, 3, 3))):
        hand.write(reply(hand.year.chasing.notices[number], on), on=on)
        hand.write(notices.close(hand.year.chasing.notices[number], finding=note("属实"), on=on), on=on)
    due = notices.look_backs_due(hand.year.chasing.notices, rule, calendar=CALENDAR)
    # After Monday 2 March: 3, 4, 5, 6, 9; after the 3rd a day later.
    assert [(day, one.number) for day, one in due] == [(date(2026, 3, 9), 2), (date(2026, 3, 10), 1)]


def test_only_what_is_overdue_is_circulated_and_once_a_round(hand):
    hand.write(issue(hand), on=DAY)
    state = lambda: hand.year.chasing.notices[1]  # noqa: E731
    late = date(2026, 3, 10)
    assert refusal(lambda: notices.circulate(state(), reason=note("逾期"), on=date(2026, 3, 9))) == "L349"
    assert refusal(lambda: notices.circulate(state(), reason=note(""), on=late)) == "L207"
    entry = hand.write(notices.circulate(state(), reason=note("逾期"), on=late), on=late)
    assert state().running.circulated == entry
    assert refusal(lambda: notices.circulate(state(), reason=note("逾期"), on=late)) == "L350"


def test_late_notices_are_figures_of_the_assessment(hand):
    hand.write(issue(hand), on=DAY)
    hand.write(issue(hand, about=()), on=DAY)
    hand.write(reply(hand.year.chasing.notices[2], date(2026, 3, 4)), on=date(2026, 3, 4))
    ground = Ground(targets={}, calendar=CALENDAR, year=2026)
    half = period_with("2026-H1")
    found = figures_of(hand.year, UNIT, ground, half, on=date(2026, 7, 20))
    assert (found["notices"].value, found["notices_overdue"].value) == (2, 1)
    # Entry 1 issued the commitment, 2 and 3 are the notices.
    assert found["notices_overdue"].entries == (1, 2, 3)
    other = figures_of(hand.year, UNIT, ground, period_with("2026-H2"), on=date(2027, 1, 20))
    assert other["notices"].value == 0


def instruct(hand, **changed):
    given = {
        "leader": "p-mayor", "words": note("请教育局加快进度"), "lineage": "L-1",
        "orders": (Order(unit=UNIT, words=note("倒排工期"), due=date(2026, 3, 20), lineage="L-1"),), "on": DAY,
    } | changed  # fmt: skip
    chasing = hand.year.chasing
    return tasks.instruct(chasing.instructions, chasing.tasks, **given)


def test_an_instruction_becomes_tasks(hand):
    orders = (
        Order(unit=UNIT, words=note("倒排工期"), due=date(2026, 3, 20)),
        Order(unit="市住建局", words=note("保障用地"), due=date(2026, 3, 31)),
    )
    hand.write(*instruct(hand, orders=orders), on=DAY)
    hand.write(*instruct(hand), on=DAY)
    chasing = hand.year.chasing
    assert [one.fact.number for one in chasing.instructions] == [1, 2]
    assert [(one.unit, one.fact.source) for one in chasing.tasks.values()] == [
        (UNIT, "instruction-1"), ("市住建局", "instruction-1"), (UNIT, "instruction-2"),
    ]  # fmt: skip
    assert chasing.instructions[1].key == "instruction-2"


def test_what_an_instruction_refuses(hand):
    assert refusal(lambda: instruct(hand, leader="")) == "L351"
    assert refusal(lambda: instruct(hand, words=note(""))) == "L352"
    assert refusal(lambda: instruct(hand, orders=())) == "L353"
    nobody = Order(unit="", words=note("办"), due=date(2026, 3, 20))
    assert refusal(lambda: instruct(hand, orders=(nobody,))) == "L354"
    past = Order(unit=UNIT, words=note("办"), due=date(2026, 3, 1))
    assert refusal(lambda: instruct(hand, orders=(past,))) == "L355"


def test_a_task_is_accepted_answered_returned_and_closed(hand):
    hand.write(*instruct(hand), on=DAY)
    state = lambda: hand.year.chasing.tasks[1]  # noqa: E731

    def answered(unit=UNIT, words="已倒排"):
        return tasks.reply(state(), words=note(words), evidence=(), unit=unit, on=DAY)

    assert refusal(answered) == "L357"
    assert refusal(lambda: tasks.accept(state(), unit="市住建局", on=DAY)) == "L344"
    hand.write(tasks.accept(state(), unit=UNIT, on=DAY), on=DAY)
    assert refusal(lambda: tasks.accept(state(), unit=UNIT, on=DAY)) == "L356"
    assert refusal(lambda: tasks.close(state(), finding=note("好"), on=DAY)) == "L347"
    assert refusal(lambda: answered(words="")) == "L346"
    hand.write(answered(), on=DAY)
    assert refusal(answered) == "L357"
    given = {"reason": note("没有节点"), "due": date(2026, 3, 25), "on": DAY}
    assert refusal(lambda: tasks.give_back(state(), **given | {"reason": note("")})) == "L207"
    assert refusal(lambda: tasks.give_back(state(), **given | {"due": date(2026, 3, 1)})) == "L355"
    hand.write(tasks.give_back(state(), **given), on=DAY)
    assert (state().state, state().due) == (TaskState.RETURNED, date(2026, 3, 25))
    hand.write(answered(), on=DAY)
    assert refusal(lambda: tasks.close(state(), finding=note(""), on=DAY)) == "L348"
    hand.write(tasks.close(state(), finding=note("已办结"), on=DAY), on=DAY)
    assert (state().state, state().trail) == (TaskState.CLOSED, (3, 4, 5, 6, 7, 8))
