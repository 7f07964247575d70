"""Faults of a plan document (计划文件的问题): every place where parsed values do not have the plan's shape.

`msgspec` stops at the first fault. A person who edited a file outside wants all of them, so this walk
goes on after each one. It judges shape only; `luoshi.plan.consistency` judges what the values say to each other.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

import msgspec

from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.kernel.errors import PlanError
from luoshi.kernel.label import Labelled, Language
from luoshi.kernel.message import text_of

MOST_SHOWN = 200
"""Faults that are collected before the walk ends: more help nobody."""


class RefusedPlanError(PlanError):
    """A plan document is refused, with everything that is wrong in it.

    Attributes:
        diagnostics: One for each fault, in the order of the document; never empty.
    """

    def __init__(self, diagnostics: typing.Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        first = self.diagnostics[0]
        super().__init__(first.code, first.parameters)

    def describe(self, language: Language = "zh") -> str:
        """Return the first fault, and how many there are in all."""
        first = self.diagnostics[0].describe(language)
        if len(self.diagnostics) == 1:
            return first
        return text_of("P101", {"count": str(len(self.diagnostics)), "first": first}, language)


_OWN_WORDS = ("kind", "options", "detail")
"""Parameters that this program words itself, rather than the file."""


def fault(code: str, path: str, /, *, item: str = "", **parameters: object) -> Diagnostic:
    """Return an error at `path` (``$.targets[3].value``)."""
    filled = {"path": path} | {
        key: _short(value, 400 if key in _OWN_WORDS else 80) for key, value in parameters.items()
    }
    return Diagnostic(code=code, severity=Severity.ERROR, item=item, parameters=filled)


def of_shape(value: object, wanted: Any, *, strict: bool) -> tuple[Diagnostic, ...]:
    """Return every place where `value` does not have the shape of the type `wanted`.

    Args:
        value: Dictionaries, lists, texts and numbers as parsed.
        wanted: A `msgspec.Struct` class.
        strict: Whether a text in a number's place is a fault (JSON) or is read as that number (YAML).
    """
    found: list[Diagnostic] = []
    for diagnostic in _walk(value, wanted, "$", strict):
        found.append(diagnostic)
        if len(found) == MOST_SHOWN:
            break
    return tuple(found)


def _walk(value: object, wanted: Any, path: str, strict: bool) -> Iterator[Diagnostic]:
    if get_origin(wanted) in (types.UnionType, typing.Union):
        if value is None:
            return
        wanted = next(option for option in get_args(wanted) if option is not type(None))
    if isinstance(wanted, type) and issubclass(wanted, msgspec.Struct):
        yield from _walk_struct(value, wanted, path, strict)
    elif get_origin(wanted) is tuple:
        if not isinstance(value, list):
            yield _wrong(value, wanted, path)
            return
        for index, part in enumerate(value):
            yield from _walk(part, get_args(wanted)[0], f"{path}[{index}]", strict)
    else:
        yield from _walk_leaf(value, wanted, path, strict)


def _walk_struct(
    value: object, wanted: type[msgspec.Struct], path: str, strict: bool
) -> Iterator[Diagnostic]:
    if not isinstance(value, dict):
        yield _wrong(value, wanted, path)
        return
    fields = {field.encode_name: field for field in msgspec.structs.fields(wanted)}
    clean = True
    for name in value:
        if name not in fields:
            clean = False
            yield fault("P106", f"{path}.{_short(name)}", name=name)
    hints = _hints(wanted)
    for name, field in fields.items():
        if name in value:
            for diagnostic in _walk(value[name], hints[field.name], f"{path}.{name}", strict):
                clean = False
                yield diagnostic
        elif field.required:
            clean = False
            yield fault("P107", f"{path}.{name}", name=name)
    if clean:
        # Shape is right; what is left is a rule of the type itself, such as a span's order.
        try:
            msgspec.convert(value, wanted, strict=strict)
        except (msgspec.ValidationError, ValueError):
            yield fault("P115", path, found=value)


def _walk_leaf(value: object, wanted: Any, path: str, strict: bool) -> Iterator[Diagnostic]:
    try:
        msgspec.convert(value, wanted, strict=strict)
    except (msgspec.ValidationError, ValueError, OverflowError):
        options = _options(wanted)
        if options and isinstance(value, str):
            yield fault("P109", path, found=value, options=options)
        else:
            yield _wrong(value, wanted, path)


def _wrong(value: object, wanted: Any, path: str) -> Diagnostic:
    return fault("P108", path, found=value, kind=_name_of(wanted))


def _hints(struct: type[msgspec.Struct]) -> dict[str, Any]:
    if struct not in _HINTS:
        _HINTS[struct] = typing.get_type_hints(struct)
    return _HINTS[struct]


_HINTS: dict[type[msgspec.Struct], dict[str, Any]] = {}

_NAMES: dict[Any, str] = {
    str: "文本 (text)",
    int: "整数 (whole number)",
    float: "数字 (number)",
    bool: "true / false",
    date: "日期 (date) 2026-12-31",
    Decimal: "数字 (number)",
}


def _name_of(wanted: Any) -> str:
    if get_origin(wanted) is tuple:
        return "列表 (list)"
    return _NAMES.get(wanted) or _options(wanted) or "对象 (object)"


def _options(wanted: Any) -> str:
    if get_origin(wanted) is Literal:
        return " / ".join(map(str, get_args(wanted)))
    if isinstance(wanted, type) and issubclass(wanted, Labelled):
        return " / ".join(str(member.value) for member in wanted)
    return ""


def _short(value: object, most: int = 80) -> str:
    """Return the value for a message; a hostile file does not get to print a megabyte."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(character if character.isprintable() else " " for character in text[: most + 1])
    return text if len(text) <= most else text[:most] + "…"
