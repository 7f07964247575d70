"""`luoshi export` and `luoshi schema`: documents made from a plan, and the shape of its file (导出)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from luoshi_cli import files
from luoshi_cli.compiling import YAML_ENDINGS
from luoshi_cli.speech import either

if TYPE_CHECKING:
    from luoshi.kernel.label import Language
    from luoshi.plan.model import Plan


@click.command(
    help=either(
        "由计划文件 PLAN 导出责任分解表（.xlsx、.docx、.csv），或换成另一种计划文件（.json、.yaml）。草案会注明“草案（未审定）”。\n\n"
        "\b\n示例：\n  luoshi export plan.json -o 责任分解表.xlsx\n  luoshi export plan.json -o 责任分解表.docx\n  luoshi export plan.yaml -o plan.json",
        "Make the breakdown of responsibilities (.xlsx, .docx, .csv) from the plan file PLAN, or another form of the plan (.json, .yaml). "
        "A draft is marked as one.\n\n"
        "\b\nExamples:\n  luoshi export plan.json -o breakdown.xlsx\n  luoshi export plan.json -o breakdown.docx --labels en\n"
        "  luoshi export plan.yaml -o plan.json",
    )
)
@click.argument("plan", type=click.Path())
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help=either("写到这个文件，格式由结尾决定。", "Write to this file; its ending decides the form."),
)
@click.option(
    "--labels",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help=either("表头的语言。", "Language of the headings."),
)
def export(plan: str, output: str, labels: Language) -> None:
    """Export a plan."""
    ending = PurePath(output).suffix.lower()
    files.check_output(output, plan)
    _check_ending(output, ending)
    data = _made(files.read_plan(plan), output, ending, labels)
    files.write(output, data)
    click.echo(either(f"已写入 {output}。", f"Written to {output}."), err=True)


@click.command(
    help=either(
        "输出计划文件的 JSON Schema（2020-12）。\n\n\b\n示例：\n  luoshi schema -o plan.schema.json",
        "Print the JSON Schema (2020-12) of a plan file.\n\n\b\nExample:\n  luoshi schema -o plan.schema.json",
    )
)
@click.option(
    "-o",
    "--output",
    default=files.STREAM,
    metavar="FILE",
    help=either("写到这个文件；不写则为标准输出。", "Write to this file; standard output when left out."),
)
def schema(output: str) -> None:
    """Print the schema of a plan file."""
    from luoshi.plan.schema import text

    files.check_output(output)
    files.write(output, text().encode())


def _check_ending(output: str, ending: str) -> None:
    """Refuse an ending that means nothing before the plan is read."""
    if ending not in (".json", *YAML_ENDINGS):
        from luoshi.brief.form import Form

        Form.of_name(output)


def _made(plan: Plan, output: str, ending: str, labels: Language) -> bytes:
    from luoshi.plan.document import to_json, to_yaml

    if ending == ".json":
        return to_json(plan)
    if ending in YAML_ENDINGS:
        return to_yaml(plan)
    from luoshi.brief.form import Form, make

    # Office files carry their moment in UTC without saying so.
    return make(plan, Form.of_name(output), language=labels, made_at=datetime.now(UTC).replace(tzinfo=None))
