"""Properties of the plan as a file."""

from hypothesis import HealthCheck, given, settings
from plan_strategies import plans

from luoshi.plan import document
from luoshi.plan.consistency import of_plan
from luoshi.plan.model import Plan

SETTINGS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@SETTINGS
@given(plans())
def test_a_plan_survives_json(plan: Plan) -> None:
    """It can be exported, edited outside and imported again without loss."""
    assert list(of_plan(plan)) == []
    assert document.from_json(document.to_json(plan)) == plan


@SETTINGS
@given(plans())
def test_a_plan_survives_yaml(plan: Plan) -> None:
    """It can be exported, edited outside and imported again without loss."""
    written = document.to_yaml(plan)
    assert document.read(written) == plan
    assert document.to_json(document.from_yaml(written)) == document.to_json(plan)


@SETTINGS
@given(plans())
def test_the_canonical_form_is_one(plan: Plan) -> None:
    """Equal plans have equal bytes."""
    assert document.to_json(document.from_stored(document.to_json(plan))) == document.to_json(plan)
