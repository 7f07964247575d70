import pytest

from luoshi.compiler import clause
from luoshi.compiler.commitment import act
from luoshi.compiler.commitment.act import Act


def read(text: str) -> Act:
    (only,) = clause.split(text, 0, len(text), 0)
    return act.read(text, only, 2031)


@pytest.mark.parametrize(
    ("text", "action", "thing"),
    [
        ("建成滨河公园", "建成", "滨河公园"),
        ("大力推进全域绿化", "推进", "全域绿化"),
        ("年内全面完成危桥改造20座", "完成", "危桥改造20座"),
        ("三是深入实施强链工程", "实施", "强链工程"),
        ("加快推进城北水厂建设", "推进…建设", "城北水厂"),
        ("推动甲厂、乙厂等项目开工", "推动…开工", "甲厂、乙厂等项目"),
        ("对老旧管网开展排查", "开展", "排查"),
        ("把云汀打造成山水名城", "打造", "成山水名城"),
        ("严格按时序完成反馈问题整改", "完成", "反馈问题整改"),
        ("新建公厕30座", "新建", "公厕30座"),
        ("健全基本养老待遇调整机制", "健全", "基本养老待遇调整机制"),
        ("城北大桥年内建成通车", "建成通车", "城北大桥年内"),
        ("森林覆盖率达到41%", "达到", "森林覆盖率"),
        ("在8个社区开展邻里食堂试点", "开展", "邻里食堂试点"),
    ],
)
def test_verb_and_what_it_is_done_to(text: str, action: str, thing: str) -> None:
    found = read(text)
    assert found.action == action
    assert text[found.object_start : found.object_end] == thing


@pytest.mark.parametrize(
    "text", ["建成滨河公园", "出台养老服务办法", "推动甲项目开工", "引进企业12家", "开展“清河”行动"]
)
def test_acts_that_can_be_shown_to_be_done(text: str) -> None:
    assert read(text).is_hard


@pytest.mark.parametrize(
    "text", ["加强质量监管", "引进高端人才", "推进诚信体系建设", "推进“书香云汀”建设", "开展对外交流"]
)
def test_efforts(text: str) -> None:
    assert not read(text).is_hard


@pytest.mark.parametrize(
    "text",
    ["确保年内通车", "力争覆盖率达到90%", "完成投资12亿元", "新增学位900个", "完成主体工程", "培训3000人次"],
)
def test_clauses_that_say_what_the_act_before_them_leads_to(text: str) -> None:
    assert read(text).is_result


def test_money_is_a_means() -> None:
    assert read("安排资金800万元").is_means
    assert not read("安排资金800万元").is_solid


def test_a_noun_that_begins_like_a_verb_is_no_act() -> None:
    assert read("建设工程审批时间压减至40个工作日").action == "压减"
    assert read("服务业更加兴旺").verb is None


def test_a_premise_alone_states_no_act() -> None:
    assert read("围绕新型城镇化建设").verb is None
