"""Parts that a definition gives, however it lists them. All names and lists are invented."""

from __future__ import annotations

import pytest

from luoshi.compiler.procedure.definition import parts_of


def read(name: str, definition: str) -> list[str] | None:
    text = f"{name}：{definition}"
    parts = parts_of(text, name, len(name) + 1, len(text))
    return [text[start:end] for start, end in parts.pieces] if parts else None


@pytest.mark.parametrize(
    ("name", "definition", "expected"),
    [
        ("三亮", "亮身份、亮承诺、亮结果。", ["亮身份", "亮承诺", "亮结果"]),
        ("两校一院", "职业学校、技工学校和护理学院。", ["职业学校", "技工学校", "护理学院"]),
        ("两区三通道", "洁净区、缓冲区；进口通道、出口通道、货物通道。", ["洁净区", "缓冲区", "进口通道", "出口通道", "货物通道"]),
        ("一山两水", "青山，白水、黑水。", ["青山", "白水", "黑水"]),
        ("三山两湖", "三山是指东山、西山、南山，两湖是指甲湖、乙湖。", ["东山", "西山", "南山", "甲湖", "乙湖"]),
        ("“2+N”平台", "“2”即数据平台、支付平台，“N”即停车、图书等若干应用。", ["数据平台", "支付平台", "停车、图书等若干应用"]),
        ("三好菜场", "买好、卖好、管好老城菜场。", ["买好", "卖好", "管好"]),
        ("清三堆", "对堆土、堆料、堆柴等占道行为开展清理。", ["堆土", "堆料", "堆柴"]),
        ("三大工程", "聚焦供水、供气、供暖等三大领域，建设一批项目。", ["供水", "供气", "供暖"]),
        ("双推选", "在车站评选“最美窗口”和“最差窗口”。", ["最美窗口", "最差窗口"]),
        ("三百双比", "企业“百日走访”、学校“百日家访”、医院“百日回访”；比速度、比质量。", ["百日走访", "百日家访", "百日回访", "比速度", "比质量"]),
        ("两谈三看一查后奖", "谈规划、谈资金；看厂房、看设备、看订单；查纳税和用工。企业达标后，政府给予奖励。", ["谈规划", "谈资金", "看厂房", "看设备", "看订单", "查纳税和用工", "企业达标后，政府给予奖励"]),
        ("三位一体", "文明创建、卫生创建、园林创建三位一体。", ["文明创建", "卫生创建", "园林创建"]),
        ("一窗出", "在大厅设置综合窗口，实行“一次收件、后台流转、一窗出件”。", ["一次收件", "后台流转", "一窗出件"]),
        ("四化联动", "推动甲化带动乙化，促进绿化、美化、亮化、净化同步提升。", ["绿化", "美化", "亮化", "净化"]),
        ("两促", "以赛促学、以评促改，提升水平。", ["以赛促学", "以评促改"]),
        ("甲城领先、乙镇跟进", "“甲城领先”是指甲城先行先试，当好排头。“乙镇跟进”是指乙镇紧随其后，补齐短板。", ["甲城领先", "乙镇跟进"]),
        ("三步走", "第一步，打基础。第二步，上台阶。第三步，创一流。", ["打基础", "上台阶", "创一流"]),
        ("三张清单", "《权力清单》《责任清单》《负面清单》。", ["《权力清单》", "《责任清单》", "《负面清单》"]),
        ("四个一", "一个专班+一张图纸+一套政策+一笔基金推进模式。", ["一个专班", "一张图纸", "一套政策", "一笔基金推进模式"]),
    ],
)  # fmt: skip
def test_lists_are_read(name: str, definition: str, expected: list[str]) -> None:
    assert read(name, definition) == expected


def test_joining_words_separate_only_as_far_as_the_count_needs() -> None:
    listed = "规划和用地许可、施工许可、竣工和消防验收。"
    assert read("三证合办", listed) == ["规划和用地许可", "施工许可", "竣工和消防验收"]
    assert read("四证合办", listed) == ["规划和用地许可", "施工许可", "竣工", "消防验收"]


def test_a_count_that_is_not_met_is_marked() -> None:
    text = "五通：通水、通电、通路。"
    parts = parts_of(text, "五通", 3, len(text))
    assert parts is not None
    assert (len(parts.pieces), parts.is_exact) == (3, False)


@pytest.mark.parametrize(
    ("name", "definition"),
    [
        ("云上大厅", "依托网络平台，把办事窗口搬到线上，群众不出门就能办事。"),
        ("绿色屋顶", "在屋面种植草本植物的做法。"),
        ("三峡", "长江上的一段峡谷。"),
    ],
)
def test_prose_has_no_parts(name: str, definition: str) -> None:
    assert read(name, definition) is None
