"""What is to be compiled (待编译材料): reports in files and in tables of texts, one at a time."""

from __future__ import annotations

import glob
import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import luoshi
from luoshi.corpus.fault import CorpusError

SUFFIXES = frozenset({".txt", ".html", ".htm", ".docx", ".pdf"})
"""Endings of the files that are taken from a folder; a file named by itself is taken whatever its ending."""

_TABLE = ".parquet"
_EDITION = "1"
"""Raised when the columns of the tables change, so that rows of an older shape are not kept."""
_ROWS_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Material:
    """One report as it was found.

    Attributes:
        label: What the tables call it; unique in a run.
        name: File name, which may tell place and year.
        content: Bytes of the file, or text of a table.
        place: Place that the table of texts states, or "".
        level: Its rank, as the table of texts states it, or "".
        code: Its code, likewise.
        year: Year that the table of texts states, or None.
    """

    label: str
    name: str
    content: bytes | str
    place: str = ""
    level: str = ""
    code: str = ""
    year: int | None = None

    @property
    def size(self) -> int:
        """Bytes or characters, for portioning."""
        return len(self.content)

    @property
    def key(self) -> str:
        """Return the digest of all that the result depends on, the compiler's version included."""
        content = (
            self.content.encode("utf-8", "surrogatepass") if isinstance(self.content, str) else self.content
        )
        given = (
            luoshi.__version__,
            _EDITION,
            self.label,
            self.name,
            self.place,
            self.level,
            self.code,
            self.year,
        )
        digest = hashlib.sha256(
            repr((*given, isinstance(self.content, str))).encode("utf-8", "surrogatepass")
        )
        digest.update(content)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Found:
    """A file that the sources name, and what to call it."""

    path: Path
    label: str


def count(sources: Sequence[str]) -> int:
    """Return how many reports `sources` name.

    Raises:
        CorpusError: A source is not there or names nothing (X002), or a table has no column ``text`` (X003).
    """
    return sum(_rows(found.path) if _is_table(found.path) else 1 for found in _files(sources))


def materials(sources: Sequence[str]) -> Iterator[Material]:
    """Read the reports that `sources` name, one after the other.

    Args:
        sources: Folders (searched for `SUFFIXES`), files, patterns such as ``reports/*.txt``, and parquet files with a
            column ``text`` and, where known, ``path``, ``place``, ``level``, ``code`` and ``year``.

    Raises:
        CorpusError: As `count`.
    """
    taken: Counter[str] = Counter()
    for found in _files(sources):
        for material in _rows_of(found) if _is_table(found.path) else [_file(found)]:
            taken[material.label] += 1
            again = taken[material.label]
            yield material if again == 1 else _renamed(material, f"{material.label}#{again}")


def _renamed(material: Material, label: str) -> Material:
    return Material(
        label, material.name, material.content, material.place, material.level, material.code, material.year
    )


def _is_table(path: Path) -> bool:
    return path.suffix.lower() == _TABLE


def _files(sources: Sequence[str]) -> list[_Found]:
    found = [file for source in sources for file in _named(source)]
    if not found:
        raise CorpusError("X002", {"source": "、".join(sources)})
    return found


def _named(source: str) -> list[_Found]:
    """Return the files that one source names, in order of their paths."""
    path = Path(source)
    if path.is_dir():
        return [_Found(file, file.relative_to(path).as_posix()) for file in _inside(path)]
    if path.is_file():
        return [_Found(path, path.as_posix())]
    matched = [Path(name) for name in sorted(glob.glob(source, recursive=True))]
    files = [_Found(file, file.as_posix()) for file in matched if file.is_file()]
    if not files:
        raise CorpusError("X002", {"source": source})
    return files


def _inside(folder: Path) -> list[Path]:
    files = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [
            Path(parent) / name
            for name in names
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES
        ]
    return sorted(files)


def _file(found: _Found) -> Material:
    try:
        content = found.path.read_bytes()
    except OSError:
        # What can be listed but not read is a bad report like any other: empty content gives it a row with an error.
        content = b""
    return Material(found.label, found.path.name, content)


def _opened(path: Path) -> Any:
    """Open a table of texts.

    Raises:
        CorpusError: It is no parquet file, or has no column ``text`` (X003).
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as fault:
        raise CorpusError("X003", {"file": path.name, "columns": "—"}) from fault
    if "text" not in table.schema_arrow.names:
        raise CorpusError("X003", {"file": path.name, "columns": "、".join(table.schema_arrow.names)})
    return table


def _rows(path: Path) -> int:
    with _opened(path) as table:
        return int(table.metadata.num_rows)


def _rows_of(found: _Found) -> Iterator[Material]:
    with _opened(found.path) as table:
        columns = [
            name
            for name in ("path", "place", "level", "code", "year", "text")
            if name in table.schema_arrow.names
        ]
        number = 0
        for batch in table.iter_batches(batch_size=_ROWS_AT_ONCE, columns=columns, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                yield _of_row(row, f"{found.label}:{number}")


def _of_row(row: dict[str, Any], nameless: str) -> Material:
    words = {
        name: "" if value is None else str(value).strip() for name, value in row.items() if name != "text"
    }
    label = words.get("path") or nameless
    year = words.get("year", "")
    return Material(
        label=label,
        name=label.rsplit("/", 1)[-1],
        content=row["text"] or "",
        place=words.get("place", ""),
        level=words.get("level", ""),
        code=words.get("code", ""),
        year=int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None,
    )
