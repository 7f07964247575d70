"""Counts that names declare."""

from __future__ import annotations

import pytest

from luoshi.compiler.procedure.numeral import accepts, declared, groups_of, numbers_of


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("六步走", 6),
        ("两区三通道", 5),
        ("四问三查两评后奖", 9),
        ("三山五水", 8),
        ("五位一体", 5),
        ("双评议", 2),
        ("十二条硬措施", 12),
        ("教育“三名”工程", 3),
        ("“4+6”产业体系", 10),
        ("“235”行动", 10),
        ("办证“5、3、1”", 3),
        ("四个一批", 4),
        ("一核一带一区", 3),
        ("甲乙同行、三路并进、全城联动", 3),
        ("一网通办", None),
        ("一师一档", None),
        ("三年行动计划", None),
        ("“十四五”规划", None),
        ("5G基站", None),
        ("“1+N”政策体系", None),
        ("21世纪学校", None),
        ("3.0版方案", None),
        ("第三方评估", None),
        ("2026跨年活动", None),
        ("揭榜挂帅", None),
    ],
)
def test_names_declare_their_count(name: str, count: int | None) -> None:
    assert declared(name) == count


def test_a_numeral_counts_the_words_up_to_the_next() -> None:
    assert [(group.count, group.unit) for group in groups_of("两区三通道多点")] == [
        (2, "区"),
        (3, "通道"),
        (None, "点"),
    ]


def test_numbers_are_read_as_written() -> None:
    assert numbers_of("工程审批“70、45、20”") == ("70", "45", "20")
    assert numbers_of("六步走") == ()


@pytest.mark.parametrize(
    ("name", "found", "accepted"),
    [
        ("三抓三促", 6, True),
        ("三抓三促", 3, True),  # three parts that each 抓 one thing and 促 another
        ("三抓三促", 4, False),
        ("“2341”行动", 4, True),  # one part for each digit
        ("六步走", 5, False),
        ("揭榜挂帅", 7, True),
    ],
)
def test_a_found_number_is_checked_against_the_name(name: str, found: int, accepted: bool) -> None:
    assert accepts(name, found) is accepted
