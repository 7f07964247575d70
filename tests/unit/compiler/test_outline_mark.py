import pytest

from luoshi.compiler.outline import mark
from luoshi.compiler.outline.mark import Rank


@pytest.mark.parametrize(
    ("text", "rank", "number", "ordinal", "rest"),
    [
        ("三、抓好农业", Rank.CHINESE, "三", 3, "抓好农业"),
        ("十二．扩大开放", Rank.CHINESE, "十二", 12, "扩大开放"),
        ("（一）稳住工业", Rank.BRACKETED, "（一）", 1, "稳住工业"),
        ("（十一）、稳住工业", Rank.BRACKETED, "（十一）", 11, "稳住工业"),
        ("二是修好水渠", Rank.RUNNING, "二是", 2, "修好水渠"),
        ("第五，办好学校", Rank.RUNNING, "第五", 5, "办好学校"),
        ("7.新建公厕", Rank.ARABIC, "7", 7, "新建公厕"),
        ("7、新建公厕", Rank.ARABIC, "7", 7, "新建公厕"),
        ("（3）新建公厕", Rank.SMALL, "（3）", 3, "新建公厕"),
        ("④新建公厕", Rank.SMALL, "④", 4, "新建公厕"),
        ("第二部分 今年工作", Rank.PART, "第二部分", 2, "今年工作"),
        ("——产业更强。", Rank.DASH, "——", 0, "产业更强。"),
    ],
)
def test_a_mark_is_read_as_written(text: str, rank: Rank, number: str, ordinal: int, rest: str) -> None:
    found = mark.at(text, 0, len(text))
    assert found is not None
    assert (found.rank, found.number, found.ordinal, text[found.end :]) == (rank, number, ordinal, rest)


@pytest.mark.parametrize(
    "text",
    [
        "一批项目开工",  # a numeral that counts
        "2021年工作安排",  # a year
        "3.5万亩良田",  # a decimal
        "三、",  # nothing follows
        "加快建设",
        "二二、重复",  # no number
        "12个村通水",
    ],
)
def test_words_that_only_look_like_a_mark(text: str) -> None:
    assert mark.at(text, 0, len(text)) is None


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十九", 19),
        ("二十", 20),
        ("三十四", 34),
        ("⑳", 20),
        ("15", 15),
        ("", 0),
        ("百", 0),
    ],
)
def test_value_of_a_small_number(numeral: str, value: int) -> None:
    assert mark.value(numeral) == value
