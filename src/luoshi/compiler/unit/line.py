"""Assign tasks that come as lines of data, one mapping a task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from luoshi.compiler.unit.assign import assign
from luoshi.compiler.unit.name import roll
from luoshi.kernel.message import text_of
from luoshi.plan.model import Level


def assign_lines(
    lines: Iterable[Mapping[str, Any]], *, units: Sequence[str] | None = None
) -> Iterator[dict[str, Any]]:
    """Yield each line with the units proposed for its task.

    Args:
        lines: Each has ``task``, and where they are known ``section`` (title), ``place``, ``level`` (a key of
            `luoshi.plan.model.Level`) and ``year``.
        units: The place's own names of its units; None to write names by rank and year.

    Yields:
        The line as given with ``units`` (names, the best first), ``lead``, ``supporting``, ``confidence`` of the lead, ``reason``
        (code and message in Chinese).
    """
    own = None if units is None else roll(units)
    for line in lines:
        year = line.get("year")
        assignment = assign(
            [str(line["task"])],
            level=Level(line.get("level") or "unknown"),
            year=int(year) if year else None,
            units=own,
            place=str(line.get("place") or ""),
            contexts=[str(line.get("section") or "")],
        )[0]
        lead = assignment.lead
        yield {
            **line,
            "units": [candidate.name for candidate in assignment.candidates],
            "lead": lead.name,
            "supporting": [candidate.name for candidate in assignment.supporting],
            "confidence": round(lead.confidence, 3),
            "reason": {"code": lead.code, "text": text_of(lead.code, lead.parameters, "zh")},
        }
