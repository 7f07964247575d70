"""Small reports of invented places, and the tables that were made of them."""

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from luoshi.corpus.engine import InProcess, WorkerLost
from luoshi.corpus.portion import Portion, Product

SMALL = """{place}人民政府工作报告
各位代表：
一、{before}年工作回顾
过去一年，全市建成口袋公园12个。全市上下同心协力，办成了一批群众盼望已久的实事，城乡面貌明显改善，营商环境持续优化，\
老旧街巷重新热闹起来，河道水质一天好过一天，各项工作取得了来之不易的成绩，为今年开好局、起好步打下了扎实的基础。
二、{year}年重点工作
（一）办好民生实事
新建学校{schools}所，新增学位2400个。推动{place}东站年内开工。
"""


def text_of(*, place: str = "云川市", year: int = 2026, schools: int = 3) -> str:
    """A report that promises `schools` new schools."""
    return SMALL.format(place=place, year=year, before=year - 1, schools=schools)


def folder_of(where: Path, **texts: str) -> Path:
    """A folder with a text file for each report."""
    where.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (where / f"{name}.txt").write_text(text, encoding="utf-8")
    return where


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table, in their order."""
    return pq.read_table(out / f"{table}.parquet").to_pylist()


def schools(out: Path) -> dict[str, float]:
    """How many schools each report of a corpus promises."""
    return {row["report"]: row["value"] for row in rows(out, "targets") if row["unit"] == "所"}


def write_texts(file: Path, /, **columns: list[Any]) -> Path:
    """A table of texts."""
    pq.write_table(pa.table(columns), file)
    return file


class Watched(InProcess):
    """Compiles in this process and remembers what; dies with a report whose name holds `deadly`."""

    def __init__(self, deadly: str = "", stops_at: int | None = None) -> None:
        self.compiled: list[str] = []
        self.deadly = deadly
        self.stops_at = stops_at

    def submit(self, portion: Portion) -> Future[Product]:
        names = [material.label for material in portion.materials]
        if self.stops_at is not None and len(self.compiled) >= self.stops_at:
            raise KeyboardInterrupt
        if self.deadly and any(self.deadly in name for name in names):
            future: Future[Product] = Future()
            future.set_exception(WorkerLost())
            return future
        self.compiled += names
        return super().submit(portion)
