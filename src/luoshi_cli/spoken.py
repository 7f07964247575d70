"""Help in the language of the terminal: the words that click itself adds (帮助用语)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import _GeneratorContextManager

import click

from luoshi_cli.speech import reading_language

_HEADINGS = {"Options": "选项", "Commands": "命令"}
_PHRASES = (
    (re.compile(r"Show this message and exit\."), "显示本说明。"),
    (re.compile(r"\[default: ([^\];]*)"), r"[默认：\1"),
    (re.compile(r"\brequired\]"), "必填]"),
    (re.compile(r"env var: "), "环境变量："),
)


class SpokenFormatter(click.HelpFormatter):
    """Writes click's own words in Chinese where the terminal speaks it."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of use."""
        is_chinese = reading_language() == "zh" and prefix is None
        super().write_usage(prog, args, "用法：" if is_chinese else prefix)

    def section(self, name: str) -> _GeneratorContextManager[None]:
        """Begin a part of the help."""
        return super().section(_HEADINGS.get(name, name) if reading_language() == "zh" else name)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of options."""
        if reading_language() == "zh":
            rows = [(option, _in_chinese(said)) for option, said in rows]
        super().write_dl(rows, col_max, col_spacing)


class SpokenContext(click.Context):
    """A call whose help is written by `SpokenFormatter`."""

    formatter_class = SpokenFormatter


def _in_chinese(said: str) -> str:
    for pattern, words in _PHRASES:
        said = pattern.sub(words, said)
    return said
