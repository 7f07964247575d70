"""`luoshi compile` and `luoshi targets`: from reports to plans (编译)."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from luoshi_cli import files
from luoshi_cli.speech import either, reading_language
from luoshi_cli.waiting import progress

if TYPE_CHECKING:
    from luoshi.plan.model import Place, Plan, Source

YAML_ENDINGS = (".yaml", ".yml")
_FORCE = either("看不出是工作报告也照样编译。", "Compile although the file does not look like a work report.")


@click.command(
    "compile",
    help=either(
        "把 REPORT（txt、html、docx、pdf）编译成计划草案。报告分成几个文件的，按顺序写出。\n\n"
        "\b\n示例：\n  luoshi compile 报告.docx -o plan.json\n  luoshi compile 报告.txt 附表.docx -o plan.yaml --year 2026",
        "Compile REPORT (txt, html, docx or pdf) into a draft plan. Where a report comes in several files, name them in order.\n\n"
        "\b\nExamples:\n  luoshi compile report.docx -o plan.json\n  luoshi compile report.txt annex.docx -o plan.yaml --year 2026",
    ),
)
@click.argument("reports", metavar="REPORT...", nargs=-1, required=True, type=click.Path())
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help=either(
        "写到这个文件：.json 或 .yaml；- 为标准输出（JSON）。",
        "Write to this file, .json or .yaml; - is standard output (JSON).",
    ),
)
@click.option("--force", is_flag=True, help=_FORCE)
@click.option(
    "--place",
    default="",
    metavar="NAME",
    help=either("报告的地区（文中看不出时）。", "Place of the report, where the text does not tell."),
)
@click.option(
    "--year",
    type=click.IntRange(1949, 2100),
    help=either("计划年度（文中看不出时）。", "Year of the plan, likewise."),
)
def compile_report(reports: tuple[str, ...], output: str, force: bool, place: str, year: int | None) -> None:
    """Compile reports into a draft plan."""
    from luoshi.plan.document import to_json, to_yaml

    ending = PurePath(output).suffix.lower()
    if output != files.STREAM and ending not in (".json", *YAML_ENDINGS):
        raise files.FileError(
            either(
                f"输出文件应以 .json 或 .yaml 结尾：{output}。",
                f"The output must end in .json or .yaml: {output}.",
            )
        )
    files.check_output(output, *reports)
    plan = compiled(reports, force=force, place=place, year=year)
    files.write(output, to_yaml(plan) if ending in YAML_ENDINGS else to_json(plan))
    click.echo(_told(plan, output), err=True)


@click.command(
    help=either(
        "列出 REPORT（报告或计划文件）中有数值的量化指标，每行一个 JSON，字段见标注说明。\n\n"
        "\b\n示例：\n  luoshi targets 报告.txt\n  luoshi targets plan.json -o targets.jsonl",
        "List the targets with numbers in REPORT (a report or a plan file), one JSON object a line, with the fields of the annotation guide.\n\n"
        "\b\nExamples:\n  luoshi targets report.txt\n  luoshi targets plan.json -o targets.jsonl",
    )
)
@click.argument("report", type=click.Path())
@click.option(
    "-o",
    "--output",
    default=files.STREAM,
    metavar="FILE",
    help=either("写到这个文件；不写则为标准输出。", "Write to this file; standard output when left out."),
)
@click.option("--force", is_flag=True, help=_FORCE)
def targets(report: str, output: str, force: bool) -> None:
    """List the targets of a report or a plan."""
    from luoshi.compiler.target import records

    files.check_output(output, report)
    plan = read_or_compile(report, force=force)
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records(plan)]
    files.write(output, "".join(lines).encode())


def read_or_compile(path: str, *, force: bool = False) -> Plan:
    """Return the plan in a plan file, or that compiled from a report."""
    from luoshi.plan.document import read

    data = files.read_bytes(path)
    return read(data) if files.is_plan(data) else compiled((path,), force=force)


def compiled(
    reports: tuple[str, ...], *, force: bool = False, place: str = "", year: int | None = None
) -> Plan:
    """Return the draft compiled from reports, with a bar while it takes."""
    # Reading comes before the compiler is loaded: a bad file is told at once.
    read = [files.read_source(path, number) for number, path in enumerate(reports, 1)]
    sources = [source for source, _notes in read]
    from luoshi.compiler.pipeline import Step, compile_sources

    if year is None:
        _check_year(sources[0])
    with progress(either("编译", "Compiling")) as tell:
        return compile_sources(
            sources,
            place=_place(place),
            year=year,
            force=force,
            notes=[note for _source, notes in read for note in notes],
            progress=lambda step, share: tell(Step(step).label(reading_language()), share),
        )


def _check_year(source: Source) -> None:
    """Refuse a text that does not tell its year: every deadline would hang in the air."""
    from luoshi.compiler import masthead, reading

    if not masthead.from_reading(reading.from_source(source), source.name).year:
        raise files.FileError(
            either(
                f"从 {source.name} 里看不出是哪一年的政府工作报告。请用 --year 写明年份，或换一个文件。",
                f"{source.name} does not tell the year of a work report. Name it with --year, or choose another file.",
            )
        )


def _place(name: str) -> Place | None:
    """Return the place that was named, with its code and rank where the name is listed once."""
    if not name:
        return None
    from luoshi.catalogue.place import named
    from luoshi.plan.model import Level, Place

    listed = [place for place in named(name) if not place.former]
    if len(listed) == 1:
        return Place(name=name, code=listed[0].code, level=Level(listed[0].rank))
    return Place(name=name)


def _told(plan: Plan, output: str) -> str:
    from luoshi.plan.progress import doubts

    counts = (
        len(plan.commitments),
        len(plan.targets),
        len(plan.deliverables),
        len(plan.projects),
        len(plan.procedures),
    )
    where = either("标准输出", "standard output") if output == files.STREAM else output
    return either(
        f"{plan.place.name}{plan.year}年：目标任务 {counts[0]} 项，量化指标 {counts[1]} 项，成果 {counts[2]} 项，项目 {counts[3]} 项，"
        f"机制流程 {counts[4]} 项；存疑 {len(doubts(plan))} 项。已写入 {where}。",
        f"{plan.place.name} {plan.year}: {counts[0]} commitments, {counts[1]} targets, {counts[2]} deliverables, {counts[3]} projects, "
        f"{counts[4]} mechanisms; {len(doubts(plan))} items in doubt. Written to {where}.",
    )
