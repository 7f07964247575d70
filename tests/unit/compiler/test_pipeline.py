"""The passes in their order, on small reports in own words."""

import pytest

from luoshi.compiler.pipeline import NotAReportError, Step, UnknownYearError, compile_report, compile_sources
from luoshi.compiler.source import document, read
from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.plan.model import Place

REPORT = """2026年澄溪县政府工作报告

一、2025年工作回顾
过去一年，城镇新增就业2100人，办事大厅推行“三步办”。

二、2026年重点工作
（一）壮大县域产业。综合考虑各方面条件，到2030年，全县地区生产总值120亿元。新增规上工业企业6家。
（二）优化营商环境。推行“两日结”，办好群众的事。

三、加强政府自身建设
严格控制一般性支出，“三公”经费压减5%以上。

名词解释
两日结：不动产登记在2个工作日内办结。
三步办：申请、审核、领证三个步骤，在9个工作日内办结。
"""


def source_of(text, name="澄溪县.txt", source_id="S1"):
    return document(read(text.encode(), name=name), name=name, source_id=source_id)


@pytest.fixture(scope="module")
def plan():
    return compile_report(source_of(REPORT))


def holder_of(plan, figure):
    target = next(one for one in plan.targets if one.number and plan.quote(one.number).startswith(figure))
    return next((row.text for row in plan.commitments if row.id == target.commitment), "")


def test_a_sentence_with_a_promised_figure_is_a_commitment_whatever_its_words_look_like(plan):
    assert "地区生产总值120亿元" in holder_of(plan, "120")


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("地区生产总值增长6%左右。", "地区生产总值增长6%左右"),
        ("今年，地方一般公共预算收入增长4%。", "地方一般公共预算收入增长4%"),
        ("扎实地推进老旧小区改造。", "推进老旧小区改造"),
    ],
)
def test_a_title_keeps_the_first_character_of_what_is_promised(sentence, title):
    plan = compile_report(source_of(REPORT.replace("新增规上工业企业6家。", sentence)))
    assert title in [row.title for row in plan.commitments]


def test_a_limit_of_the_glossary_belongs_to_the_promise_that_uses_its_term(plan):
    assert "两日结" in holder_of(plan, "2个工作日")


def test_a_limit_that_only_the_review_names_belongs_to_nothing_and_is_reported(plan):
    adrift = [
        target for target in plan.targets if target.number and plan.quote(target.number).startswith("9个")
    ]
    assert all(target.commitment == "" for target in adrift)
    assert {target.id for target in adrift} <= {note.item for note in plan.diagnostics if note.code == "C291"}


def test_every_step_is_told_once_and_the_share_rises():
    told = []
    compile_report(source_of(REPORT), progress=lambda step, share: told.append((step, share)))
    assert [step for step, _share in told] == [step.value for step in Step]
    shares = [share for _step, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_recipe_is_no_report():
    with pytest.raises(NotAReportError) as refused:
        compile_report(source_of("红烧肉的做法\n\n五花肉切块，冷水下锅。\n", "菜谱.txt"))
    assert "菜谱.txt" in refused.value.describe("zh")
    assert "--force" in refused.value.describe("en")


def test_a_text_in_another_language_is_no_report():
    with pytest.raises(NotAReportError):
        compile_report(source_of("We will build 3 schools and 20 bridges.\n", "plan.txt"), year=2026)


def test_a_report_without_a_year_asks_for_one():
    text = REPORT.replace("2026年", "").replace("2025年", "").replace("到2030年，", "")
    with pytest.raises(UnknownYearError) as refused:
        compile_report(source_of(text))
    assert "--year" in refused.value.describe("zh")
    assert compile_report(source_of(text), year=2026).year == 2026


def test_what_the_person_says_of_place_and_year_counts():
    plan = compile_report(source_of(REPORT), place=Place(name="青崖县"), year=2027)
    assert (plan.place.name, plan.year, plan.end_day.isoformat()) == ("青崖县", 2027, "2027-12-31")


def test_an_annex_joins_the_plan_of_its_report(plan):
    annex = source_of("三、补充任务\n新建农贸市场2个。\n", "附件.txt", "S2")
    both = compile_sources([source_of(REPORT), annex])
    assert [source.id for source in both.sources] == ["S1", "S2"]
    added = [target for target in both.targets if target.spans[0].source == "S2"]
    assert [(str(target.value), target.unit) for target in added] == [("2", "个")]
    assert len(both.targets) == len(plan.targets) + 1
    assert len({item.id for item in both.commitments}) == len(both.commitments)


def test_what_the_reading_had_to_say_stands_first_in_the_plan(plan):
    note = Diagnostic(code="C170", severity=Severity.WARNING, parameters={"pages": "3"})
    assert compile_report(source_of(REPORT), notes=[note]).diagnostics == (note, *plan.diagnostics)


def test_no_source_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="needs a source"):
        compile_sources([])
