from datetime import date

import pytest

from luoshi.compiler import deadline


@pytest.mark.parametrize(
    ("text", "written", "day"),
    [
        ("年内建成通车", "年内", date(2021, 12, 31)),
        ("上半年完成招标", "上半年", date(2021, 6, 30)),
        ("6月底前完工", "6月底前", date(2021, 6, 30)),
        ("二月底前完工", "二月底前", date(2021, 2, 28)),
        ("9月中旬开园", "9月中旬", date(2021, 9, 20)),
        ("今年6月15日前交付", "今年6月15日前", date(2021, 6, 15)),
        ("到2025年达到三成", "到2025年", date(2025, 12, 31)),
        ("2022年底前收尾", "2022年底前", date(2022, 12, 31)),
        ("全年新增就业", "全年", date(2021, 12, 31)),
        ("一季度开工", "一季度", date(2021, 3, 31)),
        ("第三季度末交付", "第三季度末", date(2021, 9, 30)),
        ("国庆节前开园", "国庆节前", date(2021, 9, 30)),
        ("春节前付清", "春节前", date(2021, 2, 11)),
        ("“十四五”末建成", "“十四五”末", date(2025, 12, 31)),
        ("“十四五”时期，全市要", "“十四五”时期", date(2025, 12, 31)),
        ("今后五年，努力", "今后五年", date(2025, 12, 31)),
        ("三年内实现", "三年内", date(2023, 12, 31)),
        ("用两到三年时间建成", "用两到三年时间", date(2023, 12, 31)),
        ("明年上半年交付", "明年上半年", date(2022, 6, 30)),
        ("到二〇三〇年建成", "到二〇三〇年", date(2030, 12, 31)),
        ("2021年，我们将", "2021年", date(2021, 12, 31)),
    ],
)
def test_words_that_state_a_limit(text: str, written: str, day: date) -> None:
    (mention,) = deadline.mentions(text, year=2021)
    assert (mention.written, mention.day) == (written, day)
    assert text[mention.start : mention.end] == written


@pytest.mark.parametrize(
    "text",
    [
        "编制“十四五”规划",
        "较2020年下降一成",
        "比2025年提高",
        "实施三年行动计划",
        "一个月内办结",
        "每月调度",
        "2019年以来",
        "2018年完成的任务",
        "2021—2025年方案",
        "高于上年水平",
        "建设5号线年代街区",
    ],
)
def test_words_that_state_none(text: str) -> None:
    assert deadline.mentions(text, year=2021) == ()


def test_a_limit_covers_the_later_items_of_its_sentence() -> None:
    text = "力争全年引进企业3家、新签协议9份，到位资金2亿元。"
    found = deadline.mentions(text, year=2021)
    at = text.index("2亿元")
    mention = deadline.governing(found, text, 0, at, len(text))
    assert mention is not None
    assert mention.written == "全年"


def test_a_moment_after_its_subject_covers_its_clause_alone() -> None:
    text = "甲桥年内通车，新建学校3所。"
    found = deadline.mentions(text, year=2021)
    assert deadline.governing(found, text, 0, text.index("3所"), len(text)) is None


def test_a_semicolon_ends_the_scope() -> None:
    text = "全年新增就业3万人；发放贷款2亿元。"
    found = deadline.mentions(text, year=2021)
    assert deadline.governing(found, text, 0, text.index("2亿元"), len(text)) is None


def test_the_default_is_the_last_day_of_the_year() -> None:
    limit = deadline.default(2021)
    assert (limit.day, limit.written, limit.span) == (date(2021, 12, 31), "", None)
