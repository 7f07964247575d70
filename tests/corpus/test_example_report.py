"""The bundled example, compiled, against what a person found in it by hand (example/README.md)."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from luoshi import examples
from luoshi.compiler import outline, reading
from luoshi.compiler.pipeline import compile_report
from luoshi.compiler.source import document, read
from luoshi.plan.document import from_json, to_json
from luoshi.plan.items import every
from luoshi.plan.model import Item

EXPECTED = Path(__file__).parent / "example"


def rows(name):
    return [json.loads(line) for line in (EXPECTED / name).read_text(encoding="utf-8").splitlines() if line]


def source():
    return document(read(examples.path().read_bytes(), name=examples.NAME), name=examples.NAME)


@pytest.fixture(scope="module")
def plan():
    return compile_report(source())


@pytest.fixture(scope="module")
def machinery():
    return yaml.safe_load((EXPECTED / "machinery.yaml").read_text(encoding="utf-8"))["procedures"]


def overlaps(span, row, start="num_start", end="num_end"):
    return span.start < row[end] and row[start] < span.end


def matched_targets(plan):
    """Pair each expected target with one of the plan at the same number and value, each used once."""
    left = [target for target in plan.targets if target.value is not None]
    pairs = []
    for row in rows("targets.jsonl"):
        value = Decimal(str(row["value"]))
        same = [
            target
            for target in left
            if overlaps(target.number, row) and abs(target.value - value) < Decimal("0.001")
        ]
        # Several targets may share a number; the one that says the same is taken first.
        same.sort(key=lambda target: target.indicator != row["indicator"])
        if same:
            pairs.append((row, same[0]))
            left.remove(same[0])
    return pairs, left


def test_place_year_and_session_are_read(plan):
    assert (plan.place.name, plan.year) == ("绫江市", 2026)
    assert plan.sources[0].session == "第六次会议"
    assert plan.sources[0].day.isoformat() == "2026-01-20"


def test_nearly_every_promised_number_is_found_and_little_else(plan):
    pairs, extra = matched_targets(plan)
    expected = len(rows("targets.jsonl"))
    assert len(pairs) >= 0.95 * expected
    assert len(extra) <= 0.05 * expected


def test_what_the_text_says_of_a_number_is_kept(plan):
    pairs, _extra = matched_targets(plan)
    for field, share in {"comparator": 0.95, "kind": 0.9}.items():
        right = sum(getattr(target, field).value == row[field] for row, target in pairs)
        assert right >= share * len(pairs), field
    assert sum(target.deadline.written == row["deadline"] for row, target in pairs) >= 0.93 * len(pairs)
    assert sum(target.strength == row["modal"] for row, target in pairs) >= 0.93 * len(pairs)


def test_references_without_a_number_are_targets_too(plan):
    without = [target for target in plan.targets if target.value is None]
    expected = rows("references.jsonl")
    found = [
        row
        for row in expected
        if any(overlaps(t.number, row, "ref_start", "ref_end") for t in without if t.number)
    ]
    assert len(found) >= len(expected) - 1


@pytest.mark.parametrize(
    "name",
    ["八步走", "三谈四看三查", "三库"],
)
def test_mechanisms_have_the_stages_or_members_that_the_report_gives_them(plan, machinery, name):
    expected = next(row for row in machinery if row["name"] == name)
    made = next(one for one in plan.procedures if one.name == name)
    assert made.kind.value == expected["kind"]
    assert [stage.name for stage in made.stages] == [stage["text"] for stage in expected["stages"]]
    assert [member.name for member in made.members] == [member["text"] for member in expected["members"]]
    assert made.declared_count == expected["declared_count"]


def complete(made, expected):
    names = [stage["text"] for stage in (*expected["stages"], *expected["members"])]
    found = [stage.name for stage in (*made.stages, *made.members)]
    limits = sorted(str(Decimal(str(limit["value"])).normalize()) for limit in expected["limits"])
    return names == found and limits == sorted(str(limit.value.normalize()) for limit in made.limits)


def test_most_mechanisms_are_found_whole(plan, machinery):
    wanted = [row for row in machinery if not row["optional"]]
    by_name = {one.name.replace("“", "").replace("”", ""): one for one in plan.procedures}
    whole = [
        row["name"]
        for row in wanted
        if (name := row["name"].replace("“", "").replace("”", "")) in by_name and complete(by_name[name], row)
    ]
    assert len(whole) >= 0.85 * len(wanted), sorted({row["name"] for row in wanted} - set(whole))


def test_the_cadence_of_projects_strikes_monthly_quarterly_half_yearly_and_yearly(plan, machinery):
    expected = next(row for row in machinery if row["kind"] == "cadence" and len(row["strikes"]) == 4)
    made = next(one for one in plan.procedures if one.kind.value == "cadence" and len(one.strikes) == 4)
    assert [(strike.beat.value, strike.act) for strike in made.strikes] == [
        (s["beat"], s["act"]) for s in expected["strikes"]
    ]
    assert "项目" in made.scope


def test_named_projects_are_found_with_their_stage(plan):
    wanted = [row for row in rows("projects.jsonl") if not row["optional"]]
    found = [
        (row, p)
        for row in wanted
        for p in plan.projects
        if overlaps(p.spans[0], row, "start", "end")
        and not (p.spans[0].end - p.spans[0].start > 3 * len(row["text"]))
    ]
    at = {row["id"] for row, _project in found}
    assert len(at) >= 0.85 * len(wanted), sorted(row["name"] for row in wanted if row["id"] not in at)
    right = {row["id"] for row, project in found if project.stage.value == row["stage"]}
    assert len(right) >= 0.85 * len(at)


def test_past_results_are_claims_and_never_targets(plan):
    claims = rows("claims.jsonl")
    found = [row for row in claims if any(c.number and overlaps(c.number, row) for c in plan.claims)]
    assert len(found) >= 0.9 * len(claims)
    review_end = next(section.span.end for section in plan.sections if section.role.value == "review")
    assert [t.text for t in plan.targets if t.number and t.number.end <= review_end] == []


def test_every_span_lies_in_the_text_and_quotes_the_item(plan):
    text = plan.sources[0].text
    items = [item for _kind, item in every(plan)]
    assert all(isinstance(item, Item) and item.spans for item in items)
    for item in items:
        assert item.text == text[item.spans[0].start : item.spans[0].end]


def test_every_forward_sentence_is_in_a_commitment_or_explained(plan):
    laid_out = outline.from_reading(reading.from_source(plan.sources[0]))
    held = [span for commitment in plan.commitments for span in commitment.spans]
    explained = [passage.span for passage in plan.passages]
    for sentence in laid_out.sentences:
        if laid_out.sections[sentence.section].role.is_forward:
            span = laid_out.reading.span(sentence.start, sentence.end)
            assert any(span.overlaps(other) for other in (*held, *explained)), span.quote(
                plan.sources[0].text
            )


def test_every_target_belongs_to_a_commitment_or_is_said_to_be_adrift(plan):
    said = {diagnostic.item for diagnostic in plan.diagnostics}
    glossary = [section.span for section in plan.sections if section.role.value == "glossary"]
    adrift = [
        t
        for t in plan.targets
        if not t.commitment and t.id not in said and not any(g.covers(t.spans[0]) for g in glossary)
    ]
    assert adrift == []


def test_compiling_twice_gives_the_same_bytes(plan):
    assert to_json(compile_report(source())) == to_json(plan)


def test_the_plan_survives_being_written_and_read(plan):
    assert from_json(to_json(plan)) == plan
