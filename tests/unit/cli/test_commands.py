"""The command line: what it writes, what it says, and how it ends."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sample_plan
from click.testing import CliRunner, Result

import luoshi
from luoshi.plan import document, review, schema
from luoshi.plan.model import Plan
from luoshi_cli.main import COMMANDS, main

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in an empty folder, in Chinese."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LUOSHI_LANG", "zh")
    return lambda *args, **options: CliRunner().invoke(main, list(args), **options)


@pytest.fixture
def report(tmp_path: Path) -> str:
    (tmp_path / "云川.txt").write_text(sample_plan.TEXT, encoding="utf-8")
    return "云川.txt"


@pytest.fixture
def plan_file(tmp_path: Path, plan: Plan) -> str:
    (tmp_path / "plan.json").write_bytes(document.to_json(plan))
    return "plan.json"


def refused(result: Result, words: str) -> None:
    """One clear sentence on the error stream, status 2."""
    assert result.exit_code == 2, result.output
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def program(*args: str, language: str) -> str:
    environment = {**os.environ, "LUOSHI_LANG": language}
    ended = subprocess.run(
        [sys.executable, "-m", "luoshi_cli", *args],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=True,
        timeout=60,
    )
    return ended.stdout


def test_help_loads_nothing_that_it_does_not_need() -> None:
    """`--help` is quick because plans, documents and the site are loaded by the commands that need them."""
    code = (
        "import sys, click\n"
        "from click.testing import CliRunner\n"
        "from luoshi_cli.main import main\n"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0\n"
        "print([n for n in ('msgspec', 'yaml', 'luoshi.plan', 'luoshi.compiler', 'openpyxl', 'docx', 'django') if n in sys.modules])"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, timeout=60
        ).stdout.strip()
        == "[]"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_explains_itself_with_examples(language: str) -> None:
    words = {
        "zh": ("用法：", "示例：", "选项:", "显示本说明"),
        "en": ("Usage: ", "Example", "Options:", "Show this message"),
    }[language]
    for name in ("compile", "show", "targets", "export", "evaluate", "assign", "schema"):
        text = program(name, "--help", language=language)
        for word in words:
            assert word in text, (name, word)
        assert f"luoshi {name}" in text.split(words[1])[1]
    listing = program("--help", language=language)
    assert all(f"  {name} " in listing for name in COMMANDS)
    assert ("把报告编译成计划草案" in listing) == (language == "zh")


def test_the_language_can_be_asked_for() -> None:
    assert "用法：" in program("--lang", "zh", "schema", "--help", language="en")
    assert "Usage: " in program("--lang", "en", "schema", "--help", language="zh")


def test_compile_writes_a_plan(run: Run, report: str, tmp_path: Path) -> None:
    result = run("compile", report, "-o", "plan.json")
    assert result.exit_code == 0, result.output
    made = document.read((tmp_path / "plan.json").read_bytes())
    assert (made.place.name, made.year, made.version) == ("云川市", 2026, 0)
    assert made.sources[0].name == "云川.txt"
    assert made.commitments
    assert f"目标任务 {len(made.commitments)} 项" in result.stderr
    assert "已写入 plan.json。" in result.stderr
    assert run("compile", report, "-o", "plan.yaml").exit_code == 0
    assert document.read((tmp_path / "plan.yaml").read_bytes()) == made
    streamed = run("compile", report, "-o", "-")
    assert document.from_json(streamed.stdout_bytes) == made
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.json", "plan.yaml", "云川.txt"]


def test_place_and_year_can_be_said(run: Run, report: str, tmp_path: Path) -> None:
    assert run("compile", report, "-o", "plan.json", "--place", "云河县", "--year", "2027").exit_code == 0
    made = document.read((tmp_path / "plan.json").read_bytes())
    assert (made.place.name, made.year) == ("云河县", 2027)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("compile", "nothing.txt", "-o", "plan.json"), "没有文件 nothing.txt"),
        (("compile", "云川.txt", "-o", "plan.docx"), "应以 .json 或 .yaml 结尾"),
        (("compile", "云川.txt", "-o", "none/plan.json"), "没有文件夹 none"),
        (("compile", "云川.txt", "-o", "folder.json"), "folder.json 是文件夹"),
        (("compile", "plan.json", "-o", "plan.json"), "就是输入文件"),
        (("compile", "."), "缺少"),
        (("compile", "empty.txt", "-o", "out.json"), "文件是空的"),
        (("compile", "letter.txt", "-o", "out.json"), "letter.txt"),
        (("export", "plan.json", "-o", "x.pdf"), "不能导出“.pdf”格式"),
        (("export", "云川.txt", "-o", "x.xlsx"), "计划文件"),
        (("export", "hostile.yaml", "-o", "x.xlsx"), "YAML 标签"),
        (("export", "wrong.json", "-o", "x.xlsx"), "luoshi.plan/9"),
        (("export", "plan.json", "-o", "plan.json"), "就是输入文件"),
        (("show", "plan.json", "--unit", "市甲局"), "没有责任单位“市甲局”"),
        (("assign", "云川.txt"), "第 1 行不是含 task 的 JSON 对象"),
        (("assign", "gb.txt"), "不是 UTF-8"),
        (("evaluate", "."), "没有评分程序"),
        (("evaluate",), "没有评分程序"),
        (("explode",), "没有命令“explode”"),
        (("schema", "--colour"), "没有选项 --colour"),
        (("compile", "云川.txt", "-o", "p.json", "--year", "21"), "--year"),
    ],
)
def test_faults_end_in_one_clear_sentence(
    run: Run, report: str, plan_file: str, tmp_path: Path, args: tuple[str, ...], words: str
) -> None:
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "letter.txt").write_text("今天天气很好。\n我们去河边走了走。\n", encoding="utf-8")
    (tmp_path / "gb.txt").write_bytes("任务".encode("gb18030"))
    (tmp_path / "hostile.yaml").write_text(
        "schema: luoshi.plan/1\nyear: !!python/name:os.system\n", encoding="utf-8"
    )
    (tmp_path / "wrong.json").write_text('{"schema": "luoshi.plan/9"}', encoding="utf-8")
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    refused(run(*args), words)
    # Nothing was written, not even half.
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_what_is_no_report_is_compiled_when_told_to(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("今天天气很好。\n我们去河边走了走。\n", encoding="utf-8")
    result = run("compile", "letter.txt", "-o", "plan.json", "--force", "--year", "2026")
    assert result.exit_code == 0, result.output
    assert document.read((tmp_path / "plan.json").read_bytes()).commitments == ()


def test_a_failed_write_leaves_the_old_file(
    run: Run, plan_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.csv").write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    refused(run("export", plan_file, "-o", "x.csv"), "x.csv 写不进去")
    assert (tmp_path / "x.csv").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.json", "x.csv"]


@pytest.mark.skipif(os.name == "nt", reason="rights of files are another matter on Windows")
def test_a_written_file_has_the_rights_of_any_other(run: Run, plan_file: str, tmp_path: Path) -> None:
    (tmp_path / "kept.csv").touch(mode=0o600)
    (tmp_path / "kept.csv").chmod(0o600)
    (tmp_path / "plain").touch()
    assert (
        run("export", plan_file, "-o", "new.csv").exit_code
        == run("export", plan_file, "-o", "kept.csv").exit_code
        == 0
    )
    assert (tmp_path / "new.csv").stat().st_mode == (tmp_path / "plain").stat().st_mode
    assert (tmp_path / "kept.csv").stat().st_mode & 0o777 == 0o600


def test_show_prints_the_plan_as_a_tree(run: Run, plan_file: str) -> None:
    result = run("show", plan_file)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "云川市 2026  草案  yunchuan.txt"
    assert lines[1] == "目标任务 5 · 量化指标 5 · 成果 4 · 项目 1 · 机制流程 1 · 用语 1 · 成效 1 · 存疑 2"
    assert lines[3:9] == [
        "二、2026年重点工作",
        "  （一）稳住工业经济",
        "    1. 工业增长和规上企业培育  市经信局  2026-12-31",
        "       量化指标 规模以上工业增加值 增长6.5%左右",
        "       量化指标 新增规上工业企业 20家以上",
        "    2. 云川东站开工  市交通局（市经信局）  2026-12-31  ? 40%",
    ]
    assert "    5. 项目四步法  （无牵头单位）  2026-12-31" in lines
    assert "  四步法（流程） 申报 → 会商 → 落地 → 回访 审批30工作日以内" in lines
    assert "\x1b" not in result.stdout


def test_show_finds_items(run: Run, plan_file: str, plan: Plan, tmp_path: Path) -> None:
    found = run("show", plan_file, "--find", "学校", "--kind", "target").stdout.splitlines()
    assert found[3:] == ["量化指标 新建改扩建学校 3所  二、（二）  2026-12-31", "共 1 项。"]
    doubtful = run("show", plan_file, "--in-doubt").stdout.splitlines()
    assert doubtful[3] == "目标任务 云川东站开工  二、（一）  2026-12-31  ? 40%"
    assert doubtful[4].startswith("    lead_unit 40% ")
    assert doubtful[-1] == "共 2 项。"
    by_unit = run("show", plan_file, "--unit", "市民政局", "--until", "2026-06-30").stdout.splitlines()
    assert by_unit[-1] == "共 2 项。"
    rejected = review.apply(plan, review.Reject(items=("c-station",), reason="x"))
    (tmp_path / "r.json").write_bytes(document.to_json(rejected))
    assert "云川东站开工  市交通局（市经信局）  2026-12-31  [已剔除]" in run("show", "r.json").stdout


def test_targets_are_the_same_from_the_report_and_from_its_plan(
    run: Run, report: str, tmp_path: Path
) -> None:
    direct = run("targets", report)
    assert direct.exit_code == 0, direct.output
    assert run("compile", report, "-o", "p.yaml").exit_code == 0
    assert run("targets", "p.yaml", "-o", "t.jsonl").exit_code == 0
    assert (tmp_path / "t.jsonl").read_text(encoding="utf-8") == direct.stdout
    records = [json.loads(line) for line in direct.stdout.splitlines()]
    assert records
    for record in records:
        assert sample_plan.TEXT[record["num_start"] : record["num_end"]] == record["num_text"]
        assert sample_plan.TEXT[record["start"] : record["end"]] == record["text"]


def test_export_makes_each_form(run: Run, plan_file: str, plan: Plan, tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.docx", "a.csv", "a.yaml", "a.json"):
        result = run("export", plan_file, "-o", name)
        assert (result.exit_code, result.stderr) == (0, f"已写入 {name}。\n")
    assert (tmp_path / "a.xlsx").read_bytes()[:2] == (tmp_path / "a.docx").read_bytes()[:2] == b"PK"
    assert document.read((tmp_path / "a.yaml").read_bytes()) == plan
    assert (tmp_path / "a.json").read_bytes() == document.to_json(plan)
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig"))))
    assert (rows[0][1], len(rows)) == ("目标任务", 6)
    run("export", plan_file, "-o", "e.csv", "--labels", "en")
    assert (tmp_path / "e.csv").read_text(encoding="utf-8-sig").startswith("No.,Commitment,")


def test_schema_is_the_published_one(run: Run, tmp_path: Path) -> None:
    assert run("schema").stdout == schema.text()
    assert run("schema", "-o", "s.json").exit_code == 0
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == schema.text()


def test_assign_adds_units_to_each_line(run: Run) -> None:
    lines = '{"task": "新建改扩建学校3所", "place": "云川市"}\n\n{"task": "建成社区养老服务中心"}\n'
    result = run("assign", "-", input=lines)
    assert result.exit_code == 0, result.output
    made = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["task"] for line in made] == ["新建改扩建学校3所", "建成社区养老服务中心"]
    assert all(line["units"] for line in made)
    assert "教育" in made[0]["units"][0]


SCORER = """
import json, sys
gold, predicted = ([json.loads(line) for line in open(name, encoding="utf-8")] for name in sys.argv[1:3])
if "--errors" in sys.argv:
    print("missed  7个")
print(json.dumps({"gold": len(gold), "predicted": len(predicted), "found_precision": 0.5, "found_recall": 0.25, "found_f1": 1 / 3,
    "full_f1": 0.125, "kind_accuracy": 1.0, "deadline_accuracy": 1.0, "modal_accuracy": 1.0}))
"""


def test_evaluate_runs_the_scorer_of_the_folder_on_every_annotated_report(
    run: Run, report: str, tmp_path: Path
) -> None:
    gold = tmp_path / "gold"
    (gold / "dev").mkdir(parents=True)
    (gold / "score.py").write_text(SCORER, encoding="utf-8")
    (gold / "dev" / "云川.targets.jsonl").write_text("{}\n{}\n", encoding="utf-8")
    (gold / "dev" / "云川.txt").write_text(sample_plan.TEXT, encoding="utf-8")
    (gold / "dev" / "lost.targets.jsonl").write_text("{}\n", encoding="utf-8")
    result = run("evaluate", "gold")
    assert result.exit_code == 0, result.output
    assert "跳过 lost.targets.jsonl" in result.stderr
    lines = result.stdout.splitlines()
    assert lines[0].split() == [
        "标注",
        "识别",
        "查准",
        "查全",
        "found_f1",
        "full_f1",
        "类型",
        "时限",
        "力度词",
    ]
    assert lines[2].split()[:2] == ["云川", "2"]
    assert lines[2].split()[3:7] == ["0.5000", "0.2500", "0.3333", "0.1250"]
    assert lines[4].split()[0] == "平均"
    figures = [json.loads(line) for line in run("evaluate", "gold", "--json").stdout.splitlines()]
    assert [figure["report"] for figure in figures] == ["云川", "mean"]
    assert figures[1]["found_f1"] == 0.3333
    assert "missed  7个" in run("evaluate", "gold", "--errors").stdout
    (gold / "score.py").write_text("import sys; sys.exit('broken')", encoding="utf-8")
    refused_run = run("evaluate", "gold")
    assert refused_run.exit_code == 2
    assert "broken" in refused_run.stderr


def test_a_reader_that_has_enough_is_no_fault(plan_file: str, tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m luoshi_cli show "{tmp_path / plan_file}" | head -1'
    ended = subprocess.run(
        ["bash", "-c", command], capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    assert ended.stdout.startswith("云川市 2026")
    assert ended.stderr == ""


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").stdout == f"luoshi {luoshi.__version__}\n"


THIS_YEAR = """绫江市2025年政府工作报告

一、2024年工作回顾
过去一年，全市新建农村公路80公里。

二、2025年重点工作
新建农村公路120公里，改造老旧小区40个。
"""

NEXT_YEAR = """绫江市2026年政府工作报告

一、2025年工作回顾
2025年，新建农村公路126公里。

二、2026年工作安排
新建公路30公里。
"""


@pytest.fixture
def two_years(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "2025.txt").write_text(THIS_YEAR, encoding="utf-8")
    (tmp_path / "2026.txt").write_text(NEXT_YEAR, encoding="utf-8")
    return "2025.txt", "2026.txt"


def test_reconcile_shows_what_was_found_and_counts_the_rest(run: Run, two_years: tuple[str, str]) -> None:
    shown = run("reconcile", *two_years)
    assert shown.exit_code == 0, shown.output
    assert "新建农村公路126公里" in shown.stdout
    assert "改造老旧小区40个" not in shown.stdout
    assert "改造老旧小区40个" in run("reconcile", *two_years, "--all").stdout


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx", "docx"])
def test_reconcile_writes_every_form(
    run: Run, two_years: tuple[str, str], ending: str, tmp_path: Path
) -> None:
    done = run("reconcile", *two_years, "-o", f"out.{ending}")
    assert done.exit_code == 0, done.output
    data = (tmp_path / f"out.{ending}").read_bytes()
    if ending == "csv":
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        assert len(rows) == 3
        assert rows[1][2:7] == ["新建农村公路120公里", "120公里", "新建农村公路126公里", "126公里", "兑现"]
        assert THIS_YEAR[slice(*map(int, rows[1][10].split("-")))] == "新建农村公路120公里"
    elif ending == "json":
        assert [pair["outcome"] for pair in json.loads(data)["pairs"]] == ["fulfilled", "not_mentioned"]
    else:
        assert data.startswith(b"PK")


def test_reconcile_refuses_reports_that_do_not_belong_together(
    run: Run, two_years: tuple[str, str], tmp_path: Path
) -> None:
    first, second = two_years
    refused(run("reconcile", second, first), "顺序写反了吗")
    (tmp_path / "2027.txt").write_text(
        NEXT_YEAR.replace("2026", "2027").replace("2025", "2026"), encoding="utf-8"
    )
    refused(run("reconcile", first, "2027.txt"), "--force")
    assert run("reconcile", first, "2027.txt", "--force").exit_code == 0
    (tmp_path / "other.txt").write_text(NEXT_YEAR.replace("绫江", "澄溪"), encoding="utf-8")
    refused(run("reconcile", first, "other.txt"), "地区不同")
    refused(run("reconcile", first, second, "-o", "out.pdf"), ".xlsx")
