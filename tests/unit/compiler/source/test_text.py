import pytest

from luoshi.compiler.source import Delivered, document, read
from luoshi.kernel.errors import UnreadableError
from luoshi.kernel.identity import digest
from luoshi.plan.model import Medium

TEXT = "一、总体要求\n今年全市生产总值增长6%左右，新增城镇就业1.2万人。\n（一）扩大有效投资，抓好重点项目30个。\n"


def code_of(data: bytes, name: str = "report.txt") -> str:
    with pytest.raises(UnreadableError) as caught:
        read(data, name=name)
    return caught.value.code


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
    def test_a_text_reads_the_same_in_every_encoding(self, encoding: str):
        assert read(TEXT.encode(encoding), name="report.txt") == Delivered(TEXT, Medium.TEXT)

    def test_big_endian_utf_16_is_read(self):
        assert read(b"\xfe\xff" + TEXT.encode("utf-16-be"), name="report.txt").text == TEXT

    def test_four_byte_characters_of_gb18030_are_read(self):
        text = TEXT + "推进䶮江流域治理。"
        assert read(text.encode("gb18030"), name="report.txt").text == text

    def test_traditional_characters_in_gb18030_are_read(self):
        text = "政府工作報告\n今年的主要任務是發展農業、工業和交通運輸，改善人民生活。\n" * 3
        assert read(text.encode("gb18030"), name="report.txt").text == text

    def test_line_ends_are_those_of_open(self, tmp_path):
        data = "一、\r\n二、\r三、\n".encode()
        (tmp_path / "report.txt").write_bytes(data)
        with open(tmp_path / "report.txt", encoding="utf-8") as file:
            assert read(data, name="report.txt").text == file.read() == "一、\n二、\n三、\n"

    def test_nothing_else_is_changed(self):
        text = "　　新建 ５ 所学校，\u200b增长5．5％\xa0\t\n\n\n"
        assert read(text.encode(), name="report.txt").text == text


class TestDamage:
    def test_a_broken_byte_in_utf_8_is_named(self):
        data = TEXT.encode()
        at = data.index("重点".encode())
        with pytest.raises(UnreadableError) as caught:
            read(data[:at] + b"\xff" + data[at + 1 :], name="report.txt")
        assert caught.value.code == "C110"
        assert caught.value.parameters == {"byte": str(at)}
        assert f"第 {at} 个字节" in caught.value.describe("zh")

    def test_a_text_cut_inside_a_character_is_damaged(self):
        assert code_of(TEXT.encode()[:-2]) == "C110"

    def test_two_encodings_in_one_file_are_told(self):
        first, second = TEXT.encode(), TEXT.encode("gb18030")
        with pytest.raises(UnreadableError) as caught:
            read(first + second, name="report.txt")
        assert caught.value.code == "C111"
        # The first two bytes of the second part happen to be a character of UTF-8, too.
        assert len(first) <= int(caught.value.parameters["byte"]) <= len(first) + 2

    def test_bytes_of_no_encoding_are_refused(self):
        assert code_of("Überprüfung der Maßnahmen, Größe und Höhe".encode("latin-1") * 4) == "C110"

    def test_a_broken_byte_in_utf_16_is_named(self):
        data = b"\xff\xfe" + "新建".encode("utf-16-le") + b"\x00\xd8"
        with pytest.raises(UnreadableError) as caught:
            read(data, name="report.txt")
        assert caught.value.code == "C110"
        assert caught.value.parameters["byte"] == "6"

    def test_characters_lost_before_are_told(self):
        assert code_of(("新建�所学校，改造��老旧小区。" * 20).encode()) == "C112"


class TestDocument:
    def test_it_has_name_medium_digest_and_text(self):
        source = document(Delivered(TEXT, Medium.HTML), name="报告.html", source_id="S2")
        assert (source.id, source.name, source.medium, source.text) == ("S2", "报告.html", Medium.HTML, TEXT)
        assert source.digest == digest(TEXT)
        assert source.title == source.body == source.session == ""

    @pytest.mark.parametrize("name", ["/srv/ju/报告.txt", "C:\\文件\\报告.txt", "../报告.txt", "报告.txt"])
    def test_folders_are_left_out_of_the_name(self, name: str):
        assert document(Delivered(TEXT, Medium.TEXT), name=name).name == "报告.txt"
