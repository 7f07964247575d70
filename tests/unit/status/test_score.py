"""Scores worked by hand against docs/explanation/assessment.md; schemes that are not sound; formulas; ranking; rounding."""

from datetime import date
from decimal import Decimal as D

import pytest

from luoshi.status.score.fault import ScoreError
from luoshi.status.score.figure import Figure
from luoshi.status.score.formula import names_of, read, value_of
from luoshi.status.score.ranking import ranked
from luoshi.status.score.rounding import Rounding
from luoshi.status.score.scheme import scheme_on, schemes_from
from luoshi.status.score.score import score_of

SCHEME = scheme_on(date(2026, 6, 30))
WORKED = {
    "judged": 10, "done": 4, "on_course": 3, "behind": 2, "far_behind": 1, "reports_due": 6, "in_time": 5, "filed": 6,
    "returned": 1, "known": 8, "attested": 3, "notices_overdue": 1, "granted.commendation": 2, "granted.criticism": 0,
}  # fmt: skip


def figures(**changed):
    values = WORKED | {name.replace("granted_", "granted."): value for name, value in changed.items()}
    return {
        name: Figure(name=name, value=None if value is None else D(str(value)), entries=(1,))
        for name, value in values.items()
    }


def score(**changed):
    return score_of("市教育局", SCHEME, figures(**changed))


def fault(row):
    with pytest.raises(ScoreError) as caught:
        schemes_from([row])
    return caught.value.code


def test_the_worked_case():
    one = score()
    assert [(item.key, item.points) for item in one.items] == [
        ("completion", D("48.00")), ("timeliness", D("16.67")), ("quality", D("8.33")), ("attestation", D("3.75")),
    ]  # fmt: skip
    assert (one.bonus, one.deduction, one.total) == (D("2.00"), D("2.00"), D("76.75"))


def test_a_silent_item_is_left_out_and_its_weight_spread():
    one = score(reports_due=0, filed=0, known=0, notices_overdue=0, granted_commendation=0)
    assert one.total == D("80.00")
    assert [item.code for item in one.items] == ["", "S711", "S711", "S711"]
    # Timeliness alone is left out: 60, 10 and 10 become 75, 12.5 and 12.5; 80 % of 75 is 60, 83.333 % of 12.5 is 10.42, 37.5 % of it 4.69.
    one = score(reports_due=0)
    assert [item.points for item in one.items] == [D("60.00"), None, D("10.42"), D("4.69")]
    assert one.total == D("75.11")


def test_without_a_basis_for_completion_there_is_no_total_and_no_place():
    silent = score(judged=0)
    assert (silent.total, silent.code, silent.parameters) == (None, "S710", {"items": "完成情况"})
    assert "不参加排名" in silent.describe("zh")
    places = ranked({"甲": score().total, "乙": silent.total})
    assert [(one.key, one.place) for one in places] == [("甲", 1), ("乙", None)]


def test_bonuses_and_deductions_stop_at_their_caps():
    # A commendation counts 5 at most; six notices are 12 points, 10 at most; 10 with 5 of criticism stay 10 together.
    one = score(granted_commendation=9, notices_overdue=6, granted_criticism=7)
    assert (one.bonus, one.deduction) == (D("5.00"), D("10.00"))
    assert one.total == D("71.75")


def test_a_total_is_not_below_nothing():
    one = score(
        done=0, on_course=0, behind=0, in_time=0, returned=6, attested=0, granted_commendation=0, notices_overdue=6
    )  # fmt: skip
    assert one.total == D("0.00")


def test_a_figure_without_an_entry_cannot_be_scored():
    untraced = figures() | {"in_time": Figure(name="in_time", value=D(5))}
    with pytest.raises(ScoreError) as caught:
        score_of("市教育局", SCHEME, untraced)
    assert (caught.value.code, caught.value.parameters) == ("S703", {"figure": "in_time"})


def test_a_figure_that_was_not_found_is_silent_and_said_so():
    known = figures()
    del known["attested"]
    one = score_of("市教育局", SCHEME, known)
    assert [(f.name, f.code) for f in one.items[3].figures] == [("attested", "S720"), ("known", "")]
    assert one.items[3].figures[0].describe("zh") == "没有取到“经抽样或第三方核实的指标数”。"


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (7, "7"),
        (0.1, "0.1"),
        ({"add": [1, 2, 3]}, "6"),
        ({"subtract": [1, 2]}, "-1"),
        ({"multiply": [2, {"figure": "done"}]}, "8"),
        ({"divide": [1, 4]}, "0.25"),
        ({"percent": [{"figure": "done"}, {"figure": "judged"}]}, "40"),
        ({"least": [3, {"figure": "done"}]}, "3"),
        ({"greatest": [3, {"figure": "done"}]}, "4"),
    ],
)
def test_every_operation(formula, value):
    assert value_of(read(formula, place="p"), figures()) == D(value)


def test_silence_spreads_through_a_formula():
    for formula in (
        {"divide": [1, 0]},
        {"percent": [1, {"subtract": [2, 2]}]},
        {"add": [1, {"figure": "unheard"}]},
        {"least": [1, {"divide": [1, 0]}]},
    ):
        assert value_of(read(formula, place="p"), figures()) is None


@pytest.mark.parametrize(
    "formula",
    [
        None, True, "1+1", "__import__('os')", [], {}, {"figure": ""}, {"figure": 1}, {"power": [2, 3]}, {"add": [1]},
        {"subtract": [1, 2, 3]}, {"add": [1, "2"]}, {"add": 1}, {"add": [1, 2], "least": [1, 2]}, float("nan"), {"add": [1] * 21}, 1e13, 1e-13,
    ],
)  # fmt: skip
def test_what_is_no_formula_is_refused(formula):
    with pytest.raises(ScoreError) as caught:
        read(formula, place="scheme.item")
    assert caught.value.code == "S701"
    assert caught.value.parameters["place"].startswith("scheme.item")


def test_a_formula_can_not_be_nested_without_end():
    deep = 1
    for _ in range(9):
        deep = {"add": [1, deep]}
    with pytest.raises(ScoreError):
        read(deep, place="p")
    assert list(names_of(read({"add": [{"figure": "a"}, {"figure": "a"}]}, place="p"))) == ["a", "a"]


def test_a_formula_has_so_many_parts_and_no_more():
    nine = {"add": [{"add": [1] * 20} for _ in range(9)]}  # 1 + 9 × 21 = 190
    read({"add": [nine, *range(9)]}, place="p")  # 200
    with pytest.raises(ScoreError) as caught:
        read({"add": [nine, *range(10)]}, place="p")  # 201
    assert (caught.value.code, caught.value.parameters["most"]) == ("S707", "200")


def row(**changed):
    item = {
        "key": "completion", "zh": "完成", "en": "done", "weight": 100, "when_silent": "no_score", "formula": {"figure": "done"},
    }  # fmt: skip
    return {
        "name": "place/1", "since": date(2026, 7, 1), "reference": "府办发〔2026〕1号", "rounding": "half_even", "places": 1,
        "objection_days": 15, "answer_days": 15, "objection_reference": "同上", "items": [item], "bonuses": [], "bonus_most": 0, "deductions": [],
        "deduction_most": 0,
    } | changed  # fmt: skip


def item(**changed):
    return row()["items"][0] | changed


def test_a_place_can_put_its_own_scheme_in_force():
    (own,) = schemes_from([row()])
    assert scheme_on(date(2026, 12, 31), [SCHEME, own]).name == "place/1"
    # 4 of 100 and half to even: 2.25 becomes 2.2.
    assert score_of("甲", own, figures(done="2.25")).total == D("2.2")
    with pytest.raises(ValueError, match="no scheme"):
        scheme_on(date(2026, 6, 30), [own])


def test_schemes_that_are_not_sound_are_refused():
    assert fault(row(items=[item(weight=99)])) == "S704"
    assert fault(row(items=[item(weight=50), item(weight=50)])) == "S705"
    assert fault(row(items=[item(formula={"figure": "popularity"})])) == "S702"
    # Points that are granted by hand belong to bonuses and deductions.
    assert fault(row(items=[item(formula={"figure": "granted.completion"})])) == "S702"
    assert fault(row(rounding="up")) == "S706"
    assert fault(row(items=[item(weight=-1)])) == "S706"
    assert fault(row(places="two")) == "S706"
    assert fault(row(places=7)) == "S706"
    assert fault(row(answer_days=-1)) == "S706"
    assert fault({"name": "empty"}) == "S706"


def test_ranking_states_ties_and_leaves_the_next_place_out():
    places = ranked({"丁": D("60"), "乙": D("80.5"), "丙": D("80.50"), "甲": D("90"), "戊": None})
    assert [(one.key, one.place, one.is_tied) for one in places] == [
        ("甲", 1, False), ("丙", 2, True), ("乙", 2, True), ("丁", 4, False), ("戊", None, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "places", "rounded"),
    [
        ("half_up", "0.125", 2, "0.13"),
        ("half_even", "0.125", 2, "0.12"),
        ("half_even", "0.135", 2, "0.14"),
        ("down", "0.129", 2, "0.12"),
        ("half_up", "2.5", 0, "3"),
        ("half_even", "2.5", 0, "2"),
        ("half_up", "-0.125", 2, "-0.13"),
    ],
)
def test_rounding_by_name(name, value, places, rounded):
    assert Rounding(name).apply(D(value), places) == D(rounded)
