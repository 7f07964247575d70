"""Fit the numbers with which words of duties become probabilities of lead units.

What is fitted are six numbers, not words: the catalogue of bureaus stays knowledge. Tasks with the units that a
government assigned (``units.jsonl``) and clauses of reports annotated by hand (``unit_annotations.tsv``: path in
the corpus, offsets, bureaus, the likeliest first) are the data; no text of a report is kept. The same data give the same
file, byte for byte: nothing is drawn at random.

    python scripts/train_units.py fit      # writes src/luoshi/compiler/unit/weights.json
    python scripts/train_units.py judge    # each place judged with numbers fitted on other places only

Confidence is made honest by how often bureaus were right at each raw chance in places held out (`reliability`).
`judge` also writes predictions that ``score_units.py`` reads. Annotations need pyarrow; without it they are left out.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from luoshi.catalogue.bureau import bureaus
from luoshi.compiler.unit import assign, score
from luoshi.compiler.unit.name import keys_of
from luoshi.compiler.unit.score import Trace, Weights

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
WEIGHTS = ROOT / "src" / "luoshi" / "compiler" / "unit" / "weights.json"

START = Weights(own=4.0, usual=2.0, part=0.7, length=0.15, decay=0.9, repeat=0.5, context=0.3, beside=0.03)
MOVES = (("own", "usual", "part"), ("own",), ("usual",), ("part",), ("length",), ("decay",), ("repeat",))
STEPS = (0.8, 0.93, 1.07, 1.25)
ROUNDS = 6
NOISE = 0.05
LEVELS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98)
PULL = 0.02
"""Cost of leaving `START`, so that a number that does not matter stays where it was."""
CAP = 100
"""A place with more tasks than this counts as much as this many."""
REGION = {"呼伦贝尔市": "内蒙古自治区", "巴彦淖尔市": "内蒙古自治区"}
"""Places that copy their tasks from the same superior are held out together."""


class Example(NamedTuple):
    """A task's words and the bureaus that are right, with the place it comes from."""

    place: str
    traces: list[Trace]
    right: tuple[str, ...]
    weight: float


def read_gold(path: Path) -> list[dict[str, str]]:
    """Return the tasks with the units assigned."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def gold_examples(gold: Iterable[dict[str, str]]) -> list[Example]:
    """Return the tasks whose lead unit is a bureau of the catalogue."""
    gold = list(gold)
    sizes = Counter(REGION.get(line["place"], line["place"]) for line in gold)
    return [
        Example(region, score.traces(line["task"]), keys[:1], min(1.0, CAP / sizes[region]))
        for line in gold
        if (keys := keys_of(line["lead"]))
        for region in (REGION.get(line["place"], line["place"]),)
    ]


def annotated_examples(table: Path, corpus: Path) -> list[Example]:
    """Return the clauses annotated by hand; without pyarrow none."""
    try:
        import pyarrow.parquet as parquet
    except ImportError:
        sys.stderr.write("pyarrow is missing: annotated clauses are left out\n")
        return []
    rows = parquet.read_table(corpus, columns=["path", "text"]).to_pylist()
    texts = {row["path"]: row["text"] for row in rows}
    with table.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t"))
    return [
        Example(
            "",
            score.traces("".join(texts[line["path"]][int(line["start"]) : int(line["end"])].split())),
            tuple(line["bureaus"].split()),
            0.5,
        )
        for line in lines
    ]


def cost(examples: Sequence[Example], weights: Weights) -> float:
    """Return the mean surprise at the right bureau, plus the cost of leaving the start's proportions.

    A share of tasks goes to a unit that nobody would expect (`NOISE`); without it those few would rule.
    """
    total = sum(
        example.weight * -math.log(_chance(example, weights) * (1 - NOISE) + NOISE / len(bureaus()))
        for example in examples
    )
    away = sum(
        math.log(there / here) ** 2 for there, here in zip(_shape(weights), _shape(START), strict=True)
    )
    return total / sum(example.weight for example in examples) + PULL * away


def _chance(example: Example, weights: Weights) -> float:
    probability = score.weigh(example.traces, weights).probability
    return sum(probability.get(key, 0.0) for key in example.right)


def _shape(weights: Weights) -> tuple[float, ...]:
    own = weights.own
    return (weights.usual / own, weights.part / own, weights.length, weights.decay, weights.repeat)


def fit(examples: Sequence[Example]) -> Weights:
    """Return the numbers of least cost that steps along `MOVES` reach."""
    best, least = START, cost(examples, START)
    for _ in range(ROUNDS):
        before = least
        for names in MOVES:
            for step in STEPS:
                tried = msgspec.structs.replace(best, **{name: getattr(best, name) * step for name in names})
                found = cost(examples, tried)
                if found < least - 1e-6:
                    best, least = tried, found
        if before - least < 1e-5:
            break
    return msgspec.structs.replace(best, **{name: round(getattr(best, name), 3) for (name,) in MOVES[1:]})


def held_out(examples: Sequence[Example]) -> dict[str, Weights]:
    """Return for each region the numbers fitted on all others."""
    found = {}
    for region in dict.fromkeys(example.place for example in examples):
        found[region] = fit([example for example in examples if example.place != region])
        sys.stderr.write(
            f"without {region or 'annotated clauses'}: {msgspec.json.encode(found[region]).decode()}\n"
        )
    return found


def reliability(
    examples: Sequence[Example], by_region: dict[str, Weights]
) -> tuple[tuple[float, float], ...]:
    """Return how often a bureau was right at each level of its raw chance, never falling (isotonic regression)."""
    pairs: list[tuple[float, float, float]] = []
    for example in examples:
        probability = score.weigh(example.traces, by_region[example.place]).probability
        pairs += [
            (chance, float(key in example.right), example.weight) for key, chance in probability.items()
        ]
    groups = [
        [pair for pair in pairs if low <= pair[0] < high]
        for low, high in zip(LEVELS, (*LEVELS[1:], 2.0), strict=True)
    ]
    pools: list[list[float]] = []  # weight, sum of chances, sum of right, groups pooled
    for group in groups:
        weight = sum(pair[2] for pair in group) or 1e-9
        pools.append([weight, sum(p[0] * p[2] for p in group), sum(p[1] * p[2] for p in group), 1])
        while len(pools) > 1 and pools[-2][2] / pools[-2][0] >= pools[-1][2] / pools[-1][0]:
            last = pools.pop()
            pools[-1] = [before + after for before, after in zip(pools[-1], last, strict=True)]
    knots = [(round(chances / weight, 4), round(right / weight, 4)) for weight, chances, right, _ in pools]
    return ((0.0, 0.0), *knots, (1.0, max(knots[-1][1], 0.99)))


def judge(gold: Sequence[dict[str, str]], by_region: dict[str, Weights], out: Path) -> None:
    """Predict each place with numbers fitted on other places, and tell how sure and how right that was."""
    predicted: list[str] = []
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for line in gold:
        weights = by_region[REGION.get(line["place"], line["place"])]
        made = assign([line["task"]], year=int(line["year"]), place=line["place"], weights=weights)[0]
        predicted.append(
            json.dumps(
                {**line, "units": [candidate.name for candidate in made.candidates]}, ensure_ascii=False
            )
        )
        right = made.lead.bureau == (keys_of(line["lead"]) or ("",))[0]
        bins[int(made.lead.confidence * 5)].append((made.lead.confidence, right))
    out.write_text("\n".join(predicted) + "\n", encoding="utf-8")
    for place, found in sorted(bins.items()):
        sure, right = (sum(column) / len(found) for column in zip(*found, strict=True))
        sys.stdout.write(
            f"confidence from {place / 5:.1f}: {len(found)} tasks, says {sure:.2f}, right {right:.2f}\n"
        )


def main() -> None:
    """Fit or judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["fit", "judge"])
    parser.add_argument("--gold", type=Path, default=SHARED / "gold" / "units.jsonl")
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus" / "reports.parquet")
    parser.add_argument("--out", type=Path, default=Path("units.predicted.jsonl"))
    asked = parser.parse_args()
    gold = read_gold(asked.gold)
    examples = gold_examples(gold) + annotated_examples(
        Path(__file__).with_name("unit_annotations.tsv"), asked.corpus
    )
    by_region = held_out(examples)
    honest = reliability(examples, by_region)
    if asked.what == "judge":
        judge(
            gold,
            {place: msgspec.structs.replace(w, honest=honest) for place, w in by_region.items()},
            asked.out,
        )
    else:
        fitted = msgspec.structs.replace(fit(examples), honest=honest)
        WEIGHTS.write_text(json.dumps(msgspec.structs.asdict(fitted), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
