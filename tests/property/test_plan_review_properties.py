"""Properties of review decisions, over generated drafts and random sequences of decisions."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_strategies import plans

from luoshi.kernel.errors import DecisionError
from luoshi.kernel.span import Span
from luoshi.plan import review
from luoshi.plan.consistency import of_plan
from luoshi.plan.field import NAMING, editable
from luoshi.plan.items import ItemKind, by_id
from luoshi.plan.model import Plan

SETTINGS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def decision(draw: Callable[[st.SearchStrategy[object]], object], plan: Plan) -> review.Decision:
    """Some decision about `plan`, which may or may not fit it."""
    names = sorted(by_id(plan)) or ["c-none"]
    some = st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True).map(tuple)
    promises = [c.id for c in plan.commitments] or ["c-none"]
    promise = st.sampled_from(promises)
    length = len(plan.sources[0].text)
    places = st.tuples(st.integers(0, length), st.integers(0, length)).filter(lambda p: p[0] < p[1])
    spans = places.map(lambda place: Span("S1", *place))
    words = st.text("甲乙丙 ，", max_size=3).map(lambda text: "甲" + text) | st.just(" ")
    inside = [
        offset for c in plan.commitments for span in c.spans for offset in range(span.start + 1, span.end)
    ]
    cuts = st.lists(st.sampled_from(inside or [0]), min_size=1, max_size=2).map(tuple)
    parts = st.lists(
        st.builds(review.Part, title=words, spans=st.lists(spans, max_size=2).map(tuple)),
        min_size=2,
        max_size=3,
    )
    units = st.none() | st.sampled_from(["", "市甲局", "市乙局", *(unit.id for unit in plan.units)])
    name = draw(st.sampled_from(names))
    kind = by_id(plan)[name][0] if name in by_id(plan) else ItemKind.TERM
    values: dict[str, st.SearchStrategy[object]] = {
        NAMING[kind]: words,
        "deadline": st.sampled_from([f"{plan.year}-06-30", f"{plan.year + 2}-01-01", "1999-01-01"]),
        "value": st.sampled_from(["3.50", "7"]),
        "commitment": promise,
        "spans": spans.map(lambda span: [span]),
        "weight": st.sampled_from(["0.4", "7"]),
    }
    usable = {field: strategy for field, strategy in values.items() if field in editable(kind)}
    changes = st.fixed_dictionaries({}, optional=usable)
    kinds = st.sampled_from(ItemKind)
    new_kind = draw(kinds)
    fields = st.fixed_dictionaries(
        {NAMING[new_kind]: words},
        optional={
            field: strategy
            for field, strategy in {**values, "definition": words, "kind": st.just("clock")}.items()
            if field in editable(new_kind)
            and field not in ("spans", NAMING[new_kind])
            and (field, new_kind) != ("kind", ItemKind.TARGET)
        },
    )
    made = draw(
        st.one_of(
            st.builds(review.Accept, items=some),
            st.builds(review.AcceptSure, kinds=st.lists(kinds, max_size=2).map(tuple), least=st.floats(0, 1)),
            st.builds(review.Edit, item=st.just(name), changes=changes),
            st.builds(review.Split, item=promise, offsets=cuts),
            st.builds(review.Split, item=promise, parts=parts.map(tuple)),
            st.builds(review.Merge, items=st.lists(promise, max_size=3).map(tuple), title=words),
            st.builds(review.Reject, items=some, reason=words),
            st.builds(review.Restore, items=some),
            st.builds(
                review.Assign,
                items=st.lists(promise, min_size=1, max_size=2).map(tuple),
                lead=units,
                official=st.none() | words,
            ),
            st.builds(review.Add, kind=st.just(new_kind), fields=fields, span=st.none() | spans),
            st.builds(review.RenameUnit, unit=st.sampled_from(["u-0", "u-1"]), name=words),
        )
    )
    return made  # type: ignore[return-value]


@SETTINGS
@given(plans(), st.data())
def test_a_sequence_of_decisions_can_be_undone_to_where_it_began(plan: Plan, data: st.DataObject) -> None:
    """Undo reverses exactly the decision; the draft stays consistent at each step."""
    steps: list[tuple[Plan, review.Record]] = []
    now = plan
    for _ in range(data.draw(st.integers(1, 7))):
        made = decision(data.draw, now)
        try:
            after, record = review.decide(now, made)
        except DecisionError:
            continue
        assert list(of_plan(after)) == []
        assert review.apply(now, review.decode(review.encode(made))) == after
        steps.append((now, record))
        now = after
    for before, record in reversed(steps):
        now = review.undo(now, review.decode_record(review.encode_record(record)))
        assert now == before
    assert now == plan


@SETTINGS
@given(plans(), st.data())
def test_undo_out_of_order_is_refused_or_leaves_a_consistent_draft(plan: Plan, data: st.DataObject) -> None:
    """Undo is refused when a later decision rests on the one to undo."""
    records = []
    now = plan
    for _ in range(data.draw(st.integers(2, 5))):
        try:
            now, record = review.decide(now, decision(data.draw, now))
        except DecisionError:
            continue
        records.append(record)
    for record in records[:-1]:
        try:
            undone = review.undo(now, record)
        except DecisionError:
            continue
        assert list(of_plan(undone)) == []


@SETTINGS
@given(plans(reviewed=False))
def test_progress_counts_every_item_once(plan: Plan) -> None:
    """What is unreviewed can be trusted: accepted, rejected and proposed make all."""
    tally = review.progress(review.apply(plan, review.AcceptSure())).overall
    assert tally.accepted + tally.rejected + tally.proposed == tally.total
    assert tally.total == sum(kind.needs_review for kind, _ in by_id(plan).values())
