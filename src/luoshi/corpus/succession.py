"""Consecutive reports of a corpus, reconciled (相邻年度兑现核对): every report with the one of the year after, whatever the engine.

Of several texts of one place and year the longest is taken. A pair that cannot be reconciled is a row that says why.
"""

from __future__ import annotations

import traceback
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from luoshi.corpus.engine import Engine, WorkerLost, outcome
from luoshi.corpus.fault import CorpusError, require_extra
from luoshi.corpus.material import Material, materials
from luoshi.corpus.place import given
from luoshi.corpus.portion import source_of
from luoshi.kernel.errors import LuoshiError
from luoshi.plan.model import Plan
from luoshi.settle.reconcile.model import Outcome, Pair, Reconciliation

RECONCILIATIONS, PAIRS = "reconciliations.parquet", "pairs.parquet"
_AHEAD = 3
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Succession:
    """Reports of one place in the order of their years, each the next one's predecessor."""

    reports: tuple[Material, ...]

    def made(self) -> Reconciled:
        """Reconcile every report with the next."""
        return reconcile_succession(self)

    def apart(self) -> list[Succession]:
        """Return every pair alone."""
        return [Succession(self.reports[at : at + 2]) for at in range(len(self.reports) - 1)]


@dataclass(slots=True)
class Reconciled:
    """What successions were made into: a row a pair of reports, and a row a subject."""

    reconciliations: list[Row] = field(default_factory=list)
    pairs: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    """What a run did: pairs of reports, those that failed, subjects, and how many have each reading."""

    reconciled: int = 0
    failed: int = 0
    subjects: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))


def successions(sources: Sequence[str]) -> list[Succession]:
    """Return the runs of consecutive years that the sources hold, by place.

    Raises:
        CorpusError: As `luoshi.corpus.material.materials`.
    """
    found: dict[str, dict[int, Material]] = defaultdict(dict)
    for material in materials(sources):
        if material.place and material.year is not None:
            before = found[material.place].get(material.year)
            if before is None or before.size < material.size:
                found[material.place][material.year] = material
    return [run for place in sorted(found) for run in _runs(found[place])]


def _runs(by_year: dict[int, Material]) -> Iterator[Succession]:
    run: list[int] = []
    for year in sorted(by_year):
        if run and year != run[-1] + 1:
            if len(run) > 1:
                yield Succession(tuple(by_year[one] for one in run))
            run = []
        run.append(year)
    if len(run) > 1:
        yield Succession(tuple(by_year[one] for one in run))


def reconcile_succession(succession: Succession) -> Reconciled:
    """Reconcile every report of a succession with the next; a report that cannot be compiled fails its pairs."""
    made = Reconciled()
    before: Plan | LuoshiError | None = None
    for place, material in enumerate(succession.reports):
        plan = _compiled(material)
        if before is not None:
            _reconcile(made, succession.reports[place - 1], before, material, plan)
        before = plan
    return made


def _compiled(material: Material) -> Plan | LuoshiError:
    from luoshi.compiler.pipeline import compile_report

    try:
        place = given(material.place, material.level, material.code)
        return compile_report(source_of(material), place=place, year=material.year, force=True)
    except LuoshiError as error:
        return error
    except Exception as fault:
        return _unforeseen(fault)


def _unforeseen(fault: Exception) -> CorpusError:
    frames = traceback.extract_tb(fault.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "—"
    return CorpusError("X010", {"fault": type(fault).__name__, "where": where})


def _reconcile(
    made: Reconciled,
    this: Material,
    promised: Plan | LuoshiError,
    after: Material,
    claiming: Plan | LuoshiError,
) -> None:
    from luoshi.settle.reconcile import reconcile

    row: Row = {"place": this.place, "year": this.year, "report": this.label, "next_report": after.label}
    empty: Row = {"rule": "", "subjects": 0, **{one.value: 0 for one in Outcome}, "unasked": 0}
    for plan in (promised, claiming):
        if isinstance(plan, LuoshiError):
            made.reconciliations.append(row | empty | {"error": plan.describe("en")})
            return
    assert isinstance(promised, Plan)
    assert isinstance(claiming, Plan)
    try:
        result = reconcile(promised, claiming)
    except Exception as fault:
        made.reconciliations.append(row | empty | {"error": _unforeseen(fault).describe("en")})
        return
    made.reconciliations.append(row | _counted(result))
    made.pairs += [_pair(this, pair) for pair in result.pairs]


def _counted(result: Reconciliation) -> Row:
    counts = {outcome.value: n for outcome, n in result.counts().items()}
    return {
        "rule": result.rule,
        "subjects": len(result.pairs),
        **counts,
        "unasked": len(result.unasked),
        "error": "",
    }


def _pair(this: Material, pair: Pair) -> Row:
    subject, finding = pair.subject, pair.finding
    span, place = subject.span, finding.span if finding is not None else None
    return {
        "place": this.place,
        "year": this.year,
        "kind": subject.kind.value,
        "name": subject.name,
        "promised": subject.text,
        "promised_start": span.start if span is not None else None,
        "promised_end": span.end if span is not None else None,
        "value": float(subject.value) if subject.value is not None else None,
        "unit": subject.unit,
        "claimed": finding.text if finding is not None else "",
        "claimed_start": place.start if place is not None else None,
        "claimed_end": place.end if place is not None else None,
        "claimed_value": float(finding.value) if finding is not None and finding.value is not None else None,
        "claimed_unit": finding.unit if finding is not None else "",
        "likeness": finding.likeness if finding is not None else None,
        "outcome": pair.outcome.value,
        "code": pair.code,
    }


def _schemas() -> tuple[Any, Any]:
    """Return the columns of both tables."""
    import pyarrow as pa

    text, whole, real = pa.string(), pa.int64(), pa.float64()
    counts = [(one.value, whole) for one in Outcome]
    reconciliations = [("place", text), ("year", whole), ("report", text), ("next_report", text), ("rule", text), ("subjects", whole), *counts, ("unasked", whole), ("error", text)]  # fmt: skip
    pairs = [
        ("place", text), ("year", whole), ("kind", text), ("name", text), ("promised", text), ("promised_start", whole), ("promised_end", whole),
        ("value", real), ("unit", text), ("claimed", text), ("claimed_start", whole), ("claimed_end", whole), ("claimed_value", real),
        ("claimed_unit", text), ("likeness", real), ("outcome", text), ("code", text),
    ]  # fmt: skip
    return pa.schema(reconciliations), pa.schema(pairs)


def reconcile_corpus(
    sources: Sequence[str], out: Path, *, engine: Engine, progress: Callable[[int, int], None] | None = None
) -> Tally:
    """Reconcile every report that the sources name with that of the year after, into two tables in `out`.

    The tables appear when all of it is done; an interrupted run leaves what was there before.

    Args:
        sources: As `luoshi.corpus.material.materials` takes them; each report has to say place and year, by a table of texts.
        out: Folder of the tables; made where it is missing.
        engine: What works.
        progress: Told how many pairs are done, of how many.

    Raises:
        CorpusError: Nothing could be begun, no two reports follow each other (X008), the folder cannot be written (X004), or the cluster was lost (X007).
    """
    require_extra("pyarrow")
    import pyarrow as pa
    import pyarrow.parquet as pq

    runs = successions(sources)
    total = sum(len(run.reports) - 1 for run in runs)
    if not total:
        raise CorpusError("X008", {"sources": ", ".join(sources)})
    schemas, tally = _schemas(), Tally()
    try:
        out.mkdir(parents=True, exist_ok=True)
        parts = [out / f".{name}" for name in (RECONCILIATIONS, PAIRS)]
        with (
            pq.ParquetWriter(parts[0], schemas[0]) as reconciliations,
            pq.ParquetWriter(parts[1], schemas[1]) as pairs,
        ):
            for made in _made(runs, engine):
                reconciliations.write_table(pa.Table.from_pylist(made.reconciliations, schemas[0]))
                pairs.write_table(pa.Table.from_pylist(made.pairs, schemas[1]))
                _count(tally, made)
                if progress is not None:
                    progress(tally.reconciled + tally.failed, total)
        for part, name in zip(parts, (RECONCILIATIONS, PAIRS), strict=True):
            part.replace(out / name)
    except OSError as fault:
        raise CorpusError("X004", {"folder": out, "reason": fault.strerror or fault}) from fault
    return tally


def _count(tally: Tally, made: Reconciled) -> None:
    failed = sum(bool(row["error"]) for row in made.reconciliations)
    tally.failed += failed
    tally.reconciled += len(made.reconciliations) - failed
    tally.subjects += len(made.pairs)
    for row in made.pairs:
        tally.outcomes[Outcome(row["outcome"])] += 1


def _made(runs: Sequence[Succession], engine: Engine) -> Iterator[Reconciled]:
    """Yield what the successions are made into, in their order; where a worker died, each pair is tried alone."""
    waiting: deque[tuple[Succession, Future[Reconciled]]] = deque()
    for run in runs:
        waiting.append((run, engine.submit(run)))
        if len(waiting) >= _AHEAD * engine.workers:
            yield _taken(*waiting.popleft(), engine)
    while waiting:
        yield _taken(*waiting.popleft(), engine)


def _taken(run: Succession, future: Future[Reconciled], engine: Engine) -> Reconciled:
    try:
        return outcome(future)
    except WorkerLost:
        whole = Reconciled()
        for alone in run.apart():
            try:
                part = outcome(engine.submit(alone))
            except WorkerLost:
                part = Reconciled()
                lost = CorpusError("X011")
                _reconcile(part, alone.reports[0], lost, alone.reports[1], lost)
            whole.reconciliations += part.reconciliations
            whole.pairs += part.pairs
        return whole
