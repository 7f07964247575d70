"""The Word file has the form of GB/T 9704—2012: every value below was typed from the standard's clauses, and is read back from the XML.

1 mm is 1440/25.4 twips; 2号 is 22 pt, 3号 16 pt, 4号 14 pt; sizes stand in the XML in half-points.
"""

from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import msgspec
import pytest

from luoshi.brief.chart import CourseChart, Fan, Mark
from luoshi.brief.official.drawing import month_place
from luoshi.brief.official.format import format_on
from luoshi.brief.official.model import (
    Anchored,
    Annex,
    Chart,
    Column,
    Document,
    DocumentKind,
    DocumentNumber,
    Figure,
    Head,
    Heading,
    Imprint,
    Known,
    Paragraph,
    Passage,
    Row,
    Signature,
    Source,
    SourceList,
    Table,
)
from luoshi.brief.official.numbering import (
    HeadingCounter,
    chinese_numeral,
    day_written,
    entries_written,
    number_written,
)
from luoshi.brief.official.opening import title_lines
from luoshi.brief.official.template import Marks
from luoshi.brief.official.writer import to_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DAY = date(2026, 7, 8)
COURSE = CourseChart(
    title="新建学校",
    unit="所",
    year=2026,
    goal=Decimal(3),
    upper=None,
    expected=(Mark(date(2026, 3, 31), Decimal("0.75")), Mark(date(2026, 12, 31), Decimal(3))),
    actual=(Mark(date(2026, 3, 31), Decimal("0.5")), Mark(date(2026, 6, 30), Decimal(1), is_accepted=False)),
    as_of=date(2026, 6, 30),
    fan=Fan(date(2026, 12, 31), Decimal("2.2"), Decimal("1.8"), Decimal("2.6")),
)


def document(**changed):
    made = Document(
        kind=DocumentKind.MONTH,
        title="关于目标任务落实情况的专报",
        head=Head(
            issuer="云川市人民政府",
            number=DocumentNumber(sign="云政督", year=2026, serial=8),
            copy_number=12,
            secrecy="秘密★1年",
            urgency="特急",
        ),
        addressees=("市教育局", "市民政局"),
        blocks=(
            Heading(id="b1", level=1, text="总体情况"),
            Paragraph(id="b2", text="共{f1}项，完成{f2}项。"),
            Heading(id="b3", level=2, text="按章节"),
            Heading(id="b4", level=3, text="工业"),
            Heading(id="b5", level=4, text="企业"),
            Heading(id="b6", level=2, text="按单位"),
            Table(
                id="b7",
                title="亮灯",
                columns=(Column(label="章节", width_mm=100), Column(label="完成", width_mm=56)),
                rows=(Row(cells=("{p1}", "{f2}")),),
            ),
            Chart(id="b8", chart=COURSE, source="s1"),
        ),
        annexes=(
            Annex(title="数据来源", blocks=(SourceList(id="b9"),)),
            Annex(title="说明", blocks=(Paragraph(id="b10", text="无。"),)),
        ),
        signature=Signature(unit="云川市人民政府办公室", day=DAY),
        remark="联系人：督查室",
        imprint=Imprint(copies=("市委办公室", "市政协办公室"), printer="云川市人民政府办公室", day=DAY),
        figures=(Figure(id="f1", text="5", source="s1"), Figure(id="f2", text="1", source="s1")),
        passages=(Passage(id="p1", text="稳住工业经济"),),
        sources=(
            Source(
                id="s1", what="亮灯", entries=(3, 4, 5, 9), known=(Known.COUNTED,), as_of=date(2026, 6, 30)
            ),
        ),
        as_of=date(2026, 6, 30),
        ledger=Anchored(number=9, digest="sha256:ab"),
    )
    return msgspec.structs.replace(made, **changed)


def parts(data):
    with ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture(scope="module")
def files():
    return parts(to_docx(document(), is_issued=True))


@pytest.fixture(scope="module")
def body(files):
    return ElementTree.fromstring(files["word/document.xml"]).find(f"{W}body")


def words(paragraph):
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))


def paragraph(body, beginning):
    return next(one for one in body.iter(f"{W}p") if words(one).startswith(beginning))


def attribute(element, path, name):
    return element.find(path).get(f"{W}{name}")


def font(paragraph):
    run = next(run for run in paragraph.iter(f"{W}r") if run.find(f"{W}t") is not None)
    size = run.find(f"{W}rPr/{W}sz")
    half_points = size.get(f"{W}val") if size is not None else None
    return attribute(run, f"{W}rPr/{W}rFonts", "eastAsia"), half_points


def test_paper_and_margins(body):
    section = body.find(f"{W}sectPr")
    page = section.find(f"{W}pgSz")
    # A4 is 210 mm × 297 mm (5.1).
    assert (page.get(f"{W}w"), page.get(f"{W}h")) == ("11906", "16838")
    margins = section.find(f"{W}pgMar")
    # 天头 37 mm, 订口 28 mm (5.2.1); 版心 156 mm × 225 mm leaves 26 mm and 35 mm.
    found = [int(margins.get(f"{W}{side}")) for side in ("top", "left", "right", "bottom")]
    assert found == [2098, 1588, 1474, 1984]
    assert [round(twips * 25.4 / 1440) for twips in found] == [37, 28, 26, 35]


def test_22_lines_of_28_characters_fit_the_page(body, files):
    section = body.find(f"{W}sectPr")
    pitch = int(attribute(section, f"{W}docGrid", "linePitch"))
    assert pitch == 579
    assert 22 * pitch <= 16838 - 2098 - 1984 < 23 * pitch
    spacing = paragraph(body, "共5").find(f"{W}pPr/{W}spacing")
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("579", "exact")
    styles = ElementTree.fromstring(files["word/styles.xml"])
    normal = next(one for one in styles.iter(f"{W}style") if one.get(f"{W}styleId") == "Normal")
    less = int(attribute(normal, f"{W}rPr/{W}spacing", "val"))
    width = 11906 - 1588 - 1474
    assert 28 * (320 + less) <= width < 29 * (320 + less)


def test_body_is_3_hao_fangsong(files, body):
    styles = ElementTree.fromstring(files["word/styles.xml"])
    normal = next(one for one in styles.iter(f"{W}style") if one.get(f"{W}styleId") == "Normal")
    assert attribute(normal, f"{W}rPr/{W}sz", "val") == "32"
    assert attribute(normal, f"{W}rPr/{W}rFonts", "eastAsia") == "仿宋"
    assert font(paragraph(body, "共5")) == ("仿宋", None)
    assert attribute(paragraph(body, "共5"), f"{W}pPr/{W}ind", "firstLineChars") == "200"


@pytest.mark.parametrize(
    ("beginning", "name"),
    [
        ("一、总体情况", "黑体"),
        ("（一）按章节", "楷体"),
        ("1.工业", "仿宋"),
        ("（1）企业", "仿宋"),
        ("（二）按单位", "楷体"),
    ],
)
def test_levels_have_their_numbers_and_fonts_and_no_bold(body, beginning, name):
    heading = paragraph(body, beginning)
    assert font(heading) == (name, None)
    assert attribute(heading, f"{W}pPr/{W}ind", "firstLineChars") == "200"
    assert heading.find(f".//{W}b") is None


def test_title_is_2_hao_xiaobiaosong_centred_two_lines_below_the_rule(body):
    title = paragraph(body, "关于目标任务")
    assert font(title) == ("方正小标宋简体", "44")
    assert attribute(title, f"{W}pPr/{W}jc", "val") == "center"
    children = list(body)
    place = children.index(title)
    assert [words(one) for one in children[place - 2 : place]] == ["", ""]
    rule = children[place - 3].find(f"{W}pPr/{W}pBdr/{W}bottom")
    # Red, 4 mm = 11 pt below the number.
    assert (rule.get(f"{W}color"), rule.get(f"{W}space")) == ("FF0000", "11")


def test_addressees_stand_one_line_below_the_title_flush_left_with_a_colon(body):
    children = list(body)
    addressees = paragraph(body, "市教育局")
    assert words(addressees) == "市教育局、市民政局："
    assert addressees.find(f"{W}pPr/{W}ind") is None
    place = children.index(addressees)
    assert (words(children[place - 1]), words(children[place - 2])) == ("", "关于目标任务落实情况的专报")


def test_the_head_has_copy_number_secrecy_urgency_sign_and_number(body):
    children = [one for one in body if one.tag == f"{W}p"]
    assert [words(one) for one in children[:3]] == ["000012", "秘密★1年", "特急"]
    assert [font(one)[0] for one in children[:3]] == ["仿宋", "黑体", "黑体"]
    sign = children[3]
    assert words(sign) == "云川市人民政府"
    assert attribute(sign, f".//{W}color", "val") == "FF0000"
    # Three lines and what is left over make 35 mm.
    above = 3 * 579 + int(attribute(sign, f"{W}pPr/{W}spacing", "before"))
    assert round(above * 25.4 / 1440) == 35
    assert [words(one) for one in children[4:7]] == ["", "", "云政督〔2026〕8号"]


def test_a_number_has_six_cornered_brackets_and_no_leading_zero():
    written = number_written(DocumentNumber(sign="天政办发", year=2021, serial=8))
    assert written == "天政办发〔2021〕8号"
    assert (written[4], written[9]) == ("\u3014", "\u3015")


def test_a_document_to_a_higher_office_names_its_signer_at_the_right(body):
    head = Head(
        issuer="云川市人民政府", number=DocumentNumber(sign="云政", year=2026, serial=3), signer="沈知行"
    )
    made = ElementTree.fromstring(parts(to_docx(document(head=head)))["word/document.xml"])
    line = paragraph(made, "云政〔2026〕3号")
    assert words(line).endswith("签发人：沈知行")
    fonts = [run.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") for run in line.iter(f"{W}r")]
    assert fonts == ["仿宋", "楷体"]


def test_annexes_are_listed_without_a_stop_and_begin_pages(body):
    assert words(paragraph(body, "附件：")) == "附件：1. 数据来源"
    assert words(paragraph(body, "2. 说明")) == "2. 说明"
    label = paragraph(body, "附件1")
    assert font(label)[0] == "黑体"
    assert label.find(f"{W}pPr/{W}pageBreakBefore") is not None
    children = list(body)
    place = children.index(label)
    # The title stands on the third line.
    assert (words(children[place + 1]), words(children[place + 2])) == ("", "数据来源")
    assert font(children[place + 2]) == ("方正小标宋简体", "44")


def test_the_signed_day_ends_four_characters_from_the_right_with_a_seal(body):
    day = paragraph(body, "2026年7月8日")
    assert attribute(day, f"{W}pPr/{W}ind", "rightChars") == "400"
    assert attribute(day, f"{W}pPr/{W}jc", "val") == "right"


def test_without_a_seal_the_name_stands_two_characters_from_the_right():
    plain = Signature(unit="云川市人民政府办公室", day=DAY, has_seal=False)
    made = ElementTree.fromstring(
        parts(to_docx(document(signature=plain, imprint=None)))["word/document.xml"]
    )
    name = next(one for one in made.iter(f"{W}p") if words(one) == "云川市人民政府办公室")
    assert attribute(name, f"{W}pPr/{W}ind", "rightChars") == "200"


def test_the_foot_of_the_last_page_has_thick_and_thin_rules(body):
    foot = [one for one in body.iter(f"{W}tbl") if one.find(f"{W}tblPr/{W}tblpPr") is not None]
    (table,) = foot
    place = table.find(f"{W}tblPr/{W}tblpPr")
    assert (place.get(f"{W}vertAnchor"), place.get(f"{W}tblpYSpec")) == ("margin", "bottom")
    lines = table.find(f"{W}tblPr/{W}tblBorders")
    eighths = [int(attribute(lines, f"{W}{side}", "sz")) for side in ("top", "bottom", "insideH")]
    # 0.35 mm and 0.25 mm in eighths of a point, the whole numbers that Word takes.
    assert eighths == [round(0.35 / 25.4 * 72 * 8), round(0.35 / 25.4 * 72 * 8), 6]
    assert int(attribute(table, f"{W}tblPr/{W}tblW", "w")) == 11906 - 1588 - 1474
    said = [words(one) for one in table.iter(f"{W}p")]
    assert said == ["抄送：市委办公室，市政协办公室。", "云川市人民政府办公室", "2026年7月8日印发"]
    first = next(table.iter(f"{W}p"))
    assert font(first) == ("仿宋", "28")
    inset = first.find(f"{W}pPr/{W}ind")
    assert (inset.get(f"{W}leftChars"), inset.get(f"{W}rightChars")) == ("100", "100")


@pytest.mark.parametrize(
    ("type_", "align", "side"), [("default", "right", "right"), ("even", "left", "left")]
)
def test_page_numbers_stand_between_dashes_outside(files, body, type_, align, side):
    section = body.find(f"{W}sectPr")
    relation = next(
        one.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
        for one in section.findall(f"{W}footerReference")
        if one.get(f"{W}type") == type_
    )
    relations = ElementTree.fromstring(files["word/_rels/document.xml.rels"])
    target = next(one.get("Target") for one in relations if one.get("Id") == relation)
    footer = ElementTree.fromstring(files[f"word/{target}"]).find(f"{W}p")
    assert attribute(footer, f"{W}pPr/{W}jc", "val") == align
    assert attribute(footer, f"{W}pPr/{W}ind", f"{side}Chars") == "100"
    assert words(footer) == "— 1 —"
    assert [one.text.strip() for one in footer.iter(f"{W}instrText")] == ["PAGE"]
    assert {attribute(run, f"{W}rPr/{W}sz", "val") for run in footer.iter(f"{W}r")} == {"28"}
    assert {attribute(run, f"{W}rPr/{W}rFonts", "ascii") for run in footer.iter(f"{W}r")} == {"宋体"}


def test_odd_and_even_pages_differ(files):
    settings = ElementTree.fromstring(files["word/settings.xml"])
    assert settings.find(f"{W}evenAndOddHeaders") is not None


def test_the_mark_of_a_source_stands_once_after_neighbouring_figures(body):
    raised = [
        words_of
        for run in paragraph(body, "共5").iter(f"{W}r")
        if run.find(f"{W}rPr/{W}vertAlign") is not None
        for words_of in [run.find(f"{W}t").text]
    ]
    assert raised == ["[1]"]
    assert words(paragraph(body, "共5")) == "共5项，完成1[1]项。"


def test_marks_come_back_after_another_source():
    figures = (
        Figure(id="f1", text="5", source="s1"),
        Figure(id="f2", text="1", source="s2"),
        Figure(id="f3", text="2", source="s1"),
    )
    sources = tuple(
        Source(id=f"s{n}", what=str(n), entries=(n,), known=(Known.COUNTED,), as_of=DAY) for n in (1, 2)
    )
    marks = Marks(document(figures=figures, sources=sources))
    found = [(piece.text, piece.mark) for piece in marks.pieces("{f1}、{f2}、{f3}")]
    assert found == [("5", 1), ("、", 0), ("1", 2), ("、", 0), ("2", 1)]


def test_a_draft_says_so_on_every_page_and_an_issued_document_does_not(files):
    draft = parts(to_docx(document()))
    headers = [data.decode() for name, data in draft.items() if name.startswith("word/header")]
    assert headers
    assert all("草稿，未签发" in header for header in headers)
    assert not any("草稿".encode() in data for data in files.values())


def test_a_chart_has_promise_course_figures_and_forecast(files):
    chart = files["word/charts/chart1.xml"].decode()
    for name in ("承诺 3所", "应达", "实际 1", "预测 2.2"):
        assert name in chart
    # What is not accepted is an open mark; what is expected is dashed.
    assert chart.count('<a:srgbClr val="FFFFFF"/>') == 1
    assert chart.count('<a:prstDash val="dash"/>') == 1


@pytest.mark.parametrize(
    ("day", "place"), [(date(2026, 1, 31), 1), (date(2026, 12, 31), 12), (date(2026, 6, 15), Decimal("5.5"))]
)
def test_days_stand_at_their_place_between_month_ends(day, place):
    assert month_place(day) == place


def test_equal_documents_give_equal_bytes_whenever_they_are_written(monkeypatch):
    import time

    first = to_docx(document())
    monkeypatch.setattr(time, "localtime", lambda *_when: time.gmtime(1_600_000_000))
    assert to_docx(document()) == first
    assert b"2026-07-08T00:00:00Z" in parts(first)["docProps/core.xml"]


def test_headings_count_anew_below_each_heading():
    counter = HeadingCounter()
    found = [counter.number(level) for level in (1, 2, 2, 3, 1, 2, 4)]
    assert found == ["一、", "（一）", "（二）", "1.", "二、", "（一）", "（1）"]
    with pytest.raises(ValueError, match="level 5"):
        counter.number(5)


def test_numerals_days_and_runs_of_entries():
    assert [chinese_numeral(number) for number in (1, 10, 11, 20, 99)] == [
        "一",
        "十",
        "十一",
        "二十",
        "九十九",
    ]
    with pytest.raises(ValueError, match="100"):
        chinese_numeral(100)
    assert day_written(date(2021, 2, 8)) == "2021年2月8日"
    assert entries_written((12, 3, 4, 5, 9, 10, 9)) == "3—5、9、10、12"
    assert entries_written(()) == ""


def test_a_long_title_is_broken_into_lines_of_about_one_length():
    assert title_lines("关于甲的专报") == ["关于甲的专报"]
    assert [len(line) for line in title_lines("字" * 30)] == [15, 15]
    assert title_lines("上\n下") == ["上", "下"]


def test_no_edition_is_in_force_before_the_first():
    assert format_on(date(2012, 7, 1)).name == "GB/T 9704—2012"
    with pytest.raises(ValueError, match="2012-06-30"):
        format_on(date(2012, 6, 30))
