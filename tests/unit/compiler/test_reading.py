from luoshi.compiler.reading import Reading, from_source
from luoshi.compiler.source import Delivered, document
from luoshi.plan.model import Medium


def reading_of(text: str) -> Reading:
    return from_source(document(Delivered(text, Medium.TEXT), name="report.txt"))


def test_half_width_marks_become_chinese_marks():
    assert (
        reading_of("(一)扩大投资,新建3所学校;(二)保障就业!").text
        == "（一）扩大投资，新建3所学校；（二）保障就业！"
    )


def test_marks_inside_numbers_stay():
    assert reading_of("新增1,234户,比例为3:2。").text == "新增1,234户，比例为3:2。"


def test_straight_quotes_become_opening_and_closing_in_turn():
    assert reading_of('推进"一网通办""一窗受理"。').text == "推进“一网通办”“一窗受理”。"


def test_a_span_leads_back_to_the_delivered_characters():
    reading = reading_of("　　新建 ５ 所学校，\n覆盖全县。")
    assert reading.text == "新建5所学校，覆盖全县。"
    assert reading.quote(0, 4) == "新建 ５ 所"
