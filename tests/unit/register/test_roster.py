"""Rosters: what counts, who attests it, and what is refused."""

from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest

from luoshi.kernel.zone import PLACE_TIME
from luoshi.ledger.chain import Author, Head, extend
from luoshi.ledger.note import Note
from luoshi.ledger.observation import Attestation
from luoshi.register.fault import RegisterError
from luoshi.register.roster import (
    ItemEntry,
    ItemState,
    Measure,
    accept_items,
    applied,
    attestation_of,
    check_item,
    observation_on,
    open_roster,
    set_items,
    value_on,
    withdraw_item,
)
from luoshi.register.sample import draw, draw_from, rules

DAY = date(2026, 5, 6)
EVIDENCE = ("sha256:" + "a" * 64,)


def note(text):
    return Note(salt="s", text=text).ref


class Desk:
    """Keeps one roster and applies what is written."""

    def __init__(self, measure=Measure.COUNT, unit=""):
        self.rosters, self.number = {}, 0
        self.write(
            open_roster(
                {}, roster="r", lineage="L-1", title="老旧小区", unit="市住建局", target="t", measure=measure,
                quantity_unit=unit, definition="竣工验收合格", on=DAY,
            )
        )  # fmt: skip

    def write(self, proposal, on=DAY):
        head = Head(scope="s", number=self.number)
        known_at = datetime(on.year, on.month, on.day, 4, tzinfo=UTC)
        (entry,) = extend(head, [proposal], author=Author(), known_at=known_at)
        assert entry.known_at.astimezone(PLACE_TIME).date() == on
        self.number = entry.number
        self.rosters["r"] = applied(self.rosters, proposal.fact, entry, on)
        return entry.number

    @property
    def roster(self):
        return self.rosters["r"]


def item(name, state=ItemState.DONE, done=date(2026, 4, 30), quantity=None, evidence=EVIDENCE):
    return ItemEntry(
        id=name,
        name=name,
        state=state,
        done=done if state is ItemState.DONE else None,
        quantity=D(quantity) if quantity is not None else None,
        evidence=evidence if state is ItemState.DONE else (),
    )


def refusal(action):
    with pytest.raises(RegisterError) as caught:
        action()
    return caught.value.code


def test_only_what_the_head_accepted_counts():
    desk = Desk()
    desk.write(set_items(desk.roster, [item("甲"), item("乙"), item("丙", ItemState.UNDER_WAY)], on=DAY))
    assert value_on(desk.roster, DAY) == 0
    desk.write(accept_items(desk.roster, ["甲", "乙"], on=DAY))
    assert value_on(desk.roster, DAY) == 2
    # Done on 30 April: nothing on the 29th.
    assert value_on(desk.roster, date(2026, 4, 29)) == 0


def test_a_sum_adds_quantities_and_a_rate_is_a_share_of_what_is_not_withdrawn():
    roads = Desk(Measure.SUM, "公里")
    roads.write(
        set_items(roads.roster, [item("一段", quantity="12.5"), item("二段", quantity="7.25")], on=DAY)
    )
    roads.write(accept_items(roads.roster, ["一段", "二段"], on=DAY))
    assert value_on(roads.roster, DAY) == D("19.75")
    rate = Desk(Measure.RATE)
    assert value_on(rate.roster, DAY) is None
    rate.write(
        set_items(
            rate.roster,
            [
                item("甲"),
                item("乙", ItemState.PLANNED),
                item("丙", ItemState.PLANNED),
                item("丁", ItemState.PLANNED),
            ],
            on=DAY,
        )
    )
    rate.write(accept_items(rate.roster, ["甲"], on=DAY))
    assert value_on(rate.roster, DAY) == D("25.00")
    rate.write(withdraw_item(rate.roster, "丁", reason=note("拆迁"), on=DAY))
    # 1 of 3 is 33.333…
    assert value_on(rate.roster, DAY) == D("33.33")


def test_a_clean_sample_raises_the_attestation_and_a_refused_item_stops_counting():
    desk = Desk()
    names = [f"小区{number}" for number in range(1, 5)]
    desk.write(set_items(desk.roster, [item(name) for name in names], on=DAY))
    desk.write(accept_items(desk.roster, names, on=DAY))
    assert attestation_of(desk.roster, DAY) is Attestation.HEAD
    sample = desk.write(draw_from(desk.roster, seed="20260506", on=DAY))
    assert set(desk.roster.samples[0].drawn) == set(names)  # lists of up to five are checked whole
    for name in names[:3]:
        desk.write(check_item(desk.roster, sample=sample, item=name, is_right=True, finding=None, on=DAY))
    assert attestation_of(desk.roster, DAY) is Attestation.HEAD
    desk.write(check_item(desk.roster, sample=sample, item=names[3], is_right=True, finding=None, on=DAY))
    assert attestation_of(desk.roster, DAY) is Attestation.SAMPLE
    again = desk.write(draw_from(desk.roster, seed="第二次", on=DAY))
    wrong = desk.roster.samples[-1].drawn[0]
    desk.write(
        check_item(desk.roster, sample=again, item=wrong, is_right=False, finding=note("未完工"), on=DAY)
    )
    assert value_on(desk.roster, DAY) == 3
    assert desk.roster.items[wrong].state is ItemState.REFUSED
    assert attestation_of(desk.roster, DAY) is Attestation.HEAD


def test_the_draw_can_be_repeated_by_anyone():
    # printf '7:a' | sha256sum and so on: a 82d9…, b ec2a…, c 18ec…, d d3a3…, e 3da2…, f 9fcf….
    assert draw("7", "fedcba", 3) == ("c", "e", "a")
    assert draw("7", "abcdef", 6) == ("c", "e", "a", "f", "d", "b")
    with pytest.raises(ValueError, match="twice"):
        draw("7", "aa", 1)
    with pytest.raises(ValueError, match="cannot be drawn"):
        draw("7", "ab", 3)


@pytest.mark.parametrize(
    ("population", "wanted"),
    # 10 % rounded up and at least 5: 38 → 4 → 5; 50 → 5; 51 → 6; 128 → 13.
    [(0, 0), (3, 3), (5, 5), (6, 5), (38, 5), (50, 5), (51, 6), (128, 13)],
)
def test_how_many_are_drawn(population, wanted):
    assert rules()[0].size(population) == wanted


def test_what_is_refused():
    desk = Desk(Measure.SUM, "公里")
    roster = desk.roster

    def setting(*items):
        return lambda: set_items(roster, items, on=DAY)

    assert refusal(setting(item(" ", quantity=1))) == "R110"
    assert refusal(setting(item("甲", ItemState.ACCEPTED))) == "R111"
    assert refusal(setting(item("甲", done=None, quantity=1))) == "R112"
    assert refusal(setting(item("甲", done=date(2026, 5, 7), quantity=1))) == "R113"
    assert refusal(setting(item("甲"))) == "R114"
    assert refusal(setting(item("甲", quantity=-1))) == "R115"
    assert refusal(setting(item("甲", quantity=1, evidence=()))) == "R118"
    twin = ItemEntry(id="other", name="甲")
    assert refusal(setting(item("甲", quantity=1), twin)) == "R116"
    assert refusal(lambda: accept_items(roster, [], on=DAY)) == "R119"
    assert refusal(lambda: accept_items(roster, ["甲"], on=DAY)) == "R120"
    assert refusal(lambda: draw_from(roster, seed=" ", on=DAY)) == "R133"
    assert refusal(lambda: draw_from(roster, seed="1", on=DAY)) == "R134"
    desk.write(set_items(desk.roster, [item("甲", quantity=1)], on=DAY))
    desk.write(accept_items(desk.roster, ["甲"], on=DAY))
    changed = item("甲", quantity=2)
    assert refusal(lambda: set_items(desk.roster, [changed], on=DAY)) == "R117"
    desk.write(set_items(desk.roster, [changed], on=DAY, reason=note("复测")))
    assert desk.roster.items["甲"].state is ItemState.DONE
    assert value_on(desk.roster, DAY) == 0


def test_the_same_items_again_change_nothing():
    desk = Desk()
    items = [item("甲"), item("乙", ItemState.PLANNED)]
    desk.write(set_items(desk.roster, items, on=DAY))
    assert set_items(desk.roster, items, on=DAY) is None


def test_an_empty_roster_says_nothing():
    desk = Desk()
    assert observation_on(desk.roster, DAY) is None
