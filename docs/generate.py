"""Write the reference pages that are made from the code.

usage: .venv/bin/python docs/generate.py

`tests/meta/test_reference.py` fails while a committed page differs from what this writes.
"""

import os
import sys
from pathlib import Path
from unittest import mock

import click

from luoshi.kernel.message import catalogue
from luoshi_cli.main import main as command_line
from luoshi_web.environment import SETTINGS

REFERENCE = Path(__file__).resolve().parent / "reference"
LETTERS = {
    "B": "Documents 文件",
    "C": "Compiler 编译",
    "D": "Working days and schedule 工作日与日程",
    "K": "Kernel 基础",
    "L": "Ledger and delivery 台账与办理",
    "P": "Plan document and review 计划与审定",
    "R": "Registers 登记",
    "S": "Lights and forecasts 亮灯与预测",
    "T": "Catalogue 目录",
    "W": "Site 网站",
    "X": "Corpus 语料",
}
MADE = "<!-- Made by docs/generate.py from the code; do not edit. -->\n"


def codes() -> str:
    """Return the page of message codes, a heading each."""
    text = MADE + "\n# Message codes 消息代码\n"
    letter = ""
    for code, message in sorted(catalogue().items()):
        if code[0] != letter:
            letter = code[0]
            text += f"\n## {LETTERS[letter]}\n"
        text += f"\n### {code}\n\n{message['zh'].strip()}\n\n{message['en'].strip()}\n"
    return text


def settings() -> str:
    """Return the page of environment variables, a heading each."""
    text = (
        MADE
        + "\n# Settings 设置\n\nAll come from the environment. A value that cannot be used stops the start with a sentence that names the variable.\n"
    )
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else "empty"
        text += f"\n## {setting.name}\n\n{setting.help} Default: {default}.\n"
    return text


def _help(command: click.Command, name: str) -> str:
    """Return the heading of a command and its help."""
    context = click.Context(command, info_name=name, terminal_width=100)
    return f"\n## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"


def commands() -> str:
    """Return the page of commands, each with its help as the program prints it."""
    text = MADE + "\n# Commands 命令\n"
    root = click.Context(command_line, info_name="luoshi", terminal_width=100)
    for name in command_line.list_commands(root):
        # The page is in English, whatever the terminal speaks.
        with mock.patch.dict(os.environ, LUOSHI_LANG="en"):
            command = command_line.get_command(root, name)
        text += _help(command, f"luoshi {name}")
        if isinstance(command, click.Group):
            for inner in command.commands.values():
                text += _help(inner, f"luoshi {name} {inner.name}")
    return text


PAGES = {"codes.md": codes, "settings.md": settings, "commands.md": commands}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
