"""A plan file is taken whole or refused with one clear sentence for each fault."""

import json
import time
from collections.abc import Callable
from string import Formatter
from typing import Any

import msgspec
import pytest
import sample_plan

from luoshi.kernel.errors import PlanError
from luoshi.kernel.message import catalogue
from luoshi.plan import document
from luoshi.plan.model import Plan

Raw = dict[str, Any]


def raw(plan: Plan) -> Raw:
    made: Raw = json.loads(document.to_json(plan))
    return made


def refusal(data: bytes) -> document.RefusedPlanError:
    with pytest.raises(PlanError) as caught:
        document.read(data)
    assert isinstance(caught.value, document.RefusedPlanError)
    for diagnostic in caught.value.diagnostics:
        for template in catalogue()[diagnostic.code].values():
            named = {name for _, name, _, _ in Formatter().parse(template) if name}
            assert named <= set(diagnostic.parameters)
    return caught.value


def codes_and_paths(data: bytes) -> list[tuple[str, str]]:
    return [(d.code, d.parameters["path"]) for d in refusal(data).diagnostics]


def changed(plan: Plan, change: Callable[[Raw], object]) -> bytes:
    value = raw(plan)
    change(value)
    return json.dumps(value, ensure_ascii=False).encode()


def test_json_is_canonical(plan: Plan) -> None:
    written = document.to_json(plan)
    value = json.loads(written)
    assert list(value) == sorted(value)
    assert value["targets"][0]["value"] == "6.5"
    assert "云川市".encode() in written
    assert document.from_json(written) == plan


def test_yaml_keeps_the_order_of_the_model_and_the_text_readable(plan: Plan) -> None:
    written = document.to_yaml(plan).decode()
    assert written.startswith("schema: luoshi.plan/1\nplace:\n")
    assert "\n    推动云川东站年内开工。\n" in written
    assert document.from_yaml(written.encode()) == plan


def test_the_form_is_decided_by_content(plan: Plan) -> None:
    assert document.read(b"\xef\xbb\xbf" + document.to_json(plan)) == plan
    assert document.read(b"\xef\xbb\xbf" + document.to_yaml(plan)) == plan
    assert document.read(b"# exported\n" + document.to_yaml(plan)) == plan


def test_numbers_edited_by_hand_are_taken_as_written(plan: Plan) -> None:
    """A person writes 14.20 without quotes."""
    in_json = document.to_json(plan).replace(b'"value":"6.5"', b'"value":14.20')
    assert str(document.read(in_json).targets[0].value) == "14.20"
    in_yaml = document.to_yaml(plan).replace(b"value: '6.5'", b"value: 14.20")
    assert str(document.read(in_yaml).targets[0].value) == "14.20"
    assert document.read(document.to_yaml(plan).replace(b"title: \xe5", b"title: 2026 \xe5", 1))


def test_a_text_that_looks_like_something_else_stays_a_text(plan: Plan) -> None:
    for words in (
        "null",
        "2026",
        "no",
        "1e3",
        "2026-12-31",
        "~",
        "=1+1",
        "<script>x</script>",
        "a: b",
        "- x",
        "",
    ):
        first = msgspec.structs.replace(plan.commitments[0], title=words)
        edited = msgspec.structs.replace(plan, commitments=(first, *plan.commitments[1:]))
        assert document.read(document.to_yaml(edited)) == edited
        assert document.read(document.to_json(edited)) == edited


def test_the_digest_names_the_content(plan: Plan) -> None:
    other = msgspec.structs.replace(plan, reason="x")
    assert document.content_digest(plan) == document.content_digest(sample_plan.draft())
    assert document.content_digest(plan) != document.content_digest(other)
    assert document.content_digest(plan).startswith("sha256:")


def test_all_faults_are_shown_together(plan: Plan) -> None:
    def change(value: Raw) -> None:
        value["commitments"][1]["titel"] = "x"
        del value["commitments"][1]["title"]
        value["targets"][0]["kind"] = "growing"
        value["targets"][2]["value"] = "三"
        value["deliverables"][0]["due"]["day"] = "2026-02-30"
        value["projects"] = {}

    data = changed(plan, change)
    assert sorted(codes_and_paths(data)) == [
        ("P106", "$.commitments[1].titel"),
        ("P107", "$.commitments[1].title"),
        ("P108", "$.deliverables[0].due.day"),
        ("P108", "$.projects"),
        ("P108", "$.targets[2].value"),
        ("P109", "$.targets[0].kind"),
    ]
    error = refusal(data)
    assert error.describe("zh").startswith("计划文件有 6 处问题，没有导入。第一处：$.commitments[1].titel")
    assert error.describe("en").startswith("The plan file has 6 faults")


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        (lambda v: v.update(schema="luoshi.plan/2"), "P105", "$.schema"),
        (lambda v: v.pop("schema"), "P105", "$.schema"),
        (lambda v: v["targets"][0].update(value="NaN"), "P110", "$.targets[0].value"),
        (lambda v: v["targets"][0].update(value="Infinity"), "P110", "$.targets[0].value"),
        (lambda v: v["targets"][0].update(value="1e999999"), "P110", "$.targets[0].value"),
        (lambda v: v["targets"][0].update(upper="9" * 41), "P110", "$.targets[0].upper"),
        (lambda v: v["deliverables"][0].update(weight="1.5"), "P111", "$.deliverables[0].weight"),
        (lambda v: v["deliverables"][0].update(weight="NaN"), "P110", "$.deliverables[0].weight"),
        (
            lambda v: v["procedures"][0]["limits"][0].update(value="-Infinity"),
            "P110",
            "$.procedures[0].limits[0].value",
        ),
        (lambda v: v.update(year=12026), "P111", "$.year"),
        (lambda v: v.update(version=-1), "P111", "$.version"),
        (lambda v: v.update(sources=[]), "P121", "$.sections[0].span.source"),
        (
            lambda v: v["commitments"][1]["bases"][0].update(confidence=1.5),
            "P111",
            "$.commitments[1].bases[0].confidence",
        ),
        (lambda v: v["targets"][0].update(commitment="c-gone"), "P121", "$.targets[0].commitment"),
        (lambda v: v["commitments"][0].update(lead_unit="u-gone"), "P121", "$.commitments[0].lead_unit"),
        (
            lambda v: v["commitments"][0].update(supporting_units=["u-gone"]),
            "P121",
            "$.commitments[0].supporting_units[0]",
        ),
        (lambda v: v["commitments"][0].update(section="s-gone"), "P121", "$.commitments[0].section"),
        (lambda v: v["projects"][0].update(member_of="t-gone"), "P121", "$.projects[0].member_of"),
        (lambda v: v["terms"][0].update(procedure="m-gone"), "P121", "$.terms[0].procedure"),
        (lambda v: v["sections"][1].update(parent="s-industry"), "P126", "$.sections[1]"),
        (lambda v: v["commitments"][0]["spans"][0].update(end=100_000), "P122", "$.commitments[0].spans[0]"),
        (
            lambda v: v["commitments"][0]["spans"][0].update(source="S9"),
            "P121",
            "$.commitments[0].spans[0].source",
        ),
        (
            lambda v: v["commitments"][0]["spans"][0].update(start=500, end=3),
            "P115",
            "$.commitments[0].spans[0]",
        ),
        (lambda v: v["commitments"][0].update(text="另一句话"), "P123", "$.commitments[0].text"),
        (lambda v: v["commitments"][0].update(spans=[]), "P125", "$.commitments[0].spans"),
        (lambda v: v["sources"][0].update(digest="sha256:00"), "P124", "$.sources[0].digest"),
        (lambda v: v["targets"][1].update(id="c-station"), "P120", "$.targets[1].id"),
        (lambda v: v["units"][1].update(id="u-industry"), "P120", "$.units[1].id"),
        (lambda v: v["targets"][1].update(id="../../etc"), "P128", "$.targets[1].id"),
        (lambda v: v["targets"][1].update(indicator="a\x00b"), "P127", "$.targets[1].indicator"),
        (lambda v: v["commitments"][0].update(reviewed=["colour"]), "P130", "$.commitments[0].reviewed[0]"),
        (lambda v: v.update(commitments=[{}] * 20_001), "P116", "$.commitments"),
        (lambda v: v.update(commitments=[{}] * 900), "P107", "$.commitments[0].id"),
        (lambda v: v["commitments"][0].update(deadline=None), "P108", "$.commitments[0].deadline"),
        (lambda v: v["commitments"][0]["deadline"].update(span=7), "P108", "$.commitments[0].deadline.span"),
    ],
)
def test_an_edited_file_is_refused(plan: Plan, change: Callable[[Raw], object], code: str, path: str) -> None:
    assert (code, path) in codes_and_paths(changed(plan, change))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "P131"),
        (b"[]", "P131"),
        (b"{", "P102"),
        (b'{"schema": "luoshi.plan/1", "year": NaN}', "P110"),
        (b'{"schema": "luoshi.plan/1", "year": 1e99999}', "P110"),
        (b'{"schema": "luoshi.plan/1", "year": 2026, "year": 2027}', "P114"),
        (b'{"schema": "luoshi.plan/1", "year": ' + b"9" * 10_000 + b"}", "P110"),
        (b'{"schema": "\xff"}', "P102"),
        ("schema: 计划".encode("gb18030"), "P102"),
        (b'{"a":' * 100_000, "P103"),
        (b"[" * 100_000, "P103"),
        (b"- " * 50 + b"a", "P103"),
        (b"schema: luoshi.plan/1\nyear: !!python/object/apply:os.system ['true']\n", "P112"),
        (b"schema: luoshi.plan/1\nyear: !local 3\n", "P112"),
        (b"schema: luoshi.plan/1\nplace: &a {name: x}\nsources: [*a, *a]\n", "P113"),
        (b"schema: luoshi.plan/1\nsources: [*a]\n", "P113"),
        (b"schema: luoshi.plan/1\nyear: 2026\nyear: 2027\n", "P114"),
        (b"schema: luoshi.plan/1\n---\nschema: luoshi.plan/1\n", "P102"),
        (b"schema: [unclosed\n", "P102"),
        (b"schema: luoshi.plan/1\n? [a, b]\n: c\n", "P102"),
        (b"plain words", "P131"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "P102"),
        (b"PK\x03\x04", "P102"),
    ],
)
def test_a_hostile_or_foreign_file_is_refused(data: bytes, code: str) -> None:
    assert refusal(data).diagnostics[0].code == code


def test_a_million_items_are_refused_before_they_are_built() -> None:
    data = b'{"schema":"luoshi.plan/1","commitments":[' + b'{"id":"a","x":1},' * 1_600_000 + b"{}]}"
    started = time.perf_counter()
    assert refusal(data).diagnostics[0].code == "P116"
    assert time.perf_counter() - started < 1


def test_a_file_over_the_limit_is_refused() -> None:
    assert refusal(b"{" + b" " * (64 * 1024 * 1024)).diagnostics[0].code == "P104"


def test_markup_in_texts_is_kept(plan: Plan) -> None:
    """Escaping is the screen's task; a document loses nothing."""
    words = "<script>alert(1)</script> & “引号”"
    edited = document.read(changed(plan, lambda v: v["commitments"][0].update(title=words)))
    assert edited.commitments[0].title == words


def test_a_message_does_not_repeat_a_megabyte(plan: Plan) -> None:
    error = refusal(changed(plan, lambda v: v["targets"][0].update(kind="x" * 1_000_000)))
    assert len(error.describe("zh")) < 500


def test_a_reason_of_another_version_is_shown_by_its_code(plan: Plan) -> None:
    """A plan that another version made can be read; a page that explains it must not break."""

    def change(value: Raw) -> None:
        value["commitments"][1]["bases"][0].update(code="Z999", parameters={"unit": "市甲局"})

    taken = document.read(changed(plan, change))
    assert taken.commitments[1].bases[0].describe("zh") == "Z999 市甲局"


def test_stored_plans_are_read_without_the_checks_of_an_import(plan: Plan) -> None:
    assert document.from_stored(document.to_json(plan)) == plan
    with pytest.raises(PlanError):
        document.from_stored(b'{"schema": "luoshi.plan/1"}')
    with pytest.raises(PlanError):
        document.from_stored(b"{")
