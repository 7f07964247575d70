"""What a unit owes as an iCalendar file (日历订阅), for the calendar that people use anyway.

Standard:
    RFC 5545: lines end with CRLF and are folded at 75 octets, texts are escaped (the library does it); due days are DATE values, so no time zone is needed. A DATE has no end of its own: DTEND is the day after,
    exclusive (3.6.1). The UID follows from the plan-year and the key of what is owed: it stays the same while that is owed, so that a calendar moves an entry and does not double it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from luoshi.delivery.chasing.owing import Owed
from luoshi.kernel.label import Language

_PRODUCT = "-//Luoshi//owed//ZH"
_SIMULATED = {"zh": "〔模拟〕", "en": "[simulated] "}


def calendar_of(
    owed: Iterable[Owed],
    *,
    scope: str,
    name: str,
    stamp: datetime,
    language: Language = "zh",
    is_simulated: bool = False,
) -> bytes:
    """Return the iCalendar text of what is owed, in UTF-8, one all-day event for each.

    Args:
        owed: What is owed; it stands in the file in this order.
        scope: Plan-year; part of every UID.
        name: Name of the calendar, for people.
        stamp: When the file was made, with a time zone; becomes every DTSTAMP.
        language: Language of the texts.
        is_simulated: Whether it is invented for a demonstration; then every title says so.

    Raises:
        ValueError: `stamp` has no time zone.
    """
    if stamp.tzinfo is None:
        raise ValueError("the stamp has no time zone")
    moment = stamp.astimezone(UTC).replace(microsecond=0)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for one in owed:
        calendar.add_component(_event(one, scope, moment, language, is_simulated=is_simulated))
    return bytes(calendar.to_ical())


def _event(one: Owed, scope: str, moment: datetime, language: Language, *, is_simulated: bool) -> Event:
    event = Event()
    event.add("uid", uid_of(one, scope))
    event.add("dtstamp", moment)
    event.add("dtstart", one.due)
    event.add("dtend", one.due + timedelta(days=1))
    label = one.kind.label(language)
    subject = one.title or one.detail
    separator = "：" if language == "zh" else ": "
    event.add("summary", (_SIMULATED[language] if is_simulated else "") + label + separator + subject)
    event.add("description", one.describe(language))
    event.add("categories", [label])
    # An all-day entry must not make a whole day look taken.
    event.add("transp", "TRANSPARENT")
    return event


def uid_of(one: Owed, scope: str) -> str:
    """Return the UID of what is owed: the same as long as it is owed, and another in another plan-year or for another unit."""
    digest = hashlib.sha256("\n".join((scope, one.unit, one.key)).encode()).hexdigest()
    return f"{digest[:32]}@luoshi"
