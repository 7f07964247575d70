from luoshi.compiler.outline import sentence


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence.split(text, 0, len(text))]


def test_stops_divide_and_stay_with_their_sentence() -> None:
    assert pieces("修好路。办好学！还有什么？最后") == ["修好路。", "办好学！", "还有什么？", "最后"]


def test_a_stop_inside_quotes_or_brackets_does_not_divide() -> None:
    assert pieces("推行“快办。好办”服务。（见附表。另有说明）完成。") == [
        "推行“快办。好办”服务。",
        "（见附表。另有说明）完成。",
    ]


def test_a_quotation_that_ends_with_a_stop_ends_the_sentence() -> None:
    assert pieces("群众说：“路通了。”村里种茶。") == ["群众说：“路通了。”", "村里种茶。"]


def test_an_opening_mark_that_is_never_closed_does_not_swallow_the_paragraph() -> None:
    assert pieces("推行“快办服务。新建学校。") == ["推行“快办服务。", "新建学校。"]


def test_a_pair_too_far_apart_is_no_pair() -> None:
    inside = "办好学校。" * 30
    assert len(pieces(f"“{inside}”")) == 30


def test_a_sentence_without_end_ends_at_a_pause() -> None:
    text = "新建学校，" * 1000
    found = pieces(text)
    assert "".join(found) == text
    assert max(map(len, found)) <= sentence.LONGEST_SENTENCE + len("新建学校，")


def test_paragraphs_leave_out_blank_lines_and_spaces_around() -> None:
    text = "\n 一段 \n\n\t\n二段"
    assert [text[start:end] for start, end in sentence.paragraphs(text)] == ["一段", "二段"]
