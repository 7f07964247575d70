"""Whatever text comes, compiling ends, breaks nothing, and every place that it names is there."""

import random
import sys
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import mutation
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from luoshi.compiler.pipeline import NotAReportError, compile_report
from luoshi.compiler.source import Delivered, document, read
from luoshi.kernel.errors import LuoshiError
from luoshi.kernel.message import catalogue
from luoshi.kernel.span import Span
from luoshi.plan.model import Medium, Plan

YEAR = 2026
some = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def compiled(text: str) -> Plan:
    source = document(Delivered(text, Medium.TEXT), name="report.txt")
    return compile_report(source, year=YEAR, force=True)


def spans(value: Any) -> Iterator[Span]:
    """Every span inside a plan, however deep."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from spans(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from spans(part)


def holds_together(plan: Plan, text: str) -> None:
    """Every span lies in the text, every item quotes its own, every identity is one item's and is known."""
    assert all(span.source == "S1" and span.end <= len(text) for span in spans(plan))
    items = (
        *plan.commitments, *plan.targets, *plan.projects, *plan.claims, *plan.procedures, *plan.terms, *plan.deliverables
    )  # fmt: skip
    identities = [item.id for item in items]
    assert len(set(identities)) == len(identities)
    commitments = {commitment.id for commitment in plan.commitments} | {""}
    assert {item.commitment for item in (*plan.targets, *plan.projects, *plan.deliverables)} <= commitments
    assert all(item.spans for item in items)


@some
@given(mutation.texts())
def test_a_damaged_report_is_compiled(text: str) -> None:
    holds_together(compiled(text), text)


@some
@given(st.text(max_size=300))
@example("")
@example("\x00")
@example("\U0010ffff\u2028\u2029\x85\x0b\x0c")
@example("二〇二六年〇月〇日增长〇%百分之〇〇分之一")
@example("新建" + "9" * 4301 + "所")
@example("1.1.1.1亿元，1—2—3%，一二三四五六七八九十百千万亿个，2026年13月32日前完成")
def test_any_characters_are_compiled(text: str) -> None:
    holds_together(
        compiled(mutation.HEAD + "二、2026年重点工作\n" + text), mutation.HEAD + "二、2026年重点工作\n" + text
    )


@some
@given(mutation.texts())
def test_compiling_is_deterministic(text: str) -> None:
    assert compiled(text) == compiled(text)


def refusal(work: Callable[[], object]) -> str:
    """The code with which `work` refuses its input; "" where it does not."""
    try:
        work()
    except LuoshiError as refused:
        return refused.code
    return ""


@some
@given(mutation.texts())
def test_a_text_without_promises_or_year_is_refused_and_nothing_else(text: str) -> None:
    source = document(Delivered(text, Medium.TEXT), name="report.txt")
    assert refusal(lambda: compile_report(source)) in ("", "C001", "C002")


@some
@given(st.binary(max_size=400))
@example(b"%PDF-1.7")
@example(b"PK\x03\x04")
@example(b"<html>")
@example(b"\xff\xfe\x00")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert refusal(lambda: read(data, name="report.txt")) in {
        "",
        *(code for code in catalogue() if code.startswith("C1")),
    }


NESTED: dict[str, Callable[[int], str]] = {
    "brackets": lambda depth: "（" * depth + "新建学校3所" + "）" * depth,
    "quotes": lambda depth: "“‘" * depth + "新建学校3所" + "’”" * depth,
    "titles": lambda depth: "《" * depth + "规划" + "》" * depth,
    "unclosed": lambda depth: "“（《" * depth,
    "lists": lambda depth: "".join(
        f"{mark}新建学校{n}所。\n" for n in range(depth) for mark in ("一、", "（一）", "1.", "（1）", "一是")
    ),
    "members": lambda depth: "推进" + "、".join(f"云川{n}号路" for n in range(depth)) + "等项目建设。",
    "figures": lambda depth: "、".join(["一", "二"] * depth) + "分别增长" + "、".join(["5%"] * depth) + "。",
    "clauses": lambda depth: "新建学校3所，" * depth,
    "glossary": lambda depth: "名词解释\n" + "".join(f"{n}.办法{n}：指办法{n + 1}。\n" for n in range(depth)),
}


@pytest.mark.parametrize("form", NESTED)
def test_deep_nesting_is_compiled(form: str) -> None:
    text = mutation.HEAD + "二、2026年重点工作\n" + NESTED[form](2000 if form != "lists" else 200)
    holds_together(compiled(text), text)


ONE_CHARACTER = "一十百万亿两0189.%％年月日底末前内以上个所的和及等第，。、；：（）“”《》\n \t\u3000|*#-—&<政市是新建\u200b①〇○🏫"


@pytest.mark.parametrize("character", ONE_CHARACTER)
def test_one_character_without_end_is_compiled(character: str) -> None:
    text = mutation.HEAD + character * 20_000
    holds_together(compiled(text), text)


def calls(work: Callable[[], object]) -> int:
    """How many functions `work` calls, those of Python and those written in C."""
    count = 0

    def tally(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


LONG: dict[str, Callable[[int], str]] = {
    "digit": lambda size: "9" * size,
    "numeral": lambda size: "十" * size,
    "opening": lambda size: "（" * size,
    "comma": lambda size: "，" * size,
    "line": lambda size: "\n" * size,
    "targets": lambda size: "新建学校3所，" * (size // 7),
    "sentences": lambda size: "新建学校3所。" * (size // 7),
    "projects": lambda size: "推进云川东站项目建设。" * (size // 11),
    "sections": lambda size: "一、建设学校\n" * (size // 7),
    "glossary": lambda size: "新建学校3所。\n名词解释\n" + "1.四步法：指一、二、三、四。\n" * (size // 15),
}


@pytest.mark.parametrize("form", LONG)
def test_the_work_grows_with_the_length_and_no_faster(form: str) -> None:
    """Calls, not seconds: they are the same on every machine. 5,000 characters are longer than any sentence that is kept whole."""
    short, long = (mutation.HEAD + "二、2026年重点工作\n" + LONG[form](size) for size in (5_000, 50_000))
    compiled(short)
    assert calls(lambda: compiled(long)) <= 15 * calls(lambda: compiled(short))


def test_a_long_run_of_mutants_ends_in_plans() -> None:
    chance = random.Random(20260112)
    for _ in range(12):
        text = mutation.mutant(chance)
        holds_together(compiled(text), text)


def test_what_is_no_report_is_refused() -> None:
    with pytest.raises(NotAReportError):
        compile_report(document(Delivered("今天天气很好。", Medium.TEXT), name="report.txt"), year=YEAR)
