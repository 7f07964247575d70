"""Properties of comparison and recompilation, over generated drafts and random decisions."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_strategies import plans
from test_plan_review_properties import decision

from luoshi.kernel.errors import DecisionError
from luoshi.plan import review
from luoshi.plan.consistency import of_plan
from luoshi.plan.diff import Difference, between, recompile
from luoshi.plan.items import by_id, every
from luoshi.plan.model import Origin, Plan, ReviewState

SETTINGS = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def reviewed(plan: Plan, data: st.DataObject) -> Plan:
    for _ in range(data.draw(st.integers(0, 6))):
        try:
            plan = review.apply(plan, decision(data.draw, plan))
        except DecisionError:
            continue
    return plan


@SETTINGS
@given(plans())
def test_nothing_differs_from_itself(plan: Plan) -> None:
    assert between(plan, plan).items == ()


@SETTINGS
@given(plans(), st.data())
def test_every_item_is_in_the_comparison_once(plan: Plan, data: st.DataObject) -> None:
    """Added, removed, split and merged account for every identity that is in one plan alone."""
    after = reviewed(plan, data)
    diff = between(plan, after)
    olds = [item.id for d in diff.items for item in d.old]
    news = [item.id for d in diff.items for item in d.new]
    assert len(olds) == len(set(olds))
    assert len(news) == len(set(news))
    gone = set(by_id(plan)) - set(by_id(after))
    come = set(by_id(after)) - set(by_id(plan))
    assert {d.old[0].id for d in diff.of(what=Difference.REMOVED)} <= gone
    assert {d.new[0].id for d in diff.of(what=Difference.ADDED)} <= come


@SETTINGS
@given(plans(reviewed=False), st.data())
def test_recompiling_keeps_what_a_person_did(plan: Plan, data: st.DataObject) -> None:
    """Recompiling never overwrites a reviewed field: it shows a diff."""
    draft = reviewed(plan, data)
    again, _ = recompile(draft, plan)
    assert list(of_plan(again)) == []
    now = {name: item for name, (_, item) in by_id(again).items()}
    for _, item in every(draft):
        if item.state is not ReviewState.PROPOSED or item.origin is Origin.HAND:
            assert now[item.id] == item
        for name in item.reviewed:
            assert getattr(now[item.id], name) == getattr(item, name)
    assert recompile(again, plan)[0] == again


@SETTINGS
@given(plans(reviewed=False), plans(reviewed=False))
def test_recompiling_what_nobody_touched_gives_the_new_compilation(old: Plan, new: Plan) -> None:
    """Words and places are those of the new compilation; identities may be the old ones."""
    again, _ = recompile(old, new)
    assert list(of_plan(again)) == []
    assert sorted(item.text for _, item in every(again)) == sorted(item.text for _, item in every(new))
