"""`luoshi assign`: units suggested for tasks (分派建议)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from luoshi_cli import files
from luoshi_cli.speech import either


@click.command(
    help=either(
        "读取 TASKS（每行一个 JSON，含 task，可含 section、place、level、year；- 为标准输入），逐行加上建议的责任单位 units、lead、"
        "supporting、confidence、reason。\n\n"
        "\b\n示例：\n  luoshi assign tasks.jsonl -o assigned.jsonl\n  luoshi assign - --units 单位名单.txt < tasks.jsonl",
        "Read TASKS (a JSON object a line with task and, if known, section, place, level, year; - is standard input) and add to each line the units "
        "suggested: units, lead, supporting, confidence, reason.\n\n"
        "\b\nExamples:\n  luoshi assign tasks.jsonl -o assigned.jsonl\n  luoshi assign - --units units.txt < tasks.jsonl",
    )
)
@click.argument("tasks", type=click.Path())
@click.option(
    "-o",
    "--output",
    default=files.STREAM,
    metavar="FILE",
    help=either("写到这个文件；不写则为标准输出。", "Write to this file; standard output when left out."),
)
@click.option(
    "--units",
    metavar="FILE",
    help=either("本地责任单位名单，每行一个。", "Names of this place's units, one a line."),
)
def assign(tasks: str, output: str, units: str | None) -> None:
    """Suggest units for tasks."""
    from luoshi.compiler.unit import assign_lines

    files.check_output(output, tasks)
    names = None
    if units is not None:
        names = [name.strip() for name in _text(units).splitlines() if name.strip()]
    lines = list(_lines(tasks))
    made = (json.dumps(line, ensure_ascii=False) + "\n" for line in assign_lines(lines, units=names))
    files.write(output, "".join(made).encode())


def _text(path: str) -> str:
    try:
        return files.read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise files.FileError(
            either(
                f"{path} 不是 UTF-8 文本。请另存为 UTF-8。", f"{path} is not UTF-8 text. Save it as UTF-8."
            )
        ) from None


def _lines(path: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            read = json.loads(line)
        except ValueError:
            read = None
        if not isinstance(read, dict) or not isinstance(read.get("task"), str):
            raise files.FileError(
                either(
                    f"{path} 第 {number} 行不是含 task 的 JSON 对象。",
                    f"Line {number} of {path} is not a JSON object with a task.",
                )
            )
        yield read
