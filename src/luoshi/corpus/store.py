"""The folder of the tables (数据文件夹): finished tables, and the parts of a run that is under way.

A part holds the rows of some reports in all tables and appears at once, when its folder gets its name; so what an
interrupted run left is whole. Tables are only ever read and written in pieces: memory does not grow with the corpus.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from luoshi.corpus.fault import CorpusError
from luoshi.corpus.portion import Product
from luoshi.corpus.table import NAMES, arrow_schema

_PARTS = "parts"
_REPORTS_A_PART = 100
_ROWS_A_GROUP = 50_000
_TRY_AGAIN = "X011"


def file_name(table: str) -> str:
    """Return the name of a table's file."""
    return f"{table}.parquet"


class Store:
    """The folder of the tables of one corpus."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which is made where it is missing.

        Raises:
            CorpusError: It cannot be written, or holds other things (X004).
        """
        self.folder = folder
        self._parts = folder / _PARTS
        self._held: list[Product] = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
            others = [entry.name for entry in folder.iterdir() if not _is_own(entry.name)]
            if others:
                raise CorpusError("X004", {"folder": folder, "reason": others[0]})
            self._parts.mkdir(exist_ok=True)
        except OSError as fault:
            raise CorpusError("X004", {"folder": folder, "reason": fault.strerror or fault}) from fault

    def kept(self) -> dict[str, str]:
        """Return the key of every report that need not be compiled again, by what the tables call it.

        Reports whose worker died are not among them: that may have been the machine's fault.
        """
        return {
            row["report"]: row["key"]
            for part in self._whole_parts()
            for row in _reports_of(part)
            if row["error"] != _TRY_AGAIN
        }

    def add(self, product: Product) -> None:
        """Hold a product; from time to time what is held becomes a part."""
        self._held.append(product)
        if sum(held.reports for held in self._held) >= _REPORTS_A_PART:
            self.flush()

    def flush(self) -> None:
        """Make a part of what is held."""
        if not self._held:
            return
        import pyarrow as pa
        import pyarrow.parquet as pq

        new = self._parts / "new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        for name in NAMES:
            rows = pa.Table.from_batches([held.tables[name] for held in self._held], arrow_schema(name))
            pq.write_table(rows, new / file_name(name), compression="zstd")
        new.rename(self._parts / f"{self._next_number():06}")
        self._held = []

    def finish(self, wanted: Mapping[str, str]) -> None:
        """Write the tables anew with the rows of the reports in `wanted` (their keys by what they are called).

        The reports' table is put in place last: until then an interrupted run can be taken up from what is there.
        """
        self.flush()
        chosen = self._choose(wanted)
        with ExitStack() as stack:
            for name in NAMES:
                writer = stack.enter_context(self._writer(name))
                for part, reports in chosen:
                    for rows in _rows_of(part / file_name(name), reports):
                        writer.write_table(rows)
        for name in reversed(NAMES):
            os.replace(self._new(name), self.folder / file_name(name))
        shutil.rmtree(self._parts)

    def _choose(self, wanted: Mapping[str, str]) -> list[tuple[Path, frozenset[str]]]:
        """Return which reports are taken from which part, each from the last that has it."""
        found: dict[str, Path] = {}
        for part in self._whole_parts():
            for row in _reports_of(part):
                if wanted.get(row["report"]) == row["key"]:
                    found[row["report"]] = part
        by_part: dict[Path, set[str]] = {}
        for report, part in found.items():
            by_part.setdefault(part, set()).add(report)
        return [(part, frozenset(by_part[part])) for part in self._whole_parts() if part in by_part]

    def _whole_parts(self) -> list[Path]:
        """Return the folders that hold all tables: the finished ones first, then the parts in their order."""
        parts = (
            sorted(path for path in self._parts.glob("[0-9]*") if path.is_dir())
            if self._parts.is_dir()
            else []
        )
        finished = all((self.folder / file_name(name)).is_file() for name in NAMES)
        return [self.folder, *parts] if finished else parts

    def _next_number(self) -> int:
        return max((int(path.name) for path in self._parts.glob("[0-9]*")), default=0) + 1

    def _new(self, name: str) -> Path:
        return self._parts / f"new-{file_name(name)}"

    def _writer(self, name: str) -> Any:
        import pyarrow.parquet as pq

        return pq.ParquetWriter(self._new(name), arrow_schema(name), compression="zstd")


def _is_own(name: str) -> bool:
    return name in {_PARTS, "datapackage.json", *map(file_name, NAMES)} or name.startswith(".")


def _reports_of(part: Path) -> Iterator[dict[str, str]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(part / file_name("reports")) as file:
        for batch in file.iter_batches(columns=["report", "key", "error"]):
            yield from batch.to_pylist()


def _rows_of(path: Path, reports: frozenset[str]) -> Iterator[Any]:
    """Return the rows that belong to `reports`, a row group's worth at a time."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    wanted = pa.array(sorted(reports), pa.string())
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_ROWS_A_GROUP, use_threads=False):
            rows = pa.Table.from_batches([batch])
            rows = rows.filter(pc.is_in(rows["report"], value_set=wanted))
            if rows.num_rows:
                yield rows
