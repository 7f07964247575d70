from datetime import date

import pytest
from reports import PLAN, REVIEW, reading_of

from luoshi.compiler import masthead
from luoshi.compiler.masthead import Masthead
from luoshi.plan.model import Level

ADDRESS = "各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n"


def read(text: str, name: str = "") -> Masthead:
    return masthead.from_reading(reading_of(text), name)


def codes(head: Masthead) -> list[str]:
    return [note.code for note in head.diagnostics]


def test_everything_stands_under_the_title() -> None:
    head = read(
        f"政府工作报告\n——2024年1月15日在金华市第八届人民代表大会第三次会议上\n金华市市长 王某\n{ADDRESS}{REVIEW}"
    )
    assert (head.place.name, head.place.code, head.place.level) == ("金华市", "330700", Level.CITY)
    assert (head.year, head.day) == (2024, date(2024, 1, 15))
    assert (head.title, head.body, head.session) == ("政府工作报告", "金华市第八届人民代表大会", "第三次会议")
    assert head.diagnostics == ()


@pytest.mark.parametrize(
    ("line", "body", "session"),
    [
        ("2024年1月15日在金华市第八届人民代表大会第三次会议上", "金华市第八届人民代表大会", "第三次会议"),
        ("（2024年1月15日在市八届人大三次会议上）", "市八届人民代表大会", "三次会议"),
        ("在自治区第十届人民代表大会第一次会议上", "自治区第十届人民代表大会", "第一次会议"),
    ],
)
def test_assembly_and_session_as_written(line: str, body: str, session: str) -> None:
    head = read(f"{line}\n{ADDRESS}{REVIEW}")
    assert (head.body, head.session) == (body, session)


@pytest.mark.parametrize(
    ("line", "day", "year"),
    [
        ("2023年2月10日在金华市第八届人民代表大会第二次会议上", date(2023, 2, 10), 2023),
        ("2022年12月28日在金华市第八届人民代表大会第二次会议上", date(2022, 12, 28), 2023),
        ("二〇一九年一月十四日在金华市第七届人民代表大会第三次会议上", date(2019, 1, 14), 2019),
        ("二○○八年十一月二十日在金华市第五届人民代表大会第三次会议上", date(2008, 11, 20), 2009),
    ],
)
def test_a_report_of_the_last_quarter_plans_the_next_year(line: str, day: date, year: int) -> None:
    head = read(f"{line}\n{ADDRESS}{REVIEW}")
    assert (head.day, head.year) == (day, year)


def test_without_a_date_the_headings_say_the_year() -> None:
    head = read(f"金华市政府工作报告\n{ADDRESS}一、2025年工作回顾\n{REVIEW}\n二、2026年工作安排\n{PLAN}")
    assert (head.year, codes(head)) == (2026, [])


def test_a_reviewed_year_alone_means_the_next() -> None:
    head = read(f"金华市政府工作报告\n{ADDRESS}一、2025年工作回顾\n{REVIEW}\n二、今年的工作\n{PLAN}")
    assert head.year == 2026


def test_a_title_that_names_the_reviewed_year_does_not_win_over_the_date() -> None:
    head = read(
        f"2020年金华市政府工作报告\n2021年2月1日在金华市第七届人民代表大会第六次会议上\n{ADDRESS}{REVIEW}"
    )
    assert head.year == 2021


def test_a_year_in_the_title_alone_is_taken_with_a_note() -> None:
    head = read(f"2021年金华市政府工作报告\n{PLAN}")
    assert (head.year, codes(head)) == (2021, ["C205"])


def test_headings_that_disagree_with_the_date_are_reported() -> None:
    head = read(f"2024年1月15日在金华市第八届人民代表大会第三次会议上\n{ADDRESS}一、2026年工作安排\n{PLAN}")
    assert (head.year, codes(head)) == (2024, ["C206"])


def test_no_year_at_all() -> None:
    head = read(f"金华市政府工作报告\n{PLAN}")
    assert (head.year, codes(head)) == (0, ["C208"])


@pytest.mark.parametrize(
    ("address", "name", "code", "level"),
    [
        ("现在，我代表义乌市人民政府，向大会报告工作，请予审议。", "义乌市", "330782", Level.COUNTY),
        ("现在，我代表保定市满城区人民政府，向大会报告工作。", "保定市满城区", "130607", Level.COUNTY),
        ("我代表浙江省人民政府，向大会作政府工作报告。", "浙江省", "330000", Level.PROVINCE),
        ("我代表国务院，向大会报告政府工作，请予审议。", "全国", "", Level.NATION),
    ],
)
def test_the_address_names_the_place(address: str, name: str, code: str, level: Level) -> None:
    head = read(f"各位代表：\n{address}\n{REVIEW}2024年工作安排\n{PLAN}")
    assert (head.place.name, head.place.code, head.place.level) == (name, code, level)


def test_the_file_s_name_names_the_place() -> None:
    head = read(f"{ADDRESS}{REVIEW}", "2024_金华市.txt")
    assert (head.place.name, head.year) == ("金华市", 2024)
    assert codes(head) == ["C201", "C205"]


def test_the_place_that_the_text_names_most() -> None:
    head = read(f"{ADDRESS}2024年重点工作\n" + "全市要把金华建成山水名城，让金华人过上好日子。\n" * 3)
    assert (head.place.name, codes(head)) == ("金华市", ["C202"])


def test_a_place_of_a_name_that_several_share_has_no_code() -> None:
    head = read(f"2024年1月15日在鼓楼区第八届人民代表大会第三次会议上\n{ADDRESS}{REVIEW}")
    assert (head.place.name, head.place.code) == ("鼓楼区", "")
    assert "C204" in codes(head)


def test_the_city_around_it_tells_which_of_them_it_is() -> None:
    head = read(f"2024年1月15日在南京市鼓楼区第八届人民代表大会第三次会议上\n{ADDRESS}{REVIEW}")
    assert (head.place.name, head.place.code) == ("南京市鼓楼区", "320106")


def test_an_invented_place_keeps_its_name() -> None:
    head = read(f"2026年1月15日在云汀市第八届人民代表大会第三次会议上\n{ADDRESS}{REVIEW}")
    assert (head.place.name, head.place.code, head.place.level) == ("云汀市", "", Level.CITY)


def test_an_earlier_session_in_the_text_is_not_the_delivery() -> None:
    head = read(
        f"各位代表：\n过去一年，我们完成了市八届人大二次会议确定的任务。\n{REVIEW}\n二、2026年工作安排\n{PLAN}"
    )
    assert (head.body, head.session) == ("", "")
