from decimal import Decimal

import pytest

from luoshi.compiler.mention import mentions


def seen(text: str) -> list[tuple[str, str, str]]:
    """Return words, value and unit of each number that can be a quantity."""
    return [
        (text[found.start : found.end], str(found.value), found.unit)
        for found in mentions(text)
        if found.label is None
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建30座", [("30座", "30", "座")]),
        ("投资1.5亿元", [("1.5亿元", "1.5", "亿元")]),
        ("发电2000万千瓦时", [("2000万千瓦时", "2000", "万千瓦时")]),
        ("提高0.8个百分点", [("0.8个百分点", "0.8", "个百分点")]),
        ("两所学校", [("两所", "2", "所")]),
        ("三十五件", [("三十五件", "35", "件")]),
        ("百分之六", [("百分之六", "6", "%")]),
        ("五分之二", [("五分之二", "0.4000", "比例")]),
        ("增加3000多户", [("3000多户", "3000", "户")]),
        ("过百万元", [("百万元", "1", "百万元")]),
        ("栽培2亿箩，", [("2亿箩", "2", "亿箩")]),
        ("全部清零", [("清零", "0", "")]),
        ("翻两番", [("翻两番", "4", "倍")]),
        ("前三十名", [("前三十名", "30", "名")]),
    ],
)
def test_quantities(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "5G网络",
        "G40高速",
        "第12届",
        "4A级景区",
        "2024年",
        "12345热线",
        "“1+N”体系",
        "3号线",
        "统一部署",
        "一批项目",
        "2.0版本",
        "三农工作",
        "PM2.5",
    ],
)
def test_names_and_dates_are_no_quantities(text: str) -> None:
    assert seen(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("6%—8%", "6", "8"),
        ("3-5家", "3", "5"),
        ("10至12个", "10", "12"),
        ("2到3所", "2", "3"),
        ("5%～6%", "5", "6"),
    ],
)
def test_ranges(text: str, low: str, high: str) -> None:
    (found,) = mentions(text)
    assert (found.value, found.upper, found.start, found.end) == (Decimal(low), Decimal(high), 0, len(text))


def test_a_stretch_is_read_without_looking_past_its_end() -> None:
    text = "新建30座桥梁，改造12条道路"
    assert [found.start for found in mentions(text, start=8)] == [text.index("12条")]
    assert [found.start for found in mentions(text, end=6)] == [2]
