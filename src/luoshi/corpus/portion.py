"""A portion of the corpus (一批): what is given to one worker at a time, and what comes back."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import luoshi
from luoshi.corpus.fault import CorpusError
from luoshi.corpus.material import Material
from luoshi.corpus.place import given
from luoshi.corpus.row import Row, of_failure, of_plan, said
from luoshi.corpus.table import NAMES, arrow_schema
from luoshi.kernel.errors import LuoshiError, UnreadableError
from luoshi.plan.model import Medium, Source

_SIZE = 64 * 1024
_COUNT = 16


@dataclass(frozen=True, slots=True)
class Portion:
    """Some reports."""

    materials: tuple[Material, ...]

    def made(self) -> Product:
        """Compile the reports."""
        return compile_portion(self)

    def apart(self) -> list[Portion]:
        """Return a portion for every report alone."""
        return [Portion((material,)) for material in self.materials]


@dataclass(frozen=True, slots=True)
class Product:
    """What a portion was compiled into.

    Attributes:
        reports: How many reports it holds.
        failed: How many of them are rows with an error.
        tables: An Arrow record batch for each table.
    """

    reports: int
    failed: int
    tables: dict[str, Any]


def portions(materials: Iterable[Material]) -> Iterator[Portion]:
    """Group reports so that a portion is worth sending and small enough to hold several in memory."""
    held: list[Material] = []
    size = 0
    for material in materials:
        held.append(material)
        size += material.size
        if size >= _SIZE or len(held) == _COUNT:
            yield Portion(tuple(held))
            held, size = [], 0
    if held:
        yield Portion(tuple(held))


def compile_portion(portion: Portion) -> Product:
    """Compile every report of a portion; one that cannot be compiled becomes a row with its error."""
    rows: dict[str, list[Row]] = {name: [] for name in NAMES}
    for material in portion.materials:
        try:
            compiled = _compile(material)
        except LuoshiError as error:
            compiled = {"reports": [_failure(material, error)]}
        except Exception as fault:
            compiled = {"reports": [_failure(material, _unforeseen(fault))]}
        for name, found in compiled.items():
            rows[name] += found
    return _product(rows)


def lost(portion: Portion) -> Product:
    """Return the product of a portion whose worker died with it (X011 for each report)."""
    rows: dict[str, list[Row]] = {name: [] for name in NAMES}
    rows["reports"] = [_failure(material, CorpusError("X011")) for material in portion.materials]
    return _product(rows)


def _product(rows: dict[str, list[Row]]) -> Product:
    import pyarrow as pa

    return Product(
        reports=len(rows["reports"]),
        failed=sum(bool(report["error"]) for report in rows["reports"]),
        tables={name: pa.RecordBatch.from_pylist(rows[name], arrow_schema(name)) for name in NAMES},
    )


def _compile(material: Material) -> dict[str, list[Row]]:
    """Return the rows of a report.

    A text without a promise, such as the first half of a report, still has its past results; it is marked as what it is.
    """
    from luoshi.compiler.pipeline import NotAReportError, compile_report

    source = source_of(material)
    place = given(material.place, material.level, material.code)
    try:
        return of_plan(
            compile_report(source, place=place, year=material.year), label=material.label, key=material.key
        )
    except NotAReportError as error:
        plan = compile_report(source, place=place, year=material.year, force=True)
        rows = of_plan(plan, label=material.label, key=material.key)
        rows["reports"][0] |= said(error)
        return rows


def source_of(material: Material) -> Source:
    """Read the text of a report.

    Raises:
        UnreadableError: It cannot be read as one (C1xx).
    """
    from luoshi.compiler.source import Delivered, document, form, read, read_limited

    if isinstance(material.content, str):
        if not material.content.strip():
            raise UnreadableError("C106")
        return document(Delivered(material.content, Medium.TEXT), name=material.name)
    # Plain text needs no process of its own; whatever has to be taken apart is taken apart in one, under limits.
    is_plain = form.of(material.content, name=material.name) is form.Form.TEXT
    deliver = read if is_plain else read_limited
    return document(deliver(material.content, name=material.name), name=material.name)


def _failure(material: Material, error: LuoshiError) -> Row:
    return of_failure(
        error,
        label=material.label,
        key=material.key,
        place=given(material.place, material.level, material.code),
        year=material.year,
        compiler=luoshi.__version__,
    )


def _unforeseen(fault: Exception) -> CorpusError:
    """Return what to say of a fault of Luoshi itself: its sort and where it happened (X010)."""
    frames = traceback.extract_tb(fault.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return CorpusError("X010", {"fault": type(fault).__name__, "where": where})
