"""`luoshi`: the command line (命令行). Commands are loaded when they are called, so help is quick."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from luoshi_cli.speech import either, reading_language
from luoshi_cli.spoken import SpokenContext

COMMANDS: dict[str, tuple[str, str, str]] = {
    "up": ("luoshi_cli.up:up", "编译报告并启动网站。", "Compile a report and serve the site."),
    "compile": (
        "luoshi_cli.compiling:compile_report",
        "把报告编译成计划草案（JSON 或 YAML）。",
        "Compile a report into a draft plan (JSON or YAML).",
    ),
    "show": (
        "luoshi_cli.showing:show",
        "按章节显示计划，或查找条目。",
        "Show a plan by section, or find items in it.",
    ),
    "targets": (
        "luoshi_cli.compiling:targets",
        "列出量化指标，每行一个 JSON。",
        "List the targets with numbers as JSON lines.",
    ),
    "export": (
        "luoshi_cli.exporting:export",
        "导出责任分解表（xlsx、docx、csv）或换格式（json、yaml）。",
        "Export the breakdown of responsibilities (xlsx, docx, csv), or change the format (json, yaml).",
    ),
    "evaluate": (
        "luoshi_cli.evaluation:evaluate",
        "与人工标注的报告比对，给出各项得分。",
        "Score the compiler against annotated reports.",
    ),
    "reconcile": (
        "luoshi_cli.reconciling:reconcile",
        "核对下一年报告对今年承诺的交代。",
        "Reconcile a report's commitments with the next year's report.",
    ),
    "assign": (
        "luoshi_cli.assigning:assign",
        "为任务建议责任单位，每行一个 JSON。",
        "Suggest units for tasks, JSON lines in and out.",
    ),
    "corpus": (
        "luoshi_cli.corpus:corpus",
        "把大量报告编译成数据表。",
        "Compile very many reports into tables.",
    ),
    "verify": (
        "luoshi_cli.keeping:verify",
        "核验台账有没有被改动、截短或重写。",
        "Check whether a ledger was edited, cut short or rewritten.",
    ),
    "backup": (
        "luoshi_cli.keeping:backup",
        "备份网站，运行时也可以做。",
        "Back up a site while it runs.",
    ),
    "restore": (
        "luoshi_cli.keeping:restore",
        "把备份恢复到空的数据文件夹。",
        "Restore a backup into an empty data folder.",
    ),
    "lights": (
        "luoshi_cli.keeping:lights",
        "为已经结束的每一天补上亮灯。",
        "Give the lights of every day that has ended.",
    ),
    "work": (
        "luoshi_cli.keeping:work",
        "做后台工作（PostgreSQL 上的独立进程）。",
        "Do the background work (separate workers on PostgreSQL).",
    ),
    "schema": (
        "luoshi_cli.exporting:schema",
        "输出计划文件的 JSON Schema。",
        "Print the JSON Schema of a plan file.",
    ),
}
"""Every command: where it is, and what it does, in Chinese and English."""


class Commands(click.Group):
    """The commands of the table above, each imported when it is needed."""

    context_class = SpokenContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, imported; None where there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        command.context_class = SpokenContext
        return command

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the program is for, in the language of the terminal."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(
                either(
                    "落实：把政府工作报告编译成可审定、可追溯到原文的年度计划。",
                    "Luoshi compiles a government work report into a plan to review, every item of which points at its sentence.",
                )
            )
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(either("例：", "Examples:"))
            for example in (
                "luoshi compile 报告.docx -o plan.json",
                "luoshi show plan.json",
                "luoshi export plan.json -o 责任分解表.xlsx",
            ):
                formatter.write(f"    {example}\n")

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        rows = [(name, either(zh, en)) for name, (_, zh, en) in COMMANDS.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def main(
        self, args: Sequence[str] | None = None, *_: Any, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run the program and leave it: 0, 2 for a fault of input or use, 130 where it was interrupted."""
        extra["prog_name"] = "luoshi"
        if not standalone_mode:
            return super().main(args, standalone_mode=False, **extra)
        sys.exit(self._run(args, extra))

    def _run(self, args: Sequence[str] | None, extra: dict[str, Any]) -> int:
        """Run a command; every fault ends as one clear sentence."""
        try:
            result = super().main(args, standalone_mode=False, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            return 2
        except click.UsageError as error:
            return _stop(_usage(error))
        except click.ClickException as error:
            return _stop(error.format_message())
        except (click.Abort, KeyboardInterrupt):
            return 130
        except BrokenPipeError:
            # Whoever read the output has enough of it (`| head`). Python would complain again while it closes.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        except Exception as error:
            # Loading the errors takes the message catalogue along, which help can do without.
            from luoshi.kernel.errors import LuoshiError

            if not isinstance(error, LuoshiError):
                raise
            return _stop(error.describe(reading_language()))
        return result if isinstance(result, int) else 0

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; say which there are where it is none of them."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(
                either(
                    f"没有命令“{args[0]}”。可用的命令：{'、'.join(COMMANDS)}。",
                    f'There is no command "{args[0]}". The commands are: {", ".join(COMMANDS)}.',
                )
            )
        return super().resolve_command(ctx, args)


def _speak(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    # Commands word their help when they are imported, which comes after this.
    if value:
        os.environ["LUOSHI_LANG"] = value
    return value


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        import luoshi

        click.echo(f"luoshi {luoshi.__version__}")
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    is_eager=True,
    expose_value=False,
    callback=_speak,
    help="语言 / language. LUOSHI_LANG, LANG",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="版本 / version.",
)
def main() -> None:
    """Luoshi (落实)."""


def _stop(sentence: str) -> int:
    click.echo(sentence, err=True)
    return 2


def _usage(error: click.UsageError) -> str:
    """Return what is wrong with the call, and where its use is explained."""
    path = error.ctx.command_path if error.ctx is not None else "luoshi"
    more = either(f"用 {path} --help 查看用法。", f"See {path} --help.")
    if reading_language() == "en":
        return f"{error.format_message()} {more}"
    match error:
        case click.MissingParameter(param=param) if param is not None:
            said = f"缺少参数 {param.make_metavar(error.ctx) if isinstance(param, click.Argument) and error.ctx else '/'.join(param.opts)}。"
        case click.NoSuchOption(option_name=name):
            said = f"没有选项 {name}。"
        case click.BadParameter(param=param) if param is not None:
            said = f"{'/'.join(param.opts)} 的值不能用：{error.message}"
        case _:
            said = error.format_message()
    return said + more
