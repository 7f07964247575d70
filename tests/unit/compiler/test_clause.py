import pytest
from reports import outline_of

from luoshi.compiler import clause
from luoshi.compiler.clause import Boundary


def pieces(text: str) -> list[str]:
    return [text[item.start : item.end] for item in clause.split(text, 0, len(text), 0)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("修路20公里，建桥3座；办好学校。", ["修路20公里", "建桥3座", "办好学校"]),
        ("重点抓三件事：修路、建桥、办学。", ["重点抓三件事", "修路、建桥、办学"]),
        ("推行“一窗受理，集成服务”，压减材料。", ["推行“一窗受理，集成服务”", "压减材料"]),
        (
            "落实《甲办法；乙细则》，完善制度（含试点，不含区县）。",
            ["落实《甲办法；乙细则》", "完善制度（含试点，不含区县）"],
        ),
        ("发放补贴1,200万元，惠及8：30班车。", ["发放补贴1,200万元", "惠及8：30班车"]),
        ("，，；。", []),
    ],
)
def test_where_clauses_end(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_what_ends_a_clause() -> None:
    found = clause.split("目标是：修路，建桥；办学。", 0, 13, 4)
    assert [item.boundary for item in found] == [
        Boundary.COLON,
        Boundary.COMMA,
        Boundary.SEMICOLON,
        Boundary.STOP,
    ]
    assert {item.sentence for item in found} == {4}


def test_clauses_of_an_outline_name_their_sentence() -> None:
    outline = outline_of("一、2031年工作安排\n新建学校3所，改造医院1家。打通断头路5条，确保年内通车。\n")
    found = clause.from_outline(outline)
    assert [item.sentence for item in found] == [0, 1, 1, 2, 2]
