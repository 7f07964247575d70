"""The plan as a file (计划文件): JSON and YAML, written the same way each time, and read with suspicion.

`to_json` is canonical: sorted keys, decimals as texts, UTF-8; so equal plans have equal bytes and
`content_digest` names the content. YAML has the same fields in the model's order, for people who edit outside.

A file that comes from outside is refused as a whole, with every fault that could be found, unless all
of it can be taken. Texts are kept as they are, markup included: escaping is the task of what shows them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, NoReturn

import msgspec

from luoshi.kernel.identity import digest
from luoshi.plan.consistency import MOST_DIGITS, of_plan
from luoshi.plan.fault import MOST_SHOWN, RefusedPlanError, fault, of_shape
from luoshi.plan.model import SCHEMA, Plan
from luoshi.plan.plain_yaml import dump, load

__all__ = [
    "RefusedPlanError",
    "content_digest",
    "from_json",
    "from_stored",
    "from_yaml",
    "read",
    "to_json",
    "to_yaml",
]

MOST_BYTES = 64 * 1024 * 1024
MOST_YAML_BYTES = 16 * 1024 * 1024
"""YAML is read a hundred times slower than JSON; a plan of a thousand items has under 4 MB."""
MOST_VALUES = 3_000_000
MOST_YAML_VALUES = 500_000
MOST_ENTRIES = 20_000
"""Entries of one list; the longest report of the corpus gives some hundreds of items."""
MOST_DEPTH = 32

_DECODER = msgspec.json.Decoder(Plan)


def to_json(plan: Plan) -> bytes:
    """Return the canonical JSON form of `plan`, in UTF-8."""
    return msgspec.json.encode(plan, order="sorted")


def to_yaml(plan: Plan) -> bytes:
    """Return the YAML form of `plan`, in UTF-8."""
    return dump(msgspec.to_builtins(plan))


def content_digest(plan: Plan) -> str:
    """Return the digest of the canonical form: the same for equal plans alone (内容摘要)."""
    return digest(to_json(plan).decode())


def from_stored(data: bytes) -> Plan:
    """Return the plan that this installation stored with `to_json`, without checking it again.

    Raises:
        RefusedPlanError: The bytes are not a plan of this shape.
    """
    try:
        return _DECODER.decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError):
        _refuse_json(data)


def read(data: bytes) -> Plan:
    """Return the plan in a file, JSON or YAML as its first character says.

    Raises:
        RefusedPlanError: See `from_json`.
    """
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return from_json(data) if start[:1] in (b"{", b"[") else from_yaml(data)


def from_json(data: bytes) -> Plan:
    """Return the plan in a JSON file.

    Raises:
        RefusedPlanError: It is too large, not JSON, of another schema, or anything in it is wrong;
            `diagnostics` lists all faults found.
    """
    _check_size(data, MOST_BYTES)
    data = data.removeprefix(b"\xef\xbb\xbf")
    raw = _parse_json(data)
    return _taken(raw, lambda: _DECODER.decode(data), strict=True)


def from_yaml(data: bytes) -> Plan:
    """Return the plan in a YAML file: plain values only, no tags, anchors or aliases.

    Raises:
        RefusedPlanError: As for `from_json`.
    """
    _check_size(data, MOST_YAML_BYTES)
    raw = load(data, most_values=MOST_YAML_VALUES, most_depth=MOST_DEPTH)
    # All scalars of YAML come as texts: `strict=False` reads numbers from them where the model wants numbers.
    return _taken(raw, lambda: msgspec.convert(raw, Plan, strict=False), strict=False)


def _check_size(data: bytes, most: int) -> None:
    if len(data) > most:
        size = f"{len(data) / 1024 / 1024:.1f}"
        raise RefusedPlanError([fault("P104", "$", size=size, limit=most // 1024 // 1024)])
    # A cheap bound on what parsing can build, before anything is built.
    count = data.count(b",") + data.count(b"{") + data.count(b"[")
    if count > MOST_VALUES:
        raise RefusedPlanError([fault("P116", "$", count=count, limit=MOST_VALUES)])


def _taken(raw: object, convert: Callable[[], Plan], *, strict: bool) -> Plan:
    """Return what `convert` makes of `raw`, or refuse it with all its faults."""
    _check_head(raw)
    try:
        plan = convert()
    except (msgspec.ValidationError, ValueError, OverflowError):
        faults = of_shape(raw, Plan, strict=strict)
        raise RefusedPlanError(faults or [fault("P108", "$", found="", kind=SCHEMA)]) from None
    found = []
    for diagnostic in of_plan(plan):
        found.append(diagnostic)
        if len(found) == MOST_SHOWN:
            break
    if found:
        raise RefusedPlanError(found)
    return plan


def _check_head(raw: object) -> None:
    if not isinstance(raw, dict):
        raise RefusedPlanError([fault("P131", "$", found=raw if raw else "")])
    if raw.get("schema") != SCHEMA:
        raise RefusedPlanError([fault("P105", "$.schema", found=raw.get("schema", ""), expected=SCHEMA)])
    long = [
        fault("P116", f"$.{name}", count=len(value), limit=MOST_ENTRIES)
        for name, value in raw.items()
        if isinstance(value, list) and len(value) > MOST_ENTRIES
    ]
    if long:
        raise RefusedPlanError(long)


def _parse_json(data: bytes) -> object:
    """Return plain values; refuse what JSON libraries let pass: a field that stands twice, NaN, Infinity."""
    repeated: list[str] = []

    def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            names = [name for name, _ in pairs]
            repeated.append(next(name for name in names if names.count(name) > 1))
        return made

    def constant(name: str) -> NoReturn:
        raise RefusedPlanError([fault("P110", "$", found=name, digits=MOST_DIGITS)])

    def number(written: str) -> float:
        read = float(written)
        if not math.isfinite(read):
            constant(written)
        return read

    try:
        text = data.decode("utf-8")
        raw = json.loads(text, object_pairs_hook=object_of, parse_constant=constant, parse_float=number)
    except UnicodeDecodeError as error:
        raise RefusedPlanError([_broken(data, error.start, "UTF-8")]) from None
    except json.JSONDecodeError as error:
        raise RefusedPlanError(
            [fault("P102", "$", format="JSON", line=error.lineno, detail=error.msg)]
        ) from None
    except RecursionError:
        raise RefusedPlanError([fault("P103", "$", limit=MOST_DEPTH)]) from None
    except ValueError:  # A whole number of more digits than Python reads.
        raise RefusedPlanError([fault("P110", "$", found="9999…", digits=MOST_DIGITS)]) from None
    if repeated:
        raise RefusedPlanError([fault("P114", "$", name=name) for name in repeated[:MOST_SHOWN]])
    return raw


def _refuse_json(data: bytes) -> NoReturn:
    raw = _parse_json(data)
    _check_head(raw)
    raise RefusedPlanError(
        of_shape(raw, Plan, strict=True) or [fault("P102", "$", format="JSON", line=1, detail="")]
    )


def _broken(data: bytes, offset: int, form: str) -> Any:
    line = data.count(b"\n", 0, offset) + 1
    return fault("P102", "$", format=form, line=line, detail=f"0x{data[offset]:02X}")
