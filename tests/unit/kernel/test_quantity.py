from decimal import Decimal

import pytest

from luoshi.kernel.quantity import base_amount, parse_numeral, split_unit


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("42", "42"),
        ("1,234,567", "1234567"),
        ("3.75", "3.75"),
        ("零", "0"),
        ("八", "8"),
        ("两", "2"),
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("九十九", "99"),
        ("一百", "100"),
        ("一百零五", "105"),
        ("一百五", "150"),
        ("三百六十五", "365"),
        ("两千", "2000"),
        ("两千零一十", "2010"),
        ("一万", "10000"),
        ("两万五", "25000"),
        ("三万六千", "36000"),
        ("五亿", "500000000"),
        ("二〇二五", "2025"),
        ("八点五", "8.5"),
        ("十二点零五", "12.05"),
        ("半", "0.5"),
        ("百分之五", "0.05"),
        ("千分之八", "0.008"),
        ("百分之九十五", "0.95"),
    ],
)
def test_numerals_are_read(text: str, value: str) -> None:
    assert parse_numeral(text) == Decimal(value)


def test_a_fraction_is_a_division() -> None:
    assert parse_numeral("四分之三") == Decimal("0.75")


@pytest.mark.parametrize("text", ["", "个", "百百", "十千", "一二两", "12a", "分之三", "1,23", "三分之零个"])
def test_other_words_are_no_numerals(text: str) -> None:
    assert parse_numeral(text) is None


@pytest.mark.parametrize(
    ("unit", "size", "rest"),
    [
        ("亿元", 10**8, "元"),
        ("万平方米", 10**4, "平方米"),
        ("千亿元", 10**11, "元"),
        ("千瓦", 1, "千瓦"),
        ("万千瓦", 10**4, "千瓦"),
        ("百分点", 1, "百分点"),
        ("家", 1, "家"),
        ("", 1, ""),
        ("万", 10**4, ""),
    ],
)
def test_a_unit_is_parted_from_its_multiplier(unit: str, size: int, rest: str) -> None:
    assert split_unit(unit) == (size, rest)


def test_amounts_are_brought_to_the_same_footing() -> None:
    assert (
        base_amount(Decimal("1.5"), "亿元")
        == base_amount(Decimal(15000), "万元")
        == (Decimal(150000000), "元")
    )
