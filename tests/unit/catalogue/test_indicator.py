from collections import Counter

import pytest

from luoshi.catalogue.indicator import find, indicators
from luoshi.catalogue.measure import dimension_of
from luoshi.compiler.indicator import link
from luoshi.plan.model import TargetKind


def test_there_are_several_hundred_indicators() -> None:
    assert len(indicators()) > 400


def test_no_name_belongs_to_two_indicators() -> None:
    names = Counter(name for known in indicators().values() for name in (known.name, *known.aliases))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_indicator_is_complete() -> None:
    for known in indicators().values():
        assert known.units, known.key
        assert known.direction in ("higher", "lower", "none"), known.key
        assert known.accumulates in ("flow", "stock", "rate"), known.key
        assert known.frequency in ("daily", "monthly", "quarterly", "half_yearly", "yearly"), known.key
        assert known.course in ("cumulative", "from_base", "hold", "step", "annual"), known.key
        assert all(dimension_of(unit) for unit in known.units if unit), (known.key, known.units)


@pytest.mark.parametrize(
    ("words", "key", "how"),
    [
        ("地区生产总值", "economy.gdp", "whole"),
        ("GDP", "economy.gdp", "whole"),
        ("大型园区固定资产投资", "investment.fixed_assets", "end"),
        ("森林覆盖率目标", "environment.forest_cover", "start"),
    ],
)
def test_an_indicator_is_found_by_its_names(words: str, key: str, how: str) -> None:
    match = find(words)
    assert match is not None
    assert (match.indicator.key, match.how) == (key, how)


def test_a_share_of_an_indicator_is_not_the_indicator() -> None:
    assert find("技改投资占工业投资的份额") is None


@pytest.mark.parametrize(
    ("words", "unit", "kind", "key"),
    [
        ("全县城镇新增就业", "人", TargetKind.INCREMENT, "employment.urban_jobs"),
        ("新增高新技术企业", "家", TargetKind.INCREMENT, "science.high_tech_enterprises"),
        ("省级以上高新技术企业", "家", TargetKind.COUNT, "science.high_tech_enterprises"),
        ("老旧小区改造", "个", TargetKind.COUNT, "housing.old_quarters"),
        ("规上工业增加值", "%", TargetKind.GROWTH, "industry.industrial_value_added"),
        ("镇北观景台", "座", TargetKind.COUNT, ""),
    ],
)
def test_targets_are_linked(words: str, unit: str, kind: TargetKind, key: str) -> None:
    assert link(words, unit, kind)[0] == key


def test_a_unit_that_does_not_fit_lowers_the_confidence() -> None:
    fits, wrong = link("森林覆盖率", "%", TargetKind.RATIO)[1], link("森林覆盖率", "家", TargetKind.COUNT)
    assert fits > 0.9
    assert not wrong[0] or wrong[1] < fits
