"""Compiling a corpus (编译语料): sources in, tables out, whatever the engine."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from luoshi.corpus import package
from luoshi.corpus.engine import Engine, WorkerLost, outcome
from luoshi.corpus.fault import require_extra
from luoshi.corpus.material import Material, count, materials
from luoshi.corpus.portion import Portion, Product, lost, portions
from luoshi.corpus.store import Store

Progress = Callable[[int, int], None]

_AHEAD = 4
"""Portions that wait for each worker: enough that none is idle, few enough that memory stays flat."""


@dataclass(slots=True)
class Summary:
    """What a run did.

    Attributes:
        kept: Reports that had been compiled before.
        compiled: Reports compiled now.
        failed: Reports among them that became a row with an error.
    """

    kept: int = 0
    compiled: int = 0
    failed: int = 0


def compile_corpus(
    sources: Sequence[str],
    out: Path,
    *,
    engine: Engine,
    again: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Compile every report that `sources` name into the tables in `out`.

    The tables hold these reports and no other, in the order of the sources; a report that `out` already holds, compiled
    from the same text by the same version, is kept and stands before those that are new. What an interrupted run had
    compiled is kept too.

    Args:
        sources: As `luoshi.corpus.material.materials` takes them.
        out: Folder of the tables; made where it is missing.
        engine: What compiles.
        again: Keep nothing.
        progress: Told how many reports are done, of how many.

    Raises:
        CorpusError: Nothing could be begun, or the cluster was lost (X0xx). What was compiled until then is kept.
    """
    require_extra("pyarrow")
    total = count(sources)
    run = _Run(Store(out), engine, Summary(), progress, total)
    kept = {} if again else run.store.kept()
    wanted: dict[str, str] = {}

    def missing() -> Iterator[Material]:
        for material in materials(sources):
            key = material.key
            wanted[material.label] = key
            if kept.get(material.label) == key:
                run.keep()
            else:
                yield material

    try:
        run.compile(portions(missing()))
    finally:
        run.store.flush()
    run.store.finish(wanted)
    package.write(out)
    return run.summary


@dataclass(slots=True)
class _Run:
    store: Store
    engine: Engine
    summary: Summary
    progress: Progress | None
    total: int

    def keep(self) -> None:
        self.summary.kept += 1
        self._tell()

    def compile(self, portions: Iterator[Portion]) -> None:
        """Compile the portions; their products are stored in the same order."""
        waiting: deque[tuple[Portion, Future[Product]]] = deque()
        for portion in portions:
            waiting.append((portion, self.engine.submit(portion)))
            if len(waiting) >= _AHEAD * self.engine.workers:
                self._take(*waiting.popleft())
        while waiting:
            self._take(*waiting.popleft())

    def _take(self, portion: Portion, future: Future[Product]) -> None:
        try:
            self._store(outcome(future))
        except WorkerLost:
            # Another report may have killed the worker: each is tried alone, so that only the guilty one is lost.
            for alone in portion.apart():
                try:
                    self._store(outcome(self.engine.submit(alone)))
                except WorkerLost:
                    self._store(lost(alone))

    def _store(self, product: Product) -> None:
        self.store.add(product)
        self.summary.compiled += product.reports
        self.summary.failed += product.failed
        self._tell()

    def _tell(self) -> None:
        if self.progress is not None:
            self.progress(self.summary.kept + self.summary.compiled, self.total)
