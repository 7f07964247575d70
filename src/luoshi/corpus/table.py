"""Tables of a compiled corpus (数据表) and their fields, from ``tables.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml

FieldType = Literal["string", "integer", "number", "date"]
NAMES = ("reports", "targets", "claims", "projects")
"""Names of the tables; the reports come first, the others refer to them."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column.

    Attributes:
        name: Its name.
        type: Its type in Table Schema.
        title: Chinese term.
        description: What it holds, in English.
        required: Whether it is never empty.
        enum: Enumeration of `luoshi.plan.model` whose keys are the values, or "".
    """

    name: str
    type: FieldType
    title: str
    description: str
    required: bool = False
    enum: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what it holds, its key and its fields in order."""

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]


@cache
def tables() -> dict[str, Table]:
    """Return every table by its name, in the order of `NAMES`."""
    text = resources.files(__package__).joinpath("tables.yaml").read_text(encoding="utf-8")
    described = yaml.safe_load(text)
    return {
        name: Table(
            name=name,
            title=row["title"],
            description=row["description"],
            key=tuple(row["key"]),
            fields=tuple(_fields(row["fields"], described)),
        )
        for name in NAMES
        for row in (described["tables"][name],)
    }


def _fields(listed: list[Any], described: dict[str, Any]) -> list[Field]:
    """Replace the name of a shared group by its fields."""
    fields: list[Field] = []
    for entry in listed:
        group = described[entry] if isinstance(entry, str) else [entry]
        fields += [Field(**field) for field in group]
    return fields


@cache
def arrow_schema(name: str) -> Any:
    """Return the Arrow schema of the table `name`."""
    import pyarrow as pa

    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "date": pa.date32()}
    return pa.schema(
        [
            pa.field(field.name, types[field.type], nullable=not field.required)
            for field in tables()[name].fields
        ]
    )
