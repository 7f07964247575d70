"""How "met" is decided and the course that is expected (判定方式、进度类型), proposed with a reason."""

from __future__ import annotations

import re

from luoshi.catalogue.indicator import Indicator
from luoshi.compiler.target.figure import Figure, Reason
from luoshi.plan.model import Comparator, Course, JudgedAs, TargetKind

_STATED = {
    Comparator.GE: (JudgedAs.AT_LEAST, "C320"),
    Comparator.LE: (JudgedAs.AT_MOST, "C321"),
    Comparator.OVER: (JudgedAs.ABOVE, "C322"),
    Comparator.UNDER: (JudgedAs.BELOW, "C323"),
    Comparator.ABOUT: (JudgedAs.WITHIN_BAND, "C324"),
    Comparator.RANGE: (JudgedAs.BETWEEN, "C325"),
}
_STOCK = re.compile(r"总量|总数|余额|保有量|存量|总规模|覆盖率|化率|拥有|累计|面积|里程|装机|在校|在库|在建")
_WHOLE = re.compile(r"建成|竣工|通车|投用|打通|组建|设立|创建|争创|完成|出台|制定")
_YEARLY = re.compile(
    r"生产总值|GDP|粮食(?:总)?产量|可支配收入|恩格尔|研发(?:经费|投入)|森林覆盖率|城镇化率|城镇化水平|居民收入|预期寿命|文盲|人均收入"
)


def judged_as(figure: Figure, indicator: Indicator | None) -> tuple[JudgedAs, Reason | None]:
    """Propose how "met" is decided.

    What the words say decides where they say something. A plain count or amount is judged *at least*, a plain cut too; a plain
    price rise, an unemployment rate, a limit on time or a remainder of nought *at most*.
    """
    if figure.value is None:
        return JudgedAs.REFERENCE, Reason("judged_as", 0.9, "C326", figure.reference)
    if figure.comparator in _STATED:
        judged, code = _STATED[figure.comparator]
        doubtful = figure.comparator in (Comparator.ABOUT, Comparator.OVER, Comparator.UNDER)
        return judged, Reason(
            "judged_as", 0.75 if figure.comparator is Comparator.ABOUT else 0.9, code
        ) if doubtful else None
    if figure.value == 0:
        return JudgedAs.AT_MOST, Reason("judged_as", 0.9, "C327")
    if figure.kind is TargetKind.DURATION or figure.kind is TargetKind.RANK:
        return JudgedAs.AT_MOST, Reason("judged_as", 0.85, "C328")
    if indicator is not None and indicator.direction == "lower" and figure.kind is not TargetKind.CUT:
        return JudgedAs.AT_MOST, Reason("judged_as", 0.85, "C329", indicator.name)
    return JudgedAs.AT_LEAST, Reason("judged_as", 0.85, "C330")


def course(figure: Figure, indicator: Indicator | None) -> tuple[Course, Reason]:
    """Propose the course that the figure is expected to take through the year."""
    is_change = figure.kind in (TargetKind.GROWTH, TargetKind.CUT) and figure.dimension in (
        "ratio",
        "multiple",
    )
    if indicator is not None and is_change:
        yearly = indicator.frequency == "yearly"
        return (Course.ANNUAL if yearly else Course.HOLD), Reason(
            "course", 0.75, "C342" if yearly else "C344"
        )
    if indicator is not None and figure.kind is not TargetKind.INCREMENT:
        return Course(indicator.course), Reason("course", 0.85, "C340", indicator.name)
    if figure.value is not None and figure.value == 0:
        return Course.HOLD, Reason("course", 0.8, "C341")
    if figure.holds or figure.kind is TargetKind.DURATION:
        return Course.HOLD, Reason("course", 0.8, "C341")
    if figure.kind is TargetKind.RANK or _YEARLY.search(figure.indicator):
        return Course.ANNUAL, Reason("course", 0.8, "C342")
    if figure.kind is TargetKind.RATIO:
        if figure.value is not None and figure.value >= 100 and figure.unit == "%":
            return Course.FROM_BASE, Reason("course", 0.7, "C343")
        return Course.FROM_BASE, Reason("course", 0.8, "C343")
    if figure.kind in (TargetKind.GROWTH, TargetKind.CUT):
        return Course.HOLD, Reason("course", 0.75, "C344")
    if figure.kind is TargetKind.LEVEL and _STOCK.search(figure.indicator):
        return Course.FROM_BASE, Reason("course", 0.8, "C345")
    if figure.kind is TargetKind.COUNT and figure.value == 1 and _WHOLE.search(figure.indicator):
        return Course.STEP, Reason("course", 0.8, "C346")
    return Course.CUMULATIVE, Reason("course", 0.8, "C347")
