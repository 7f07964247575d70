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
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
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
    return _ENCODER.encode(_plain(value)).encode("utf-8")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> Any:
    kind: type = type(value)
    return _writer_of(kind)(value)


@cache
def _writer_of(kind: type) -> Callable[[Any], Any]:
    """Return how values of a type are written; asked once a type, because lights are digested by the ten thousand."""
    for known, writer in _WRITERS:
        if issubclass(kind, known):
            return writer
    raise TypeError(f"{kind.__name__} has no canonical form")


def _as_it_is(value: object) -> object:
    return value


def _of_int(value: int) -> int:
    if abs(value) > _LARGEST:
        raise ValueError(f"{value} is too large for JSON")
    return value


def _of_decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError(f"{value} is no number")
    return format(value, "f")


def _of_moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError(f"{value} has no time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _of_mapping(value: dict[str, object]) -> dict[str, Any]:
    return {key: _plain(value[key]) for key in sorted(value, key=_code_units)}


def _of_sequence(value: Sequence[object]) -> list[Any]:
    return [_plain(item) for item in value]


def _of_struct(value: msgspec.Struct) -> dict[str, Any]:
    tag = value.__struct_config__.tag
    return {key: tag if name is None else _plain(getattr(value, name)) for key, name in _keys_of(type(value))}


@cache
def _keys_of(kind: type[msgspec.Struct]) -> tuple[tuple[str, str | None], ...]:
    """Return keys and attribute names of a struct in canonical order; None stands for its tag."""
    names: dict[str, str | None] = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
    tag_field = kind.__struct_config__.tag_field
    if tag_field is not None:
        names[tag_field] = None
    return tuple((key, names[key]) for key in sorted(names, key=_code_units))


def _code_units(key: str) -> bytes:
    return key.encode("utf-16-be")


_WRITERS: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    # An enum may be a string or a number too, a flag is an int and a moment is a day: the narrower ones come first.
    (Enum, lambda value: _plain(value.value)),
    (type(None), _as_it_is),
    (bool, _as_it_is),
    (str, _as_it_is),
    (int, _of_int),
    (Decimal, _of_decimal),
    (datetime, _of_moment),
    (date, date.isoformat),
    (msgspec.Struct, _of_struct),
    (dict, _of_mapping),
    (list, _of_sequence),
    (tuple, _of_sequence),
)
