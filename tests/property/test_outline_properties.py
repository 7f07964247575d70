"""Properties of outlines, clauses, commitments and deliverables, on reports of shuffled parts and on any text."""

import itertools
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.compiler import clause, commitment, deliverable, masthead, outline
from luoshi.compiler.commitment import CommitmentReading
from luoshi.compiler.outline import Outline
from luoshi.compiler.reading import Reading, from_source
from luoshi.kernel.identity import Minter, digest
from luoshi.plan.model import Source

PARAGRAPH_STARTS = [
    "",
    "一、2030年工作回顾",
    "二、2031年工作安排",
    "三、加强政府自身建设",
    "（一）做强产业。",
    "（二）办好实事",
    "一是抓好招商。",
    "二是",
    "1.",
    "——",
    "各位代表！",
    "今后五年主要目标",
    "名词解释",
    "第二部分 今年工作",
    "附件1",
    "上一篇：公报",
]
CLAUSES = [
    "新建学校3所",
    "地区生产总值增长6%左右",
    "加强质量监管",
    "围绕新能源产业",
    "推动甲厂、乙厂等项目开工",
    "力争年内建成通车",
    "推行“快办、好办”服务（含乡镇）",
    "一是建成水厂",
    "取得了明显成效",
    "民生是最大的政治",
    "今年工作的总体要求是：",
    "安排资金800万元",
    "该办的事坚决办",
    "6月底前出台《养老服务办法》",
]
PARAGRAPHS = st.builds(
    lambda start, clauses, mark: start + mark.join(clauses) + "。",
    st.sampled_from(PARAGRAPH_STARTS),
    st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=6),
    st.sampled_from("，；。"),
)
LINES = st.one_of(PARAGRAPHS, st.sampled_from(PARAGRAPH_STARTS), st.text(max_size=20))
TEXTS = st.one_of(st.lists(LINES, max_size=14).map("\n".join), st.text(max_size=200))


def reading_of(text: str) -> Reading:
    return from_source(Source(id="S1", name="report.txt", digest=digest(text), text=text))


def read(text: str) -> tuple[Outline, CommitmentReading]:
    laid_out = outline.from_reading(reading_of(text))
    return laid_out, commitment.from_outline(laid_out, 2031, Minter())


@given(TEXTS)
def test_sentences_cover_everything_but_spaces_between_paragraphs(text: str) -> None:
    laid_out = outline.from_reading(reading_of(text))
    position = 0
    for item in laid_out.sentences:
        assert not laid_out.reading.text[position : item.start].strip()
        assert position <= item.start < item.end
        position = item.end
    assert not laid_out.reading.text[position:].strip()


@given(TEXTS)
def test_sections_nest_and_hold_their_headings(text: str) -> None:
    sections = outline.from_reading(reading_of(text)).sections
    by_id = {section.id: section for section in sections}
    assert len(by_id) == len(sections)
    for section in sections:
        assert section.span.covers(section.heading)
        if section.parent:
            assert by_id[section.parent].span.covers(section.span)
            assert by_id[section.parent].level < section.level


@given(TEXTS)
def test_every_sentence_of_a_forward_part_is_in_a_commitment_or_explained(text: str) -> None:
    laid_out, found = read(text)
    held = sorted(
        [span for made in found.commitments for span in made.spans] + [p.span for p in found.passages]
    )
    covered = {place for span in held for place in range(span.start, span.end)}
    for item in clause.from_outline(laid_out):
        sentence = laid_out.sentences[item.sentence]
        if laid_out.sections[sentence.section].role.is_forward:
            span = laid_out.reading.span(item.start, item.end)
            assert span.start in covered
            assert span.end - 1 in covered
    for before, after in itertools.pairwise(held):
        assert before.end <= after.start


@given(TEXTS)
def test_every_commitment_and_deliverable_quotes_its_place(text: str) -> None:
    laid_out, found = read(text)
    made = deliverable.from_commitments(found.commitments, (), laid_out.reading, Minter())
    for item in (*found.commitments, *made):
        assert item.spans[0].quote(text) == item.text
        assert 0 <= item.confidence <= 1


@given(TEXTS)
def test_the_weights_of_a_commitment_sum_to_one(text: str) -> None:
    laid_out, found = read(text)
    total: dict[str, Decimal] = {}
    for item in deliverable.from_commitments(found.commitments, (), laid_out.reading, Minter()):
        total[item.commitment] = total.get(item.commitment, Decimal(0)) + item.weight
    assert set(total.values()) <= {Decimal(1)}


@given(TEXTS)
def test_the_same_text_gives_the_same_result(text: str) -> None:
    assert read(text)[1] == read(text)[1]
    assert masthead.from_reading(reading_of(text)) == masthead.from_reading(reading_of(text))


@given(TEXTS)
def test_messages_exist_for_every_reason_and_fault(text: str) -> None:
    laid_out, found = read(text)
    head = masthead.from_reading(laid_out.reading)
    made = deliverable.from_commitments(found.commitments, (), laid_out.reading, Minter())
    for note in (*found.diagnostics, *head.diagnostics):
        assert note.describe("zh")
        assert "…" not in note.describe("en")
    for item in (*found.commitments, *made):
        assert all(basis.describe("zh") and basis.describe("en") for basis in item.bases)
        assert {basis.field for basis in item.bases} <= {*type(item).__struct_fields__}


@pytest.mark.parametrize(
    "piece",
    [
        "工",
        "7",
        "，",
        "新建学校3所，",
        "到2031年，",
        "一是抓好项目。",
        "（",
        "“",
        "一、年度工作\n加快建设。\n",
        "《甲》“乙”（",
    ],
)
def test_time_grows_with_the_length(piece: str) -> None:
    def seconds(length: int) -> float:
        reading = reading_of(piece * (length // len(piece)))
        begin = time.process_time()
        laid_out = outline.from_reading(reading)
        masthead.from_reading(reading)
        found = commitment.from_outline(laid_out, 2031, Minter())
        deliverable.from_commitments(found.commitments, (), reading, Minter())
        return time.process_time() - begin

    seconds(2_000)  # loads what is loaded once
    short, long = seconds(10_000), seconds(80_000)
    # Eight times the text; twice the linear time leaves room for a busy machine, far below the square.
    assert long < 16 * short + 0.5
