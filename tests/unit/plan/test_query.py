"""Lists: what is asked for, in order, with counts of what else there is."""

import time
from dataclasses import replace
from datetime import date

import msgspec
import pytest

from luoshi.plan import query as q
from luoshi.plan import review
from luoshi.plan.items import ItemKind
from luoshi.plan.model import Plan, ReviewState
from luoshi.plan.query import Query, Sort, search, summary

COMMITMENTS = Query(kinds=frozenset({ItemKind.COMMITMENT}))


def ids(plan: Plan, query: Query) -> list[str]:
    return [row.item.id for row in search(plan, query).rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (COMMITMENTS, ["c-industry", "c-station", "c-school", "c-elder", "c-steps"]),
        (replace(COMMITMENTS, section="s-industry"), ["c-industry", "c-station"]),
        (
            replace(COMMITMENTS, section="s-work"),
            ["c-industry", "c-station", "c-school", "c-elder", "c-steps"],
        ),
        (replace(COMMITMENTS, unit="u-industry"), ["c-industry", "c-station"]),
        (replace(COMMITMENTS, unit=q.NO_UNIT), ["c-steps"]),
        (replace(COMMITMENTS, words="学校 新建"), ["c-school"]),
        (replace(COMMITMENTS, words="市教育局"), ["c-school"]),
        (replace(COMMITMENTS, words="６月底"), ["c-elder"]),
        (replace(COMMITMENTS, words="没有的词"), []),
        (replace(COMMITMENTS, in_doubt=True), ["c-station"]),
        (replace(COMMITMENTS, has_number=False), ["c-station", "c-elder"]),
        (replace(COMMITMENTS, due_until=date(2026, 6, 30)), ["c-elder"]),
        (replace(COMMITMENTS, due_from=date(2026, 7, 1), section="s-life"), ["c-school", "c-steps"]),
        (
            replace(COMMITMENTS, sort=Sort.DEADLINE),
            ["c-elder", "c-industry", "c-station", "c-school", "c-steps"],
        ),
        (
            replace(COMMITMENTS, sort=Sort.CONFIDENCE),
            ["c-station", "c-industry", "c-school", "c-elder", "c-steps"],
        ),
        (
            replace(COMMITMENTS, descending=True),
            ["c-steps", "c-elder", "c-school", "c-station", "c-industry"],
        ),
        (Query(section="s-industry", has_number=True), ["c-industry", "t-growth", "t-firms"]),
        (Query(states=frozenset({ReviewState.ACCEPTED})), []),
        (Query(kinds=frozenset({ItemKind.TERM, ItemKind.CLAIM})), ["r-park", "g-steps"]),
    ],
)
def test_a_list_holds_what_is_asked_for(plan: Plan, query: Query, expected: list[str]) -> None:
    assert ids(plan, query) == expected


def test_sorting_by_name(plan: Plan) -> None:
    named = [row.item.id for row in search(plan, replace(COMMITMENTS, sort=Sort.NAME)).rows]
    # 云 U+4E91, 学 U+5B66, 工 U+5DE5, 青 U+9752, 项 U+9879.
    assert named == ["c-station", "c-school", "c-industry", "c-elder", "c-steps"]


def test_facets_count_what_there_would_be_without_them(plan: Plan) -> None:
    facets = search(plan, replace(COMMITMENTS, section="s-industry", in_doubt=True)).facets
    assert facets["kind"] == {"commitment": 1}
    # Without the section there would still be only the station in doubt; without the doubt, both of （一）.
    assert facets["section"] == {"s-work": 1, "s-industry": 1}
    assert facets["doubt"] == {"sure": 1, "doubt": 1}
    assert facets["state"] == {"proposed": 1}
    whole = search(plan, COMMITMENTS).facets
    assert whole["section"] == {"s-work": 5, "s-industry": 2, "s-life": 3}
    assert whole["unit"] == {"u-industry": 2, "u-transport": 1, "u-education": 1, "u-civil": 1, "-": 1}
    assert whole["month"] == {"2026-12": 4, "2026-06": 1}
    assert whole["number"] == {"number": 3, "none": 2}
    assert whole["kind"] == {
        "commitment": 5,
        "target": 5,
        "deliverable": 4,
        "project": 1,
        "procedure": 1,
        "term": 1,
        "claim": 1,
    }


def test_the_plan_at_a_glance(plan: Plan) -> None:
    glance = summary(plan)
    assert glance.kinds[ItemKind.TARGET] == 5
    assert glance.sections == {"s-work": 5, "s-industry": 2, "s-life": 3}
    assert glance.units == {"u-industry": 1, "u-transport": 1, "u-education": 1, "u-civil": 1, "-": 1}
    assert list(glance.months.items()) == [("2026-06", 1), ("2026-12", 4)]
    assert (glance.with_number, glance.in_doubt) == (3, 2)
    rejected = summary(review.apply(plan, review.Reject(items=("c-station",), reason="x")))
    assert (rejected.sections["s-industry"], rejected.in_doubt) == (1, 1)


def test_a_thousand_items_are_listed_in_milliseconds(plan: Plan) -> None:
    commitments = tuple(
        msgspec.structs.replace(c, id=f"{c.id}-{n}") for n in range(200) for c in plan.commitments
    )
    large = msgspec.structs.replace(plan, commitments=commitments)
    rows = q.rows(large)
    best = min(_timed(large, rows) for _ in range(5))
    assert best < 0.05


def _timed(plan: Plan, rows: tuple[q.Row, ...]) -> float:
    started = time.perf_counter()
    assert len(search(plan, replace(COMMITMENTS, words="学校"), among=rows).rows) == 200
    return time.perf_counter() - started
