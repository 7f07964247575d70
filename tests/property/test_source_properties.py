"""Whatever the bytes, reading a source gives a text or one clear error."""

import io
import zipfile
from contextlib import suppress

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.compiler.source import read
from luoshi.kernel.errors import UnreadableError

PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>报告</title></head><body><ul><li><a href='/'>首页</a></li></ul>"
    "<table><tr><td><p>一、总体要求</p><p>今年全市生产总值增长6%左右，新增城镇就业1.2万人，改造老旧小区23个，新建学校4所。</p></td></tr></table>"
    "<ol><li>新建农村公路120公里，</li></ol><pre>抓好\n落实。</pre><p>版权所有</p></body></html>"
).encode()
TEXT = "一、总体要求\n今年全市生产总值增长6%左右，新增城镇就业1.2万人。\n".encode()


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph("一、总体要求")
    document.add_paragraph("新建学校", style="List Number")
    document.add_table(1, 2).cell(0, 0).text = "指标"
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


WORD = word()
BODY = zipfile.ZipFile(io.BytesIO(WORD)).read("word/document.xml")
CUTS = st.tuples(st.floats(0, 1), st.binary(max_size=12), st.integers(0, 40))


def changed(data: bytes, cuts: list[tuple[float, bytes, int]]) -> bytes:
    """Put bytes in the place of others, wherever."""
    for place, new, removed in cuts:
        at = int(place * len(data))
        data = data[:at] + new + data[at + removed :]
    return data


def reads_or_refuses(data: bytes, name: str) -> None:
    with suppress(UnreadableError):
        assert "\r" not in read(data, name=name).text


@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(CUTS, min_size=1, max_size=4).map(lambda cuts: changed(TEXT * 3, cuts)),
    )
)
def test_any_bytes(data: bytes) -> None:
    """`read` raises UnreadableError or gives a text."""
    if b"%PDF-" not in data:
        reads_or_refuses(data, "report.txt")


@settings(deadline=None)
@given(st.lists(CUTS, min_size=1, max_size=4))
def test_any_page(cuts: list[tuple[float, bytes, int]]) -> None:
    """`read` raises UnreadableError or gives a text."""
    reads_or_refuses(changed(PAGE, cuts), "report.html")


@settings(deadline=None, max_examples=60)
@given(st.lists(CUTS, min_size=1, max_size=3), st.booleans())
def test_any_word_file(cuts: list[tuple[float, bytes, int]], inside: bool) -> None:
    """`read` raises UnreadableError or gives a text, be the archive changed or the XML inside."""
    if not inside:
        reads_or_refuses(changed(WORD, cuts), "report.docx")
        return
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            new.writestr(name, changed(BODY, cuts) if name == "word/document.xml" else old.read(name))
    reads_or_refuses(data.getvalue(), "report.docx")
