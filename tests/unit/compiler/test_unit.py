"""Tasks in our own words go to the bureau that does such work; names, doubt and lists behave as stated."""

from datetime import date

import pytest

from luoshi.compiler import unit
from luoshi.compiler.unit.name import keys_of
from luoshi.compiler.unit.score import Weights, traces, weigh
from luoshi.kernel.message import text_of
from luoshi.kernel.span import Span
from luoshi.plan.model import Commitment, Deadline, Level, Place, Role, Section

LEADS = [
    ("全年经济总量增长5.5%左右，固定资产投资增长8%", "development"),
    ("居民消费价格涨幅控制在2%以内", "development"),
    ("新争取地方政府专项债券项目资金，谋划重大项目三百个", "development"),
    ("建设公共充电桩四百个", "development"),
    ("地方一般公共预算收入增长6%", "finance"),
    ("压减一般性支出，兜牢三保底线", "finance"),
    ("推行非接触式办税，落实留抵退税", "tax"),
    ("市属国企完成混改两户，盘活国有资产二十亿元", "state-assets"),
    ("推动两家企业上市，新增制造业贷款一百亿元", "financial"),
    ("做好第五次经济普查数据汇总", "statistics"),
    ("实现公共资金审计全覆盖", "audit"),
    ("新登记经营主体一万户，个转企三百户", "market"),
    ("学校食堂互联网+明厨亮灶全覆盖", "market"),
    ("加装老旧电梯安全监测装置，完成电梯检验两千台", "market"),
    ("规上工业增加值增长9%，实施技改项目一百项", "industry"),
    ("新增专精特新企业四十户，单项冠军两户", "industry"),
    ("新建5G基站一千二百座", "industry"),
    ("高新技术企业突破六百家，技术合同成交额四十亿元", "science"),
    ("社会消费品零售总额增长8%，办好夜市经济", "commerce"),
    ("外贸进出口总额增长10%，实际利用外资两亿美元", "commerce"),
    ("建成县域商业体系，改造乡镇商贸中心十个", "commerce"),
    ("推动一百项高频事项跨省通办，压缩审批时限", "government-services"),
    ("12345热线办结率保持在98%以上", "government-services"),
    ("行政村快递服务全覆盖，建成快递末端网点八百个", "post"),
    ("新建110千伏变电站两座，改造配电网六十公里", "power"),
    ("发展壮大基层供销社，建设农资供应网点", "supply"),
    ("改造城镇老旧小区八十个、棚户区一千二百套", "construction"),
    ("新建公租房三百套，发放租赁补贴六百户", "construction"),
    ("改造老旧燃气管网七十公里", "construction"),
    ("归集住房公积金三十亿元，发放公积金贷款十二亿元", "housing-fund"),
    ("新建城市公厕三十座，生活垃圾分类小区覆盖率达到90%", "city-management"),
    ("整治占道经营和户外广告，更换破损井盖五百个", "city-management"),
    ("建设口袋公园十五个，新增城市绿地四十公顷", "parks"),
    ("补充耕地两千亩，处置批而未供土地三千亩", "natural-resources"),
    ("办理不动产登记历史遗留问题房屋八千套", "natural-resources"),
    ("新改建农村公路二百公里，改造危桥十二座", "transport"),
    ("更新新能源公交车五十辆，优化公交线路八条", "transport"),
    ("完成五座病险水库除险加固，治理中小河流三十公里", "water"),
    ("农村自来水普及率达到95%", "water"),
    ("PM2.5平均浓度降到32微克/立方米，优良天数比例88%以上", "environment"),
    ("消除国控断面劣Ⅴ类水质", "environment"),
    ("完成营造林六万亩，森林覆盖率提高一个百分点", "forestry"),
    ("开展人工增雨作业，新建自动气象站十个", "weather"),
    ("粮食总产稳定在三十亿斤以上，建成高标准农田二十万亩", "agriculture"),
    ("生猪出栏八十万头，培育家庭农场五十家", "agriculture"),
    ("脱贫人口人均纯收入增长10%，守住不发生规模性返贫底线", "rural-revitalisation"),
    ("新建幼儿园六所，增加义务教育学位三千个", "education"),
    ("落实双减，课后服务覆盖所有义务教育学校", "education"),
    ("创建三级医院一所，每千人口婴幼儿托位达到4.5个", "health"),
    ("家庭医生签约率达到75%，建设紧密型医共体", "health"),
    ("基本医保参保率保持在95%以上，开通门诊费用跨省异地就医直接结算", "medical-insurance"),
    ("提高城乡低保标准，新增养老床位六百张", "civil-affairs"),
    ("建设农村公益性公墓二十处", "civil-affairs"),
    ("城镇新增就业两万人，开展职业技能培训八千人次", "labour"),
    ("治理拖欠农民工工资，欠薪案件动态清零", "labour"),
    ("做好退役军人安置，争创双拥模范城", "veterans"),
    ("为三百名残疾儿童提供康复救助，适配辅助器具一千件", "disabled"),
    ("评选最美家庭，举办家庭教育指导讲座一百场", "women"),
    ("建设青年驿站五个，开展青年志愿者服务", "youth"),
    ("新建户外劳动者服务站二十个，慰问困难职工", "union"),
    ("普及应急救护知识，培训红十字救护员两千名", "red-cross"),
    ("新建体育公园三个，举办城市马拉松", "sport"),
    ("新建城市书房八个，送戏下乡三百场", "culture"),
    ("创建国家5A级旅游景区，接待游客两千万人次", "culture"),
    ("创建全国民族团结进步示范市", "ethnic"),
    ("常态化开展扫黑除恶，电信网络诈骗发案数下降15%", "public-security"),
    ("增设交通信号灯四十处，道路交通事故死亡人数下降", "public-security"),
    ("新建消防站两座，补建市政消火栓三百个", "fire-rescue"),
    ("开展安全生产大检查，重特大事故零发生", "emergency"),
    ("村居法律顾问全覆盖，办理法律援助案件九百件", "justice"),
    ("化解信访积案一百件", "petition"),
    ("建成县级综治中心，网格化管理全覆盖", "political-legal"),
    ("办好人大代表建议和政协提案", "general-office"),
    ("锲而不舍落实中央八项规定精神，纠治四风", "discipline"),
    ("争创全国文明城市，建设新时代文明实践中心", "propaganda"),
    ("巩固国际友好城市关系，扩大对外交往", "foreign"),
    ("做好民兵预备役和征兵工作", "military"),
]


def lead(task, **options):
    return unit.assign([task], **options)[0].lead


@pytest.mark.parametrize(("task", "bureau"), LEADS)
def test_a_task_goes_to_the_bureau_that_does_such_work(task, bureau):
    assert lead(task).bureau == bureau


def test_the_cases_reach_most_bureaus():
    assert len(LEADS) >= 60
    assert len({bureau for _, bureau in LEADS}) >= 45


def test_the_longer_word_speaks_alone():
    # 残疾人就业 is a duty of its own; 就业 inside it is not also counted.
    assert [trace.word for trace in traces("残疾人就业")] == ["残疾人就业"]
    assert lead("新增残疾人就业三百人").bureau == "disabled"


def test_a_word_inside_another_one_at_the_end_of_the_text_is_not_counted():
    assert [trace.word for trace in traces("三级医院")] == ["三级医院"]


def test_what_is_named_first_leads_and_the_other_supports():
    first = unit.assign(["扩建卫生院一所、幼儿园一所"])[0]
    other = unit.assign(["扩建幼儿园一所、卫生院一所"])[0]
    assert first.lead.bureau == "health"
    assert other.lead.bureau == "education"
    assert "education" in [candidate.bureau for candidate in first.supporting]


def test_the_reason_names_the_words_it_rests_on():
    made = lead("城镇新增就业两万人")
    assert made.code == "C501"
    assert "城镇新增就业" in text_of(made.code, made.parameters, "zh")


def test_a_task_of_two_fields_is_in_doubt_and_names_the_other_unit():
    made = unit.assign(["改造提升农贸市场五个"], level=Level.CITY)[0]
    assert made.lead.confidence < 0.8
    assert made.lead.code == "C503"
    assert made.lead.parameters["other"] == made.candidates[1].name
    assert {made.lead.bureau, made.candidates[1].bureau} == {"commerce", "market"}


def test_a_task_that_cuts_across_says_so():
    # Six words of one strength, each of another bureau: none of them is likelier than 40 %.
    even = Weights(own=6.0, usual=1.0, part=1.0, length=0.0, decay=1.0, repeat=0.5, context=0.3, beside=0.0)
    task = "协调统计、审计、气象、信访、征兵、档案事项"
    made = unit.assign([task], weights=even)[0].lead
    assert made.code == "C508"
    assert len(made.parameters["units"].split("、")) == 6


def test_words_of_nobody_leave_the_office_to_decide():
    made = unit.assign(["咬定目标不放松，一步一个脚印"], level=Level.CITY, place="青石市")[0]
    assert made.lead.code in ("C503", "C504", "C508")
    assert made.lead.confidence < 0.5


def test_nothing_at_all_goes_to_the_office_with_no_confidence():
    made = unit.assign([""], level=Level.CITY)[0]
    assert (made.lead.bureau, made.lead.confidence, made.lead.code) == ("general-office", 0.0, "C504")
    assert made.lead.name == "市政府办公室"
    assert made.supporting == ()


def test_the_section_decides_where_the_task_is_silent():
    task = ["完成年度各项任务"]
    assert unit.assign(task, contexts=["大力发展现代农业"])[0].lead.bureau == "agriculture"
    assert unit.assign(task, contexts=["推进教育事业"])[0].lead.bureau == "education"


def test_each_task_needs_its_context():
    with pytest.raises(ValueError, match="2 tasks need as many contexts, got 1"):
        unit.assign(["修路", "架桥"], contexts=["交通"])


def test_assignment_is_deterministic():
    tasks = [task for task, _ in LEADS]
    assert unit.assign(tasks, year=2024) == unit.assign(tasks, year=2024)


def test_candidates_are_ranked_by_confidence():
    for made in unit.assign([task for task, _ in LEADS]):
        confidences = [candidate.confidence for candidate in made.candidates]
        assert confidences == sorted(confidences, reverse=True)
        assert all(0 <= confidence <= 1 for confidence in confidences)
        assert all(candidate in made.candidates[1:] for candidate in made.supporting)
        assert len({candidate.name for candidate in made.candidates}) == len(made.candidates)


@pytest.mark.parametrize(
    ("place", "level", "name"),
    [
        ("青石市", Level.CITY, "市卫生健康委"),
        ("青石县", Level.COUNTY, "县卫健局"),
        ("青石区", Level.UNKNOWN, "区卫健局"),
        ("红柳旗", Level.UNKNOWN, "旗卫健局"),
        ("内蒙古自治区", Level.UNKNOWN, "自治区卫生健康委"),
        ("北京市", Level.PROVINCE, "市卫生健康委"),
        ("湘西土家族苗族自治州", Level.CITY, "州卫生健康委"),
        ("全国", Level.NATION, "国家卫生健康委"),
        ("", Level.PROVINCE, "省卫生健康委"),
        ("", Level.UNKNOWN, "卫生健康委"),
    ],
)
def test_the_name_fits_place_and_rank(place, level, name):
    assert lead("改造乡镇卫生院三所", place=place, level=level, year=2024).name == name


@pytest.mark.parametrize(
    ("place", "name"),
    [("青石市", "市委组织部"), ("青石区", "区委组织部"), ("宁夏回族自治区", "自治区党委组织部")],
)
def test_offices_of_the_party_are_written_as_such(place, name):
    assert lead("加强基层党组织建设，选派驻村第一书记", place=place).name == name


def test_the_league_wears_the_place_inside_its_name():
    assert lead("建设青年驿站", place="青石市").name == "团市委"


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (2012, "市卫生局"),
        (2016, "市卫计委"),
        (2018, "市卫计委"),
        (2019, "市卫生健康委"),
        (None, "市卫生健康委"),
    ],
)
def test_names_are_those_of_the_year(year, name):
    assert lead("新建社区卫生服务中心", place="青石市", level=Level.CITY, year=year).name == name


def test_before_the_merger_the_task_chooses_the_office():
    options = {"place": "青石市", "level": Level.CITY, "year": 2017}
    assert lead("食品抽检合格率达到98%", **options).name == "市食药监局"
    assert lead("整治电梯等特种设备安全隐患", **options).name == "市质监局"
    assert lead("新登记个体工商户五千户", **options).name == "市工商局"


OWN = [
    "县发展和改革局",
    "县教育体育局",
    "县住房和城乡建设局",
    "县农业农村和水利局",
    "县民政局",
    "石桥镇",
    "柳林镇",
    "县城投集团",
]


@pytest.mark.parametrize(
    ("task", "name"),
    [
        ("新建幼儿园两所", "县教育体育局"),
        ("新建体育公园一个", "县教育体育局"),
        ("除险加固水库三座", "县农业农村和水利局"),
        ("整治占道经营，更换井盖", "县住房和城乡建设局"),
    ],
)
def test_a_place_names_its_own_units(task, name):
    assert lead(task, units=OWN).name == name


def test_a_bureau_that_a_place_lacks_is_stood_in_for_and_the_reason_says_so():
    made = lead("新建城市公厕三十座，清运生活垃圾", units=OWN)
    assert (made.name, made.code) == ("县住房和城乡建设局", "C502")
    assert made.parameters["bureau"] == "城市管理"


def test_merged_offices_add_up_and_stand_once():
    made = unit.assign(["组织中小学生体育赛事，建设校园足球场"], units=OWN)[0]
    assert [candidate.name for candidate in made.candidates].count("县教育体育局") == 1
    assert made.lead.name == "县教育体育局"


def test_the_township_that_the_task_names_is_chosen():
    assert lead("各乡镇政府和街道办清理河道垃圾，柳林先行", units=["石桥镇", "柳林镇"]).name == "柳林镇"


def test_no_unit_of_the_list_fits():
    made = lead("培训红十字救护员", units=["县气象局"])
    assert made.code == "C504"


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("市发改委", ("development",)),
        ("青石市发展和改革局", ("development",)),
        ("自治区住房和城乡建设厅", ("construction",)),
        ("文化广电和旅游局", ("culture",)),
        ("教育体育局", ("education", "sport")),
        ("科技和经信局", ("science", "industry")),
        ("国家税务总局青石市税务局", ("tax",)),
        ("国网青石供电公司", ("power",)),
        ("市卫计委", ("health",)),
        ("经济开发区管委会", ("development-zone",)),
        ("石桥镇", ("districts",)),
        ("青石文化旅游投资集团", ("culture",)),
        ("阳光合唱团", ()),
    ],
)
def test_names_of_units_are_recognised(name, keys):
    assert keys_of(name) == keys


def test_a_bureau_that_few_places_have_is_not_asked_to_support_unless_listed():
    task = ["改造老旧院落二十个，加强物业管理"]
    proposed = unit.assign(task, level=Level.CITY)[0]
    assert proposed.lead.bureau == "construction"
    assert "housing" in [candidate.bureau for candidate in proposed.candidates]
    assert "housing" not in [candidate.bureau for candidate in proposed.supporting]
    listed = unit.assign(task, units=["市住建局", "市房管局"])[0]
    assert {candidate.name for candidate in listed.candidates} == {"市住建局", "市房管局"}


def test_names_that_are_nobodys_are_told():
    made = unit.roll(["市教育局", "阳光合唱团", "市教育局"])
    assert made.units == {"education": ["市教育局"]}
    assert made.unknown == ("阳光合唱团",)


def test_lines_come_back_with_units_and_reason():
    lines = [
        {"task": "新建幼儿园两所", "place": "青石市", "level": "city", "year": "2024", "id": 7},
        {"task": "修建高速公路"},
    ]
    first, second = unit.assign_lines(lines)
    assert first["id"] == 7
    assert first["units"][0] == first["lead"] == "市教育局"
    assert 0 < first["confidence"] <= 1
    assert "幼儿园" in first["reason"]["text"]
    assert second["lead"] == "交通运输局"


def test_lines_take_a_list_of_names():
    (made,) = unit.assign_lines([{"task": "新建幼儿园两所"}], units=OWN)
    assert made["units"][0] == "县教育体育局"


def test_a_chance_is_told_as_it_comes_true():
    weights = Weights(
        own=1, usual=1, part=1, length=0, decay=1, repeat=1, context=1, beside=0,
        honest=((0.0, 0.0), (0.5, 0.3), (0.9, 0.8), (1.0, 0.95)),
    )  # fmt: skip
    assert weights.confidence(0.0) == 0.0
    assert weights.confidence(0.5) == 0.3
    assert weights.confidence(0.7) == pytest.approx(0.55)
    assert weights.confidence(1.0) == 0.95


def test_one_word_is_weighed_by_hand():
    # One own word of two characters: score 2, all other 73 bureaus 0; e^2 / (e^2 + 73).
    weights = Weights(
        own=2.0, usual=1.0, part=0.5, length=0.1, decay=0.9, repeat=0.5, context=0.3, beside=0.0
    )
    assert weigh(traces("统计"), weights).probability == {
        "statistics": pytest.approx(7.38906 / 80.38906, abs=1e-5)
    }


SECTIONS = (
    Section(id="s1", number="一", title="办好人民满意的教育", level=1, parent="", span=Span("S1", 0, 40), heading=Span("S1", 0, 10), role=Role.WORK),
    Section(id="s2", number="二", title="建设人民满意的政府", level=1, parent="", span=Span("S1", 40, 90), heading=Span("S1", 40, 50), role=Role.SELF_GOVERNMENT),
)  # fmt: skip


def commitment(number, text, section):
    return Commitment(
        id=f"c{number}",
        spans=(),
        text=text,
        section=section,
        title=text,
        deadline=Deadline(day=date(2024, 12, 31)),
    )


def test_commitments_get_units_and_a_basis():
    rows = [
        commitment(1, "新建幼儿园两所", "s1"),
        commitment(2, "新建小学一所", "s1"),
        commitment(3, "说到做到", "s2"),
    ]
    made = unit.propose(rows, SECTIONS, place=Place(name="青石市", level=Level.CITY), year=2024)
    names = {one.id: one.name for one in made.units}
    assert [names[row.lead_unit] for row in made.commitments] == ["市教育局", "市教育局", "市政府办公室"]
    assert made.commitments[0].lead_unit == made.commitments[1].lead_unit
    assert [row.id for row in made.commitments] == ["c1", "c2", "c3"]
    basis = made.commitments[0].bases[-1]
    assert (basis.field, basis.code) == ("lead_unit", "C501")
    assert [basis.code for basis in made.commitments[2].bases if basis.field == "lead_unit"] == ["C505"]
    assert len({one.id for one in made.units}) == len(made.units)
    assert {one.bureau for one in made.units} >= {"education", "general-office"}


def test_the_identity_of_a_unit_does_not_depend_on_the_plan():
    place = Place(name="青石市", level=Level.CITY)
    one = unit.propose([commitment(1, "新建幼儿园两所", "s1")], SECTIONS, place=place, year=2024)
    two = unit.propose(
        [commitment(8, "修建高速公路", "s1"), commitment(9, "新建小学", "s1")],
        SECTIONS,
        place=place,
        year=2025,
    )
    assert one.commitments[0].lead_unit == two.commitments[1].lead_unit


def test_supporting_units_have_a_basis_of_their_own():
    made = unit.propose(
        [commitment(1, "新改建农村公路十公里，新建幼儿园一所", "")],
        SECTIONS,
        place=Place(name="青石市", level=Level.CITY),
        year=2024,
    )
    row = made.commitments[0]
    assert row.supporting_units
    basis = next(basis for basis in row.bases if basis.field == "supporting_units")
    assert basis.code == "C506"
    assert "市教育局" in basis.parameters["units"]
