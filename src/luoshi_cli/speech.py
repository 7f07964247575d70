"""Which language the command line speaks, and how it says a thing once in each."""

from __future__ import annotations

import os

from luoshi.kernel.label import Language


def reading_language() -> Language:
    """Return the language of the terminal: LUOSHI_LANG, else the locale; English where it names neither."""
    wanted = (
        os.environ.get("LUOSHI_LANG")
        or os.environ.get("LC_ALL")
        or os.environ.get("LC_MESSAGES")
        or os.environ.get("LANG")
        or ""
    )
    return "zh" if wanted.lower().startswith("zh") else "en"


def either(chinese: str, english: str) -> str:
    """Return the words in the language of the terminal."""
    return chinese if reading_language() == "zh" else english
