"""Review: each decision does what a person at the desk means, and refuses what does not fit."""

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from sample_plan import TEXT, span

from luoshi.kernel.errors import DecisionError
from luoshi.kernel.message import catalogue
from luoshi.kernel.span import Span
from luoshi.plan import review
from luoshi.plan.consistency import of_plan
from luoshi.plan.items import ItemKind, by_id
from luoshi.plan.model import Comparator, JudgedAs, Origin, Plan, ReviewState

SCHOOL = "新建改扩建学校3所，新增学位2400个。"


def item(plan: Plan, name: str) -> Any:
    return by_id(plan)[name][1]


def states(plan: Plan, *names: str) -> list[str]:
    return [item(plan, name).state.value for name in names]


def refused(plan: Plan, decision: review.Decision) -> str:
    with pytest.raises(DecisionError) as caught:
        review.apply(plan, decision)
    for language in ("zh", "en"):
        assert "…" not in caught.value.describe(language)  # type: ignore[arg-type]
    return caught.value.code


def test_accept(plan: Plan) -> None:
    after = review.apply(plan, review.Accept(items=("c-school", "t-schools")))
    assert states(after, "c-school", "t-schools", "t-places") == ["accepted", "accepted", "proposed"]
    assert review.apply(after, review.Accept(items=("c-school",))) == after
    assert refused(plan, review.Accept(items=("c-gone",))) == "P302"
    assert refused(plan, review.Accept(items=())) == "P317"


def test_only_what_is_sure_is_accepted_in_bulk(plan: Plan) -> None:
    after = review.apply(plan, review.AcceptSure())
    waiting = {name for name, (_, found) in by_id(after).items() if found.state is ReviewState.PROPOSED}
    assert waiting == {"c-station", "t-places"}
    targets = review.apply(plan, review.AcceptSure(kinds=(ItemKind.TARGET,), section="s-industry"))
    accepted = {name for name, (_, found) in by_id(targets).items() if found.state is ReviewState.ACCEPTED}
    assert accepted == {"t-growth", "t-firms"}
    assert states(review.apply(plan, review.AcceptSure(least=0.5)), "c-station", "t-places") == [
        "proposed",
        "accepted",
    ]


def test_a_target_that_belongs_nowhere_is_not_accepted_in_bulk(plan: Plan) -> None:
    loose = review.apply(plan, review.Edit(item="t-limit", changes={"commitment": ""}))
    assert states(review.apply(loose, review.AcceptSure()), "t-limit", "t-growth") == ["proposed", "accepted"]
    assert states(review.apply(loose, review.Accept(items=("t-limit",))), "t-limit") == ["accepted"]


def test_a_field_that_a_person_set_is_no_longer_in_doubt(plan: Plan) -> None:
    after = review.apply(plan, review.Edit(item="t-places", changes={"unit": "个", "value": "2500"}))
    edited = item(after, "t-places")
    assert edited.value == Decimal(2500)
    assert edited.reviewed == ("unit", "value")
    assert edited.is_sure
    assert edited.state is ReviewState.PROPOSED


def test_edits_take_typed_values_and_those_of_a_form(plan: Plan) -> None:
    changes = {"deadline": "2026-09-30", "judged_as": "exactly", "upper": "", "commitment": "c-steps"}
    edited = item(review.apply(plan, review.Edit(item="t-schools", changes=changes)), "t-schools")
    assert edited.deadline.day == date(2026, 9, 30)
    assert edited.deadline.written == ""
    assert edited.judged_as is JudgedAs.EXACTLY
    assert edited.upper is None
    typed = {"judged_as": JudgedAs.EXACTLY, "value": Decimal(4)}
    assert item(review.apply(plan, review.Edit(item="t-schools", changes=typed)), "t-schools").value == 4


def test_a_place_chosen_anew_brings_its_words(plan: Plan) -> None:
    place = span("新增学位2400个")
    after = review.apply(plan, review.Edit(item="c-school", changes={"spans": [place]}))
    assert item(after, "c-school").text == "新增学位2400个"
    assert list(of_plan(after)) == []


@pytest.mark.parametrize(
    ("name", "changes", "code"),
    [
        ("c-school", {"title": " "}, "P322"),
        ("c-school", {"title": "x" * 5001}, "P329"),
        ("c-school", {"title": 3}, "P305"),
        ("c-school", {"title": "a\x00"}, "P305"),
        ("c-school", {"id": "c-9"}, "P304"),
        ("c-school", {"state": "accepted"}, "P304"),
        ("c-school", {"lineage": "L"}, "P304"),
        ("c-school", {"text": "别的话"}, "P310"),
        ("c-school", {"spans": []}, "P322"),
        ("c-school", {"spans": [{"source": "S1", "start": 0, "end": 9999}]}, "P309"),
        ("c-school", {"spans": [{"source": "S2", "start": 0, "end": 1}]}, "P309"),
        ("c-school", {"lead_unit": "u-gone"}, "P306"),
        ("c-school", {"supporting_units": ["u-industry", ""]}, "P306"),
        ("c-school", {"section": "s-gone"}, "P306"),
        ("c-school", {"deadline": "2062-06-30"}, "P308"),
        ("c-school", {"deadline": "2025-06-30"}, "P308"),
        ("c-school", {"deadline": "30. Juni"}, "P305"),
        ("c-school", {"publicity": "secret"}, "P305"),
        ("c-school", {}, "P317"),
        ("d-school", {"weight": "1.5"}, "P307"),
        ("d-school", {"weight": "NaN"}, "P307"),
        ("d-school", {"commitment": ""}, "P306"),
        ("t-schools", {"value": "1e40"}, "P307"),
        ("t-schools", {"value": None}, "P323"),
        ("t-schools", {"comparator": "range"}, "P324"),
        ("t-schools", {"upper": "9"}, "P324"),
        ("t-schools", {"comparator": "range", "upper": "2"}, "P324"),
    ],
)
def test_an_edit_that_cannot_be_is_refused(plan: Plan, name: str, changes: dict[str, Any], code: str) -> None:
    assert refused(plan, review.Edit(item=name, changes=changes)) == code


def test_a_target_may_have_a_reference_in_the_place_of_a_value(plan: Plan) -> None:
    changes = {"value": None, "reference": "不低于省下达任务", "judged_as": "reference"}
    assert item(review.apply(plan, review.Edit(item="t-growth", changes=changes)), "t-growth").value is None
    changes = {"comparator": "range", "value": "6", "upper": "7"}
    assert item(review.apply(plan, review.Edit(item="t-growth", changes=changes)), "t-growth").upper == 7


def test_a_split_at_an_offset_gives_parts_that_quote_the_text(plan: Plan) -> None:
    cut = TEXT.index("新增学位")
    after = review.apply(plan, review.Split(item="c-school", offsets=(cut,)))
    first, second = after.commitments[2:4]
    assert (first.text, second.text) == ("新建改扩建学校3所", "新增学位2400个。")
    assert (first.title, second.title) == ("新建改扩建学校3所", "新增学位2400个")
    assert first.parent == second.parent == "c-school"
    assert first.lead_unit == second.lead_unit == "u-education"
    assert [c.id for c in after.commitments if c.id == "c-school"] == []
    assert item(after, "t-schools").commitment == item(after, "d-school").commitment == first.id
    assert item(after, "t-places").commitment == item(after, "d-places").commitment == second.id
    # Each part has one deliverable now, which is all of it.
    assert item(after, "d-school").weight == item(after, "d-places").weight == 1
    assert list(of_plan(after)) == []


def test_what_the_words_of_a_part_do_not_say_is_in_doubt(plan: Plan) -> None:
    """The action 新建改扩建 stands in the first part alone; 学校 likewise."""
    after = review.apply(plan, review.Split(item="c-school", offsets=(TEXT.index("新增学位"),)))
    first, second = after.commitments[2:4]
    assert first.is_sure
    assert [basis.field for basis in second.bases] == ["action", "object"]
    assert not second.is_sure


def test_a_split_into_written_parts_keeps_the_sentence(plan: Plan) -> None:
    parts = (review.Part(title="建好3所学校"), review.Part(title="增加2400个学位"))
    after = review.apply(plan, review.Split(item="c-school", parts=parts))
    first, second = after.commitments[2:4]
    assert [first.title, second.title] == ["建好3所学校", "增加2400个学位"]
    assert first.text == second.text == SCHOOL
    assert item(after, "t-places").commitment == second.id
    assert item(after, "t-schools").commitment == first.id


def test_a_split_into_chosen_places(plan: Plan) -> None:
    parts = (
        review.Part(spans=(span("新建改扩建学校3所"),), title="学校"),
        review.Part(spans=(span("新增学位2400个"),)),
    )
    after = review.apply(plan, review.Split(item="c-school", parts=parts))
    assert [c.text for c in after.commitments[2:4]] == ["新建改扩建学校3所", "新增学位2400个"]


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (review.Split(item="c-school"), "P312"),
        (review.Split(item="c-school", parts=(review.Part(title="x"),)), "P312"),
        (review.Split(item="c-school", offsets=(0,)), "P314"),
        (review.Split(item="c-school", offsets=(TEXT.index(SCHOOL),)), "P314"),
        (review.Split(item="c-school", offsets=(TEXT.index(SCHOOL) + len(SCHOOL) - 1,)), "P313"),
        (review.Split(item="c-school", parts=(review.Part(), review.Part(title="x"))), "P313"),
        (
            review.Split(
                item="c-school", parts=(review.Part(spans=(Span("S1", 1, 9999),)), review.Part(title="x"))
            ),
            "P309",
        ),
        (review.Split(item="t-schools", offsets=(5,)), "P302"),
        (review.Merge(items=("c-school",)), "P315"),
        (review.Merge(items=("c-school", "c-school")), "P315"),
        (review.Merge(items=("c-school", "t-schools")), "P302"),
        (review.Reject(items=("c-school",), reason=" "), "P325"),
        (review.Assign(items=("t-schools",), lead="u-civil"), "P303"),
        (review.Assign(items=("c-school",)), "P317"),
        (review.Assign(items=("c-school",), lead="u-gone"), "P318"),
        (review.RenameUnit(unit="u-gone", name="市局"), "P318"),
        (review.RenameUnit(unit="u-civil", name="市教育局"), "P328"),
        (review.RenameUnit(unit="u-civil", name=""), "P322"),
        (review.Add(kind=ItemKind.COMMITMENT), "P319"),
        (review.Add(kind=ItemKind.TARGET, fields={"indicator": "x"}), "P323"),
        (review.Add(kind=ItemKind.DELIVERABLE, fields={"done_when": "x"}), "P319"),
        (review.Add(kind=ItemKind.COMMITMENT, fields={"titel": "x"}), "P304"),
        (review.Add(kind=ItemKind.COMMITMENT, fields={"title": "x"}, span=Span("S1", 0, 9999)), "P309"),
    ],
)
def test_a_decision_that_does_not_fit_is_refused(plan: Plan, decision: review.Decision, code: str) -> None:
    assert refused(plan, decision) == code


def test_a_merge_takes_what_belongs_to_both(plan: Plan) -> None:
    after = review.apply(plan, review.Merge(items=("c-elder", "c-school"), title="学校与养老"))
    assert [c.title for c in after.commitments] == [
        "工业增长和规上企业培育",
        "云川东站开工",
        "学校与养老",
        "项目四步法",
    ]
    merged = after.commitments[2]
    assert merged.merged_from == ("c-school", "c-elder")
    assert merged.text == SCHOOL
    assert [place.quote(TEXT) for place in merged.spans] == [SCHOOL, "6月底前建成青杉社区养老服务中心。"]
    assert (merged.lead_unit, merged.supporting_units) == ("u-education", ("u-civil",))
    # The deadlines differ: the last one holds, in doubt.
    assert merged.deadline.day == date(2026, 12, 31)
    assert [basis.code for basis in merged.bases] == ["P381"]
    for name in ("t-schools", "t-places", "d-school", "d-places", "d-elder"):
        assert item(after, name).commitment == merged.id
    # 0.5 : 0.5 : 1 become 0.25, 0.25 and 0.5.
    assert [d.weight for d in after.deliverables[1:]] == [Decimal("0.25"), Decimal("0.25"), Decimal("0.5")]
    assert list(of_plan(after)) == []


def test_a_published_identity_goes_on_through_split_and_merge(plan: Plan) -> None:
    published = msgspec.structs.replace(
        plan,
        commitments=tuple(
            msgspec.structs.replace(c, lineage=f"L-{i}") for i, c in enumerate(plan.commitments)
        ),
    )
    cut = TEXT.index("新增学位")
    parts = review.apply(published, review.Split(item="c-school", offsets=(cut,))).commitments[2:4]
    assert [c.lineage for c in parts] == ["L-2.1", "L-2.2"]
    merged = review.apply(published, review.Merge(items=("c-school", "c-elder")))
    assert merged.commitments[2].lineage == "L-2"


def test_what_belongs_to_a_rejected_commitment_goes_and_comes_back_with_it(plan: Plan) -> None:
    by_itself = review.apply(plan, review.Reject(items=("t-places",), reason="重复"))
    gone = review.apply(by_itself, review.Reject(items=("c-school",), reason="不属本级事权"))
    assert states(gone, "c-school", "t-schools", "t-places", "d-school") == ["rejected"] * 4
    assert item(gone, "c-school").bases[-1].describe("zh") == "剔除理由：不属本级事权"
    assert item(gone, "t-schools").bases[-1].describe("zh") == "随所属的目标任务剔除：不属本级事权"
    assert refused(gone, review.Accept(items=("c-school",))) == "P326"
    assert refused(gone, review.Restore(items=("t-schools",))) == "P311"
    assert refused(gone, review.Split(item="c-school", offsets=(TEXT.index("新增学位"),))) == "P316"
    back = review.apply(gone, review.Restore(items=("c-school",)))
    # The target that was rejected for itself stays rejected.
    assert states(back, "c-school", "t-schools", "t-places", "d-school") == [
        "proposed",
        "proposed",
        "rejected",
        "proposed",
    ]
    assert item(back, "c-school") == item(plan, "c-school")


def test_restoring_puts_an_accepted_item_back_to_review(plan: Plan) -> None:
    accepted = review.apply(plan, review.Accept(items=("c-school",)))
    assert review.apply(accepted, review.Restore(items=("c-school",))) == plan


def test_assigning_by_name_adds_a_unit_once(plan: Plan) -> None:
    decision = review.Assign(
        items=("c-school", "c-elder"),
        lead="市建设局",
        supporting=("市教育局", "u-civil"),
        official="李副市长",
    )
    after = review.apply(plan, decision)
    assert [unit.name for unit in after.units[4:]] == ["市建设局"]
    for name in ("c-school", "c-elder"):
        assigned = item(after, name)
        assert assigned.lead_unit == after.units[4].id
        assert assigned.supporting_units == ("u-education", "u-civil")
        assert assigned.leading_official == "李副市长"
        assert assigned.reviewed == ("lead_unit", "leading_official", "supporting_units")
    again = review.apply(after, review.Assign(items=("c-steps",), lead="市建设局"))
    assert again.units == after.units
    cleared = review.apply(after, review.Assign(items=("c-school",), lead="", supporting=()))
    assert (item(cleared, "c-school").lead_unit, item(cleared, "c-school").supporting_units) == ("", ())
    assert item(cleared, "c-school").leading_official == "李副市长"


def test_a_lead_unit_does_not_support_itself(plan: Plan) -> None:
    after = review.apply(plan, review.Assign(items=("c-station",), lead="u-industry"))
    assert item(after, "c-station").supporting_units == ()


def test_a_unit_is_renamed_everywhere(plan: Plan) -> None:
    after = review.apply(plan, review.RenameUnit(unit="u-industry", name="市工业和信息化局"))
    assert after.units[0].name == "市工业和信息化局"
    assert after.commitments == plan.commitments


def test_a_commitment_is_added_at_a_place_chosen_in_the_text(plan: Plan) -> None:
    words = "空气优良天数比率为88.5%"
    after = review.apply(plan, review.Add(kind=ItemKind.COMMITMENT, span=span(words)))
    added = after.commitments[0]
    assert (added.title, added.text, added.section) == (words, words, "s-review")
    assert (added.origin, added.state) == (Origin.HAND, ReviewState.ACCEPTED)
    assert added.deadline.day == date(2026, 12, 31)
    assert list(of_plan(after)) == []


def test_items_are_added_by_hand_alone(plan: Plan) -> None:
    target = review.Add(
        kind=ItemKind.TARGET,
        fields={
            "commitment": "c-elder",
            "indicator": "养老床位",
            "value": "80",
            "unit": "张",
            "comparator": "le",
        },
    )
    after = review.apply(plan, target)
    added = after.targets[-1]
    assert (added.value, added.judged_as, added.deadline.day) == (80, JudgedAs.AT_MOST, date(2026, 6, 30))
    assert (added.text, added.spans, added.reviewed) == (
        "养老床位",
        (),
        ("commitment", "comparator", "indicator", "unit", "value"),
    )
    third = review.Add(kind=ItemKind.DELIVERABLE, fields={"commitment": "c-school", "done_when": "师资到位"})
    shares = [d.weight for d in review.apply(plan, third).deliverables if d.commitment == "c-school"]
    assert shares == [Decimal("0.3333"), Decimal("0.3333"), Decimal("0.3334")]
    for kind, fields in (
        (ItemKind.PROJECT, {"name": "青杉公园"}),
        (ItemKind.PROCEDURE, {"name": "周调度", "kind": "cadence"}),
        (ItemKind.TERM, {"name": "两库", "definition": "项目库和企业库。"}),
        (ItemKind.CLAIM, {"indicator": "口袋公园", "value": "12"}),
    ):
        grown = review.apply(plan, review.Add(kind=kind, fields=fields))
        assert getattr(grown, kind.list_name)[-1].origin is Origin.HAND
        assert list(of_plan(grown)) == []


def test_a_target_added_at_a_place_belongs_to_the_promise_around_it(plan: Plan) -> None:
    add = review.Add(
        kind=ItemKind.TARGET, fields={"indicator": "学位", "value": "2400"}, span=span("新增学位2400个")
    )
    assert review.apply(plan, add).targets[4].commitment == "c-school"


def test_decisions_are_for_drafts(plan: Plan) -> None:
    published = msgspec.structs.replace(plan, version=2)
    assert refused(published, review.Accept(items=("c-school",))) == "P327"


def test_undo_reverses_exactly_one_decision(plan: Plan) -> None:
    first, bulk = review.decide(plan, review.AcceptSure())
    second, edit = review.decide(first, review.Edit(item="c-station", changes={"title": "东站开工"}))
    third, split = review.decide(second, review.Split(item="c-school", offsets=(TEXT.index("新增学位"),)))
    assert review.undo(third, split) == second
    assert review.undo(second, edit) == first
    assert review.undo(first, bulk) == plan
    # Out of order, where the later one did not touch the same.
    without_edit = review.undo(third, edit)
    assert item(without_edit, "c-station").title == "云川东站开工"
    assert review.undo(without_edit, split) == first


def test_undo_is_refused_when_a_later_decision_rests_on_it(plan: Plan) -> None:
    added, addition = review.decide(plan, review.Add(kind=ItemKind.COMMITMENT, fields={"title": "新任务"}))
    name = next(c.id for c in added.commitments if c.title == "新任务")
    moved, _ = review.decide(added, review.Edit(item="t-limit", changes={"commitment": name}))
    with pytest.raises(DecisionError) as caught:
        review.undo(moved, addition)
    assert caught.value.code == "P321"
    edited = review.apply(added, review.Edit(item=name, changes={"title": "又改"}))
    with pytest.raises(DecisionError) as caught:
        review.undo(edited, addition)
    assert caught.value.code == "P320"
    assert "又改" in caught.value.describe("zh")


def test_records_and_decisions_survive_storage(plan: Plan) -> None:
    decisions: tuple[review.Decision, ...] = (
        review.AcceptSure(kinds=(ItemKind.TERM,)),
        review.Edit(item="t-places", changes={"value": Decimal("2500.0"), "deadline": date(2026, 9, 30)}),
        review.Merge(items=("c-elder", "c-school")),
        review.Add(kind=ItemKind.COMMITMENT, span=span("空气优良天数比率为88.5%")),
        review.Assign(items=("c-steps",), lead="市行政审批局"),
    )
    for decision in decisions:
        again = review.decode(review.encode(decision))
        after, record = review.decide(plan, decision)
        assert review.apply(plan, again) == after
        assert review.undo(after, review.decode_record(review.encode_record(record))) == plan


@pytest.mark.parametrize("data", [b"{", b"{}", b'{"act":"burn"}', b'{"act":"accept","items":3}', b"[" * 5000])
def test_a_broken_record_is_refused(data: bytes) -> None:
    for decode in (review.decode, review.decode_record):
        with pytest.raises(DecisionError) as caught:
            decode(data)
        assert caught.value.code == "P301"


def test_progress(plan: Plan) -> None:
    """17 items that need review: 5 commitments, 5 targets, 4 deliverables, 1 project, 1 mechanism, 1 term."""
    fresh = review.progress(plan)
    assert (fresh.overall.total, fresh.overall.proposed, fresh.overall.in_doubt) == (17, 17, 2)
    after = review.progress(review.apply(plan, review.Reject(items=("c-school",), reason="重复")))
    assert (after.overall.reviewed, after.overall.rejected, after.overall.in_doubt) == (5, 5, 1)
    assert (after.kinds[ItemKind.TARGET].total, after.kinds[ItemKind.TARGET].rejected) == (5, 2)
    # In （二）: 3 commitments, 3 targets, 3 deliverables, 1 mechanism; 二 holds those of （一） as well: 2, 2, 1 and the station.
    assert (after.sections["s-life"].total, after.sections["s-work"].total) == (10, 16)
    assert after.sections["s-terms"].total == 1
    assert after.sections["s-review"].total == 0


def test_doubts_come_the_most_doubtful_first_with_their_reasons(plan: Plan) -> None:
    found = review.doubts(plan)
    assert [(doubt.item.id, doubt.confidence) for doubt in found] == [("c-station", 0.4), ("t-places", 0.6)]
    assert [basis.field for basis in found[0].bases] == ["lead_unit"]
    assert review.doubts(review.apply(plan, review.Accept(items=("c-station", "t-places")))) == ()


def test_a_comparator_edit_keeps_what_the_text_says_apart_from_how_it_is_judged(plan: Plan) -> None:
    edited = item(
        review.apply(plan, review.Edit(item="t-firms", changes={"judged_as": "exactly"})), "t-firms"
    )
    assert (edited.comparator, edited.judged_as) == (Comparator.GE, JudgedAs.EXACTLY)


def test_every_code_of_review_has_a_message_in_both_languages() -> None:
    for code, message in catalogue().items():
        if code.startswith("P"):
            assert set(message) == {"zh", "en"}, code
