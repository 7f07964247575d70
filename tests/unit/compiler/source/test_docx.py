import io
import zipfile

import docx
import made_docx
import pytest

from luoshi.compiler.source import numbering, read
from luoshi.kernel.errors import UnreadableError
from luoshi.plan.model import Medium


def lines_of(data: bytes) -> list[str]:
    delivered = read(data, name="report.docx")
    assert delivered.medium is Medium.DOCX
    return delivered.text.splitlines()


def code_of(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(data, name="report.docx")
    return caught.value.code


class TestText:
    def test_paragraphs_come_as_they_stand(self):
        lines = ["政府工作报告", "　　新建 ５ 所学校,增长5．5％。", "", "二、保障\t就业"]
        assert lines_of(made_docx.data(made_docx.of(*lines))) == lines

    def test_tables_come_in_place_row_by_row(self):
        document = made_docx.of("附表：")
        table = document.add_table(2, 3)
        for cell, text in zip(
            table._cells, ["序号", "项目", "单位", "1", "城南水厂", "市住建局"], strict=True
        ):
            cell.text = text
        document.add_paragraph("表后文字。")
        assert lines_of(made_docx.data(document)) == [
            "附表：",
            "序号\t项目\t单位",
            "1\t城南水厂\t市住建局",
            "表后文字。",
        ]

    def test_a_table_that_only_places_text_gives_its_paragraphs(self):
        document = docx.Document()
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "一、扩大投资"
        cell.add_paragraph("抓好重点项目30个。")
        assert lines_of(made_docx.data(document)) == ["一、扩大投资", "抓好重点项目30个。"]

    def test_breaks_inside_a_paragraph_end_lines(self):
        document = made_docx.of("政府工作报告")
        document.paragraphs[0].runs[0].add_break()
        document.paragraphs[0].add_run("2026年1月15日")
        assert lines_of(made_docx.data(document)) == ["政府工作报告", "2026年1月15日"]

    def test_tracked_insertions_are_read_and_deletions_are_not(self):
        document = docx.Document()
        made_docx.add(
            document,
            '<w:p><w:r><w:t>新建学校</w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>3</w:delText></w:r></w:del>'
            '<w:ins w:id="2" w:author="a"><w:r><w:t>5</w:t></w:r></w:ins><w:moveFrom w:id="3" w:author="a"><w:r><w:t>座</w:t></w:r>'
            "</w:moveFrom><w:r><w:t>所。</w:t></w:r></w:p>",
        )
        assert lines_of(made_docx.data(document)) == ["新建学校5所。"]

    def test_a_paragraph_whose_end_was_deleted_goes_on(self):
        document = docx.Document()
        made_docx.add(
            document,
            '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr><w:r><w:t>新建学校</w:t></w:r></w:p>',
        )
        made_docx.add(document, "<w:p><w:r><w:t>5所。</w:t></w:r></w:p>")
        assert lines_of(made_docx.data(document)) == ["新建学校5所。"]

    def test_hidden_text_and_field_codes_are_not_read(self):
        document = docx.Document()
        made_docx.add(
            document,
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>内部批注</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
            '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>新建学校。</w:t></w:r></w:p>',
        )
        assert lines_of(made_docx.data(document)) == ["新建学校。"]

    def test_text_boxes_are_read_once(self):
        document = docx.Document()
        box = "<w:txbxContent><w:p><w:r><w:t>框内文字。</w:t></w:r></w:p></w:txbxContent>"
        made_docx.add(
            document,
            "<w:p><w:r><w:t>正文。</w:t></w:r><w:r><mc:AlternateContent>"
            f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        )
        assert lines_of(made_docx.data(document)) == ["正文。", "框内文字。"]

    def test_content_controls_are_read_and_the_table_of_contents_is_not(self):
        document = docx.Document()
        control = "<w:sdt>{}<w:sdtContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        gallery = (
            '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        )
        made_docx.add(document, control.format(gallery, "一、总体要求……1"))
        made_docx.add(document, control.format("", "一、总体要求"))
        assert lines_of(made_docx.data(document)) == ["一、总体要求"]

    def test_headers_and_footers_are_not_read(self):
        document = made_docx.of("正文。")
        document.sections[0].header.paragraphs[0].text = "临江市人民政府文件"
        document.sections[0].footer.paragraphs[0].text = "- 1 -"
        assert lines_of(made_docx.data(document)) == ["正文。"]

    def test_notes_stand_at_the_end_under_their_numbers(self):
        document = docx.Document()
        made_docx.add(
            document,
            '<w:p><w:r><w:t>推进“三库”</w:t></w:r><w:r><w:footnoteReference w:id="4"/></w:r><w:r><w:t>建设。</w:t></w:r></w:p>',
        )
        notes = (
            f'<w:footnotes {made_docx.NAMESPACES}><w:footnote w:id="-1"><w:p/></w:footnote><w:footnote w:id="4"><w:p><w:r>'
            "<w:footnoteRef/></w:r><w:r><w:t>储备库、建设库、达效库。</w:t></w:r></w:p></w:footnote></w:footnotes>"
        )
        data = made_docx.data(document, {"word/footnotes.xml": notes})
        assert lines_of(data) == ["推进“三库”[1]建设。", "[1]储备库、建设库、达效库。"]

    def test_raised_numbers_are_notes_unless_they_belong_to_a_unit(self):
        document = docx.Document()
        paragraph = document.add_paragraph("推进“三库”")
        paragraph.add_run("8").font.superscript = True
        paragraph.add_run("建设，面积500m")
        paragraph.add_run("2").font.superscript = True
        assert lines_of(made_docx.data(document)) == ["推进“三库”[8]建设，面积500m2"]


class TestNumbers:
    LEVELS = (
        ("chineseCounting", "%1、"),
        ("chineseCounting", "（%2）"),
        ("decimal", "%3."),
        ("decimal", "%3.%4"),
    )

    def data(self, *paragraphs: str) -> bytes:
        document = docx.Document()
        for xml in paragraphs:
            made_docx.add(document, xml)
        return made_docx.data(document, {"word/numbering.xml": made_docx.numbering(*self.LEVELS)})

    def test_lists_count_by_level(self):
        items = [
            ("回顾", 0),
            ("安排", 0),
            ("工业", 1),
            ("农业", 1),
            ("种植", 2),
            ("养殖", 2),
            ("水产", 3),
            ("建设", 0),
            ("交通", 1),
        ]
        assert lines_of(self.data(*(made_docx.numbered(text, level) for text, level in items))) == [
            "一、回顾", "二、安排", "（一）工业", "（二）农业", "1.种植", "2.养殖", "2.1 水产", "三、建设", "（一）交通",
        ]  # fmt: skip

    def test_a_list_may_start_anew(self):
        assert lines_of(self.data(*(made_docx.numbered("项目", 0, number) for number in (1, 1, 2, 2)))) == [
            "一、项目", "二、项目", "一、项目", "二、项目",
        ]  # fmt: skip

    def test_nonsense_in_the_numbering_is_no_reason_to_stop(self):
        part = made_docx.numbering(*self.LEVELS).replace('<w:start w:val="1"/>', '<w:start w:val="x"/>', 1)
        document = docx.Document()
        made_docx.add(
            document, made_docx.numbered("回顾", 0).replace('w:ilvl w:val="0"', 'w:ilvl w:val="-3"')
        )
        assert lines_of(made_docx.data(document, {"word/numbering.xml": part})) == ["一、回顾"]

    @pytest.mark.parametrize(
        ("number", "written"),
        [
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (36, "三十六"),
            (101, "一百〇一"),
            (110, "一百一十"),
        ],
    )
    def test_numbers_are_written_in_chinese(self, number: int, written: str):
        assert numbering.chinese(number) == written

    def test_bullets_are_not_text(self):
        document = docx.Document()
        document.add_paragraph("新建学校", style="List Bullet")
        document.add_paragraph("新建医院", style="List Number")
        document.add_paragraph("新建公园", style="List Number")
        assert lines_of(made_docx.data(document)) == ["新建学校", "1.新建医院", "2.新建公园"]


class TestRefusals:
    def test_a_document_without_text_is_refused(self):
        assert code_of(made_docx.data(made_docx.of("", "　"))) == "C124"

    def test_a_cut_document_is_damaged(self):
        data = made_docx.data(made_docx.of("新建学校" * 100))
        assert code_of(data[: len(data) // 2]) == "C121"

    def test_a_broken_part_is_damage(self):
        assert code_of(made_docx.data(made_docx.of("新建"), {"word/document.xml": "<w:document"})) == "C121"

    def test_flipped_bytes_are_damage(self):
        data = bytearray(made_docx.data(made_docx.of("新建学校")))
        at = data.index(b"word/document.xml") + 60
        data[at : at + 40] = bytes(40)
        assert code_of(bytes(data)) == "C121"

    def test_a_document_without_its_body_is_damaged(self):
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr("word/styles.xml", "<x/>")
        assert code_of(data.getvalue()) == "C121"

    def test_entities_are_refused(self, tmp_path):
        secret = tmp_path / "secret.txt"
        secret.write_text("机密")
        xml = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document {made_docx.NAMESPACES}><w:body>&x;</w:body></w:document>'
        assert code_of(made_docx.data(docx.Document(), {"word/document.xml": xml})) == "C123"
        assert code_of(made_docx.data(docx.Document(), {"word/styles.xml": xml})) == "C123"

    def test_entities_are_refused_in_any_encoding(self):
        xml = f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE w [<!ENTITY x "y">]><w:document {made_docx.NAMESPACES}><w:body/></w:document>'
        assert code_of(made_docx.data(docx.Document(), {"word/document.xml": xml.encode("utf-16")})) == "C123"

    def test_a_zip_bomb_is_refused_before_it_is_unpacked(self):
        bomb = "<w:document>" + " " * 30_000_000
        assert code_of(made_docx.data(docx.Document(), {"word/document.xml": bomb})) == "C122"

    def test_parts_that_lie_about_their_size_are_damage(self):
        data = made_docx.data(
            made_docx.of("新建学校"), {"word/document.xml": "<w:document>" + " " * 3_000_000}
        )
        small = (100).to_bytes(4, "little")
        assert code_of(data.replace((3_000_012).to_bytes(4, "little"), small)) == "C121"

    def test_deep_nesting_is_refused(self):
        xml = (
            f"<w:document {made_docx.NAMESPACES}><w:body>"
            + "<w:ins>" * 5000
            + "</w:ins>" * 5000
            + "</w:body></w:document>"
        )
        assert code_of(made_docx.data(docx.Document(), {"word/document.xml": xml})) == "C121"
