from pathlib import Path

import made_pdf
import pytest
from made_pdf import At

from luoshi.compiler.reading import from_source
from luoshi.compiler.source import Delivered, document, pdf, read
from luoshi.kernel.errors import UnreadableError
from luoshi.plan.model import Medium

BAD = Path(__file__).parents[3] / "corpus" / "bad"
PAGE = (
    "　　一是抓项目。开工建设北环路改造、城南水厂等重点",
    "项目30个，完成投资85亿元，工业技改投资增长10%，推动",
    "工业经济回升。",
)


def code_of(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(data, name="report.pdf")
    return caught.value.code


def pages(count: int, *, head: str = "", foot: str = "") -> bytes:
    """Return a file whose pages differ in their text and share head and foot."""
    words = "甲乙丙丁戊己庚辛"
    texts = [
        [line.replace("一是", f"{word}类").replace("工业经济", f"{word}类经济") for line in PAGE]
        for word in words[:count]
    ]
    return made_pdf.pdf(
        [made_pdf.lines(*text, head=head, foot=foot.format(at)) for at, text in enumerate(texts, 1)]
    )


class TestText:
    def test_lines_stay_broken_and_indents_are_kept(self):
        assert read(made_pdf.pdf([made_pdf.lines(*PAGE)]), name="report.pdf") == Delivered(
            "\n".join(PAGE) + "\n", Medium.PDF
        )

    def test_the_reading_joins_them(self):
        paragraphs = (
            *PAGE,
            "　　（二）惠民生。新建公办幼儿园4所，增加学位1200个，",
            "改造棚户区800户，城乡低保标准提高5%，让发展成果更多",
            "更公平惠及全市人民。",
        )
        delivered = read(made_pdf.pdf([made_pdf.lines(*paragraphs)]), name="report.pdf")
        assert from_source(document(delivered, name="report.pdf")).text == (
            "一是抓项目。开工建设北环路改造、城南水厂等重点项目30个，完成投资85亿元，工业技改投资增长10%，推动工业经济回升。\n"
            "（二）惠民生。新建公办幼儿园4所，增加学位1200个，改造棚户区800户，城乡低保标准提高5%，让发展成果更多更公平惠及全市人民。\n"
        )

    def test_a_centred_title_is_set_in_further_than_a_paragraph(self):
        text = read(made_pdf.pdf([[At(250, 790, "政府工作报告"), *made_pdf.lines(*PAGE)]]), name="x").text
        assert text.startswith("　" * 11 + "政府工作报告\n　　一是")

    @pytest.mark.parametrize("foot", ["{}", "— {} —", "第 {} 页 共 4 页", "- {} -"])
    def test_heads_and_page_numbers_are_dropped(self, foot: str):
        text = read(pages(4, head="临江市政府工作报告", foot=foot), name="x").text
        assert "报告" not in text
        assert len(text.splitlines()) == 12

    def test_a_line_that_only_one_page_has_at_its_top_is_text(self):
        data = made_pdf.pdf(
            [made_pdf.lines(*PAGE, head="附件一"), made_pdf.lines(*PAGE), made_pdf.lines(*PAGE)]
        )
        assert "附件一" in read(data, name="x").text

    def test_pages_without_text_are_told(self):
        delivered = read(made_pdf.pdf([made_pdf.lines(*PAGE), [], made_pdf.lines(*PAGE), []]), name="x")
        (warning,) = delivered.diagnostics
        assert (warning.code, warning.parameters) == ("C170", {"pages": "2、4", "count": "2"})
        assert "2 页没有文字" in warning.describe("zh")


class TestRefusals:
    def test_a_scanned_document_is_told_with_its_pages(self):
        with pytest.raises(UnreadableError) as caught:
            read(made_pdf.pdf([[At(290, 30, f"- {at} -")] for at in range(23)]), name="scan.pdf")
        assert caught.value.code == "C132"
        assert caught.value.parameters == {"pages": "23"}
        assert "OCR" in caught.value.describe("zh")

    def test_a_locked_document_is_told(self):
        assert code_of((BAD / "locked.pdf").read_bytes()) == "C130"

    @pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing", b"%PDF-1.4\n" + bytes(range(1, 128)) * 20])
    def test_a_damaged_document_is_told(self, data: bytes):
        assert code_of(data) == "C131"

    def test_a_cut_document_is_damaged_or_incomplete(self):
        data = pages(4)
        assert code_of(data[: len(data) // 3]) in ("C131", "C132")

    def test_fonts_without_codes_are_told(self):
        assert (
            code_of(made_pdf.pdf([made_pdf.lines("\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008" * 4)]))
            == "C133"
        )

    def test_too_many_pages_are_refused_before_they_are_read(self):
        assert code_of(made_pdf.pdf([[]] * (pdf.MOST_PAGES + 1))) == "C134"
