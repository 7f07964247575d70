import pytest

from luoshi.catalogue import place


@pytest.mark.parametrize(
    ("name", "code", "rank"),
    [
        ("湖北省", "420000", "province"),
        ("北京市", "110000", "province"),
        ("武汉市", "420100", "city"),
        ("恩施土家族苗族自治州", "422800", "city"),
        ("天门市", "429006", "city"),
        ("义乌市", "330782", "county"),
        ("浦东新区", "310115", "county"),
    ],
)
def test_code_and_rank_of_a_place(name: str, code: str, rank: str) -> None:
    (found,) = place.named(name)
    assert (found.code, found.rank, found.former) == (code, rank, False)


def test_a_district_name_that_several_cities_share() -> None:
    assert len(place.named("鼓楼区")) > 1


def test_a_name_that_is_no_longer_used_is_marked() -> None:
    (found,) = place.named("襄樊市")
    assert (found.code, found.former) == ("420600", True)


def test_places_above() -> None:
    (found,) = place.named("义乌市")
    assert found.above == ("金华市", "浙江省")


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("内蒙古", "内蒙古自治区"),
        ("延边", "延边朝鲜族自治州"),
        ("天门", "天门市"),
        ("广西", "广西壮族自治区"),
    ],
)
def test_short_names(short: str, name: str) -> None:
    assert name in [found.name for found in place.called(short)]
