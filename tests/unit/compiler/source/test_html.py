import made_page
import pytest

from luoshi.compiler.source import read
from luoshi.kernel.errors import UnreadableError
from luoshi.plan.model import Medium


def lines_of(page: str, encoding: str = "utf-8") -> list[str]:
    delivered = read(page.encode(encoding), name="page.html")
    assert delivered.medium is Medium.HTML
    return [line.strip("　 \xa0") for line in delivered.text.splitlines()]


class TestMainText:
    @pytest.mark.parametrize("shape", made_page.PAGES)
    def test_the_report_is_kept_and_nothing_else(self, shape: str):
        assert lines_of(made_page.PAGES[shape]) == list(made_page.REPORT)

    def test_the_title_above_the_text_is_taken_along(self):
        body = made_page.paragraphs(made_page.REPORT[3:])
        page = made_page.page("<h1>临江市2026年政府工作报告</h1>" + made_page.ABOUT + f"<div>{body}</div>")
        assert lines_of(page)[:2] == ["临江市2026年政府工作报告", "各位代表："]

    def test_the_title_of_the_window_serves_where_the_page_shows_none(self):
        page = made_page.page(f"<div>{made_page.paragraphs(made_page.REPORT[3:])}</div>")
        assert lines_of(page)[:2] == ["2026年政府工作报告", "各位代表："]

    def test_a_table_of_figures_stays_row_by_row(self):
        table = "<table><tr><td><p>指标</p></td><td><p>目标</p></td></tr><tr><td>粮食产量</td><td>35万吨</td></tr></table>"
        page = made_page.page(
            made_page.paragraphs(made_page.REPORT[:9]) + table + made_page.paragraphs(made_page.REPORT[9:])
        )
        lines = lines_of(page)
        assert lines[9:11] == ["指标\t目标", "粮食产量\t35万吨"]

    def test_a_row_without_cells_keeps_its_words(self):
        broken = "<table><tr><p>全市生产总值增长百分之六，粮食产量稳定在三十五万吨以上。</p></tr></table>"
        page = made_page.page(f"<div>{made_page.paragraphs(made_page.REPORT)}{broken}</div>")
        assert "全市生产总值增长百分之六，粮食产量稳定在三十五万吨以上。" in lines_of(page)

    def test_what_the_page_hides_is_left_out(self):
        page = made_page.page(
            made_page.paragraphs(made_page.REPORT)
            + '<div style="display: none">这是隐藏的文字，不属于正文内容，不应当读取。</div>'
        )
        assert lines_of(page) == list(made_page.REPORT)

    def test_a_text_that_is_hidden_as_a_whole_is_read_all_the_same(self):
        page = made_page.page(f'<div style="display:none">{made_page.paragraphs(made_page.REPORT)}</div>')
        assert lines_of(page) == list(made_page.REPORT)


class TestCharacters:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    def test_every_encoding_is_read_whatever_the_page_says(self, encoding: str):
        page = made_page.PAGES["editor"].replace('charset="utf-8"', 'charset="gb2312"')
        assert lines_of(page, encoding) == list(made_page.REPORT)

    def test_a_few_bad_bytes_outside_the_text_do_not_matter(self):
        data = made_page.PAGES["zoom"].encode().replace(b"<!--begin-->", b"<!--\xff\xfe-->")
        assert [line.strip("　") for line in read(data, name="page.html").text.splitlines()] == list(
            made_page.REPORT
        )

    def test_no_character_of_the_text_is_changed(self):
        words = "增长５．５％，\u3000“三库”、1,234户\u200b(含)。" * 4
        assert read(f"<html><body><p>{words}</p></body></html>".encode(), name="x").text == words + "\n"

    def test_numbers_of_notes_do_not_stick_to_the_word(self):
        page = f"<html><body><p>推进“三库”<sup>8</sup>建设，增加绿地5000m<sup>2</sup>。{'抓好落实，' * 10}见成效。</p></body></html>"
        assert "“三库”[8]建设，增加绿地5000m2。" in read(page.encode(), name="x").text

    def test_list_items_carry_their_numbers(self):
        items = "".join(f"<li>新建学校{count}所，改造医院一家。</li>" for count in (3, 4, 5))
        page = f"<html><body><p>{made_page.REPORT[6]}</p><ol>{items}</ol></body></html>"
        assert read(page.encode(), name="x").text.splitlines()[1:] == [
            f"{at}.新建学校{count}所，改造医院一家。" for at, count in ((1, 3), (2, 4), (3, 5))
        ]


class TestRefusals:
    @pytest.mark.parametrize(
        "main",
        [
            "",
            '<div id="app"></div>',
            '<iframe src="report.pdf"></iframe>',
            "<ul>" + made_page.NAVIGATION * 5 + "</ul>",
        ],
    )
    def test_a_page_without_main_text_is_refused(self, main: str):
        with pytest.raises(UnreadableError) as caught:
            read(made_page.page(main).encode(), name="page.html")
        assert caught.value.code == "C140"

    def test_entities_of_other_files_are_not_read(self, tmp_path):
        secret = tmp_path / "secret.txt"
        secret.write_text("机密内容")
        page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>&x;{made_page.REPORT[6] * 2}</p></body></html>'
        assert "机密" not in read(page.encode(), name="x").text

    def test_deep_nesting_neither_breaks_nor_loses_the_text(self):
        deep = "<div>" * 20_000 + "<p>深</p>" + "</div>" * 20_000
        page = made_page.page(made_page.paragraphs(made_page.REPORT) + deep)
        assert set(made_page.REPORT) <= set(lines_of(page))
