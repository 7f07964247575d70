"""The passes for terms, procedures and projects take any text, and every place they give lies in it."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.compiler import procedure, project, term
from luoshi.compiler.outline import Outline
from luoshi.kernel.identity import Minter
from luoshi.kernel.span import Span
from luoshi.plan.model import Role

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "compiler"))
from laying import outline_of

WORDS = st.sampled_from(
    [
        "一", "二", "三", "两", "双", "十", "多", "N", "3", "75", "0.5", "“", "”", "、", "，", "。", "；", "：", "（", "）", "\n", "《", "》",
        "1.", "[2]", "【", "】", "和", "等", "即", "是指", "个", "大", "库", "步走", "通办", "机制", "制度", "要求", "按照", "坚持", "并举", "每月",
        "一季一", "半年", "调度", "个工作日", "以内", "压缩至", "内办结", "项目", "行动", "工程", "推进", "对", "开工", "大桥", "园", "支持", "创建", "国家", "示范市", "建设", "竣工投产", "年内", "改造", "作用", "发挥", "乱", "好", "化", "+", "-", " ", "甲",
    ]
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=60).map("".join).filter(lambda text: text.strip("\n "))


def spans_of(outline: Outline) -> list[tuple[Span, str]]:
    minter = Minter()
    terms = term.from_outline(outline, minter)
    procedures = procedure.from_outline(outline, terms, minter)
    projects = project.from_outline(outline, (), 2026, minter)
    found = [(span, "") for one in terms for span in (*one.spans, *one.uses)]
    found += [(one.spans[0], one.text) for one in (*terms, *procedures, *projects)]
    found += [(one.clause, "") for one in projects if one.clause]
    for one in procedures:
        found += [
            (part.span, "") for part in (*one.stages, *one.members, *one.limits, *one.strikes) if part.span
        ]
    return found


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_gives_places_inside_it(body: str, glossary: str) -> None:
    """Every span lies inside its source and quotes it."""
    outline = outline_of((Role.WORK, body), (Role.GLOSSARY, glossary))
    source = outline.reading.delivered
    for span, text in spans_of(outline):
        assert span.end <= len(source)
        assert not text or text == span.quote(source)


@settings(deadline=None, max_examples=50)
@given(TEXTS, TEXTS)
def test_the_same_text_gives_the_same_items(body: str, glossary: str) -> None:
    """Compiling is deterministic."""
    outline = outline_of((Role.WORK, body), (Role.GLOSSARY, glossary))
    first, second = Minter(), Minter()
    terms = term.from_outline(outline, first)
    assert terms == term.from_outline(outline, second)
    assert procedure.from_outline(outline, terms, first) == procedure.from_outline(outline, terms, second)
    assert project.from_outline(outline, (), 2026, first) == project.from_outline(outline, (), 2026, second)
