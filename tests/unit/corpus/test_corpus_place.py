"""Places as tables of texts name them."""

import pytest

from luoshi.corpus.place import given
from luoshi.plan.model import Level, Place


@pytest.mark.parametrize("level", ["", "city", "市级"])
def test_one_place_of_the_name_gives_code_and_rank(level: str) -> None:
    assert given("天门市", level) == Place(name="天门市", code="429006", level=Level.CITY)


@pytest.mark.parametrize(("level", "rank"), [("provincial", Level.PROVINCE), ("省级", Level.PROVINCE)])
def test_ranks_are_read_however_they_are_written(level: str, rank: Level) -> None:
    assert given("湖北省", level) == Place(name="湖北省", code="420000", level=rank)


def test_the_nation_has_no_code() -> None:
    assert given("全国", "national") == Place(name="全国", level=Level.NATION)


def test_a_name_that_several_places_share_gets_no_code() -> None:
    # 鼓楼区 is a district of 南京, 徐州, 开封 and 福州.
    assert given("鼓楼区", "county") == Place(name="鼓楼区", level=Level.COUNTY)


def test_a_stated_code_stands() -> None:
    assert given("鼓楼区", "county", "320106") == Place(name="鼓楼区", code="320106", level=Level.COUNTY)


def test_an_unlisted_place_keeps_what_is_stated() -> None:
    assert given("云川市", "city") == Place(name="云川市", level=Level.CITY)
    assert given("云川市", "somewhere") == Place(name="云川市")


def test_no_name_is_no_place() -> None:
    assert given("", "city") is None
