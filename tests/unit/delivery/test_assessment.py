"""Assessment of a half-year: figures counted by hand from a small ledger, objections, frozen results."""

from datetime import date
from decimal import Decimal as D

import pytest
from ledger_cast import SCHOOLS, Hand, note

from luoshi.cadence.cycle import period_with
from luoshi.cadence.workday import WorkCalendar
from luoshi.delivery.assessment.act import announce, answer, freeze, grant, raise_objection, revoke
from luoshi.delivery.assessment.fact import Assessment, CorrectedFigure
from luoshi.delivery.assessment.figure import figures_of
from luoshi.delivery.assessment.result import results_of
from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.given import LightsGiven, NewLight
from luoshi.delivery.judging import Ground
from luoshi.delivery.report import Figure, ReportFiled, ReportPassed, ReportReturned, extend
from luoshi.ledger.entry import Proposal
from luoshi.plan.model import Comparator, Course, Deadline, JudgedAs, Target, TargetKind
from luoshi.status.light import Colour, Light
from luoshi.status.score.scheme import scheme_on

HALF = period_with("2026-H1")
SCHEME = scheme_on(HALF.end)
UNIT = "市教育局"
DAY = date(2026, 7, 20)


def target(id):
    return Target(
        id=id, spans=(), text="", commitment="c-1", indicator=id, comparator=Comparator.EQ, value=D(3), unit="所",
        kind=TargetKind.COUNT, judged_as=JudgedAs.AT_LEAST, course=Course.CUMULATIVE, deadline=Deadline(day=date(2026, 12, 31)), number=None,
    )  # fmt: skip


GROUND = Ground(targets={one: target(one) for one in SCHOOLS.targets}, calendar=WorkCalendar(), year=2026)


@pytest.fixture
def hand():
    return Hand()


def filed(hand, period, end, on):
    fact = ReportFiled(
        period=period, end=end, figures=(Figure(target="t-schools", value=D(1)), Figure(target="t-places", value=D(100)))
    )  # fmt: skip
    filing = hand.write(Proposal(fact=fact, day=end, lineage="L-1", unit=UNIT), on=on)
    hand.write(Proposal(fact=ReportPassed(report=filing), day=end, lineage="L-1"), on=on, who="p-head")
    return filing


def half_a_year(hand):
    """Report February in time, March late, April not at all, May twice because it was returned, June in time; give a green light."""
    found = {"feb": filed(hand, "2026-02", date(2026, 2, 28), date(2026, 3, 6))}
    found["mar"] = filed(hand, "2026-03", date(2026, 3, 31), date(2026, 4, 20))
    found["may"] = filed(hand, "2026-05", date(2026, 5, 31), date(2026, 6, 4))
    returned = ReportReturned(report=found["may"], reason=note("口径不符"))
    hand.write(Proposal(fact=returned, day=date(2026, 5, 31), lineage="L-1"), on=date(2026, 6, 10))
    found["again"] = filed(hand, "2026-05", date(2026, 5, 31), date(2026, 6, 20))
    light = Light(colour=Colour.ON_COURSE, code="S230", rule="luoshi.light/1", inputs="sha256:i")
    fact = LightsGiven(day=HALF.end, rule="luoshi.light/1", lights=(NewLight(lineage="L-1", light=light),))
    found["light"] = hand.write(Proposal(fact=fact, day=HALF.end), on=date(2026, 7, 1), who="")
    found["june"] = filed(hand, "2026-06", date(2026, 6, 30), date(2026, 7, 3))
    return found


def counted(hand, on=DAY):
    return figures_of(hand.year, UNIT, GROUND, HALF, granted=SCHEME.granted(), on=on)


def results(hand):
    return results_of(hand.year, hand.head, GROUND, SCHEME, HALF, on=DAY)


def refusal(action):
    with pytest.raises(DeliveryError) as caught:
        action()
    return caught.value.code


def test_reports_are_counted_by_when_they_left_the_unit(hand):
    half_a_year(hand)
    found = {name: int(one.value) for name, one in counted(hand).items() if one.value is not None}
    # January ended before the commitment was issued on 1 February. Due: 6 March, 8 April, 11 May, 5 June, 7 July.
    assert [found[name] for name in ("reports_due", "in_time", "late", "missing")] == [5, 3, 1, 1]
    assert (found["filed"], found["returned"]) == (5, 1)
    # Two targets have figures, and the unit's head is all that stands for them.
    assert (found["known"], found["attested"]) == (2, 0)
    assert (found["judged"], found["on_course"], found["done"]) == (1, 1, 0)


def test_what_is_not_due_yet_does_not_count(hand):
    half_a_year(hand)
    assert counted(hand, on=date(2026, 7, 7))["reports_due"].value == 4
    assert counted(hand, on=date(2026, 7, 8))["reports_due"].value == 5


def test_more_time_makes_a_late_report_one_in_time(hand):
    more = extend(
        period="2026-03", until=date(2026, 4, 20), reason=note("汛期"), unit=UNIT, lineage="", on=date(2026, 2, 2)
    )  # fmt: skip
    hand.write(more, on=date(2026, 2, 2))
    half_a_year(hand)
    figures = counted(hand)
    assert (figures["in_time"].value, figures["late"].value) == (4, 0)


def test_every_figure_names_its_entries(hand):
    entries = half_a_year(hand)
    figures = counted(hand)
    assert all(one.entries for one in figures.values())
    assert figures["returned"].entries == tuple(
        sorted({1, *(entries[one] for one in ("feb", "mar", "may", "again", "june"))})
    )
    assert figures["on_course"].entries == (1, entries["light"])
    for entry in {number for one in figures.values() for number in one.entries}:
        assert 1 <= entry <= hand.head.number


def test_the_score_worked_by_hand(hand):
    half_a_year(hand)
    (score,) = results(hand).scores
    # 100 of 60; 3 of 5 of 20; 4 of 5 of 10; 0 of 2 of 10.
    assert [one.points for one in score.items] == [D("60.00"), D("12.00"), D("8.00"), D("0.00")]
    assert (score.total, score.code) == (D("80.00"), "")


def test_without_lights_there_is_no_total(hand):
    filed(hand, "2026-02", date(2026, 2, 28), date(2026, 3, 6))
    (score,) = results(hand).scores
    assert (score.total, score.code, score.items[0].figures[0].code) == (None, "S710", "S721")
    assert results(hand).places[0].place is None


def test_a_unit_that_leads_nothing_has_no_score(hand):
    found = results_of(hand.year, hand.head, GROUND, SCHEME, HALF, on=DAY, units=["市气象局"])
    assert found.scores[0].total is None
    assert found.scores[0].items[0].figures[0].code == "S722"


def granted(hand, **changed):
    given = {
        "unit": UNIT, "key": "commendation", "points": D(2), "reason": note("省政府通报表扬"), "evidence": ("sha256:p",), "on": DAY,
    } | changed  # fmt: skip
    assessment = hand.year.assessments.get("2026-H1") or Assessment(half="2026-H1")
    return grant(assessment, SCHEME, HALF, **given)


def test_points_are_granted_with_reason_and_evidence_and_can_be_revoked(hand):
    half_a_year(hand)
    assert refusal(lambda: granted(hand, unit="")) == "L255"
    assert refusal(lambda: granted(hand, key="completion")) == "L322"
    assert refusal(lambda: granted(hand, points=D(0))) == "L323"
    assert refusal(lambda: granted(hand, reason=note(""))) == "L207"
    assert refusal(lambda: granted(hand, evidence=())) == "L324"
    entry = hand.write(granted(hand), on=DAY, who="p-supervisor")
    assert results(hand).scores[0].total == D("82.00")
    assert counted(hand)["granted.commendation"].entries == (entry,)
    made = revoke(hand.year.assessments["2026-H1"], granted=entry, reason=note("表扬对象有误"), on=DAY)
    revoked = hand.write(made, on=DAY, who="p-supervisor")
    assert results(hand).scores[0].total == D("80.00")
    assert counted(hand)["granted.commendation"].entries == (entry, revoked)
    again = lambda: revoke(hand.year.assessments["2026-H1"], granted=entry, reason=note("再次"), on=DAY)  # noqa: E731
    assert refusal(again) == "L325"


def test_objection_answer_and_freezing(hand):
    half_a_year(hand)
    state = lambda: hand.year.assessments.get("2026-H1") or Assessment(half="2026-H1")  # noqa: E731

    def objected(**changed):
        given = {
            "unit": UNIT,
            "component": "timeliness",
            "reason": note("四月已在系统外报送"),
            "on": DAY,
        } | changed
        return raise_objection(state(), SCHEME, **given)

    assert refusal(objected) == "L327"
    assert refusal(lambda: freeze(state(), results(hand), on=DAY)) == "L327"
    hand.write(announce(state(), results(hand), SCHEME, on=DAY), on=DAY, who="p-supervisor")
    # 30 days after 20 July.
    assert state().announcements[0].fact.until == date(2026, 8, 19)
    assert refusal(lambda: objected(on=date(2026, 8, 20))) == "L328"
    assert refusal(lambda: objected(unit="")) == "L255"
    assert refusal(lambda: objected(component="popularity")) == "L329"
    assert refusal(lambda: objected(reason=note(""))) == "L207"
    objection = hand.write(objected(), on=DAY)
    assert refusal(objected) == "L330"
    # 30 days after 20 July again.
    assert state().overdue_objections(date(2026, 8, 19)) == ()
    assert [one.entry for one in state().overdue_objections(date(2026, 8, 20))] == [objection]
    assert refusal(lambda: announce(state(), results(hand), SCHEME, on=DAY)) == "L326"
    assert refusal(lambda: freeze(state(), results(hand), on=date(2026, 8, 19))) == "L333"
    late = date(2026, 8, 20)
    assert refusal(lambda: freeze(state(), results(hand), on=late)) == "L326"

    def answered(**changed):
        given = {
            "objection": objection, "is_upheld": True, "reason": note("经核实属实"),
            "corrected": (CorrectedFigure(name="in_time", value=D(4)),), "on": late,
        } | changed  # fmt: skip
        return answer(state(), **given)

    assert refusal(lambda: answered(objection=1)) == "L331"
    assert refusal(lambda: answered(is_upheld=False)) == "L332"
    assert refusal(lambda: answered(corrected=(CorrectedFigure(name="in_time", value=D(-1)),))) == "L332"
    entry = hand.write(answered(), on=late, who="p-supervisor")
    figure = counted(hand)["in_time"]
    assert (figure.value, figure.was, entry in figure.entries) == (D(4), D(3), True)
    final = results(hand)
    # 4 of 5 of 20 is 16.
    assert final.scores[0].total == D("84.00")
    hand.write(freeze(state(), final, on=late), on=late, who="p-supervisor")
    frozen = state().frozen.fact
    assert (frozen.results, frozen.scores[0].total, frozen.scores[0].place) == (final.digest, D("84.00"), 1)
    for action in (objected, lambda: granted(hand), lambda: freeze(state(), final, on=late)):
        assert refusal(action) == "L321"


def test_the_same_ledger_gives_the_same_results(hand):
    half_a_year(hand)
    assert results(hand).content() == results(hand).content()
    with pytest.raises(ValueError, match="folded up to entry"):
        results_of(Hand().year, hand.head, GROUND, SCHEME, HALF, on=DAY)
