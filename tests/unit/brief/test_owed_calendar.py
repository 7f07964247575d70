"""The iCalendar text: typed line by line after RFC 5545, and read back by what unfolds and unescapes as the standard says."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from luoshi.brief.owed_calendar import calendar_of, uid_of
from luoshi.delivery.chasing.owing import Owed
from luoshi.delivery.chasing.rule import OwedKind

STAMP = datetime(2026, 3, 2, 9, 30, 15, 250000, tzinfo=timezone(timedelta(hours=8)))
SCOPE = "绫江市/2026"


def report(**changed):
    given = {
        "kind": OwedKind.REPORT, "unit": "市教育局", "lineage": "L-1", "subject": "2026-02", "title": "建学校", "detail": "2026年2月",
        "due": date(2026, 3, 6), "entry": 1,
    } | changed  # fmt: skip
    return Owed(**given)


def written(*owed, **changed):
    given = {"scope": SCOPE, "name": "待办", "stamp": STAMP} | changed
    return calendar_of(owed, **given)


def unfolded(data):
    """Unfold as RFC 5545, 3.1 says: CRLF and one space or tab go."""
    return data.replace(b"\r\n ", b"").replace(b"\r\n\t", b"").decode("utf-8").split("\r\n")


def test_the_whole_file_of_one_report():
    uid = hashlib.sha256("绫江市/2026\n市教育局\nreport:L-1:2026-02".encode()).hexdigest()[:32]
    assert unfolded(written(report())) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Luoshi//owed//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:待办",
        "BEGIN:VEVENT",
        "SUMMARY:填报：建学校",
        "DTSTART;VALUE=DATE:20260306",
        "DTEND;VALUE=DATE:20260307",
        "DTSTAMP:20260302T013015Z",
        f"UID:{uid}@luoshi",
        "CATEGORIES:填报",
        "DESCRIPTION:“建学校”2026年2月填报，2026-03-06 前报出。",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_texts_are_escaped():
    lines = unfolded(written(report(title="道路；a;b,c\\d\n第二行")))
    assert "SUMMARY:填报：道路；a\\;b\\,c\\\\d\\n第二行" in lines


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=120))
def test_lines_are_short_end_with_crlf_and_say_what_was_said(title):
    data = written(report(title=title))
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        line.decode("utf-8")
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(event["SUMMARY"]) == f"填报：{title}"


def test_the_uid_stays_while_the_day_moves_and_differs_otherwise():
    one = report()
    assert uid_of(one, SCOPE) == uid_of(report(due=date(2026, 3, 20), title="建学校三所"), SCOPE)
    others = [
        report(subject="2026-03"),
        report(unit="市住建局"),
        report(kind=OwedKind.RETURNED),
        report(lineage="L-2"),
    ]
    assert len({uid_of(other, SCOPE) for other in (one, *others)} | {uid_of(one, "绫江市/2027")}) == 6


def test_the_same_input_gives_the_same_bytes_and_order_is_kept():
    two = (report(), report(subject="2026-03", due=date(2026, 4, 8)))
    assert written(*two) == written(*two)
    starts = [line for line in unfolded(written(*two)) if line.startswith("DTSTART")]
    assert starts == ["DTSTART;VALUE=DATE:20260306", "DTSTART;VALUE=DATE:20260408"]
    assert b"VEVENT" not in written()


def test_english_and_simulated():
    lines = unfolded(written(report(), language="en", is_simulated=True))
    assert "SUMMARY:[simulated] report: 建学校" in lines
    assert "SUMMARY:〔模拟〕填报：建学校" in unfolded(written(report(), is_simulated=True))


def test_a_task_without_a_commitment_is_called_by_its_number():
    task = report(kind=OwedKind.TASK, lineage="", subject="3", title="", detail="3")
    assert "SUMMARY:交办事项：3" in unfolded(written(task))


def test_a_stamp_needs_a_time_zone():
    with pytest.raises(ValueError, match="no time zone"):
        written(report(), stamp=STAMP.replace(tzinfo=None))
    assert "DTSTAMP:20260302T013015Z" in unfolded(written(report(), stamp=STAMP.astimezone(UTC)))
