"""The catalogue of bureaus is consistent, and names change on the days of the reforms."""

from datetime import date
from itertools import pairwise

import pytest

from luoshi.catalogue.bureau import RANKS, bureaus
from luoshi.catalogue.reform import reforms

ALL = list(bureaus().values())
each = pytest.mark.parametrize("bureau", ALL, ids=lambda bureau: bureau.key)


def test_all_fields_of_government_are_there():
    keys = set(bureaus())
    usual = "development finance industry commerce education health civil-affairs labour construction transport water agriculture culture environment"
    assert set(usual.split()) <= keys
    assert {
        "women",
        "youth",
        "union",
        "disabled",
        "organisation",
        "propaganda",
        "districts",
        "general-office",
    } <= keys
    assert len(keys) >= 70


def test_reforms_are_in_order_of_time_and_local_governments_follow():
    days = [reform.nation for reform in reforms().values()]
    assert days == sorted(days)
    assert [reform.key for reform in reforms().values() if reform.local < reform.nation] == [
        "supervision-2018"
    ]
    assert all(reform.reference for reform in reforms().values())


@each
def test_a_word_of_duty_stands_once_in_a_bureau(bureau):
    words = [*bureau.own, *bureau.usual, *bureau.part]
    assert len(words) == len(set(words))
    assert all(words)


@each
def test_a_bureau_has_duties(bureau):
    assert bureau.own or bureau.usual
    assert bureau.stems


@each
def test_a_bureau_has_one_plain_name_for_every_rank_on_every_day(bureau):
    days = sorted(
        {day for reform in reforms().values() for day in (reform.nation, reform.local)}
        | {date(1999, 3, 1), date.max}
    )
    for rank in ("nation", "province", "city", "county"):
        for day in days:
            names = bureau.edition(rank, day).name(rank)
            assert names
            assert all(names)
            national = rank == "nation"
            assert sum(e.is_in_force(day, national=national) and not e.words for e in bureau.editions) <= 1


@each
def test_spells_of_a_name_rise(bureau):
    for edition in bureau.editions:
        assert set(edition.names) <= set(RANKS)
        if edition.since and edition.until:
            assert edition.since.nation < edition.until.nation
            assert edition.since.local < edition.until.local


@each
def test_the_bureau_that_stands_in_exists(bureau):
    seen = [bureau.key]
    while bureau.falls_to:
        bureau = bureaus()[bureau.falls_to]
        assert bureau.key not in seen
        seen.append(bureau.key)


def test_present_names_tell_bureaus_apart():
    # A bureau that falls to another one may bear its name; no two others may.
    for rank in ("nation", "province", "city", "county"):
        names = [
            name
            for bureau in ALL
            if not bureau.falls_to
            for name in dict.fromkeys(bureau.edition(rank, date.max).name(rank))
        ]
        assert sorted(names) == sorted(set(names)), rank


@pytest.mark.parametrize(
    ("key", "rank", "day", "name"),
    [
        ("environment", "nation", date(2007, 4, 1), "国家环境保护总局"),
        ("environment", "nation", date(2009, 4, 1), "环境保护部"),
        ("environment", "nation", date(2018, 4, 1), "生态环境部"),
        ("environment", "city", date(2018, 3, 1), "环境保护局"),
        ("environment", "city", date(2019, 3, 1), "生态环境局"),
        ("health", "city", date(2012, 3, 1), "卫生局"),
        ("health", "city", date(2016, 3, 1), "卫生和计划生育委员会"),
        ("health", "city", date(2020, 3, 1), "卫生健康委员会"),
        ("health", "county", date(2020, 3, 1), "卫生健康局"),
        ("market", "city", date(2019, 3, 1), "市场监督管理局"),
        ("development", "nation", date(2003, 4, 1), "国家发展和改革委员会"),
        ("development", "province", date(2003, 3, 1), "发展计划委员会"),
        ("labour", "city", date(2007, 3, 1), "劳动和社会保障局"),
        ("data", "city", date(2025, 3, 1), "数据局"),
    ],
)
def test_names_follow_the_reforms(key, rank, day, name):
    assert bureaus()[key].edition(rank, day).name(rank)[0] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("食品抽检合格率稳定在98%以上", "食品药品监督管理局"),
        ("开展电梯安全检查", "质量技术监督局"),
        ("新登记企业两千户", "工商行政管理局"),
    ],
)
def test_the_task_chooses_among_offices_that_shared_the_duties(text, name):
    assert bureaus()["market"].edition("city", date(2016, 3, 1), text).name("city")[0] == name


def test_editions_in_time_follow_each_other():
    for bureau in ALL:
        undivided = [e for e in bureau.editions if not e.words]
        for newer, older in pairwise(undivided):
            assert newer.since is not None, bureau.key
            assert older.until is newer.since, bureau.key
