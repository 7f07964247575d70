"""Texts of the site that are translated: found in code and templates, without any tool outside Python.

A text is Chinese in the source; `locale/en` holds the English for every one of them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

_PLAIN = {"_", "_now", "gettext", "gettext_lazy"}
_IN_CONTEXT = {"pgettext", "pgettext_lazy"}
_PLURAL = {"ngettext", "ngettext_lazy"}
_TRANSLATE = re.compile(
    r"""\{%\s*translate\s+(?P<quote>["'])(?P<text>.*?)(?P=quote)(?P<rest>[^%]*)%\}""", re.DOTALL
)
_CONTEXT = re.compile(r"""context\s+["'](?P<context>.*?)["']""")
_BLOCK = re.compile(
    r"\{%\s*blocktranslate(?P<options>[^%]*)%\}(?P<body>.*?)\{%\s*endblocktranslate\s*%\}", re.DOTALL
)
_PLURAL_TAG = re.compile(r"\{%\s*plural\s*%\}")
_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")

Text = tuple[str, str, str]
"""Context or "", text, plural text or ""."""


def texts_in(package: Path) -> set[Text]:
    """Return every text to be translated below `package`."""
    found: set[Text] = set()
    for path in sorted(package.rglob("*.py")):
        found.update(_of_code(path.read_text(encoding="utf-8")))
    for path in sorted(package.rglob("*.html")):
        found.update(_of_template(path.read_text(encoding="utf-8")))
    return found


def _of_code(code: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        words = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if node.func.id in _PLAIN and len(words) == 1 == len(node.args):
            yield "", words[0], ""
        elif node.func.id in _IN_CONTEXT and len(words) == 2:
            yield words[0], words[1], ""
        elif node.func.id in _PLURAL and len(words) == 2:
            yield "", words[0], words[1]


def _of_template(text: str) -> Iterator[Text]:
    for match in _TRANSLATE.finditer(text):
        context = _CONTEXT.search(match["rest"])
        yield (context["context"] if context else ""), match["text"], ""
    for match in _BLOCK.finditer(text):
        singular, *plural = [
            _VARIABLE.sub(r"%(\1)s", part.replace("%", "%%")) for part in _PLURAL_TAG.split(match["body"])
        ]
        yield "", singular, plural[0] if plural else ""
