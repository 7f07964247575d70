"""Message catalogue: what each code says, in Chinese and English.

One YAML file a letter stands in ``messages/``: K kernel, T catalogue, D cadence, C compiler, P plan,
L ledger, R registers, S lights, B documents, W web, X corpus. A code has ``zh`` and ``en``; each is one sentence that says what is
wrong (or why a value was chosen) and, where something can be done, one that says what helps. ``{name}`` is filled from the parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml

from luoshi.kernel.label import Language


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return every message by code, as ``{code: {"zh": …, "en": …}}``."""
    messages: dict[str, dict[str, str]] = {}
    for entry in sorted(
        resources.files("luoshi.kernel").joinpath("messages").iterdir(), key=lambda e: e.name
    ):
        if entry.name.endswith(".yaml"):
            messages.update(yaml.safe_load(entry.read_text(encoding="utf-8")) or {})
    return messages


def text_of(code: str, parameters: Mapping[str, str], language: Language) -> str:
    """Return the message of `code` filled with `parameters`.

    A parameter that the message names but the caller did not give is shown as ``…``, so that a
    message never hides behind an error of its own. A code that is unknown, as in a plan of another
    version, is shown itself with its values.
    """
    message = catalogue().get(code)
    if message is None:
        return " ".join((code, *parameters.values()))
    return message[language].format_map(_Filled(parameters))


class _Filled(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"
