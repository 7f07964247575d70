"""References in a number's place (参照值): 不低于省下达任务, 与经济增长同步."""

from __future__ import annotations

import re

from luoshi.compiler import deadline, strength
from luoshi.compiler.target import phrase, spread, stretch
from luoshi.compiler.target.figure import Figure, Reason
from luoshi.compiler.target.scene import Scene
from luoshi.plan.model import Comparator, TargetKind

_SOURCE = r"国家|中央|省委?|自治区|市|州|上级|全国|全省|全市|全区|省考|国考|省定|市定|区定|上年|去年|年度|经济|GDP|城镇居民|城市居民|地区生产总值|当地|平均"
_END = r"任务|目标|要求|平均水平|指标|标准|水平|计划|增速|增幅|增长速度|增长|下达数|控制数|线"
_COMPARED = re.compile(
    rf"(?P<word>不低于|不高于|不超过|略高于|高于|略快于|快于|好于|优于|低于|达到|完成|实现|控制在|保持在)"
    rf"(?P<reference>(?:年度)?(?:{_SOURCE})[^，。；、\d]{{0,16}}?(?:{_END})(?:范围)?(?:以?之?内)?"
    r"|(?:上年|去年|往年|前三年)(?:同期|平均)?(?:水平)?|[^，。；、\d]{2,12}?平均(?:水平|增速|增幅|增长速度))(?:以上)?$"
)
_TOGETHER = re.compile(
    r"(?:与|和|同)(?P<reference>[^，。；、\d]{2,14}?(?:增长|发展|增速|水平|提高))(?P<word>(?:保持)?(?:基本|大体)?(?:保持)?同步)$"
)
_SIDES = {
    "不低于": Comparator.GE, "达到": Comparator.GE, "完成": Comparator.GE, "实现": Comparator.GE, "保持在": Comparator.EQ,
    "不高于": Comparator.LE, "不超过": Comparator.LE, "控制在": Comparator.LE, "略高于": Comparator.OVER, "高于": Comparator.OVER,
    "略快于": Comparator.OVER, "快于": Comparator.OVER, "好于": Comparator.OVER, "优于": Comparator.OVER, "低于": Comparator.UNDER,
}  # fmt: skip
_MEASURED = re.compile(
    r"率|收入|支出|投资|产值|增加值|浓度|天数|能耗|排放|减排|强度|总量|产量|物价|价格|指数|增长|增速|增幅|比例|比重|占比|水质|税收|就业|造林|储备|面积|经费|降幅|消费|出口|规模|贷款|氨氮|二氧化|氧化物|化学需氧量"
)
_GROWS = re.compile(r"增长|增速|增幅|提高")
_FALLS = re.compile(r"下降|降低|削减|减排|降幅|能耗强度")


def references(scene: Scene) -> list[Figure]:
    """Read the promises of a sentence that name a reference in a number's place."""
    figures: list[Figure] = []
    for part in stretch.clauses(scene.text, scene.start, scene.end):
        match = _COMPARED.search(scene.text, part.start, part.end) or _TOGETHER.search(
            scene.text, part.start, part.end
        )
        if match is None or any(
            part.start <= number.start < part.end and number.label is None for number in scene.numbers
        ):
            continue
        words = phrase.read(scene.words(part.start, match.start()))
        named = phrase.clean(words.words)
        if not _MEASURED.search(named):
            continue
        names = spread.members(named)
        figures.extend(
            _figure(scene, part, match, name)
            for name in (names if spread.is_list_of_measures(names) else (named,))
        )
    return figures


def _figure(scene: Scene, part: stretch.Clause, match: re.Match[str], name: str) -> Figure:
    reference = match["reference"] + (match["word"] if match["word"].endswith("同步") else "")
    begin, end = match.span("reference")
    kind = TargetKind.RATIO if name.endswith(("率", "比例", "比重", "占比")) else TargetKind.LEVEL
    if _FALLS.search(name):
        kind = TargetKind.CUT
    elif _GROWS.search(name + reference):
        kind = TargetKind.GROWTH
    return Figure(
        start=part.start,
        end=part.end,
        number=begin,
        number_end=end,
        indicator=re.sub(r"(?:增长|增速|增幅|提高|下降)$", "", name) or name,
        verb="",
        comparator=_SIDES.get(match["word"], Comparator.EQ),
        value=None,
        upper=None,
        unit="",
        dimension="",
        kind=kind,
        reference=reference,
        deadline=deadline.governing(scene.limits, scene.text, scene.start, begin, scene.end) or scene.heading,
        strength=strength.governing(scene.strengths, begin) or scene.strong,
        reasons=(Reason("kind", 0.7, "C310", kind.label()),),
    )
