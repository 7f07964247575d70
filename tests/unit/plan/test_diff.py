"""What differs between two plans, and what a new compilation may not overwrite."""

from typing import Any

import msgspec
import pytest
from sample_plan import TEXT, span

from luoshi.kernel.errors import DecisionError
from luoshi.kernel.identity import digest
from luoshi.kernel.span import Span
from luoshi.plan import review
from luoshi.plan.consistency import of_plan
from luoshi.plan.diff import Difference, PlanDiff, between, recompile
from luoshi.plan.items import ItemKind, by_id
from luoshi.plan.model import Commitment, Deadline, Origin, Plan, ReviewState
from luoshi.plan.publish import amendment, publish

CUT = TEXT.index("新增学位")


def seen(diff: PlanDiff) -> list[tuple[str, str, bool]]:
    return [(d.what.value, d.label, d.kept) for d in diff.items]


def item(plan: Plan, name: str) -> Any:
    return by_id(plan)[name][1]


def with_item(plan: Plan, name: str, **fields: object) -> Plan:
    kind, found = by_id(plan)[name]
    items = tuple(
        msgspec.structs.replace(found, **fields) if part.id == name else part
        for part in getattr(plan, kind.list_name)
    )
    return msgspec.structs.replace(plan, **{kind.list_name: items})


def without(plan: Plan, *names: str) -> Plan:
    lists = {k.list_name: tuple(i for i in getattr(plan, k.list_name) if i.id not in names) for k in ItemKind}
    return msgspec.structs.replace(plan, **lists)


def renamed(plan: Plan, old: str, new: str) -> Plan:
    """The plan with another identity for an item, wherever it is named."""
    changed = with_item(plan, old, id=new)
    for kind in ItemKind:
        for part in getattr(changed, kind.list_name):
            if getattr(part, "commitment", "") == old:
                changed = with_item(changed, part.id, commitment=new)
    return changed


def test_a_plan_does_not_differ_from_itself(plan: Plan) -> None:
    assert between(plan, plan).items == ()
    assert sum(between(plan, plan).counts().values()) == 0


def test_fields_are_compared_one_by_one(plan: Plan) -> None:
    new = review.apply(plan, review.Edit(item="t-schools", changes={"value": "4", "unit": "个"}))
    new = review.apply(new, review.Assign(items=("c-elder",), lead="市住建局", supporting=("市民政局",)))
    diff = between(plan, new)
    assert seen(diff) == [
        ("changed", "青杉社区养老服务中心建成", False),
        ("changed", "新建改扩建学校", False),
    ]
    assert [(c.field, c.old, c.new) for c in diff.items[0].fields] == [
        ("lead_unit", "市民政局", "市住建局"),
        ("supporting_units", (), ("市民政局",)),
    ]
    assert [(c.field, c.old, c.new) for c in diff.items[1].fields] == [("value", 3, 4), ("unit", "所", "个")]


def test_review_alone_is_no_difference(plan: Plan) -> None:
    assert between(plan, review.apply(plan, review.AcceptSure(least=0))).items == ()


def test_added_removed_split_and_merged(plan: Plan) -> None:
    new = review.apply(plan, review.Split(item="c-school", offsets=(CUT,)))
    new = review.apply(new, review.Merge(items=("c-industry", "c-station"), title="工业与东站"))
    new = review.apply(new, review.Add(kind=ItemKind.COMMITMENT, fields={"title": "建设口袋公园"}))
    new = without(new, "c-elder", "d-elder")
    diff = between(plan, new)
    assert seen(diff) == [
        ("merged", "工业与东站", False),
        ("split", "新建改扩建学校3所", False),
        ("removed", "青杉社区养老服务中心建成", False),
        ("added", "建设口袋公园", False),
        # Both deliverables of the school weigh 1 in their parts, where they weighed a half.
        ("changed", "3所学校竣工验收", False),
        ("changed", "2400个学位投入使用", False),
        ("removed", "养老服务中心竣工验收", False),
    ]
    assert [old.id for old in diff.items[0].old] == ["c-industry", "c-station"]
    assert [c.title for c in diff.items[1].new if isinstance(c, Commitment)] == [
        "新建改扩建学校3所",
        "新增学位2400个",
    ]
    assert diff.counts()[Difference.REMOVED] == 2
    assert [d.label for d in diff.of(ItemKind.COMMITMENT, Difference.ADDED)] == ["建设口袋公园"]


def test_another_section_is_a_move(plan: Plan) -> None:
    diff = between(plan, with_item(plan, "c-steps", section="s-industry"))
    assert seen(diff) == [("moved", "项目四步法", False)]
    assert [(c.field, c.old, c.new) for c in diff.items[0].fields] == [
        ("section", "二、2026年重点工作 （二）办好民生实事", "二、2026年重点工作 （一）稳住工业经济")
    ]


def test_what_has_another_identity_is_found_by_place_or_words(plan: Plan) -> None:
    by_place = renamed(plan, "c-elder", "c-other")
    assert between(plan, by_place).items == ()
    words = "6月底前建成青杉社区养老中心。"
    text = TEXT.replace("6月底前建成青杉社区养老服务中心。", words)
    source = msgspec.structs.replace(plan.sources[0], text=text, digest=digest(text))
    start = text.index(words)
    by_words = with_item(by_place, "c-other", text=words, spans=(Span("S1", start, start + len(words)),))
    diff = between(plan, msgspec.structs.replace(by_words, sources=(source,)))
    assert [(d.what, d.fields[0].field) for d in diff.of(ItemKind.COMMITMENT)] == [
        (Difference.CHANGED, "text")
    ]


def test_versions_are_compared_through_lineage(plan: Plan) -> None:
    one = publish(review.apply(plan, review.AcceptSure(least=0)), version=1, reason="", baseline=None)
    draft = review.apply(amendment(one), review.Split(item="c-school", offsets=(CUT,)))
    two = publish(review.apply(draft, review.AcceptSure(least=0)), version=2, reason="调整", baseline=one)
    assert [d.what for d in between(one, two).of(ItemKind.COMMITMENT)] == [Difference.SPLIT]
    assert between(two, two).items == ()


def test_recompiling_without_news_changes_nothing(plan: Plan) -> None:
    again, diff = recompile(plan, plan)
    assert again == plan
    assert diff.items == ()


def test_a_reviewed_field_is_never_overwritten(plan: Plan) -> None:
    reviewed = review.apply(plan, review.Edit(item="t-places", changes={"unit": "座"}))
    fresh = with_item(with_item(plan, "t-places", unit="人", value=2500), "t-schools", unit="处")
    again, diff = recompile(reviewed, fresh)
    assert (item(again, "t-places").unit, item(again, "t-places").value) == ("座", 2500)
    assert item(again, "t-schools").unit == "处"
    assert [(d.label, [(c.field, c.kept) for c in d.fields], d.kept) for d in diff.items] == [
        ("新建改扩建学校", [("unit", False)], False),
        ("新增学位", [("value", False), ("unit", True)], False),
    ]


def test_an_accepted_item_stays_whole(plan: Plan) -> None:
    reviewed = review.apply(plan, review.Accept(items=("c-elder",)))
    later = Deadline(day=plan.end_day)
    again, diff = recompile(reviewed, with_item(plan, "c-elder", deadline=later, title="另一标题"))
    assert item(again, "c-elder") == item(reviewed, "c-elder")
    assert [(d.label, d.kept) for d in diff.items] == [("另一标题", True)]


def test_what_is_new_is_a_proposal_and_what_is_gone_goes_unless_touched(plan: Plan) -> None:
    reviewed = review.apply(plan, review.Accept(items=("t-growth",)))
    fresh = without(plan, "c-industry", "t-growth", "t-firms", "c-elder", "d-elder")
    again, diff = recompile(reviewed, fresh)
    # The accepted target keeps the commitment that it belongs to; what nobody touched goes.
    assert [c.id for c in again.commitments] == ["c-industry", "c-station", "c-school", "c-steps"]
    assert [t.id for t in again.targets] == ["t-growth", "t-schools", "t-places", "t-limit"]
    assert ("removed", "新增规上工业企业", False) in seen(diff)
    assert ("removed", "规模以上工业增加值", True) in seen(diff)
    back, diff = recompile(again, plan)
    assert [t.id for t in back.targets] == ["t-growth", "t-firms", "t-schools", "t-places", "t-limit"]
    assert seen(diff) == [
        ("added", "青杉社区养老服务中心建成", False),
        ("added", "新增规上工业企业", False),
        ("added", "养老服务中心竣工验收", False),
    ]
    assert item(back, "t-firms").state is ReviewState.PROPOSED


def test_a_sentence_stays_as_a_person_cut_it(plan: Plan) -> None:
    split = review.apply(plan, review.Split(item="c-school", offsets=(CUT,)))
    again, diff = recompile(split, plan)
    assert again.commitments == split.commitments
    assert {t.id: t.commitment for t in again.targets} == {t.id: t.commitment for t in split.targets}
    assert [(d.what, d.kept) for d in diff.of(ItemKind.COMMITMENT)] == [(Difference.MERGED, True)]
    merged = review.apply(plan, review.Merge(items=("c-school", "c-elder")))
    again, diff = recompile(merged, plan)
    assert again.commitments == merged.commitments
    assert [(d.what, d.kept) for d in diff.of(ItemKind.COMMITMENT)] == [(Difference.SPLIT, True)]


def test_a_new_target_of_a_sentence_that_was_split_finds_its_part(plan: Plan) -> None:
    split = review.apply(without(plan, "t-places"), review.Split(item="c-school", offsets=(CUT,)))
    again, _ = recompile(split, plan)
    assert item(again, "t-places").commitment == again.commitments[3].id
    assert again.commitments[3].text == "新增学位2400个。"


def test_a_new_target_of_a_rejected_commitment_is_rejected_along(plan: Plan) -> None:
    rejected = review.apply(without(plan, "t-places"), review.Reject(items=("c-school",), reason="重复"))
    again, _ = recompile(rejected, plan)
    assert item(again, "t-places").state is ReviewState.REJECTED
    assert item(again, "t-places").bases[-1].describe("zh") == "随所属的目标任务剔除：重复"


def test_untouched_sentences_are_cut_as_the_new_compilation_cuts_them(plan: Plan) -> None:
    split = review.apply(plan, review.Split(item="c-school", offsets=(CUT,)))
    strip = {"parent": "", "reviewed": (), "bases": ()}
    fresh = with_item(with_item(split, split.commitments[2].id, **strip), split.commitments[3].id, **strip)
    again, diff = recompile(plan, fresh)
    assert [c.text for c in again.commitments[2:4]] == ["新建改扩建学校3所", "新增学位2400个。"]
    assert [d.what for d in diff.of(ItemKind.COMMITMENT)] == [Difference.SPLIT]
    back, diff = recompile(fresh, plan)
    assert [c.id for c in back.commitments] == [c.id for c in plan.commitments]
    assert [d.what for d in diff.of(ItemKind.COMMITMENT)] == [Difference.MERGED]


def test_units_keep_the_names_of_the_review(plan: Plan) -> None:
    reviewed = review.apply(plan, review.RenameUnit(unit="u-civil", name="市民政和社会救助局"))
    again, diff = recompile(reviewed, plan)
    assert again.units == reviewed.units
    assert diff.items == ()


def test_places_are_found_again_in_a_changed_text(plan: Plan) -> None:
    """A line is put in at the beginning, and the sentence of the station is gone."""
    text = ("（2026年1月12日在市人民代表大会上）\n" + TEXT).replace("推动云川东站年内开工。\n", "")
    reviewed = review.apply(plan, review.Accept(items=("c-school", "t-schools", "c-station", "d-station")))
    reviewed = msgspec.structs.replace(reviewed, passages=())
    moved = msgspec.structs.replace(plan.sources[0], text=text, digest=digest(text))
    fresh = msgspec.structs.replace(
        Plan(place=plan.place, year=plan.year, sources=(moved,)), sections=(), units=plan.units
    )
    again, _ = recompile(reviewed, fresh)
    assert list(of_plan(again)) == []
    school = item(again, "c-school")
    assert school.spans[0].quote(text) == school.text == "新建改扩建学校3所，新增学位2400个。"
    assert item(again, "t-schools").number.quote(text) == "3所"
    station = item(again, "c-station")
    assert (station.spans, station.origin, station.deadline.span) == ((), Origin.HAND, None)
    assert station.text == "推动云川东站年内开工。"
    assert [(d.code, d.item) for d in again.diagnostics] == [("P370", "c-station"), ("P370", "d-station")]
    assert item(again, "d-station").commitment == "c-station"
    # Nobody touched the rest, and the new compilation found none of it.
    assert [c.id for c in again.commitments] == ["c-school", "c-station"]


def test_the_same_words_are_found_where_they_are_expected(plan: Plan) -> None:
    words = "新建改扩建学校3所，新增学位2400个。"
    text = TEXT.replace("各位代表：", "各位代表：" + words)
    reviewed = review.apply(plan, review.Accept(items=("c-school",)))
    source = msgspec.structs.replace(plan.sources[0], text=text, digest=digest(text))
    again, _ = recompile(
        reviewed, Plan(place=plan.place, year=plan.year, sources=(source,), units=plan.units)
    )
    assert item(again, "c-school").spans[0].start == span(words).start + len(words)


def test_a_version_is_not_recompiled(plan: Plan) -> None:
    with pytest.raises(DecisionError) as caught:
        recompile(msgspec.structs.replace(plan, version=1), plan)
    assert caught.value.code == "P327"


def test_a_second_document_is_kept_when_only_the_first_is_recompiled(plan: Plan) -> None:
    words = "新建环卫驿站6座。"
    annex = msgspec.structs.replace(plan.sources[0], id="S2", text=words, digest=digest(words))
    extra = msgspec.structs.replace(
        plan.commitments[4], id="c-annex", spans=(Span("S2", 0, 9),), text=words, section=""
    )
    both = msgspec.structs.replace(
        plan, sources=(*plan.sources, annex), commitments=(*plan.commitments, extra)
    )
    assert list(of_plan(both)) == []
    again, diff = recompile(both, plan)
    assert again == both
    assert diff.items == ()


def test_an_item_stays_in_the_part_that_it_is_in(plan: Plan) -> None:
    """A target that stands in neither place of two parts is not moved by each recompilation."""
    parts = (
        review.Part(spans=(span("新建改扩建学校3所"),)),
        review.Part(spans=(span("各位代表"),), title="x"),
    )
    split = review.apply(plan, review.Split(item="c-school", parts=parts))
    once, _ = recompile(split, plan)
    assert item(once, "t-places").commitment == item(split, "t-places").commitment
    assert recompile(once, plan)[0] == once
