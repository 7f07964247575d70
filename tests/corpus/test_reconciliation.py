"""Reconciliation on pairs of real reports that were annotated before it ran on them; the texts are not part of the repository."""

import hashlib
from collections import defaultdict
from pathlib import Path

import msgspec
import pytest

from luoshi.compiler.pipeline import compile_report
from luoshi.compiler.source import Delivered, document
from luoshi.plan.model import Medium, Place
from luoshi.settle.reconcile import reconcile
from luoshi.settle.reconcile.scoring import Annotation, compared, score

HERE = Path(__file__).parent
TEXTS = HERE.parents[2] / "shared" / "corpus" / "reports.parquet"


def annotations():
    lines = (HERE / "reconciliation" / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    return [msgspec.json.decode(line, type=Annotation) for line in lines]


def test_the_annotations_are_enough_and_agree_with_themselves():
    rows = annotations()
    assert len(rows) == 207
    assert len({row.pair for row in rows}) == 7
    assert sum(row.value for row in rows) == 115
    for row in rows:
        # What is not mentioned has no passage, everything else has one.
        assert bool(row.claimed.spans) is (row.outcome.value != "not_mentioned"), row
        assert 0 <= row.promised.start < row.promised.end


@pytest.mark.skipif(not TEXTS.exists(), reason="the texts of the corpus are not there")
def test_the_right_claim_is_found_and_fulfilled_is_rarely_wrong():
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = defaultdict(list)
    for row in annotations():
        rows[row.pair].append(row)
    digests = {one for pair in rows.values() for one in (pair[0].promised.digest, pair[0].claimed.digest)}
    texts = {}
    for text in parquet.read_table(TEXTS, columns=["text"])["text"].to_pylist():
        digest = hashlib.sha256((text or "").encode()).hexdigest()
        if digest in digests:
            texts[digest] = text
    beside = []
    for pair, annotated in rows.items():
        place, year = pair.rsplit("-", 1)
        promised, claiming = (
            compile_report(
                document(Delivered(texts[digest], Medium.TEXT), name="report.txt"),
                place=Place(name=place),
                year=int(year) + later,
                force=True,
            )
            for later, digest in enumerate((annotated[0].promised.digest, annotated[0].claimed.digest))
        )
        beside += compared(annotated, reconcile(promised, claiming))
    found = score(beside)
    assert found.answered == 111
    assert found.found_share >= 0.85
    assert found.fulfilled >= 20
    assert found.wrong_share <= 0.05
