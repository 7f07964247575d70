"""Readings and outlines of short reports written for the tests."""

from __future__ import annotations

from luoshi.compiler import outline
from luoshi.compiler.outline import Outline
from luoshi.compiler.reading import Reading, from_source
from luoshi.kernel.identity import digest
from luoshi.plan.model import Source

REVIEW = (
    "过去一年，我们圆满完成了各项任务，取得了明显成效。全市先后获评三项荣誉，粮食产量位居前列。"
    "一年来，新城区顺利通水，城乡面貌得到明显改善，群众满意度比上年提高三个百分点。"
)
PLAN = "加快推进老城改造，着力完善供水管网，力争年内建成滨河公园。鼓励企业扩大出口，确保农民持续增收。"


def reading_of(text: str) -> Reading:
    """Return the reading text of a report."""
    return from_source(Source(id="S1", name="report.txt", digest=digest(text), text=text))


def outline_of(text: str) -> Outline:
    """Return the outline of a report."""
    return outline.from_reading(reading_of(text))
