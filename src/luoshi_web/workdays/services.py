"""Enter and withdraw notices about days off (登记放假调休通知)."""

from __future__ import annotations

import re
from datetime import date

from luoshi.cadence.notice import Notice
from luoshi.register.sheet import day_in
from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.frame.clock import now
from luoshi_web.rights import Actor, Right, RuleError
from luoshi_web.workdays import selectors, store

_FIRST, _LAST = 2004, 2100
_MOST = 400


def days_in(text: str) -> frozenset[date]:
    """Return the days that a person wrote, with spaces, commas or lines between them.

    Raises:
        RuleError: Something is no day (W634).
    """
    found = set()
    for part in re.split(r"[\s,，、;；]+", text.strip()):
        if not part:
            continue
        day = day_in(part)
        if day is None or not _FIRST <= day.year <= _LAST or len(found) >= _MOST:
            raise RuleError("W634", {"part": part[:40]})
        found.add(day)
    return frozenset(found)


def add_notice(
    actor: Actor, *, number: str, issuer: str, issued: date | None, rest: str, work: str, year: int | None
) -> None:
    """Enter a notice; it counts at once.

    Raises:
        RefusedError: The person is no system administrator.
        RuleError: Number or day of issue is missing, or no day is named (W633), something is no day (W634), or a notice of this number is in force (W635).
        NoticeError: A day is both off and worked (D102).
    """
    actor.require(Right.SET_WORKDAYS)
    number = number.strip()[:100]
    off, worked = days_in(rest), days_in(work)
    if not number or issued is None or not (off or worked):
        raise RuleError("W633")
    if any(row.number == number for row in selectors.in_force()):
        raise RuleError("W635", {"number": number})
    if year is not None and not _FIRST <= year <= _LAST:
        raise RuleError("W634", {"part": str(year)})
    notice = Notice(number=number, issued=issued, rest=off, work=worked, year=year)
    store.add(notice, issuer=issuer.strip()[:100], by=actor.name, at=now())
    record(actor, Action.WORKDAYS_SET, number)
    selectors.look()


def withdraw_notice(actor: Actor, *, notice: int, reason: str) -> None:
    """Withdraw a notice; what was reckoned with it and has ended stays.

    Raises:
        RefusedError: The person is no system administrator.
        RuleError: There is no such notice in force, or no reason (W636).
    """
    actor.require(Right.SET_WORKDAYS)
    row = selectors.notice_in_force(notice)
    if row is None or not reason.strip():
        raise RuleError("W636")
    store.withdraw(row, reason=reason.strip(), by=actor.name, at=now())
    record(actor, Action.WORKDAYS_WITHDRAWN, row.number)
    selectors.look()
