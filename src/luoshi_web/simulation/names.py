"""Invented names of places and people for the simulated year; none is taken from a real place or person."""

from __future__ import annotations

from random import Random

_PLACES = (
    "青石", "柳湾", "槐荫", "枫桥", "白鹭", "云栖", "荷塘", "松岭", "梅溪", "竹园", "桂花", "银杏", "东篱", "西坪", "南浦", "北岭",
    "上渡", "下渡", "新桥", "老街", "石桥", "双塘", "三汊", "四方", "五里", "六合", "七星", "八角", "九曲", "十里", "望江", "临水",
)  # fmt: skip
_SUFFIXES = ("", "一期", "二期", "东片", "西片", "南片", "北片")
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
_GIVEN = ("明远", "清和", "知行", "望舒", "思齐", "致远", "若谷", "景行", "怀瑾", "听澜", "云舒", "亦舟")
SHORT_NOUNS = (
    "小区", "社区", "学校", "公路", "泵站", "公园", "停车场", "幼儿园", "卫生院", "企业", "项目", "园区", "村", "桥", "厕所", "基地", "平台", "驿站", "站点",
)  # fmt: skip


def place_names(random: Random, count: int, noun: str) -> list[str]:
    """Return names of `count` things, each once (青石小区, 柳湾小区东片)."""
    names = [f"{place}{noun}{suffix}" for suffix in _SUFFIXES for place in _PLACES]
    if count > len(names):
        names += [f"{noun}{number}号" for number in range(1, count - len(names) + 1)]
    picked = names[:count]
    random.shuffle(picked)
    return picked


def noun_of(indicator: str) -> str:
    """Return a short noun for the things that an indicator counts."""
    return next((noun for noun in SHORT_NOUNS if noun in indicator), "项目")


def person(random: Random) -> str:
    """Return a person's name."""
    return random.choice(_SURNAMES) + random.choice(_GIVEN)
