import pytest

from luoshi.catalogue.measure import COUNTED, dimension_of, longest_unit, measures


@pytest.mark.parametrize(
    ("unit", "dimension"),
    [
        ("元", "money"),
        ("亿美元", "money"),
        ("万亩", "area"),
        ("公里", "length"),
        ("万千瓦", "power"),
        ("%", "ratio"),
        ("个百分点", "ratio"),
        ("家", "thing"),
        ("万人次", "people"),
        ("场次", "event"),
        ("个工作日", "time"),
        ("光年", ""),
    ],
)
def test_a_unit_measures_one_thing(unit: str, dimension: str) -> None:
    assert dimension_of(unit) == dimension


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("个百分点以上", "个百分点"),
        ("个项目", "个"),
        ("平方公里的", "平方公里"),
        ("人次左右", "人次"),
        ("年来", "年"),
        ("之一", ""),
    ],
)
def test_the_longest_unit_wins(text: str, unit: str) -> None:
    assert longest_unit(text, 0, len(text)) == unit


def test_there_are_several_hundred_units_of_known_dimensions() -> None:
    known = measures()
    assert len(known.dimension) > 300
    assert set(known.dimension.values()) > COUNTED
    assert all(unit.strip() == unit and unit for unit in known.dimension)
