"""Briefs, notices and the ledger sheet of a small year whose counts were worked by hand (see `brief_cast`)."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import msgspec
import pytest
from brief_cast import LETTERHEAD, situation
from openpyxl import load_workbook

from luoshi.brief.drafting.circulation import draft_circulation
from luoshi.brief.drafting.ledger_sheet import ledger_xlsx
from luoshi.brief.drafting.periodic import draft_brief
from luoshi.brief.drafting.supervision import draft_supervision
from luoshi.brief.official.model import (
    Chart,
    DocumentKind,
    Heading,
    Known,
    Paragraph,
    Table,
    from_json,
    to_json,
)
from luoshi.brief.official.template import Marks, bare_numbers, faults_of
from luoshi.brief.official.writer import to_docx
from luoshi.cadence.cycle import Frequency
from luoshi.delivery.fault import DeliveryError
from luoshi.ledger.observation import Attestation

SENT = date(2026, 5, 12)


@pytest.fixture(scope="module")
def brief():
    return draft_brief(situation(), LETTERHEAD, frequency=Frequency.MONTH)


def supervision(known=None, **changed):
    asked = {"lineage": "L-school", "wanted": "报送征地攻坚安排", "sent": SENT, "working_days": 5} | changed
    return draft_supervision(known or situation(), LETTERHEAD, **asked)


def circulation():
    return draft_circulation(situation(), LETTERHEAD, sent=SENT, working_days=5)


def said(document):
    marks = Marks(document)
    return [marks.plain(block.text) for block in document.blocks if isinstance(block, Paragraph)]


def table(document, label):
    """The rows, as printed, of the table that has a column of this label."""
    marks = Marks(document)
    found = next(
        block
        for block in document.every_block
        if isinstance(block, Table) and label in [column.label for column in block.columns]
    )
    return [[marks.plain(cell) for cell in row.cells] for row in found.rows]


def source(document, what):
    return next(one for one in document.sources if one.what == what)


def test_a_monthly_brief_is_of_the_last_month_that_is_over(brief):
    assert brief.kind is DocumentKind.MONTH
    assert brief.title.startswith("关于2026年4月政府工作报告")
    headings = [block.text for block in brief.blocks if isinstance(block, Heading)]
    assert headings == ["总体情况", "严重滞后事项", "未按时填报情况", "较上期变化", "趋势预测", "重大项目"]


def test_lights_are_counted_overall_and_by_section(brief):
    assert said(brief)[0] == (
        "截至2026年5月12日，云川市2026年政府工作报告共分解目标任务5项，"
        "其中严重滞后1项、未报1项、正常2项、未启动1项。"
    )
    # Total, red, grey, yellow, green, blue, white.
    assert table(brief, "章节") == [
        ["（一）稳住工业经济", "2", "0", "0", "0", "1", "0", "1"],
        ["（二）办好民生实事", "3", "1", "1", "0", "1", "0", "0"],
    ]


def test_units_with_most_red_come_first_and_what_nobody_owns_says_so(brief):
    marks = Marks(brief)
    units = next(
        block for block in brief.blocks if isinstance(block, Table) and block.title == "各牵头单位亮灯情况"
    )
    rows = [[marks.plain(cell) for cell in row.cells] for row in units.rows]
    assert rows[0] == ["市教育局", "1", "1", "0", "0", "0", "0", "0"]
    assert rows[1] == ["未明确单位", "1", "0", "1", "0", "0", "0", "0"]
    assert len(rows) == 5


def test_a_count_names_the_entries_of_its_lights(brief):
    assert source(brief, "全部目标任务的亮灯计数").entries == (6, 9)
    assert source(brief, "（一）稳住工业经济：亮灯计数").entries == (6, 9)
    assert source(brief, "市民政局：亮灯计数").entries == (6,)


def test_a_red_item_has_its_reason_and_what_blocks_it(brief):
    ((title, unit, reason, obstacle),) = table(brief, "卡点")
    assert (title, unit, obstacle) == ("学校建设", "市教育局", "征地还差12户没有签约")
    assert reason.startswith("新建改扩建学校：")
    assert "2026年4月30日" in reason
    cited = source(brief, "学校建设：亮灯及原因")
    # The light is entry 9, the newest figures are of the report filed as entry 7.
    assert cited.entries == (7, 9)
    assert (cited.known, cited.attested) == ((Known.REPORTED,), (Attestation.HEAD,))


def test_units_that_owe_reports_are_named_with_the_periods(brief):
    # Industry: February and April; schools: February; station and care centre: the first quarter. January ended before the issue.
    assert said(brief)[2] == "到期未填报的单位共4个，涉及填报5份，明细如下。"
    rows = {unit: (count, owed) for unit, count, owed in table(brief, "欠报内容")}
    assert rows["市经信局"] == ("2", "工业增长和规上企业培育（2026年2月、2026年4月）")
    assert rows["市教育局"] == ("1", "学校建设（2026年2月）")
    assert rows["市交通局"] == ("1", "云川东站开工（2026年一季度）")
    assert rows["市民政局"] == ("1", "青杉社区养老服务中心建成（2026年一季度）")


def test_a_report_is_not_owed_on_the_day_on_which_it_is_due():
    # 1 to 5 May are off and 9 May is worked, so that the fifth working day after 30 April is 11 May.
    on_due_day = replace(situation(), as_of=date(2026, 5, 11))
    owed = {
        item.issued.lineage: [c.period.key for c in on_due_day.owed(item.issued)] for item in on_due_day.items
    }
    assert owed["L-industry"] == ["2026-02"]


def test_changes_name_both_days_and_what_became_worse_comes_first(brief):
    assert said(brief)[3] == (
        "与上期（截至2026年4月10日）相比，本期（截至2026年5月12日）亮灯变差的1项，变好的1项。"
    )
    assert table(brief, "上期") == [
        ["学校建设", "市教育局", "正常", "严重滞后"],
        ["工业增长和规上企业培育", "市经信局", "滞后", "正常"],
    ]


def test_without_a_brief_before_nothing_is_compared():
    first = draft_brief(situation(since=None), LETTERHEAD, frequency=Frequency.MONTH)
    assert "这是第一期，没有上期可以比较。" in said(first)


def test_the_chart_is_of_the_target_that_lags_farthest(brief):
    (chart,) = [block for block in brief.blocks if isinstance(block, Chart)]
    assert (chart.chart.title, chart.chart.unit) == ("新建改扩建学校", "所")
    assert [mark.day for mark in chart.chart.actual] == [date(2026, 3, 31), date(2026, 4, 30)]
    assert source(brief, "新建改扩建学校：各期数据").entries == (4, 7)


def test_projects_follow_the_light_of_their_commitment(brief):
    assert said(brief)[-1] == "报告列名的项目共1个，所属目标任务正常或完成的0个，需要关注的0个。"


@pytest.mark.parametrize("frequency", list(Frequency), ids=lambda one: one.value)
def test_every_figure_of_every_brief_has_a_reference(frequency):
    document = draft_brief(situation(), LETTERHEAD, frequency=frequency)
    assert faults_of(document) == ()
    assert document.annexes[-1].title == "数据来源"
    assert (document.ledger.number, document.ledger.digest) == (9, situation().head.digest)


@pytest.mark.parametrize("made", [supervision, circulation])
def test_every_figure_of_every_notice_has_a_reference(made):
    assert faults_of(made()) == ()


def test_a_figure_without_a_reference_is_found(brief):
    first = next(block for block in brief.blocks if isinstance(block, Paragraph))
    wrong = msgspec.structs.replace(first, text=first.text + "另有3项。")
    blocks = tuple(wrong if block is first else block for block in brief.blocks)
    faults = faults_of(msgspec.structs.replace(brief, blocks=blocks))
    assert [(fault.code, fault.parameters["number"]) for fault in faults] == [("B201", "3")]


def test_a_source_without_entries_and_a_figure_without_a_source_are_found(brief):
    empty = msgspec.structs.replace(brief.sources[0], entries=())
    faults = faults_of(msgspec.structs.replace(brief, sources=(empty, *brief.sources[1:])))
    assert [fault.code for fault in faults] == ["B204"]
    without = faults_of(msgspec.structs.replace(brief, sources=brief.sources[1:]))
    assert {fault.code for fault in without} == {"B203"}


def test_days_and_numbers_of_documents_are_no_figures():
    assert bare_numbers("截至2026年6月30日，按云政督〔2026〕8号办理") == ()
    assert bare_numbers("完成12.5%，其中3月底前２项") == ("12.5", "２")


def test_a_quarter_tells_targets_and_handling_plans():
    quarter = draft_brief(situation(), LETTERHEAD, frequency=Frequency.QUARTER)
    assert quarter.title.startswith("关于2026年一季度")
    assert said(quarter)[-1] == "牵头单位的办理方案已批准0项，待审批0项，有异议0项，尚未报出或已退回5项。"
    rows = {row[0]: row for row in table(quarter, "得知方式")}
    assert rows["新增学位"][2:] == ["2400个", "600个", "2026年4月30日", "报"]
    assert rows["审批时限"][3:] == ["无数据", "无数据", "无数据"]


def test_a_half_year_counts_what_has_reached_half():
    half = draft_brief(situation(), LETTERHEAD, frequency=Frequency.HALF_YEAR)
    # Firms 2 of 20, schools 0.1 of 3, places 600 of 2400: three have figures, none has reached half.
    assert "按年度累计、已有数据的量化指标共3项，其中已达到承诺值一半的0项。" in said(half)


def test_the_year_lists_what_is_not_done_the_worst_first():
    year = draft_brief(situation(), LETTERHEAD, frequency=Frequency.YEAR)
    assert "到年底未完成的目标任务共5项，原因和牵头单位所报卡点如下。" in said(year)
    assert [row[0] for row in table(year, "卡点")][:2] == ["学校建设", "项目四步法"]


def test_a_supervision_notice_has_sentence_deadline_and_room_for_the_answer():
    notice = supervision()
    marks = Marks(notice)
    forms = [block for block in notice.every_block if isinstance(block, Table)]
    told = {marks.plain(row.cells[0]): marks.plain(row.cells[1]) for row in forms[0].rows}
    assert told["报告原文"] == "新建改扩建学校3所，新增学位2400个。"
    assert told["办理要求"] == "报送征地攻坚安排"
    # Five working days after Tuesday 12 May: 13, 14, 15, 18, 19.
    assert told["反馈时限"] == "2026年5月19日前（收到本单之日起5个工作日内）"
    assert [marks.plain(row.cells[1]) for row in forms[1].rows] == [""] * 5
    assert min(row.height_mm for row in forms[1].rows) >= 10
    assert source(notice, "反馈时限").known == (Known.SET,)


def test_a_notice_goes_to_the_lead_unit_where_no_addressee_is_named():
    unnamed = replace(LETTERHEAD, addressees=())
    notice = draft_supervision(
        situation(), unnamed, lineage="L-school", wanted="报送安排", sent=SENT, working_days=3
    )
    assert notice.addressees == ("市教育局",)


def test_a_notice_about_nothing_in_force_or_without_time_is_refused():
    with pytest.raises(DeliveryError) as caught:
        supervision(lineage="L-none")
    assert caught.value.code == "L265"
    with pytest.raises(ValueError, match="0 working days"):
        supervision(working_days=0)


def test_a_circulation_names_units_in_trouble_the_reddest_first():
    document = circulation()
    marks = Marks(document)
    units = [
        marks.plain(block.text)
        for block in document.blocks
        if isinstance(block, Heading) and block.level == 2
    ]
    assert units == ["市教育局", "未明确单位"]
    assert "牵头目标任务1项，严重滞后1项。" in said(document)
    assert said(document)[-2:] == [
        "整改情况于2026年5月19日前（本通报印发之日起5个工作日内）书面报送。",
        "特此通报。",
    ]


def test_simulated_figures_are_marked_in_document_and_sources():
    invented = draft_brief(situation(is_simulated=True), LETTERHEAD, frequency=Frequency.MONTH)
    assert invented.is_simulated
    text = docx_text(invented)
    assert text.count("模拟数据，仅供演示") >= 2
    assert "数·模" in text
    assert "模拟数据" not in docx_text(draft_brief(situation(), LETTERHEAD, frequency=Frequency.MONTH))


def docx_text(document):
    from docx import Document

    read = Document(BytesIO(to_docx(document)))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in read.paragraphs), *cells])


def test_the_list_of_sources_tells_entries_attestation_and_the_head_of_the_ledger(brief):
    text = docx_text(brief)
    assert "台账末条为第9条" in text
    assert situation().head.digest in text
    assert "[1]" in text
    assert "单位负责人审核\nluoshi.light/1" in text


def test_a_document_survives_json_and_equal_ones_give_equal_bytes(brief):
    assert from_json(to_json(brief)) == brief
    again = draft_brief(situation(), LETTERHEAD, frequency=Frequency.MONTH)
    assert to_docx(again) == to_docx(brief)


def test_the_ledger_sheet_has_a_row_for_every_commitment_and_equal_bytes():
    data = ledger_xlsx(situation())
    assert data == ledger_xlsx(situation())
    sheet = load_workbook(BytesIO(data)).active
    texts = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert texts[0][0] == "云川市2026年政府工作报告目标任务台账"
    school = next(row for row in texts if "学校建设" in row)
    assert "新建改扩建学校3所，新增学位2400个。" in school
    assert "0.1所（2026年4月30日）\n600个（2026年4月30日）" in school
    assert school[-1] == "7、9"
    assert sum(row[0] in {"1", "2", "3", "4", "5"} for row in texts) == 5
