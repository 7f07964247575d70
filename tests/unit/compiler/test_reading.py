import pytest

from luoshi.compiler.reading import Reading, from_source
from luoshi.compiler.source import Delivered, document
from luoshi.plan.model import Medium


def reading_of(text: str) -> Reading:
    return from_source(document(Delivered(text, Medium.TEXT), name="report.txt"))


class TestForms:
    @pytest.mark.parametrize(
        ("delivered", "reading"),
        [
            ("２０２６年增长５．５％", "2026年增长5.5%"),
            ("⼯业和⻓远规划", "工业和长远规划"),  # radicals in place of ideographs, as PDF files have them
            ("新\u200b建\xad学\ufeff校", "新建学校"),
            ("开工３－５个项目", "开工3-5个项目"),
            ("三次产业比为8∶42∶50", "三次产业比为8:42:50"),
            ("──就业方面", "——就业方面"),
            ("二○三五年和二O二六年", "二〇三五年和二〇二六年"),
            ("水质达到Ⅲ类，面积20㎡", "水质达到Ⅲ类，面积20㎡"),
        ],
    )
    def test_one_form_is_shown_for_all(self, delivered: str, reading: str):
        assert reading_of(delivered).text == reading


class TestMarks:
    @pytest.mark.parametrize(
        ("delivered", "reading"),
        [
            ("(一)扩大投资,新建3所学校;(二)保障就业!", "（一）扩大投资，新建3所学校；（二）保障就业！"),
            ("目标如下:增长5%,6%,7%。", "目标如下：增长5%，6%，7%。"),
            ("新增1,234户,比例为3:2。", "新增1,234户，比例为3:2。"),
            ("2025,2026两年", "2025，2026两年"),
            ("全社会研发(R&D)投入", "全社会研发（R&D）投入"),
            ("建设物流港（一期)", "建设物流港（一期）"),
            ("采用CEPA(Closer Partnership, Ltd.)模式", "采用CEPA（Closer Partnership, Ltd.）模式"),
            ("增长5%.\n下降2%。", "增长5%。\n下降2%。"),
            ("--就业方面", "——就业方面"),
            ("怎么办?靠实干。", "怎么办？靠实干。"),
            ("山水名城?诗画家园", "山水名城?诗画家园"),  # a lost middle dot is no question
        ],
    )
    def test_half_width_marks_become_chinese_in_chinese_text(self, delivered: str, reading: str):
        assert reading_of(delivered).text == reading

    def test_marks_in_latin_text_stay(self):
        assert reading_of("see https://example.org/a,b (2026)").text == "see https://example.org/a,b (2026)"


class TestQuotes:
    @pytest.mark.parametrize(
        ("delivered", "reading"),
        [
            ('推进"一网通办""一窗受理"。', "推进“一网通办”“一窗受理”。"),
            ('"三库"充实,"两张清单"公开', "“三库”充实，“两张清单”公开"),
            ("提出'早谋划、早开工'", "提出‘早谋划、早开工’"),
            ('继续办好"实事,落实"清单"。', "继续办好“实事，落实”清单”。"),
            ("World's Fair在本市举办", "World's Fair在本市举办"),
        ],
    )
    def test_straight_quotes_open_and_close_in_turn(self, delivered: str, reading: str):
        assert reading_of(delivered).text == reading

    def test_a_missing_quote_does_not_turn_the_ones_after_it(self):
        assert reading_of('建设"示范园,扩大"两库"、"三张图"。').text.endswith("、“三张图”。")

    def test_each_paragraph_begins_anew(self):
        assert reading_of('落实"清单。\n推进"两库"建设。').text == "落实“清单。\n推进“两库”建设。"


class TestSpaces:
    @pytest.mark.parametrize(
        ("delivered", "reading"),
        [
            ("　　推进 项目　建设 。", "推进项目建设。"),
            ("投资 50 亿元，增长 5.5 %。", "投资50亿元，增长5.5%。"),
            ("政 府 工 作 报 告", "政府工作报告"),
            ("布局 5 G 基站和 Big  Data 中心", "布局5 G基站和Big Data中心"),
            ("1 9 9 8 年", "1998年"),
            ("新建住房38 301 套", "新建住房38301套"),
            ("PM 2.5 浓度", "PM2.5浓度"),
            ("三　重点工作", "三 重点工作"),
            ("县长??李某某", "县长李某某"),  # lost spaces
            ("序号\t项目\t单位", "序号\t项目\t单位"),
            ("\n\n一、回顾\n　\n\n二、安排\n\n", "一、回顾\n二、安排\n"),
        ],
    )
    def test_spaces_inside_chinese_are_gone(self, delivered: str, reading: str):
        assert reading_of(delivered).text == reading


class TestTraces:
    def test_markup_is_dropped(self):
        text = (
            "## 一、回顾\n\n**（一）工业。**增长5%。[^3]\n---\n| 序号 | 项目 |\n| --- | --- |\n| 1 | 学校 |\n"
        )
        assert reading_of(text).text == "一、回顾\n（一）工业。增长5%。[3]\n序号\t项目\n1\t学校\n"

    def test_a_berth_keeps_its_sign(self):
        assert reading_of("建成3#、4#泊位").text == "建成3#、4#泊位"

    def test_marked_page_numbers_are_dropped_and_the_sentence_goes_on(self):
        assert (
            reading_of("全面推进乡村振兴，\n- 12 -\n建设和美乡村。").text
            == "全面推进乡村振兴，建设和美乡村。"
        )

    def test_plain_numbers_that_rise_by_a_page_are_dropped(self):
        page = "新建改造一批学校。" * 30
        text = f"{page}\n1\n{page}\n2\n{page}\n3\n{page}"
        assert reading_of(text).text == "\n".join([page] * 4)

    def test_numbers_of_table_rows_stay(self):
        assert reading_of("1\n学校\n2\n医院\n3\n公园").text == "1\n学校\n2\n医院\n3\n公园"


class TestBrokenLines:
    @pytest.mark.parametrize(
        "delivered",
        [
            "大力发展设施农业，\n扩大蔬菜面积。",
            "大力发展设施农业\n，扩大蔬菜面积。",
            "大力发展设施农业，\n\n　扩大蔬菜面积。",
        ],
    )
    def test_a_comma_never_ends_or_begins_a_line(self, delivered: str):
        assert reading_of(delivered).text == "大力发展设施农业，扩大蔬菜面积。"

    def test_a_sentence_left_unfinished_goes_on(self):
        text = "持续优化环境。推进政务服务\n向乡镇延伸。"
        assert reading_of(text).text == "持续优化环境。推进政务服务向乡镇延伸。"

    def test_quotes_and_titles_are_not_torn(self):
        assert (
            reading_of("遏制耕地“非\n农化”，落实《就业\n条例》。").text
            == "遏制耕地“非农化”，落实《就业条例》。"
        )

    def test_a_number_keeps_its_unit(self):
        assert reading_of("工业回升。全年完成投资\n12.5\n亿元。").text == "工业回升。全年完成投资12.5亿元。"

    def test_the_occasion_under_the_title_is_one_line(self):
        text = "政府工作报告\n——2026年1月15日在临江市第九届\n人民代表大会第五次会议上\n市长　周明"
        assert (
            reading_of(text).text
            == "政府工作报告\n——2026年1月15日在临江市第九届人民代表大会第五次会议上\n市长周明"
        )

    def test_latin_words_keep_a_space(self):
        assert reading_of("办好。引进Big\nData中心。").text == "办好。引进Big Data中心。"

    @pytest.mark.parametrize(
        "text",
        [
            "2025年工作回顾\n过去一年，全市上下真抓实干。",
            "一、扩大投资，增强后劲\n坚持项目为王。",
            "工业稳步增长。（二）农业\n粮食再获丰收。",
            "完成三项任务。推进改革\n（一）扩大开放",
            "请予审议。2025年工作回顾\n2025年，全市上下真抓实干。",
            "推进改革。抓好落实\n各位代表！成绩来之不易。",
            "新建学校3所\n新建医院2家\n新建公园5个",
        ],
    )
    def test_headings_and_items_stay_on_their_own_line(self, text: str):
        assert reading_of(text).text == text


class TestWrappedText:
    PARAGRAPHS = (
        "（一）坚持创新引领，着力构建现代化产业体系，推动工业经济量质齐升和提档进位",
        "聚焦装备制造、绿色食品、新型材料三条产业链，一是新增规上企业20家；二是实施技改项目35个，"
        "完成技改投资18亿元，工业增加值增长7.5%左右。培育专精特新企业6家。支持骨干企业与高校共建研发平台。",
        "（二）坚持城乡融合",
        "改造老旧小区12个、背街小巷30条，新建口袋公园8处，实施雨污分流管网45公里，城区生活污水"
        "集中收集率达到78%以上，让群众出行更方便、居住更舒适。",
    )

    @staticmethod
    def broken(paragraph: str, indent: str) -> str:
        """Break after every twentieth character."""
        text = indent + paragraph
        return "\n".join(text[at : at + 20] for at in range(0, len(text), 20))

    @pytest.mark.parametrize(("indent", "gap"), [("　　", "\n"), ("", "\n\n")])
    def test_lines_of_one_width_are_joined_and_headings_stay_apart(self, indent: str, gap: str):
        text = gap.join(self.broken(paragraph, indent) for paragraph in self.PARAGRAPHS)
        assert reading_of(text).text == "\n".join(self.PARAGRAPHS)


class TestOffsets:
    def test_a_span_leads_back_to_the_delivered_characters(self):
        reading = reading_of("　　新建 ５ 所学校，\n覆盖全县。")
        assert reading.text == "新建5所学校，覆盖全县。"
        assert reading.quote(0, 4) == "新建 ５ 所"
        assert reading.quote(5, 9) == "校，\n覆盖"
        assert list(reading.origin) == [2, 3, 5, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17]

    def test_an_empty_range_is_refused(self):
        with pytest.raises(ValueError, match="no characters"):
            reading_of("新建").span(1, 1)

    def test_an_empty_text_has_an_empty_reading(self):
        assert reading_of("").text == ""
        assert list(reading_of("").origin) == [0]
