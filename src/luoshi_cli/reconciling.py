"""`luoshi reconcile`: what the next report says of this one's commitments (兑现核对)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from luoshi_cli import files
from luoshi_cli.speech import either, reading_language

if TYPE_CHECKING:
    from luoshi.kernel.label import Language
    from luoshi.plan.model import Plan
    from luoshi.settle.reconcile.model import Pair, Reconciliation

_ENDINGS = (".xlsx", ".docx", ".csv", ".json")
_WIDE = 34


@click.command(
    help=either(
        "把 REPORT_Y 的承诺与下一年的 REPORT_Y1 的回顾逐条比对，提出“兑现、超额兑现、未达到、口径有变、待人工判读、未提及”的建议。"
        "两份都可以是报告（txt、html、docx、pdf）或计划文件。结果是建议，要由人核定。\n\n"
        "\b\n示例：\n  luoshi reconcile 2025.docx 2026.docx\n  luoshi reconcile 2025.txt 2026.txt -o 兑现核对表.xlsx\n"
        "  luoshi reconcile plan-2025.json 2026.pdf -o 核对.json",
        "Match the commitments of REPORT_Y with the review of the next year's REPORT_Y1 and propose for each whether it reads as fulfilled, exceeded, "
        "short, changed in definition, to be read by a person, or not mentioned. Both may be reports (txt, html, docx, pdf) or plan files. What comes out are "
        "proposals for a person.\n\n"
        "\b\nExamples:\n  luoshi reconcile 2025.docx 2026.docx\n  luoshi reconcile 2025.txt 2026.txt -o reconciliation.xlsx\n"
        "  luoshi reconcile plan-2025.json 2026.pdf -o reconciliation.json",
    )
)
@click.argument("report_y", metavar="REPORT_Y", type=click.Path())
@click.argument("report_y1", metavar="REPORT_Y1", type=click.Path())
@click.option(
    "-o",
    "--output",
    default=files.STREAM,
    metavar="FILE",
    help=either(
        "写到这个文件：.xlsx、.docx、.csv 或 .json；不写则在屏幕上列出。",
        "Write to this file: .xlsx, .docx, .csv or .json; shown on the screen when left out.",
    ),
)
@click.option(
    "--labels",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help=either("表头的语言。", "Language of the headings."),
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help=either("屏幕上也列出未提及的事项。", "Show on the screen what is not mentioned, too."),
)
@click.option(
    "--force",
    is_flag=True,
    help=either(
        "地区不同、年份不相连，或看不出是工作报告，也照样比对。",
        "Go on where the places differ, the years do not follow, or a file does not look like a work report.",
    ),
)
def reconcile(
    report_y: str, report_y1: str, output: str, labels: Language, everything: bool, force: bool
) -> None:
    """Reconcile two reports."""
    from luoshi_cli.compiling import read_or_compile

    ending = PurePath(output).suffix.lower()
    if output != files.STREAM and ending not in _ENDINGS:
        raise files.FileError(
            either(
                f"输出文件应以 {'、'.join(_ENDINGS)} 结尾：{output}。",
                f"The output must end in {', '.join(_ENDINGS)}: {output}.",
            )
        )
    files.check_output(output, report_y, report_y1)
    promised, claiming = (read_or_compile(path, force=force) for path in (report_y, report_y1))
    _check(promised, claiming, force)
    from luoshi.settle.reconcile import reconcile as matched

    result = matched(promised, claiming)
    if output == files.STREAM:
        click.echo(_shown(result, everything))
        return
    files.write(output, _made(result, ending, labels))
    click.echo(_summary(result), err=True)
    click.echo(either(f"已写入 {output}。", f"Written to {output}."), err=True)


def _check(promised: Plan, claiming: Plan, force: bool) -> None:
    """Refuse reports that do not belong together; years in the wrong order cannot be forced."""
    if claiming.year <= promised.year:
        raise files.FileError(
            either(
                f"第一份是 {promised.year} 年的报告，第二份是 {claiming.year} 年的；第二份应是下一年的报告。顺序写反了吗？",
                f"The first report is for {promised.year}, the second for {claiming.year}; the second must be the next year's. Are they in the wrong order?",
            )
        )
    if force:
        return
    if claiming.year != promised.year + 1:
        raise files.FileError(
            either(
                f"两份报告相隔 {claiming.year - promised.year} 年（{promised.year}、{claiming.year}），下一年的报告才会回顾这一年。确要比对请加 --force。",
                f"The reports lie {claiming.year - promised.year} years apart ({promised.year}, {claiming.year}); only the next one reviews the year. Add --force to go on.",
            )
        )
    names = promised.place.name, claiming.place.name
    if all(names) and names[0] not in names[1] and names[1] not in names[0]:
        raise files.FileError(
            either(
                f"两份报告的地区不同：{names[0]}、{names[1]}。确要比对请加 --force。",
                f"The reports are of different places: {names[0]}, {names[1]}. Add --force to go on.",
            )
        )


def _made(result: Reconciliation, ending: str, labels: Language) -> bytes:
    import msgspec

    from luoshi.brief.grid import to_docx, to_xlsx
    from luoshi.brief.ooxml import sealed
    from luoshi.brief.reconciliation import reconciliation_csv, reconciliation_grid

    if ending == ".json":
        return msgspec.json.format(msgspec.json.encode(result), indent=1)
    if ending == ".csv":
        return reconciliation_csv(result, language=labels)
    grid = reconciliation_grid(result, language=labels)
    data = to_xlsx(grid) if ending == ".xlsx" else to_docx(grid)
    return sealed(data, made_on=datetime.now(UTC).date())


def _summary(result: Reconciliation) -> str:
    language = reading_language()
    counts = "  ".join(f"{outcome.label(language)} {n}" for outcome, n in result.counts().items())
    return either(
        f"{result.place} {result.year}：共 {len(result.pairs)} 项  {counts}",
        f"{result.place} {result.year}: {len(result.pairs)} in all  {counts}",
    )


def _shown(result: Reconciliation, everything: bool) -> str:
    from luoshi.settle.reconcile.model import Outcome

    language = reading_language()
    lines = [_summary(result), ""]
    heading = None
    for pair in result.pairs:
        if pair.outcome is Outcome.NOT_MENTIONED and not everything:
            continue
        if pair.subject.heading != heading:
            heading = pair.subject.heading
            lines.append(f"【{heading or '—'}】")
        lines.append(_line(pair, language))
    lines.append("")
    lines.append(
        either(
            "以上是按文字比对的建议，不是结论；未提及的事项用 --all 列出，-o 可写成表格。",
            "These are proposals from the words alone, no findings; --all lists what is not mentioned, -o writes a table.",
        )
    )
    return "\n".join(lines)


def _line(pair: Pair, language: Language) -> str:
    from luoshi.brief.wording import plain

    promised = plain(pair.subject.text)[:_WIDE]
    claimed = plain(pair.finding.text)[:_WIDE] if pair.finding is not None else "—"
    return f"  {pair.outcome.label(language)}  {promised}  →  {claimed}"
