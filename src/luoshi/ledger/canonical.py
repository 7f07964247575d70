"""Canonical bytes (规范编码): one way, and only one, to write a fact down.

Standard:
    The subset of RFC 8785 (JSON Canonicalization Scheme) that needs no floating point: objects with
    keys sorted by their UTF-16 code units, no white space, UTF-8, minimal escapes. Decimals, days and
    moments (UTC, microseconds) are strings; whole numbers stay numbers; a float is refused.

Limits:
    Whole numbers beyond 2**53 are refused, because other readers of JSON would round them.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import msgspec

_LARGEST = 2**53


def canonical(value: object) -> bytes:
    """Return the canonical bytes of a structure of msgspec structs, mappings, lists, strings, numbers and days.

    Raises:
        TypeError: It holds a float, or anything that has no canonical form.
        ValueError: It holds a whole number that JSON cannot carry exactly, or a decimal that is no number.

    Example:
        >>> canonical({"b": Decimal("1.50"), "a": [True, None, 3]})
        b'{"a":[true,null,3],"b":"1.50"}'
    """
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _plain(value: object) -> Any:
    match value:
        case None | bool() | str():
            return value
        case Enum():
            return _plain(value.value)
        case int():
            if abs(value) > _LARGEST:
                raise ValueError(f"{value} is too large for JSON")
            return value
        case Decimal():
            if not value.is_finite():
                raise ValueError(f"{value} is no number")
            return format(value, "f")
        case datetime():
            if value.tzinfo is None:
                raise ValueError(f"{value} has no time zone")
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case msgspec.Struct():
            return _of_struct(value)
        case dict():
            return {key: _plain(value[key]) for key in sorted(value, key=_code_units)}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical form")


def _of_struct(value: msgspec.Struct) -> dict[str, Any]:
    found: dict[str, object] = {}
    config = value.__struct_config__
    if config.tag_field is not None:
        found[config.tag_field] = config.tag
    for field in msgspec.structs.fields(value):
        found[field.encode_name] = getattr(value, field.name)
    return {key: _plain(found[key]) for key in sorted(found, key=_code_units)}


def _code_units(key: str) -> bytes:
    return key.encode("utf-16-be")
