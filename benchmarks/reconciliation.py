"""How well reconciliation finds and reads claims, on pairs of reports that people annotated before it ran on them.

    python benchmarks/reconciliation.py [--annotations FILE] [--corpus FILE]

Needs the texts that the annotations point at, by their digests; without them nothing is measured. Floor: the same passages found by
the longest common run of characters with a sentence of the review, which is what a person with a search box has.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path

import msgspec
from measuring import ROOT, SHARED, machine

from luoshi.compiler.pipeline import compile_report
from luoshi.compiler.source import Delivered, document
from luoshi.plan.model import Medium, Place
from luoshi.settle.reconcile import Outcome, reconcile
from luoshi.settle.reconcile.passage import sentences_of
from luoshi.settle.reconcile.scoring import Annotation, compared, score

ANNOTATIONS = ROOT / "tests" / "corpus" / "reconciliation" / "annotations.jsonl"


def texts_of(corpus: Path, wanted: set[str]) -> dict[str, str]:
    """Return the texts with these digests."""
    import pyarrow.parquet as pq

    found = {}
    for text in pq.read_table(corpus, columns=["text"])["text"].to_pylist():
        digest = hashlib.sha256((text or "").encode()).hexdigest()
        if digest in wanted:
            found[digest] = text
    return found


def compiled(text: str, place: str, year: int):
    return compile_report(
        document(Delivered(text, Medium.TEXT), name=f"{year}.txt"),
        place=Place(name=place),
        year=year,
        force=True,
    )


def found_by_floor(rows: list[Annotation], promised: str, claiming) -> int:
    """Return for how many annotations the sentence with the longest common run of characters holds an answer."""
    sentences, found = sentences_of(claiming, forward=False), 0
    for row in rows:
        words = promised[row.promised.start : row.promised.end]
        best = max(
            sentences,
            key=lambda one: (
                SequenceMatcher(None, words, one.text, autojunk=False)
                .find_longest_match(0, len(words), 0, len(one.text))
                .size
            ),
        )
        found += any(start < best.span.end and best.span.start < end for start, end in row.claimed.spans)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--annotations", type=Path, default=ANNOTATIONS)
    parser.add_argument("--corpus", type=Path, default=SHARED)
    arguments = parser.parse_args()
    if not arguments.corpus.exists():
        print(f"{arguments.corpus} is not there: nothing can be measured", file=sys.stderr)
        return 2
    print(machine())
    lines = arguments.annotations.read_text(encoding="utf-8").splitlines()
    by_pair: dict[str, list[Annotation]] = defaultdict(list)
    for line in lines:
        row = msgspec.json.decode(line, type=Annotation)
        by_pair[row.pair].append(row)
    digests = {
        digest for rows in by_pair.values() for digest in (rows[0].promised.digest, rows[0].claimed.digest)
    }
    texts = texts_of(arguments.corpus, digests)
    everything, floor, seconds = [], 0, 0.0
    print("pair: annotated, answered, found, read as fulfilled, of these wrong")
    for pair, rows in by_pair.items():
        place, year = pair.rsplit("-", 1)
        before = compiled(texts[rows[0].promised.digest], place, int(year))
        after = compiled(texts[rows[0].claimed.digest], place, int(year) + 1)
        started = time.perf_counter()
        result = reconcile(before, after)
        seconds += time.perf_counter() - started
        beside = compared(rows, result)
        everything += beside
        floor += found_by_floor(rows, texts[rows[0].promised.digest], after)
        one = score(beside)
        print(f"{pair:20}{one.annotated:5}{one.answered:5}{one.found:5}{one.fulfilled:5}{one.wrongly:5}")
    total = score(everything)
    print(
        f"together            {total.annotated:5}{total.answered:5}{total.found:5}{total.fulfilled:5}{total.wrongly:5}"
    )
    print(
        f"right claim found: {total.found_share:.1%} (floor, longest common run: {floor / total.answered:.1%}); "
        f"wrong among “fulfilled”: {total.wrong_share:.1%}; {seconds / len(by_pair):.2f} s a pair without compiling"
    )
    print("a person's reading (rows) and the program's (columns):")
    print(f"{'':16}" + "".join(f"{one.value:>15}" for one in Outcome))
    for person in Outcome:
        print(f"{person.value:16}" + "".join(f"{total.readings.get((person, one), 0):15}" for one in Outcome))
    return 0


if __name__ == "__main__":
    sys.exit(main())
