"""The year as known: sources, references, releases, and that later entries change no past day."""

from datetime import date
from decimal import Decimal

import pytest
from ledger_cast import Hand, note

from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.release import release_commitment, release_evidence, withdraw
from luoshi.delivery.report import extend
from luoshi.delivery.source import SourceKind, bind, set_reference
from luoshi.delivery.year import Year, day_of, fold
from luoshi.plan.model import Publicity

DAY = date(2026, 3, 2)


@pytest.fixture
def hand():
    return Hand()


def refusal(action):
    with pytest.raises(DeliveryError) as caught:
        action()
    return caught.value.code


def bound(hand, kind=SourceKind.ROSTER, name="r-1", reason=None):
    return bind(
        hand.year.source_of("t-schools"),
        target="t-schools",
        lineage="L-1",
        kind=kind,
        name=name,
        method="竣工备案为准",
        reason=reason,
        on=DAY,
    )


def test_a_binding_can_be_changed_with_a_reason_and_the_old_one_stays_on_record(hand):
    assert hand.year.source_of("t-schools").kind is SourceKind.REPORT
    first = hand.write(bound(hand), on=DAY)
    assert refusal(lambda: bound(hand)) == "L260"
    assert refusal(lambda: bound(hand, name="r-2")) == "L262"
    assert refusal(lambda: bound(hand, name="")) == "L261"
    hand.write(bound(hand, name="r-2", reason=note("清单重建")), on=DAY)
    source = hand.year.source_of("t-schools")
    assert (source.name, source.earlier) == ("r-2", (first,))


def test_a_reference_says_where_it_was_found(hand):
    def found(origin):
        return set_reference(target="t-schools", lineage="L-1", value=Decimal("6.5"), origin=origin, on=DAY)

    assert refusal(lambda: found(" ")) == "L263"
    hand.write(found("省政府办公厅文件"), on=DAY)
    assert hand.year.references["t-schools"].value == Decimal("6.5")


def test_release_is_an_act_that_can_be_taken_back(hand):
    def release(publicity=Publicity.PUBLIC):
        return release_commitment(
            publicity=publicity, is_released="L-1" in hand.year.released, lineage="L-1", on=DAY
        )

    def show(is_released):
        return release_evidence(
            digest="sha256:a",
            shown="sha256:b",
            name="开工现场",
            is_commitment_released=is_released,
            lineage="L-1",
            on=DAY,
        )

    assert refusal(lambda: release(Publicity.INTERNAL)) == "L270"
    assert refusal(lambda: show(is_released=False)) == "L272"
    hand.write(release(), on=DAY)
    assert refusal(release) == "L271"
    hand.write(show(is_released=True), on=DAY)
    assert [file.name for file in hand.year.files["L-1"]] == ["开工现场"]
    hand.write(withdraw(digest="", reason=note("有误"), is_released=True, lineage="L-1", on=DAY), on=DAY)
    assert hand.year.released == frozenset()
    assert hand.year.files["L-1"] == ()


def test_more_time_is_kept_with_unit_and_period(hand):
    hand.write(
        extend(
            period="2026-03",
            until=date(2026, 4, 20),
            reason=note("汛期"),
            unit="市教育局",
            lineage="",
            on=DAY,
        ),
        on=DAY,
    )
    (extension,) = hand.year.extensions
    assert (extension.unit, extension.period, extension.until) == ("市教育局", "2026-03", date(2026, 4, 20))


def test_folding_in_parts_gives_the_same_year_and_leaves_the_first_part_as_it_was(hand):
    hand.write(bound(hand), on=DAY)
    before = fold(hand.entries[:1])
    whole = fold(hand.entries[1:], before)
    assert whole == hand.year == fold(hand.entries)
    assert before == fold(hand.entries[:1])
    assert before.source_of("t-schools").kind is SourceKind.REPORT


def test_a_gap_is_refused(hand):
    hand.write(bound(hand), on=DAY)
    with pytest.raises(ValueError, match="entry 2 does not follow entry 0"):
        fold(hand.entries[1:], Year())


def test_a_day_ends_at_midnight_in_the_place(hand):
    from datetime import UTC, datetime

    import msgspec

    # 15:59 and 16:00 UTC are 23:59 on the day and 0:00 on the next in Shanghai.
    late = msgspec.structs.replace(hand.entries[0], known_at=datetime(2026, 3, 31, 15, 59, tzinfo=UTC))
    next_day = msgspec.structs.replace(hand.entries[0], known_at=datetime(2026, 3, 31, 16, 0, tzinfo=UTC))
    assert (day_of(late), day_of(next_day)) == (date(2026, 3, 31), date(2026, 4, 1))


def test_nothing_outside_of_the_version_in_force_is_found(hand):
    assert hand.year.issued_of("L-1").lead_unit == "市教育局"
    assert refusal(lambda: hand.year.issued_of("L-9")) == "L265"
    assert hand.year.lineage_of_target("t-places") == "L-1"
    assert refusal(lambda: hand.year.lineage_of_target("t-9")) == "L264"
