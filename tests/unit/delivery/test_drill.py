"""Drills: the visit list, sheets, missing sheets, means worked by hand, ties, frozen results."""

from datetime import date
from decimal import Decimal as D

import pytest
from ledger_cast import Hand, note

from luoshi.cadence.cycle import period_with
from luoshi.delivery.drill.act import excuse, file_sheet, freeze, plan
from luoshi.delivery.drill.fact import Mark, Site
from luoshi.delivery.drill.result import results_of
from luoshi.delivery.drill.scheme import scheme_on, schemes_from
from luoshi.delivery.fault import DeliveryError

DAY = date(2026, 6, 25)
QUARTER = period_with("2026-Q2")
SCHEME = scheme_on(DAY)
SITES = (
    Site(id="a", name="东湖产业园", unit="东湖镇", lineage="L-1"),
    Site(id="b", name="西河学校", unit="市教育局"),
    Site(id="c", name="南山水厂", unit="市水利局"),
)
PANEL = ("p-1", "p-2", "p-3")


@pytest.fixture
def hand():
    return Hand()


def drill(hand):
    return hand.year.drills["2026-Q2"]


def planned(hand, *, sites=SITES, panel=PANEL, scheme=SCHEME):
    before = hand.year.drills.get("2026-Q2")
    return hand.write(plan(before, QUARTER, scheme, sites=sites, panel=panel, on=DAY), on=DAY)


def marks(progress, quality=20, effect=15, site=10):
    given = {"progress": progress, "quality": quality, "effect": effect, "site": site}
    return [Mark(criterion=key, points=D(str(points))) for key, points in given.items()]


def filed(hand, site, member, progress, *, photos=()):
    made = file_sheet(
        drill(hand), SCHEME, site=site, member=member, marks=marks(progress), remark=None, photos=photos, on=DAY
    )  # fmt: skip
    return hand.write(made, on=DAY, who=member)


def results(hand):
    return results_of(drill(hand), hand.head, SCHEME, is_simulated=False)


def refusal(action):
    with pytest.raises(DeliveryError) as caught:
        action()
    return caught.value.code


def test_a_visit_list_keeps_its_order_and_can_be_planned_anew_before_the_first_sheet(hand):
    first = planned(hand, sites=SITES[:1])
    second = planned(hand, sites=SITES[::-1])
    assert [site.id for site in drill(hand).plan.sites] == ["c", "b", "a"]
    assert hand.entries[second - 1].replaces == first
    filed(hand, "a", "p-1", 30)
    assert refusal(lambda: planned(hand)) == "L371"


def test_what_a_plan_refuses(hand):
    assert refusal(lambda: planned(hand, sites=())) == "L372"
    assert refusal(lambda: planned(hand, panel=())) == "L372"
    assert refusal(lambda: planned(hand, sites=(SITES[0], SITES[0]))) == "L373"
    assert refusal(lambda: planned(hand, panel=("p-1", "p-1"))) == "L373"
    assert refusal(lambda: planned(hand, sites=(Site(id="x", name=" ", unit="东湖镇"),))) == "L374"
    with pytest.raises(ValueError, match="no quarter"):
        plan(None, period_with("2026-06"), SCHEME, sites=SITES, panel=PANEL, on=DAY)


def test_what_a_sheet_refuses(hand):
    planned(hand)

    def sheet(site="a", member="p-1", given=None):
        return file_sheet(
            drill(hand), SCHEME, site=site, member=member, marks=given or marks(30), remark=None, photos=(), on=DAY
        )  # fmt: skip

    assert refusal(lambda: sheet(site="z")) == "L376"
    assert refusal(lambda: sheet(member="p-9")) == "L377"
    assert refusal(lambda: sheet(given=marks(30)[:3])) == "L378"
    assert refusal(lambda: sheet(given=[*marks(30), Mark(criterion="site", points=D(1))])) == "L378"
    assert refusal(lambda: sheet(given=[*marks(30)[:3], Mark(criterion="beauty", points=D(1))])) == "L378"
    assert refusal(lambda: sheet(given=marks(41))) == "L379"
    assert refusal(lambda: sheet(given=marks(-1))) == "L379"
    assert sheet(given=marks("39.5")).fact.marks[0].points == D("39.5")


def test_means_ties_and_missing_sheets(hand):
    entry = planned(hand)
    # Each sheet gives 45 beside progress. a: 75, 76, 76 → 75.666…; b: 80 and one missing, one excused; c: nothing.
    sheets = [filed(hand, "a", member, points) for member, points in zip(PANEL, (30, 31, 31), strict=True)]
    filed(hand, "b", "p-1", 35)
    hand.write(excuse(drill(hand), site="b", member="p-2", reason=note("出差"), on=DAY), on=DAY)
    found = {one.site.id: one for one in results(hand).sites}
    assert (found["a"].total, found["a"].sheets, found["a"].entries) == (
        D("75.67"), (D(75), D(76), D(76)), (entry, *sheets),
    )  # fmt: skip
    assert (found["b"].total, found["b"].missing, found["b"].excused) == (D("80.00"), ("p-3",), ("p-2",))
    assert (found["c"].total, found["c"].missing) == (None, PANEL)
    assert [(one.key, one.place) for one in results(hand).places] == [("b", 1), ("a", 2), ("c", None)]
    filed(hand, "c", "p-1", 35)
    assert [(one.key, one.place, one.is_tied) for one in results(hand).places] == [
        ("b", 1, True), ("c", 1, True), ("a", 3, False),
    ]  # fmt: skip


def test_with_five_sheets_the_highest_and_the_lowest_are_left_out(hand):
    panel = tuple(f"p-{number}" for number in range(1, 6))
    planned(hand, panel=panel)
    for member, points in zip(panel, (10, 30, 31, 33, 40), strict=True):
        filed(hand, "a", member, points)
    one = results(hand).sites[0]
    # 55 and 85 are left out: (75 + 76 + 78) ÷ 3 = 76.333…
    assert (one.total, one.dropped) == (D("76.33"), (D(55), D(85)))


def test_a_sheet_filed_again_takes_the_place_of_the_first_one(hand):
    planned(hand)
    first = filed(hand, "a", "p-1", 30, photos=("sha256:x", "sha256:x"))
    second = filed(hand, "a", "p-1", 35, photos=("sha256:y",))
    one = results(hand).sites[0]
    assert (one.total, one.photos) == (D("80.00"), ("sha256:y",))
    assert drill(hand).sheets["a", "p-1"].earlier == (first,)
    assert hand.entries[second - 1].replaces == first
    assert hand.entries[first - 1].evidence == ("sha256:x",)


def test_results_are_frozen_once_every_sheet_came_or_was_excused(hand):
    planned(hand, sites=SITES[:1], panel=PANEL[:2])
    filed(hand, "a", "p-1", 30)
    assert refusal(lambda: freeze(drill(hand), results(hand), on=DAY)) == "L381"
    absent = {"site": "a", "member": "p-2", "on": DAY}
    assert refusal(lambda: excuse(drill(hand), reason=note(""), **absent)) == "L207"
    hand.write(excuse(drill(hand), reason=note("病假"), **absent), on=DAY)
    assert refusal(lambda: excuse(drill(hand), site="a", member="p-1", reason=note("误"), on=DAY)) == "L380"
    # A sheet that comes after all counts, and is excused no more.
    filed(hand, "a", "p-2", 32)
    final = results(hand)
    assert (final.sites[0].excused, final.sites[0].total) == ((), D("76.00"))
    hand.write(freeze(drill(hand), final, on=DAY), on=DAY)
    frozen = drill(hand).frozen.fact
    assert (frozen.results, frozen.places[0].total, frozen.places[0].place) == (final.digest, D("76.00"), 1)
    assert refusal(lambda: filed(hand, "a", "p-2", 33)) == "L375"
    assert refusal(lambda: freeze(drill(hand), final, on=DAY)) == "L375"


def test_schemes_that_are_not_sound_are_refused():
    row = {
        "name": "place/1", "since": date(2026, 7, 1), "reference": "府办发〔2026〕1号", "rounding": "half_up", "places": 1,
        "drop_from": 3, "criteria": [{"key": "all", "zh": "总体", "en": "all", "most": 100}],
    }  # fmt: skip
    (own,) = schemes_from([row])
    assert scheme_on(date(2026, 7, 1), [SCHEME, own]).name == "place/1"
    with pytest.raises(ValueError, match="add up to 100"):
        schemes_from([row | {"criteria": [{"key": "all", "zh": "总体", "en": "all", "most": 99}]}])
    with pytest.raises(ValueError, match="no sheet over"):
        schemes_from([row | {"drop_from": 2}])
    with pytest.raises(ValueError, match="no scheme of drills"):
        scheme_on(DAY, [own])


def test_results_need_the_scheme_that_was_planned(hand):
    planned(hand)
    other = schemes_from(
        [
            {
                "name": "place/1", "since": DAY, "reference": "—", "rounding": "down", "places": 0, "drop_from": 3,
                "criteria": [{"key": "all", "zh": "总体", "en": "all", "most": 100}],
            }
        ]
    )[0]  # fmt: skip
    with pytest.raises(ValueError, match="was planned with"):
        results_of(drill(hand), hand.head, other, is_simulated=False)
