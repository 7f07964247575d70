"""Reminders (催办) and what follows where they do not help: a supervision notice, then a circulation.

Rule:
    Reminders go out on working days. Where a day was missed the newest reminder that was due goes out, and the older ones do not. A reminder belongs to a due day: where that moves, reminders begin anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from luoshi.cadence.workday import WorkCalendar
from luoshi.delivery.chasing.notice import NoticeState
from luoshi.delivery.chasing.owing import Owed
from luoshi.delivery.chasing.rule import ChasingRule, OwedKind
from luoshi.delivery.chasing.state import Chasing, RemindersSent, SentReminder
from luoshi.kernel.label import Labelled, Language
from luoshi.kernel.message import text_of
from luoshi.ledger.entry import Proposal


def working_days_from(due: date, on: date, calendar: WorkCalendar) -> int:
    """Return how far a day is from a due day, in working days: negative before it, 0 on it, positive after it.

    A due day that nobody works on is past on the next working day, which is one day after it.
    """
    return calendar.count(due, on).days


def reminders_on(
    owed: Iterable[Owed], chasing: Chasing, *, on: date, calendar: WorkCalendar, rule: ChasingRule
) -> tuple[tuple[Owed, SentReminder], ...]:
    """Return what units are to be reminded of on a day, in the order given; nothing on a day that nobody works on.

    Args:
        owed: What is owed.
        chasing: What was sent so far.
        on: The day.
        calendar: Working days of the place.
        rule: Rule of chasing in force.
    """
    if not calendar.is_workday(on):
        return ()
    found = []
    for one in owed:
        now = working_days_from(one.due, on, calendar)
        passed = [offset for offset in rule.offsets(one.kind) if offset <= now and (offset > 0) == (now > 0)]
        if passed:
            reminder = SentReminder(unit=one.unit, key=one.key, due=one.due, offset=max(passed))
            if reminder not in chasing.reminded:
                found.append((one, reminder))
    return tuple(found)


def remind(reminders: Sequence[tuple[Owed, SentReminder]], *, rule: ChasingRule, on: date) -> Proposal | None:
    """Return the entry that records reminders; None where there are none."""
    if not reminders:
        return None
    fact = RemindersSent(rule=rule.name, reminders=tuple(reminder for _, reminder in reminders))
    return Proposal(fact=fact, day=on)


class Step(Labelled):
    """What follows where reminders do not help (升级)."""

    NOTICE = "notice", "发督办单", "supervision notice"
    CIRCULATION = "circulation", "通报", "circulation"


class Escalation(msgspec.Struct, frozen=True, kw_only=True):
    """What is proposed about something that is overdue: the step, what it is about, how many working days overdue, the rule."""

    step: Step
    owed: Owed
    days: int
    rule: str

    def describe(self, language: Language = "zh") -> str:
        """Return why it is proposed."""
        code = "S810" if self.step is Step.NOTICE else "S811"
        return text_of(code, {"days": str(self.days), "due": self.owed.due.isoformat()}, language)


def escalations_on(
    owed: Iterable[Owed], chasing: Chasing, *, on: date, calendar: WorkCalendar, rule: ChasingRule
) -> tuple[Escalation, ...]:
    """Return what is proposed on a day, in the order given; a person decides.

    What an open notice is about gets no second one; a notice that was circulated in the running round is not circulated again.

    Args:
        owed: What is owed.
        chasing: What was done so far.
        on: The day.
        calendar: Working days of the place.
        rule: Rule of chasing in force.
    """
    open_notices = [one for one in chasing.notices.values() if one.state is not NoticeState.CLOSED]
    noticed = {key for one in open_notices for key in one.fact.about}
    found = []
    for one in owed:
        days = working_days_from(one.due, on, calendar)
        if one.kind is OwedKind.NOTICE:
            notice = chasing.notices[int(one.subject)]
            if days >= rule.circulate_after and not notice.running.circulated:
                found.append(Escalation(step=Step.CIRCULATION, owed=one, days=days, rule=rule.name))
        elif days >= rule.notice_after.get(one.kind, days + 1) and one.key not in noticed:
            found.append(Escalation(step=Step.NOTICE, owed=one, days=days, rule=rule.name))
    return tuple(found)
