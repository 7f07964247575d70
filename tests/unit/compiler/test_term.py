"""Terms: glossary entries in the shapes that reports use, and their uses in the text."""

from __future__ import annotations

import pytest
from laying import outline_of

from luoshi.compiler.term import from_outline
from luoshi.kernel.identity import Minter
from luoshi.plan.model import Role, Term


def terms_of(glossary: str, body: str = "坚持稳中求进。", role: Role = Role.GLOSSARY) -> tuple[Term, ...]:
    return from_outline(outline_of((Role.WORK, body), (role, glossary)), Minter())


def names_of(glossary: str) -> list[str]:
    return [term.name for term in terms_of(glossary)]


def uses_of(name_line: str, body: str) -> list[str]:
    (term,) = terms_of(name_line, body)
    return [body[span.start : span.end] for span in term.uses]


@pytest.mark.parametrize(
    "glossary",
    [
        "用语说明\n五通：水通、电通、路通、气通、网通。\n两清：清淤、清障。\n",
        "用语说明\n1.五通：水通、电通、路通、气通、网通。\n2.两清：清淤、清障。\n",
        "[1]五通：指水通、电通、路通、气通、网通。\n[2]两清：指清淤、清障。\n",
        "【五通】水通、电通、路通、气通、网通。\n【两清】即清淤、清障。\n",
        "①五通：水通、电通、路通、气通、网通。\n②两清：清淤、清障。\n",
        "“五通”是指水通、电通、路通、气通、网通。\n“两清”是指清淤、清障。\n",
        "1.“五通”\n水通、电通、路通、气通、网通，一项不少。\n2.“两清”\n清淤、清障，两项都要做完才算。\n3.“三不”\n不推、不拖、不等，三条都要做到。\n",
        "名词解释1.五通：水通、电通、路通、气通、网通。2.两清：清淤、清障。3.三不：不推、不拖、不等。",
    ],
    ids=[
        "colon",
        "numbered",
        "bracket number",
        "lenticular",
        "circled",
        "says",
        "name on its own line",
        "run-on",
    ],
)
def test_entries_are_found_in_every_shape(glossary: str) -> None:
    assert names_of(glossary)[:2] == ["五通", "两清"]


def test_definition_leaves_out_the_lead_in_and_keeps_later_lines() -> None:
    first, second = terms_of("五通：是指水通、电通。\n另含网通。\n两清：清淤、清障。\n两旁：路旁、沟旁。")[:2]
    assert first.definition == "水通、电通。\n另含网通。"
    assert second.definition == "清淤、清障。"


def test_lines_without_a_name_continue_the_entry_above() -> None:
    first, second = terms_of(
        "1.五通：共五项。\n水通和电通先做，其余后做。\n2.两清：清淤、清障。\n3.两旁：路旁、沟旁。"
    )[:2]
    assert first.definition == "共五项。\n水通和电通先做，其余后做。"
    assert second.name == "两清"


def test_first_span_is_the_entry_and_quotes_its_words() -> None:
    body = "推进五通。"
    (term,) = terms_of("五通：水通、电通。", body)
    assert term.text == "五通：水通、电通。"
    assert term.spans[0].start == len(body) + 1


def test_number_may_run_into_a_name_that_begins_with_a_digit() -> None:
    assert names_of(
        "1.甲方案：第一种做法。\n2.乙方案：第二种做法。\n3.丙方案：第三种做法。\n4.1核3城：一个中心，三座新城。"
    ) == [
        "甲方案",
        "乙方案",
        "丙方案",
        "1核3城",
    ]


def test_page_furniture_after_the_glossary_is_no_term() -> None:
    assert names_of("五通：水通、电通。\n两清：清淤、清障。\n上一篇：另一座城市的报告\n") == ["五通", "两清"]


def test_task_list_in_an_annex_is_no_glossary() -> None:
    annex = "1.就业：新增岗位若干。\n2.住房：改造旧房若干。\n3.教育：新建学校若干。\n4.医疗：新增病床若干。"
    assert terms_of(annex, "抓好就业、住房、教育和医疗。", Role.ANNEX) == ()


def test_definitions_inside_an_annex_are_terms() -> None:
    annex = "1.“五通”：水通等。\n2.“两清”：清淤等。\n3.“三不”：不推等。\n4.“四查”：查账等。"
    body = "落实“五通”“两清”，做到“三不”“四查”。"
    assert [term.name for term in terms_of(annex, body, Role.ANNEX)] == ["五通", "两清", "三不", "四查"]


def test_task_text_without_a_glossary_has_no_terms() -> None:
    assert from_outline(outline_of((Role.WORK, "一是抓项目：开工三个。")), Minter()) == ()


@pytest.mark.parametrize(
    ("entry", "body", "expected"),
    [
        ("五通工程：水通等。", "实施五通工程，扩大“五通工程”成果。", ["五通工程", "五通工程"]),
        ("五通工程：水通等。", "实施“五通”工程。", ["五通”工程"]),
        ("五通工程：水通等。", "推进“五通”，开展五通一平。", ["五通"]),
        ("五通：水通等。", "推进“五通、两清”。", ["五通"]),
        ("五通：水通等。", "抓好五通工作，修第五通道。", ["五通"]),
        ("一门进：进一扇门。", "实行“一门进、一次成、一码管”改革。", ["一门进"]),
        ("证照办理“5、3、1”：企业5日、个体3日、变更1日。", "办证压缩至“5、3、1”。", ["5、3、1"]),
        ("AI助手：软件。", "推广AI助手，不建MAI助手。", ["AI助手"]),
        ("甲方法、乙方法大全：两种做法。", "采用甲方法，推广乙方法大全。", ["乙方法大全"]),
    ],
)
def test_uses_are_found_quoted_or_not(entry: str, body: str, expected: list[str]) -> None:
    assert uses_of(entry, body) == expected


def test_longest_name_wins() -> None:
    glossary = "四查：查账等。\n四查四改：查账改账等。"
    body = "开展“四查四改”，巩固“四查”成果。"
    short, long = terms_of(glossary, body)
    assert [span.start for span in short.uses] == [body.index("四查”成果")]
    assert [span.start for span in long.uses] == [body.index("四查四改")]


def test_footnote_marks_are_uses_where_the_words_differ() -> None:
    glossary = "[1]五通：水通等。\n[2]清障行动：清理障碍。"
    body = "实现“五通”[1]，继续清理障碍[2]。"
    first, second = terms_of(glossary, body)
    assert [body[span.start : span.end] for span in first.uses] == ["五通"]
    assert [body[span.start : span.end] for span in second.uses] == ["[2]"]


def test_term_without_a_use_says_so() -> None:
    (term,) = terms_of("五通：水通等。")
    assert [basis.code for basis in term.bases] == ["C403"]
