"""The how-to's code runs on the tables that the how-to makes, and gives what the reports say."""

import contextlib
import io
import json
import re
from pathlib import Path

import pytest
from small_reports import Watched, folder_of

from luoshi.corpus.run import compile_corpus

HOWTO = Path(__file__).resolve().parents[3] / "docs" / "howto" / "corpus.md"
REPORT = """{place}人民政府工作报告
一、{before}年工作回顾
过去一年，地区生产总值增长{past}%。
二、{year}年工作安排
今年经济社会发展的主要预期目标是：地区生产总值增长{growth}%左右，城镇新增就业2万人以上。
"""


def report(place: str, year: int, growth: float) -> str:
    return REPORT.format(place=place, year=year, before=year - 1, past=growth + 3, growth=growth)


@pytest.fixture
def answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the code of the how-to prints for four reports, in a folder of its own."""
    folder = folder_of(
        tmp_path / "reports",
        a=report("湖北省", 2024, 6),
        b=report("湖北省", 2025, 6.5),
        c=report("广东省", 2025, 5.5),
        d=report("天门市", 2025, 8),
    )
    compile_corpus([str(folder)], tmp_path / "data", engine=Watched())
    monkeypatch.chdir(tmp_path)
    code = "\n".join(re.findall(r"```python\n(.*?)```", HOWTO.read_text(encoding="utf-8"), re.DOTALL))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, str(HOWTO), "exec"), {})
    return printed.getvalue()


def test_the_table_is_that_of_the_reports(answered: str) -> None:
    assert answered.splitlines() == [
        "4 reports promise a growth of GDP, 0 of them more than one figure",
        "2024 | – | 6.0 (6–6, 1) | –",
        "2025 | – | 6.0 (5.5–6.5, 2) | 8.0 (8–8, 1)",
    ]


@pytest.mark.usefixtures("answered")
def test_the_chart_holds_the_same_figures(tmp_path: Path) -> None:
    chart = json.loads((tmp_path / "growth-targets.vl.json").read_text(encoding="utf-8"))
    provinces, medians = (layer["data"]["values"] for layer in chart["layer"])
    assert {(row["place"], row["year"]): row["promised"] for row in provinces} == {
        ("湖北省", 2024): 6,
        ("湖北省", 2025): 6.5,
        ("广东省", 2025): 5.5,
    }
    assert {(row["year"], row["level"]): row["median"] for row in medians} == {
        (2024, "provinces"): 6,
        (2025, "provinces"): 6,
        (2025, "cities"): 8,
    }
