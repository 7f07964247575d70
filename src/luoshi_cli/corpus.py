"""`luoshi corpus`: very many reports into tables (编译语料)."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from luoshi_cli.speech import either, reading_language

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from luoshi.corpus.engine import Engine
    from luoshi.corpus.run import Summary


@click.group(
    short_help=either("把大量报告编译成数据表。", "Compile very many reports into tables."),
    help=either(
        "把大量报告编译成数据表，供研究使用。需要 pip install 'luoshi[corpus]'。",
        "Compile very many reports into tables for research. Needs pip install 'luoshi[corpus]'.",
    ),
)
def corpus() -> None:
    """Very many reports."""


@corpus.command(
    name="compile",
    short_help=either("编译 SOURCES 里的全部报告。", "Compile all reports in SOURCES."),
    help=either(
        "编译 SOURCES 里的全部报告，结果写入 OUT 文件夹：reports、targets、claims、projects 四个 parquet 表和说明它们的 "
        "datapackage.json。SOURCES 可以是文件夹、文件、通配符，或带 text 列的 parquet 文件。中断后再次运行会接着做，"
        "已编译且没有变化的报告不再编译；出错的报告在 reports 表里占一行，写明错误。\n\n"
        "\b\n示例：\n  luoshi corpus compile 报告文件夹 -o 数据\n  luoshi corpus compile 'reports/**/*.txt' texts.parquet -o 数据\n"
        "  luoshi corpus compile texts.parquet -o 数据 --scheduler tcp://10.0.0.1:8786",
        "Compile all reports in SOURCES into the folder OUT: the parquet tables reports, targets, claims and projects, and "
        "datapackage.json, which describes them. SOURCES are folders, files, patterns, or parquet files with a column text. Run "
        "again after an interruption, it goes on; reports that were compiled before and have not changed are kept. A report "
        "that cannot be compiled is a row of reports that says why.\n\n"
        "\b\nExamples:\n  luoshi corpus compile folder -o data\n  luoshi corpus compile 'reports/**/*.txt' texts.parquet -o data\n"
        "  luoshi corpus compile texts.parquet -o data --scheduler tcp://10.0.0.1:8786",
    ),
)
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "-o",
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help=either("存放数据表的文件夹。", "Folder of the tables."),
)
@click.option(
    "--processes",
    type=click.IntRange(1, 1024),
    help=either("进程数；不写则用全部处理器。", "Number of processes; every processor when left out."),
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help=either("在 Dask 集群上编译：调度器地址。", "Compile on a Dask cluster: address of its scheduler."),
)
@click.option(
    "--again",
    is_flag=True,
    help=either("全部重新编译。", "Compile everything again."),
)
def compile_(
    sources: tuple[str, ...],
    out: Path,
    processes: int | None,
    scheduler: str | None,
    again: bool,
) -> int:
    _check_engine(processes, scheduler)
    from luoshi.corpus.run import compile_corpus

    try:
        with _engine(processes, scheduler) as engine, _Bar() as bar:
            summary = compile_corpus(sources, out, engine=engine, again=again, progress=bar.show)
    except KeyboardInterrupt:
        click.echo(
            either(
                "已中断。已编译的结果都已保存，再次运行会接着做。",
                "Interrupted. What was compiled is kept; run the command again to go on.",
            ),
            err=True,
        )
        raise
    click.echo(_said(summary, out), err=True)
    return 0 if summary.failed < summary.compiled or not summary.compiled else 1


@corpus.command(
    name="reconcile",
    short_help=either("把相邻两年的报告逐对核对。", "Reconcile the reports of consecutive years."),
    help=either(
        "把 SOURCES 里同一地区相邻两年的报告逐对核对，结果写入 OUT 文件夹：reconciliations.parquet（每对报告一行，出错的写明错误）和 "
        "pairs.parquet（每个承诺事项一行）。SOURCES 是带 text、place、year 列的 parquet 文件；同一地区同一年有几份的，取最长的一份。\n\n"
        "\b\n示例：\n  luoshi corpus reconcile texts.parquet -o 核对\n  luoshi corpus reconcile texts.parquet -o 核对 --scheduler tcp://10.0.0.1:8786",
        "Reconcile every report in SOURCES with that of the same place and the year after, into the folder OUT: reconciliations.parquet (a row a pair of "
        "reports; one that failed says why) and pairs.parquet (a row a subject). SOURCES are parquet files with the columns text, place and year; of "
        "several texts of a place and year the longest is taken.\n\n"
        "\b\nExamples:\n  luoshi corpus reconcile texts.parquet -o data\n  luoshi corpus reconcile texts.parquet -o data --scheduler tcp://10.0.0.1:8786",
    ),
)
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "-o",
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help=either("存放数据表的文件夹。", "Folder of the tables."),
)
@click.option(
    "--processes",
    type=click.IntRange(1, 1024),
    help=either("进程数；不写则用全部处理器。", "Number of processes; every processor when left out."),
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help=either("在 Dask 集群上核对：调度器地址。", "Work on a Dask cluster: address of its scheduler."),
)
def reconcile(sources: tuple[str, ...], out: Path, processes: int | None, scheduler: str | None) -> int:
    _check_engine(processes, scheduler)
    from luoshi.corpus.succession import reconcile_corpus

    with _engine(processes, scheduler) as engine, _Bar() as bar:
        tally = reconcile_corpus(sources, out, engine=engine, progress=bar.show)
    counts = "  ".join(f"{one.label(reading_language())} {n}" for one, n in tally.outcomes.items())
    click.echo(
        either(
            f"{out}：核对 {tally.reconciled} 对报告，{tally.failed} 对出错；共 {tally.subjects} 项  {counts}",
            f"{out}: {tally.reconciled} pairs of reports reconciled, {tally.failed} failed; {tally.subjects} subjects  {counts}",
        ),
        err=True,
    )
    return 0 if tally.reconciled else 1


def _check_engine(processes: int | None, scheduler: str | None) -> None:
    if processes and scheduler:
        raise click.UsageError(
            either("--processes 和 --scheduler 只能用一个。", "Use either --processes or --scheduler.")
        )


def _engine(processes: int | None, scheduler: str | None) -> AbstractContextManager[Engine]:
    from luoshi.corpus import engine

    return engine.cluster(scheduler) if scheduler else engine.local(processes or engine.processors())


def _said(summary: Summary, out: Path) -> str:
    return either(
        f"{out}：新编译 {summary.compiled} 份（其中 {summary.failed} 份出错，见 reports 表的 error 列），沿用 {summary.kept} 份。",
        f"{out}: {summary.compiled} compiled ({summary.failed} with an error, see the column error of reports), {summary.kept} kept.",
    )


class _Bar:
    """A progress bar that begins when the number of reports is known; nothing where the error stream is no terminal."""

    def __init__(self) -> None:
        self._bar: ProgressBar[int] | None = None

    def __enter__(self) -> _Bar:
        return self

    def show(self, done: int, total: int) -> None:
        """Show how many reports are done."""
        if self._bar is None and sys.stderr.isatty():
            label = either("编译", "Compiling")
            self._bar = click.progressbar(length=total, label=label, file=sys.stderr, show_pos=True)
            self._bar.__enter__()
        if self._bar is not None:
            self._bar.update(done - self._bar.pos)

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
