"""What puts an item in doubt, and what does not."""

import msgspec

from luoshi.plan.items import ItemKind
from luoshi.plan.model import Basis
from luoshi.plan.review import doubts, progress


def weak(field):
    return Basis(field=field, confidence=0.3, code="C506")


def test_a_weak_proposal_of_a_deciding_field_puts_the_item_in_doubt(plan):
    row = msgspec.structs.replace(plan.commitments[0], bases=(weak("lead_unit"),))
    assert (row.confidence, row.is_sure) == (0.3, False)


def test_a_weak_proposal_of_supporting_units_is_advice_and_no_doubt(plan):
    row = msgspec.structs.replace(plan.commitments[0], bases=(weak("supporting_units"),))
    assert (row.confidence, row.is_sure) == (1.0, True)


def test_a_doubt_names_its_deciding_fields_alone(plan):
    row = msgspec.structs.replace(plan.commitments[0], bases=(weak("supporting_units"), weak("title")))
    changed = msgspec.structs.replace(plan, commitments=(row, *plan.commitments[1:]))
    found = next(doubt for doubt in doubts(changed) if doubt.item.id == row.id)
    assert [basis.field for basis in found.bases] == ["title"]


def test_a_past_result_needs_no_review_and_is_never_in_doubt(plan):
    unsure = msgspec.structs.replace(plan.claims[0], bases=(weak("year"),))
    changed = msgspec.structs.replace(plan, claims=(unsure,))
    assert unsure.id not in {doubt.item.id for doubt in doubts(changed)}
    assert progress(changed).kinds[ItemKind.CLAIM].in_doubt == 0
