"""Publication: a version holds what was accepted; an amendment is the next version, with a reason."""

from decimal import Decimal

import msgspec
import pytest
from sample_plan import TEXT

from luoshi.kernel.errors import DecisionError
from luoshi.kernel.message import text_of
from luoshi.plan import document, review
from luoshi.plan.consistency import of_plan
from luoshi.plan.items import ItemKind, by_id
from luoshi.plan.model import Plan
from luoshi.plan.publish import UnpublishableError, amendment, publish, standing


def reviewed(plan: Plan) -> Plan:
    return review.apply(plan, review.AcceptSure(least=0))


def first_version(plan: Plan) -> Plan:
    return publish(reviewed(plan), version=1, reason="", baseline=None)


def test_what_is_unreviewed_is_listed(plan: Plan) -> None:
    sure = review.apply(plan, review.AcceptSure())
    with pytest.raises(UnpublishableError) as caught:
        publish(sure, version=1, reason="", baseline=None)
    assert [(d.code, d.item) for d in caught.value.diagnostics] == [
        ("P351", "c-station"),
        ("P351", "t-places"),
        ("P352", "d-station"),
        ("P352", "p-station"),
    ]
    assert caught.value.describe("zh") == "还有 2 项没有审定，不能发布。请逐项采纳或剔除。"
    assert caught.value.diagnostics[0].describe("zh") == "目标任务“云川东站开工”没有审定。"


def test_a_version_holds_what_was_accepted_and_nothing_else(plan: Plan) -> None:
    draft = review.apply(
        reviewed(plan), review.Reject(items=("c-station", "m-steps", "d-places"), reason="不属本级事权")
    )
    version = publish(draft, version=1, reason=" 首次发布 ", baseline=None)
    assert (version.version, version.reason) == (1, "首次发布")
    assert [c.id for c in version.commitments] == ["c-industry", "c-school", "c-elder", "c-steps"]
    assert version.projects == version.procedures == ()
    # The term no longer names the mechanism that was rejected; the deliverable that is left weighs all.
    assert version.terms[0].procedure == ""
    assert [(d.id, d.weight) for d in version.deliverables] == [
        ("d-school", Decimal(1)),
        ("d-elder", Decimal(1)),
    ]
    assert [unit.id for unit in version.units] == ["u-industry", "u-education", "u-civil"]
    assert [claim.id for claim in version.claims] == ["r-park"]
    assert list(of_plan(version)) == []
    assert document.from_json(document.to_json(version)) == version
    assert draft.version == 0


def test_past_results_need_no_review(plan: Plan) -> None:
    kinds = tuple(kind for kind in ItemKind if kind is not ItemKind.CLAIM)
    draft = review.apply(plan, review.AcceptSure(kinds=kinds, least=0))
    assert publish(draft, version=1, reason="", baseline=None).claims == plan.claims


def test_a_promise_without_an_owner_is_published_with_a_warning(plan: Plan) -> None:
    version = first_version(plan)
    assert [(d.code, d.item) for d in version.diagnostics] == [("P354", "c-steps")]
    assert [d.code for d in standing(reviewed(plan))] == ["P354"]
    bare = review.apply(reviewed(plan), review.Reject(items=("d-elder",), reason="另报"))
    assert [(d.code, d.item) for d in standing(bare)] == [("P355", "c-elder"), ("P354", "c-steps")]


def test_a_permanent_identity_is_minted_once(plan: Plan) -> None:
    version = first_version(plan)
    lineages = [c.lineage for c in version.commitments]
    assert len(set(lineages)) == 5
    assert all(lineage.startswith("k-") for lineage in lineages)
    assert [c.lineage for c in first_version(plan).commitments] == lineages
    elsewhere = msgspec.structs.replace(plan, year=2027)
    assert not {c.lineage for c in first_version(elsewhere).commitments} & set(lineages)


def test_an_amendment_keeps_lineage_and_needs_a_reason(plan: Plan) -> None:
    one = first_version(plan)
    stored = document.to_json(one)
    draft = amendment(one)
    assert (draft.version, draft.reason, draft.diagnostics) == (0, "", ())
    draft = review.apply(draft, review.Edit(item="t-schools", changes={"value": "4"}))
    draft = review.apply(draft, review.Split(item="c-industry", offsets=(TEXT.index("新增规上"),)))
    draft = review.apply(draft, review.AcceptSure(least=0))
    with pytest.raises(DecisionError) as caught:
        publish(draft, version=2, reason=" ", baseline=one)
    assert caught.value.code == "P358"
    two = publish(draft, version=2, reason="年中调整", baseline=one)
    was = {c.id: c.lineage for c in one.commitments}
    assert [c.lineage for c in two.commitments] == [
        f"{was['c-industry']}.1",
        f"{was['c-industry']}.2",
        was["c-station"],
        was["c-school"],
        was["c-elder"],
        was["c-steps"],
    ]
    assert document.to_json(one) == stored


def test_a_draft_that_lost_its_lineage_finds_it_in_the_baseline(plan: Plan) -> None:
    one = first_version(plan)
    two = publish(reviewed(plan), version=2, reason="重新编译", baseline=one)
    assert [c.lineage for c in two.commitments] == [c.lineage for c in one.commitments]


@pytest.mark.parametrize(("version", "code"), [(0, "P357"), (2, "P357")])
def test_versions_follow_one_another(plan: Plan, version: int, code: str) -> None:
    with pytest.raises(DecisionError) as caught:
        publish(reviewed(plan), version=version, reason="", baseline=None)
    assert caught.value.code == code


def test_misuse_is_refused(plan: Plan) -> None:
    one = first_version(plan)
    cases = [
        (lambda: publish(one, version=2, reason="x", baseline=one), "P360"),
        (lambda: publish(reviewed(plan), version=3, reason="x", baseline=one), "P357"),
        (
            lambda: publish(
                msgspec.structs.replace(reviewed(plan), year=2027), version=2, reason="x", baseline=one
            ),
            "P359",
        ),
        (lambda: amendment(plan), "P362"),
    ]
    for attempt, code in cases:
        with pytest.raises(DecisionError) as caught:
            attempt()
        assert caught.value.code == code


def test_nothing_accepted_is_nothing_to_publish(plan: Plan) -> None:
    names = tuple(by_id(plan))
    with pytest.raises(UnpublishableError) as caught:
        publish(
            review.apply(plan, review.Reject(items=names, reason="x")), version=1, reason="", baseline=None
        )
    assert caught.value.describe("en") == text_of("P356", {}, "en")


def test_an_accepted_target_needs_an_accepted_commitment(plan: Plan) -> None:
    loose = review.apply(reviewed(plan), review.Edit(item="t-limit", changes={"commitment": ""}))
    with pytest.raises(UnpublishableError) as caught:
        publish(loose, version=1, reason="", baseline=None)
    assert [(d.code, d.item) for d in caught.value.diagnostics] == [("P353", "t-limit")]
