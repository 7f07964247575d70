"""The data package against its specification (Data Package 2.0, Data Resource, Table Schema)."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from small_reports import Watched, folder_of, text_of

from luoshi.corpus.run import compile_corpus
from luoshi.corpus.table import NAMES, tables
from luoshi.plan import model

ARROW = {"string": "string", "integer": "int64", "number": "double", "date": "date32[day]"}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    compile_corpus([str(folder_of(folder / "reports", a=text_of()))], folder / "data", engine=Watched())
    return folder / "data"


@pytest.fixture(scope="module")
def package(out: Path) -> dict[str, Any]:
    described: dict[str, Any] = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    return described


def test_it_has_a_resource_for_every_table(package: dict[str, Any]) -> None:
    assert [resource["name"] for resource in package["resources"]] == list(NAMES)
    assert re.fullmatch(r"[-a-z0-9._/]+", package["name"])


def test_each_resource_is_the_file_that_it_describes(out: Path, package: dict[str, Any]) -> None:
    for resource in package["resources"]:
        data = (out / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()


def test_each_field_is_a_column_of_its_type(out: Path, package: dict[str, Any]) -> None:
    for resource in package["resources"]:
        columns = pq.read_schema(out / resource["path"])
        described = [(field["name"], ARROW[field["type"]]) for field in resource["schema"]["fields"]]
        assert described == [(column.name, str(column.type)) for column in columns]


def test_each_field_is_explained(package: dict[str, Any]) -> None:
    fields = [field for resource in package["resources"] for field in resource["schema"]["fields"]]
    assert all(field["title"] and field["description"].endswith(".") for field in fields)


def test_keys_name_fields_that_are_there(package: dict[str, Any]) -> None:
    names = {
        resource["name"]: {field["name"] for field in resource["schema"]["fields"]}
        for resource in package["resources"]
    }
    for resource in package["resources"]:
        assert set(resource["schema"]["primaryKey"]) <= names[resource["name"]]
        for key in resource["schema"].get("foreignKeys", []):
            assert set(key["fields"]) <= names[resource["name"]]
            assert set(key["reference"]["fields"]) <= names[key["reference"]["resource"]]


def test_categories_are_the_values_that_occur(out: Path, package: dict[str, Any]) -> None:
    for resource in package["resources"]:
        table = pq.read_table(out / resource["path"])
        for field in resource["schema"]["fields"]:
            if "categories" in field:
                allowed = {category["value"] for category in field["categories"]} | {""}
                assert set(table[field["name"]].to_pylist()) <= allowed, field["name"]


def test_every_enumeration_named_in_the_fields_exists() -> None:
    named = {field.enum for table in tables().values() for field in table.fields if field.enum}
    assert named
    assert all(hasattr(model, name) for name in named)
