"""The data package (数据包): ``datapackage.json`` describes the tables for people and programs.

Standard:
    Data Package 2.0 (https://datapackage.org), with Data Resource and Table Schema.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import luoshi
from luoshi.corpus.store import file_name
from luoshi.corpus.table import NAMES, Field, Table, tables
from luoshi.kernel.label import Labelled
from luoshi.plan import model

FILE_NAME = "datapackage.json"
_PROFILES = "https://datapackage.org/profiles/2.0/"


def write(folder: Path) -> None:
    """Write the description of the tables that lie in `folder`."""
    text = json.dumps(described(folder), ensure_ascii=False, indent=1) + "\n"
    new = folder / f".{FILE_NAME}"
    new.write_text(text, encoding="utf-8")
    new.replace(folder / FILE_NAME)


def described(folder: Path) -> dict[str, Any]:
    """Return the description of the tables that lie in `folder`."""
    return {
        "$schema": _PROFILES + "datapackage.json",
        "name": "luoshi-corpus",
        "title": "政府工作报告数据 Government work reports, compiled",
        "description": "Targets, past results and projects that government work reports state, with their place in the text. "
        "Compiled by Luoshi without review by a person: take `confidence` into account.",
        "version": luoshi.__version__,
        "resources": [_resource(table, folder / file_name(table.name)) for table in tables().values()],
    }


def _resource(table: Table, path: Path) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": _PROFILES + "tableschema.json",
        "fields": [_field(field) for field in table.fields],
        "primaryKey": list(table.key),
    }
    if table.name != NAMES[0]:
        schema["foreignKeys"] = [
            {"fields": ["report"], "reference": {"resource": NAMES[0], "fields": ["report"]}}
        ]
    return {
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "path": path.name,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": path.stat().st_size,
        "hash": "sha256:" + _digest(path),
        "schema": schema,
    }


def _field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "title": field.title,
        "description": field.description,
    }
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.enum:
        members = list(_enumeration(field.enum))
        described["categories"] = [{"value": member.value, "label": member.zh} for member in members]
    return described | ({"constraints": constraints} if constraints else {})


def _enumeration(name: str) -> type[Labelled]:
    found: type[Labelled] = getattr(model, name)
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
