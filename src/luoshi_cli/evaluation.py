"""`luoshi evaluate`: the compiler against annotated reports (评测)."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from luoshi_cli import files
from luoshi_cli.speech import either
from luoshi_cli.waiting import progress

_SCORER = "score.py"
_ENDING = ".targets.jsonl"
_FIGURES = (
    ("gold", "标注", "gold"),
    ("predicted", "识别", "predicted"),
    ("found_precision", "查准", "precision"),
    ("found_recall", "查全", "recall"),
    ("found_f1", "found_f1", "found_f1"),
    ("full_f1", "full_f1", "full_f1"),
    ("kind_accuracy", "类型", "kind"),
    ("deadline_accuracy", "时限", "deadline"),
    ("modal_accuracy", "力度词", "modal"),
)
_SECONDS = 300


@click.command(
    help=either(
        "编译 FOLDER 里每份有标注的报告，用其中的评分程序 score.py 比对，列出各项得分和平均值。不写 FOLDER 则用旁边的 shared/gold。\n\n"
        "标注文件是 *.targets.jsonl，报告是同名的 .txt，在同一文件夹或 FOLDER 旁的 seeds 里。\n\n"
        "\b\n示例：\n  luoshi evaluate ../shared/gold\n  luoshi evaluate 标注 --json",
        "Compile every annotated report in FOLDER, compare by the scorer score.py found there, and list the figures and their mean. Without FOLDER, "
        "the folder shared/gold beside the working folder is used.\n\n"
        "An annotation is *.targets.jsonl; its report is the .txt of the same name beside it or in a folder seeds beside FOLDER.\n\n"
        "\b\nExamples:\n  luoshi evaluate ../shared/gold\n  luoshi evaluate annotated --json",
    )
)
@click.argument("folder", required=False, type=click.Path())
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=either("每份报告一行 JSON，最后一行是平均值。", "One JSON object a report, the mean last."),
)
@click.option(
    "--errors",
    is_flag=True,
    help=either(
        "列出漏掉的、多出的和有出入的指标。", "List what was missed, what is extra and what differs."
    ),
)
def evaluate(folder: str | None, as_json: bool, errors: bool) -> None:
    """Score the compiler against annotated reports."""
    gold = _folder(folder)
    pairs = _pairs(gold)
    rows = []
    with progress(either("评测", "Scoring")) as tell:
        for number, (annotation, report) in enumerate(pairs):
            tell(report.stem, number / len(pairs))
            rows.append((report.stem, *_scored(gold / _SCORER, annotation, report, errors=errors)))
    figures = [row[1] for row in rows]
    mean = {name: sum(figure[name] for figure in figures) / len(figures) for name, _, _ in _FIGURES}
    if as_json:
        for name, figure, _ in rows:
            click.echo(json.dumps({"report": name, **figure}, ensure_ascii=False))
        click.echo(json.dumps({"report": "mean", **{name: round(value, 4) for name, value in mean.items()}}))
        return
    for name, _, said in rows:
        if said:
            click.echo(click.style(name, bold=True))
            click.echo(said)
    click.echo(_table([(name, figure) for name, figure, _ in rows], mean))


def _folder(named: str | None) -> Path:
    # Beside a checkout stands the shared folder; an installed program takes it beside the working folder.
    candidates = [Path(named)] if named else [Path("../shared/gold"), Path("shared/gold")]
    for candidate in candidates:
        if (candidate / _SCORER).is_file():
            return candidate
    shown = named or "../shared/gold"
    raise files.FileError(
        either(
            f"{shown} 里没有评分程序 {_SCORER}。请写出放有标注的文件夹。",
            f"There is no scorer {_SCORER} in {shown}. Name the folder that holds the annotations.",
        )
    )


def _pairs(gold: Path) -> list[tuple[Path, Path]]:
    """Return every annotation with its report."""
    found = []
    for annotation in sorted(gold.rglob(f"*{_ENDING}")):
        name = annotation.name.removesuffix(_ENDING) + ".txt"
        reports = [
            folder / name
            for folder in (annotation.parent, gold, gold.parent / "seeds")
            if (folder / name).is_file()
        ]
        if reports:
            found.append((annotation, reports[0]))
        else:
            click.echo(
                either(
                    f"跳过 {annotation.name}：没有找到报告 {name}。",
                    f"Left out {annotation.name}: its report {name} was not found.",
                ),
                err=True,
            )
    if not found:
        raise files.FileError(
            either(f"{gold} 里没有 *{_ENDING} 标注文件。", f"There is no annotation *{_ENDING} in {gold}.")
        )
    return found


def _scored(scorer: Path, annotation: Path, report: Path, *, errors: bool) -> tuple[dict[str, Any], str]:
    """Return the figures of one report, and what the scorer says of its errors."""
    from luoshi.compiler.target import records
    from luoshi_cli.compiling import compiled

    plan = compiled((str(report),), force=True)
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder, "predicted.jsonl")
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records(plan))
        predicted.write_text("".join(lines), encoding="utf-8")
        command = [
            sys.executable,
            str(scorer),
            str(annotation),
            str(predicted),
            *(["--errors"] if errors else []),
        ]
        try:
            ended = subprocess.run(
                command, capture_output=True, encoding="utf-8", timeout=_SECONDS, check=True
            )
            *said, last = ended.stdout.strip().splitlines()
            return json.loads(last), "\n".join(said)
        except (subprocess.SubprocessError, ValueError) as error:
            detail = (getattr(error, "stderr", "") or str(error)).strip().splitlines()[-1]
            raise files.FileError(
                either(
                    f"评分程序没有给出 {report.name} 的得分：{detail}",
                    f"The scorer gave no figures for {report.name}: {detail}",
                )
            ) from None


def _table(rows: list[tuple[str, dict[str, Any]]], mean: dict[str, float]) -> str:
    labels = ["", *(either(zh, en) for _, zh, en in _FIGURES)]
    body = [[name, *(_figure(figures[key]) for key, _, _ in _FIGURES)] for name, figures in rows]
    body.append([either("平均", "mean"), *(_figure(float(mean[key])) for key, _, _ in _FIGURES)])
    widths = [max(_width(row[column]) for row in (labels, *body)) for column in range(len(labels))]
    lines = [_line(row, widths) for row in (labels, *body)]
    lines.insert(1, "-" * _width(lines[0]))
    lines.insert(-1, "-" * _width(lines[0]))
    return "\n".join(lines)


def _line(row: list[str], widths: list[int]) -> str:
    first, *rest = (
        text + pad if column == 0 else pad + text
        for column, text in enumerate(row)
        for pad in [" " * (widths[column] - _width(text))]
    )
    return "  ".join((first, *rest))


def _figure(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.4f}" if value <= 1 else f"{value:.1f}"


def _width(text: str) -> int:
    """Return the columns of a terminal that a text takes."""
    return sum(1 if character < "\u1100" else 2 for character in text)
