"""The annotated real reports beside the repository, where they are: the figures that Luoshi promises on them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from luoshi.compiler import outline, reading
from luoshi.compiler.pipeline import compile_report
from luoshi.compiler.source import document, read
from luoshi.compiler.target import records
from luoshi.delivery.coverage import proposed_for
from luoshi.delivery.source import SourceKind
from luoshi.packs import packs
from luoshi.plan.items import every

SHARED = Path(__file__).resolve().parents[3] / "shared"
REPORT = SHARED / "seeds" / "tianmen-2021.txt"
SCORER = SHARED / "gold" / "score.py"
ANNOTATED = sorted((SHARED / "gold" / "dev").glob("*.targets.jsonl"))

pytestmark = pytest.mark.skipif(
    not REPORT.exists(), reason="the annotated reports do not lie beside the repository"
)


def report_of(annotation):
    name = annotation.name.removesuffix(".targets.jsonl")
    beside = annotation.with_name(f"{name}.txt")
    return beside if beside.exists() else SHARED / "seeds" / f"{name}.txt"


def compiled(path):
    return compile_report(document(read(path.read_bytes(), name=path.name), name=path.name))


def test_at_least_fifty_of_its_targets_need_not_be_typed():
    """Bound to a register of a pack, a roster or imported statistics; the glossary's targets are left out."""
    plan = compiled(REPORT)
    in_the_body = [row for row in records(plan) if row["section"] == "body"]
    assert len(in_the_body) == 75
    by_number = {target.number.start: target for target in plan.targets if target.number}
    targets = [by_number[row["num_start"]] for row in in_the_body]
    kinds = [proposed_for(target, packs()).kind for target in targets]
    known = [kind for kind in kinds if kind is not SourceKind.REPORT]
    assert len(known) >= 50


def scores(annotation, folder):
    predicted = folder / "predicted.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in records(compiled(report_of(annotation)))]
    predicted.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(SCORER), str(annotation), str(predicted)],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def plan():
    return compiled(REPORT)


@pytest.mark.parametrize("annotation", ANNOTATED, ids=lambda path: path.name.split(".")[0])
def test_targets_are_found_and_understood(annotation, tmp_path):
    score = scores(annotation, tmp_path)
    assert score["found_f1"] >= 0.95
    assert score["full_f1"] >= 0.86
    assert score["deadline_accuracy"] >= 0.95
    assert score["modal_accuracy"] >= 0.93


def test_the_reports_own_machinery_is_made(plan):
    made = {one.name.replace("“", "").replace("”", "").replace('"', ""): one for one in plan.procedures}
    assert [stage.name for stage in made["三库"].stages] == ["储备库", "建设库", "达效库"]
    assert len(made["八步走"].stages) == 8
    newer = next(one for name, one in made.items() if "75、40、35" in name)
    assert [(str(limit.value), limit.day_type.value) for limit in newer.limits] == [
        ("75", "working_day"),
        ("40", "working_day"),
        ("35", "working_day"),
    ]
    cadence = next(one for one in plan.procedures if len(one.strikes) == 4)
    assert [strike.beat.value for strike in cadence.strikes] == ["month", "quarter", "half_year", "year"]
    assert "项目" in cadence.scope
    assert {made[name].kind.value for name in ("一网通办", "一窗通办", "一事联办")} == {"service"}
    opening = next(one for name, one in made.items() if "210" in name)
    assert {str(limit.value) for limit in opening.limits} >= {"2", "1", "0", "0.5"}
    for one in (made["八步走"], made["三库"], newer, opening, made["一网通办"]):
        assert one.definition is not None


def test_every_forward_sentence_is_in_a_commitment_or_explained(plan):
    laid_out = outline.from_reading(reading.from_source(plan.sources[0]))
    places = [span for row in plan.commitments for span in row.spans] + [one.span for one in plan.passages]
    lost = []
    for sentence in laid_out.sentences:
        span = laid_out.reading.span(sentence.start, sentence.end)
        if laid_out.sections[sentence.section].role.is_forward and not any(
            span.overlaps(place) for place in places
        ):
            lost.append(span)
    assert lost == []


def test_every_item_has_a_place_that_quotes_it(plan):
    text = plan.sources[0].text
    for _kind, item in every(plan):
        assert item.spans
        assert item.spans[0].quote(text) == item.text
