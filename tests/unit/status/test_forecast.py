"""Forecasts: rows worked by hand on the committed tables, and every reason to foretell nothing."""

from datetime import date
from decimal import Decimal as D

import pytest

from luoshi.cadence.workday import WorkCalendar
from luoshi.ledger.observation import Attestation, Computed, Observation
from luoshi.plan.model import Course, JudgedAs
from luoshi.status.course import Path
from luoshi.status.forecast import forecast, methods, share_below, step_of

CALENDAR = WorkCalendar()
END = date(2026, 12, 31)
APRIL, MAY, JUNE = date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30)


def seen(day, value, entry=1):
    return Observation(
        day=day, value=D(value), computed=Computed.IMPORTED, attestation=Attestation.THIRD_PARTY, is_accepted=True, entry=entry, known=day,
    )  # fmt: skip


def foretold(
    *observations,
    course=Course.CUMULATIVE,
    goal="248",
    judged=JudgedAs.AT_LEAST,
    on=date(2026, 7, 8),
    upper=None,
    **more,
):
    path = Path(
        course=course,
        start=date(2026, 1, 1),
        deadline=more.get("deadline", END),
        goal=D(goal),
        profile=more.get("profile", ()),
    )
    return forecast(
        more.get("path", path), observations, judged_as=judged, upper=upper, band=D(5), stale=92, on=on, calendar=CALENDAR,
    )  # fmt: skip


THREE = (seen(APRIL, "80"), seen(MAY, "100"), seen(JUNE, "120"))


def test_an_even_pace():
    # 120 of the year's 248 working days are over by 30 June (counted in test_light), so 120 leads to 248. 184 days, 6.05 months, are left: the
    # table for up to 12 months says that the truth was 0.9857 to 1.1952 times that in four of five cases, 1.0209 in the middle.
    table = methods()["pace-1"].table(6.05)
    assert (table.months_left, table.quantiles["0.10"], table.quantiles["0.50"], table.quantiles["0.90"]) == (
        12,
        0.9857,
        1.0209,
        1.1952,
    )
    found = foretold(*THREE)
    assert (found.method, found.code, found.day) == ("pace-1", "S310", END)
    # 248 × 1.0209 = 253.2; × 0.9857 = 244.5; × 1.1952 = 296.4.
    assert (found.value, found.low, found.high) == (D(253), D(244), D(296))
    # 248 is the forecast itself: between 0.9857 (10 %) and 1.008 (25 %) 1 stands at 10 + 15 × 143 / 223 = 19.6 %; 80.4 % lie above.
    assert found.chance == D("0.8")
    assert found.describe("zh") == "按均匀推进推算：2026-06-30 为 120，工作日已过 48%。"


def test_last_years_months_count_where_they_are_known():
    profile = tuple(
        D(share)
        for share in ("0.02", "0.05", "0.10", "0.15", "0.20", "0.30", "0.4", "0.5", "0.6", "0.7", "0.8", "1")
    )
    found = foretold(*THREE, profile=profile)
    # Last year 30 % had come by June: 120 / 0.3 = 400, times the middle of the table.
    middle = methods()["profile-1"].table(6.05).quantiles["0.50"]
    assert found.method == "profile-1"
    assert found.value == D(round(400 * middle))
    assert "上年同期完成全年的 30%" in found.describe("zh")


def test_a_level_stays_and_moves_as_it_did():
    # It moved by +0.2 and -0.2: 0.2 a month; six and a bit months are left.
    found = foretold(
        seen(APRIL, "5.2"),
        seen(MAY, "5.4"),
        seen(JUNE, "5.2"),
        course=Course.HOLD,
        goal="5.5",
        judged=JudgedAs.AT_MOST,
    )
    assert (found.method, found.code) == ("level-1", "S311")
    assert step_of([5.2, 5.4, 5.2]) == pytest.approx(0.2)
    # 61 days between the first and the last of three: 30.5 a period; 184 days are left, 6.03 periods; scale 0.2 × √6.03 = 0.4912.
    table = methods()["level-1"].table(6.05).quantiles
    assert found.low == round(D(str(5.2 + 0.4912 * table["0.10"])), 1)
    assert found.high == round(D(str(5.2 + 0.4912 * table["0.90"])), 1)


def test_what_is_reached_is_not_lost_again():
    found = foretold(
        seen(APRIL, "200"), seen(MAY, "240"), seen(date(2026, 12, 20), "250"), on=date(2026, 12, 21)
    )
    assert found.low >= D(250)
    assert found.chance == D("0.98")


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (foretold(*THREE[:2]), "S300"),
        (foretold(), "S300"),
        # Three figures of one day are one period.
        (foretold(seen(JUNE, "1", 1), seen(JUNE, "2", 2), seen(JUNE, "3", 3)), "S300"),
        # What comes after the day is not known yet.
        (foretold(*THREE, on=date(2026, 6, 1)), "S300"),
        # Figures of the year before tell nothing of this one.
        (foretold(seen(date(2025, 10, 31), "1"), seen(date(2025, 11, 30), "2"), seen(JUNE, "3")), "S300"),
        (foretold(*THREE, course=Course.STEP), "S301"),
        (foretold(*THREE, course=Course.ANNUAL), "S301"),
        (foretold(*THREE, path=None), "S301"),
        (foretold(*THREE, on=date(2026, 10, 1)), "S302"),
        (foretold(*THREE, deadline=JUNE), "S303"),
    ],
)
def test_nothing_is_foretold(found, code):
    assert (found.code, found.value, found.chance, found.method) == (code, None, None, "")
    assert found.describe("zh")
    assert found.describe("en")


def test_between_the_quantiles_shares_run_straight():
    spread = {"0.10": -10.0, "0.50": 0.0, "0.90": 20.0}
    assert share_below(0, spread) == 0.5
    assert share_below(5, spread) == pytest.approx(0.6)
    assert share_below(-5, spread) == pytest.approx(0.3)
    assert share_below(-99, spread) == 0.05
    assert share_below(99, spread) == 0.95


def test_exactly_has_no_chance_and_a_range_has_that_of_its_inside():
    assert foretold(*THREE, judged=JudgedAs.EXACTLY).chance is None
    inside = foretold(*THREE, goal="244", judged=JudgedAs.BETWEEN, upper=D(300))
    above = foretold(*THREE, goal="244")
    assert D("0.5") < inside.chance <= above.chance
