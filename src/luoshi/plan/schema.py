"""JSON Schema of the plan document (计划文件格式), made from the model, its docstrings and its labels.

`docs/reference/plan.schema.json` is what this gives; a test keeps the two equal.
"""

from __future__ import annotations

import inspect
import json
import re
from functools import cache
from importlib import resources
from typing import Any

import msgspec
import yaml

from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.kernel.label import Labelled
from luoshi.kernel.span import Span
from luoshi.plan import model
from luoshi.plan.model import SCHEMA, Plan

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a plan, with Chinese titles and English descriptions."""
    made = msgspec.json.schema(Plan)
    for name, definition in made["$defs"].items():
        _describe(name, definition)
    title = {"title": f"落实 {SCHEMA}", "description": _first_line(Plan)}
    return {"$schema": DIALECT, **title, **made}


def text() -> str:
    """Return the schema as it is published."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def label(owner: str, field: str) -> str:
    """Return the Chinese name of a field of the class named `owner`."""
    return _labels().get(f"{owner}.{field}") or _labels()[field]


@cache
def _labels() -> dict[str, str]:
    entry = resources.files("luoshi.plan").joinpath("labels.yaml")
    read: dict[str, str] = yaml.safe_load(entry.read_text(encoding="utf-8"))
    return read


def _describe(name: str, definition: dict[str, Any]) -> None:
    """Put titles and descriptions of a class and its fields into its definition."""
    kind = _class(name)
    definition["description"] = _first_line(kind)
    if issubclass(kind, Labelled):
        # msgspec sorts the keys; the model's order is one of sense.
        definition.pop("enum")
        definition["oneOf"] = [{"const": m.value, "title": m.zh, "description": m.en} for m in kind]
        return
    said = _attributes(kind)
    for field, shape in definition["properties"].items():
        named = {"title": label(name, field)} | ({"description": said[field]} if field in said else {})
        definition["properties"][field] = named | shape


def _class(name: str) -> type[Any]:
    known = {"Span": Span, "Diagnostic": Diagnostic, "Severity": Severity}
    found: type[Any] = known.get(name) or getattr(model, name)
    return found


def _first_line(kind: type[Any]) -> str:
    return (inspect.getdoc(kind) or "").partition("\n")[0]


def _attributes(kind: type[Any]) -> dict[str, str]:
    """Return what the docstrings of a class and its bases say of each field."""
    said: dict[str, str] = {}
    for base in kind.__mro__:
        documented = inspect.cleandoc(base.__doc__ or "") if "__doc__" in vars(base) else ""
        _, _, listed = documented.partition("Attributes:\n")
        for field, words in re.findall(r"^    (\w+): (.+(?:\n        .+)*)", listed, re.MULTILINE):
            said.setdefault(field, " ".join(words.split()))
    return said
