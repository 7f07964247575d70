"""Outlines of whole reports, in each of the shapes in which reports come."""

import pytest
from reports import PLAN, REVIEW, outline_of

from luoshi.compiler.outline.role import role_of_title, turn
from luoshi.plan.model import Role, Section

OPENING = "各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n"
CLOSING = "各位代表！蓝图已经绘就，奋斗正当其时。让我们携手前行。\n"


def shape(text: str) -> list[tuple[str, str, int, str]]:
    """Return role, number, level and title of each section."""
    return [(s.role.value, s.number, s.level, s.title) for s in outline_of(text).sections]


def words_of(text: str, section: Section) -> str:
    return text[section.span.start : section.span.end]


NUMBERED = (
    f"{OPENING}一、2030年工作回顾\n{REVIEW}\n二、2031年工作安排\n（一）做强产业。\n一是抓好招商。{PLAN}\n二是抓好技改。{PLAN}\n"
    f"（二）建好城市。\n{PLAN}\n三、加强政府自身建设\n{PLAN}\n{CLOSING}名词解释\n1．三清：清河、清渠、清塘。\n"
)


def test_a_numbered_report() -> None:
    assert shape(NUMBERED) == [
        ("frame", "", 0, ""),
        ("review", "一", 1, "2030年工作回顾"),
        ("work", "二", 1, "2031年工作安排"),
        ("work", "（一）", 2, "做强产业"),
        ("work", "一是", 3, "抓好招商"),
        ("work", "二是", 3, "抓好技改"),
        ("work", "（二）", 2, "建好城市"),
        ("self_government", "三", 1, "加强政府自身建设"),
        ("frame", "", 0, ""),
        ("glossary", "", 0, "名词解释"),
    ]


def test_sections_hold_the_sections_inside_them() -> None:
    sections = outline_of(NUMBERED).sections
    by_id = {section.id: section for section in sections}
    for section in sections:
        if section.parent:
            assert by_id[section.parent].span.covers(section.span)
    work = next(section for section in sections if section.number == "二")
    assert "建好城市" in words_of(NUMBERED, work)
    assert "自身建设" not in words_of(NUMBERED, work)


def test_a_heading_is_a_sentence_of_its_own() -> None:
    outline = outline_of(NUMBERED)
    headings = {section.heading for section in outline.sections if section.title}
    sentences = {outline.reading.span(item.start, item.end) for item in outline.sentences}
    assert headings <= sentences


def test_a_report_whose_headings_have_no_numbers() -> None:
    text = f"{OPENING}2030年工作回顾\n{REVIEW}\n2031年重点工作\n一、做强产业\n{PLAN}\n二、建好城市\n{PLAN}\n{CLOSING}"
    assert shape(text) == [
        ("frame", "", 0, ""),
        ("review", "", 0, "2030年工作回顾"),
        ("work", "", 0, "2031年重点工作"),
        ("work", "一", 1, "做强产业"),
        ("work", "二", 1, "建好城市"),
        ("frame", "", 0, ""),
    ]


def test_a_report_without_any_heading_turns_where_its_tense_turns() -> None:
    text = OPENING + f"{REVIEW}\n" * 8 + "今年工作的总体要求是稳字当头。\n" + f"{PLAN}\n" * 14
    found = shape(text)
    assert [role for role, *_ in found] == ["frame", "review", "work"]
    work = outline_of(text).sections[2]
    assert words_of(text, work).startswith("今年工作的总体要求")


def test_the_second_half_of_a_report() -> None:
    text = f"2031年甲市政府工作报告\n围绕上述目标，重点做好以下工作。\n（一）做强产业。\n{PLAN}\n二、加强政府自身建设\n{PLAN}\n"
    assert [(role, number) for role, number, *_ in shape(text)] == [
        ("frame", ""),
        ("work", ""),
        ("work", "（一）"),
        ("self_government", "二"),
    ]


def test_five_year_goals_stand_apart_from_the_work_of_the_year() -> None:
    text = f"一、过去五年工作回顾\n{REVIEW}\n二、今后五年的目标任务\n{PLAN}\n三、2031年重点工作\n{PLAN}\n"
    assert [role for role, *_ in shape(text)] == ["review", "goals", "work"]


def test_last_year_s_work_is_a_review_though_its_title_does_not_say_so() -> None:
    text = f"一、2030年的主要工作\n{REVIEW}\n二、2031年的主要工作\n{PLAN}\n"
    assert [role for role, *_ in shape(text)] == ["review", "work"]


def test_conduct_inside_the_review_stays_a_review() -> None:
    text = f"一、2030年工作回顾\n{REVIEW}\n（一）政府自身建设得到加强\n{REVIEW}\n二、2031年工作安排\n{PLAN}\n"
    assert [role for role, *_ in shape(text)] == ["review", "review", "work"]


def test_an_inner_count_with_the_same_marks_as_the_outer() -> None:
    text = (
        f"一、2030年工作回顾\n{REVIEW}\n二、2031年工作安排\n{PLAN}\n一、做强产业，扩大就业\n{PLAN}\n二、建好城市，管好城市\n{PLAN}\n"
        f"三、加强政府自身建设\n{PLAN}\n"
    )
    levels = {title: level for _, _, level, title in shape(text)}
    assert levels["2031年工作安排"] == 1
    assert levels["做强产业，扩大就业"] == levels["建好城市，管好城市"] == 2


def test_lines_of_a_web_page_after_the_report_are_no_part_of_it() -> None:
    text = f"一、2031年工作安排\n{PLAN}\n{CLOSING}上一篇：甲市统计公报\n下一篇：乙县公报\n"
    work, frame = outline_of(text).sections
    assert (work.role, frame.role) == (Role.WORK, Role.FRAME)
    assert "上一篇" in words_of(text, frame)


@pytest.mark.parametrize("heading", ["名词解释：", "注：", ""])
def test_a_glossary_of_numbered_entries_is_found_with_a_heading_or_without(heading: str) -> None:
    entries = "1.“三清”：清河、清渠、清塘。\n2.“两改”：改厨、改厕。\n3.“一网”：即一张服务网。\n"
    text = f"一、2031年工作安排\n{PLAN}\n{CLOSING}{heading}\n{entries}"
    *_, frame, glossary = outline_of(text).sections
    assert (frame.role, glossary.role) == (Role.FRAME, Role.GLOSSARY)
    assert words_of(text, glossary).endswith("服务网。")


def test_a_numbered_item_that_is_one_sentence_is_no_section() -> None:
    text = f"一、2031年工作安排\n{PLAN}\n1.新建公厕20座，改造公厕30座。\n2.打通断头路5条。\n"
    assert [number for _, number, *_ in shape(text)] == ["一"]


def test_an_empty_text_has_no_section_and_no_sentence() -> None:
    outline = outline_of(" \n\n")
    assert (outline.sections, outline.sentences) == ((), ())


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("2030年工作回顾", Role.REVIEW),
        ("过去五年的工作", Role.REVIEW),
        ("“十五五”时期主要目标任务", Role.GOALS),
        ("今后五年发展重点和2031年工作任务", Role.WORK),
        ("总体要求和主要目标", Role.GOALS),
        ("今年的重点工作", Role.WORK),
        ("建设人民满意的服务型政府", Role.SELF_GOVERNMENT),
        ("全面提升政府治理能力", Role.SELF_GOVERNMENT),
        ("部分用语说明", Role.GLOSSARY),
        ("附件2", Role.ANNEX),
        ("做强产业集群", None),
    ],
)
def test_role_that_a_title_states(title: str, role: Role | None) -> None:
    assert role_of_title(title) is role


def test_the_turn_is_where_looking_back_ends() -> None:
    assert turn([3, 2, -1, 4, -2, -3]) == 4
    assert turn([-1, -2]) == 0
    assert turn([1, 2]) == 2
