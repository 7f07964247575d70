"""The published schema says what the model says."""

import json
from pathlib import Path

from luoshi.plan import schema
from luoshi.plan.model import Comparator

PUBLISHED = Path(__file__).resolve().parents[3] / "docs" / "reference" / "plan.schema.json"


def test_the_committed_schema_is_that_of_the_model() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == schema.text(), (
        "run luoshi schema -o docs/reference/plan.schema.json"
    )


def test_every_field_has_a_chinese_title_and_a_description() -> None:
    for name, definition in schema.schema()["$defs"].items():
        assert definition["description"], name
        for field, shape in definition.get("properties", {}).items():
            assert any("一" <= sign <= "鿿" for sign in shape["title"]), (name, field)


def test_fields_say_what_their_docstring_says() -> None:
    target = schema.schema()["$defs"]["Target"]["properties"]
    assert target["judged_as"]["description"] == 'How "met" is decided.'
    assert target["id"]["description"].startswith("Identity inside the plan")
    assert (target["kind"]["title"], target["unit"]["title"]) == ("类型", "单位")


def test_keys_carry_their_labels_in_the_order_of_the_model() -> None:
    keys = schema.schema()["$defs"]["Comparator"]["oneOf"]
    assert [key["const"] for key in keys] == [member.value for member in Comparator]
    assert keys[0] == {"const": "ge", "title": "达到（不低于）", "description": "at least"}


def test_nothing_unknown_is_allowed_anywhere() -> None:
    made = json.loads(schema.text())
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    structs = [d for d in made["$defs"].values() if "properties" in d]
    assert len(structs) == 21
    assert all(definition["additionalProperties"] is False for definition in structs)
